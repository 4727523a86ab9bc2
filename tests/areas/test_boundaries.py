"""Boundaries of zones: kept with their file, held against decisions and neighbours, one after another."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from documents.geo import HOLE, SQUARE, geojson
from factories import reach
from sokhu.areas.zones import boundaries
from sokhu.areas.zones.models import Boundary, Zone
from sokhu.areas.zones.registry import BOUNDARIES, DECISIONS, PLOTS, ZONES
from sokhu.core.problems import Problem
from sokhu.documents.geo import Shape
from sokhu.documents.geo.reading import shapes_in
from sokhu.kit.registers.actions import change, create
from sokhu.kit.registers.history import history
from sokhu.kit.sealing.queries import verify

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
HA = 1_000_000
EAST = [(lon + 0.01, lat) for lon, lat in SQUARE]
FAR = [(lon + 0.5, lat) for lon, lat in SQUARE]


def a_zone(name: str = "KCN Ranh Giới", **values: Any) -> Zone:
    given: dict[str, Any] = {"name": name, "kind": "KCN", "province": "province/hai-phong-2025"}
    zone: Zone = create(ZONES, reach("an"), given | values, reason="thử")
    return zone


def a_decision(zone: Zone, number: str, day: date, ha: int | None) -> Any:
    values = {"zone": zone, "kind": "establish", "number": number, "day": day, "area": ha and ha * HA}
    return create(DECISIONS, reach("an"), values, reason="thử")


def shape(*rings: Any, name: str = "") -> Shape:
    (found,) = shapes_in(geojson(list(rings), name=name))
    return found


def a_boundary(zone: Zone, *rings: Any, starts: date = date(2020, 1, 1), decision: Any = None) -> Boundary:
    (kept,) = boundaries.keep(
        reach("an"), zone, {None: shape(*rings)}, starts=starts, decision=decision, file=("ranh.geojson", b"ranh"),
        reason="thử",
    )  # fmt: skip
    return kept


def test_a_boundary_is_kept_with_its_area_its_box_and_the_digest_of_its_file() -> None:
    kept = a_boundary(a_zone(), SQUARE, HOLE)
    found = Boundary.objects.get(pk=kept.pk)
    assert (found.area, found.system, found.file_name) == (432_207_400, "EPSG:4326", "ranh.geojson")
    assert (found.west, found.north, len(found.file_digest)) == (1_066_000_000, 208_200_000, 64)
    assert json.loads(found.geometry)["type"] == "MultiPolygon"
    assert [one.reason for one in history(BOUNDARIES, found.pk)] == ["thử"]
    assert verify().broken is None


def test_an_outline_that_is_typed_is_measured_anew() -> None:
    kept = a_boundary(a_zone(), SQUARE)
    field: Any = BOUNDARIES.field("geometry")
    typed = json.dumps({"type": "Polygon", "coordinates": [HOLE]})
    changed = change(BOUNDARIES, reach("an"), kept.pk, {"geometry": field.read(typed)}, reason="vẽ lại")
    assert changed.area == 28_814_300
    with pytest.raises(Problem) as caught:
        field.read("{}")
    assert caught.value.code == "geo.not_geojson"


def test_boundaries_follow_each_other_and_each_day_has_its_own() -> None:
    zone = a_zone()
    old, new = a_boundary(zone, SQUARE), a_boundary(zone, SQUARE, HOLE, starts=date(2024, 5, 1))
    an = reach("an")
    assert boundaries.of_zone(an, zone) == [new, old]
    days = [date(2019, 12, 31), date(2024, 4, 30), date(2024, 5, 1)]
    found = [list(boundaries.on_day(an, day).filter(zone=zone)) for day in days]
    assert found == [[], [old], [new]]


def test_two_boundaries_of_one_zone_do_not_start_on_one_day() -> None:
    zone = a_zone()
    a_boundary(zone, SQUARE)
    with pytest.raises(Problem) as caught:
        a_boundary(zone, HOLE)
    assert caught.value.code == "register.possible_duplicate"


def test_a_boundary_is_held_against_its_decision_else_the_last_before_it_else_the_zone() -> None:
    zone = a_zone(area=470 * HA)
    plain = a_boundary(zone, SQUARE)
    assert boundaries.checked(plain, zone, []).decided == 470 * HA
    decisions = [a_decision(zone, "1/QĐ", date(2015, 1, 1), 461), a_decision(zone, "2/QĐ", date(2022, 1, 1), 300)]
    by_the_first = boundaries.checked(plain, zone, decisions)
    assert (by_the_first.decided, by_the_first.finding) == (461 * HA, None)
    own = a_boundary(zone, SQUARE, starts=date(2022, 2, 1), decision=decisions[1])
    found = boundaries.checked(own, zone, decisions)
    assert found.difference == 161_021_700
    assert found.finding is not None
    assert found.finding.params["difference"] == Decimal("161.02")


def test_zones_that_share_land_are_found_with_the_hectares_and_a_park_in_its_economic_zone_is_none() -> None:
    an, day = reach("an"), date(2024, 1, 1)
    zone, beside, away = a_zone("KCN A"), a_zone("KCN B"), a_zone("KCN C")
    whole = a_zone("KKT D", kind="KKT-VB")
    inside = a_zone("KCN E", inside=whole)
    for one, ring in ((beside, EAST), (away, FAR), (whole, SQUARE)):
        a_boundary(one, ring)
    ours = a_boundary(zone, SQUARE)
    near = boundaries.neighbours(an, zone, (ours.west, ours.south, ours.east, ours.north), day)
    assert {one.zone.name for one in near} == {"KCN B", "KKT D"}
    shared = boundaries.overlapping(zone, shape(SQUARE).polygons, near)
    assert {(one.zone.name, round(pair.area_ha)) for one, pair in shared} == {("KCN B", 231), ("KKT D", 461)}
    assert [one.zone.name for one, _pair in boundaries.overlapping(inside, shape(SQUARE).polygons, near)] == ["KCN B"]


def test_shapes_go_to_the_plots_whose_code_they_bear() -> None:
    zone = a_zone()
    plots = [
        create(PLOTS, reach("an"), {"zone": zone, "code": code, "area": 461 * HA}, reason="thử")
        for code in ("A1", "A2")
    ]
    shapes = [shape(SQUARE, name="a1 "), shape(EAST, name="B7"), shape(EAST, name="A2"), shape(FAR, name="A2")]
    assert boundaries.plots_named(reach("an"), zone, shapes) == {plots[0]: shapes[0]}
    (kept,) = boundaries.keep(
        reach("an"), zone, {plots[0]: shapes[0]}, starts=date(2024, 1, 1), decision=None, file=("lo.zip", b""),
        reason="thử",
    )  # fmt: skip
    assert boundaries.of_plots(reach("an"), zone, date(2024, 1, 1)) == [kept]
    assert boundaries.of_zone(reach("an"), zone) == []
    assert boundaries.checked(kept, zone, []).finding is None


def test_a_plot_is_held_against_its_own_area_and_its_zones_boundary() -> None:
    zone = a_zone()
    whole = a_boundary(zone, SQUARE)
    for code, ring, area in (("A1", HOLE, 28_800_000), ("A2", EAST, 400 * HA)):
        plot = create(PLOTS, reach("an"), {"zone": zone, "code": code, "area": area}, reason="thử")
        found, day = {plot: shape(ring)}, date(2024, 1, 1)
        boundaries.keep(reach("an"), zone, found, starts=day, decision=None, file=("lo", b""), reason="thử")
    plots = boundaries.of_plots(reach("an"), zone, date(2024, 1, 1))
    inside, half_out = boundaries.drawn_plots(plots, zone, boundaries.polygons_of(whole.geometry))
    assert (inside.sticks_out, inside.checked.finding) == (False, None)
    assert half_out.sticks_out
    assert round(half_out.outside_ha) == 231
    assert half_out.checked.difference == 61_021_700


def test_all_shapes_of_a_file_together_count_shared_land_once() -> None:
    both = boundaries.together([shape(SQUARE), shape(EAST)])
    assert abs(both.area_ha - Decimal("691.53")) < Decimal("0.01")


def test_boundaries_go_out_as_geojson_and_come_in_the_same() -> None:
    zone = a_zone()
    kept = a_boundary(zone, SQUARE, HOLE)
    text = boundaries.as_features([kept])
    (again,) = shapes_in(text.encode())
    assert (again.name, again.polygons, again.notes) == (zone.name, shape(SQUARE, HOLE).polygons, ())
    assert json.loads(text)["features"][0]["properties"]["area_ha"] == 432.2074


def test_another_board_may_read_a_boundary_and_not_keep_one() -> None:
    zone = a_zone()
    a_boundary(zone, SQUARE)
    assert len(boundaries.of_zone(reach("chi"), zone)) == 1
    found, day = {None: shape(EAST)}, date(2024, 1, 1)
    with pytest.raises(Problem) as caught:
        boundaries.keep(reach("chi"), zone, found, starts=day, decision=None, file=("x", b""), reason="thử")
    assert caught.value.code.startswith("access.")
