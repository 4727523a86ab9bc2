"""Leases on plots: how much of each plot is let on a day, to whom, and what cannot be.

A plot's land is let once, however many leases lie on it: leases take it in the order in which they start, and what is
not there any more is not let. A sublease lets nothing that its head lease does not let already (Decree 35/2022
art. 2.22: land leased or subleased, once).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple
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
    let: dict[UUID, int] = defaultdict(int)
    for lease_id, on, amount in lettings(leases, plots):
        if on <= day:
            let[lease_id] += amount
    return {lease_id: amount for lease_id, amount in let.items() if amount}


def lettings(leases: Iterable[Lease], plots: Mapping[UUID, Plot]) -> Iterator[tuple[UUID, date, int]]:
    """Every change of what a lease lets: its id, the day, by how much."""
    return (change for _plot, change in lettings_by_plot(leases, plots))


def lettings_by_plot(
    leases: Iterable[Lease], plots: Mapping[UUID, Plot]
) -> Iterator[tuple[UUID | None, tuple[UUID, date, int]]]:
    """The same with the plot that is let; None where a lease names none that is known."""
    by_plot: dict[UUID | None, list[_Claim]] = defaultdict(list)
    for claim in _claims(leases):
        by_plot[claim.plot if claim.plot in plots else None].append(claim)
    for plot, claims in by_plot.items():
        yield from ((plot, change) for change in _let_of(claims, land_to_let(plot, plots)))


class _Claim(NamedTuple):
    """Land of a plot that a lease takes in its own right, from a day through another."""

    starts: date
    lease: UUID
    ends: date
    plot: UUID | None
    area: int


def _claims(leases: Iterable[Lease]) -> Iterator[_Claim]:
    by_id = {one.id: one for one in leases}
    for lease in by_id.values():
        if lease.kind == "land":
            for starts, ends in _own_days(lease, by_id.get(lease.under) if lease.under else None):
                for plot, area in _by_plot(lease).items():
                    yield _Claim(starts, lease.id, ends, plot, area)


def _by_plot(lease: Lease) -> dict[UUID | None, int]:
    """How much of each plot a lease takes, however often it names it."""
    found: dict[UUID | None, int] = defaultdict(int)
    for part in lease.parts:
        found[part.plot] += part.area
    return found


def _own_days(lease: Lease, head: Lease | None) -> list[tuple[date, date]]:
    """The days on which a lease lets land in its own right: those of its head lease are left out."""
    days = [(lease.starts, lease.ends or date.max)]
    if head is not None:
        first, last = head.starts, head.ends or date.max
        before = (lease.starts, min(days[0][1], first - DAY)) if first > lease.starts else None
        after = (max(lease.starts, last + DAY), days[0][1]) if last < date.max else None
        days = [one for one in (before, after) if one]
    return [(starts, ends) for starts, ends in days if starts <= ends]


def land_to_let(plot: UUID | None, plots: Mapping[UUID, Plot]) -> int | None:
    """What a plot has to let; None for no limit, where leases name no plot that is known."""
    if plot is None:
        return None
    return plots[plot].area if counts_as(plots[plot].use, "industrial") else 0


def _let_of(claims: list[_Claim], land: int | None) -> Iterator[tuple[UUID, date, int]]:
    """Who starts first takes first; what one gives back, the next takes on the day after."""
    if land is None:
        for one in claims:
            yield one.lease, one.starts, one.area
            if one.ends < date.max:
                yield one.lease, one.ends + DAY, -one.area
        return
    starting, ending = deque(sorted(claims)), deque(sorted(claims, key=lambda one: one.ends))
    running: dict[_Claim, None] = {}
    before: dict[_Claim, int] = {}
    for day in _days(claims):
        while starting and starting[0].starts <= day:
            running[starting.popleft()] = None
        while ending and ending[0].ends < day:
            running.pop(ending.popleft(), None)
        now = _taken(running, land)
        for one in dict.fromkeys((*before, *now)):
            if change := now.get(one, 0) - before.get(one, 0):
                yield one.lease, day, change
        before = now


def _taken(running: Iterable[_Claim], land: int) -> dict[_Claim, int]:
    taken: dict[_Claim, int] = {}
    for one in running:
        if land <= 0:
            break
        taken[one] = min(one.area, land)
        land -= taken[one]
    return taken


def _days(claims: Iterable[_Claim]) -> list[date]:
    """The days on which something starts or no longer runs, in order."""
    return sorted({one.starts for one in claims} | {one.ends + DAY for one in claims if one.ends < date.max})


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
    under: dict[UUID, list[Lease]] = defaultdict(list)
    for one in leases:
        if one.under:
            under[one.under].append(one)
    wrong = [
        problem
        for one in ([only] if only else leases)
        for problem in (*_of_itself(one, plots), *_of_head(one, by_id, under))
    ]
    mine = {part.plot for part in only.parts} if only else plots.keys()
    by_plot: dict[UUID, list[_Claim]] = defaultdict(list)
    for claim in _claims(leases):
        if claim.plot is not None and claim.plot in plots and claim.plot in mine:
            by_plot[claim.plot].append(claim)
    return wrong + [problem for plot, claims in by_plot.items() for problem in _of_plot(plots[plot], claims, by_id)]


def _of_itself(lease: Lease, plots: Mapping[UUID, Plot]) -> list[Problem]:
    wrong = []
    if lease.ends and lease.ends < lease.starts:
        wrong.append(Problem("land.lease_ends_first", where=lease.name, starts=lease.starts, ends=lease.ends))
    if any(part.area <= 0 for part in lease.parts) or (lease.kind == "land" and not lease.parts):
        wrong.append(Problem("land.lease_without_area", where=lease.name))
    for plot, area in _by_plot(lease).items():
        if plot is None:
            continue
        if plot not in plots:
            wrong.append(Problem("land.lease_on_no_plot", where=lease.name))
        elif area > plots[plot].area:
            there = plots[plot]
            wrong.append(
                Problem("land.lease_beyond_plot", lease.name, plot=there.name, found=ha(area), area=ha(there.area))
            )
    return wrong


def _of_head(lease: Lease, by_id: Mapping[UUID, Lease], under: Mapping[UUID, Sequence[Lease]]) -> list[Problem]:
    if lease.under is None:
        return []
    head = by_id.get(lease.under)
    if head is None or head.id == lease.id or head.under is not None:
        return [Problem("land.sublease_of_no_lease", where=lease.name)]
    wrong = []
    beside = sum(one.area for one in under[head.id] if one.kind == "land" and one.meets(lease))
    if lease.kind == "land" and beside > head.area:
        wrong.append(Problem("land.sublease_beyond", lease.name, head=head.name, found=ha(beside), area=ha(head.area)))
    if lease.starts < head.starts or (head.ends and (lease.ends is None or lease.ends > head.ends)):
        wrong.append(Problem("land.sublease_outlives", lease.name, head=head.name))
    return wrong


def _of_plot(plot: Plot, claims: list[_Claim], by_id: Mapping[UUID, Lease]) -> list[Problem]:
    """The first day on which several leases let more of the plot than it has; none when there is no such day."""
    change: dict[date, int] = defaultdict(int)
    for one in claims:
        change[one.starts] += one.area
        if one.ends < date.max:
            change[one.ends + DAY] -= one.area
    let = 0
    for day in sorted(change):
        let += change[day]
        running = sorted(one for one in claims if one.starts <= day <= one.ends) if let > plot.area else []
        if len({one.lease for one in running}) > 1:
            names = ", ".join(dict.fromkeys(by_id[one.lease].name for one in running))
            return [Problem("land.plot_let_twice", plot.name, found=ha(let), area=ha(plot.area), day=day, leases=names)]
    return []
