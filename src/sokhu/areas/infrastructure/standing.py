"""Where the infrastructure of a zone stands today, read once: what is planned and there of each part, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sokhu.areas.infrastructure.follow import CLEARANCES, HOUSING, UTILITIES, WORKS, entries_of, things_of
from sokhu.areas.infrastructure.models import Utility, UtilityKind
from sokhu.areas.infrastructure.movements import HUNDRED, a_day
from sokhu.areas.zones.models import OfZone, Phase, Zone
from sokhu.core.quantity import divide

SOON = timedelta(days=365)
UNREAD = timedelta(days=62)  # a plant whose last reading is older has missed a month

Part = Literal["wastewater", "water", "power", "works", "clearance", "land", "homes"]
Reason = Literal["licence", "monitoring", "reading", "late"]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of it: what is planned or designed and what there is now; None where nothing says. unit: of amounts.

    register: whose list tells more; count: how many things it is of.
    """

    part: Part
    register: str
    count: int
    planned: int | None
    now: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be seen to. day: by which it is due, or since when it is missing."""

    reason: Reason
    thing: OfZone
    day: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Standing:
    lines: tuple[Line, ...]
    due: tuple[Due, ...]


def standing_of(zone: Zone, today: date) -> Standing:
    """Six questions, however much there is."""
    utilities, works, clearances, homes = (
        things_of(one, [zone.pk]).get(zone.pk, []) for one in (UTILITIES, WORKS, CLEARANCES, HOUSING)
    )
    readings = entries_of(UTILITIES, [zone])
    running = [one for one in utilities if one.ends is None or one.ends >= today]
    lines = [
        *_of_utilities([one for one in running if one.starts and one.starts <= today], readings, today),
        *_of_works(works),
        *_of_land(zone, clearances),
        *_of_homes([one for one in homes if one.ends is None or one.ends >= today]),
    ]
    due = [*_due_of_utilities(running, readings, today), *_late([*works, *clearances, *homes], today)]
    return Standing(tuple(lines), tuple(sorted(due, key=lambda one: one.day)))


def _of_utilities(running: Sequence[Utility], readings: dict[Any, list[Any]], today: date) -> Iterator[Line]:
    parts: tuple[tuple[Part, UtilityKind, str], ...] = (
        ("wastewater", UtilityKind.WASTEWATER, "capacity"),
        ("water", UtilityKind.WATER, "capacity"),
        ("power", UtilityKind.POWER, "power"),
    )
    for part, kind, name in parts:
        of_kind = [one for one in running if one.kind == kind]
        newest = [own[-1] for one in of_kind if (own := [r for r in readings.get(one.pk, ()) if r.ends <= today])]
        now = sum(map(a_day, newest)) if newest else None
        if of_kind:
            unit = "MVA" if name == "power" else "m3/day"
            yield Line(part, "utilities", len(of_kind), _sum(of_kind, name), now, unit)


def _of_works(works: Sequence[Any]) -> Iterator[Line]:
    if works:
        done = sum(int(divide(one.value * one.percent, HUNDRED, 0)) for one in works if one.percent)
        yield Line("works", "works", len(works), _sum(works, "value"), done, "VND")


def _of_land(zone: Zone, clearances: Sequence[Any]) -> Iterator[Line]:
    """Cleared of what is to be cleared; of the same, what the developer has, as the zone's phases say."""
    if clearances:
        area = _sum(clearances, "area")
        handed_over = _sum(Phase.objects.filter(zone=zone, is_gone=False), "handed_over")
        yield Line("clearance", "clearances", len(clearances), area, _sum(clearances, "cleared"), "ha")
        yield Line("land", "phases", len(clearances), area, handed_over, "ha")


def _of_homes(homes: Sequence[Any]) -> Iterator[Line]:
    if homes:
        yield Line("homes", "housing", len(homes), _sum(homes, "homes_planned"), _sum(homes, "homes"), "")


def _sum(things: Any, name: str) -> int | None:
    told = [value for one in things if (value := getattr(one, name)) is not None]
    return sum(told) if told else None


def _due_of_utilities(running: Sequence[Utility], readings: dict[Any, list[Any]], today: date) -> Iterator[Due]:
    """Permits that end within a year; plants without automatic monitoring, or without a reading of late."""
    for one in running:
        if one.licence_ends and one.licence_ends <= today + SOON:
            yield Due("licence", one, one.licence_ends, one.licence_ends < today)
        if one.kind != UtilityKind.WASTEWATER or one.starts is None or one.starts > today:
            continue
        if one.monitored_since is None:
            yield Due("monitoring", one, one.starts, is_late=True)
        last = max((reading.ends for reading in readings.get(one.pk, ())), default=one.starts)
        if last < today - UNREAD:
            yield Due("reading", one, last, is_late=True)


def _late(things: Sequence[Any], today: date) -> Iterator[Due]:
    """What should be finished by now and is not."""
    for one in things:
        if one.planned_end and one.planned_end < today and not _is_finished(one):
            yield Due("late", one, one.planned_end, is_late=True)


def _is_finished(one: Any) -> bool:
    if hasattr(one, "percent"):
        return one.ends is not None or one.percent == HUNDRED
    if hasattr(one, "cleared"):
        return bool(one.cleared == one.area)
    return one.ends is not None or (one.homes is not None and one.homes_planned in (None, one.homes))
