"""Boundaries out of files: GeoJSON, KML, KMZ and zipped shapefiles, in WGS 84 or VN-2000. Nothing here knows Django.

What measures and mends (pyproj, shapely) is loaded by who needs it: the reading process, not the web server's start.
"""

from __future__ import annotations

from sokhu.core.problems import Problem
from sokhu.documents.apart import read_apart
from sokhu.documents.extracted import Limits
from sokhu.documents.geo.shape import Shape, from_json
from sokhu.documents.geo.systems import CHOICES, System, system_named

__all__ = ["CHOICES", "LIMITS", "Shape", "System", "read_shapes", "system_named"]

LIMITS = Limits(unpacked_bytes=100_000_000)


def read_shapes(
    data: bytes, name: str, *, crs: str | None = None, near: tuple[float, float] | None = None, limits: Limits = LIMITS
) -> list[Shape]:
    """The boundaries of a GeoJSON, KML, KMZ or zipped shapefile, in WGS 84.

    crs: code of the system chosen by the user (`systems.CHOICES`), which goes before what the file says; None takes the
    file's. near: longitude and latitude about which the boundary should lie; candidates are sorted by it and a result
    far off is told. Read in a process with limits; safe to call from a thread of a web server.
    Raises Problem: geo.looks_projected, .system_missing, .system_unknown, .outside, .no_area and those of the formats.
    """
    try:
        return from_json(read_apart("geo", data, name, limits, {"crs": crs, "near": near}), name)
    except Problem as problem:
        raise Problem(problem.code, problem.where or name, **problem.params) from problem
