"""Columns of forms that registers fill: what stands there, and the thing it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from sokhu.areas.infrastructure.models import Utility, UtilityKind
from sokhu.areas.infrastructure.registry import UTILITIES
from sokhu.areas.projects.codes import countries
from sokhu.areas.projects.models import Enterprise, Project
from sokhu.areas.projects.registry import PROJECTS
from sokhu.areas.territory.queries import Reach, name_of
from sokhu.areas.zones.codes import zone_stages
from sokhu.areas.zones.models import Decision, DecisionKind, Stage, Zone
from sokhu.areas.zones.registry import DECISIONS, STAGES, ZONES
from sokhu.kit.registers.declaration import register_of
from sokhu.kit.registers.models import Registered
from sokhu.kit.registers.queries import visible

BEGINS = (DecisionKind.ESTABLISH, DecisionKind.POLICY)  # the decision that a zone is there by, the first kind first


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a cell, and the things of registers that say them."""

    text: str
    things: tuple[Registered, ...] = ()

    @property
    def lineage(self) -> str:
        """Register, thing and the entry that changed it last, of each."""
        return "\n".join(
            f"{register.name}: {register.title_of(one)} ({_('mục sổ')} {one.version})"
            for one in self.things
            for register in [register_of(type(one))]
        )


@dataclass(slots=True)
class ZoneRecord:
    """What registers have of one zone on a day, as far as its reader may see it."""

    zone: Zone
    day: date
    decisions: list[Decision] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    plants: list[Utility] = field(default_factory=list)

    @property
    def begins(self) -> Decision | None:
        found = [one for kind in BEGINS for one in self.decisions if one.kind == kind]
        return found[0] if found else None


def records_of(mine: Reach, places: Iterable[str], day: date) -> dict[str, ZoneRecord]:
    """By place; five queries for however many zones. Projects are those of the infrastructure."""
    zones = visible(ZONES, mine).filter(place__in=list(places)).select_related("inside")
    found = {zone.pk: ZoneRecord(zone, day) for zone in zones}
    for decision in _of(DECISIONS, mine, found).filter(day__lte=day).order_by("day", "number", "pk"):
        found[decision.zone_id].decisions.append(decision)
    for stage in _of(STAGES, mine, found).filter(starts__lte=day).order_by("starts", "pk"):
        found[stage.zone_id].stages.append(stage)
    for plant in _of(UTILITIES, mine, found).filter(kind=UtilityKind.WASTEWATER).order_by("starts", "name", "pk"):
        found[plant.zone_id].plants.append(plant)
    for project in _of_infrastructure(mine, [one.zone for one in found.values()]):
        found[project.zone_now_id or project.zone_id].projects.append(project)
    return {one.zone.place: one for one in found.values()}


def _of(register: Any, mine: Reach, zones: Iterable[Any]) -> Any:
    return visible(register, mine).filter(zone__in=list(zones))


def _of_infrastructure(mine: Reach, zones: Sequence[Zone]) -> Iterator[Project]:
    """Projects in a zone that say so, and those that its own developer carries out, by the tax code, else the name."""
    rows = visible(PROJECTS, mine).filter(zone_now__in=[zone.pk for zone in zones]).select_related("enterprise_now")
    codes = {one.developer_code for one in zones} - {""}
    names = {one.developer for one in zones} - {""}
    developers = Q(enterprise_now__tax_code__in=codes) | Q(enterprise_now__name__in=names)
    by_zone = {zone.pk: zone for zone in zones}
    oldest_first = (F("began").asc(nulls_last=True), "code", "pk")
    for project in rows.filter(developers | Q(is_infrastructure=True)).order_by(*oldest_first):
        if project.is_infrastructure or _is_of(project.enterprise_now, by_zone[project.zone_now_id]):
            yield project


def _is_of(enterprise: Enterprise, zone: Zone) -> bool:
    return enterprise.tax_code == zone.developer_code or enterprise.name == zone.developer


def _position(one: ZoneRecord) -> Told:
    return Told(one.zone.inside.name if one.zone.inside else _("ngoài khu kinh tế"), (one.zone,))


def _location(one: ZoneRecord) -> Told:
    return Told(one.zone.location or name_of(one.zone.province, one.day), (one.zone,))


def _decision(one: ZoneRecord) -> Told | None:
    begins = one.begins
    return Told(f"{begins.number}, {begins.day:%d/%m/%Y}", (begins,)) if begins else None


def _developer(one: ZoneRecord) -> Told | None:
    return Told(one.zone.developer, (one.zone,)) if one.zone.developer else None


def _stage(one: ZoneRecord) -> Told | None:
    words = zone_stages()
    if one.stages:
        return Told(words.get(one.stages[-1].stage, one.stages[-1].stage), (one.stages[-1],))
    return Told(words.get(one.zone.stage, one.zone.stage), (one.zone,)) if one.zone.stage else None


def _of_projects(words: Callable[[Project], str]) -> Callable[[ZoneRecord], Told | None]:
    """What the developer's projects say, each value once."""

    def told(one: ZoneRecord) -> Told | None:
        said = {text: project for project in reversed(one.projects) if (text := words(project))}
        return Told("; ".join(reversed(said)), tuple(one.projects)) if said else None

    return told


def _country(project: Project) -> str:
    code = project.country_now or ("VN" if project.ownership_now == "DDI" else "")
    return countries().get(code, code)


def _plants(one: ZoneRecord) -> Told:
    """Not there yet, under construction, operating: that of the plant that is furthest."""
    states = [_state(plant, one.day) for plant in one.plants]
    words = (_("chưa có"), _("đang xây dựng"), _("đang vận hành"))
    return Told(words[max(states, default=0)], tuple(one.plants) or (one.zone,))


def _state(plant: Utility, day: date) -> int:
    if plant.starts and plant.starts <= day and not (plant.ends and plant.ends < day):
        return 2
    return int(bool(plant.builds_from and plant.builds_from <= day and not plant.starts))


COLUMNS: dict[str, Callable[[ZoneRecord], Told | None]] = {
    "position": _position,
    "location": _location,
    "decision": _decision,
    "developer": _developer,
    "stage": _stage,
    "project": _of_projects(lambda one: one.name_now or one.name),
    "certificate": _of_projects(lambda one: one.code or one.legacy_code),
    "project_location": _of_projects(lambda one: one.address),
    "nationality": _of_projects(_country),
    "plant": _plants,
}
