"""A boundary on screen: from a file to the drawing, its history, its neighbours, and out again."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.geo import SQUARE, geojson
from sokhu.areas.accounts.models import User
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.areas.zones import boundaries
from sokhu.areas.zones.models import Boundary, Zone
from sokhu.areas.zones.registry import PLOTS, ZONES
from sokhu.documents.geo.reading import shapes_in
from sokhu.documents.geo.systems import zone_of
from sokhu.kit.registers.actions import create
from web.conftest import Login
from web.steps import OFFICER, STRANGER, said

pytestmark = pytest.mark.usefixtures("book")
IN_METRES = zone_of(105.75).from_wgs84(SQUARE)
MOVED = [(lon + 0.01, lat) for lon, lat in SQUARE]


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


def a_zone(an: Reach, name: str = "KCN Ranh Giới") -> Zone:
    values = {"name": name, "kind": "KCN", "province": "province/hai-phong-2025", "area": 470_000_000}
    zone: Zone = create(ZONES, an, values, reason="thử")
    return zone


def a_boundary(an: Reach, zone: Zone, ring: Any = SQUARE, starts: date = date(2020, 1, 1)) -> Boundary:
    (shape,) = shapes_in(geojson([ring]))
    (kept,) = boundaries.keep(an, zone, {None: shape}, starts=starts, decision=None, file=("a", b""), reason="thử")
    return kept


def sent(client: Client, zone: Zone, data: bytes, name: str = "khu.geojson") -> str:
    """The page on which the file is seen."""
    answer = client.post(reverse("boundary_new", args=[zone.pk]), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_file_in_metres_is_asked_for_its_system_then_drawn_and_kept(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    page = sent(client, zone, geojson([IN_METRES]))
    asked = client.get(page)
    assert asked.status_code == 422
    assert "tính bằng mét" in said(asked)
    first = re.search(r'<option value="(EPSG:[0-9]+)"', asked.content.decode())
    assert first is not None
    seen = client.get(page, {"he": "EPSG:9210"})
    assert "461,02 ha" in said(seen)
    assert "quyết định ghi 470 ha: lệch -8,98 ha" in said(seen)
    assert 'class="new"' in seen.content.decode()
    kept = client.post(page, {"he": "EPSG:9210", "hinh": "0", "tu": "5/4/2024", "ly-do": "hồ sơ mốc giới"}, follow=True)
    assert "Đã ghi ranh giới 461,02 ha." in said(kept)
    found = Boundary.objects.get(zone=zone)
    assert (found.starts, found.system, found.file_name) == (date(2024, 4, 5), "EPSG:9210", "khu.geojson")


def test_a_boundary_without_a_day_or_a_reason_is_not_kept(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    page = sent(client, zone, geojson([SQUARE]))
    for typed in ({"tu": "", "ly-do": "x"}, {"tu": "1/1/2024", "ly-do": " "}, {"tu": "mai", "ly-do": "x"}):
        assert client.post(page, typed).status_code == 422
    assert not Boundary.objects.filter(zone=zone).exists()


def test_shapes_named_like_plots_become_the_plots_boundaries(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    for code in ("A1", "A2"):
        create(PLOTS, an, {"zone": zone, "code": code, "area": 461_000_000}, reason="thử")
    features = [json.loads(geojson([ring], name=name))["features"][0] for ring, name in ((SQUARE, "A1"), (MOVED, "A2"))]
    page = sent(client, zone, json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert "Mỗi lô một ranh giới" in said(client.get(page))
    client.post(page, {"hinh": "lo", "tu": "1/1/2024", "ly-do": "đo đạc"})
    assert {one.plot.code for one in Boundary.objects.filter(zone=zone).select_related("plot") if one.plot} == {
        "A1",
        "A2",
    }


def test_a_file_that_is_none_is_refused_where_it_was_sent(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    assert client.post(reverse("boundary_new", args=[zone.pk])).status_code == 422
    page = sent(client, zone, b"<gpx/>", "khu.kml")
    answer = client.get(page)
    assert answer.status_code == 422
    assert "Không đọc được KML" in said(answer)


def test_nobody_else_sees_a_file_that_was_sent_and_another_board_sends_none(logged_in: Login, an: Reach) -> None:
    zone = a_zone(an)
    page = sent(logged_in(OFFICER), zone, geojson([SQUARE]))
    assert logged_in(STRANGER).get(page).status_code in (403, 404)
    assert logged_in(STRANGER).get(reverse("boundary_new", args=[zone.pk])).status_code == 403
    assert logged_in(STRANGER).get(reverse("boundary", args=[zone.pk])).status_code == 200


def test_the_page_shows_before_and_after_neighbours_overlaps_and_the_country_with_its_islands(
    logged_in: Login, an: Reach
) -> None:
    zone, other = a_zone(an), a_zone(an, "KCN Bên Cạnh")
    a_boundary(an, zone, starts=date(2019, 1, 1))
    a_boundary(an, zone, MOVED, starts=date(2024, 1, 1))
    a_boundary(an, other)
    answer = logged_in(OFFICER).get(reverse("boundary", args=[zone.pk]))
    content, words = answer.content.decode(), said(answer)
    for sort in ("now", "before", "neighbour", "overlap"):
        assert f'<path class="{sort}"' in content
    assert re.search(r"KCN Bên Cạnh</a><span[^>]*>230,51 ha", words)
    assert "Quần đảo Hoàng Sa" in words
    assert "Quần đảo Trường Sa" in words
    then = logged_in(OFFICER).get(reverse("boundary", args=[zone.pk]), {"ngay": "2020-06-01"})
    assert "Ranh giới có hiệu lực từ 01/01/2019" in said(then)


def test_a_drawing_zooms_and_moves_by_links_and_never_shows_the_whole_country(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    a_boundary(an, zone)
    page = reverse("boundary", args=[zone.pk])
    about = {"kinh": "106.61", "vi": "20.81"}
    asked: list[dict[str, str]] = [{}, about | {"km": "0.9"}, about | {"km": "99999"}]
    asked += [{"kinh": "2.3", "vi": "48.8", "km": "5"}, about | {"kinh": "nan", "km": "5"}]
    found = [client.get(page, one).content.decode() for one in asked]
    bars = [re.search(r'class="bar".*?<text[^>]*>([^<]+)', one, re.S) for one in found]
    assert [bar and bar[1] for bar in bars] == ["500 m", "100 m", "20 km", "500 m", "500 m"]


def test_boundaries_of_a_zone_and_of_all_zones_are_given_as_geojson(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    a_boundary(an, zone)
    for address in (reverse("boundary_geojson", args=[zone.pk]), reverse("boundaries_geojson")):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/geo+json"
        names = [one["properties"]["name"] for one in json.loads(answer.content)["features"]]
        assert zone.name in names


def questions(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_pages_ask_as_much_for_many_boundaries_as_for_few(logged_in: Login, an: Reach) -> None:
    client, zone = logged_in(OFFICER), a_zone(an)
    a_boundary(an, zone)
    a_boundary(an, a_zone(an, "KCN Bên"), MOVED)
    pages = [reverse("boundary", args=[zone.pk]), reverse("boundaries"), reverse("boundaries_geojson")]
    few = [questions(client, page) for page in pages]
    for number in range(5):
        a_boundary(an, a_zone(an, f"KCN Bên {number}"), MOVED)
        a_boundary(an, zone, starts=date(2021 + number, 1, 1))
    assert [questions(client, page) for page in pages] == few
    assert max(few) <= 25


def test_the_map_of_a_list_draws_what_the_filters_leave_and_marks_what_lies_far_apart(
    officer: Client, an: Reach
) -> None:
    zone = a_zone(an)
    address = reverse("register_map", args=["boundaries"])
    assert 'class="none-yet"' in said(officer.get(address, {"zone": str(zone.pk)}))
    a_boundary(an, zone)
    assert 'class="ground"' in said(officer.get(address, {"zone": str(zone.pk)}))
    a_boundary(an, a_zone(an, "KCN Ở Xa"), [(lon, lat - 3) for lon, lat in SQUARE])
    country = said(officer.get(reverse("register_map", args=["zones"]), {"so-cua": "tat-ca"}))
    assert 'class="map"' in country
    assert "Hoàng Sa" in country
    assert "KCN Ở Xa" in country
