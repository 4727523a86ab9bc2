"""A new head of a board: invited, password set, second factor set up, logged in again with a recovery code."""

from __future__ import annotations

from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow
from browser.test_every_page import WIDTHS, check

PASSWORD = "mot cau dai de nho 2026"


def invited(page: Page, username: str) -> str:
    """The path of the link that sets the password of a new head."""
    page.goto("/quan-tri/nguoi-dung/")
    follow(page.get_by_role("link", name="Thêm người"))
    page.locator("#n_full_name").fill("Trần Thị Mới")
    page.locator("#n_username").fill(username)
    page.locator("#o_offer").select_option("head|board/hai-phong-2025")
    page.locator("#o_reason").fill("Quyết định 12/QĐ-BQL")
    follow(page.get_by_role("button", name="Lập tài khoản"))
    check(page)
    return urlsplit(page.locator("#l_link").input_value()).path


def logged_in(page: Page, username: str) -> None:
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Vào sổ").last)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_new_head_comes_in_by_link_password_and_telephone(opened: Opened, width: str) -> None:
    size, username = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}, f"moi.{width}"
    link = invited(opened("quantri.haiphong", **size), username)
    page = opened(**size)
    page.goto(link)
    check(page)
    for field in ("#id_new_password1", "#id_new_password2"):
        page.locator(field).fill(PASSWORD)
    follow(page.get_by_role("button", name="Đặt mật khẩu"))
    logged_in(page, username)
    expect(page.locator("h1")).to_have_text("Lập mã xác thực")
    expect(page.locator(".rail")).to_have_count(0)  # nothing of the book before the second factor
    check(page)
    secret = page.locator(".steps .code").inner_text().replace(" ", "")
    page.locator("#id_code").fill(pyotp.TOTP(secret).now())
    follow(page.get_by_role("button", name="Lập mã xác thực"))
    expect(page.locator(".codes li")).to_have_count(10)
    check(page)
    recovery = page.locator(".codes li").first.inner_text()
    follow(page.get_by_role("link", name="Đã cất xong, vào sổ"))
    page.goto("/tai-khoan/")
    check(page)
    again = opened(**size)
    logged_in(again, username)
    expect(again.locator("h1")).to_have_text("Mã xác thực")
    again.locator("#id_code").fill("123")
    follow(again.get_by_role("button", name="Vào sổ"))
    expect(again.locator("p.error")).to_be_visible()
    check(again)
    again.locator("#id_code").fill(recovery)
    follow(again.get_by_role("button", name="Vào sổ"))
    expect(again.locator(".brand")).to_be_visible()
    again.goto("/tai-khoan/")
    expect(again.locator("main")).to_contain_text("còn 9 mã dự phòng")
