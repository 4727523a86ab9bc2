"""Sums of movements: what there was, and what came and went, is what there is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.movement import Series, series_of
from sokhu.core.period import named, parts

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
MOVES = st.lists(st.tuples(DAYS, st.integers(-(10**15), 10**15)), max_size=40)
DAY = timedelta(days=1)


@given(MOVES, DAYS, DAYS)
def test_what_there_was_and_what_came_in_between_is_what_there_is(
    moves: list[tuple[date, int]], one: date, other: date
) -> None:
    series, (before, after) = series_of(moves), sorted((one, other))
    assert series.up_to(before) + series.within(before + DAY, after) == series.up_to(after)


@given(MOVES, st.integers(2014, 2027))
def test_a_year_is_the_sum_of_its_months(moves: list[tuple[date, int]], year: int) -> None:
    series, whole = series_of(moves), named(str(year))
    months = parts(whole, "month")
    assert sum(series.within(one.first, one.last) for one in months) == series.within(whole.first, whole.last)


@given(MOVES, DAYS)
def test_a_stock_is_every_movement_up_to_the_day(moves: list[tuple[date, int]], day: date) -> None:
    assert series_of(moves).up_to(day) == sum(amount for moved, amount in moves if moved <= day)


@given(MOVES, DAYS, DAYS)
def test_a_flow_is_every_movement_of_its_days(moves: list[tuple[date, int]], one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert series_of(moves).within(first, last) == sum(amount for day, amount in moves if first <= day <= last)


def test_where_nothing_moved_there_is_nothing() -> None:
    assert (Series().up_to(date(2024, 1, 1)), Series().within(date(2024, 1, 1), date(2024, 12, 31))) == (0, 0)
