"""What a person accepts, corrects or takes back is in the totals of the next page; who speaks is who spoke then."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from sokhu.areas.ledger.models import Citation, Observation, ProposedState, Withdrawal
from sokhu.areas.ledger.pages.documents import title_of
from sokhu.kit.sealing.queries import verify
from web.conftest import Login
from web.steps import HEAD, PART, accepted, decided, figures_of, pasted, said, total_url

pytestmark = pytest.mark.usefixtures("book")

FDI = "Năm 2019, thành phố Hải Phòng thu hút 77 dự án FDI cấp mới."
DDI = "Năm 2019, thành phố Hải Phòng thu hút 31 dự án DDI cấp mới."
TOTAL = total_url("projects_new", "province/hai-phong", 2019)
NUMBER = re.compile(r'class="value[^"]*"><span class="fig"[^>]*>(.*?)<i class="ring', re.S)


def shown_number(client: Client, address: str) -> str:
    """The large number of a figure's or a total's page, without its marks."""
    found = NUMBER.search(said(client.get(address)))
    assert found, address
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


def test_a_total_follows_every_act_on_the_next_page(officer: Client, logged_in: Login) -> None:
    fdi, ddi = pasted(officer, FDI), pasted(officer, DDI)
    assert shown_number(officer, TOTAL) == "… chưa báo cáo"
    first = accepted(officer, fdi)
    accepted(officer, ddi)
    assert shown_number(officer, TOTAL) == "108"
    officer.post(reverse("figure_correct", args=[first.pk]), {"as_written": "80", "reason": "đếm lại"})
    assert shown_number(officer, TOTAL) == "111"
    assert shown_number(logged_in(HEAD), TOTAL) == "111"
    now = Observation.objects.get(replaces=first.pk)
    officer.post(reverse("figure_withdraw", args=[now.pk]), {"reason": "đếm lại sai"})
    assert shown_number(officer, TOTAL) == "108"
    officer.post(reverse("figure_withdraw", args=[first.pk]), {"reason": "không phải số của năm"})
    assert shown_number(officer, TOTAL) == "… chưa báo cáo"
    assert verify().broken is None


def test_the_overview_shows_what_was_just_accepted(officer: Client) -> None:
    address = reverse("overview") + "?noi=province/hai-phong&nam=2019"
    assert ">77<" not in said(officer.get(address)).replace("\n", "")
    figure = accepted(officer, pasted(officer, FDI))
    assert reverse("figure", args=[figure.pk]) in said(officer.get(address))


def test_on_todays_map_a_year_before_the_merger_says_at_least_and_who_is_missing(officer: Client) -> None:
    page = said(officer.get(reverse("overview") + "?noi=province/hai-phong-2025&nam=2021"))
    assert "Hải Phòng (từ 01/07/2025), năm 2021" in page
    assert page.count('<span class="lead-in">ít nhất</span>') > 5
    assert "Hải Dương" in page[page.index("còn thiếu 1") :]


def test_the_offered_years_are_those_with_figures(officer: Client) -> None:
    page = said(officer.get(reverse("overview") + "?noi=province/hai-phong&nam=2021"))
    years = re.findall(r'<a class="chip"[^>]*><b>(\d{4})</b>', page)
    assert {"2021", "2024"} <= set(years)
    assert "2018" not in years
    assert years == sorted(years, reverse=True)


def test_a_corrected_figure_is_corrected_where_it_now_stands(officer: Client) -> None:
    old = accepted(officer, pasted(officer, FDI))
    response = officer.post(
        reverse("figure_correct", args=[old.pk]), {"as_written": "80 dự án", "reason": "đếm lại"}, headers=PART
    )
    new = Observation.objects.get(replaces=old.pk)
    panel = said(response)
    assert reverse("figure_correct", args=[new.pk]) in panel
    assert "đếm lại" in panel
    old_page = said(officer.get(reverse("figure", args=[old.pk])))
    assert reverse("figure_correct", args=[old.pk]) not in old_page
    assert reverse("figure", args=[new.pk]) in old_page


def test_the_newest_entry_stands_first_in_the_table(officer: Client) -> None:
    figure = accepted(officer, pasted(officer, FDI))
    table = said(officer.get(reverse("observations")))
    rows = re.findall(rf'href="{reverse("observations")}([0-9a-f-]{{36}})/"', table)
    assert rows[0] == str(figure.pk)


def test_certain_figures_go_in_at_once_and_the_others_wait(officer: Client) -> None:
    document = pasted(officer, f"{FDI}\n\nMột số khác: 12 thứ gì đó. {DDI}")
    page = said(officer.get(reverse("document", args=[document.pk])))
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1].split()  # type: ignore[index]
    response = decided(officer, document, accept_certain="1", seen=" ".join(seen))
    assert f"Đã nhận {len(seen)} số vào sổ." in said(response)
    states = {str(figure.pk): figure.state for figure in figures_of(document)}
    assert [pk for pk, state in states.items() if state == ProposedState.ACCEPTED] == seen


def test_only_what_the_page_showed_as_certain_is_accepted_in_one_go(officer: Client) -> None:
    document = pasted(officer, f"{FDI} {DDI}")
    first, second = figures_of(document)[:2]
    decided(officer, document, accept_certain="1", seen=str(first.pk))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ProposedState.ACCEPTED, ProposedState.OPEN)


def test_an_edited_figure_joins_those_that_are_accepted_in_one_go(officer: Client) -> None:
    document = pasted(officer, FDI)
    figure = figures_of(document)[0]
    form = {"indicator": "projects_new", "place": "province/hai-phong", "period": "2018", "ownership": "FDI"}
    response = officer.post(
        reverse("document_edit", args=[document.pk, figure.pk]), {**form, "as_written": "78 dự án"}, headers=PART
    )
    assert f'name="seen" value="{figure.pk}"' in said(response)
    assert "Đã ghi lại." in said(response)


def test_saying_the_same_again_adds_a_place_that_says_it_and_no_figure(officer: Client) -> None:
    first = accepted(officer, pasted(officer, FDI))
    again = pasted(officer, FDI + " Xin cảm ơn.")
    response = decided(officer, again, accept=figures_of(again)[0].pk)
    assert "nay thêm chỗ dẫn" in said(response)
    assert Citation.objects.filter(observation=first).count() == 1
    assert Observation.objects.filter(cell=first.cell_id).count() == 1


def test_a_figure_that_contradicts_its_own_stream_waits_until_somebody_replaces_the_old_one(officer: Client) -> None:
    old = accepted(officer, pasted(officer, FDI))
    document = pasted(officer, FDI.replace("77", "79"))
    figure = figures_of(document)[0]
    page = said(officer.get(reverse("document", args=[document.pk])))
    assert "Nhận, thay số cũ" in page
    assert "lệch 2" in page
    refused = decided(officer, document, accept=figure.pk)
    figure.refresh_from_db()
    assert figure.state == ProposedState.OPEN
    assert "note error" in said(refused)
    decided(officer, document, revise=figure.pk)
    assert Observation.objects.get(replaces=old.pk).as_written == "79 dự án"


def test_a_rejected_figure_can_be_taken_back_and_accepted(officer: Client) -> None:
    document = pasted(officer, FDI)
    figure = figures_of(document)[0]
    decided(officer, document, reject=figure.pk)
    assert "đã bỏ" in said(officer.get(reverse("document", args=[document.pk])))
    decided(officer, document, reopen=figure.pk)
    assert accepted(officer, document)


def test_withdrawing_twice_is_one_withdrawal(officer: Client) -> None:
    figure = accepted(officer, pasted(officer, FDI))
    for _time in range(2):
        officer.post(reverse("figure_withdraw", args=[figure.pk]), {"reason": "nhầm"})
    assert Withdrawal.objects.count() == 1
    assert "Đã rút bởi" in said(officer.get(reverse("figure", args=[figure.pk])))


# --- who speaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "about", "speaker"),
    [
        ("05/01/2020", "province/hai-phong", "board/hai-phong"),
        ("05/01/2020", "province/hai-duong", "board/hai-duong"),
        ("30/06/2025", "province/hai-phong", "board/hai-phong"),
        ("01/07/2025", "", "board/hai-phong-2025"),
    ],
)
def test_a_report_of_the_own_board_speaks_for_the_board_of_its_day(
    officer: Client, published: str, about: str, speaker: str
) -> None:
    document = pasted(officer, FDI, published=published, about=about)
    assert (document.speaker, document.owner) == (speaker, "board/hai-phong-2025")


def test_the_day_that_stands_in_the_report_decides_where_none_was_typed(officer: Client) -> None:
    document = pasted(officer, f"Hải Phòng, ngày 05 tháng 01 năm 2020\n\n{FDI}", published="")
    assert document.speaker == "board/hai-phong"


def test_a_report_that_names_no_place_is_about_the_province_of_its_board(officer: Client) -> None:
    document = pasted(officer, FDI, published="01/07/2025", about="")
    assert document.about == "province/hai-phong-2025"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("UBND THÀNH PHỐ\nBÁO CÁO\nKết quả năm 2019\n\nNội dung.", "BÁO CÁO Kết quả năm 2019"),
        ("Báo cáo kết quả năm 2019\nNội dung.", "Báo cáo kết quả năm 2019"),
        ("Hải Phòng thu hút đầu tư\n\nNội dung.", "Hải Phòng thu hút đầu tư"),
        ("rất " * 60, "rất " * 26 + "rất…"),
        ("\n \n", ""),
    ],
)
def test_a_pasted_text_is_called_by_its_own_title(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title) <= 120
