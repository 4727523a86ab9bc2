"""A boundary: polygons with holes in longitude and latitude (WGS 84), and what was noticed when it was read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sokhu.core.problems import Problem
from sokhu.documents.extracted import problem_as_json, problem_from_json

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]  # the outer ring first, then its holes
PLACES = 8  # decimals of a degree that are kept: a millimetre


@dataclass(frozen=True, slots=True)
class Shape:
    """One boundary of a file.

    polygons: rings are closed, outer ones run against the clock, nothing crosses. system: code of the coordinate system
    that it came in. area_ha: on the ellipsoid, to the square metre. notes: what the user should know, as problems.
    """

    name: str
    polygons: tuple[Polygon, ...]
    system: str
    area_ha: Decimal
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    @property
    def point_count(self) -> int:
        return sum(len(ring) for polygon in self.polygons for ring in polygon)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        points = [point for polygon in self.polygons for point in polygon[0]]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        return min(lons), min(lats), max(lons), max(lats)


def geojson(polygons: Iterable[Polygon]) -> str:
    """The geometry as RFC 7946 has it, in the same bytes every time."""
    rings = [[[list(point) for point in ring] for ring in polygon] for polygon in polygons]
    return json.dumps({"type": "MultiPolygon", "coordinates": rings}, separators=(",", ":"))


def polygons_of(text: str) -> tuple[Polygon, ...]:
    """Inverse of `geojson`, for what this product wrote itself."""
    return _polygons(json.loads(text)["coordinates"])


def as_json(shapes: Iterable[Shape]) -> list[dict[str, Any]]:
    """The shape that the reading process hands back."""
    return [
        {
            "name": one.name,
            "polygons": one.polygons,
            "system": one.system,
            "area_ha": str(one.area_ha),
            "properties": dict(one.properties),
            "notes": [problem_as_json(note) for note in one.notes],
        }
        for one in shapes
    ]


def from_json(given: Iterable[Mapping[str, Any]], where: str = "") -> list[Shape]:
    """Inverse of `as_json`. where: fills the place of notes that name none."""
    return [
        Shape(
            name=one["name"],
            polygons=_polygons(one["polygons"]),
            system=one["system"],
            area_ha=Decimal(one["area_ha"]),
            properties=one["properties"],
            notes=tuple(problem_from_json(note, where) for note in one["notes"]),
        )
        for one in given
    ]


def _polygons(given: Iterable[Iterable[Iterable[Any]]]) -> tuple[Polygon, ...]:
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in given)
