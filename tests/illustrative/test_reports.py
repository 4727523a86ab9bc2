"""Boards reported what their registers come to, to the đồng, but for the differences that were planted and told."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.findings.beside import beside
from sokhu.areas.ledger.at_least import at_least
from sokhu.areas.ledger.completeness import declared
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import SYSTEM
from sokhu.areas.zones.models import Zone
from sokhu.cli.illustrative.fill import Planted, Written
from sokhu.cli.illustrative.late import AMOUNT, DAY
from sokhu.core.answer import OWNERSHIPS
from sokhu.core.period import named

pytestmark = pytest.mark.usefixtures("book")
PERIODS = ("2023", "2024-Q2", "2024", "2025-H1", "2025", "2026-Q3")
Key = tuple[str, str, str, str]  # board, period, indicator, ownership


def boards_on(period: str) -> list[str]:
    last = named(period).last
    places = territory()
    zones = Zone.objects.exclude(established=None).values_list("place", flat=True)
    return sorted({board for zone in zones for board in places.groups_of(zone, last, kind="board")})


def found() -> dict[Key, int]:
    """Where the registers come to something else than was reported, and by how much more."""
    lines = [
        (board, period, one) for period in PERIODS for board in boards_on(period) for one in beside_of(board, period)
    ]
    assert len(lines) > 500
    return {
        (board, period, one.question.indicator, one.question.ownership): one.gap
        for board, period, one in lines
        if one.gap
    }


def beside_of(board: str, period: str):  # type: ignore[no-untyped-def]
    return [one for one in beside(SYSTEM, board, named(period)) if one.question.ownership in OWNERSHIPS]


def wanted(planted: Planted) -> dict[Key, int]:
    gaps: dict[Key, int] = defaultdict(int)
    for slip in planted.slips:
        if slip.period in PERIODS:
            gaps[slip.board, slip.period, slip.shelf[0], slip.shelf[1]] -= slip.wrong
    for event in planted.late:
        project = event.project
        for period in map(named, PERIODS):
            (board,) = territory().groups_of(project.zone.place, period.last, kind="board")
            amount = AMOUNT["usd" if project.ownership == "FDI" else "vnd"]
            if period.first <= DAY <= period.last:
                gaps[board, period.name, "capital_added", project.ownership] += amount
            if period.last >= DAY:
                gaps[board, period.name, "capital_registered_total", project.ownership] += amount
    return {key: gap for key, gap in gaps.items() if gap}


def test_reports_and_registers_differ_where_it_was_planted_and_nowhere_else(made_book: Written) -> None:
    assert made_book.planted.slips
    assert made_book.planted.late
    assert found() == wanted(made_book.planted)


def test_documents_of_the_book_say_that_they_are_invented() -> None:
    assert Document.objects.exists()
    assert not Document.objects.filter(is_illustrative=False).exists()


def test_some_boards_have_not_declared_their_registers_complete_and_their_totals_say_at_least() -> None:
    owners = set(Zone.objects.values_list("owner", flat=True))
    told = set(declared("projects"))
    assert told < owners
    (board, *_rest) = sorted(owners - told)
    totals = at_least(SYSTEM, [board], named("2024"), [code for code in indicators() if code == "projects_valid"])
    assert any(one.amount > 0 and one.missing for one in totals.values())


def test_the_last_day_is_that_of_the_book_and_not_of_today() -> None:
    assert max(Document.objects.values_list("published", flat=True)) <= date(2026, 10, 31)
