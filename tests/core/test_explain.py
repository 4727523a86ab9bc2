"""What lies behind a difference: named observations that add up to it, also across the 63 -> 34 merger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.answer import Answer, Facts, Question
from sokhu.core.cell import CellKey
from sokhu.core.explain import Explanation, explained, leaves
from sokhu.core.fact import Fact
from sokhu.core.indicator import load_indicators
from sokhu.core.makeup import Makeup, MakeupAsked, makeup
from sokhu.core.period import Period, named
from sokhu.core.problems import Problem
from sokhu.core.rates import Rate
from sokhu.core.table import TableQuestion, together
from sokhu.core.territory_file import load_territory

INDICATORS, TERRITORY = load_indicators(), load_territory()
PRECEDENCE = ("register", "return", "report", "other_body", "press")
AFTER = date(2026, 12, 31)
YEAR = named("2024")
COUNTRY = "country/viet-nam"
PROVINCES = [place.id for place in TERRITORY.places_on("province", YEAR.last)]
RATES = tuple(Rate("USD", date(year, 12, 31), Decimal(rate), "nh", "FOUND") for year, rate in ((2023, 24), (2024, 25)))


def made_of(map_day: date | None, place: str, period: Period, _kind: str) -> Makeup:
    return makeup(TERRITORY, place, period.last, MakeupAsked(map_day))


def a_fact(number: int, amount: int, place: str, indicator: str = "projects_new", **fields: object) -> Fact:
    """An observation of 2024 by the press, unless the test says something else."""
    about: dict[str, object] = {"period": "2024", "stream": ("press", "Báo"), "sequence": 1} | fields
    period = named(str(about.pop("period")))
    stream, sequence = about.pop("stream"), about.pop("sequence")
    first = period.last if INDICATORS[indicator].nature == "stock" else period.first
    cell = CellKey(indicator, place, period.name, first, period.last, **about)  # type: ignore[arg-type]
    return Fact(UUID(int=number), cell, amount, "", "final", False, stream, sequence)  # type: ignore[arg-type]


def asked(
    found: Iterable[Fact], place: str, period: Period = YEAR, map_day: date | None = None, **fields: str
) -> Answer:
    question = Question(fields.pop("indicator", "projects_new"), place, period, **fields)
    return Facts(INDICATORS, lambda _day: PRECEDENCE, partial(made_of, map_day)).add(found).answer(question)


def between(left: Answer, right: Answer) -> Explanation:
    found = explained([left], [right], INDICATORS)
    assert sum(line.contribution for line in found.lines) + found.remainder == found.moved
    return found


def kinds(found: Explanation) -> list[tuple[str, int]]:
    return [(line.kind, line.contribution) for line in found.lines]


# --- what each line says


def test_between_two_moments_a_corrected_figure_is_told_from_and_to() -> None:
    before, after = a_fact(1, 100, "province/hai-phong"), a_fact(2, 150, "province/hai-phong", sequence=2)
    found = between(asked([before], "province/hai-phong"), asked([after], "province/hai-phong"))
    assert kinds(found) == [("changed", 50)]
    line = found.lines[0]
    assert line.left is not None
    assert line.right is not None
    assert (line.left.fact, line.right.fact) == (before, after)


def test_a_figure_that_came_or_went_moves_the_total_by_all_of_it() -> None:
    one, other = a_fact(1, 100, "province/hai-phong"), a_fact(2, 30, "province/hai-duong")
    few, both = asked([one], "province/hai-phong-2025"), asked([one, other], "province/hai-phong-2025")
    assert kinds(between(few, both)) == [("added", 30)]
    assert kinds(between(both, few)) == [("gone", -30)]
    assert [line.leaf.fact for line in between(few, both).same] == [one]


def test_of_two_periods_each_stretch_is_held_against_the_same_stretch() -> None:
    quarters = [a_fact(n, 10 * n, PROVINCES[0], period=f"2023-Q{n}") for n in range(1, 5)]
    later = [a_fact(10 + n, 11 * n, PROVINCES[0], period=f"2024-Q{n}") for n in range(1, 5)]
    found = between(asked(quarters, PROVINCES[0], named("2023")), asked(later, PROVINCES[0]))
    assert sorted(kinds(found)) == [("changed", n) for n in range(1, 5)]
    assert all(line.left and line.right and line.left.stretch == line.right.stretch for line in found.lines)


def test_what_a_formula_takes_off_moves_the_total_the_other_way() -> None:
    sold = a_fact(1, 100, PROVINCES[0], "export_value", currency="USD")
    bought = [a_fact(n, 10 * n, PROVINCES[0], "import_value", currency="USD") for n in (2, 5)]
    left, right = (asked([sold, one], PROVINCES[0], indicator="trade_balance") for one in bought)
    assert (left.amount, right.amount) == (80, 50)
    assert kinds(between(left, right)) == [("changed", -30)]


def test_the_same_figure_at_another_rate_is_a_line_of_its_own() -> None:
    fact = a_fact(1, 1001, PROVINCES[0], "capital_new", currency="USD")
    known = asked([fact], PROVINCES[0], indicator="capital_new", currency="USD")
    table = TableQuestion(("capital_new",), (PROVINCES[0],), (YEAR,), currency="VND", rate_mode="fixed_date")
    days = date(2023, 12, 31), date(2024, 12, 31)
    sides = [together([known], _at(table, day), RATES) for day in days]
    found = between(*sides)
    assert kinds(found) == [("converted", 1001)]
    assert [line.rate.day for line in (found.lines[0].left, found.lines[0].right) if line and line.rate] == list(days)


def _at(table: TableQuestion, day: date) -> TableQuestion:
    return TableQuestion(
        table.indicators, table.places, table.periods, currency="VND", rate_mode="fixed_date", rate_day=day
    )


def test_what_rounding_leaves_in_a_conversion_is_told_and_not_hidden() -> None:
    facts = [a_fact(n, 10, place, "capital_new", currency="VND") for n, place in enumerate(PROVINCES[:3], 1)]
    members = Facts(
        INDICATORS, lambda _day: PRECEDENCE, lambda place, *_: Makeup(tuple(PROVINCES[:3]) if place == COUNTRY else ())
    )
    known = members.add(facts).answer(Question("capital_new", COUNTRY, YEAR, currency="VND"))
    table = TableQuestion(("capital_new",), (COUNTRY,), (YEAR,), currency="USD")
    right = together([known], table, RATES)
    zeros = [a_fact(n, 0, place, "capital_new", currency="VND") for n, place in enumerate(PROVINCES[:3], 4)]
    members = Facts(INDICATORS, members.precedence, members.members)
    left = together([members.add(zeros).answer(known.question)], table, RATES)
    found = explained([left], [right], INDICATORS)
    assert right.amount == 1  # 30 đồng at 25 are 1,2 dollars
    assert [line.contribution for line in found.lines] == [0, 0, 0]
    assert found.remainder == 1


def test_a_side_of_which_nothing_is_known_is_no_zero_and_leaves_nothing_to_hold_against() -> None:
    known = asked([a_fact(1, 10, PROVINCES[0])], PROVINCES[0])
    nothing = Answer(known.question, "missing")
    for left, right in ((known, nothing), (nothing, known)):
        found = between(left, right)
        assert (found.difference, found.moved, found.lines, found.remainder) == (None, 0, (), 0)


def test_dollars_and_dong_have_no_difference() -> None:
    one = asked([a_fact(1, 1, PROVINCES[0], "capital_new", currency="USD")], PROVINCES[0], indicator="capital_new")
    other = asked([a_fact(1, 1, PROVINCES[0], "capital_new", currency="VND")], PROVINCES[0], indicator="capital_new")
    with pytest.raises(Problem) as told:
        explained([one], [other], INDICATORS)
    assert told.value.code == "explain.unlike"


# --- ratios


def land(leased: int, total: int, place: str = PROVINCES[0], start: int = 1) -> list[Fact]:
    ratio = INDICATORS["occupancy_rate"]
    return [a_fact(start, leased, place, ratio.numerator), a_fact(start + 1, total, place, ratio.denominator)]


def test_a_ratio_tells_how_its_numerator_and_its_denominator_move_it() -> None:
    left = asked(land(30, 100), PROVINCES[0], indicator="occupancy_rate")
    right = asked(land(60, 120, start=3), PROVINCES[0], indicator="occupancy_rate")
    found = between(left, right)
    assert [(leg.leg, leg.left, leg.right) for leg in found.legs] == [("numerator", 30, 60), ("denominator", 100, 120)]
    assert found.difference == 20_000_000
    assert [leg.contribution for leg in found.legs] == [27_500_000, -7_500_000]
    assert {(line.leg, line.contribution) for line in found.lines} == {
        ("numerator", 27_500_000),
        ("denominator", -7_500_000),
    }


SHARES = st.lists(st.tuples(st.integers(0, 999), st.integers(1, 999)), min_size=1, max_size=6)


@given(SHARES, SHARES)
def test_the_lines_of_a_ratio_add_up_to_it_but_for_rounding(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    left, right = (_occupancy(shares, start) for start, shares in ((1, one), (100, other)))
    found = between(left, right)
    assert abs(found.remainder) <= len(found.lines) / 2 + 1
    assert found.difference is not None
    assert abs(found.difference - sum(leg.contribution for leg in found.legs)) <= 2


def _occupancy(shares: list[tuple[int, int]], start: int) -> Answer:
    """Of a country of as many provinces as there are shares of leased in total land."""
    places = tuple(PROVINCES[: len(shares)])
    found = [fact for n, place in enumerate(places) for fact in land(*shares[n], place, start + 2 * n)]
    members = Facts(INDICATORS, lambda _day: PRECEDENCE, lambda place, *_: Makeup(places if place == COUNTRY else ()))
    return members.add(found).answer(Question("occupancy_rate", COUNTRY, YEAR))


# --- random books, on a small map: the country is three provinces, two of which became one, and a block lost a member

HP, HD, QN, NEW, BLOCK = "province/hp", "province/hd", "province/qn", "province/new", "block/b"
SMALL = {
    COUNTRY: Makeup((HP, HD, QN)),
    NEW: Makeup((HP, HD)),
    BLOCK: Makeup((HP, QN)),
}
PLACES = [HP, HD, QN, BLOCK, COUNTRY]
CODES = ["capital_new", "capital_added", "capital_new_and_added"]
PERIODS = ["2024", "2024-H1", "2024-H2", *(f"2024-Q{n}" for n in range(1, 5))]


def on_small_map(map_day: date | None, place: str, _period: Period, _kind: str) -> Makeup:
    if place == BLOCK and map_day:
        return Makeup((QN,), says_itself=False)
    return SMALL.get(place, Makeup())


def of_small_map(found: Iterable[Fact], code: str, place: str, ownership: str, map_day: date | None) -> Answer:
    facts = Facts(INDICATORS, lambda _day: PRECEDENCE, partial(on_small_map, map_day)).add(found)
    return facts.answer(Question(code, place, YEAR, ownership=ownership, currency="USD"))


@st.composite
def books(draw: st.DrawFn) -> list[Fact]:
    """Figures of a few cells by one or two streams, in no order."""
    cells = st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(PLACES),
        st.sampled_from(PERIODS),
        st.sampled_from(["", "FDI", "DDI"]),
        st.sampled_from(["press", "report"]),
    )
    found = draw(st.dictionaries(cells, st.tuples(st.integers(1, 2000), st.integers(-5000, 5000)), max_size=25))
    return [
        a_fact(number, amount, place, code, period=period, ownership=ownership, currency="USD", stream=(kind, "ai đó"))
        for (code, place, period, ownership, kind), (number, amount) in found.items()
    ]


TOTALS = st.tuples(st.sampled_from([*PLACES, NEW]), st.sampled_from(["", "FDI"]), st.sampled_from([None, AFTER]))


@given(books(), books(), st.sampled_from(CODES), TOTALS, TOTALS)
def test_named_observations_add_up_to_the_difference_exactly(
    one: list[Fact],
    other: list[Fact],
    code: str,
    of_one: tuple[str, str, date | None],
    of_other: tuple[str, str, date | None],
) -> None:
    left, right = of_small_map(one, code, *of_one), of_small_map(other, code, *of_other)
    found = between(left, right)
    assert found.remainder == 0 or found.is_refused
    for answer, side in ((left, "left"), (right, "right")):
        rests_on = leaves(answer, INDICATORS)
        assert sum(leaf.amount for leaf in rests_on) == (answer.amount or 0)
        if found.difference is None:
            assert (found.lines, found.same) == ((), ())
        else:
            named_ones = [getattr(line, side) for line in (*found.lines, *found.same) if getattr(line, side)]
            assert sorted(leaf.amount for leaf in named_ones) == sorted(leaf.amount for leaf in rests_on)


@given(books(), st.sampled_from(CODES), TOTALS)
def test_a_total_has_no_difference_from_itself(one: list[Fact], code: str, total: tuple[str, str, date | None]) -> None:
    answer = of_small_map(one, code, *total)
    assert between(answer, answer).lines == ()


# --- the merger of 2025-07-01


@pytest.fixture(scope="module")
def of_2024() -> list[Fact]:
    """One figure of every province of 2024, each another power of two in its low digits so that none hides a gap."""
    return [a_fact(n + 1, 3**n % 100_003 + n, place) for n, place in enumerate(PROVINCES)]


def test_the_country_has_one_total_on_every_map(of_2024: list[Fact]) -> None:
    total = sum(fact.amount or 0 for fact in of_2024)
    sides = [asked(of_2024, COUNTRY, map_day=day) for day in (None, YEAR.last, date(2025, 7, 1), AFTER)]
    assert {side.amount for side in sides} == {total}
    for side in sides[1:]:
        found = between(sides[0], side)
        assert (found.difference, found.lines, len(found.same)) == (0, (), 63)


def test_every_province_of_today_is_explained_to_zero_by_the_figures_of_those_it_was_made_of(
    of_2024: list[Fact],
) -> None:
    counted: list[UUID] = []
    for place in TERRITORY.places_on("province", AFTER):
        parts = _as_was(place.id)
        left = [asked(of_2024, part) for part in parts]
        found = explained(left, [asked(of_2024, place.id, map_day=AFTER)], INDICATORS)
        assert (found.difference, found.remainder) == (0, 0)
        named_ones = [*found.lines, *found.same]
        assert {line.kind for line in named_ones} == ({"same"} if parts == (place.id,) else {"restated"})
        assert sum(int(line.right.amount) for line in named_ones if line.right) == found.right.amount
        counted += [line.leaf.fact.id for line in named_ones if line.leaf.fact]
    assert len(counted) == len(set(counted)) == 63


def _as_was(place: str) -> Sequence[str]:
    return makeup(TERRITORY, place, YEAR.last).members if not TERRITORY.exists_on(place, YEAR.last) else (place,)


def test_a_split_without_figures_of_its_parts_is_refused_and_compares_with_nothing(of_2024: list[Fact]) -> None:
    then, now = asked(of_2024, "province/hai-phong"), asked(of_2024, "province/hai-phong", named("2026"))
    assert [problem.code for problem in explained([then], [now], INDICATORS).right.refusals] == [
        "territory.not_restatable"
    ]
    found = explained([then], [now], INDICATORS)
    assert (found.is_refused, found.difference, found.lines) == (True, None, ())


def test_a_total_of_a_block_without_its_members_is_refused_on_another_map() -> None:
    block = a_fact(1, 500, "block/dong-bang-song-hong")
    sides = [asked([block], "block/dong-bang-song-hong", map_day=day) for day in (None, AFTER)]
    assert sides[0].amount == 500
    found = explained(sides[:1], sides[1:], INDICATORS)
    assert found.is_refused
    assert found.difference is None


def test_a_block_of_other_members_is_refused_where_none_of_them_has_a_figure() -> None:
    block = a_fact(1, 500, BLOCK, "capital_new", currency="USD")
    found = of_small_map([block], "capital_new", BLOCK, "", AFTER)
    assert found.amount is None
    assert [caveat.code for caveat in found.caveats] == ["answer.members_needed"]
