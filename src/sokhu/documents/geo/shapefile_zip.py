"""Zipped shapefiles: .shp with the areas, .dbf with their names, .prj with their system. Nothing goes to disk."""

from __future__ import annotations

import codecs
import struct
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath

import shapefile

from sokhu.core.problems import Problem
from sokhu.documents import guard
from sokhu.documents.geo.raw import Area, Found, name_in, words
from sokhu.documents.geo.systems import system_of

_AREAS = {shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM}
_LINES = {shapefile.POLYLINE, shapefile.POLYLINEZ, shapefile.POLYLINEM}
# What a reader meets in a file that lies about its own lengths.
_BROKEN = (
    shapefile.ShapefileException, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError, EOFError,
    OverflowError, AssertionError, OSError, ArithmeticError, LookupError,
)  # fmt: skip
_ENCODINGS = {"1258": "cp1258", "1252": "cp1252", "65001": "utf-8", "ansi 1258": "cp1258", "ansi 1252": "cp1252"}


def read(package: guard.Package) -> Found:
    """Every area of the one layer in the zip. Raises Problem: geo.no_layer, geo.many_layers, document.broken, …"""
    parts = _layer(package)
    found = Found(needs_system=True)
    if "prj" in parts:
        try:
            found.system = system_of(package.read(parts["prj"]).decode("utf-8", "replace"))
        except Problem as problem:
            found.unknown = problem
    try:
        _read(package, parts, found)
    except _BROKEN as error:
        raise Problem("document.broken", found=PurePosixPath(parts["shp"]).name[:80]) from error
    return found


def _layer(package: guard.Package) -> dict[str, str]:
    """Kind of file -> its name in the zip."""
    names = [name for name in package.names() if not name.startswith("__MACOSX/")]
    layers = sorted(name for name in names if name.lower().endswith(".shp"))
    if not layers:
        raise Problem("geo.no_layer", found=", ".join(sorted(names))[:120])
    if len(layers) > 1:
        raise Problem("geo.many_layers", count=len(layers), found=", ".join(layers)[:200])
    stem = layers[0][:-4].lower()
    return {name[-3:].lower(): name for name in names if name[:-4].lower() == stem}


def _read(package: guard.Package, parts: dict[str, str], found: Found) -> None:
    table = BytesIO(package.read(parts["dbf"])) if "dbf" in parts else None
    with shapefile.Reader(
        shp=BytesIO(package.read(parts["shp"])),
        dbf=table,
        encoding=_encoding(package, parts),
        encodingErrors="replace",
    ) as reader:
        for number, shape in enumerate(reader.iterShapes()):
            properties = words(reader.record(number).as_dict().items()) if table else {}
            _add(shape, properties, found, number)


def _add(shape: shapefile.Shape, properties: dict[str, str], found: Found, number: int) -> None:
    name = name_in(properties)
    where = name or f"#{number + 1}"
    if shape.shapeType in _AREAS:
        geometry = shape.__geo_interface__
        given = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        found.add(Area(name, [[_ring(ring, found, where) for ring in polygon] for polygon in given], properties))
        return
    closed = [line for line in _lines(shape) if len(line) > 3 and line[0] == line[-1]]
    if closed:
        found.closed_lines += len(closed)
        found.add(Area(name, [[_ring(line, found, where)] for line in closed], properties))
    else:
        found.left_out += 1


def _lines(shape: shapefile.Shape) -> list[list[tuple[float, ...]]]:
    if shape.shapeType not in _LINES:
        return []
    starts = [*shape.parts, len(shape.points)]
    return [list(shape.points[start:end]) for start, end in pairwise(starts)]


def _ring(given: object, found: Found, where: str) -> list[tuple[float, float]]:
    return [found.point(place[0], place[1], where) for place in given]  # type: ignore[attr-defined]


def _encoding(package: guard.Package, parts: dict[str, str]) -> str:
    said = package.read(parts["cpg"])[:40].decode("ascii", "replace").strip().lower() if "cpg" in parts else "utf-8"
    try:
        return codecs.lookup(_ENCODINGS.get(said, said)).name
    except LookupError:
        return "utf-8"
