"""What a thing of these registers may not say. Rules over several things stand in `core.land`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import name_of
from sokhu.areas.zones import outlines
from sokhu.areas.zones.codes import provinces
from sokhu.areas.zones.models import Boundary, Decision, LandUse, Lease, Phase, Plot, Responsibility, Zone
from sokhu.core.place import Span
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled
from sokhu.kit.registers.declaration import all_of
from sokhu.kit.registers.values import label_of


def check_zone(zone: Zone) -> None:
    """Raises Problem("zones.part_over_whole"), "zones.inside_itself", "zones.inside_no_economic_zone" and others."""
    all_of(_must_have_industrial_land, _must_lie_inside, _must_be_there_then, _must_have_one_year)(zone)


def _must_have_industrial_land(thing: Zone | Decision) -> None:
    _must_be_part(thing, "industrial_land")


def _must_lie_inside(zone: Zone) -> None:
    if zone.inside_id is not None:
        if zone.inside_id == zone.pk:
            raise Problem("zones.inside_itself", where=_label(zone, "inside"))
        if zone.inside is not None and not zone.inside.kind.startswith("KKT"):
            raise Problem("zones.inside_no_economic_zone", where=_label(zone, "inside"), found=zone.inside.name)


def _must_have_one_year(zone: Zone) -> None:
    if zone.established and zone.established_year and zone.established.year != zone.established_year:
        raise Problem(
            "zones.two_years", where=_label(zone, "established_year"), found=zone.established_year, day=zone.established
        )


def _must_be_there_then(zone: Zone) -> None:
    """A zone of before a merger lies in a province of before it: in which of them, nobody else can tell.

    Raises Problem("zones.province_of_then", found, day, choices).
    """
    places, day = territory(), zone.established
    if day is None or zone.province not in places.places or places.place(zone.province).span.holds(day):
        return
    known = provinces()
    choices = [known.get(one, name_of(one, day)) for one in places.predecessors(zone.province)]
    if choices:
        found = known.get(zone.province, name_of(zone.province))
        raise Problem("zones.province_of_then", where=_label(zone, "province"), found=found, day=day, choices=choices)


def of_its_board(zone: Zone) -> None:
    """A province's zones are in the books of its boards: of one in anybody else's no board would report.

    Raises Problem("zones.of_its_board", where, found).
    """
    places, today = territory(), timezone.localdate()
    if zone.owner.startswith("board/") or zone.province not in places.places:
        return
    boards = [
        board
        for province in places.successors(zone.province, today)
        for board in places.members(province, today, kind="board")
    ]
    if boards:
        raise Problem("zones.of_its_board", where=_label(zone, "province"), found=name_of(boards[0]))


def check_decision(decision: Decision) -> None:
    all_of(_must_have_industrial_land, _must_follow_its_own)(decision)


def _must_follow_its_own(decision: Decision) -> None:
    if decision.follows is not None and decision.follows.zone_id != decision.zone_id:
        raise Problem("zones.other_zone", where=_label(decision, "follows"), found=decision.follows.number)


def check_span(thing: Any) -> None:
    """Raises Problem("register.ends_before", where, starts, ends)."""
    if thing.starts and thing.ends and thing.ends < thing.starts:
        raise Problem("register.ends_before", where=_label(thing, "ends"), starts=thing.starts, ends=thing.ends)


def check_responsibility(one: Responsibility) -> None:
    """A zone has one board at a time. Raises Problem("zones.two_boards", found, starts)."""
    check_span(one)
    others = Responsibility.objects.filter(zone=one.zone_id, is_gone=False).exclude(pk=one.pk)
    for other in others:
        if Span(one.starts, one.ends).within(Span(other.starts, other.ends)) is not None:
            raise Problem("zones.two_boards", where=_label(one, "starts"), found=name_of(other.board))


def check_phase(phase: Phase) -> None:
    all_of(check_span, _must_be_handed_over)(phase)


def _must_be_handed_over(phase: Phase) -> None:
    _must_be_part(phase, "handed_over")
    if phase.handed_over and not phase.handed_over_on:
        raise Problem("register.required", where=_label(phase, "handed_over_on"))


def check_land_use(line: LandUse) -> None:
    if line.plan.zone_id != line.zone_id:
        raise Problem("zones.other_zone", where=_label(line, "plan"), found=line.plan.number)


def check_lease(lease: Lease) -> None:
    """Raises Problem("zones.other_zone"), "zones.lease_over_plot" (found, limit), "register.ends_before"."""
    all_of(check_span, _must_fit_its_plot, _must_end_after)(lease)


def _must_fit_its_plot(lease: Lease) -> None:
    if lease.plot.zone_id != lease.zone_id:
        raise Problem("zones.other_zone", where=_label(lease, "plot"), found=lease.plot.code)
    if lease.area > lease.plot.area:
        raise Problem(
            "zones.lease_over_plot",
            where=_label(lease, "area"),
            found=unscaled(lease.area).normalize(),
            limit=unscaled(lease.plot.area).normalize(),
            plot=lease.plot.code,
        )


def _must_end_after(lease: Lease) -> None:
    if lease.ended and lease.ended < lease.starts:
        raise Problem("register.ends_before", where=_label(lease, "ended"), starts=lease.starts, ends=lease.ended)


def doubts_of_plot(plot: Plot) -> list[Problem]:
    """A plot larger than all of its zone: a slip of the unit, or of a comma."""
    area = plot.zone.area
    if not area or not plot.area or plot.area <= area:
        return []
    found, limit = unscaled(plot.area).normalize(), unscaled(area).normalize()
    return [Problem("projects.land_over_zone", _label(plot, "area"), found=found, limit=limit, zone=plot.zone.name)]


def doubts_of_lease(lease: Lease) -> list[Problem]:
    """One that begins before its zone was there, or has yet to begin."""
    established = lease.zone.established
    if established and lease.starts < established:
        return [
            Problem("zones.lease_before_zone", _label(lease, "starts"), found=lease.starts, established=established)
        ]
    if lease.starts > timezone.localdate():
        return [Problem("zones.lease_ahead", _label(lease, "starts"), found=lease.starts)]
    return []


def check_boundary(boundary: Boundary) -> None:
    """Raises Problem("zones.other_zone"). Measures it as well: its area and box are those of its outline."""
    for name in ("plot", "decision"):
        other = getattr(boundary, name)
        if other is not None and other.zone_id != boundary.zone_id:
            raise Problem("zones.other_zone", where=_label(boundary, name), found=str(getattr(other, _NAMES[name])))
    outlines.measure(boundary)


_NAMES = {"plot": "code", "decision": "number"}


def _must_be_part(thing: Any, name: str) -> None:
    part = getattr(thing, name)
    if part is not None and thing.area is not None and part > thing.area:
        found, limit = unscaled(part).normalize(), unscaled(thing.area).normalize()
        raise Problem("zones.part_over_whole", where=_label(thing, name), found=found, limit=limit)


def _label(thing: Any, name: str) -> str:
    return label_of(thing._meta.get_field(name))
