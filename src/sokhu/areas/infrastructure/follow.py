"""What follows when infrastructure changes: what a thing comes to now, its phase's cleared land, what it moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from sokhu.areas.infrastructure import movements
from sokhu.areas.infrastructure.models import Clearance
from sokhu.areas.infrastructure.movements import Entries, Movements
from sokhu.areas.ledger.movements import restate
from sokhu.areas.zones.models import OfZone, Phase, Zone
from sokhu.core.movement import Moved
from sokhu.kit.registers.actions import write
from sokhu.kit.registers.declaration import Register, children_of, nothing_follows, register_named
from sokhu.kit.registers.history import sealed_before
from sokhu.kit.registers.models import Registered
from sokhu.kit.sealing.actions import OpenBatch


@dataclass(frozen=True, slots=True)
class Moving:
    """A register of zones' things that move indicators. of_zone: the movements of one zone, see `movements`."""

    code: str
    indicators: tuple[str, ...]
    of_zone: Callable[[Zone, Sequence[Any], Entries], Movements]

    @property
    def register(self) -> Register:
        return register_named(self.code)

    @property
    def rows(self) -> Any:
        """Its things, also those that were removed."""
        return self.register.model._default_manager.all()

    @property
    def entries(self) -> tuple[Register, str]:
        """The register of the dated entries that belong to its things, and the field that says so."""
        return children_of(self.register)[0]


UTILITIES = Moving("utilities", movements.OF_UTILITIES, movements.of_utilities)
WORKS = Moving("works", movements.OF_WORKS, movements.of_works)
CLEARANCES = Moving("clearances", movements.OF_CLEARANCES, movements.of_clearances)
HOUSING = Moving("housing", movements.OF_HOUSING, movements.of_housing)


def moved(moving: Moving, zones: Iterable[Zone]) -> Iterator[tuple[UUID, Moved]]:
    """What the things of these zones move, thing by thing: two queries for however many."""
    things, entries = things_of(moving, [zone.pk for zone in zones]), entries_of(moving, zones)
    for zone in zones:
        yield from moving.of_zone(zone, things.get(zone.pk, ()), entries)


def things_of(moving: Moving, zones: Collection[UUID]) -> dict[UUID, list[Any]]:
    """By zone, in the order of the register."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = moving.rows.filter(zone__in=zones, is_gone=False)
    for one in rows.order_by(*moving.register.order, "pk"):
        found[one.zone_id].append(one)
    return found


def entries_of(moving: Moving, zones: Iterable[Zone]) -> dict[UUID, list[Any]]:
    """By the thing they belong to, in the order of days."""
    register, parent = moving.entries
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = register.model._default_manager.filter(**{f"{parent}__zone__in": list(zones)}, is_gone=False)
    for one in rows.order_by(*register.order, "pk"):
        found[getattr(one, register.field(parent).attname)].append(one)
    return found


def things_changed(moving: Moving, batch: OpenBatch, things: Sequence[OfZone]) -> None:
    _settle(moving, batch, {one.pk for one in things})
    zones = {one.zone_id for one in things} | _were(batch, things, "zone")
    restate_zones(moving, batch, zones, {one.pk for one in things})


def entries_changed(moving: Moving, batch: OpenBatch, entries: Sequence[Registered]) -> None:
    register, parent = moving.entries
    ids = {getattr(one, register.field(parent).attname) for one in entries} | _were(batch, entries, parent)
    zones = set(moving.rows.filter(pk__in=ids).values_list("zone", flat=True))
    _settle(moving, batch, ids)
    restate_zones(moving, batch, zones)


def restate_zones(moving: Moving, batch: OpenBatch, zones: Collection[UUID], also: Iterable[UUID] = ()) -> None:
    """Makes what the things of these zones move follow from them as they are now. also: things that went."""
    there = list(Zone.objects.filter(pk__in=zones, is_gone=False))
    ids = set(moving.rows.filter(zone__in=zones).values_list("pk", flat=True))
    by_thing: dict[UUID, list[Moved]] = {pk: [] for pk in ids | set(also)}
    for pk, one in moved(moving, there):
        by_thing[pk].append(one)
    restate(batch.sequence, moving.code, by_thing)


def _settle(moving: Moving, batch: OpenBatch, ids: Collection[UUID]) -> None:
    """What things come to now is what their newest entries say of it."""
    register, (child, parent) = moving.register, moving.entries
    if not register.derived:
        return
    newest: dict[UUID, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(register.derived))
    rows = child.model._default_manager.filter(**{f"{parent}__in": ids}, is_gone=False)
    for entry in rows.order_by(*child.order, "pk"):
        told = {name: value for name in register.derived if (value := getattr(entry, name)) is not None}
        newest[getattr(entry, child.field(parent).attname)] |= told
    things = list(moving.rows.filter(pk__in=ids, is_gone=False))
    for one in things:
        for name, value in newest[one.pk].items():
            setattr(one, name, value)
    write(batch, replace(register, follow=nothing_follows), things)


def clearances_changed(batch: OpenBatch, things: Sequence[Clearance]) -> None:
    things_changed(CLEARANCES, batch, things)
    phases = {one.phase_id for one in things if one.phase_id} | _were(batch, things, "phase")
    _clear_phases(batch, phases)


def clearance_progressed(batch: OpenBatch, entries: Sequence[Any]) -> None:
    entries_changed(CLEARANCES, batch, entries)
    ids = {entry.clearance_id for entry in entries} | _were(batch, entries, "clearance")
    phases = Clearance.objects.filter(pk__in=ids).exclude(phase=None).values_list("phase", flat=True)
    _clear_phases(batch, set(phases))


def _clear_phases(batch: OpenBatch, ids: Collection[Any]) -> None:
    """The cleared land of a phase is that of its clearances."""
    phases = list(Phase.objects.filter(pk__in=ids, is_gone=False))
    for phase in phases:
        rows = Clearance.objects.filter(phase=phase, is_gone=False).exclude(cleared=None)
        amounts = list(rows.values_list("cleared", flat=True))
        phase.cleared = sum(amounts) if amounts else None
    write(batch, replace(register_named("phases"), follow=nothing_follows), phases)


def _were(batch: OpenBatch, things: Sequence[Registered], name: str) -> set[UUID]:
    """What things pointed at before."""
    return {UUID(one) for said in sealed_before(batch, things) if (one := said.get(name))}


def follow_of(moving: Moving) -> tuple[Any, Any]:
    """What follows from changed things, and from changed entries."""
    return partial(things_changed, moving), partial(entries_changed, moving)
