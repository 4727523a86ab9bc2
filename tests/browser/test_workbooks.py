"""From a workbook nobody has seen to figures up for review, without scripts as with them, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow
from browser.test_every_page import WIDTHS, check
from workbook_files import Draft, xlsx

Cells = dict[tuple[int, int], str | float]


def a_workbook(folder: Path, width: str) -> Path:
    """A sheet of the board's own; the moment of writing tells those of two tests apart."""
    cells: Cells = {
        (0, 0): f"Nước xả, {width}",
        (2, 1): "Khu",
        (2, 2): f"Xả thật {width}",
        (3, 1): "KCN Đình Vũ",
        (3, 2): 12.0,
        (4, 1): "KCN Lạ",
        (4, 2): 7.0,
    }
    file = folder / f"nuoc-{width}.xlsx"
    file.write_bytes(xlsx([Draft("Nước xả", cells)]))
    return file


def bring_in(page: Page, file: Path) -> None:
    page.goto("/bieu-mau/")
    page.set_input_files("#b_file", file)
    page.locator("input[value=return]").check()
    follow(page.get_by_role("button", name="Đọc bảng tính"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_workbook_is_pointed_out_and_its_figures_are_put_up_for_review(
    opened: Opened, tmp_path: Path, width: str
) -> None:
    page = opened("canbo.haiphong", width=WIDTHS[width][0], height=WIDTHS[width][1])
    bring_in(page, a_workbook(tmp_path, width))
    check(page)
    follow(page.get_by_role("link", name="Chỉ cách đọc", exact=True))
    page.get_by_label("Hàng tiêu đề").fill("3")
    page.get_by_label("Cột tên dòng").fill("B")
    follow(page.get_by_role("button", name="Tiếp"))
    check(page)
    page.get_by_label("Chỉ tiêu C", exact=True).fill("wastewater_flow")
    page.get_by_label("Đơn vị C", exact=True).fill("m3/ngày đêm")
    page.get_by_label("Số của nơi nào").select_option("province/hai-phong")
    page.get_by_label("Kỳ của bảng này").fill("2024")
    follow(page.get_by_role("button", name="Xem thử"))
    expect(page.locator(".sheet td.taken")).to_have_text("12")
    check(page)
    page.get_by_label("Tên cách đọc").fill(f"Nước xả {width}")
    follow(page.get_by_role("button", name="Lưu cách đọc"))
    expect(page.get_by_text("Không biết nơi nào tên “KCN Lạ”")).to_be_visible()
    check(page)
    follow(page.get_by_role("button", name="Đưa 1 số ra duyệt"))
    expect(page.get_by_role("button", name="Nhận 1 số chắc chắn")).to_be_visible()
    check(page)
