"""The land balance of a zone: the uses of its plan in force add up to the plan's total, or it says by how much not.

Amounts are hectares in steps of 10^-6, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sokhu.core.land.uses import Counts, counts_as, uses
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled

ROUNDING = 10_000  # of 0.01 ha: what each line of a plan in hundredths of a hectare may be off
_SQUARE_METRES = 10_000  # in a hectare


@dataclass(frozen=True, slots=True)
class LandPlan:
    """A plan that a decision put in force. lines: code of a use -> its amount; total: as the decision says it.

    starts: its first day in force; it stays in force until the next one starts.
    """

    id: UUID
    starts: date
    total: int
    lines: Mapping[str, int]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """A plan's total held against its lines. sum: of the lines that add; rounding: what may be off untold."""

    total: int
    sum: int
    rounding: int

    @property
    def difference(self) -> int:
        """Total less lines: positive where land has no use, negative where more is used than there is."""
        return self.total - self.sum

    @property
    def closes(self) -> bool:
        return abs(self.difference) <= self.rounding


def balance(plan: LandPlan) -> Balance:
    """Raises Problem: land.use_unknown, land.use_not_in_force, land.negative."""
    for code, amount in plan.lines.items():
        _must_be_line(plan, code, amount)
    adding = [amount for code, amount in plan.lines.items() if not uses()[code].reserved]
    return Balance(plan.total, sum(adding), ROUNDING * len(adding))


def balance_finding(plan: LandPlan) -> Problem | None:
    """That a plan does not close: total, found (sum of its lines), difference in hectares and m²; None when it does."""
    found = balance(plan)
    if found.closes:
        return None
    difference = ha(found.difference)
    return Problem(
        "land.not_closed",
        where=plan.name,
        total=ha(found.total),
        found=ha(found.sum),
        difference=difference,
        square_metres=plain(difference * _SQUARE_METRES),
    )


def plan_on(plans: Iterable[LandPlan], day: date) -> LandPlan | None:
    """The plan in force on a day: of those that started, the last; None before the first."""
    started = [plan for plan in plans if plan.starts <= day]
    return max(started, key=lambda plan: (plan.starts, plan.id)) if started else None


def use_total(plan: LandPlan, counts: Counts) -> int:
    """The land of a plan that counts as one thing: "industrial" is the denominator of art. 2.22."""
    return sum(amount for code, amount in plan.lines.items() if counts_as(code, counts))


def ha(amount: int) -> Decimal:
    """An amount in hectares as people read it, without closing zeros."""
    return plain(unscaled(amount))


def plain(value: Decimal) -> Decimal:
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _must_be_line(plan: LandPlan, code: str, amount: int) -> None:
    if code not in uses():
        raise Problem("land.use_unknown", where=plan.name, found=code)
    if not uses()[code].span.holds(plan.starts):
        raise Problem("land.use_not_in_force", where=plan.name, found=uses()[code].vi, day=plan.starts)
    if amount < 0 or plan.total < 0:
        raise Problem("land.negative", where=plan.name, found=ha(min(amount, plan.total)))
