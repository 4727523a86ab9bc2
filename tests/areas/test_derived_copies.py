"""A copy and what came after it say of registers what the rules say, and the recount says it too, on random books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from books_random import ZONES, Figure, a_small_country, fill
from registers import LEASES, REPORTS, a_report, certificate, declare, moved, state, two_registers
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import _catalogue, moment_of
from sokhu.areas.ledger import copies, tables
from sokhu.areas.ledger.copies import make_copy, newest_copy
from sokhu.areas.ledger.recount.compare import recount
from sokhu.areas.ledger.small_cells import without_small
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Answer, Question
from sokhu.core.movement import Moved
from sokhu.core.period import named
from sokhu.core.reach import Held, reach_over
from sokhu.kit.sealing.queries import head

BOARDS = ("hai-phong", "hai-phong-2025", "hai-duong", "ha-noi", "ha-noi-2025", "da-nang-2025", "quang-nam", "chu-lai")
DAYS = st.dates(date(2024, 1, 1), date(2026, 3, 31))
PLACES = (
    *(f"zone/{zone}" for zone in ZONES),
    *("province/hai-phong", "province/hai-phong-2025", "board/hai-phong-2025", "country/viet-nam"),
)
PERIODS = ("2024", "2025-Q3", "2025", "2026-01", "2026-11")
CODES = (
    "capital_new", "projects_valid", "land_leased", "capital_new_and_added", "occupancy_rate", "revenue",
    "jobs_domestic", "jobs_total",
)  # fmt: skip


@pytest.fixture(scope="module")
def small_country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()
        a_small_country()
        with two_registers(REPORTS):
            yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture(autouse=True)
def small_book(small_country: None, db: None) -> None:
    """An empty book of a small country and two registers; what a test writes is rolled back when it ends."""


@dataclass(frozen=True, slots=True)
class Act:
    """One batch: a thing's movements stated, a declaration, or a figure that somebody says."""

    thing: UUID | None = None
    movements: tuple[Moved, ...] = ()
    register: str = "projects"
    board: str = ""
    starts: date | None = None
    figure: Figure | None = None


THINGS = [uuid5(UUID(int=0), str(number)) for number in range(5)]


@st.composite
def acts(draw: DrawFn) -> Act:
    what = draw(st.sampled_from(("moved", "moved", "moved", "declared", "said")))
    register = draw(st.sampled_from(("projects", "projects", "leases", "reports")))
    zone = f"zone/{draw(st.sampled_from(ZONES))}"
    if what == "declared":
        starts = draw(st.none() | st.dates(date(2023, 6, 1), date(2025, 9, 1)))
        return Act(register=register, board=f"board/{draw(st.sampled_from(BOARDS))}", starts=starts)
    if what == "said" and draw(st.booleans()):
        day = draw(st.sampled_from(("2025-01-31", "2025-01-20", "2025-10-31", "2024-12-15")))
        return Act(figure=Figure("projects_valid", zone, day, draw(st.integers(0, 10**9)), "", ""))
    if what == "said":
        code, currency = draw(st.sampled_from((("capital_new", "USD"), ("projects_new", ""))))
        period = draw(st.sampled_from(("2024", "2025", "2025-Q3", "2025-H2")))
        figure = Figure(code, zone, period, draw(st.integers(0, 10**9)), currency, draw(st.sampled_from(("", "FDI"))))
        return Act(figure=figure)
    days = draw(st.lists(DAYS, max_size=3))
    ownership = draw(st.sampled_from(("FDI", "DDI", "")))
    currency = draw(st.sampled_from(("USD", "VND", "EUR")))
    found: list[Moved] = []
    for day in days:
        if register == "reports":
            found += a_report(zone, day, draw(st.integers(1, 500)), draw(st.integers(1, 90)))
        elif register == "projects":
            found += certificate(zone, day, draw(st.integers(-50, 500)), ownership, currency)
        else:
            found += [moved(code, zone, day, draw(st.integers(1, 90)), "") for code in LEASES]
    return Act(draw(st.sampled_from(THINGS)), tuple(found), register)


Book = Sequence[Act]
DECLARED = [
    Act(register=register, board=f"board/{board}", starts=date(2024, 1, 1))
    for register in ("projects", "leases", "reports")
    for board in ("hai-phong", "hai-phong-2025", "ha-noi")
]
BOOKS = st.lists(acts(), min_size=3, max_size=12).map(lambda found: [*DECLARED, *found])


def put_in(book: Book) -> None:
    for act in book:
        if act.figure is not None:
            fill([[act.figure]])
        elif act.board:
            declare([act.board], act.register, act.starts)
        else:
            assert act.thing is not None
            state({act.thing: act.movements}, act.register)


def questions() -> list[Question]:
    return [
        Question(code, place, named(period), ownership=ownership, currency=currency)
        for code in CODES
        for place in PLACES
        for period in PERIODS
        for ownership in ("", "FDI")
        for currency in (("USD", "EUR") if code.startswith(("capital", "revenue")) else ("",))
    ]


def told(answer: Answer) -> tuple[object, ...]:
    if answer.amount is None:
        return (None, answer.emptiness)
    return (answer.amount, answer.maturity, bool(answer.missing), answer.have, answer.first, answer.last)


RANDOM = settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@RANDOM
@given(BOOKS, st.integers(0, 8))
def test_a_copy_and_its_tail_say_what_the_rules_say_now_and_at_a_past_moment(
    tmp_path_factory: pytest.TempPathFactory, book: Book, after: int
) -> None:
    folder = tmp_path_factory.mktemp("engine")
    with transaction.atomic(), override_settings(ENGINE_FOLDER=folder):
        cut = min(len(DECLARED) + after, len(book) - 2)
        put_in(book[:cut])
        make_copy()
        put_in(book[cut:])
        officer = reach_over([Held("officer", "board/hai-phong-2025")])  # who sees what Hà Nội keeps in no total
        for reader, moment in ((SYSTEM, None), (SYSTEM, head()[0] - 1), (officer, None)):
            asked = questions()
            with pinned_catalogue(moment_of(moment)):
                rules = without_small(reader, tables._from_the_ledger(reader, asked, moment, None), moment)
            copied = tables.answer_all(reader, asked, at=moment)
            assert newest_copy(moment) is not None
            unlike = [
                (one, told(copied[one]), told(rules[one])) for one in asked if told(copied[one]) != told(rules[one])
            ]
            assert unlike[:3] == []
        for copy in copies._open.values():
            copy.close()
        copies._open.clear()
        copies._tails.clear()
        transaction.set_rollback(True)


@RANDOM
@given(BOOKS)
def test_what_registers_come_to_is_recounted_to_what_the_ledger_says(book: Book) -> None:
    with transaction.atomic(), override_settings(ENGINE_FOLDER=Path("no-copy")):
        put_in(book)
        found = recount(sample=400, seed=len(book))
        transaction.set_rollback(True)
    assert [(one.question, one.answered.amount, one.recounted) for one in found.differences] == []
    assert found.asked == 400


def test_what_is_told_quarter_by_quarter_is_in_a_copy_and_comes_and_goes_with_its_tail(tmp_path: Path) -> None:
    zone = "zone/kcn-do-son"
    issued = Act(THINGS[0], tuple(certificate(zone, date(2024, 2, 25), 7)))
    reports = [Act(THINGS[0], tuple(a_report(zone, date(2024, 4 + 3 * at, 1), 5, 100)), "reports") for at in range(3)]
    every = tuple(move for act in reports for move in act.movements)
    late = Act(THINGS[1], tuple(certificate(zone, date(2024, 8, 1), 3)))

    def revenue() -> list[int | None]:
        asked = [Question("revenue", zone, named(f"2024-{name}"), currency="USD") for name in ("Q1", "Q2", "Q3", "H2")]
        found = tables.answer_all(SYSTEM, asked)
        return [found[one].amount and (found[one].amount or 0) // 10**6 for one in asked]

    with override_settings(ENGINE_FOLDER=tmp_path):
        put_in([*DECLARED, issued, reports[0]])
        make_copy()
        assert revenue() == [None, 5, None, None]
        put_in([Act(THINGS[0], every, "reports")])
        assert revenue() == [None, 5, 5, 10]
        make_copy()
        assert revenue() == [None, 5, 5, 10]
        put_in([late])
        assert revenue() == [None, 5, None, None]
        make_copy()
        assert revenue() == [None, 5, None, None]
        for copy in copies._open.values():
            copy.close()
        copies._open.clear()
        copies._tails.clear()


def test_a_year_in_another_currency_is_in_a_copy_though_its_other_months_have_no_figure(tmp_path: Path) -> None:
    act = Act(THINGS[0], tuple(certificate("zone/kcn-do-son", date(2024, 2, 25), 138, "FDI", "EUR")), "projects")
    question = Question("capital_new", "province/hai-phong", named("2024"), currency="EUR")
    with override_settings(ENGINE_FOLDER=tmp_path):
        put_in([*DECLARED, act])
        make_copy()
        assert tables.answer_all(SYSTEM, [question])[question].amount == 138 * 10**6
        for copy in copies._open.values():
            copy.close()
        copies._open.clear()
        copies._tails.clear()
