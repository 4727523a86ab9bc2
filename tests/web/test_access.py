"""Who may open which page, and who must not learn that it exists."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from sokhu.areas.ledger.models import Observation, ProposedFigure, ProposedState
from sokhu.areas.sources.models import Document
from web.conftest import Login
from web.steps import (
    BLOCK_HEAD,
    EVERYBODY,
    HEAD,
    MINISTRY,
    OFFICER,
    PART,
    STRANGER,
    accepted,
    any_figure,
    decided,
    figures_of,
    pasted,
    said,
    total_url,
)

pytestmark = pytest.mark.usefixtures("book")

OWN_TEXT = "Năm 2019, thành phố Hải Phòng thu hút 77 dự án FDI cấp mới với tổng vốn đăng ký 812,3 triệu USD."
PAGES = {
    "overview": lambda: reverse("overview"),
    "overview of the block": lambda: reverse("overview") + "?noi=block/dong-bang-song-hong&nam=2020",
    "overview of the country": lambda: reverse("overview") + "?noi=country/viet-nam&nam=2024",
    "observations": lambda: reverse("observations"),
    "figure": lambda: reverse("figure", args=[any_figure()]),
    "enter": lambda: reverse("figure_enter"),
    "enter a figure of an indicator": lambda: reverse("figure_enter") + "?chi-tieu=capital_new&noi=province/hai-phong",
    "total": lambda: total_url("projects_valid", "block/dong-bang-song-hong", 2020),
    "documents": lambda: reverse("documents"),
    "document": lambda: reverse("document", args=[Document.objects.order_by("id")[0].pk]),
    "new document": lambda: reverse("document_new"),
    "indicators": lambda: reverse("indicators"),
    "indicator": lambda: reverse("indicator", args=["occupancy_rate"]),
    "places": lambda: reverse("places"),
    "places before the merger": lambda: reverse("places") + "?ban-do=truoc",
    "province": lambda: reverse("place", args=["province/hai-phong-2025"]),
    "board": lambda: reverse("place", args=["board/hai-phong"]),
    "block": lambda: reverse("place", args=["block/dong-bang-song-hong"]),
    "search": lambda: reverse("search") + "?q=hai+phong",
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", PAGES)
def test_every_role_opens_every_page_of_the_published_book(logged_in: Login, who: str, name: str) -> None:
    assert logged_in(who).get(PAGES[name]()).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_logged_in_is_sent_to_log_in_and_back(name: str) -> None:
    address = PAGES[name]()
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login") + "?next=")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_its_english_without_vietnamese_frames(logged_in: Login, name: str) -> None:
    client = logged_in(OFFICER)
    client.cookies["django_language"] = "en"
    response = client.get(PAGES[name]())
    assert response["Content-Language"] == "en"
    assert "Tổng quan" not in said(response)
    assert "Overview" in said(response)


@pytest.fixture
def own_document(officer: Client) -> Document:
    return pasted(officer, OWN_TEXT)


def test_a_proposed_figure_is_read_by_its_own_board_only(logged_in: Login, own_document: Document) -> None:
    address = reverse("document", args=[own_document.pk])
    seen = {who: logged_in(who).get(address).status_code for who in EVERYBODY}
    assert seen == {OFFICER: 200, HEAD: 200, STRANGER: 404, BLOCK_HEAD: 404, MINISTRY: 404}


def test_an_accepted_figure_is_read_by_its_board_and_the_ministry_and_unseen_by_a_stranger(
    logged_in: Login, officer: Client, own_document: Document
) -> None:
    figure = accepted(officer, own_document)
    for address in (reverse("figure", args=[figure.pk]), reverse("document", args=[own_document.pk])):
        assert logged_in(HEAD).get(address).status_code == 200
        assert logged_in(MINISTRY).get(address).status_code == 200
        assert logged_in(STRANGER).get(address).status_code == 404
    for address in (
        reverse("observations") + "?ky=2019",
        reverse("search") + "?q=77",
        reverse("overview") + "?noi=province/hai-phong&nam=2019",
        reverse("documents"),
        reverse("place", args=["province/hai-phong"]),
    ):
        assert str(figure.pk) not in said(logged_in(STRANGER).get(address)), address
    assert str(figure.pk) in said(logged_in(HEAD).get(reverse("observations") + "?ky=2019"))


def test_the_ministry_sees_of_a_document_only_what_was_accepted(
    logged_in: Login, officer: Client, own_document: Document
) -> None:
    figure, waiting = accepted(officer, own_document), figures_of(own_document)[1]
    page = said(logged_in(MINISTRY).get(reverse("document", args=[own_document.pk])))
    assert f"f-{figure.pk}" in page
    assert f"f-{waiting.pk}" not in page
    assert 'id="decide"' not in page


def test_a_strangers_total_leaves_out_what_the_stranger_may_not_see(
    logged_in: Login, officer: Client, own_document: Document
) -> None:
    accepted(officer, own_document)
    address = total_url("projects_new", "province/hai-phong-2025", 2019, "FDI")
    number = re.compile(r"\b77\b")  # not two digits of a digest, nor of the token of a form
    assert number.search(said(logged_in(HEAD).get(address)))
    assert not number.search(said(logged_in(STRANGER).get(address)))


def test_an_addressee_reads_the_whole_document_and_what_waits_and_has_no_button(
    logged_in: Login, officer: Client
) -> None:
    document = pasted(officer, OWN_TEXT + "\n\nĐoạn này không có số.", to="block/dong-bang-song-hong")
    address = reverse("document", args=[document.pk])
    seen = {who: logged_in(who).get(address).status_code for who in EVERYBODY}
    assert seen == {OFFICER: 200, HEAD: 200, STRANGER: 404, BLOCK_HEAD: 200, MINISTRY: 404}
    page = said(logged_in(BLOCK_HEAD).get(address))
    assert "Đoạn này không có số." in page
    assert all(f"f-{figure.pk}" in page for figure in figures_of(document))
    assert 'id="decide"' not in page
    assert "data-do=" not in page
    figure = figures_of(document)[0]
    assert decided(logged_in(BLOCK_HEAD), document, accept=figure.pk).status_code == 403
    assert logged_in(BLOCK_HEAD).get(reverse("document_edit", args=[document.pk, figure.pk])).status_code == 403


def test_both_sides_see_in_their_list_to_whom_a_document_went_and_nobody_else_does(
    logged_in: Login, officer: Client
) -> None:
    document = pasted(officer, OWN_TEXT, to="block/dong-bang-song-hong")
    for who in (OFFICER, BLOCK_HEAD):
        assert "gửi tới Khối thi đua" in said(logged_in(who).get(reverse("documents")))
    accepted(officer, document)
    third = said(logged_in(MINISTRY).get(reverse("documents")))
    assert str(document.pk) in third
    assert "gửi tới" not in third
    assert str(document.pk) in said(logged_in(BLOCK_HEAD).get(reverse("documents") + "?den=1"))
    assert str(document.pk) not in said(officer.get(reverse("documents") + "?den=1"))
    assert "gửi tới" not in said(logged_in(MINISTRY).get(reverse("document", args=[document.pk])))


def test_its_authority_alone_says_anew_to_whom_a_document_goes_until_all_is_decided(
    logged_in: Login, officer: Client
) -> None:
    document = pasted(officer, OWN_TEXT, to="block/dong-bang-song-hong")
    address, page = reverse("document_submit", args=[document.pk]), reverse("document", args=[document.pk])
    ministry = {"to": "country/viet-nam"}
    assert logged_in(BLOCK_HEAD).post(address, ministry).status_code == 403
    assert logged_in(STRANGER).post(address, ministry).status_code == 404
    assert officer.get(address).status_code == 405
    assert address in said(officer.get(page))
    assert officer.post(address, ministry)["Location"] == page
    assert logged_in(MINISTRY).get(page).status_code == 200
    assert logged_in(BLOCK_HEAD).get(page).status_code == 404
    assert officer.post(address, {"to": "board/quang-ngai-2025"}).status_code == 422
    for figure in figures_of(document):
        decided(officer, document, reject=figure.pk)
    assert officer.post(address, {}).status_code == 422
    assert address not in said(officer.get(page))
    assert "gửi tới Cơ quan trung ương" in said(officer.get(page))


@pytest.mark.parametrize(("who", "status"), [(STRANGER, 404), (BLOCK_HEAD, 404), (MINISTRY, 404)])
def test_nobody_decides_on_a_document_they_cannot_see(
    logged_in: Login, own_document: Document, who: str, status: int
) -> None:
    figure = figures_of(own_document)[0]
    assert decided(logged_in(who), own_document, accept=figure.pk).status_code == status
    figure.refresh_from_db()
    assert figure.state == ProposedState.OPEN


def test_who_sees_a_document_of_another_authority_may_not_decide_on_it(
    logged_in: Login, officer: Client, own_document: Document
) -> None:
    accepted(officer, own_document)
    waiting = figures_of(own_document)[1]
    ministry = logged_in(MINISTRY)
    assert decided(ministry, own_document, accept=waiting.pk).status_code == 403
    edit = reverse("document_edit", args=[own_document.pk, waiting.pk])
    assert ministry.get(edit, headers=PART).status_code == 403
    assert ProposedFigure.objects.get(pk=waiting.pk).state == ProposedState.OPEN


@pytest.mark.parametrize("verb", ["figure_correct", "figure_withdraw"])
def test_a_published_figure_of_others_is_read_and_not_changed(officer: Client, verb: str) -> None:
    figure = any_figure()
    count = Observation.objects.count()
    response = officer.post(reverse(verb, args=[figure]), {"as_written": "1 dự án", "reason": "thử"})
    assert response.status_code == 403
    assert Observation.objects.count() == count


def test_the_head_of_the_board_decides_on_what_the_officer_brought_in(logged_in: Login, own_document: Document) -> None:
    assert accepted(logged_in(HEAD), own_document).owner == "board/hai-phong-2025"


def test_a_form_without_its_token_is_refused(own_document: Document) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("login"), {"demo": OFFICER}).status_code == 403


def test_a_demo_account_enters_at_a_click_and_leaves_by_the_button() -> None:
    client = Client()
    assert client.post(reverse("login"), {"demo": OFFICER})["Location"] == reverse("overview")
    assert client.get(reverse("overview")).status_code == 200
    client.post(reverse("logout"))
    assert client.get(reverse("overview")).status_code == 302


@pytest.mark.parametrize("following", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_log_in_never_leads_to_another_site(following: str) -> None:
    response = Client().post(reverse("login"), {"demo": OFFICER, "next": following})
    assert response["Location"] == reverse("overview")


def test_demo_accounts_neither_show_nor_enter_where_they_are_switched_off() -> None:
    client = Client()
    with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, demo=False)):
        assert OFFICER not in said(client.get(reverse("login")))
        client.post(reverse("login"), {"demo": OFFICER})
        assert client.get(reverse("overview")).status_code == 302


def test_a_wrong_password_is_told_and_ten_of_them_lock_the_name() -> None:
    client = Client()
    told = [client.post(reverse("login"), {"username": HEAD, "password": f"wrong-{n}"}) for n in range(11)]
    assert told[0].status_code == 200
    assert 'role="alert"' in said(told[0])
    assert told[-1].status_code == 429
    assert re.search(r"Đợi 1[45] phút, đến \d\d:\d\d", said(told[-1]))


def test_an_account_that_does_not_exist_does_not_enter() -> None:
    client = Client()
    client.post(reverse("login"), {"demo": "nobody"})
    assert client.get(reverse("overview")).status_code == 302


def test_a_block_mate_reads_only_the_paragraphs_of_accepted_figures(
    logged_in: Login, officer: Client, own_document: Document
) -> None:
    """The figure and its passage are the block's to read; the rest of an unpublished paper is not."""
    own_document.text += "\n\nĐoạn này là việc nội bộ của ban."
    start = own_document.text.rindex("Đoạn này")
    own_document.blocks.append(["paragraph", start, len(own_document.text), None, None])
    own_document.save()
    accepted(officer, own_document)
    address = reverse("document", args=[own_document.pk])
    assert "việc nội bộ" in said(officer.get(address))
    page = said(logged_in(BLOCK_HEAD).get(address))
    assert "77 dự án" in page
    assert "việc nội bộ" not in page


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reads_which_role_may_do_what(logged_in: Login, who: str) -> None:
    page = said(logged_in(who).get(reverse("rights")))
    assert "Chủ đầu tư hạ tầng" in page
    assert "ban hành" in page


def test_a_record_says_who_may_see_it(logged_in: Login, officer: Client, own_document: Document) -> None:
    figure = accepted(officer, own_document)
    page = said(officer.get(reverse("figure", args=[figure.pk])))
    assert "Ai được xem?" in page
    assert "Cơ quan trung ương" in page.split("Ai được xem?")[1]
    paper = said(officer.get(reverse("document", args=[own_document.pk]))).split("Ai được xem?")[1]
    assert "Lãnh đạo ban" in paper
    assert "Cơ quan trung ương" not in paper
    assert "Mọi người có tài khoản" in said(officer.get(reverse("figure", args=[any_figure()])))


def test_to_whom_a_document_went_is_not_told_by_who_may_see_it(logged_in: Login, officer: Client) -> None:
    document = pasted(officer, OWN_TEXT, to="block/dong-bang-song-hong")
    accepted(officer, document)
    address = reverse("document", args=[document.pk])
    assert "Khối trưởng" in said(officer.get(address)).split("Ai được xem?")[1]
    assert "Khối trưởng" not in said(logged_in(MINISTRY).get(address)).split("Ai được xem?")[1]


def test_an_auditor_reads_drafts_and_proposals_of_the_board_and_finds_no_button(
    logged_in: Login, own_document: Document
) -> None:
    auditor = logged_in("kiemtra.haiphong")
    page = said(auditor.get(reverse("document", args=[own_document.pk])))
    assert "77 dự án" in page
    assert 'id="decide"' not in page
    assert decided(auditor, own_document, accept=figures_of(own_document)[0].pk).status_code == 403
    assert auditor.get(reverse("document_new")).status_code == 403
    refused = said(auditor.get(reverse("figure_enter")))
    assert "Vai trò của bạn ở Ban Quản lý Khu kinh tế Hải Phòng chỉ xem, không ghi" in refused


def test_an_administrator_reads_no_proposal(logged_in: Login, own_document: Document) -> None:
    assert logged_in("quantri.haiphong").get(reverse("document", args=[own_document.pk])).status_code == 404
