"""Quarters by number: counted on from the year 0, four to a year."""

from __future__ import annotations

from datetime import date

from sokhu.core.place import DAY


def number_of(year: int, quarter: int) -> int:
    """quarter: 1 to 4."""
    return year * 4 + quarter - 1


def year_and_quarter(number: int) -> tuple[int, int]:
    year, before = divmod(number, 4)
    return year, before + 1


def quarter_of(day: date) -> int:
    return number_of(day.year, (day.month - 1) // 3 + 1)


def first_day(quarter: int) -> date:
    year, of_year = year_and_quarter(quarter)
    return date(year, of_year * 3 - 2, 1)


def last_day(quarter: int) -> date:
    return first_day(quarter + 1) - DAY


def are_whole_quarters(first: date, last: date) -> bool:
    """Whether a window begins with a quarter and ends with one."""
    return first == first_day(quarter_of(first)) and ends_a_quarter(last)


def ends_a_quarter(day: date) -> bool:
    return day == last_day(quarter_of(day))
