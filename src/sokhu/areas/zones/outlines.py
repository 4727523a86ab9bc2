"""Outlines as boundaries keep them: GeoJSON in WGS 84, read out of what somebody typed, told in words, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.quantity import scaled
from sokhu.documents.geo.shape import Polygon, geojson, polygons_of
from sokhu.kit.wording import lang

if TYPE_CHECKING:
    from sokhu.areas.zones.models import Boundary

MOST_TYPED = 2_000_000  # letters; a file of a boundary is uploaded, not typed
_STEPS = 10**7  # of a degree, in which a box is kept


def read(text: str) -> str:
    """The outline of a GeoJSON text: one area, made valid. Raises Problem("geo.…"), "register.too_long"."""
    from sokhu.documents.geo.reading import shapes_in

    if len(text) > MOST_TYPED:
        raise Problem("register.too_long", found=len(text), limit=MOST_TYPED)
    shapes = shapes_in(text.encode(), "GeoJSON")
    if len(shapes) > 1:
        raise Problem("geo.many_shapes", found=len(shapes))
    return geojson(shapes[0].polygons)


def told(outline: str) -> str:
    """ "hình 5 điểm", "hình 2 phần, 34 điểm"."""
    polygons = polygons_of(outline)
    points = format_number(sum(len(ring) - 1 for polygon in polygons for ring in polygon), lang=lang())
    if len(polygons) > 1:
        return _("hình %(parts)s phần, %(points)s điểm") % {"parts": len(polygons), "points": points}
    return _("hình %(points)s điểm") % {"points": points}


def measure(boundary: Boundary) -> None:
    """Writes the area and the box of the outline beside it."""
    from sokhu.documents.geo.measure import area_ha

    polygons = polygons_of(boundary.geometry)
    boundary.area = scaled(area_ha(polygons), "ha")
    boundary.west, boundary.south, boundary.east, boundary.north = box_of(polygons)


def box_of(polygons: tuple[Polygon, ...]) -> tuple[int, int, int, int]:
    """West, south, east, north in 10^-7 degrees."""
    points = [point for polygon in polygons for point in polygon[0]]
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    west, south, east, north = (round(one * _STEPS) for one in (min(lons), min(lats), max(lons), max(lats)))
    return west, south, east, north


def degrees(steps: int) -> float:
    return steps / _STEPS


def steps(value: float) -> int:
    return round(value * _STEPS)
