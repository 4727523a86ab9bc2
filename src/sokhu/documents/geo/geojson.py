"""GeoJSON (RFC 7946), and what was usual before it: a "crs" member, closed lines instead of areas."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from sokhu.core.problems import Problem
from sokhu.documents.geo.raw import Area, Found, name_in, words
from sokhu.documents.geo.systems import WGS84, system_of

_DEEPEST = 8  # collections inside each other


def read(data: bytes) -> Found:
    """Every area of the file. Raises Problem: geo.not_geojson, and those of `Found`."""
    found = Found()
    whole = _parsed(data)
    if not isinstance(whole, dict):
        raise Problem("geo.not_geojson", found=_short(whole))
    _read_system(whole, found)
    _read(whole, "", {}, found, 0)
    return found


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        line = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise Problem("geo.not_geojson", found=line) from error


def _refuse_constant(constant: str) -> NoReturn:
    raise Problem("geo.not_a_coordinate", found=constant)


def _read_system(whole: dict[str, Any], found: Found) -> None:
    """RFC 7946 knows WGS 84 only; older files name another one. `null` says that it is not known."""
    if "crs" not in whole:
        found.system = WGS84
        return
    told = whole["crs"]
    inside = told.get("properties") if isinstance(told, dict) else None
    name = inside.get("name") if isinstance(inside, dict) else None
    found.needs_system = True
    if isinstance(name, str):
        try:
            found.system = system_of(name)
        except Problem as problem:
            found.unknown = problem


def _read(node: Any, name: str, properties: dict[str, str], found: Found, depth: int) -> None:
    if not isinstance(node, dict) or depth > _DEEPEST:
        raise Problem("geo.not_geojson", found=_short(node))
    match node.get("type"):
        case "FeatureCollection":
            for one in _list(node.get("features")):
                _read(one, "", {}, found, depth + 1)
        case "Feature":
            told = node.get("properties")
            kept = words(told.items()) if isinstance(told, dict) else {}
            if node.get("geometry") is None:
                found.left_out += 1
            else:
                _read(node["geometry"], name_in(kept), kept, found, depth + 1)
        case "GeometryCollection":
            for one in _list(node.get("geometries")):
                _read(one, name, properties, found, depth + 1)
        case _:
            _read_geometry(node, name, properties, found)


def _read_geometry(node: dict[str, Any], name: str, properties: dict[str, str], found: Found) -> None:
    given, where = node.get("coordinates"), name or f"#{len(found.areas) + 1}"
    match node.get("type"):
        case "Polygon":
            found.add(Area(name, [_polygon(given, found, where)], properties))
        case "MultiPolygon":
            found.add(Area(name, [_polygon(one, found, where) for one in _list(given)], properties))
        case "LineString" if (ring := _ring(given, found, where)) and len(ring) > 3 and ring[0] == ring[-1]:
            found.closed_lines += 1
            found.add(Area(name, [[ring]], properties))
        case "Point" | "MultiPoint" | "LineString" | "MultiLineString":
            found.left_out += 1
        case other:
            raise Problem("geo.not_geojson", where=where, found=_short(other))


def _polygon(given: Any, found: Found, where: str) -> list[list[tuple[float, float]]]:
    return [_ring(ring, found, where) for ring in _list(given)]


def _ring(given: Any, found: Found, where: str) -> list[tuple[float, float]]:
    ring = []
    for place in _list(given):
        if not isinstance(place, list) or len(place) < 2:
            raise Problem("geo.not_a_coordinate", where=where, found=_short(place))
        ring.append(found.point(place[0], place[1], where))
    return ring


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list):
        raise Problem("geo.not_geojson", found=_short(node))
    return node


def _short(node: Any) -> str:
    return f"{node!r:.60}" if isinstance(node, str | int | float | type(None)) else type(node).__name__
