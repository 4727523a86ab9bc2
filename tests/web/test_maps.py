"""Maps of Viet Nam: both archipelagos on every one, every province in its place, a missing figure never a colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
import shapely
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory import maps
from sokhu.core.problems import Problem
from web.steps import said

pytestmark = pytest.mark.usefixtures("book")

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
ARCHIPELAGOS = ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa")
CITIES = {
    "Hải Phòng": (20.86, 106.68, "hai-phong", "hai-phong-2025"),
    "Hải Dương": (20.94, 106.33, "hai-duong", "hai-phong-2025"),
    "Hà Nội": (21.03, 105.85, "ha-noi", "ha-noi"),
    "Hà Giang": (22.80, 104.98, "ha-giang", "tuyen-quang-2025"),
    "Bắc Giang": (21.28, 106.19, "bac-giang", "bac-ninh-2025"),
    "Quảng Ngãi": (15.12, 108.80, "quang-ngai", "quang-ngai-2025"),
    "Kon Tum": (14.35, 108.00, "kon-tum", "quang-ngai-2025"),
    "Pleiku": (13.98, 108.00, "gia-lai", "gia-lai-2025"),
    "Quy Nhơn": (13.78, 109.20, "binh-dinh", "gia-lai-2025"),
    "Thủ Dầu Một": (10.98, 106.65, "binh-duong", "ho-chi-minh-2025"),
    "Rạch Giá": (10.02, 105.09, "kien-giang", "an-giang-2025"),
    "Cà Mau": (9.18, 105.15, "ca-mau", "ca-mau-2025"),
    "Bạc Liêu": (9.29, 105.72, "bac-lieu", "ca-mau-2025"),
}


def drawn(day: date, figures: dict[str, int] | None = None) -> str:
    return render_to_string("_map.html", {"map": maps.figure_map(day, figures or {}, title="Số khu", unit="khu")})


def rings(path: str) -> Iterator[shapely.Polygon]:
    for line in path.split("z")[:-1]:
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", line)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        x, y = steps[0]
        corners = [(x, y)]
        for dx, dy in steps[1:]:
            x, y = round(x + dx, 1), round(y + dy, 1)
            corners.append((x, y))
        yield shapely.Polygon(corners)


def outline(place: str) -> shapely.Geometry:
    return shapely.union_all([one.buffer(0) for one in rings(maps._drawing()["shapes"][place]["d"])])


def charted(lat: float, lon: float) -> shapely.Point:
    return shapely.Point(maps.charted(lat, lon, maps._drawing()["georeference"]))


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("figures", [{}, {"province/ha-noi": 17}], ids=["plain", "coloured"])
def test_every_map_shows_and_names_both_archipelagos(day: date, figures: dict[str, int]) -> None:
    found = drawn(day, figures)
    assert all(name in found for name in ARCHIPELAGOS)
    assert found.count('class="islands"') >= 2
    with override("en"):
        assert all(name in drawn(day, figures) for name in ("Hoang Sa", "Truong Sa"))


@pytest.mark.parametrize(
    "address", ["", "?ban-do=truoc", "province/hai-phong/", "province/ca-mau-2025/", "zone/kkt-dung-quat/"]
)
def test_every_page_with_a_map_shows_both_archipelagos(officer: Client, address: str) -> None:
    page = said(officer.get(f"/danh-muc/dia-ban/{address}"))
    assert '<figure class="map"' in page
    assert all(name in page for name in ARCHIPELAGOS)


@pytest.mark.parametrize("missing", [0, 1])
def test_without_an_archipelago_no_map_is_drawn(monkeypatch: pytest.MonkeyPatch, missing: int) -> None:
    poor = maps._drawing() | {"archipelagos": maps._drawing()["archipelagos"][missing : missing + 1]}
    monkeypatch.setattr(maps.json, "loads", lambda _text: poor)
    maps._drawing.cache_clear()
    with pytest.raises(Problem, match=r"map\.without_archipelagos"):
        drawn(AFTER)
    maps._drawing.cache_clear()


@pytest.mark.parametrize(("group", "lat", "lon"), [("da-nang", 16.5, 111.9), ("khanh-hoa", 9.5, 113.8)])
def test_the_islands_of_an_archipelago_lie_where_they_are(group: str, lat: float, lon: float) -> None:
    for place in (f"province/{group}", f"province/{group}-2025"):
        at = re.findall(r"M([\d.]+) ([\d.]+)a", maps._drawing()["shapes"][place]["islands"])
        middle = shapely.MultiPoint([(float(x), float(y)) for x, y in at]).centroid
        assert middle.distance(charted(lat, lon)) < 35
        assert len(at) >= 15


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 63), (AFTER, 34)])
def test_a_map_has_every_province_of_its_day_as_a_link_that_says_name_and_figure(day: date, count: int) -> None:
    found = drawn(day, {"province/ha-noi": 17})
    assert (
        len(re.findall(r'<a href="/danh-muc/dia-ban/province/[^"]*" class="(?:s\d|none)" aria-label', found)) == count
    )
    assert 'aria-label="Hà Nội: 17 khu"><title>Hà Nội: 17 khu</title>' in found
    assert len(found.encode()) < 120_000


def test_a_province_without_a_figure_is_hatched_and_says_so_and_zero_is_a_colour() -> None:
    found = drawn(AFTER, {"province/ha-noi": 17, "province/hue": 0})
    assert 'class="none" aria-label="Sơn La: chưa có số"' in found
    assert 'class="s0" aria-label="Huế: 0 khu"' in found
    assert found.count('fill="url(#map-none)"') == 32 + 1  # and the legend's


def test_a_figure_of_a_province_of_another_day_is_refused() -> None:
    with pytest.raises(Problem, match=r"map\.not_then"):
        drawn(AFTER, {"province/hai-duong": 11})


def test_a_map_needs_no_inline_style_and_no_script() -> None:
    assert not re.search(r"style=|<style|<script|\son\w+=", drawn(AFTER, {"province/ha-noi": 17}))


@pytest.mark.parametrize("city", CITIES)
def test_a_city_lies_in_the_shape_of_its_province_on_both_maps(city: str) -> None:
    lat, lon, *homes = CITIES[city]
    for home, day in zip(homes, (BEFORE, AFTER), strict=True):
        around = [
            one.id for one in territory().places_on("province", day) if outline(one.id).distance(charted(lat, lon)) == 0
        ]
        assert around == [f"province/{home}"]


def test_every_zone_with_a_position_stands_in_its_province() -> None:
    places = territory()
    far = {
        zone.id
        for province in places.places_on("province", AFTER)
        for zone in (places.place(one) for one in places.zones_of(province.id, AFTER))
        if zone.position
        and outline(province.id).distance(charted(float(zone.position.lat), float(zone.position.lon))) > 1.5
    }
    assert not far


def test_neighbours_share_their_border_and_leave_no_gap() -> None:
    for day in (BEFORE, AFTER):
        shapes = [outline(one.id) for one in territory().places_on("province", day)]
        country = shapely.union_all(shapes)
        assert country.area == pytest.approx(sum(one.area for one in shapes), rel=0.001)
        assert sum(len(one.interiors) for one in shapely.get_parts(country)) == 0


def test_a_zone_is_marked_on_the_map_of_its_page_in_its_province(officer: Client) -> None:
    page = said(officer.get("/danh-muc/dia-ban/zone/kkt-dung-quat/"))
    assert page.count('class="mark"') == 1
    assert re.search(r'class="plain selected" aria-label="Quảng Ngãi"', page)


def test_the_list_of_places_says_the_figures_of_its_map_in_its_table(officer: Client) -> None:
    page = said(officer.get("/danh-muc/dia-ban/"))
    on_map = dict(re.findall(r"<title>([^:<]+): (\d+) khu</title>", page))
    in_table = {
        name[1]: count[1]
        for row in page.split("<tr>")
        if (name := re.search(r'<th scope="row"><a [^>]*>([^<]+)</a>', row))
        and (count := re.search(r'<td class="num"[^>]*><span>(\d+)</span>', row))
    }
    assert on_map == in_table
    assert "CC BY 4.0" in page
