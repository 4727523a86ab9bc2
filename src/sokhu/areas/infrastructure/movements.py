"""What the infrastructure of a zone does to indicators: movements out of its things and their dated entries.

Each function gives, for one zone, pairs of a thing and one movement of it. entries: by thing, in the order of days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sokhu.areas.infrastructure.models import (
    Clearance,
    ClearanceProgress,
    Housing,
    HousingCount,
    Progress,
    Reading,
    Utility,
    UtilityKind,
    Work,
)
from sokhu.areas.zones.models import Zone
from sokhu.core.land.moves import Level, level_movements
from sokhu.core.movement import Moved
from sokhu.core.place import DAY, Span
from sokhu.core.quantity import divide

ONE = 1_000_000  # one thing that is counted, in steps of 10^-6
HUNDRED = 100 * ONE
Movements = Iterator[tuple[UUID, Moved]]
Entries = Mapping[UUID, Sequence[Any]]

OF_UTILITIES = (
    "wastewater_plants",
    "zones_wastewater_compliant",
    "wastewater_capacity",
    "wastewater_flow",
    "wastewater_treated",
    "wastewater_reused",
    "water_used",
)
OF_WORKS = ("infrastructure_works_planned", "infrastructure_works_done")
OF_CLEARANCES = (
    "clearance_area",
    "clearance_handed_over",
    "households_affected",
    "households_paid",
    "households_resettled",
    "compensation_paid",
)
OF_HOUSING = ("worker_housing_projects", "worker_homes", "worker_housing_places")


def of_utilities(zone: Zone, utilities: Sequence[Utility], entries: Entries) -> Movements:
    """Capacity, flow and volumes of each; whether the zone has a plant, and whether all of them keep the standard.

    A plant that runs treats the water of tenants, so its zone operates.
    """
    plants = [one for one in utilities if one.kind == UtilityKind.WASTEWATER and one.starts]
    for plant in plants:
        yield from _levels(
            zone, plant.pk, "wastewater_capacity", _while_running(plant, [(plant.starts, plant.capacity)])
        )
        flows = [(reading.ends, a_day(reading)) for reading in entries.get(plant.pk, ())]
        yield from _levels(zone, plant.pk, "wastewater_flow", _while_running(plant, flows))
        yield from _volumes(zone, entries.get(plant.pk, ()), volume="wastewater_treated", reused="wastewater_reused")
    for one in utilities:
        if one.kind == UtilityKind.WATER:
            yield from _volumes(zone, entries.get(one.pk, ()), volume="water_used")
    yield from _counts(zone, plants, entries)


def _counts(zone: Zone, plants: Sequence[Utility], entries: Entries) -> Movements:
    """One for the zone on days on which a plant runs; another where the last reading of all that run is compliant."""
    days = {day for plant in plants for day in _days_of(plant, entries)}
    before = {"wastewater_plants": 0, "zones_wastewater_compliant": 0}
    for day in sorted(days):
        running = [plant for plant in plants if _runs(plant, day)]
        source = running[0] if running else plants[0]
        is_good = bool(running) and all(_is_compliant(entries.get(plant.pk, ()), day) for plant in running)
        now = {"wastewater_plants": ONE * bool(running), "zones_wastewater_compliant": ONE * is_good}
        for code, amount in now.items():
            if amount != before[code]:
                yield source.pk, Moved(code, zone.place, zone.owner, day, amount - before[code], source.pk)
        before = now


def _days_of(plant: Utility, entries: Entries) -> Iterator[date]:
    assert plant.starts is not None
    yield plant.starts
    if plant.ends:
        yield plant.ends + DAY
    yield from (reading.ends for reading in entries.get(plant.pk, ()))


def _runs(plant: Utility, day: date) -> bool:
    return plant.starts is not None and Span(plant.starts, plant.ends).holds(day)


def _is_compliant(readings: Iterable[Reading], day: date) -> bool:
    last = [reading for reading in readings if reading.ends <= day][-1:]
    return bool(last) and last[0].is_compliant


def a_day(reading: Reading) -> int:
    """m³ of an average day, in steps of 10^-6."""
    return int(divide(reading.volume, (reading.ends - reading.starts).days + 1, 0))


def _while_running(plant: Utility, levels: Iterable[tuple[date | None, int | None]]) -> list[tuple[date, int | None]]:
    last = plant.ends or date.max
    told = [(day, amount) for day, amount in levels if day is not None and day <= last]
    return [*told, (plant.ends + DAY, 0)] if plant.ends else told


def _volumes(zone: Zone, readings: Iterable[Reading], **codes: str) -> Movements:
    for reading in readings:
        for name, code in codes.items():
            if amount := getattr(reading, name):
                yield reading.utility_id, Moved(code, zone.place, zone.owner, reading.ends, amount, reading.pk)


def of_works(zone: Zone, works: Sequence[Work], entries: Entries) -> Movements:
    """The value of each from its approval on, and of what is done of it by then: completion weighted by value."""
    for work in works:
        yield from _levels(zone, work.pk, "infrastructure_works_planned", [(work.approved, work.value)], "VND")
        done: list[Progress] = list(entries.get(work.pk, ()))
        values = [(one.day, int(divide(work.value * one.percent, HUNDRED, 0))) for one in done]
        yield from _levels(zone, work.pk, "infrastructure_works_done", values, "VND")


def of_clearances(zone: Zone, clearances: Sequence[Clearance], entries: Entries) -> Movements:
    """What is to be cleared from its decision on, and how far it is. What the developer has is no matter of these."""
    for one in clearances:
        yield from _levels(zone, one.pk, "clearance_area", [(one.decided, one.area)])
        yield from _levels(zone, one.pk, "households_affected", [(one.decided, _counted(one.households))])
        so_far: list[ClearanceProgress] = list(entries.get(one.pk, ()))
        yield from _levels(zone, one.pk, "clearance_handed_over", [(entry.day, entry.cleared) for entry in so_far])
        for name in ("households_paid", "households_resettled"):
            yield from _levels(zone, one.pk, name, [(entry.day, _counted(getattr(entry, name))) for entry in so_far])
        paid = [(entry.day, entry.compensation_paid) for entry in so_far]
        yield from _levels(zone, one.pk, "compensation_paid", paid, "VND")


def of_housing(zone: Zone, projects: Sequence[Housing], entries: Entries) -> Movements:
    """Each project from its approval to its end; homes and places as they are finished."""
    for one in projects:
        end: list[tuple[date, int | None]] = [(one.ends + DAY, 0)] if one.ends else []
        counts: list[HousingCount] = [
            entry for entry in entries.get(one.pk, ()) if not one.ends or entry.day <= one.ends
        ]
        yield from _levels(zone, one.pk, "worker_housing_projects", [(one.approved, ONE), *end])
        homes = [(entry.day, _counted(entry.homes)) for entry in counts]
        places = [(entry.day, _counted(entry.places)) for entry in counts]
        yield from _levels(zone, one.pk, "worker_homes", [*homes, *end])
        yield from _levels(zone, one.pk, "worker_housing_places", [*places, *end])


def _counted(number: int | None) -> int | None:
    return None if number is None else number * ONE


def _levels(
    zone: Zone, thing: UUID, code: str, levels: Iterable[tuple[date, int | None]], currency: str = ""
) -> Movements:
    """A stock told by its levels; a level that is not told leaves it as it was."""
    told: list[Level] = [(day, amount, thing) for day, amount in levels if amount is not None]
    for moved in level_movements(code, zone.place, zone.owner, told):
        yield thing, replace(moved, currency=currency) if currency else moved
