"""The algebra of reporting periods: what lies before, within, a year earlier; which days a name means to whom.

Names and windows are made in `period_name`, words of three languages in `period_words`; both are offered from here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from sokhu.core.period_name import (
    End,
    Kind,
    Period,
    Span,
    kind,
    named,
    span_of,
    spanning,
    window,
)
from sokhu.core.period_words import parse, printed, printed_window, tells_as_of
from sokhu.core.problems import Problem
from sokhu.core.regimes import CALENDAR, Regime, regime_of, regimes

__all__ = [
    "CALENDAR",
    "Kind",
    "Period",
    "Regime",
    "as_of",
    "contains",
    "cut",
    "day_count",
    "instant",
    "kind",
    "like_windows",
    "named",
    "of_days",
    "overlaps",
    "parse",
    "parts",
    "previous",
    "printed",
    "printed_window",
    "regime_of",
    "regimes",
    "same_period_last_year",
    "tells_as_of",
    "under",
    "window",
    "year_to_date",
]

_STEPS = (12, 6, 3, 1)  # months in a year, half, quarter, month: what a longer period is cut into
_MONTHS_IN: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "plan": 60}


def as_of(day: date, *, regime: str = CALENDAR) -> Period:
    """The day on which something is counted, as a period."""
    return named(day.isoformat(), regime=regime)


def of_days(first: date, last: date) -> Period:
    """The calendar period of these days, both included."""
    return spanning(Span(_end(first), _end(last)))


def standard_periods(years: range) -> list[Period]:
    """Months, quarters, halves, nine months and years, by the calendar: what copies hold and registers tell."""
    names = [
        name
        for year in years
        for name in (
            *(f"{year}-{month:02d}" for month in range(1, 13)),
            *(f"{year}-Q{quarter}" for quarter in range(1, 5)),
            f"{year}-H1",
            f"{year}-H2",
            f"{year}-01..{year}-09",
            f"{year}",
        )
    ]
    return [named(name) for name in names]


def instant(period: Period) -> date:
    """The day on which a stock of this period counts: its last day under its regime."""
    return period.last


def under(period: Period, regime: str) -> Period:
    """The period of the same name under another regime. Raises Problem("period.regime_not_in_force")."""
    return named(period.name, regime=regime)


def day_count(period: Period) -> int:
    """How many days the window has."""
    return (period.last - period.first).days + 1


def contains(whole: Period, part: Period) -> bool:
    """Whether every day of `part` is a day of `whole`."""
    return whole.first <= part.first and part.last <= whole.last


def overlaps(one: Period, other: Period) -> bool:
    """Whether the two have a day in common."""
    return one.first <= other.last and other.first <= one.last


def like_windows(one: Period, other: Period) -> bool:
    """Whether the two cut the year alike, so that their figures may be added or compared without a caveat.

    Equal names are alike when their days are; unlike names when each would keep its days under the other's regime.
    """
    return window(one.name, regime=other.regime) == (one.first, one.last) and window(other.name, regime=one.regime) == (
        other.first,
        other.last,
    )


@lru_cache(maxsize=4096)
def previous(period: Period) -> Period:
    """The period of the same kind just before: the day, month, quarter, half, year or plan before.

    What accumulates from January (nine months, eleven months) goes back a whole year, other ranges by their own length.
    """
    left, right = span_of(period)
    if left.day is not None:
        days = timedelta(days=day_count(period))
        return spanning(Span(_end(period.first - days), _end(period.last - days)), regime=period.regime)
    accumulates = left.month == 1 and left.year == right.year and kind(period) in ("nine_months", "range")
    return _months_earlier(period, 12 if accumulates else _month_count(period))


@lru_cache(maxsize=4096)
def same_period_last_year(period: Period) -> Period:
    """The same days or months one year earlier; 29 February goes to the 28th.

    Raises Problem("period.no_year_before") for what is longer than a year: 2021..2025 has no same period last year.
    """
    by_months = span_of(period).left.day is None
    if _month_count(period) > 12 if by_months else day_count(period) > 366:
        raise Problem("period.no_year_before", found=period.name)
    return _months_earlier(period, 12)


def year_to_date(period: Period) -> Period:
    """From the start of the year in which the period ends, by its regime, to its last day: "cộng dồn từ đầu năm"."""
    right = span_of(period).right
    if right.day is None:
        return spanning(Span(End(right.year, 1), right), regime=period.regime)
    next_year, _ = window(f"{right.year + 1}", regime=period.regime)
    first, _ = window(f"{right.year}", regime=period.regime)
    # By a regime that closes on 14 December, 20 December is counted in the next year.
    return spanning(Span(_end(next_year if next_year <= period.last else first), right), regime=period.regime)


def parts(period: Period, kind: Kind) -> list[Period]:
    """The period cut into days, months, quarters, halves, years or plans, in order.

    Raises Problem("period.no_parts", found, kind) when it does not consist of whole ones.
    """
    left, right = span_of(period)
    if kind == "day":
        return [as_of(period.first + timedelta(days=n), regime=period.regime) for n in range(day_count(period))]
    step = _MONTHS_IN.get(kind)
    start = _ordinal(left)
    aligned = step is not None and left.day is None and (start - _phase(kind)) % step == 0
    if step is None or not aligned or _month_count(period) % step:
        raise Problem("period.no_parts", found=period.name, kind=kind)
    return [
        spanning(Span(_month(first), _month(first + step - 1)), regime=period.regime)
        for first in range(start, _ordinal(right) + 1, step)
    ]


@lru_cache(maxsize=4096)
def cut(period: Period) -> tuple[Period, ...]:
    """The fewest whole years, halves, quarters and months that follow each other and make the period up; () for none.

    A year is its halves, nine months are a half and a quarter, January to November a half, a quarter and two months.
    """
    left, right = span_of(period)
    if left.day is not None or right.day is not None or (left.year, left.month) == (right.year, right.month):
        return ()
    month, last = _ordinal(left), _ordinal(right)
    whole = last - month + 1
    made = []
    while month <= last:
        step = next(step for step in _STEPS if step < whole and month % step == 0 and month + step - 1 <= last)
        made.append(spanning(Span(_month(month), _month(month + step - 1)), regime=period.regime))
        month += step
    return tuple(made)


def _phase(kind: Kind) -> int:
    """The month, counted from year 0, with which periods of this kind are in step: plans start in 2001, 2006 …"""
    return 12 if kind == "plan" else 0


def _end(day: date) -> End:
    return End(day.year, day.month, day.day)


def _ordinal(end: End) -> int:
    return end.year * 12 + end.month - 1


def _month(ordinal: int) -> End:
    return End(ordinal // 12, ordinal % 12 + 1)


def _month_count(period: Period) -> int:
    left, right = span_of(period)
    return _ordinal(right) - _ordinal(left) + 1


def _months_earlier(period: Period, count: int) -> Period:
    """The period moved back by whole months; a day that the month lacks becomes its last."""
    left, right = (_moved(end, -count) for end in span_of(period))
    return spanning(Span(left, right), regime=period.regime)


def _moved(end: End, count: int) -> End:
    year, month, _ = _month(_ordinal(end) + count)
    return End(year, month, end.day and min(end.day, monthrange(year, month)[1]))
