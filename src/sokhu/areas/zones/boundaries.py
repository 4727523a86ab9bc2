"""Boundaries of zones and plots: what holds on a day, what it is held against, who lies beside it, keeping new ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import Reach
from sokhu.areas.zones import outlines
from sokhu.areas.zones.models import Boundary, Decision, Plot, Zone
from sokhu.areas.zones.registry import BOUNDARIES, PLOTS
from sokhu.core.boundary import AreaCheck, area_check
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled
from sokhu.documents.geo.shape import Polygon, Shape, geojson, polygons_of
from sokhu.kit.registers.actions import KIND, new_thing, write
from sokhu.kit.registers.queries import visible
from sokhu.kit.sealing.actions import sealed_batch

Polygons = tuple[Polygon, ...]
MOST_NEIGHBOURS = 60
LEAST_OUTSIDE_HA = Decimal("0.01")  # slivers between outlines that were measured apart


@dataclass(frozen=True, slots=True)
class Checked:
    """A boundary held against what was decided. decided: amount of hectares, None where nothing says one."""

    area: int
    decided: int | None
    decision: Decision | None = None

    @property
    def finding(self) -> Problem | None:
        return None if self.decided is None else area_check(unscaled(self.area), unscaled(self.decided))

    @property
    def difference(self) -> int | None:
        return None if self.decided is None else self.area - self.decided

    @property
    def share(self) -> Any:
        return None if self.decided is None else AreaCheck(unscaled(self.area), unscaled(self.decided)).share


def of_zone(mine: Reach, zone: Zone) -> list[Boundary]:
    """Every boundary of the zone itself, newest first."""
    rows = visible(BOUNDARIES, mine).filter(zone=zone, plot=None)
    return list(rows.select_related("zone", "decision").order_by("-starts", "-pk"))


def on_day(mine: Reach, day: date) -> QuerySet[Boundary]:
    """The boundaries of all zones in force on a day, without their outlines."""
    rows = visible(BOUNDARIES, mine).filter(plot=None, starts__lte=day, zone__is_gone=False)
    newest: dict[UUID, UUID] = dict(rows.order_by("zone", "starts", "pk").values_list("zone", "pk"))
    found: QuerySet[Boundary] = (
        Boundary.objects.filter(pk__in=newest.values()).select_related("zone", "decision").defer("geometry")
    )
    return found.order_by("zone__name", "pk")


def of_plots(mine: Reach, zone: Zone, day: date) -> list[Boundary]:
    """The outlines of a zone's plots on a day."""
    rows = visible(BOUNDARIES, mine).filter(zone=zone, starts__lte=day, plot__is_gone=False).exclude(plot=None)
    newest = {
        one.plot_id: one for one in rows.select_related("zone", "plot", "decision").order_by("plot", "starts", "pk")
    }
    return list(newest.values())


def neighbours(mine: Reach, zone: Zone, box: Sequence[int], day: date) -> list[Boundary]:
    """The boundaries of other zones whose boxes meet a box (west, south, east, north), in force on a day."""
    west, south, east, north = box
    near = on_day(mine, day).filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    return list(near.exclude(zone=zone).defer(None).select_related("zone")[:MOST_NEIGHBOURS])


def decided_for(zone: Zone, starts: date, decision: Decision | None, decisions: Sequence[Decision]) -> Checked:
    """What a boundary from a day on should measure: by its own decision, the last one with an area, else the zone."""
    if decision is not None and decision.area is not None:
        return Checked(0, decision.area, decision)
    before = [one for one in decisions if one.area is not None and one.day <= starts]
    return Checked(0, before[-1].area, before[-1]) if before else Checked(0, zone.area)


def checked(boundary: Boundary, zone: Zone, decisions: Sequence[Decision]) -> Checked:
    """decisions: of the zone, by day."""
    if boundary.plot is not None:
        return Checked(boundary.area, boundary.plot.area)
    told = decided_for(zone, boundary.starts, boundary.decision, decisions)
    return Checked(boundary.area, told.decided, told.decision)


def overlapping(zone: Zone, polygons: Polygons, others: Iterable[Boundary]) -> list[tuple[Boundary, Any]]:
    """The other zones that share land with an outline, with the `Overlap`; a park in its economic zone is none."""
    from sokhu.documents.geo.measure import overlaps

    candidates = {str(one.pk): one for one in others if not _one_in_the_other(zone, one.zone)}
    if not candidates:
        return []
    outlines_of = {pk: polygons_of(one.geometry) for pk, one in candidates.items()}
    found = overlaps({"": polygons} | outlines_of)
    return [(candidates[pair.one or pair.other], pair) for pair in found if "" in (pair.one, pair.other)]


def shared_land(mine: Reach, zones: Collection[UUID], day: date) -> list[tuple[Zone, Zone, Decimal]]:
    """Land of these zones that lies in another zone as well: both, and hectares; two queries for however many."""
    from sokhu.documents.geo.measure import overlaps

    drawn = list(on_day(mine, day))
    own = [one for one in drawn if one.zone_id in zones]
    near = {one.pk: one for one in drawn if any(_boxes_meet(one, other) for other in own)}
    shapes = Boundary.objects.filter(pk__in=near).values_list("pk", "geometry")
    found = overlaps({str(pk): polygons_of(text) for pk, text in shapes}) if len(near) > 1 else []
    pairs = [(near[UUID(one.one)].zone, near[UUID(one.other)].zone, one.area_ha) for one in found]
    turned = [(one, other, size) if one.pk in zones else (other, one, size) for one, other, size in pairs]
    return [pair for pair in turned if pair[0].pk in zones and not _one_in_the_other(pair[0], pair[1])]


def _boxes_meet(one: Boundary, other: Boundary) -> bool:
    across = one.west <= other.east and other.west <= one.east
    return across and one.south <= other.north and other.south <= one.north


@dataclass(frozen=True, slots=True)
class DrawnPlot:
    """A plot's outline held against the register's area and against the boundary of its zone."""

    boundary: Boundary
    checked: Checked
    outside_ha: Decimal

    @property
    def sticks_out(self) -> bool:
        return self.outside_ha >= LEAST_OUTSIDE_HA


def drawn_plots(plots: Iterable[Boundary], zone: Zone, polygons: Polygons) -> list[DrawnPlot]:
    """plots: outlines of plots, their plots loaded; polygons: of their zone on the same day. In the order of codes."""
    from sokhu.documents.geo.measure import outside

    found = [DrawnPlot(one, checked(one, zone, ()), outside(polygons_of(one.geometry), polygons)) for one in plots]
    return sorted(found, key=lambda one: one.boundary.plot.code if one.boundary.plot else "")


def _one_in_the_other(one: Zone, other: Zone) -> bool:
    return one.inside_id == other.pk or other.inside_id == one.pk


def known_position(zone: Zone, boundaries: Sequence[Boundary] = ()) -> tuple[float, float] | None:
    """Longitude and latitude about which a zone lies: of its boundary, else the catalogue's, else its province's."""
    if boundaries:
        one = boundaries[0]
        return outlines.degrees((one.west + one.east) // 2), outlines.degrees((one.south + one.north) // 2)
    places = territory().places
    for id in (zone.place, zone.province):
        found = places.get(id)
        if found is not None and found.position is not None:
            return float(found.position.lon), float(found.position.lat)
    return None


def keep(
    mine: Reach,
    zone: Zone,
    shapes: Mapping[Plot | None, Shape],
    *,
    starts: date,
    decision: Decision | None,
    file: tuple[str, bytes],
    reason: str,
) -> list[Boundary]:
    """Keeps the outlines of a file in one sealed batch: of the zone (None) or of its plots.

    file: its name and bytes. Raises what `Register.check`, `must_be_the_only_one` and `must_write_for` raise.
    """
    name, data = file
    digest = hashlib.sha256(data).hexdigest()
    things = []
    with sealed_batch(KIND, author=mine.author, reason=reason) as batch:
        for plot, shape in shapes.items():
            values = {"zone": zone, "plot": plot, "starts": starts, "decision": decision}
            drawn = {"geometry": geojson(shape.polygons), "system": shape.system}
            of_file = {"file_name": name[-200:], "file_digest": digest}
            things.append(new_thing(BOUNDARIES, mine, values | drawn | of_file))
        write(batch, BOUNDARIES, things)
    return things


def plots_named(mine: Reach, zone: Zone, shapes: Iterable[Shape]) -> dict[Plot | None, Shape]:
    """The zone's plots whose code is the name of one shape; a name that two shapes have is nobody's."""
    by_name: dict[str, list[Shape]] = {}
    for shape in shapes:
        by_name.setdefault(shape.name.strip().casefold(), []).append(shape)
    rows = visible(PLOTS, mine).filter(zone=zone)
    return {plot: found[0] for plot in rows if len(found := by_name.get(plot.code.strip().casefold(), [])) == 1}


def together(shapes: Sequence[Shape]) -> Shape:
    """All areas of a file as one boundary; land that several cover counts once."""
    from sokhu.documents.geo.measure import area_ha, joined

    if len(shapes) == 1:
        return shapes[0]
    polygons = joined(shape.polygons for shape in shapes)
    notes = tuple(dict.fromkeys(note for shape in shapes for note in shape.notes))
    return Shape("", polygons, shapes[0].system, area_ha(polygons), notes=notes)


def as_features(boundaries: Iterable[Boundary]) -> str:
    """A GeoJSON collection, in WGS 84 as RFC 7946 has it."""
    return json.dumps(
        {"type": "FeatureCollection", "features": [_feature(one) for one in boundaries]}, ensure_ascii=False
    )


def _feature(one: Boundary) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(one.pk),
        "properties": {
            "name": one.zone.name,
            "place": one.zone.place,
            "plot": one.plot.code if one.plot else None,
            "starts": one.starts.isoformat(),
            "decision": one.decision.number if one.decision else None,
            "area_ha": float(unscaled(one.area)),
            "file": one.file_name,
            "file_sha256": one.file_digest,
            "file_system": one.system,
        },
        "geometry": json.loads(one.geometry),
    }
