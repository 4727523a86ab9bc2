"""What a zone's land and leases do to indicators: movements that sum up to stocks and flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sokhu.core.land.balance import LandPlan, use_total
from sokhu.core.land.leases import DAY, Lease, Plot, land_to_let, lettings, lettings_by_plot
from sokhu.core.movement import Moved

Level = tuple[date, int, UUID]  # from this day on it is so much; what says so


def level_movements(indicator: str, place: str, owner: str, levels: Iterable[Level]) -> list[Moved]:
    """A stock told by its levels (the zone's area from decision to decision) as the changes between them.

    Levels of one day: the last given counts. No movement where nothing changes.
    """
    by_day = {day: (level, source) for day, level, source in levels}
    moves, before = [], 0
    for day in sorted(by_day):
        level, source = by_day[day]
        if level != before:
            moves.append(Moved(indicator, place, owner, day, level - before, source))
        before = level
    return moves


def plan_movements(place: str, owner: str, plans: Sequence[LandPlan]) -> list[Moved]:
    """Area, industrial and service, public and reserved land of a zone, from plan to plan."""
    wholes: dict[str, Callable[[LandPlan], int]] = {
        "zone_area": lambda plan: plan.total,
        "industrial_land_area": lambda plan: use_total(plan, "industrial"),
        "land_public": lambda plan: use_total(plan, "public"),
        "land_reserved_small": lambda plan: use_total(plan, "reserved_small"),
    }
    ordered = sorted(plans, key=lambda plan: (plan.starts, plan.id))
    return [
        move
        for indicator, amount in wholes.items()
        for move in level_movements(indicator, place, owner, [(one.starts, amount(one), one.id) for one in ordered])
    ]


def handover_movements(place: str, owner: str, handovers: Iterable[tuple[date, int, UUID]]) -> list[Moved]:
    """Land that came to the developer; a negative amount was given back."""
    return [Moved("land_handed_over", place, owner, day, amount, source) for day, amount, source in handovers]


def lease_movements(
    place: str, owner: str, leases: Sequence[Lease], plots: Mapping[UUID, Plot]
) -> dict[UUID, list[Moved]]:
    """By lease, for all leases of one zone together: they share plots, so that one can change what another lets.

    land_leased (stock) and land_leased_change (flow) in hectares, factory_leased (stock) in m². Every lease is in it.
    """
    moves: dict[UUID, list[Moved]] = {lease.id: _floors(place, owner, lease) for lease in leases}
    by_id = {lease.id: lease for lease in leases}
    let: dict[tuple[UUID, date], int] = defaultdict(int)
    for lease_id, day, amount in lettings(leases, plots):
        let[lease_id, day] += amount
    for (lease_id, day), amount in sorted(let.items()):
        ownership = by_id[lease_id].ownership
        moves[lease_id] += [
            Moved(indicator, place, owner, day, amount, lease_id, ownership=ownership)
            for indicator in ("land_leased", "land_leased_change")
            if amount
        ]
    return moves


def vacancy_movements(
    place: str, owner: str, leases: Sequence[Lease], plots: Mapping[UUID, Plot], ready: Mapping[UUID, date]
) -> dict[UUID, list[Moved]]:
    """By plot: land_vacant_ready, what of it nobody leases from the day on which it can be let. Every plot is in it.

    ready: that day, of the plots that are cleared and have their infrastructure.
    """
    changes: dict[UUID | None, list[tuple[date, int, UUID]]] = defaultdict(list)
    for plot, (lease, day, amount) in lettings_by_plot(leases, plots):
        changes[plot].append((day, amount, lease))
    moves: dict[UUID, list[Moved]] = {plot: [] for plot in plots}
    for plot, day in ready.items():
        levels = _vacant(plot, day, land_to_let(plot, plots) or 0, changes[plot])
        moves[plot] = level_movements("land_vacant_ready", place, owner, levels)
    return moves


def _vacant(plot: UUID, ready: date, land: int, changes: Iterable[tuple[date, int, UUID]]) -> Iterator[Level]:
    """What is left of a plot, from change to change of its leases; those from before it was ready count on that day."""
    told = sorted(changes, key=lambda one: one[0])
    left = land - sum(amount for day, amount, _lease in told if day <= ready)
    yield ready, left, plot
    for day, amount, lease in told:
        if day > ready:
            left -= amount
            yield day, left, lease


def _floors(place: str, owner: str, lease: Lease) -> list[Moved]:
    if lease.kind != "factory" or not lease.floor or (lease.ends and lease.ends < lease.starts):
        return []
    last = [(lease.ends + DAY, -lease.floor)] if lease.ends and lease.ends < date.max else []
    return [
        Moved("factory_leased", place, owner, day, amount, lease.id, ownership=lease.ownership)
        for day, amount in [(lease.starts, lease.floor), *last]
    ]
