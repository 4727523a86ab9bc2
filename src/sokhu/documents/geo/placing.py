"""Where a file's numbers lie: its coordinate system, axes the wrong way round, whether that is in Viet Nam."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from sokhu.core.problems import Problem
from sokhu.documents.geo.raw import Found
from sokhu.documents.geo.systems import CHOICES, VN2000, WGS84, System, names, system_named

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # least x, least y, greatest x, greatest y

VIET_NAM: Box = (101.0, 5.0, 118.5, 24.5)  # degrees, both archipelagos inside, and a margin
_MOST_DEGREES = 360.0
_LEAST_NORTHING, _MOST_EASTING = 850_000.0, 850_000.0  # metres; the country lies between 884 and 2,590 km north
_FAR_KM = 20.0  # the catalogue's positions are good to some kilometres
_KM_PER_DEGREE = 111.2
_MOST_CANDIDATES = 6


def system_for(found: Found, chosen: str | None, near: Point | None) -> tuple[System, list[Problem]]:
    """The system to read the file in, and a note where the user's choice goes against the file.

    Raises Problem: geo.looks_projected, geo.system_missing, geo.system_unknown, geo.other_coordinates. Never guesses.
    """
    box = _box(found)
    metric = max(abs(one) for one in box) > _MOST_DEGREES
    said = found.system
    if chosen:
        system = system_named(chosen)
        differs = said is not None and said != system and said.is_metric == metric
        notes = [Problem("geo.system_overridden", found=said.name, chosen=system.name)] if said and differs else []
    elif found.unknown:
        raise found.unknown
    elif said is None and not metric:
        raise Problem("geo.system_missing", candidates=f"{WGS84.name}; {VN2000.name}")
    else:
        system, notes = said or WGS84, []
    if metric and not system.is_metric:
        raise Problem("geo.looks_projected", found=_pair(_middle(box)), candidates=_candidates(box, near))
    if system.is_metric and not metric:
        raise Problem("geo.other_coordinates", found=_pair(_middle(box)), system=system.name)
    return system, notes


def put_in_place(found: Found, system: System, near: Point | None) -> list[Problem]:
    """Turn the areas' coordinates into longitude and latitude. Returns notes: axes turned, far from where it should be.

    Raises Problem("geo.outside", found, system) for what does not come to lie in Viet Nam.
    """
    notes = []
    if _is_turned(_box(found), system):
        _each_ring(found, lambda ring: [(y, x) for x, y in ring])
        notes.append(Problem("geo.axes_turned", system=system.name))
    _each_ring(found, system.to_wgs84)
    box = _box(found)
    if not all(math.isfinite(one) for one in box) or not _is_inside(box):
        raise Problem("geo.outside", found=_pair(_middle(box)), system=system.name)
    away = _kilometres(_middle(box), near) if near else 0.0
    if away > _FAR_KM + _kilometres((box[0], box[1]), (box[2], box[3])) / 2:
        notes.append(Problem("geo.far", found=_pair(_middle(box)), km=round(away), system=system.name))
    return notes


def _is_turned(box: Box, system: System) -> bool:
    """Vietnamese surveyors write X for north and Y for east; programs write longitude first."""
    if system.is_metric:
        return box[0] > _LEAST_NORTHING and box[3] < _MOST_EASTING
    return not _is_inside(box) and _is_inside((box[1], box[0], box[3], box[2]))


def _candidates(box: Box, near: Point | None) -> str:
    """Systems by which the middle of the coordinates lies in Viet Nam, those nearest to where it should be first."""
    x, y = _middle(box)
    turned = _is_turned(box, next(one for one in CHOICES if one.is_metric))
    places = [
        (system, place)
        for system in CHOICES
        if system.is_metric
        for place in system.to_wgs84([(y, x) if turned else (x, y)])
        if _is_inside((*place, *place))
    ]
    if near is None:
        return names([system for system, _ in places]) or "–"
    places.sort(key=lambda one: _kilometres(one[1], near))
    told = [f"{system.name} ({_kilometres(place, near):.0f} km)" for system, place in places[:_MOST_CANDIDATES]]
    return "; ".join(told) or "–"


def _box(found: Found) -> Box:
    points = list(_points(found))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _points(found: Found) -> Iterator[Point]:
    for area in found.areas:
        for polygon in area.polygons:
            for ring in polygon:
                yield from ring


def _each_ring(found: Found, change: Callable[[list[Point]], list[Point]]) -> None:
    for area in found.areas:
        area.polygons = [[change(ring) for ring in polygon] for polygon in area.polygons]


def _is_inside(box: Box) -> bool:
    return VIET_NAM[0] <= box[0] and VIET_NAM[1] <= box[1] and box[2] <= VIET_NAM[2] and box[3] <= VIET_NAM[3]


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _kilometres(one: Point, other: Point) -> float:
    """On a plane; good enough to tell near from far."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * _KM_PER_DEGREE


def _pair(point: Point) -> str:
    places = 5 if max(abs(one) for one in point) <= _MOST_DEGREES else 1
    return f"{point[0]:.{places}f}, {point[1]:.{places}f}"
