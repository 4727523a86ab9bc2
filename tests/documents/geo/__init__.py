"""Boundaries made for the tests: squares and rings about Hải Phòng, written in the formats that people send."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import shapefile
from pyproj import CRS

Ring = list[tuple[float, float]]

SQUARE: Ring = [(106.60, 20.80), (106.62, 20.80), (106.62, 20.82), (106.60, 20.82), (106.60, 20.80)]
HOLE: Ring = [(106.605, 20.805), (106.605, 20.81), (106.61, 20.81), (106.61, 20.805), (106.605, 20.805)]


def geojson(*polygons: Iterable[Ring], name: str = "KCN Thử", **members: Any) -> bytes:
    """A file with one feature of these polygons (rings each)."""
    geometry = {"type": "MultiPolygon", "coordinates": [list(polygon) for polygon in polygons]}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **members}).encode()


def kml(*rings: Ring, name: str = "KCN Thử", head: str = "") -> bytes:
    def boundary(side: str, ring: Ring) -> str:
        text = " ".join(f"{x},{y},0" for x, y in ring)
        return f"<{side}><LinearRing><coordinates>{text}</coordinates></LinearRing></{side}>"

    outer, *holes = rings
    inside = boundary("outerBoundaryIs", outer) + "".join(boundary("innerBoundaryIs", hole) for hole in holes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>'
        f"<Placemark><name>{name}</name><Polygon>{inside}</Polygon></Placemark></Folder></Document></kml>"
    ).encode()


def archive(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def layer(*rings: Ring, name: str = "KCN Thử", epsg: int | None = 4326, prj: str = "") -> dict[str, bytes]:
    """The parts of a shapefile; outer rings run with the clock there, holes against it."""
    shp, shx, dbf = BytesIO(), BytesIO(), BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=shapefile.POLYGON) as writer:
        writer.field("TEN", "C", 60)
        outer, *holes = rings
        writer.poly([list(reversed(outer)), *(list(reversed(hole)) for hole in holes)])
        writer.record(name)
    parts = {"khu.shp": shp.getvalue(), "khu.shx": shx.getvalue(), "khu.dbf": dbf.getvalue()}
    text = prj or (CRS.from_epsg(epsg).to_wkt("WKT1_ESRI") if epsg else "")
    return parts | ({"khu.prj": text.encode()} if text else {})
