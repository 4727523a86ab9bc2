"""Periods and their canonical names: 2022-11-15, 2017-09, 2024-Q1, 2020-H1, 2021, 2022-01..2022-09, 2021..2025."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Literal, NamedTuple

from sokhu.core.problems import Problem
from sokhu.core.regimes import CALENDAR, regime_of

Kind = Literal["day", "month", "quarter", "half", "nine_months", "year", "plan", "range"]

FIRST_YEAR, LAST_YEAR = 1900, 2199

_NAME = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[0-9])|H(?P<half>[0-9])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?",
    re.IGNORECASE,
)
_KIND_BY_MONTHS: dict[tuple[int, int], Kind] = {
    (1, 3): "quarter", (4, 6): "quarter", (7, 9): "quarter", (10, 12): "quarter",
    (1, 6): "half", (7, 12): "half", (1, 9): "nine_months", (1, 12): "year",
}  # fmt: skip


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: its canonical name and the days it covers under a reporting regime, both included.

    Periods are ordered by their first day, then their last. Build them with `named`, `parse` or from stored fields.
    Raises Problem("period.backwards") when the last day lies before the first.
    """

    name: str
    first: date
    last: date
    regime: str = CALENDAR

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Problem("period.backwards", found=self.name, first=self.first, last=self.last)

    def __lt__(self, other: Period) -> bool:
        return (self.first, self.last, self.name, self.regime) < (other.first, other.last, other.name, other.regime)

    def __str__(self) -> str:
        return self.name


class End(NamedTuple):
    """One end of a period: a month, or a day of it."""

    year: int
    month: int
    day: int | None = None


class Span(NamedTuple):
    """Where a period starts and where it ends, both included; a year is from its January to its December."""

    left: End
    right: End


@lru_cache(maxsize=4096)
def span_of_name(name: str) -> Span:
    """The ends that a canonical name tells, e.g. 2024-Q1 -> January to March 2024.

    Raises Problem("period.unknown" | "period.quarter" | "period.half" | "period.month" | "period.day" | "period.year").
    """
    left, dots, right = name.strip().partition("..")
    spans = [_span_of_part(part, name) for part in ((left, right) if dots else (left,))]
    return Span(spans[0].left, spans[-1].right)


def _span_of_part(part: str, name: str) -> Span:
    match = _NAME.fullmatch(part.strip())
    if match is None:
        raise Problem("period.unknown", found=name)
    fields = {key: int(digits) for key, digits in match.groupdict().items() if digits}
    year = fields["year"]
    if "quarter" in fields:
        return months_of_quarter(year, fields["quarter"], found=name)
    if "half" in fields:
        return months_of_half(year, fields["half"], found=name)
    if "month" in fields:
        end = End(year, fields["month"], fields.get("day"))
        return checked(Span(end, end), found=name)
    return months(year, 1, 12, found=name)


def months_of_quarter(year: int, quarter: int, *, found: str) -> Span:
    """The months of a quarter, else Problem("period.quarter")."""
    if not 1 <= quarter <= 4:
        raise Problem("period.quarter", found=found)
    return months(year, 3 * quarter - 2, 3 * quarter, found=found)


def months_of_half(year: int, half: int, *, found: str) -> Span:
    """The months of a half year, else Problem("period.half")."""
    if not 1 <= half <= 2:
        raise Problem("period.half", found=found)
    return months(year, 6 * half - 5, 6 * half, found=found)


def months(year: int, first: int, last: int, *, found: str) -> Span:
    """From one month to another of the same year."""
    return checked(Span(End(year, first), End(year, last)), found=found)


def checked(span: Span, *, found: str) -> Span:
    """The span, when its years, months and days exist; else the Problem that says which does not."""
    for year, month, day in span:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Problem("period.year", found=found, first=FIRST_YEAR, last=LAST_YEAR)
        if not 1 <= month <= 12:
            raise Problem("period.month", found=found)
        if day is not None and not 1 <= day <= monthrange(year, month)[1]:
            raise Problem("period.day", found=found, last=monthrange(year, month)[1])
    return span


def named(name: str, *, regime: str = CALENDAR) -> Period:
    """The period with a canonical name (or one that means the same: 2022-01..2022-03 is 2022-Q1), under a regime.

    Raises what `span_of_name` raises, and Problem("period.backwards" | "period.regime_unknown" |
    "period.regime_not_in_force").
    """
    return spanning(span_of_name(name), regime=regime)


def spanning(span: Span, *, regime: str = CALENDAR) -> Period:
    """The period with these ends under a regime, by its canonical name. Raises as `named`."""
    first, last = window_of_span(span, regime=regime)
    name = _name_of(_settled(span, first, last, regime))
    checked(span, found=name)
    period = Period(name, first, last, regime)
    _check_in_force(period)
    return period


def window(name: str, *, regime: str = CALENDAR) -> tuple[date, date]:
    """The first and last day a name means under a regime, in force then or not."""
    return window_of_span(span_of_name(name), regime=regime)


def window_of_span(span: Span, *, regime: str) -> tuple[date, date]:
    """The first and last day between two ends. A day is that day under every regime."""
    rules = regime_of(regime)
    left, right = span
    first = rules.first_of(left.year, left.month) if left.day is None else date(left.year, left.month, left.day)
    last = rules.last_of(right.year, right.month) if right.day is None else date(right.year, right.month, right.day)
    return first, last


def _check_in_force(period: Period) -> None:
    rules = regime_of(period.regime)
    if not rules.in_force(period.first, period.last):
        since, until = rules.valid_from or "…", rules.valid_to or "…"
        raise Problem("period.regime_not_in_force", found=period.name, regime=rules.code, since=since, until=until)


def _settled(span: Span, first: date, last: date, regime: str) -> Span:
    """One span for one window: days that fill months are those months, a month beside a day is told in days."""
    if span.left == span.right or (span.left.day is None and span.right.day is None):
        return span
    rules = regime_of(regime)
    start, end = rules.month_starting(first), rules.month_ending(last)
    if start and end and start <= end:
        return Span(End(*start), End(*end))
    return Span(End(first.year, first.month, first.day), End(last.year, last.month, last.day))


def _name_of(span: Span) -> str:
    left, right = span
    if left == right:
        return _name_of_end(left)
    if left.day:
        return f"{_name_of_end(left)}..{_name_of_end(right)}"
    if left.year == right.year:
        return _name_within_a_year(left.year, left.month, right.month)
    # 2021..2024-06: a range over years leaves out a January it starts with and a December it ends with.
    start = _name_of_end(left) if left.month > 1 else f"{left.year}"
    end = _name_of_end(right) if right.month < 12 else f"{right.year}"
    return f"{start}..{end}"


def _name_within_a_year(year: int, first: int, last: int) -> str:
    match _KIND_BY_MONTHS.get((first, last)):
        case "year":
            return f"{year}"
        case "half":
            return f"{year}-H{last // 6}"
        case "quarter":
            return f"{year}-Q{last // 3}"
    return f"{year}-{first:02d}..{year}-{last:02d}"


def _name_of_end(end: End) -> str:
    return f"{end.year:04d}-{end.month:02d}" + (f"-{end.day:02d}" if end.day else "")


def span_of(period: Period) -> Span:
    """The ends of a period, from its name."""
    return span_of_name(period.name)


def kind(period: Period) -> Kind:
    """What sort of period it is; "plan" is a five-year plan (2021..2025), "range" what has no name of its own."""
    left, right = span_of(period)
    if left.day:
        return "day" if left == right else "range"
    if left.year == right.year:
        return "month" if left.month == right.month else _KIND_BY_MONTHS.get((left.month, right.month), "range")
    # The country's five-year plans start in 2001, 2006, 2011 ...
    whole_years = (left.month, right.month) == (1, 12)
    return "plan" if whole_years and left.year % 5 == 1 and right.year == left.year + 4 else "range"
