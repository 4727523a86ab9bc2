"""Areas in hectares, where boundaries lie over each other, and outlines simple enough to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import shapely
from pyproj import Geod
from shapely import MultiPolygon
from shapely import Polygon as Drawn

from sokhu.documents.geo.shape import PLACES, Polygon
from sokhu.documents.geo.systems import zone_of

_SQUARE_METRES = 10_000  # in a hectare
_METRES_IN_DEGREE = 110_574  # of latitude at the equator; only for tolerances
_SMALLEST = Decimal("0.01")  # hectares: slivers between neighbours that were measured apart are no overlap


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two boundaries that share land. polygons: where."""

    one: str
    other: str
    area_ha: Decimal
    polygons: tuple[Polygon, ...]


def area_ha(polygons: Iterable[Polygon]) -> Decimal:
    """The area on the ellipsoid of WGS 84 in hectares, to the square metre; holes taken off."""
    square_metres = sum(_ring_area(outer) - sum(_ring_area(hole) for hole in holes) for outer, *holes in polygons)
    return hectares(square_metres)


def grid_area_ha(polygons: Iterable[Polygon], meridian: float) -> Decimal:
    """The area on the VN-2000 plane of a province's zone, as surveyors state it: hectares, to the square metre."""
    zone = zone_of(meridian)
    drawn = [Drawn(*_shell_and_holes([zone.from_wgs84(list(ring)) for ring in polygon])) for polygon in polygons]
    return hectares(sum(one.area for one in drawn))


def hectares(square_metres: float) -> Decimal:
    return Decimal(round(square_metres)) / _SQUARE_METRES


def overlaps(shapes: Mapping[str, Iterable[Polygon]], *, at_least_ha: Decimal = _SMALLEST) -> list[Overlap]:
    """The pairs that share at least so much land, the largest first. shapes: a name each -> its polygons."""
    names = list(shapes)
    drawn = [drawing(shapes[name]) for name in names]
    tree = shapely.STRtree(drawn)
    ones, others = tree.query(drawn, predicate="intersects")
    pairs = sorted({(min(a, b), max(a, b)) for a, b in zip(ones.tolist(), others.tolist(), strict=True) if a != b})
    found = []
    for one, other in pairs:
        shared = polygons_in(shapely.intersection(drawn[one], drawn[other]))
        size = area_ha(shared)
        if size >= at_least_ha:
            found.append(Overlap(names[one], names[other], size, shared))
    return sorted(found, key=lambda pair: (-pair.area_ha, pair.one, pair.other))


def simplified(polygons: Iterable[Polygon], metres: float) -> tuple[Polygon, ...]:
    """The same with fewer points: no line moves by more than about so many metres; a part never vanishes whole."""
    simple = shapely.simplify(drawing(polygons), metres / _METRES_IN_DEGREE, preserve_topology=True)
    return polygons_in(simple)


def drawing(polygons: Iterable[Polygon]) -> MultiPolygon:
    """As shapely has it."""
    return MultiPolygon([_shell_and_holes(polygon) for polygon in polygons])


def polygons_in(geometry: Any) -> tuple[Polygon, ...]:
    """The areas of whatever shapely made: outer rings against the clock, closed, in a settled order."""
    parts = [one for one in shapely.get_parts(geometry, return_index=False) if not one.is_empty]
    nested = [one for part in parts if part.geom_type == "MultiPolygon" for one in part.geoms]
    areas = [one for one in [*parts, *nested] if one.geom_type == "Polygon" and one.area > 0]
    turned = [shapely.geometry.polygon.orient(one.normalize()) for one in areas]
    made = [tuple(_ring(ring) for ring in (one.exterior, *one.interiors)) for one in turned]
    return tuple(sorted(made, key=lambda polygon: polygon[0]))


def _ring(ring: Any) -> tuple[tuple[float, float], ...]:
    return tuple((round(x, PLACES), round(y, PLACES)) for x, y, *_ in ring.coords)


def _shell_and_holes(polygon: Any) -> tuple[Any, list[Any]]:
    outer, *holes = polygon
    return outer, holes


def _ring_area(ring: Iterable[tuple[float, float]]) -> float:
    lons, lats = zip(*ring, strict=True)
    area, _ = _geod().polygon_area_perimeter(lons, lats)
    return abs(float(area))


@cache
def _geod() -> Geod:
    return Geod(ellps="WGS84")


def outside(inner: Iterable[Polygon], outer: Iterable[Polygon]) -> Decimal:
    """How many hectares of one outline another does not cover: a plot's outside of its zone."""
    return area_ha(polygons_in(shapely.difference(drawing(inner), drawing(outer))))


def joined(shapes: Iterable[Iterable[Polygon]]) -> tuple[Polygon, ...]:
    """One outline of several: land that two of them cover counts once."""
    return polygons_in(shapely.union_all([drawing(polygons) for polygons in shapes], grid_size=10**-PLACES))
