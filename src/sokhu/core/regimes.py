"""Reporting regimes: "năm 2020" runs to 31/12, to 20/12 or from 15/12 to 14/12, depending on who reports to whom."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem

CALENDAR = "calendar"

YearStart = Literal["after_cutoff", "january_first"]


@dataclass(frozen=True, slots=True)
class Regime:
    """How named periods become days. The data and their sources stand in `catalogue/regimes.toml`.

    cutoff_day: last day of a month's window, None for the month's own last day.
    year_starts: whether January's window starts after December's cut-off or on 1 January.
    valid_from, valid_to: the days on which the regime is in force, both included; None is open.
    """

    code: str
    name_vi: str
    name_en: str
    source: str
    evidence: str
    evidence_source: str
    year_starts: YearStart
    cutoff_day: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def first_of(self, year: int, month: int) -> date:
        """The first day of the month's window."""
        if self.cutoff_day is None or (month == 1 and self.year_starts == "january_first"):
            return date(year, month, 1)
        before = (year, month - 1) if month > 1 else (year - 1, 12)
        return self.last_of(*before) + timedelta(days=1)

    def last_of(self, year: int, month: int) -> date:
        """The last day of the month's window."""
        return date(year, month, self.cutoff_day or monthrange(year, month)[1])

    def month_starting(self, day: date) -> tuple[int, int] | None:
        """The (year, month) whose window starts on this day; a month's window starts in it or in the month before."""
        after = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
        return next((month for month in ((day.year, day.month), after) if self.first_of(*month) == day), None)

    def month_ending(self, day: date) -> tuple[int, int] | None:
        """The (year, month) whose window ends on this day."""
        return (day.year, day.month) if self.last_of(day.year, day.month) == day else None

    def in_force(self, first: date, last: date) -> bool:
        """Whether the regime is in force on any of these days."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )


@cache
def regimes() -> Mapping[str, Regime]:
    """All shipped regimes by code."""
    return regimes_of(load_toml("regimes.toml"))


def regimes_of(tables: Mapping[str, Any]) -> Mapping[str, Regime]:
    """Regimes by code from their tables. Raises Problem("period.regime_table") for a table that is none."""
    found: dict[str, Regime] = {}
    for code, table in tables.items():
        try:
            found[code] = Regime(code=code, **table)
        except TypeError as error:
            raise Problem("period.regime_table", where=code, found=str(error)) from error
    return MappingProxyType(found)


def regime_of(code: str) -> Regime:
    """The regime with this code, else Problem("period.regime_unknown", found, known)."""
    if code not in regimes():
        raise Problem("period.regime_unknown", found=code, known=", ".join(regimes()))
    return regimes()[code]
