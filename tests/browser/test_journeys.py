"""The journeys people make: a newcomer's, one by keyboard alone, one without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opened, follow

OFFICER = "canbo.haiphong"
REPORT = """BÁO CÁO kết quả thu hút đầu tư năm {year}

Năm {year}, thành phố Hải Phòng thu hút được 41 dự án FDI cấp mới với tổng vốn đăng ký 912,4 triệu USD.

Năm {year}, thành phố Hải Phòng thu hút được 23 dự án DDI cấp mới với tổng vốn đăng ký 8.215 tỷ đồng.
"""
TOTAL = "/tong/?chi-tieu=projects_new&noi=province/hai-phong&ky={year}"
years = iter(range(2009, 2020))  # each journey has a year of its own, so that none finds what another left


@pytest.fixture
def year() -> int:
    return next(years)


def lit(page: Page) -> str:
    """The words in the text that are lit."""
    return " ".join(page.locator(".said.on").all_inner_texts())


def paste(page: Page, text: str) -> None:
    page.goto("/tai-lieu/moi/")
    page.get_by_label("hoặc dán văn bản vào đây").fill(text)
    page.get_by_label("Báo cáo đã ký").check()
    page.get_by_label("Ngày của văn bản").fill("05/01/2021")
    page.get_by_label("Số liệu nói về nơi nào").select_option("province/hai-phong")
    follow(page.get_by_role("button", name="Đọc văn bản"))
    expect(page.locator("#review")).to_be_visible()


def test_a_newcomer_finds_a_figure_opens_its_source_and_comes_back(opened: Opened) -> None:
    page = opened("khoitruong")
    expect(page.locator("h1")).to_contain_text("đồng bằng sông Hồng, năm 2020")
    figure = page.locator("a.fig", has_text="61.206,6")
    figure.click()
    panel = page.locator("#panel")
    expect(panel.locator(".value")).to_contain_text("61.206,6")
    expect(panel.locator(".passage mark")).to_contain_text("61.206,6 triệu USD")
    expect(page).to_have_url(re.compile("/so-lieu/"))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(figure).to_be_focused()
    figure.click()
    expect(panel.locator(".passage mark")).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    page.go_forward()
    expect(panel.locator(".passage mark")).to_be_visible()
    panel.get_by_role("link", name="Khối thi đua đồng bằng sông Hồng: kết quả năm 2020").click()
    expect(page.locator(".said.on")).to_contain_text("61.206,6 triệu USD")


def test_a_pasted_report_is_read_corrected_accepted_and_the_total_changes(opened: Opened, year: int) -> None:
    page = opened(OFFICER)
    page.goto(TOTAL.format(year=year))
    expect(page.locator(".path .value")).to_contain_text("chưa báo cáo")
    paste(page, REPORT.format(year=year))
    expect(page.locator("#counts")).to_contain_text("4 số liệu")

    page.locator(".said", has_text="41 dự án").click()
    line = page.locator(".line.on")
    expect(line).to_contain_text("Số dự án cấp mới")
    line.get_by_role("link", name="Sửa").click()
    line.get_by_label("Kỳ (").fill("tháng 13")
    line.get_by_role("button", name="Lưu", exact=True).click()
    expect(line.locator(".error")).to_contain_text("tháng 13")
    line.get_by_label("Kỳ (").fill(f"năm {year}")
    line.get_by_label("Số và đơn vị").fill("42 dự án")
    line.get_by_role("button", name="Lưu và nhận").click()
    expect(page.locator("#said")).to_contain_text("Đã nhận 1 số vào sổ")
    expect(page.locator(".line.accepted")).to_have_count(1)

    for count in (2, 3, 4):  # the next figure that waits is lit by itself
        page.keyboard.press("Enter")
        expect(page.locator(".line.accepted")).to_have_count(count)

    page.goto(TOTAL.format(year=year))
    expect(page.locator(".path .value")).to_contain_text("65")
    page.get_by_role("link", name="42").click()
    page.get_by_text("Sửa số này").click()
    page.get_by_label("Số và đơn vị đúng").fill("43")
    page.get_by_label("Lý do").first.fill("đếm lại")
    page.get_by_role("button", name="Sửa", exact=True).click()
    expect(page.locator("#panel .value")).to_contain_text("43")
    expect(page.locator("#panel")).to_contain_text("đếm lại")
    page.keyboard.press("Escape")
    expect(page.locator(".path .value")).to_contain_text("66")


def test_what_is_certain_goes_in_at_once_and_the_first_that_needs_a_person_is_lit(opened: Opened, year: int) -> None:
    page = opened(OFFICER)
    paste(page, REPORT.format(year=year) + "\nTrong số đó có 17 dự án và 35 tỷ đồng chưa rõ.\n")
    waiting = page.locator(".line.review").count()
    if page.locator(".line.certain").count() == 0:
        pytest.fail("the reader was certain of nothing in a plain report")
    page.get_by_role("button", name=re.compile("Nhận .* số chắc chắn")).click()
    expect(page.locator("#said")).to_contain_text("Đã nhận")
    expect(page.locator(".line.certain")).to_have_count(0)
    if waiting:
        first = page.locator(".line.review").first.get_attribute("data-id")
        expect(page.locator(".line.on")).to_have_attribute("data-id", first or "")


def test_a_click_on_either_side_lights_up_the_other(opened: Opened, year: int) -> None:
    page = opened(OFFICER)
    paste(page, REPORT.format(year=year))
    page.locator(".said", has_text="8.215 tỷ đồng").click()
    expect(page.locator(".line.on")).to_contain_text("8.215")
    page.locator(".line", has_text="912,4").locator("[data-light]").click()
    assert lit(page) == "912,4 triệu USD"


def test_a_figure_that_contradicts_the_ledger_says_by_how_much_and_replaces_it(opened: Opened, year: int) -> None:
    page = opened(OFFICER)
    paste(page, REPORT.format(year=year))
    page.locator(".line", has_text="912,4").locator("[data-light]").click()
    page.keyboard.press("Enter")
    expect(page.locator(".line.accepted")).to_have_count(1)
    paste(page, REPORT.format(year=year).replace("912,4", "922,4"))
    line = page.locator(".line", has_text="922,4")
    expect(line).to_contain_text("lệch 10 triệu USD")
    line.locator("[data-light]").click()
    line.get_by_role("button", name="Nhận, thay số cũ").click()
    expect(page.locator(".line.accepted", has_text="922,4")).to_be_visible()
    page.locator(".line.accepted a[data-path]").first.click()
    expect(page.locator("#panel")).to_contain_text("Trước đó")
    expect(page.locator("#panel")).to_contain_text("912,4")


# --- by keyboard alone ----------------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: str) -> None:
    """Tab until the element is focused: it must be reachable, and its focus must be seen."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            seen = page.evaluate(
                "() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.borderStyle !== 'none' }"
            )
            assert seen, f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def test_everything_from_log_in_to_accepting_goes_by_keyboard(opened: Opened, year: int) -> None:
    page = opened()
    keys = page.keyboard
    tab_to(page, f'button[value="{OFFICER}"]')
    keys.press("Enter")
    expect(page.locator("h1")).to_contain_text("Hải Phòng")
    tab_to(page, ".rail a[href='/tai-lieu/']")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Tài liệu")
    tab_to(page, "main a[href='/tai-lieu/moi/']")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Đưa văn bản vào")
    tab_to(page, "textarea")
    keys.insert_text(REPORT.format(year=year))
    # A board's own report is what it mostly brings in, so that is chosen already.
    expect(page.locator("input[value=report]")).to_be_checked()
    tab_to(page, "select[name=about]")
    keys.press("h")
    for _step in range(120):
        if page.locator("select[name=about]").input_value() == "province/hai-phong":
            break
        keys.press("ArrowDown")
    tab_to(page, "input[name=published]")
    keys.insert_text("05/01/2021")
    tab_to(page, "main form button[type=submit]")
    keys.press("Enter")
    expect(page.locator(".line.on")).to_be_visible()

    keys.press("j")
    keys.press("k")
    assert lit(page) == "41 dự án"
    keys.press("e")
    expect(page.locator(".edit select").first).to_be_focused()
    tab_to(page, "#e_period")
    keys.press("Control+A")
    keys.insert_text(str(year))
    keys.press("Enter")
    expect(page.locator("#said")).to_contain_text("Đã ghi lại")
    expect(page.locator(".edit")).to_have_count(0)
    keys.press("Enter")
    expect(page.locator(".line.accepted")).to_have_count(1)
    expect(page.locator(".said.on")).to_have_text("912,4 triệu USD")
    keys.press("x")
    expect(page.locator(".line.rejected")).to_have_count(1)
    expect(page.locator(".said.on")).to_have_text("23 dự án")
    keys.press("/")
    expect(page.locator("#find")).to_be_focused()
    keys.insert_text("41")
    keys.press("Enter")
    expect(page.locator("h1")).to_contain_text("41")


# --- without scripts ------------------------------------------------------------------------------------------------


def test_the_whole_review_works_without_scripts(opened: Opened, year: int) -> None:
    page = opened(OFFICER, scripts=False)
    paste(page, REPORT.format(year=year))

    def line(text: str) -> object:
        found = page.locator(".line", has_text=text)
        found.locator("[data-light]").click()
        return found

    line("41").get_by_role("link", name="Sửa").click()  # type: ignore[attr-defined]
    page.get_by_label("Kỳ (").fill("hôm qua")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".edit .error")).to_be_visible()
    page.get_by_label("Kỳ (").fill(str(year))
    page.get_by_label("Số và đơn vị").fill("44 dự án")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".notes")).to_contain_text(["Đã ghi lại"])
    line("44").get_by_role("button", name="Nhận").click()  # type: ignore[attr-defined]
    expect(page.locator(".line.accepted")).to_have_count(1)
    line("23").get_by_role("button", name="Bỏ").click()  # type: ignore[attr-defined]
    expect(page.locator(".line.rejected")).to_have_count(1)
    line("23").get_by_role("button", name="Lấy lại").click()  # type: ignore[attr-defined]
    line("23").get_by_role("button", name="Nhận").click()  # type: ignore[attr-defined]
    expect(page.locator(".line.accepted")).to_have_count(2)

    page.goto(TOTAL.format(year=year))
    expect(page.locator(".path .value")).to_contain_text("67")
    page.locator("tbody a.fig").first.click()
    page.get_by_text("Rút số này").click()
    page.locator("#w_reason").fill("sai năm")
    page.get_by_role("button", name="Rút", exact=True).click()
    expect(page.locator(".path")).to_contain_text("Đã rút bởi")
    page.goto(TOTAL.format(year=year))
    expect(page.locator(".path .value")).to_contain_text("chưa báo cáo")
