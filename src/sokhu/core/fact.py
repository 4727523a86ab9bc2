"""What was said, ready to be asked: an observation that stands, and which of them answer for a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sokhu.core.cell import AWAITED, CellKey
from sokhu.core.indicator import Nature
from sokhu.core.period import Period
from sokhu.core.problems import Problem
from sokhu.core.rollup import Maturity

# A stock counted for a year is often dated in the weeks after it, on the day the report was given. What a register
# comes to is known of every day on which it is complete, so that a count of a later day is no answer.
STOCK_GRACE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Fact:
    """An observation that stands. stream: kind and speaker; sequence: its batch; amount None when it has a reason.

    is_derived: nobody said it; it follows from the movements of a register (`core.derived`).
    """

    id: UUID
    cell: CellKey
    amount: int | None
    emptiness: str
    maturity: Maturity
    approx: bool
    stream: tuple[str, str]
    sequence: int
    is_derived: bool = False

    @property
    def is_awaited(self) -> bool:
        return self.emptiness in AWAITED


Told = tuple[Fact, Problem | None]  # with what is to be said of its days


def fitting(facts: Iterable[Fact], nature: Nature, period: Period) -> list[Told]:
    """The facts of one cell but for its days that answer for a period; of counts, those nearest to its end.

    A ratio that was taken on one day is a count, behind one that was said for the period. Where a figure is only
    awaited on the nearest day, an earlier one answers.
    """
    counts: list[Fact] = []
    flows: list[Fact] = []
    for fact in facts:
        is_count = nature == "stock" or (nature == "ratio" and fact.cell.first == fact.cell.last)
        (counts if is_count else flows).append(fact)
    counted = _fit(counts, period, _fits_stock)
    known = [pair for pair in counted if not pair[0].is_awaited]
    return _fit(flows, period, _fits_flow) or _nearest(known or counted)


def _fit(
    facts: Iterable[Fact], period: Period, fits: Callable[[CellKey, Period], tuple[bool, Problem | None]]
) -> list[Told]:
    tried = [(fact, *fits(fact.cell, period)) for fact in facts]
    return [
        (fact, caveat)
        for fact, is_fit, caveat in tried
        if is_fit and not (fact.is_derived and fact.cell.last > period.last)
    ]


def _fits_flow(cell: CellKey, period: Period) -> tuple[bool, Problem | None]:
    """The same window, or the same name counted on other days, which is said."""
    if (cell.first, cell.last) == (period.first, period.last):
        return True, None
    if cell.period == period.name:
        return True, Problem("answer.unlike_window", first=cell.first, last=cell.last)
    return False, None


def _fits_stock(cell: CellKey, period: Period) -> tuple[bool, Problem | None]:
    """Counted within the period, or in the weeks after it, which is said."""
    if period.first <= cell.last <= period.last:
        return True, None
    if period.last < cell.last <= period.last + STOCK_GRACE:
        return True, Problem("answer.counted_after", day=cell.last)
    return False, None


def _nearest(found: list[Told]) -> list[Told]:
    """The last count within the period; where there is none, the first one after it."""
    if not found:
        return []
    within = [pair for pair in found if pair[1] is None]
    day: date = max(pair[0].cell.last for pair in within) if within else min(pair[0].cell.last for pair in found)
    return [pair for pair in (within or found) if pair[0].cell.last == day]
