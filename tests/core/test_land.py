"""Land of zones: the balance that closes, leases on plots, what both do to indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.land import (
    LandPlan,
    Lease,
    LeasedPart,
    Plot,
    Step,
    balance,
    functions,
    lease_movements,
    leased_on,
    life_movements,
    meridians_of,
    must_fit,
    occupancy,
    plan_movements,
    plan_on,
    states,
    use_total,
    uses,
    what_is_wrong,
)  # fmt: skip
from sokhu.core.land.balance import balance_finding
from sokhu.core.land.leases import land_to_let, lettings_by_plot
from sokhu.core.land.life import state_on
from sokhu.core.land.moves import handover_movements, level_movements, vacancy_movements
from sokhu.core.land.occupancy import occupancy_findings
from sokhu.core.land.uses import LandUse, counts_as, entries, in_use_on
from sokhu.core.movement import Moved, series_of
from sokhu.core.problems import Problem, Problems
from sokhu.core.territory_file import load_territory
from sokhu.kit.wording import worded

ZONE, BOARD = "zone/kcn-trang-due", "board/hai-phong"
DAY = date(2024, 1, 1)
HA = 1_000_000  # steps in a hectare


def id_of(number: int) -> UUID:
    return UUID(int=number)


def a_plan(total: str = "100", starts: date = DAY, number: int = 1, **lines: str) -> LandPlan:
    lines = lines or {"industrial": "60", "service": "5", "green": "15", "roads": "15", "technical": "5"}
    steps = {code: int(Decimal(value) * HA) for code, value in lines.items()}
    return LandPlan(id_of(number), starts, int(Decimal(total) * HA), steps, f"QĐ {number}")


def a_plot(number: int, ha: float = 10, use: str = "industrial") -> Plot:
    return Plot(id_of(number), f"lô {number}", int(ha * HA), use)


def a_lease(
    number: int, *parts: tuple[int | None, float], days: tuple[int, int | None] = (0, None), **more: object
) -> Lease:
    """parts: plot and hectares each; days: first and last, counted from DAY."""
    land = tuple(LeasedPart(None if plot is None else id_of(plot), int(ha * HA)) for plot, ha in parts)
    starts, ends = DAY + timedelta(days[0]), None if days[1] is None else DAY + timedelta(days[1])
    return Lease(id_of(number), f"HĐ {number}", starts, ends, land, **more)  # type: ignore[arg-type]


def plots(*all_of_them: Plot) -> dict[UUID, Plot]:
    return {plot.id: plot for plot in all_of_them}


def let(day: int, leases: Iterable[Lease], on: dict[UUID, Plot]) -> float:
    return sum(leased_on(DAY + timedelta(day), leases, on).values()) / HA


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# --- the balance --------------------------------------------------------------------------------------------------


def test_a_plan_whose_uses_add_up_closes() -> None:
    assert balance(a_plan()).closes
    assert balance_finding(a_plan()) is None


def test_a_line_may_be_off_by_a_hundredth_of_a_hectare_and_no_more() -> None:
    assert balance(a_plan("100.02", industrial="60", green="40")).closes
    assert not balance(a_plan("100.03", industrial="60", green="40")).closes


def test_a_balance_that_does_not_close_tells_the_difference_in_hectares_and_square_metres() -> None:
    finding = balance_finding(a_plan("212.14", industrial="180", green="30.5"))
    assert finding is not None
    told = worded(finding, "vi")
    assert "cộng lại 210,5 ha, quy hoạch ghi 212,14 ha, lệch 1,64 ha (16.400 m²)" in told


def test_land_reserved_for_small_firms_is_part_of_industrial_land_and_not_added_again() -> None:
    plan = a_plan("100", industrial="60", green="40", small_firms="5")
    assert balance(plan).closes
    assert use_total(plan, "reserved_small") == 5 * HA


def test_industrial_and_service_land_is_the_denominator_of_the_law() -> None:
    assert use_total(a_plan(), "industrial") == 65 * HA
    assert use_total(a_plan(), "public") == 35 * HA


@pytest.mark.parametrize(("lines", "code"), [({"rice": "1"}, "land.use_unknown"), ({"green": "-1"}, "land.negative")])
def test_a_line_that_is_none_is_refused(lines: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as caught:
        balance(a_plan(**lines))
    assert caught.value.code == code


def test_the_plan_in_force_is_the_last_that_started() -> None:
    old, new = a_plan(), a_plan(starts=date(2025, 6, 1), number=2)
    assert plan_on([new, old], date(2023, 12, 31)) is None
    assert plan_on([new, old], date(2025, 5, 31)) == old
    assert plan_on([new, old], date(2025, 6, 1)) == new


def test_every_use_function_and_state_has_both_names_and_its_evidence() -> None:
    listed = [*uses().values(), *functions().values()]
    assert all(one.vi and one.en for one in listed)
    assert list(states()) == list(load_dimensions().dimensions["zone_status"].words)
    assert all(
        one.source and one.evidence in {"FOUND", "BK-high", "BK-medium"} for one in [*listed, *states().values()]
    )
    assert list(functions())[:5] == ["non_tariff", "industrial", "tourism", "urban", "administrative"]


def test_what_states_and_uses_count_as_are_indicators_of_the_catalogue() -> None:
    moved = plan_movements(ZONE, BOARD, [a_plan("100", industrial="60", green="40", small_firms="5")])
    counted = {one for state in states().values() for one in state.counts} | {one.indicator for one in moved}
    assert counted <= load_indicators().keys()
    assert all(load_indicators()[one].nature == "stock" for one in counted)


# --- leases -------------------------------------------------------------------------------------------------------


def test_a_plot_with_two_leases_counts_its_area_once() -> None:
    on = plots(a_plot(1))
    assert let(0, [a_lease(11, (1, 4)), a_lease(12, (1, 6))], on) == 10
    assert let(0, [a_lease(11, (1, 10)), a_lease(12, (1, 10))], on) == 10


def test_a_lease_that_names_a_plot_twice_takes_both_parts() -> None:
    assert let(0, [a_lease(11, (1, 3), (1, 3))], plots(a_plot(1))) == 6


def test_land_that_a_lease_gives_back_is_let_by_the_one_that_waited() -> None:
    leases = [a_lease(11, (1, 10), days=(0, 9)), a_lease(12, (1, 6), days=(5, 19))]
    assert [leased_on(DAY + timedelta(day), leases, plots(a_plot(1))) for day in (7, 10)] == [
        {id_of(11): 10 * HA},
        {id_of(12): 6 * HA},
    ]


def test_a_lease_over_two_plots_counts_on_both() -> None:
    on = plots(a_plot(1), a_plot(2, 5))
    assert let(0, [a_lease(11, (1, 10), (2, 3)), a_lease(12, (2, 2))], on) == 15


def test_a_lease_lets_land_from_its_first_day_through_its_last() -> None:
    one = [a_lease(11, (1, 10), days=(1, 5))]
    assert [let(day, one, plots(a_plot(1))) for day in (0, 1, 5, 6)] == [0, 10, 10, 0]


def test_a_sublease_lets_nothing_that_its_head_lease_does_not_let() -> None:
    head = a_lease(11, (1, 10), days=(0, 9))
    under = a_lease(12, (1, 4), days=(0, 19), under=head.id)
    assert [let(day, [under, head], plots(a_plot(1))) for day in (5, 15)] == [10, 4]


def test_land_that_is_neither_industrial_nor_service_is_not_let() -> None:
    assert let(0, [a_lease(11, (1, 10), (2, 3))], plots(a_plot(1, use="worker_housing"), a_plot(2, use="service"))) == 3


def test_a_factory_lets_floors_and_no_land() -> None:
    lease = a_lease(11, days=(0, 9), kind="factory", floor=1_200 * HA, ownership="FDI")
    assert let(0, [lease], {}) == 0
    moves = lease_movements(ZONE, BOARD, [lease], {})[lease.id]
    assert [(one.indicator, one.day, one.amount // HA) for one in moves] == [
        ("factory_leased", DAY, 1_200),
        ("factory_leased", DAY + timedelta(10), -1_200),
    ]


def test_a_lease_without_a_plot_counts_as_the_file_says() -> None:
    assert let(0, [a_lease(11, (None, 7))], plots(a_plot(1))) == 7


@pytest.mark.parametrize(
    ("lease", "code"),
    [
        (a_lease(12, (1, 10.5)), "land.lease_beyond_plot"),
        (a_lease(12, (1, 6), (1, 6)), "land.lease_beyond_plot"),
        (a_lease(12, (9, 1)), "land.lease_on_no_plot"),
        (a_lease(12, (1, 0)), "land.lease_without_area"),
        (a_lease(12), "land.lease_without_area"),
        (a_lease(12, (2, 1), days=(5, 4)), "land.lease_ends_first"),
        (a_lease(12, (1, 7), days=(5, 9)), "land.plot_let_twice"),
        (a_lease(12, (1, 1), under=id_of(99)), "land.sublease_of_no_lease"),
        (a_lease(12, (1, 5), under=id_of(11)), "land.sublease_beyond"),
        (a_lease(12, (1, 1), days=(0, None), under=id_of(11)), "land.sublease_outlives"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_lease_that_cannot_be_is_refused_with_what_is_wrong(lease: Lease, code: str) -> None:
    there = a_lease(11, (1, 4), days=(0, 7))
    with pytest.raises(Problems) as caught:
        must_fit(lease, [there], plots(a_plot(1), a_plot(2)))
    assert code in codes(caught.value.problems)


def test_leases_that_follow_each_other_on_one_plot_fit() -> None:
    must_fit(a_lease(12, (1, 10), days=(8, None)), [a_lease(11, (1, 10), days=(0, 7))], plots(a_plot(1)))
    must_fit(a_lease(12, (1, 4), days=(0, 7), under=id_of(11)), [a_lease(11, (1, 10), days=(0, 7))], plots(a_plot(1)))


def test_a_plot_let_twice_is_told_once_with_its_leases_and_the_first_day() -> None:
    (problem,) = what_is_wrong([a_lease(11, (1, 6)), a_lease(12, (1, 6), days=(30, 60))], plots(a_plot(1)))
    assert "Lô lô 1 có 10 ha nhưng từ ngày 31/01/2024 cho thuê 12 ha theo các hợp đồng HĐ 11, HĐ 12" in worded(
        problem, "vi"
    )


# --- occupancy ----------------------------------------------------------------------------------------------------


def test_occupancy_is_of_all_industrial_and_service_land_and_other_wholes_are_other_rates() -> None:
    found = occupancy(DAY, [a_plan()], plots(a_plot(1, 26)), [a_lease(11, (1, 26))], [(DAY, 52 * HA)])
    assert (found.rate, found.rate_cleared, found.vacant) == (Decimal("40.00"), Decimal("50.00"), 39 * HA)


def test_no_land_to_let_has_no_rate() -> None:
    found = occupancy(DAY, [a_plan(starts=date(2025, 1, 1))], {}, [])
    assert (found.rate, found.rate_cleared, found.vacant) == (None, None, None)


def test_more_let_than_planned_or_handed_over_is_a_finding() -> None:
    found = occupancy(DAY, [a_plan()], {}, [a_lease(11, (None, 70))], [(DAY, 50 * HA)])
    assert found.rate == Decimal("107.69")
    assert codes(occupancy_findings(found, where="KCN", day=DAY)) == [
        "land.let_beyond_plan",
        "land.let_beyond_handover",
    ]


# --- movements ----------------------------------------------------------------------------------------------------


def stock(moves: Iterable[Moved], indicator: str, day: date) -> int:
    return series_of((one.day, one.amount) for one in moves if one.indicator == indicator).up_to(day)


def test_a_new_plan_moves_areas_by_what_changed() -> None:
    wider = a_plan("120", starts=date(2025, 6, 1), number=2, industrial="80", service="5", green="35")
    moves = plan_movements(ZONE, BOARD, [wider, a_plan()])
    told = {(one.indicator, one.day.year): one.amount // HA for one in moves}
    assert told == {
        ("zone_area", 2024): 100, ("zone_area", 2025): 20,
        ("industrial_land_area", 2024): 65, ("industrial_land_area", 2025): 20,
        ("land_public", 2024): 35,
    }  # fmt: skip
    assert {one.source for one in moves if one.day.year == 2025} == {wider.id}


def test_the_last_level_of_a_day_counts_and_no_change_moves_nothing() -> None:
    levels = [(DAY, 3, id_of(1)), (DAY, 5, id_of(2)), (date(2025, 1, 1), 5, id_of(3))]
    (move,) = level_movements("zone_area", ZONE, BOARD, levels)
    assert (move.amount, move.source) == (5, id_of(2))


def test_land_handed_over_adds_up_and_may_be_given_back() -> None:
    moves = handover_movements(ZONE, BOARD, [(DAY, 30 * HA, id_of(1)), (date(2024, 5, 1), -2 * HA, id_of(2))])
    assert stock(moves, "land_handed_over", date(2024, 12, 31)) == 28 * HA


def test_a_zone_is_in_the_counts_of_its_state_and_stays_in_the_plan() -> None:
    days = [date(2015, 1, 1), date(2016, 1, 1), date(2017, 1, 1), date(2020, 1, 1), date(2040, 1, 1)]
    life = ["planned", "established", "under_construction", "operating", "ended"]
    steps = [Step(day, state, id_of(1)) for day, state in zip(days, life, strict=True)]
    moves = life_movements(ZONE, BOARD, steps)
    counts = ["zones_planned", "zones_established", "zones_under_construction", "zones_operating"]
    table = [[stock(moves, one, day) // HA for one in counts] for day in days]
    assert table == [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1], [0, 0, 0, 0]]
    assert state_on(steps, date(2019, 12, 31)) == "under_construction"


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        life_movements(ZONE, BOARD, [Step(DAY, "sleeping", id_of(1))])
    assert caught.value.code == "land.state_unknown"


SPANS = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 40))).map(
    lambda span: (span[0], None if span[1] is None else span[0] + span[1])
)
PARTS = st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(1, 12)), min_size=1, max_size=3)
LEASES = st.lists(
    st.tuples(PARTS, SPANS, st.sampled_from(["", "FDI", "DDI"]), st.sampled_from([None, 10, 11])), max_size=7
).map(
    lambda drawn: [
        a_lease(10 + n, *parts, days=days, ownership=owner, under=None if head is None else id_of(head))
        for n, (parts, days, owner, head) in enumerate(drawn)
    ]
)
THREE_PLOTS = plots(a_plot(1), a_plot(2, 5), a_plot(3, 2))


@given(leases=LEASES, day=st.integers(-1, 85))
def test_never_more_is_let_than_the_plots_have(leases: list[Lease], day: int) -> None:
    assert let(day, leases, THREE_PLOTS) <= 17


@given(leases=LEASES, day=st.integers(-1, 85))
def test_the_movements_of_leases_add_up_to_what_is_let_on_any_day(leases: list[Lease], day: int) -> None:
    on = DAY + timedelta(day)
    moves = lease_movements(ZONE, BOARD, leases, THREE_PLOTS)
    now = leased_on(on, leases, THREE_PLOTS)
    assert moves.keys() == {lease.id for lease in leases}
    for id, of_one in moves.items():
        assert stock(of_one, "land_leased", on) == now.get(id, 0)


@given(leases=LEASES, first=st.integers(-1, 85), length=st.integers(0, 60))
def test_opening_and_change_make_closing(leases: list[Lease], first: int, length: int) -> None:
    moves = [one for of_one in lease_movements(ZONE, BOARD, leases, THREE_PLOTS).values() for one in of_one]
    opening, last = DAY + timedelta(first - 1), DAY + timedelta(first + length)
    change = series_of((one.day, one.amount) for one in moves if one.indicator == "land_leased_change")
    flow = change.within(DAY + timedelta(first), last)
    assert stock(moves, "land_leased", opening) + flow == stock(moves, "land_leased", last)


@given(leases=LEASES)
def test_leases_without_a_finding_let_all_that_they_say(leases: list[Lease]) -> None:
    if what_is_wrong(leases, THREE_PLOTS):
        return
    for day in range(-1, 86, 7):
        on = DAY + timedelta(day)
        running = {one.id for one in leases if one.runs_on(on)}
        said = sum(one.area for one in leases if one.id in running and one.under not in running)
        assert sum(leased_on(on, leases, THREE_PLOTS).values()) == said


@given(leases=LEASES, seed=st.randoms())
def test_the_order_in_which_leases_come_changes_nothing(leases: list[Lease], seed: object) -> None:
    mixed = list(leases)
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    assert lease_movements(ZONE, BOARD, mixed, THREE_PLOTS) == lease_movements(ZONE, BOARD, leases, THREE_PLOTS)


@given(leases=LEASES, ready=st.dictionaries(st.sampled_from([1, 2, 3]), st.integers(0, 60)), day=st.integers(-1, 85))
def test_what_is_let_of_a_ready_plot_and_what_waits_are_its_land(
    leases: list[Lease], ready: dict[int, int], day: int
) -> None:
    on = DAY + timedelta(day)
    days = {id_of(number): DAY + timedelta(first) for number, first in ready.items()}
    moves = vacancy_movements(ZONE, BOARD, leases, THREE_PLOTS, days)
    assert moves.keys() == THREE_PLOTS.keys()
    now: dict[UUID | None, int] = defaultdict(int)
    for plot, (_lease, changed, amount) in lettings_by_plot(leases, THREE_PLOTS):
        now[plot] += amount if changed <= on else 0
    for plot, of_one in moves.items():
        is_ready = plot in days and days[plot] <= on
        land = land_to_let(plot, THREE_PLOTS) or 0
        assert stock(of_one, "land_vacant_ready", on) == (land - now[plot] if is_ready else 0)


def test_a_plot_waits_from_the_day_it_is_ready_until_it_is_let_and_again_when_it_is_given_back() -> None:
    on, leases = plots(a_plot(1), a_plot(2, use="green")), [a_lease(11, (1, 4), days=(5, 9))]
    ready = {id_of(1): DAY + timedelta(2), id_of(2): DAY}
    moves = vacancy_movements(ZONE, BOARD, leases, on, ready)
    assert [(one.day, one.amount // HA, one.source) for one in moves[id_of(1)]] == [
        (DAY + timedelta(2), 10, id_of(1)),
        (DAY + timedelta(5), -4, id_of(11)),
        (DAY + timedelta(10), 4, id_of(11)),
    ]
    assert moves[id_of(2)] == []


# --- meridians ----------------------------------------------------------------------------------------------------


def test_every_province_of_both_maps_has_its_meridians() -> None:
    territory = load_territory()
    provinces = [id for id, place in territory.places.items() if place.kind == "province"]
    assert len(provinces) > 80
    assert all(meridians_of(province, territory) for province in provinces)
    assert meridians_of("province/hai-phong", territory) == [Decimal("105.75")]
    assert meridians_of("province/hai-phong-2025", territory) == [Decimal("105.5"), Decimal("105.75")]


def test_a_use_is_named_in_the_language_asked_for_and_lies_in_the_totals_that_its_entry_names():
    one = uses()["industrial"]
    assert (one.name("vi"), one.name("en")) == (one.vi, one.en)
    assert one.vi != one.en
    assert counts_as("industrial", "industrial")
    assert not counts_as("industrial", "public")
    assert not counts_as("no_such_use", "industrial")


def test_a_plan_of_a_day_is_written_with_the_uses_of_that_day():
    common = {"vi": "x", "en": "x", "source": "x", "evidence": "x"}
    old, new = LandUse(code="old", ends=DAY, **common), LandUse(code="new", starts=DAY + timedelta(1), **common)
    assert in_use_on((old, new), DAY) == [old]
    assert in_use_on((old, new), DAY + timedelta(1)) == [new]


def test_an_entry_that_is_no_use_is_refused_with_its_place(monkeypatch: pytest.MonkeyPatch):
    tables = {"use": {"green": {"unheard": 1}}}
    monkeypatch.setitem(entries.__globals__, "load_toml", lambda _path: tables)
    with pytest.raises(Problem) as told:
        entries(LandUse, "use")
    assert (told.value.code, told.value.where) == ("land.table", "land/uses.toml [use.green]")
