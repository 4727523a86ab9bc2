"""Rings as people drew them into areas that can be measured: closed, not crossing themselves, holes where they are."""

from __future__ import annotations

from decimal import Decimal

import shapely
from shapely import MultiPolygon
from shapely import Polygon as Drawn

from sokhu.core.problems import Problem
from sokhu.documents.geo.measure import area_ha, polygons_in
from sokhu.documents.geo.raw import Area
from sokhu.documents.geo.shape import PLACES, Polygon

_LEAST_CORNERS = 3
Ring = list[tuple[float, float]]


def mended(area: Area) -> tuple[tuple[Polygon, ...], Decimal, list[Problem]]:
    """The area's polygons, its hectares, and notes of what was mended: each says what was found and where.

    An area without any ring of three corners comes back empty.
    """
    notes: list[Problem] = []
    drawn = [made for polygon in area.polygons if (made := _drawn(polygon, area.name, notes))]
    whole = MultiPolygon(drawn)
    if not shapely.is_valid(whole):
        reason = shapely.is_valid_reason(whole)
        whole = shapely.make_valid(whole, method="structure", keep_collapsed=False)
        notes.append(Problem("geo.mended", where=area.name, found=_place(reason)))
    polygons = polygons_in(shapely.set_precision(whole, 10**-PLACES))
    return polygons, area_ha(polygons), notes


def _drawn(polygon: list[Ring], name: str, notes: list[Problem]) -> Drawn | None:
    rings = [_without_repeats(ring) for ring in polygon]
    if any(ring and ring[0] != ring[-1] for ring in rings):
        notes.append(Problem("geo.ring_closed", where=name))
    lines = [ring for ring in rings if len(set(ring)) < _LEAST_CORNERS]
    if lines:
        notes.append(Problem("geo.ring_dropped", where=name, count=len(lines)))
    if not rings or rings[0] in lines:
        return None
    outer, *holes = (ring for ring in rings if ring not in lines)
    return Drawn(outer, holes)


def _without_repeats(ring: Ring) -> Ring:
    return [point for index, point in enumerate(ring) if index == 0 or point != ring[index - 1]]


def _place(reason: str) -> str:
    """ "Self-intersection[106.1 20.8]" -> "106.1 20.8"."""
    return reason.partition("[")[2].rstrip("]") or reason
