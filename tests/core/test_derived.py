"""Which figures follow from movements: of which days, of which parts, while a park lies in an economic zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.cell import CellKey
from sokhu.core.derived import (
    REGISTER,
    Breakdown,
    Days,
    Moves,
    Part,
    amounts,
    by_quarters,
    days_between,
    derived_id,
    fact_of,
    fewest,
    told_for_all,
    while_within,
)
from sokhu.core.indicator import load_indicators
from sokhu.core.keeping import complete_days, keeper_of
from sokhu.core.movement import series_of
from sokhu.core.place import Event, Membership, Place, Span
from sokhu.core.territory import Territory

FLOW, STOCK, LAND = (load_indicators()[code] for code in ("capital_new", "capital_registered_total", "land_leased"))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
UNTIL = date(2026, 5, 20)
ALWAYS = (Span(),)
FDI, DDI, NEITHER = Part("FDI", "USD"), Part("DDI", "USD"), Part("", "USD")


def named(days: Days) -> list[str]:
    return [one.name for one in days.windows]


def test_a_year_has_its_months_quarters_halves_and_nine_months() -> None:
    days = days_between(*YEAR, UNTIL)
    assert len(days.windows) == 12 + 4 + 2 + 1 + 1
    assert [one.last.day for one in days.counts] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_running_windows_and_counts_end_on_the_last_known_day_and_later_ones_are_not_there() -> None:
    days = days_between(date(2026, 1, 1), date(2026, 12, 31), UNTIL)
    running = {one.name for one in days.windows if one.last == UNTIL}
    assert running == {"2026-05", "2026-Q2", "2026-H1", "2026-01..2026-09", "2026"}
    assert "2026-06" not in named(days)
    assert days.counts[-1].last == UNTIL
    assert days_between(date(2027, 1, 1), date(2027, 12, 31), UNTIL) == Days()


def told(days: Days, indicator: object = FLOW, **options: bool) -> set[tuple[str, Part]]:
    moved = {FDI: [(date(2024, 3, 5), 7)]}
    return {(window.name, part) for part, window, _ in amounts(indicator, moved, days, ALWAYS, **options)}  # type: ignore[arg-type]


def test_where_it_is_known_what_is_asked_only_that_is_told_unless_the_map_changes_within_it() -> None:
    days = days_between(*YEAR, UNTIL, {YEAR})
    assert {name for name, _ in told(days)} == set(named(days)) - {"2024-01..2024-09"}  # which no other is made of
    merged = replace(days, is_one_map=lambda first, last: not first <= date(2024, 6, 30) < last)
    assert {name for name, _ in told(merged)} == {"2024", "2024-H1", "2024-H2"}
    assert {name for name, _ in told(replace(days, is_one_map=lambda first, last: True))} == {"2024"}
    assert {name for name, _ in told(days, STOCK)} == {"2024-12-31"}


def test_a_window_of_its_own_days_is_told_by_its_days() -> None:
    until_20 = (date(2023, 12, 21), date(2024, 12, 20))
    assert "2023-12-21..2024-12-20" in {name for name, _ in told(days_between(*YEAR, UNTIL, {until_20}))}


def test_months_and_running_windows_make_up_all_others() -> None:
    assert len(named(fewest(days_between(*YEAR, UNTIL), UNTIL))) == 12
    assert "2026" in named(fewest(days_between(date(2026, 1, 1), UNTIL, UNTIL), UNTIL))


def test_the_whole_is_left_out_only_where_fdi_and_ddi_make_it_up() -> None:
    days = days_between(*YEAR, UNTIL)
    parts = {part for _, part in told(days, only_parts=True)}
    assert NEITHER not in parts
    assert {FDI, DDI} < parts
    moved = {NEITHER: [(date(2024, 3, 5), 7)]}
    assert NEITHER in {part for part, _, _ in amounts(FLOW, moved, days, ALWAYS, only_parts=True)}
    assert {part for part, _, _ in amounts(LAND, {}, days, ALWAYS)} >= {Part("", "")}


def test_in_another_currency_there_are_figures_only_of_windows_in_which_it_moved() -> None:
    euros = {Part("FDI", "EUR"): [(date(2024, 3, 5), 7)]}
    days = days_between(*YEAR, UNTIL)
    of_flow = {one.name for part, one, _ in amounts(FLOW, euros, days, ALWAYS) if part.currency == "EUR"}
    assert of_flow == {"2024", "2024-H1", "2024-01..2024-09", "2024-Q1", "2024-03"}
    of_stock = [one.last for part, one, _ in amounts(STOCK, euros, days, ALWAYS) if part == Part("FDI", "EUR")]
    assert (of_stock[0], len(of_stock)) == (date(2024, 3, 31), 10)


def test_outside_the_days_on_which_a_register_is_complete_there_is_no_figure() -> None:
    days = days_between(*YEAR, UNTIL)
    found = {one.name for _, one, _ in amounts(FLOW, {}, days, [Span(date(2024, 8, 1))])}
    assert found == {"2024-08", "2024-09", "2024-10", "2024-11", "2024-12", "2024-Q4"}


MOVES = st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2025, 12, 31)), st.integers(-99, 99)), max_size=8)
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@given(MOVES, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_parks_stock_is_in_its_economic_zone_whole_on_the_days_on_which_it_is_in_it_and_not_on_others(
    moves: list[tuple[date, int]], starts: date | None, ends: date | None, day: date
) -> None:
    span = Span(starts, ends) if not (starts and ends and ends < starts) else Span(ends, starts)
    inside = series_of(while_within(moves, span, is_stock=True)).up_to(day)
    assert inside == (series_of(moves).up_to(day) if span.holds(day) else 0)
    flows = series_of(while_within(moves, span, is_stock=False)).within(date(2020, 1, 1), day)
    assert flows == sum(amount for moved, amount in moves if moved <= day and span.holds(moved))


def places(*memberships: tuple[str, date | None, date | None]) -> Territory:
    """A zone that boards a and b kept, who merged into c in 2025, and a board d of no kin."""
    known = [Place(one, kind, (), Span(), "", "") for one, kind in (("z", "zone"), *((b, "board") for b in "abcd"))]  # type: ignore[arg-type]
    merged = Event("merge", date(2025, 7, 1), ("a", "b"), ("c",), "", True, "", "")
    span = {"a": Span(ends=date(2025, 6, 30)), "b": Span(ends=date(2025, 6, 30)), "c": Span(date(2025, 7, 1))}
    known = [replace(place, span=span.get(place.id, Span())) for place in known]
    return Territory(known, [merged], [Membership(board, "z", Span(*days), "", "") for board, *days in memberships])


MERGED = places(("a", None, date(2025, 6, 30)), ("c", date(2025, 7, 1), None))


def test_a_word_holds_along_a_line_of_succession_both_ways() -> None:
    assert complete_days(MERGED, "z", {"a": date(2023, 1, 1)}) == (Span(date(2023, 1, 1)),)
    assert complete_days(MERGED, "z", {"c": date(2024, 1, 1)}) == (Span(date(2024, 1, 1)),)
    assert complete_days(MERGED, "z", {"a": date(2023, 1, 1), "c": date(2026, 1, 1)}) == (Span(date(2023, 1, 1)),)
    assert complete_days(MERGED, "z", {"b": date(2020, 1, 1), "d": date(2020, 1, 1)}) == ()


def test_a_word_does_not_go_with_a_zone_that_another_board_was_given() -> None:
    given_over = places(("a", None, date(2023, 12, 31)), ("d", date(2024, 1, 1), None))
    assert complete_days(given_over, "z", {"a": date(2022, 1, 1)}) == (Span(date(2022, 1, 1), date(2023, 12, 31)),)
    both = {"a": date(2022, 1, 1), "d": date(2022, 6, 1)}
    assert complete_days(given_over, "z", both) == (Span(date(2022, 1, 1)),)


def test_the_keeper_is_the_board_of_the_day_or_the_nearest_one() -> None:
    assert [keeper_of(MERGED, "z", date(year, 1, 1)) for year in (2020, 2026)] == ["a", "c"]
    gone = places(("a", date(2020, 1, 1), date(2021, 1, 1)), ("d", date(2021, 2, 1), date(2022, 1, 1)))
    assert [keeper_of(gone, "z", date(year, 1, 1)) for year in (2019, 2030)] == ["a", "d"]
    assert keeper_of(places(), "z", date(2024, 1, 1)) == ""


_stocks = st.lists(st.tuples(st.integers(0, 900), st.integers(-50, 90)), max_size=6).map(
    lambda moves: {NEITHER: [(YEAR[0] + timedelta(days=days), amount) for days, amount in moves]} if moves else {}
)


@given(own=_stocks, parks=_stocks, days=st.integers(-5, 950))
def test_land_of_a_park_counts_once_in_its_economic_zone_whichever_of_the_two_is_told(
    own: dict[Part, Moves], parks: dict[Part, Moves], days: int
) -> None:
    day = YEAR[0] + timedelta(days=days)
    told = series_of(told_for_all(own, parks).get(NEITHER, [])).up_to(day)
    own_moves = own.get(NEITHER, [])
    tells = any(moved <= day for moved, _amount in own_moves)
    assert told == series_of(own_moves if tells else parks.get(NEITHER, [])).up_to(day)


def test_of_quarters_only_windows_and_counts_of_whole_quarters_are_left() -> None:
    days = by_quarters(days_between(date(2026, 1, 1), UNTIL, UNTIL))
    assert named(days) == ["2026-Q1"]
    assert [one.last for one in days.counts] == [date(2026, 3, 31)]
    assert len(named(by_quarters(days_between(*YEAR, UNTIL)))) == 4 + 2 + 1 + 1


def test_a_period_of_which_nothing_is_complete_is_made_of_the_parts_that_are() -> None:
    days = days_between(*YEAR, UNTIL, {YEAR})
    days = replace(days, is_one_map=lambda first, last: True)
    moved = {FDI: [(date(2024, 8, 5), 7)]}
    found = {window.name for _, window, _ in amounts(FLOW, moved, days, (Span(date(2024, 7, 1)),))}
    assert found == {"2024-H2"}


def test_a_breakdown_is_of_an_indicator_that_has_its_dimensions() -> None:
    assert Breakdown("JP", "C", frozenset({"C26"})).is_of(FLOW)
    assert not Breakdown("JP").is_of(LAND)
    assert Breakdown().is_of(LAND)


def test_only_the_moves_of_a_country_and_of_the_codes_of_a_sector_are_counted() -> None:
    moved = {
        Part("FDI", "USD", country, sector): [(date(2024, 3, 5), amount)]
        for country, sector, amount in (("JP", "C26", 1), ("JP", "L68", 2), ("KR", "C26", 4))
    }
    days = days_between(*YEAR, UNTIL)

    def year(of: Breakdown) -> int:
        found = amounts(FLOW, moved, days, ALWAYS, of=of)
        return next(amount for part, one, amount in found if (part[:2], one.name) == (("FDI", "USD"), "2024"))

    assert [year(Breakdown()), year(Breakdown("JP")), year(Breakdown("", "C", frozenset({"C26"})))] == [7, 3, 5]
    assert year(Breakdown("JP", "C", frozenset({"C26"}))) == 1


def test_a_derived_figure_has_one_id_for_its_cell_and_speaker_in_every_book() -> None:
    cell = CellKey("capital_new", "zone/a", "2024", *YEAR, currency="USD")
    one = fact_of(cell, 7, "board/a", 3)
    assert (one.amount, one.stream, one.sequence, one.is_derived) == (7, (REGISTER, "board/a"), 3, True)
    assert one.id == fact_of(cell, 9, "board/a", 4).id
    others = [replace(cell, country="JP"), replace(cell, sector="C26"), replace(cell, currency="VND")]
    ids = {derived_id(other, "board/a") for other in (cell, *others)} | {derived_id(cell, "board/b")}
    assert len(ids) == 5
