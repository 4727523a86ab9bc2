"""Quarters by number: counted on from the year 0, four to a year."""

from __future__ import annotations

from datetime import date

from sokhu.core.place import DAY


def quarter_of(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    year, before = divmod(quarter, 4)
    return date(year, before * 3 + 1, 1)


def last_day(quarter: int) -> date:
    return first_day(quarter + 1) - DAY


def are_whole_quarters(first: date, last: date) -> bool:
    """Whether a window begins with a quarter and ends with one."""
    return first == first_day(quarter_of(first)) and ends_a_quarter(last)


def ends_a_quarter(day: date) -> bool:
    return day == last_day(quarter_of(day))
