"""Leases on plots: how much of each plot is let on a day, to whom, and what cannot be.

A plot's land is let once, however many leases lie on it: leases take it in the order in which they start, and what is
not there any more is not let. A sublease lets nothing that its head lease does not let already (Decree 35/2022
art. 2.22: land leased or subleased, once).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from sokhu.core.land.balance import ha
from sokhu.core.land.uses import counts_as
from sokhu.core.problems import Problem, Problems

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of a zone. area: hectares in steps of 10^-6; use: code of its land use."""

    id: UUID
    name: str
    area: int
    use: str = "industrial"


@dataclass(frozen=True, slots=True)
class LeasedPart:
    """How much of one plot a lease takes. plot: None where none is named; such land has no limit."""

    plot: UUID | None
    area: int


@dataclass(frozen=True, slots=True)
class Lease:
    """A contract for land or for floors of a factory, from `starts` to `ends`, both days included; None: still running.

    parts: its land, plot by plot. under: the head lease of a sublease. floor: m² of a ready-built factory in steps of
    10^-6, for kind "factory", which lets no land. ownership: of who leases, as in a cell.
    """

    id: UUID
    name: str
    starts: date
    ends: date | None = None
    parts: tuple[LeasedPart, ...] = ()
    kind: Literal["land", "factory"] = "land"
    under: UUID | None = None
    floor: int = 0
    ownership: str = ""

    def runs_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def meets(self, other: Lease) -> bool:
        """Whether both run on some day."""
        return (self.ends is None or other.starts <= self.ends) and (other.ends is None or self.starts <= other.ends)

    @property
    def area(self) -> int:
        return sum(part.area for part in self.parts)


def leased_on(day: date, leases: Iterable[Lease], plots: Mapping[UUID, Plot]) -> dict[UUID, int]:
    """How much land each lease lets on a day, by its id; leases that let none are left out.

    Never more of a plot than it has, and nothing of plots that are no industrial or service land. plots: of the zone.
    """
    running = sorted((one for one in leases if one.kind == "land" and one.runs_on(day)), key=_order)
    ids = {one.id for one in running}
    left = {plot.id: plot.area if counts_as(plot.use, "industrial") else 0 for plot in plots.values()}
    let: dict[UUID, int] = {}
    for lease in running:
        if lease.under in ids:
            continue
        taken = sum(_take(part, left) for part in lease.parts)
        if taken:
            let[lease.id] = taken
    return let


def days_of_change(leases: Iterable[Lease]) -> list[date]:
    """The days on which something starts or no longer runs, in order."""
    days = {one.starts for one in leases} | {one.ends + DAY for one in leases if one.ends and one.ends < date.max}
    return sorted(days)


def must_fit(lease: Lease, others: Iterable[Lease], plots: Mapping[UUID, Plot]) -> None:
    """Raises Problems when the lease cannot be: what `what_is_wrong` tells of it beside the others."""
    wrong = what_is_wrong([*others, lease], plots, only=lease)
    if wrong:
        raise Problems(wrong)


def what_is_wrong(leases: Sequence[Lease], plots: Mapping[UUID, Plot], *, only: Lease | None = None) -> list[Problem]:
    """Findings of leases that cannot be as they are written: by themselves, on their plots, under their head lease.

    only: those of one lease and of the plots it lies on.
    """
    by_id = {one.id: one for one in leases}
    told = [only] if only else leases
    wrong = [problem for one in told for problem in (*_of_itself(one, plots), *_of_head(one, by_id))]
    mine = {part.plot for part in only.parts} if only else None
    return wrong + [
        problem for plot in plots.values() if mine is None or plot.id in mine for problem in _of_plot(plot, leases)
    ]


def _order(lease: Lease) -> tuple[date, UUID]:
    return lease.starts, lease.id


def _take(part: LeasedPart, left: dict[UUID, int]) -> int:
    if part.plot is None or part.plot not in left:
        return part.area
    taken = min(part.area, left[part.plot])
    left[part.plot] -= taken
    return taken


def _of_itself(lease: Lease, plots: Mapping[UUID, Plot]) -> list[Problem]:
    wrong = []
    if lease.ends and lease.ends < lease.starts:
        wrong.append(Problem("land.lease_ends_first", where=lease.name, starts=lease.starts, ends=lease.ends))
    if any(part.area <= 0 for part in lease.parts) or (lease.kind == "land" and not lease.parts):
        wrong.append(Problem("land.lease_without_area", where=lease.name))
    on_plot: dict[UUID, int] = defaultdict(int)
    for part in lease.parts:
        if part.plot is not None:
            on_plot[part.plot] += part.area
    for plot, area in on_plot.items():
        if plot not in plots:
            wrong.append(Problem("land.lease_on_no_plot", where=lease.name))
        elif area > plots[plot].area:
            there = plots[plot]
            wrong.append(
                Problem("land.lease_beyond_plot", lease.name, plot=there.name, found=ha(area), area=ha(there.area))
            )
    return wrong


def _of_head(lease: Lease, by_id: Mapping[UUID, Lease]) -> list[Problem]:
    if lease.under is None:
        return []
    head = by_id.get(lease.under)
    if head is None or head.id == lease.id or head.under is not None:
        return [Problem("land.sublease_of_no_lease", where=lease.name)]
    wrong = []
    beside = sum(one.area for one in by_id.values() if one.under == head.id and one.kind == "land" and one.meets(lease))
    if lease.kind == "land" and beside > head.area:
        wrong.append(Problem("land.sublease_beyond", lease.name, head=head.name, found=ha(beside), area=ha(head.area)))
    if lease.starts < head.starts or (head.ends and (lease.ends is None or lease.ends > head.ends)):
        wrong.append(Problem("land.sublease_outlives", lease.name, head=head.name))
    return wrong


def _of_plot(plot: Plot, leases: Sequence[Lease]) -> list[Problem]:
    """The first day on which several leases let more of the plot than it has; none when there is no such day."""
    ids = {one.id for one in leases}
    heads = [
        one
        for one in leases
        if one.kind == "land" and one.under not in ids and any(part.plot == plot.id for part in one.parts)
    ]
    for day in days_of_change(heads):
        running = [one for one in heads if one.runs_on(day)]
        let = sum(part.area for one in running for part in one.parts if part.plot == plot.id)
        if len(running) > 1 and let > plot.area:
            names = ", ".join(one.name for one in sorted(running, key=_order))
            return [Problem("land.plot_let_twice", plot.name, found=ha(let), area=ha(plot.area), day=day, leases=names)]
    return []
