"""A project with three events entered by hand, one of them late, and two entries of one firm merged."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow
from browser.test_every_page import WIDTHS, check


def entered(page: Page, **typed: str) -> None:
    """Fills a form and sends it: what begins with "=" is chosen from a list."""
    for name, text in typed.items():
        field = page.locator(f"main [name={name}]")
        if text.startswith("="):
            field.select_option(text[1:])
        else:
            field.fill(text)
    follow(page.get_by_role("button", name="Ghi vào sổ"))


def begin(page: Page, kind: str) -> None:
    follow(page.get_by_role("link", name="ghi sự kiện"))
    check(page)
    follow(page.get_by_role("link", name=kind, exact=True))


@pytest.mark.parametrize(("width", "code"), [("desk", "0331000001"), ("phone", "0331000002")])
def test_a_project_and_three_events_are_entered_and_a_late_one_takes_its_place(
    opened: Opened, width: str, code: str
) -> None:
    page = opened("canbo.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    page.goto("/so-bo/projects/")
    follow(page.get_by_role("link", name="Thêm dự án"))
    check(page)
    entered(page, zone="KCN An Dương", name=f"Nhà máy dây điện {width}", code=code, ownership="=FDI", country="=KR")
    check(page)
    begin(page, "cấp mới")
    entered(page, day="12/05/2025", usd_up="30")
    begin(page, "điều chỉnh")
    entered(page, day="03/02/2026", usd_total="42,5")
    begin(page, "ngừng hoạt động")
    page.locator("main [name=kind]").select_option("adjust")
    expect(page.locator("main [name=usd_down]")).to_be_visible()
    entered(page, day="01/09/2025", usd_down="35")
    expect(page.locator("main [role=alert]").first).to_contain_text("trước đó chỉ còn 30 triệu USD")
    check(page)
    entered(page, usd_down="5")
    expect(page.locator(".life > li .sum")).to_have_text(["+30 triệu USD", "−5 triệu USD", "+12,5 triệu USD"])
    expect(page.locator(".key-figures")).to_contain_text("37,5 triệu USD")
    check(page)


@pytest.mark.parametrize(("width", "name"), [("desk", "Hoa Sen"), ("phone", "Sao Mai")])
def test_two_entries_of_one_firm_are_merged_and_taken_apart(opened: Opened, width: str, name: str) -> None:
    page = opened("canbo.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    for spelled in (f"Công ty TNHH Điện tử {name} Việt Nam", f"CTY DIEN TU {name.upper()} (VIETNAM)"):
        page.goto("/so-bo/enterprises/moi/")
        entered(page, name=spelled, form="=limited")
    page.goto("/so-bo/enterprises/")
    follow(page.get_by_role("link", name="Mục có thể trùng"))
    check(page)
    pair = page.locator(".pairs > li", has_text=name).first
    pair.locator("[name=reason]").fill("cùng một doanh nghiệp")
    follow(pair.get_by_role("button", name="Gộp làm một"))
    merged = page.locator(".lines > li", has_text=name)
    expect(merged).to_have_count(1)
    check(page)
    merged.locator("[name=reason]").fill("hai doanh nghiệp")
    follow(merged.get_by_role("button", name="Tách lại"))
    expect(page.locator(".pairs > li", has_text=name)).to_have_count(1)
