"""Working days: which days offices work, and by which day something is due when the law counts in days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any, Literal

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem

SATURDAY = 6
SWAPPED = "swapped"
_ABOUT = frozenset({"worked", "source", "evidence"})

Counted = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """off: weekdays without work and why, by the keys of `names`; worked: weekend days worked instead.

    years: those that are known, each with its source and how sure it is (FOUND, BK-high …).
    """

    off: Mapping[dt.date, str]
    worked: frozenset[dt.date]
    years: Mapping[int, tuple[str, str]]
    names: Mapping[str, Mapping[str, str]]

    def is_working(self, day: dt.date) -> bool:
        """Raises Problem("working_days.unknown_year", year, known) for a day of a year that is not in the catalogue."""
        if day.year not in self.years:
            known = f"{min(self.years)}–{max(self.years)}" if self.years else "–"
            raise Problem("working_days.unknown_year", year=day.year, known=known)
        return day in self.worked or (day.isoweekday() < SATURDAY and day not in self.off)

    def changed(self, days: Mapping[dt.date, bool]) -> Calendar:
        """The calendar with days that are worked (True) or off (False) other than it has them."""
        off = {day: name for day, name in self.off.items() if day not in days}
        off |= {day: SWAPPED for day, is_worked in days.items() if not is_worked}
        worked = self.worked - days.keys() | {day for day, is_worked in days.items() if is_worked}
        return replace(self, off=off, worked=frozenset(worked))


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands still: from the day on which something was asked for to the day on which it came.

    ends: None while it is awaited. The days after `starts` up to `ends` do not count.
    """

    starts: dt.date
    ends: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return self.starts < day and (self.ends is None or day <= self.ends)


@cache
def working_calendar() -> Calendar:
    """The shipped calendar, `catalogue/working_days.toml`."""
    return calendar_of(load_toml("working_days.toml"))


def calendar_of(tables: Mapping[str, Any]) -> Calendar:
    """A calendar from its tables.

    Raises Problem("working_days.table", where=year) for a year without source, with an unknown holiday, or with a day
    of another year.
    """
    off: dict[dt.date, str] = {}
    worked: set[dt.date] = set()
    years: dict[int, tuple[str, str]] = {}
    for written, table in tables["year"].items():
        _check(written, table, tables["holiday"])
        years[int(written)] = (table["source"], table["evidence"])
        worked.update(table.get("worked", ()))
        off |= {day: name for name in table.keys() - _ABOUT for day in table[name]}
    return Calendar(off, frozenset(worked), years, tables["holiday"])


def _check(written: str, table: Mapping[str, Any], holidays: Mapping[str, Any]) -> None:
    unknown = sorted(table.keys() - _ABOUT - holidays.keys())
    missing = sorted({"source", "evidence"} - table.keys())
    strangers = [
        day for name in table.keys() - {"source", "evidence"} for day in table[name] if f"{day.year}" != written
    ]
    found = unknown or missing or [f"{day}" for day in strangers]
    if found:
        raise Problem("working_days.table", where=written, found=", ".join(found))


def deadline(
    received: dt.date,
    days: int,
    *,
    calendar: Calendar,
    stops: Sequence[Stop] = (),
    counted: Counted = "working",
) -> dt.date | None:
    """The last day of so many days after receipt; None while the clock stands still before it is reached.

    The day of receipt is not counted (Bộ luật Dân sự 2015 điều 147); a term in calendar days that ends on a day off
    ends on the next working day (điều 148 khoản 5). Raises Problem("working_days.unknown_year").
    """
    counting = _counting(received, stops, calendar, counted)
    last = next(islice(counting, days - 1, None), None) if days > 0 else received
    while last and not calendar.is_working(last):
        last += dt.timedelta(days=1)
    return last


def days_used(
    received: dt.date,
    until: dt.date,
    *,
    calendar: Calendar,
    stops: Sequence[Stop] = (),
    counted: Counted = "working",
) -> int:
    """How many days have been counted after receipt, up to and including a day."""
    days = (received + dt.timedelta(days=ahead) for ahead in range(1, (until - received).days + 1))
    return sum(1 for day in days if _counts(day, stops, calendar, counted))


def working_days_between(first: dt.date, last: dt.date, calendar: Calendar) -> int:
    """How many working days there are, both days included."""
    return days_used(first - dt.timedelta(days=1), last, calendar=calendar)


def _counting(received: dt.date, stops: Sequence[Stop], calendar: Calendar, counted: Counted) -> Iterator[dt.date]:
    """The days that count after receipt; they end where a stop begins that has no end yet."""
    halt = min((stop.starts for stop in stops if stop.ends is None), default=dt.date.max)
    day = received
    while day < halt:
        day += dt.timedelta(days=1)
        if day <= halt and _counts(day, stops, calendar, counted):
            yield day


def _counts(day: dt.date, stops: Sequence[Stop], calendar: Calendar, counted: Counted) -> bool:
    return not any(stop.covers(day) for stop in stops) and (counted == "calendar" or calendar.is_working(day))
