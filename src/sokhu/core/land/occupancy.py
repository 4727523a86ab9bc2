"""Occupancy of a zone on a day: land let of industrial and service land (Decree 35/2022 art. 2.22); other wholes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sokhu.core.land.balance import LandPlan, ha, plan_on, use_total
from sokhu.core.land.leases import Lease, Plot, leased_on
from sokhu.core.problems import Problem
from sokhu.core.quantity import divide

PLACES = 2


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Land let, and what it is measured by; amounts of hectares. industrial: None before any plan is in force."""

    leased: int
    industrial: int | None
    handed_over: int

    @property
    def rate(self) -> Decimal | None:
        """`occupancy_rate`, percent: None where there is no industrial land to let."""
        return _percent(self.leased, self.industrial)

    @property
    def rate_cleared(self) -> Decimal | None:
        """`occupancy_rate_cleared`, percent of the land handed over to the developer; not the rate of the law."""
        return _percent(self.leased, self.handed_over)

    @property
    def vacant(self) -> int | None:
        """Industrial and service land that is not let."""
        return None if self.industrial is None else max(self.industrial - self.leased, 0)


def occupancy(
    day: date,
    plans: Iterable[LandPlan],
    plots: Mapping[UUID, Plot],
    leases: Iterable[Lease],
    handed_over: Iterable[tuple[date, int]] = (),
) -> Occupancy:
    """Of one zone. handed_over: days on which land came to the developer, and how much."""
    plan = plan_on(plans, day)
    return Occupancy(
        leased=sum(leased_on(day, leases, plots).values()),
        industrial=use_total(plan, "industrial") if plan else None,
        handed_over=sum(amount for on, amount in handed_over if on <= day),
    )


def occupancy_findings(found: Occupancy, *, where: str, day: date) -> list[Problem]:
    """That more is let than the plan has to let, or than was handed over: the file says so, and someone should look."""
    wrong = []
    if found.industrial is not None and found.leased > found.industrial:
        wrong.append(Problem("land.let_beyond_plan", where, found=ha(found.leased), area=ha(found.industrial), day=day))
    if found.handed_over and found.leased > found.handed_over:
        wrong.append(
            Problem("land.let_beyond_handover", where, found=ha(found.leased), area=ha(found.handed_over), day=day)
        )
    return wrong


def _percent(part: int, whole: int | None) -> Decimal | None:
    return divide(part * 100, whole, PLACES) if whole else None
