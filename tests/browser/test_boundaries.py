"""A boundary from a surveyor's file to the zone's page, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Opened, follow
from browser.test_every_page import WIDTHS, check
from documents.geo import SQUARE, geojson
from sokhu.documents.geo.systems import zone_of


@pytest.mark.parametrize(
    ("width", "zone", "day"), [("desk", "Tràng Duệ 3", "5/4/2024"), ("phone", "Nomura 2", "6/4/2024")]
)
def test_a_file_in_metres_becomes_a_boundary_on_the_zones_page(
    opened: Opened, tmp_path: Path, width: str, zone: str, day: str
) -> None:
    file = tmp_path / "ranh-gioi.geojson"
    file.write_bytes(geojson([zone_of(105.75).from_wgs84(SQUARE)]))
    page = opened("canbo.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    page.goto(f"/so-bo/zones/?q={zone}")
    follow(page.locator("main tbody th a").first)
    follow(page.get_by_role("link", name="Đưa ranh giới vào từ tệp"))
    check(page)
    page.locator("#b_file").set_input_files(file)
    follow(page.get_by_role("button", name="Xem hình trong tệp"))
    expect(page.locator("main [role=alert]")).to_contain_text("tính bằng mét")
    check(page)
    page.locator("#b_system").select_option("EPSG:9210")
    follow(page.get_by_role("button", name="Đọc lại"))
    expect(page.locator(".ground path.new")).to_be_visible()
    check(page)
    page.locator("#b_starts").fill("5/4/2024")
    page.locator("#b_reason").fill("hồ sơ mốc giới")
    follow(page.get_by_role("button", name="Ghi ranh giới"))
    expect(page.locator(".ground path.now")).to_be_visible()
    check(page)
    follow(page.get_by_role("link", name="Phóng to"))
    expect(page.locator(".ground path.now")).to_be_visible()
    follow(page.locator(".crumbs").get_by_role("link", name=zone))
    expect(page.locator("#ranh-gioi .ground path.now")).to_be_visible()
    check(page)
