"""VN-2000 and WGS 84: the published shift, every meridian, definitions that files carry."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod, network

from sokhu.core.problems import Problem
from sokhu.documents.geo.systems import CHOICES, MERIDIANS, VN2000, WGS84, System, system_named, system_of, zone_of

GEOD = Geod(ellps="WGS84")
IN_VIET_NAM = st.tuples(st.floats(102.2, 109.4), st.floats(8.4, 23.3))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(GEOD.inv(*one, *other)[2])


@pytest.mark.parametrize(
    ("meridian", "east", "north", "lat", "lon"),
    [
        # A point in Quảng Trị, from a paper on the parameters of 2007 (height 846 m).
        (106.25, 546151.8072, 1855759.3584, 16.77839876, 106.68477742),
        # Two points that converters in use give, Đồng Tháp and TP.HCM; they turn the other way by 0.02 seconds.
        (105.0, 557975.802, 1142228.861, 10.32843706, 105.53115606),
        (105.75, 600997.0, 1189964.0, 10.75909134, 106.67523783),
    ],
)
def test_published_points_come_out_within_a_metre(
    meridian: float, east: float, north: float, lat: float, lon: float
) -> None:
    (place,) = zone_of(meridian).to_wgs84([(east, north)])
    assert metres(place, (lon, lat)) < 1
    (back,) = zone_of(meridian).from_wgs84([(lon, lat)])
    assert math.dist(back, (east, north)) < 1


@settings(max_examples=60, deadline=None)
@given(place=IN_VIET_NAM, system=st.sampled_from(CHOICES))
def test_there_and_back_is_the_same_place_to_the_centimetre(place: tuple[float, float], system: System) -> None:
    (back,) = system.to_wgs84(system.from_wgs84([place]))
    assert metres(place, back) < 0.01


@pytest.mark.parametrize("system", [one for one in CHOICES if one.epsg], ids=lambda one: one.code)
def test_our_pipeline_agrees_with_the_epsg_list(system: System) -> None:
    from pyproj import Transformer

    place = (106.68, 16.78)  # where the list offers one shift only
    listed = Transformer.from_crs("EPSG:4326", f"EPSG:{system.epsg}", always_xy=True).transform(*place)
    (ours,) = system.from_wgs84([place])
    assert math.dist(ours, listed) < (0.01 if system.is_metric else 1e-7)


@pytest.mark.parametrize("version", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
@pytest.mark.parametrize("system", CHOICES, ids=lambda one: one.code)
def test_a_definition_is_recognised_in_every_dialect(system: System, version: str) -> None:
    assert system_of(CRS.from_epsg(system.epsg).to_wkt(version)) == system


def test_a_definition_by_number_or_by_the_published_shift_is_recognised() -> None:
    assert system_of("urn:ogc:def:crs:OGC:1.3:CRS84") == WGS84
    assert system_of("urn:ogc:def:crs:EPSG::4756") == VN2000
    shift = "-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278"
    bound = CRS.from_proj4(f"+proj=tmerc +lon_0=105.75 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84={shift} +units=m")
    assert system_of(bound.to_wkt("WKT1_GDAL")) == zone_of(105.75)


def test_a_meridian_that_nobody_numbered_is_read_as_it_is_written() -> None:
    text = CRS.from_epsg(9210).to_wkt("WKT1_ESRI").replace("105.75", "106.75")
    system = system_of(text)
    assert (system.datum, system.meridian, system.code) == ("VN-2000", 106.75, "VN-2000/106.75/0.9999")


@pytest.mark.parametrize(
    "definition",
    [
        CRS.from_epsg(3857).to_wkt("WKT1_ESRI"),
        CRS.from_epsg(3148).to_wkt("WKT1_ESRI"),  # Indian 1960: hundreds of metres away
        CRS.from_epsg(2044).to_wkt("WKT1_ESRI"),  # Hanoi 1972
        CRS.from_epsg(9210).to_wkt("WKT1_ESRI").replace('"Meter",1.0', '"Foot",0.3048'),
        "EPSG:27700",
        "+proj=tmerc +nadgrids=/etc/passwd",
        "PROJCS[" * 50,
        "",
    ],
)
def test_another_datum_projection_or_unit_is_refused_with_the_choices(definition: str) -> None:
    with pytest.raises(Problem) as caught:
        system_of(definition)
    assert caught.value.code == "geo.system_unknown"
    assert "VN-2000, 105°45′ (3°)" in str(caught.value.params["known"])


def test_every_choice_has_a_name_of_its_own_and_is_found_by_its_code() -> None:
    assert len({one.name for one in CHOICES}) == len(CHOICES)
    assert [system_named(one.code.lower()) for one in CHOICES] == list(CHOICES)
    assert {one.meridian for one in CHOICES if one.scale == 0.9999} == set(MERIDIANS)


def test_coordinates_are_never_looked_up_over_the_network() -> None:
    assert not network.is_network_enabled()
