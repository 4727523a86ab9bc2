"""Every page at a desk and on a phone: no serious fault of access, no sideways scroll, English at a click."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
WIDTHS = {"desk": (1366, 768), "phone": (390, 844)}
PAGES = (
    "/?noi=block/dong-bang-song-hong&nam=2020",
    "/?noi=province/hai-phong-2025&nam=2021",
    "/?noi=country/viet-nam&nam=2024",
    "/kham-pha/",
    "/kham-pha/?chi-tieu=projects_valid,zone_area&noi=country/viet-nam&theo=vung&ky=2023,2024&cot=ky",
    "/kham-pha/?chi-tieu=zone_area,projects_valid&noi=province/hai-phong&theo=khu&ky=2024&cot=chi-tieu",
    "/kham-pha/?chi-tieu=projects_valid&noi=province/hai-phong&ky=khong-phai-ky",
    "/kham-pha/da-luu/",
    "/so-sanh/",
    "/so-sanh/?chi-tieu=projects_valid,projects_new&noi=province/hai-phong-2025&ky=2021&voi-ban-do=2026-01-01&voi-luc=5",
    "/so-lieu/",
    "/so-lieu/?ky=khong-phai-ky",
    "/so-lieu/ghi/",
    "/so-lieu/ghi/?chi-tieu=capital_new&noi=province/hai-duong&ky=2023&hinh-thuc=FDI",
    "/tong/?chi-tieu=projects_valid&noi=block/dong-bang-song-hong&ky=2020",
    "/giai-thich/",
    "/giai-thich/?trai=chi-tieu%3Dprojects_valid%26noi%3Dblock/dong-bang-song-hong%26ky%3D2019"
    "&phai=chi-tieu%3Dprojects_valid%26noi%3Dblock/dong-bang-song-hong%26ky%3D2020",
    "/giai-thich/?trai=chi-tieu%3Dprojects_valid%26noi%3Dprovince/hai-phong%26ky%3Dkhong-phai-ky&phai=chi-tieu%3Dx",
    "/tai-lieu/",
    "/tai-lieu/moi/",
    "/bieu-mau/",
    "/bieu-mau/tai-ve/?bieu=2105&noi=province/hai-phong&ky=khong-phai-ky",
    "/bieu-mau/chenh-lech/",
    "/bao-cao/",
    "/quan-tri/quyen/",
    "/kiem-tra/?ma=0000",
    "/danh-muc/chi-tieu/",
    "/danh-muc/chi-tieu/occupancy_rate/",
    "/so-bo/",
    "/so-bo/zones/?q=dinh+vuu&area_tu=100",
    "/so-bo/zones/moi/",
    "/so-bo/zones/nhap/",
    "/so-bo/zones/ranh-gioi/",
    "/danh-muc/dia-ban/",
    "/danh-muc/dia-ban/?ban-do=truoc",
    "/danh-muc/dia-ban/province/hai-phong-2025/",
    "/danh-muc/dia-ban/zone/kkt-dung-quat/",
    "/danh-muc/dia-ban/block/dong-bang-song-hong/",
    "/tim/?q=hai+phong",
    "/khong-co-trang-nay/",
)


def faults(page: Page) -> list[str]:
    """Serious and critical violations that axe finds, each with the elements."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:120]} | {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def troubles(page: Page) -> list[str]:
    """What keeps somebody from the page as it is now: faults of access, a page wider than its window."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = int(page.evaluate("() => document.documentElement.scrollWidth"))
    return [*faults(page), *([f"{wide} pixels wide"] if wide > width else [])]


def check(page: Page) -> None:
    assert not troubles(page), page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_open_to_everybody_at_every_width(opened: Opened, width: str) -> None:
    page = opened("canbo.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    found: dict[str, list[str]] = {}
    for address in PAGES:
        page.goto(address)
        if trouble := troubles(page):
            found[address] = trouble
    assert not found


ADMINISTRATION = ("/quan-tri/nguoi-dung/", "/quan-tri/nguoi-dung/moi/", "/quan-tri/nhat-ky/", "/tai-khoan/")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_administrators_are_open_to_everybody_at_every_width(opened: Opened, width: str) -> None:
    page = opened("quantri.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    found: dict[str, list[str]] = {}
    page.goto(ADMINISTRATION[0])
    person = page.locator("main tbody a").first.get_attribute("href") or ""
    for address in (*ADMINISTRATION, person):
        page.goto(address)
        for act in page.locator("details.act > summary").all():
            act.click()
        if trouble := troubles(page):
            found[address] = trouble
    assert not found


def test_a_picture_without_words_and_a_line_too_wide_are_found(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.evaluate("() => document.querySelector('main').append(new Image(3000, 5))")
    fault, width = troubles(page)
    assert fault.startswith("image-alt")
    assert width.endswith("pixels wide")


@pytest.mark.parametrize("width", WIDTHS)
def test_log_in_the_panel_and_the_review_are_open_to_everybody(opened: Opened, width: str) -> None:
    page = opened(width=WIDTHS[width][0], height=WIDTHS[width][1])
    check(page)
    follow(page.locator('button[value="canbo.haiphong"]'))
    page.goto(PAGES[0])
    page.locator("a.fig", has_text="61.206,6").click()
    expect(page.locator("#panel .passage")).to_be_visible()
    check(page)
    page.goto("/tai-lieu/moi/")
    page.locator("textarea").fill("Năm 2013, thành phố Hải Phòng thu hút 31 dự án FDI cấp mới, vốn 31,5 triệu USD.")
    page.locator("input[value=press]").check()
    page.locator("input[name=speaker_name]").fill(f"Báo {width}")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("#review")).to_be_visible()
    check(page)
    if width == "phone":
        page.locator(".flip a[data-show=list]").click()
    page.locator(".line [data-light]").first.click()
    page.locator(".line.on").get_by_role("link", name="Sửa").click()
    expect(page.locator(".edit")).to_be_visible()
    check(page)
    if width == "phone":
        page.get_by_text("Mục lục", exact=True).click()
        expect(page.locator("details.menu > .sheet > nav")).to_be_visible()
        check(page)


def test_a_total_with_somebody_missing_visibly_says_at_least(opened: Opened) -> None:
    page = opened("bo")
    page.goto("/tong/?chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021")
    expect(page.locator(".path .value")).to_contain_text("570")
    expect(page.locator(".path .value .lead-in")).to_be_visible()
    page.goto(PAGES[1])
    expect(page.locator(".four .lead-in").first).to_be_visible()


def test_the_four_columns_stay_in_their_own_column_of_the_page(opened: Opened) -> None:
    page = opened("bo")
    page.goto(PAGES[2])
    table, beside = page.locator(".four").bounding_box(), page.locator("main .columns > div").nth(1).bounding_box()
    assert table is not None
    assert beside is not None
    assert table["x"] + table["width"] <= beside["x"]


def test_a_map_is_passed_by_in_one_step_or_read_province_by_province_by_keyboard(opened: Opened) -> None:
    page = opened("bo")
    page.goto("/danh-muc/dia-ban/")
    skip = page.locator(".map .skip")
    skip.focus()
    page.keyboard.press("Tab")
    first = page.locator(".map svg a:focus")
    expect(first).to_have_accessible_name(re.compile(r"Hà Nội: \d+ khu"))
    assert first.locator("path").first.evaluate("path => getComputedStyle(path).strokeWidth") == "3.5px"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hà Nội")
    page.go_back()
    skip.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".map svg a:focus").count() == 0


def test_the_language_changes_at_a_click_and_stays(opened: Opened) -> None:
    page = opened("khoitruong")
    follow(page.locator("header button[value=en]:visible"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("a.fig", has_text="61,206.6")).to_be_visible()
    page.goto("/so-lieu/")
    expect(page.locator("h1")).to_have_text("Figures")
    follow(page.locator("header button[value=vi]:visible"))
    expect(page.locator("h1")).to_have_text("Số liệu")


@pytest.mark.parametrize("words", ["Hải Phòng", "hai phong", "HAI PHONG"])
def test_search_finds_places_with_and_without_tone_marks(opened: Opened, words: str) -> None:
    page = opened("bo")
    page.locator("#find").fill(words)
    page.locator("#find").press("Enter")
    expect(page.get_by_role("link", name="Hải Phòng (từ 01/07/2025)")).to_be_visible()


def test_search_finds_a_number_as_the_source_writes_it(opened: Opened) -> None:
    page = opened("bo")
    page.locator("#find").fill("61.206,6")
    page.locator("#find").press("Enter")
    page.locator("main a[data-path]").first.click()
    expect(page.locator("#panel .passage mark")).to_contain_text("61.206,6")


def test_a_printed_figure_keeps_its_source_and_leaves_the_tools_out(opened: Opened) -> None:
    page = opened("khoitruong")
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator("form.find")).to_be_hidden()
    expect(page.locator("a.fig", has_text="61.206,6")).to_be_visible()
