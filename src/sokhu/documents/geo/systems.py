"""Coordinate systems that boundaries of Viet Nam come in: WGS 84 and VN-2000, in degrees or on a transverse Mercator.

Every conversion is a pipeline of our own making. A file's definition is only looked at for its datum and meridian, so
nothing that a file says (grids, pipelines, addresses) is ever opened or run, and the network is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sokhu.core.problems import Problem

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

Datum = Literal["WGS 84", "VN-2000"]
Points = list[tuple[float, float]]

# Decision 05/2007/QĐ-BTNMT (EPSG 6960), VN-2000 to WGS 84: metres, seconds of arc, parts of a million.
_SHIFT = (
    "+x=-191.90441429 +y=-39.30318279 +z=-111.45032835 +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 "
    "+s=0.252906278 +convention=coordinate_frame"
)
_SHIFTED = (
    "+step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
    f"+step +proj=helmert {_SHIFT} +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
)
_MOST_DEFINITION = 20_000  # characters; the longest that programs write have about 2,000
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.I)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:(?:[\d.]*:)?)?CRS:?84", re.I)
_DEFINITIONS = re.compile(r"\s*(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|BOUNDCRS|COMPD_CS|COMPOUNDCRS|GEODCRS)\s*\[", re.I)
_VIET_NAM_2000 = re.compile(r"viet\s*nam[ _]2000|vn[-_ ]?2000", re.I)
_WORLD_1984 = re.compile(r"world geodetic system 1984|wgs[_ ]?(?:19)?84\b", re.I)


@dataclass(frozen=True, slots=True)
class System:
    """A datum, and a meridian where the coordinates are metres east and north of it.

    meridian: degrees east; None for coordinates in degrees. scale: 0.9999 in zones of 3 degrees, 0.9996 in those of 6.
    """

    datum: Datum
    meridian: float | None = None
    scale: float = 1.0
    epsg: int | None = None

    @property
    def code(self) -> str:
        """How it is kept and chosen: "EPSG:9210", or its own parts where nobody numbered it."""
        return f"EPSG:{self.epsg}" if self.epsg else f"{self.datum}/{self.meridian}/{self.scale}"

    @property
    def name(self) -> str:
        """The same in both languages: "VN-2000, 105°45′ (3°)"."""
        if self.meridian is None:
            return self.datum
        return f"{self.datum}, {_degrees(self.meridian)} ({ {0.9999: '3°', 0.9996: '6°'}.get(self.scale, self.scale) })"

    @property
    def is_metric(self) -> bool:
        return self.meridian is not None

    def to_wgs84(self, points: Points) -> Points:
        """East and north (or longitude and latitude) as longitude and latitude; what has none comes back infinite."""
        if not points or self == WGS84:
            return points
        lons, lats = _transformer(self).transform([x for x, _ in points], [y for _, y in points])
        return list(zip(lons, lats, strict=True))

    def from_wgs84(self, points: Points) -> Points:
        """Inverse of `to_wgs84`."""
        if not points or self == WGS84:
            return points
        xs, ys = _transformer(self).transform([x for x, _ in points], [y for _, y in points], direction="INVERSE")
        return list(zip(xs, ys, strict=True))


WGS84 = System("WGS 84", epsg=4326)
VN2000 = System("VN-2000", epsg=4756)
THREE_DEGREES = 0.9999
SIX_DEGREES = 0.9996
# Central meridians of the zones of three degrees that provinces use, and the number each has in the EPSG list.
MERIDIANS = {
    102.0: 5896, 103.0: 9205, 104.0: 9206, 104.5: 9207, 104.75: 9208, 105.0: 5897, 105.5: 9209, 105.75: 9210,
    106.0: 9211, 106.25: 9212, 106.5: 9213, 107.0: 9214, 107.25: 9215, 107.5: 9216, 107.75: 5899, 108.0: 5898,
    108.25: 9217, 108.5: 9218,
}  # fmt: skip
CHOICES: tuple[System, ...] = (
    WGS84,
    *(System("VN-2000", meridian, THREE_DEGREES, epsg) for meridian, epsg in MERIDIANS.items()),
    System("VN-2000", 105.0, SIX_DEGREES, 3405),
    System("VN-2000", 111.0, SIX_DEGREES, 3406),
    VN2000,
    System("WGS 84", 105.0, SIX_DEGREES, 32648),
    System("WGS 84", 111.0, SIX_DEGREES, 32649),
)
_BY_CODE = {one.code: one for one in CHOICES}


def system_named(code: str) -> System:
    """One of `CHOICES` by its code. Raises Problem("geo.system_unknown", found, known)."""
    found = _BY_CODE.get(code.strip().upper())
    if found is None:
        raise unknown_system(code)
    return found


def zone_of(meridian: float) -> System:
    """The VN-2000 zone of three degrees around a meridian."""
    return System("VN-2000", meridian, THREE_DEGREES, MERIDIANS.get(meridian))


def system_of(definition: str) -> System:
    """What a file says of its system: "urn:ogc:def:crs:EPSG::9210", or the text of a .prj.

    Raises Problem("geo.system_unknown", found, known) for another datum or projection.
    """
    text = definition.strip().lstrip("\ufeff")
    if _CRS84.fullmatch(text):
        return WGS84
    number = _EPSG.fullmatch(text)
    if number:
        return system_named(f"EPSG:{int(number[1])}")
    if len(text) > _MOST_DEFINITION or not _DEFINITIONS.match(text):
        raise unknown_system(text)
    from pyproj import CRS
    from pyproj.exceptions import CRSError, ProjError

    try:
        return _system_of_crs(CRS.from_wkt(text), text)
    except (CRSError, ProjError) as error:
        raise unknown_system(text) from error


def unknown_system(found: str) -> Problem:
    return Problem("geo.system_unknown", found=" ".join(found.split())[:80] or "?", known=names(CHOICES))


def names(systems: Sequence[System]) -> str:
    return "; ".join(one.name for one in systems)


def _system_of_crs(crs: CRS, text: str) -> System:
    # A compound system has heights beside; a bound one says how it lies to WGS 84.
    flat = crs.sub_crs_list[0] if crs.is_compound else crs
    base = flat.source_crs if flat.is_bound else flat
    shift = list(flat.coordinate_operation.towgs84) if flat.is_bound and flat.coordinate_operation else []
    if base is None or base.geodetic_crs is None or base.prime_meridian is None or base.prime_meridian.longitude:
        raise unknown_system(text)
    datum = _datum(base.geodetic_crs, shift, text)
    if base.is_geographic:
        return VN2000 if datum == "VN-2000" else WGS84
    return _metric(base, datum, text)


def _datum(geographic: CRS, shift: list[float], text: str) -> Datum:
    """By its name; by the published shift to WGS 84 where a program kept only that."""
    said = f"{geographic.name} {geographic.datum.name if geographic.datum else ''}"
    if _VIET_NAM_2000.search(said) or [round(one, 1) for one in shift[:3]] == [-191.9, -39.3, -111.5]:
        return "VN-2000"
    if _WORLD_1984.search(said) and not any(shift) and "unknown" not in said.lower():
        return "WGS 84"
    raise unknown_system(geographic.name if geographic.name != "unknown" else text)


def _metric(base: CRS, datum: Datum, text: str) -> System:
    operation = base.coordinate_operation
    said = {one.name: float(one.value) for one in operation.params} if operation else {}
    in_metres = all(axis.unit_conversion_factor == 1.0 for axis in base.axis_info)
    usual = [said.get(name) for name in ("False easting", "False northing", "Latitude of natural origin")]
    meridian, scale = (said.get(name) for name in ("Longitude of natural origin", "Scale factor at natural origin"))
    is_mercator = operation is not None and operation.method_name == "Transverse Mercator"
    if not (is_mercator and in_metres and usual == [500_000.0, 0.0, 0.0]) or meridian is None or scale is None:
        raise unknown_system(base.name if base.name != "unknown" else text)
    for one in CHOICES:
        if one.datum == datum and (one.meridian, one.scale) == (round(meridian, 6), round(scale, 8)):
            return one
    return System(datum, round(meridian, 6), round(scale, 8))


@cache
def _transformer(system: System) -> Transformer:
    from pyproj import Transformer

    metric = (
        f"+step +inv +proj=tmerc +lat_0=0 +lon_0={system.meridian} +k={system.scale} +x_0=500000 +y_0=0 +ellps=WGS84 "
        if system.is_metric
        else "+step +proj=unitconvert +xy_in=deg +xy_out=rad "
    )
    shifted = _SHIFTED if system.datum == "VN-2000" else ""
    return Transformer.from_pipeline(f"+proj=pipeline {metric}{shifted}+step +proj=unitconvert +xy_in=rad +xy_out=deg")


def _degrees(value: float) -> str:
    whole = int(value)
    return f"{whole}°{round((value - whole) * 60):02d}′"
