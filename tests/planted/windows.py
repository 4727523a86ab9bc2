"""Periods of the invented reports by name and day: calendar ones, and those that close on the 20th."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from planted.figures import Window

TO_20 = "to_20_december"


def _ends(year: int, month: int, regime: str) -> date:
    return date(year, month, 20 if regime == TO_20 else monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def months(year: int, first: int, last: int, name: str, regime: str) -> Window:
    """From one month to another: those that close on the 20th start on the day after, in January on the first."""
    starts = date(year, 1, 1) if first == 1 else _ends(year, first - 1, regime) + timedelta(days=1)
    return Window(name, starts, _ends(year, last, regime), regime)


def year_of(year: int, regime: str) -> Window:
    return months(year, 1, 12, f"{year}", regime)


def half(year: int, number: int, regime: str) -> Window:
    return months(year, 6 * number - 5, 6 * number, f"{year}-H{number}", regime)


def quarter(year: int, number: int, regime: str) -> Window:
    return months(year, 3 * number - 2, 3 * number, f"{year}-Q{number}", regime)


def month(year: int, number: int, regime: str) -> Window:
    return months(year, number, number, f"{year}-{number:02}", regime)


def nine_months(year: int, regime: str) -> Window:
    return months(year, 1, 9, f"{year}-01..{year}-09", regime)


def on_day(day: date, regime: str) -> Window:
    return Window(day.isoformat(), day, day, regime)
