"""The explorer in a browser: two clicks to one's own year, without scripts as well, and its table into Word."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import Opened, follow

TABLE = "/kham-pha/?chi-tieu=projects_new,capital_new_and_added&noi=province/hai-phong&ky=2021&hinh-thuc=tach"


def test_from_the_log_in_one_click_leads_to_ones_own_year_in_four_columns(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.get_by_role("link", name="Khám phá số liệu").click()
    expect(page.locator("h1")).to_contain_text("Thu hút đầu tư, Hải Phòng")
    for head in ("Kế hoạch", "Thực hiện", "Cùng kỳ", "Lũy kế"):
        expect(page.get_by_role("columnheader", name=head)).to_be_visible()


def test_a_table_is_chosen_and_kept_without_scripts(opened: Opened) -> None:
    page = opened("canbo.haiphong", scripts=False)
    page.goto(TABLE)
    page.get_by_text("Đổi nơi, kỳ, chỉ tiêu, cách bày").click()
    page.get_by_label("Kỳ (nhiều kỳ cách nhau dấu phẩy)").fill("2020, 2021")
    page.get_by_label("Cột của bảng").select_option("ky")
    follow(page.get_by_role("button", name="Xem bảng"))
    expect(page.get_by_role("columnheader", name="năm 2020")).to_be_visible()
    assert "ky=2020,2021" in page.url
    page.get_by_text("Lưu góc nhìn này").click()
    page.get_by_label("Tên", exact=True).fill("Hai năm của tôi")
    follow(page.get_by_role("button", name="Lưu", exact=True))
    expect(page.get_by_role("link", name="Hai năm của tôi")).to_be_visible()


def test_every_figure_opens_its_path_in_the_panel(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.goto(TABLE + "&ban-do=2025-06-30")
    page.locator("table a.fig", has_text="29").first.click()
    expect(page.locator("#panel .passage mark")).to_be_visible()
    expect(page.locator("#panel .answer")).to_contain_text("bản đồ 30/06/2025")


def test_a_copied_table_is_a_plain_table_with_its_title_and_units(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(TABLE)
    page.get_by_role("button", name="Chép bảng").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    html = page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
    assert "<table" in html
    assert "<a " not in html
    assert "2.955,78" in html
    assert "triệu USD" in html
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert "Tổng vốn thu hút (cấp mới và tăng thêm), FDI" in text
    assert "\t2.955,78\t" in text


def test_a_copied_page_of_a_table_says_which_rows_these_are_and_what_they_rest_on(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/kham-pha/?chi-tieu=projects_valid&noi=country/viet-nam&theo=tinh&ky=2023&cot=ky")
    rows = page.locator(".pager").first.locator("span").first.inner_text()
    assert rows.startswith("dòng 1–50 trong ")
    notes = [one.inner_text() for one in page.locator("section .lines li > span:first-child").all()]
    page.get_by_role("button", name="Chép bảng").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert lines[0] == page.locator("h1").inner_text()
    assert lines[1] == rows
    assert lines.count(rows) == 1
    for note in notes:
        assert any(line.startswith(note) for line in lines[2:])
    assert lines[-1].startswith("Trả lời theo sổ đến mục ")
    html = page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
    assert html.index(f"<p>{rows}</p>") < html.index("<table") < html.index("<p>Trả lời theo sổ đến mục ")


def test_a_copied_table_has_its_own_answer_and_notes_not_those_of_an_opened_figure(opened: Opened) -> None:
    page = opened("canbo.haiphong")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/kham-pha/?chi-tieu=capital_new&hinh-thuc=FDI&noi=province/hai-phong&ky=2021&cot=ky&quy-doi=VND")
    page.locator("table a.fig").first.click()
    expect(page.locator("#panel .answer")).to_be_visible()
    page.get_by_role("button", name="Chép bảng").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert sum(line.startswith("Trả lời theo sổ đến mục ") for line in lines) == 1
    (note,) = (line for line in lines if "quy đổi theo tỷ giá" in line)
    assert note.endswith(" · 1 số")
