"""Figures that follow from registers: in every answer at once where a register is complete, and never stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from factories import a_document, a_figure, reach, said
from registers import DAI_AN, NOMURA, certificate, declare, moved, state, two_registers
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger import registers as kept
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.behind_derived import derived_fact
from sokhu.areas.ledger.completeness import complete_from, declare_complete, withdraw_complete
from sokhu.areas.ledger.models import Completeness, Observation
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import SYSTEM, Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.indicator import load_indicators
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.sealing.queries import head

KEPT = dict(kept._registers)  # those that areas keep
HAI_PHONG, HAI_DUONG, MERGED = "board/hai-phong", "board/hai-duong", "board/hai-phong-2025"
EZ, PARK = "zone/kkt-dinh-vu-cat-hai", "zone/kcn-trang-due-gd-1-2"
MILLION = 10**6


@pytest.fixture(autouse=True)
def registers(book: None) -> Iterator[None]:
    with two_registers():
        yield


def asked(
    place: str = NOMURA,
    period: str = "2024",
    indicator: str = "capital_new",
    mine: Reach = SYSTEM,
    at: int | None = None,
    **fields: str,
) -> Answer:
    currency = {"currency": "USD"} if indicator.startswith("capital") else {}
    return answer(mine, Question(indicator, place, named(period), **(currency | fields)), at=at)


def amount(*args: str, **fields: str) -> int | None:
    return asked(*args, **fields).amount


def test_a_derived_figure_is_in_every_answer_at_once_and_nowhere_stored() -> None:
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40)})
    assert (amount(), amount(period="2024-03"), amount(period="2024-Q2")) == (40 * MILLION, 40 * MILLION, 0)
    thing = uuid4()
    state({thing: certificate(NOMURA, date(2024, 5, 20), 2)})
    assert (amount(), amount(period="2024-Q2"), amount(period="2024-H2")) == (42 * MILLION, 2 * MILLION, 0)
    state({thing: []})
    assert (amount(), amount(indicator="projects_new")) == (40 * MILLION, MILLION)
    assert not Observation.objects.exists()


def test_a_month_without_movements_is_a_zero_only_where_the_register_is_declared_complete() -> None:
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40)})
    assert asked().how == "missing"
    declare([MERGED], starts=date(2024, 3, 1))
    assert (amount(period="2024-04"), asked(period="2024-02").how, asked().how) == (0, "missing", "missing")
    declare([MERGED], starts=None)
    assert asked(period="2024-04").how == "missing"


def test_a_province_is_made_of_its_zones_and_says_at_least_where_one_is_not_complete() -> None:
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40), uuid4(): certificate(DAI_AN, date(2024, 4, 1), 3)})
    declare([HAI_PHONG])
    hai_phong, hai_duong = asked("province/hai-phong"), asked("province/hai-duong")
    assert (hai_phong.amount, hai_phong.missing, hai_duong.how) == (40 * MILLION, (), "missing")
    merged = asked("province/hai-phong-2025")
    assert (merged.amount, merged.missing[0]) == (40 * MILLION, "province/hai-duong")
    declare([HAI_DUONG])
    assert (asked("province/hai-phong-2025").amount, asked("province/hai-phong-2025").missing) == (43 * MILLION, ())


def test_what_a_board_declared_holds_in_the_zones_its_successor_took_over_and_the_other_way_round() -> None:
    declare([HAI_PHONG], starts=date(2023, 1, 1))
    assert (amount(period="2026-01"), asked(DAI_AN, "2026-01").how) == (0, "missing")
    assert complete_from(HAI_PHONG, "projects", date(2025, 1, 1)) == date(2023, 1, 1)
    assert complete_from(MERGED, "projects", date(2026, 1, 1)) is None
    declare([MERGED], starts=date(2022, 1, 1))
    assert (amount(period="2022"), amount(DAI_AN, "2022"), asked(DAI_AN, "2021").how) == (0, 0, "missing")
    assert complete_from(MERGED, "projects", date(2026, 1, 1)) == date(2022, 1, 1)


def test_a_stock_is_counted_on_month_ends_and_on_the_last_day_that_is_known() -> None:
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, date(2023, 3, 5), 40), uuid4(): certificate(NOMURA, date(2024, 3, 5), 2)})
    stock = asked(period="2024-03", indicator="projects_valid")
    assert (stock.amount, stock.last) == (2 * MILLION, date(2024, 3, 31))
    assert amount(period="2024-03-04", indicator="projects_valid") == MILLION
    today = timezone.localdate()
    running = asked(period=f"{today:%Y-%m}", indicator="projects_valid")
    assert (running.amount, running.last) == (2 * MILLION, today)


def test_a_register_complete_from_a_later_day_counts_nothing_for_the_year_before() -> None:
    declare([MERGED], starts=date(2025, 1, 1))
    state({uuid4(): certificate(NOMURA, date(2023, 3, 5), 40)})
    for period in ("2024", "2024-12"):
        assert asked(period=period, indicator="projects_valid").how == "missing"
    assert amount(period="2025-01", indicator="projects_valid") == MILLION


def test_a_running_year_is_counted_to_the_last_day_that_is_known_and_says_so() -> None:
    today = timezone.localdate()
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, today, 7), uuid4(): certificate(NOMURA, today + timedelta(days=400), 9)})
    year = asked(period=f"{today:%Y}")
    assert (year.amount, year.last, [one.code for one in year.caveats]) == (
        7 * MILLION, today, ["answer.unlike_window"],
    )  # fmt: skip


def test_money_is_kept_by_currency_and_ownership_and_the_whole_holds_what_has_none() -> None:
    declare([MERGED])
    day = date(2024, 3, 5)
    things = [
        certificate(NOMURA, day, 40),
        certificate(NOMURA, day, 900, "DDI", "VND"),
        certificate(NOMURA, day, 5, ""),
    ]
    state({uuid4(): one for one in things})
    assert [amount(ownership=one) for one in ("", "FDI", "DDI")] == [45 * MILLION, 40 * MILLION, 0]
    assert amount(currency="VND") == 900 * MILLION
    assert "answer.parts_differ" in [one.code for one in asked().caveats]


def test_an_economic_zone_holds_the_parks_inside_it_and_a_province_counts_them_once() -> None:
    declare([MERGED])
    state({uuid4(): certificate(PARK, date(2024, 3, 5), 40), uuid4(): certificate(EZ, date(2024, 3, 5), 2)})
    assert (amount(PARK), amount(EZ), amount("province/hai-phong")) == (40 * MILLION, 42 * MILLION, 42 * MILLION)


def test_a_register_answers_before_a_report_and_the_report_stands_beside_it() -> None:
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40)})
    said(SYSTEM, a_figure("41", place=NOMURA), a_document(HAI_PHONG, ("report", HAI_PHONG)))
    found = asked()
    assert (found.amount, [fact.stream[0] for fact in found.facts]) == (40 * MILLION, ["register", "report"])
    assert [one.code for one in found.caveats] == ["answer.streams_differ"]


def test_a_past_moment_knows_the_movements_and_the_declarations_of_then() -> None:
    before = declare([MERGED])
    thing = uuid4()
    first = state({thing: certificate(NOMURA, date(2024, 3, 5), 40)})
    state({thing: certificate(NOMURA, date(2024, 4, 5), 41)})
    declare([MERGED], starts=None)
    assert [amount(at=moment) for moment in (before - 1, before, first, head()[0] - 1, None)] == [
        None, 0, 40 * MILLION, 41 * MILLION, None,
    ]  # fmt: skip


def test_derived_figures_are_read_by_their_board_its_block_and_the_ministry() -> None:
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), millions) for millions in (20, 15, 5)})
    seen = {name: asked(mine=reach(name)).amount for name in ("an", "chi", "dung", "giang", "nga")}
    assert seen == {"an": 40 * MILLION, "chi": None, "dung": 40 * MILLION, "giang": 40 * MILLION, "nga": None}


def test_a_zones_figure_of_fewer_than_three_things_is_withheld_from_who_may_not_read_them_and_totals_hold_it() -> None:
    declare([MERGED])
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40), uuid4(): certificate(NOMURA, date(2024, 4, 5), 2)})
    block, ministry, question = reach("dung"), reach("giang"), Question("capital_new", NOMURA, named("2024"))
    told = answer_all(block, [question])[question]
    assert (told.amount, told.emptiness) == (None, "withheld")
    assert asked(mine=block).emptiness == "withheld"
    assert asked(mine=ministry).amount == asked(mine=reach("minh")).amount == 42 * MILLION
    whole = asked("province/hai-phong", mine=block)
    assert whole.amount == 42 * MILLION
    assert {part.emptiness for part in whole.parts if part.question.place == NOMURA} == {"withheld"}
    assert asked("province/hai-phong", mine=block, country="FR").amount == 0
    assert asked(period="2024-05", mine=block).amount == 0
    fact = asked(mine=ministry).facts[0]
    with pytest.raises(Problem, match=r"ledger.no_such_figure"):
        derived_fact(block, fact.cell)


def test_only_the_board_itself_or_its_successor_declares_and_a_word_said_twice_changes_nothing() -> None:
    with pytest.raises(Problem, match=r"access.not_your_authority"):
        declare_complete(reach("chi"), MERGED, "projects", date(2024, 1, 1), "đã rà")
    declare_complete(reach("binh"), HAI_DUONG, "projects", date(2024, 1, 1), "đã rà")
    moment = head()
    declare_complete(reach("binh"), HAI_DUONG, "projects", date(2024, 1, 1), "đã rà")
    assert (head(), amount(DAI_AN)) == (moment, 0)
    withdraw_complete(reach("binh"), HAI_DUONG, "projects", "còn thiếu")
    assert asked(DAI_AN).how == "missing"
    assert Completeness.objects.filter(authority=HAI_DUONG).count() == 2


@pytest.mark.parametrize(
    ("register", "days", "reason", "code"),
    [
        ("none", 0, "đã rà", "completeness.no_such_register"),
        ("projects", 1, "đã rà", "completeness.not_yet"),
        ("projects", 0, " ", "ledger.reason_missing"),
    ],
)
def test_a_declaration_that_means_nothing_is_refused(register: str, days: int, reason: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        declare_complete(SYSTEM, MERGED, register, timezone.localdate() + timedelta(days=days), reason)


def test_each_register_is_complete_for_itself() -> None:
    declare([MERGED], "leases")
    state({uuid4(): [moved("land_leased", NOMURA, date(2024, 3, 5), 12, "")]}, "leases")
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40)})
    assert (amount(indicator="land_leased"), asked().how) == (12 * MILLION, "missing")


def test_every_indicator_that_a_register_moves_is_a_flow_or_a_stock_of_the_catalogue_and_of_no_other_register() -> None:
    codes = [code for one in KEPT.values() for code in one.indicators]
    assert {load_indicators()[code].nature for code in codes} <= {"flow", "stock"}
    assert len(codes) == len(set(codes)) >= 25
    assert all(one.of_all <= set(one.indicators) for one in KEPT.values())


def test_a_register_moves_nothing_that_it_did_not_say_it_would() -> None:
    with pytest.raises(AssertionError, match="jobs_total"):
        state({uuid4(): [moved("jobs_total", NOMURA, date(2024, 3, 5), 1)]})


def test_every_zone_of_the_shipped_territory_has_a_board_that_keeps_it() -> None:
    from sokhu.core.keeping import keeper_of

    places = territory()
    zones = [place.id for place in places.in_use("zone")]
    assert [zone for zone in zones if not keeper_of(places, zone, timezone.localdate())] == []
