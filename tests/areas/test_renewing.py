"""A copy that is made out of the one before says what one made anew says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import override_settings

from books_random import Figure, a_small_country, fill
from registers import DAI_AN, DO_SON, NOMURA, certificate, declare, moved, state, two_registers
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.ledger import copies
from sokhu.areas.ledger.copies import make_copy
from sokhu.areas.ledger.derived_in_copies import derived_until
from sokhu.areas.ledger.models import Completeness
from sokhu.areas.ledger.movements import restate
from sokhu.core.movement import Moved
from sokhu.engine.adapters import DuckDB
from sokhu.kit.sealing.actions import sealed_batch

ONE, OTHER = UUID(int=1), UUID(int=2)
OLD, NEW = certificate(NOMURA, date(2023, 5, 3), 40), certificate(DO_SON, date(2025, 2, 1), 7, "DDI")
OTHERS = certificate(DAI_AN, date(2024, 8, 9), 15)
WORDED = """
SELECT key_measure.* EXCLUDE id, key_place.code, key_period.name, total.* EXCLUDE (measure, place, period)
FROM total JOIN key_measure ON key_measure.id = measure JOIN key_place ON key_place.id = place
JOIN key_period ON key_period.id = period ORDER BY ALL"""
SEEN_BY = """
SELECT audience.place, indicator, key_owner.owner FROM audience LEFT JOIN key_owner ON key_owner.id = audience.owner
ORDER BY ALL"""


@pytest.fixture(scope="module")
def a_book(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Registers of three zones that were declared complete, and figures that somebody said of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()
        a_small_country()
        with two_registers():
            declare(["board/hai-phong", "board/hai-phong-2025", "board/hai-duong"], "projects", date(2023, 1, 1))
            state({ONE: [*OLD, *NEW]})
            state({OTHER: OTHERS})
            fill([[Figure("capital_new", NOMURA, period, 10**9, "USD", "") for period in ("2024", "2025", "2026-Q1")]])
            yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture(autouse=True)
def small_book(a_book: None, db: None) -> None:
    """What a test writes is rolled back when it ends."""


def state_on(day: datetime, movements: dict[UUID, list[Moved]]) -> None:
    with sealed_batch("register", author=None, at=day) as batch:
        restate(batch.sequence, "projects", movements)
        batch.add(Completeness(id=uuid4(), authority="board/test", register="test", starts=None))


def nothing_but_a_new_day() -> None:
    state_on(datetime(2027, 1, 2, tzinfo=UTC), {})


def projects_that_came_went_and_moved_late() -> None:
    late = moved("capital_new", DAI_AN, date(2025, 12, 30), 3, currency="USD")
    state({ONE: OLD, OTHER: [*OTHERS, late, *certificate(NOMURA, date(2026, 3, 3), 8)]})


def another_figure() -> None:
    fill([[Figure("capital_new", NOMURA, "2025", 2 * 10**9, "USD", "")]])


@pytest.mark.parametrize("change", [nothing_but_a_new_day, projects_that_came_went_and_moved_late, another_figure])
def test_it_holds_the_same_totals_and_the_same_readers(
    change: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with override_settings(ENGINE_FOLDER=tmp_path / "renewed"):
        make_copy()
        change()
        # All of it is not asked for: that would be a copy made anew.
        monkeypatch.setattr(copies, "derived_until", lambda _at, first, last: derived_until(_at, first, last))
        renewed = told(make_copy())
    monkeypatch.undo()
    with override_settings(ENGINE_FOLDER=tmp_path / "anew"):
        anew = told(make_copy())
    copies._open.clear()
    copies._tails.clear()
    assert renewed == anew


def test_what_a_copy_cannot_know_is_made_anew(tmp_path: Path) -> None:
    with override_settings(ENGINE_FOLDER=tmp_path):
        make_copy()
        declare(["board/hai-duong"], "projects", None)
        assert copies._older(copies.head()[0]) is None
    copies._open.clear()
    copies._tails.clear()


def told(path: Path) -> tuple[list[Any], list[Any]]:
    """Every total of a copy in words, and whose figures are in what."""
    adapter = DuckDB(str(path), read_only=True)
    try:
        return adapter.rows(WORDED), adapter.rows(SEEN_BY)
    finally:
        adapter.close()
