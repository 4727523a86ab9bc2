"""Files that are broken or built to hurt: every one ends in boundaries or in a Problem that has its sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.geo import SQUARE, archive, geojson, kml, layer
from sokhu.core.problems import Problem
from sokhu.documents.geo import Shape, read_shapes
from sokhu.documents.geo.raw import MOST_POINTS
from sokhu.documents.geo.reading import shapes_in
from sokhu.kit.wording import sentences

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
PARTS = layer(SQUARE)


pytestmark = pytest.mark.filterwarnings("ignore::shapefile.PossiblyCorruptFileHeader")


def refusal(data: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        shapes_in(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b"%PDF-1.7", "geo.unknown_format"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "geo.unknown_format"),
        (b"0\nSECTION\n2\nENTITIES", "geo.unknown_format"),
        (PARTS["khu.shp"], "geo.bare_shapefile"),
        (archive({"a.txt": b"abc"}), "geo.no_layer"),
        (archive(PARTS | {"hai.shp": b""}), "geo.many_layers"),
        (archive({**PARTS, "khu.shp": PARTS["khu.shp"][:150]}), "document.broken"),
        (archive({**PARTS, "khu.dbf": b"\x03" + b"\xff" * 40}), "document.broken"),
        (archive(PARTS)[:200], "document.broken"),
        (b"[" * 100_000, "geo.not_geojson"),
        (b"{", "geo.not_geojson"),
        (b'{"type": "Topology"}', "geo.not_geojson"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', "geo.not_a_coordinate"),
        (b'{"type": "Polygon", "coordinates": [[[1e400, 1]]]}', "geo.not_a_coordinate"),
        (b'{"type": "Polygon", "coordinates": [[["106", 20]]]}', "geo.not_a_coordinate"),
        (b'{"type": "Polygon", "coordinates": [[[true, false]]]}', "geo.not_a_coordinate"),
        (b'{"type": "Polygon", "coordinates": [[[1' + b"0" * 5000 + b", 1]]]}", "geo.not_geojson"),
        (b"<gpx/>", "geo.not_kml"),
        (b"<kml><Placemark>", "geo.not_kml"),
        (kml(SQUARE).replace(b"106.6,", b"106.6 ,"), "geo.not_a_coordinate"),
        (kml(SQUARE).replace(b"106.6,", b"nan,"), "geo.not_a_coordinate"),
        (kml(SQUARE, head=f"<!DOCTYPE kml [{LAUGHS}]>", name="&l9;"), "geo.not_kml"),
        (kml(SQUARE, head='<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>', name="&x;"), "geo.entities"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_files_that_cannot_be_read_are_told_for_what_they_are(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(archive(PARTS | {"khu.cpg": b"0" * 200_000_000})).code == "document.bomb"


def test_a_refusal_names_the_file() -> None:
    with pytest.raises(Problem) as caught:
        read_shapes(b"<gpx/>", "khu.kml")
    assert (caught.value.code, caught.value.where) == ("geo.not_kml", "khu.kml")


def test_paths_in_a_zip_lead_nowhere() -> None:
    parts = {f"../../{name}": data for name, data in PARTS.items()}
    assert shapes_in(archive(parts))[0].area_ha > 461


def test_too_many_points_are_refused() -> None:
    ring = [[106.6, 20.8]] * (MOST_POINTS + 1)
    data = json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    assert refusal(data).code == "geo.too_many_points"


def test_a_shapefile_that_lies_about_its_lengths_is_refused() -> None:
    shp = bytearray(PARTS["khu.shp"])
    shp[144:152] = b"\xff\xff\xff\x7f\xff\xff\xff\x7f"  # parts and points of the first record
    assert refusal(archive({**PARTS, "khu.shp": bytes(shp)})).code == "document.broken"


def read_or_refused(data: bytes, **options: Any) -> tuple[list[Shape], str]:
    try:
        return shapes_in(data, **options), ""
    except Problem as problem:
        return [], problem.code


def ends_well(data: bytes, **options: Any) -> None:
    shapes, code = read_or_refused(data, **options)
    assert not code or code in sentences()
    for shape in shapes:
        assert shape.area_ha >= 0
        assert all(ring[0] == ring[-1] for polygon in shape.polygons for ring in polygon)


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.one_of(
    st.floats(100, 110), st.floats(8, 24), st.floats(), st.integers(), st.sampled_from([0, 1e7, -180, 5e5, 2.3e6])
)
RINGS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8)
NEAR = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda at: (106.6 + at[0] / 100, 20.8 + at[1] / 100))
CODES = st.sampled_from([None, "EPSG:4326", "EPSG:4756", "EPSG:9210", "EPSG:3405", "EPSG:1"])


@FUZZ
@given(rings=st.lists(RINGS, max_size=3), crs=CODES)
def test_any_numbers_end_in_boundaries_or_a_problem(rings: Any, crs: str | None) -> None:
    ends_well(geojson(rings), crs=crs)


@FUZZ
@given(polygons=st.lists(st.lists(st.lists(NEAR, min_size=3, max_size=9), min_size=1, max_size=3), max_size=3))
def test_any_crossing_rings_on_a_lattice_are_mended_into_what_fits_their_box(polygons: Any) -> None:
    data = geojson(*polygons)
    ends_well(data)
    shapes, _ = read_or_refused(data)
    assert sum(shape.area_ha for shape in shapes) <= 4160  # the whole lattice has 4,149 ha


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "geometries", "coordinates", "properties", "crs", "name"]),
            st.one_of(
                inner, st.sampled_from(["Polygon", "Feature", "FeatureCollection", "MultiPolygon", "LineString"])
            ),
        ),
    ),
    max_leaves=20,
)


@FUZZ
@given(whole=JSON)
def test_any_json_ends_in_boundaries_or_a_problem(whole: Any) -> None:
    ends_well(json.dumps(whole).encode())


@FUZZ
@given(data=st.data())
def test_a_shapefile_with_changed_bytes_ends_in_boundaries_or_a_problem(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(PARTS)))
    changed = bytearray(PARTS[part])
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    ends_well(archive({**PARTS, part: bytes(changed)}))


@FUZZ
@given(data=st.data())
def test_kml_with_changed_bytes_ends_in_boundaries_or_a_problem(data: st.DataObject) -> None:
    changed = bytearray(kml(SQUARE))
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    ends_well(bytes(changed))
