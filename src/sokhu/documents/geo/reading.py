"""From an uploaded file to its boundaries in WGS 84: which format, which coordinate system, what had to be mended."""

from __future__ import annotations

from collections.abc import Iterable

from sokhu.core.problems import Problem
from sokhu.documents import guard
from sokhu.documents.extracted import Limits
from sokhu.documents.geo import LIMITS, geojson, kml, placing, shapefile_zip
from sokhu.documents.geo.mending import mended
from sokhu.documents.geo.raw import Area, Found
from sokhu.documents.geo.shape import Shape
from sokhu.documents.geo.systems import System

_BARE_SHAPEFILE = b"\x00\x00\x27\x0a"
_OF_DOCUMENTS = {"document.unknown_kind", "document.picture", "document.old_doc"}


def shapes_in(
    data: bytes, name: str = "", *, crs: str | None = None, near: placing.Point | None = None, limits: Limits = LIMITS
) -> list[Shape]:
    """What `read_shapes` does, in this process: for the reading process, and for text that a person typed."""
    _must_be_readable(data, name, limits)
    found = _found(data, limits)
    if not any(ring for area in found.areas for polygon in area.polygons for ring in polygon):
        raise Problem("geo.no_area", found=found.left_out)
    system, notes = placing.system_for(found, crs, near)
    notes += placing.put_in_place(found, system, near)
    notes += _counted(found)
    shapes = [made for area in found.areas if (made := _shape(area, system, notes))]
    if not shapes:
        raise Problem("geo.no_area", found=found.left_out)
    return shapes


def _must_be_readable(data: bytes, name: str, limits: Limits) -> None:
    if data.startswith(_BARE_SHAPEFILE):
        raise Problem("geo.bare_shapefile")
    try:
        sort = guard.sort_of(data, name, limits)
    except Problem as problem:
        if problem.code in _OF_DOCUMENTS:
            raise Problem("geo.unknown_format", found=data[:4].hex(" ")) from problem
        raise
    if sort == "pdf":
        raise Problem("geo.unknown_format", found="PDF")


def _found(data: bytes, limits: Limits) -> Found:
    if data.startswith(b"PK"):
        return _unpacked(guard.package(data, limits))
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if start == b"<":
        return kml.read(data)
    if start in (b"{", b"["):
        return geojson.read(data)
    raise Problem("geo.unknown_format", found=data[:12].decode("utf-8", "replace").strip())


def _unpacked(package: guard.Package) -> Found:
    names = [name.lower() for name in package.names()]
    if any(name.endswith(".kml") for name in names):
        return kml.read_packed(package)
    return shapefile_zip.read(package)


def _counted(found: Found) -> list[Problem]:
    """What else was in the file."""
    notes = []
    if found.left_out:
        notes.append(Problem("geo.left_out", count=found.left_out))
    if found.closed_lines:
        notes.append(Problem("geo.closed_lines", count=found.closed_lines))
    return notes


def _shape(area: Area, system: System, notes: Iterable[Problem]) -> Shape | None:
    polygons, size, own = mended(area)
    if not polygons:
        return None
    return Shape(area.name, polygons, system.code, size, area.properties, (*notes, *own))
