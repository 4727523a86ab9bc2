"""A report as an officer makes it: begun, closed, found again whole, changed, checked, issued, verified by anybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow
from browser.test_every_page import WIDTHS, check


def begun(page: Page, period: str) -> str:
    page.goto("/bao-cao/")
    page.locator("#r_place").select_option("province/hai-phong")
    page.locator("#r_period").fill(period)
    follow(page.locator("main form button.main"))
    page.wait_for_url(re.compile(r"/bao-cao/[0-9a-f-]{36}/"))
    return page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_of_a_report_is_open_to_everybody(opened: Opened, width: str) -> None:
    page = opened("truongban.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    address = begun(page, "2021")
    check(page)
    expect(page.locator(".paper")).to_be_visible()
    check(page)
    page.locator("a.said-figure", has_text="2.628,33").first.click()
    expect(page.locator("#panel-body")).to_contain_text("2.628,33")
    for step in ("sua/", "kiem-tra/", "lich-su/?ban=1"):
        page.goto(address + step)
        check(page)
    page.goto(address + "sua/")
    page.locator("#s2b1").fill("Vốn {capital_nwe}")
    follow(page.locator("button[value=save]"))
    expect(page.locator("#s2b1e")).to_contain_text("capital_new")
    check(page)
    page.goto(address + "kiem-tra/")
    follow(page.locator("main form button.main"))
    expect(page.locator("#dinh-chinh")).to_be_visible()
    check(page)
    page.goto(page.locator("dd a.code").get_attribute("href") or "")
    expect(page.locator(".qr svg")).to_be_visible()
    check(page)


def test_closing_the_browser_loses_no_work(opened: Opened) -> None:
    page = opened("truongban.haiphong")
    address = begun(page, "2022")
    page.close()
    again = opened("truongban.haiphong")
    again.goto(address)
    expect(again.locator(".paper")).to_be_visible()


def test_without_scripts_a_report_is_begun_changed_and_issued(opened: Opened) -> None:
    page = opened("truongban.haiphong", scripts=False)
    address = begun(page, "2023")
    expect(page.locator(".paper")).to_be_visible()
    page.goto(address + "sua/")
    follow(page.locator("button[value='down:2']"))
    expect(page.locator("#s3")).to_have_value("Kết quả thu hút đầu tư")
    page.locator("#e_about").fill("Báo cáo thử")
    follow(page.locator("button[value=save]:visible"))
    expect(page.locator("h1")).to_have_text("Báo cáo thử")
