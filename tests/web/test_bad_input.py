"""What is typed wrong is refused with a sentence where it was typed, and nothing is saved."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from sokhu.areas.ledger.models import Observation, ProposedFigure, ProposedState, Withdrawal
from sokhu.areas.sources.models import Document
from sokhu.kit.sealing.queries import head
from web.steps import PART, accepted, decided, figures_of, pasted, said, total_url

pytestmark = pytest.mark.usefixtures("book")

TEXT = "Năm 2019, thành phố Hải Phòng thu hút 77 dự án FDI cấp mới với tổng vốn đăng ký 812,3 triệu USD."
PRESS = {"kind": "press", "speaker_name": "Báo Thử", "published": "05/01/2020"}


@pytest.fixture
def document(officer: Client) -> Document:
    return pasted(officer, TEXT)


# --- filters and addresses ------------------------------------------------------------------------------------------


def test_a_period_that_is_none_is_refused_beside_its_field_and_the_table_stays(officer: Client) -> None:
    response = officer.get(reverse("observations") + "?ky=bla+bla")
    assert response.status_code == 422
    assert "“bla bla”" in said(response)
    assert said(response).count("<tr>") > 10


@pytest.mark.parametrize("query", ["q=%00", "ky=%00", "chi-tieu=%00", "noi=%F0%9F%90%94", "q=%25_%27%22", "trang=abc"])
def test_odd_filters_give_a_page_and_no_error(officer: Client, query: str) -> None:
    assert officer.get(f"{reverse('observations')}?{query}").status_code == 200


@pytest.mark.parametrize("text", ["\x00", "'", '"><script>', "%", "x" * 5000, "🐔"])
def test_any_search_gives_a_page_and_shows_what_was_typed_as_text(officer: Client, text: str) -> None:
    response = officer.get(reverse("search"), {"q": text})
    assert response.status_code == 200
    assert '"><script>' not in said(response)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (lambda: reverse("figure", args=[uuid4()]), 404),
        (lambda: reverse("document", args=[uuid4()]), 404),
        (lambda: reverse("indicator", args=["no_such_thing"]), 404),
        (lambda: reverse("place", args=["province/atlantis"]), 404),
        (lambda: reverse("overview") + "?noi=province/atlantis", 404),
        (lambda: reverse("total"), 404),
        (lambda: total_url("projects_valid", "province/atlantis", 2020), 404),
        (lambda: total_url("projects_valid", "province/hai-phong", 2020).replace("2020", "thang-13"), 422),
        (lambda: "/khong-co-trang-nay/", 404),
    ],
)
def test_an_address_of_nothing_is_told_in_words(officer: Client, address: object, status: int) -> None:
    response = officer.get(address())  # type: ignore[operator]
    assert response.status_code == status
    assert "data-problem" in said(response)


def test_a_decision_is_never_made_by_opening_an_address(officer: Client, document: Document) -> None:
    figure = accepted(officer, document)
    for name, args in (("document_decide", document.pk), ("figure_correct", figure.pk), ("figure_withdraw", figure.pk)):
        assert officer.get(reverse(name, args=[args])).status_code == 405


# --- correcting and withdrawing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_written", "reason", "told"),
    [
        ("78 dự án", "", "lý do"),
        ("78 dự án", "   ", "lý do"),
        ("bảy mươi tám con gà", "nhầm", "không đọc được"),
        ("", "nhầm", ""),
        ("78 ha", "nhầm", ""),
        ("9" * 40, "nhầm", ""),
    ],
)
def test_a_wrong_correction_answers_422_and_changes_nothing(
    officer: Client, document: Document, as_written: str, reason: str, told: str
) -> None:
    figure, before = accepted(officer, document), head()
    for headers in ({}, PART):
        response = officer.post(
            reverse("figure_correct", args=[figure.pk]), {"as_written": as_written, "reason": reason}, headers=headers
        )
        assert response.status_code == 422
        assert told in said(response)
        assert 'role="alert"' in said(response)
    assert head() == before


def test_withdrawing_without_a_reason_answers_422_and_changes_nothing(officer: Client, document: Document) -> None:
    figure = accepted(officer, document)
    assert officer.post(reverse("figure_withdraw", args=[figure.pk]), {"reason": " "}).status_code == 422
    assert not Withdrawal.objects.exists()


def test_a_figure_that_was_replaced_is_not_corrected_again(officer: Client, document: Document) -> None:
    figure = accepted(officer, document)
    address = reverse("figure_correct", args=[figure.pk])
    assert officer.post(address, {"as_written": "78 dự án", "reason": "nhầm"}).status_code == 302
    before = head()
    assert officer.post(address, {"as_written": "79 dự án", "reason": "nhầm nữa"}).status_code == 422
    assert head() == before
    page = said(officer.get(reverse("figure", args=[figure.pk])))
    assert "Nay đã thay bằng" in page
    assert address not in page


# --- the form of a proposed figure ----------------------------------------------------------------------------------


def edit(officer: Client, document: Document, **typed: str) -> tuple[int, str]:
    figure = figures_of(document)[0]
    form = {
        "indicator": "projects_new",
        "place": "province/hai-phong",
        "period": "2019",
        "as_written": figure.as_written,
        "ownership": "FDI",
    }
    address = reverse("document_edit", args=[document.pk, figure.pk])
    response = officer.post(address, {**form, **typed}, headers=PART)
    return response.status_code, said(response)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("period", "tháng 13/2019"),
        ("period", ""),
        ("period", "\x00"),
        ("as_written", "mười lăm con gà"),
        ("indicator", "no_such_thing"),
        ("indicator", ""),
        ("place", "province/atlantis"),
        ("place", ""),
        ("kind", "wish"),
        ("maturity", "ripe"),
        ("ownership", "XYZ"),
    ],
)
def test_a_wrong_edit_answers_422_with_the_form_as_typed_and_saves_nothing(
    officer: Client, document: Document, field: str, value: str
) -> None:
    before = ProposedFigure.objects.filter(proposal__document=document).order_by("order").values()[0]
    status, page = edit(officer, document, **{field: value})
    assert status == 422
    assert 'class="edit"' in page
    assert ProposedFigure.objects.filter(proposal__document=document).order_by("order").values()[0] == before


def test_an_accepted_figure_is_no_longer_edited_here(officer: Client, document: Document) -> None:
    accepted(officer, document)
    status, _page = edit(officer, document, period="2018")
    assert status == 422


@pytest.mark.parametrize("posted", [{}, {"accept": "not-an-id"}, {"accept": str(uuid4())}, {"reject": "x"}])
def test_a_decision_about_no_figure_changes_nothing(
    officer: Client, document: Document, posted: dict[str, str]
) -> None:
    before = head()
    assert decided(officer, document, **posted).status_code in (404, 422)
    assert head() == before


def test_a_figure_of_another_document_is_not_decided_here(officer: Client, document: Document) -> None:
    other = pasted(officer, "Năm 2018, thành phố Hải Phòng thu hút 61 dự án FDI cấp mới.")
    figure = figures_of(other)[0]
    decided(officer, document, reject=figure.pk)
    figure.refresh_from_db()
    assert figure.state == ProposedState.OPEN


# --- bringing a document in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": ""}, "Chưa có gì để đọc"),
        ({"text": TEXT, **PRESS, "speaker_name": " "}, "Ghi tên tờ báo"),
        ({"text": TEXT, **PRESS, "kind": "gossip"}, "Chọn một trong ba"),
        ({"text": TEXT, **PRESS, "published": "hôm qua"}, "ngày/tháng/năm"),
        ({"text": TEXT, **PRESS, "published": "2019"}, "ngày/tháng/năm"),
        ({"text": "\x00\x00", **PRESS}, ""),
        ({"text": TEXT, "kind": "report"}, "ban khác ký"),
        ({"text": TEXT, "kind": "report", "published": "05/01/2020"}, "chọn nơi"),
    ],
)
def test_an_incomplete_form_answers_422_keeps_what_was_typed_and_adds_no_document(
    officer: Client, typed: dict[str, str], told: str
) -> None:
    count = Document.objects.count()
    response = officer.post(reverse("document_new"), typed)
    assert response.status_code == 422
    assert told in said(response)
    assert TEXT not in typed["text"] or TEXT in said(response)
    assert Document.objects.count() == count


def word(*paragraphs: str) -> bytes:
    document = WordDocument()
    for text in paragraphs:
        document.add_paragraph(text)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def uploaded(officer: Client, name: str, data: bytes) -> tuple[int, str]:
    response = officer.post(reverse("document_new"), {"file": SimpleUploadedFile(name, data), **PRESS})
    return response.status_code, said(response)


def test_a_word_file_is_read_and_leads_to_its_review(officer: Client) -> None:
    status, _page = uploaded(officer, "bao-cao.docx", word(TEXT))
    assert status == 302
    assert [figure.as_written for figure in figures_of(Document.objects.order_by("-added_at")[0])] == [
        "77 dự án",
        "812,3 triệu USD",
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("rong.docx", b"", "không có chữ nào"),
        ("hong.docx", b"PK\x03\x04 broken", "hỏng"),
        ("anh.pdf", b"\x89PNG\r\n\x1a\n123", "hình ảnh"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_is_and_what_to_do(
    officer: Client, name: str, data: bytes, told: str
) -> None:
    count = Document.objects.count()
    status, page = uploaded(officer, name, data)
    assert status == 422
    assert name in page
    assert told in page
    assert Document.objects.count() == count


def test_a_file_over_the_limit_is_refused_before_it_is_read(officer: Client, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    status, page = uploaded(officer, "to.txt", b"a" * (1024 * 1024 + 1))
    assert status == 422
    assert "to.txt" in page
    assert "1 MB" in page


def test_the_same_file_again_leads_to_the_document_there_is(officer: Client) -> None:
    uploaded(officer, "bao-cao.txt", TEXT.encode())
    count = Document.objects.count(), ProposedFigure.objects.count()
    assert uploaded(officer, "ban-sao.txt", TEXT.encode())[0] == 302
    assert (Document.objects.count(), ProposedFigure.objects.count()) == count


def test_nothing_of_a_text_is_run_as_markup(officer: Client) -> None:
    document = pasted(officer, f"{TEXT} <script>alert(1)</script> <b>đậm</b>", title="<i>nghiêng</i>")
    page = said(officer.get(reverse("document", args=[document.pk])))
    assert "<script>alert" not in page
    assert "<b>đậm" not in page
    assert "<i>nghiêng" not in page


def test_nothing_typed_wrong_ever_reached_the_ledger(officer: Client, document: Document) -> None:
    assert not Observation.objects.filter(document=document).exists()
