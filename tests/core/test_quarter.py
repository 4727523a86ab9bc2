"""Quarters by number."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.quarter import are_whole_quarters, first_day, last_day, number_of, quarter_of, year_and_quarter


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (1, date(2024, 1, 1), date(2024, 3, 31)),
        (2, date(2024, 4, 1), date(2024, 6, 30)),
        (3, date(2024, 7, 1), date(2024, 9, 30)),
        (4, date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_a_quarter_has_three_months(quarter: int, first: date, last: date) -> None:
    number = number_of(2024, quarter)
    assert (first_day(number), last_day(number)) == (first, last)
    assert year_and_quarter(number) == (2024, quarter)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_lies_in_its_quarter_and_the_next_follows_without_a_gap(day: date) -> None:
    number = quarter_of(day)
    assert first_day(number) <= day <= last_day(number)
    assert last_day(number) + timedelta(days=1) == first_day(number + 1)


def test_a_window_is_of_whole_quarters_only_where_both_its_ends_are() -> None:
    assert are_whole_quarters(date(2024, 1, 1), date(2024, 9, 30))
    assert not are_whole_quarters(date(2024, 1, 2), date(2024, 9, 30))
    assert not are_whole_quarters(date(2024, 1, 1), date(2024, 9, 29))
