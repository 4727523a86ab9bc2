"""Boundaries from files: the same square in every format and system, and what is told when it is not simple."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from documents.geo import HOLE, SQUARE, archive, geojson, kml, layer
from sokhu.core.problems import Problem
from sokhu.documents.geo import read_shapes
from sokhu.documents.geo.measure import area_ha, grid_area_ha
from sokhu.documents.geo.reading import shapes_in
from sokhu.documents.geo.shape import Shape, polygons_of
from sokhu.documents.geo.shape import geojson as written
from sokhu.documents.geo.systems import zone_of

SQUARE_HA = Decimal("461.0217")
TRANG_DUE = (106.61, 20.81)
ON_105_45 = zone_of(105.75).from_wgs84(SQUARE)


def only(shapes: list[Shape]) -> Shape:
    assert len(shapes) == 1
    return shapes[0]


def notes(shape: Shape) -> list[str]:
    return [note.code for note in shape.notes]


def refusal(data: bytes, **options: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        shapes_in(data, **options)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        geojson([SQUARE]),
        json.dumps({"type": "Polygon", "coordinates": [SQUARE]}).encode("utf-16"),
        kml(SQUARE),
        archive({"files/x.kml": b"<kml/>", "doc.kml": kml(SQUARE)}),
        archive(layer(SQUARE)),
        archive({f"khu/{name}": data for name, data in layer(SQUARE).items()} | {"__MACOSX/khu.shp": b"?"}),
        archive(layer(ON_105_45, epsg=9210)),
        geojson([ON_105_45], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}}),
    ],
    ids=["geojson", "bare geometry in utf-16", "kml", "kmz", "shapefile", "shapefile in a folder", "vn-2000", "crs"],
)
def test_the_same_square_is_read_from_every_format_and_system(data: bytes) -> None:
    shape = only(shapes_in(data))
    assert abs(shape.area_ha - SQUARE_HA) < Decimal("0.001")
    assert shape.bounds == pytest.approx((106.60, 20.80, 106.62, 20.82), abs=1e-7)
    assert not shape.notes


def test_the_reading_process_gives_what_reading_here_gives() -> None:
    data = geojson([SQUARE, HOLE], name="KCN Đình Vũ")
    assert read_shapes(data, "khu.geojson") == shapes_in(data)
    assert shapes_in(data)[0].name == "KCN Đình Vũ"


def test_names_and_attributes_come_along() -> None:
    shape = only(shapes_in(archive(layer(SQUARE, name="KCN Tràng Duệ"))))
    assert (shape.name, shape.properties) == ("KCN Tràng Duệ", {"TEN": "KCN Tràng Duệ"})
    assert only(shapes_in(kml(SQUARE, name="Khu B"))).name == "Khu B"


def test_a_hole_is_taken_off_in_every_format() -> None:
    sizes = {
        only(shapes_in(data)).area_ha
        for data in (geojson([SQUARE, HOLE]), kml(SQUARE, HOLE), archive(layer(SQUARE, HOLE)))
    }
    assert sizes == {only(shapes_in(geojson([SQUARE]))).area_ha - only(shapes_in(geojson([HOLE]))).area_ha}


def test_metres_without_a_system_are_never_guessed_and_the_nearest_candidate_comes_first() -> None:
    problem = refusal(geojson([ON_105_45]), near=TRANG_DUE)
    assert problem.code == "geo.looks_projected"
    assert str(problem.params["candidates"]).startswith("VN-2000, 105°45′ (3°) (0 km); ")
    assert only(shapes_in(geojson([ON_105_45]), crs="EPSG:9210", near=TRANG_DUE)).notes == ()


def test_degrees_of_a_shapefile_without_prj_may_be_either_datum_and_are_asked_for() -> None:
    data = archive(layer(SQUARE, epsg=None))
    assert refusal(data).code == "geo.system_missing"
    old, new = only(shapes_in(data, crs="EPSG:4756")), only(shapes_in(data, crs="EPSG:4326"))
    east, north = (old.bounds[0] - new.bounds[0]) * 104_000, (old.bounds[1] - new.bounds[1]) * 110_700
    assert 150 < (east**2 + north**2) ** 0.5 < 250


def test_a_system_that_is_not_on_the_list_is_told_and_can_be_chosen_over() -> None:
    data = archive(
        layer(
            SQUARE,
            prj='GEOGCS["GCS_Indian_1960",DATUM["D_Indian_1960",SPHEROID["Everest",6377276.345,300.8017]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
        )
    )
    assert refusal(data).code == "geo.system_unknown"
    assert only(shapes_in(data, crs="EPSG:4326")).system == "EPSG:4326"


def test_a_choice_against_the_file_is_noted() -> None:
    assert notes(only(shapes_in(archive(layer(SQUARE)), crs="EPSG:4756"))) == ["geo.system_overridden"]


def test_a_wrong_meridian_is_noted_by_how_far_it_leads() -> None:
    shape = only(shapes_in(geojson([ON_105_45]), crs="EPSG:9209", near=TRANG_DUE))
    assert notes(shape) == ["geo.far"]
    assert shape.notes[0].params["km"] == 26


@pytest.mark.parametrize(
    ("ring", "crs"), [(SQUARE, None), (ON_105_45, "EPSG:9210")], ids=["latitude first", "north first"]
)
def test_axes_the_wrong_way_round_are_turned_and_told(ring: list[tuple[float, float]], crs: str | None) -> None:
    shape = only(shapes_in(geojson([[(y, x) for x, y in ring]]), crs=crs))
    assert notes(shape) == ["geo.axes_turned"]
    assert abs(shape.area_ha - SQUARE_HA) < Decimal("0.001")


@pytest.mark.parametrize(
    ("ring", "crs", "code"),
    [
        ([(2.3, 48.8), (2.4, 48.8), (2.4, 48.9), (2.3, 48.8)], None, "geo.outside"),
        (SQUARE, "EPSG:9210", "geo.other_coordinates"),
        ([(0.0, 0.0), (9e6, 0.0), (9e6, 9e6), (0.0, 0.0)], "EPSG:9210", "geo.outside"),
        ([(106.6, 20.8), (106.7, 20.8), (106.6, 20.8)], None, "geo.no_area"),
        ([(106.6, 20.8), (106.7, 20.9), (106.8, 21.0), (106.6, 20.8)], None, "geo.no_area"),
        ([], None, "geo.no_area"),
    ],
    ids=["Paris", "degrees as metres", "off the earth", "two corners", "a line there and back", "nothing"],
)
def test_what_cannot_be_a_boundary_in_viet_nam_is_refused(ring: Any, crs: str | None, code: str) -> None:
    assert refusal(geojson([ring]), crs=crs).code == code


def test_a_ring_that_crosses_itself_is_taken_apart_and_told() -> None:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    shape = only(shapes_in(geojson([bow])))
    assert notes(shape) == ["geo.mended"]
    assert len(shape.polygons) == 2
    assert abs(shape.area_ha - SQUARE_HA / 2) < Decimal("0.001")


def test_land_that_two_parts_cover_counts_once() -> None:
    shape = only(shapes_in(geojson([SQUARE], [SQUARE])))
    assert notes(shape) == ["geo.mended"]
    assert shape.area_ha == SQUARE_HA


def test_an_open_ring_is_closed_and_told() -> None:
    shape = only(shapes_in(geojson([SQUARE[:-1]])))
    assert notes(shape) == ["geo.ring_closed"]
    assert shape.area_ha == SQUARE_HA


def test_closed_lines_are_read_as_areas_and_the_rest_is_counted() -> None:
    line = {"type": "LineString", "coordinates": SQUARE}
    dot = {"type": "Point", "coordinates": [106.6, 20.8]}
    shape = only(shapes_in(json.dumps({"type": "GeometryCollection", "geometries": [line, dot]}).encode()))
    assert notes(shape) == ["geo.left_out", "geo.closed_lines"]
    assert shape.area_ha == SQUARE_HA


def test_areas_are_of_the_ellipsoid_and_near_those_of_the_plane() -> None:
    """A square of one kilometre on the plane of 105°45′ both ways: scale 0.9999 is 2 parts in 10^4 of area."""
    at = [(500_000.0, 2_300_000.0), (501_000.0, 2_300_000.0), (501_000.0, 2_301_000.0), (500_000.0, 2_301_000.0)]
    polygon = ((*zone_of(105.75).to_wgs84([*at, at[0]]),),)
    assert grid_area_ha([polygon], 105.75) == Decimal("100")
    assert abs(area_ha([polygon]) - Decimal("100.02")) < Decimal("0.002")


def test_a_boundary_is_kept_as_geojson_and_comes_back_the_same() -> None:
    shape = only(shapes_in(geojson([SQUARE, HOLE])))
    assert polygons_of(written(shape.polygons)) == shape.polygons
