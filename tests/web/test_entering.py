"""The form "Ghi một số", and saying on a figure's page that there is none any more."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from sokhu.areas.ledger.models import Observation
from sokhu.areas.sources.models import Document
from sokhu.kit.sealing.queries import head
from web.conftest import Login
from web.steps import BLOCK_HEAD, MINISTRY, PART, STRANGER, accepted, pasted, said, total_url

pytestmark = pytest.mark.usefixtures("book")

TYPED = {
    "indicator": "capital_new",
    "place": "province/hai-duong",
    "period": "năm 2023",
    "ownership": "FDI",
    "zone_kind": "",
    "kind": "result",
    "maturity": "final",
    "as_written": "512,7 triệu USD",
    "emptiness": "",
    "currency": "",
    "note": "Phòng Đầu tư báo qua điện thoại",
}
EMPTY = {"as_written": "", "emptiness": "not_reported", "currency": "USD"}
TEXT = "Năm 2019, thành phố Hải Phòng thu hút 77 dự án FDI cấp mới với tổng vốn đăng ký 812,3 triệu USD."


def enter(client: Client, **typed: str) -> tuple[int, str]:
    response = client.post(reverse("figure_enter"), TYPED | typed)
    return response.status_code, said(response)


def entered(client: Client, **typed: str) -> Observation:
    status, page = enter(client, **typed)
    assert status == 302, page
    return Observation.objects.order_by("-batch_id")[0]


def test_a_typed_figure_shows_who_typed_it_and_why_and_no_document(officer: Client) -> None:
    one = entered(officer)
    page = said(officer.get(reverse("figure", args=[one.pk])))
    assert "512,7" in page
    assert "Phòng Đầu tư báo qua điện thoại" in page
    assert "Số do An (cán bộ tổng hợp) nhập." in page
    assert reverse("document", args=[one.document_id]) not in page


def test_a_typed_figure_is_in_the_table_and_in_no_list_of_documents(officer: Client) -> None:
    one = entered(officer)
    table = said(officer.get(reverse("observations") + "?ky=2023&noi=province/hai-duong"))
    assert str(one.pk) in table
    assert "nhập tay" in table
    listed = reverse("document", args=[one.document_id])
    assert listed not in said(officer.get(reverse("documents")))
    assert listed not in said(officer.get(reverse("search") + "?q=hai+duong"))
    assert officer.get(listed).status_code == 200


def test_first_the_indicator_is_chosen_and_what_the_address_says_is_kept(officer: Client) -> None:
    page = said(officer.get(reverse("figure_enter") + "?noi=province/hai-duong&ky=2023"))
    assert 'name="chi-tieu"' in page
    assert 'name="noi" value="province/hai-duong"' in page
    assert 'name="as_written"' not in page


def test_only_fields_that_the_indicator_has_are_asked(officer: Client) -> None:
    money = said(officer.get(reverse("figure_enter") + "?chi-tieu=capital_new"))
    count = said(officer.get(reverse("figure_enter") + "?chi-tieu=emulation_self_score"))
    assert all(f'name="{field}"' in money for field in ("ownership", "zone_kind", "currency"))
    assert not any(f'name="{field}"' in count for field in ("ownership", "zone_kind", "currency"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("place", "", "Chưa chọn nơi"),
        ("place", "province/atlantis", "Danh mục không có nơi"),
        ("period", "", "Chưa có kỳ"),
        ("period", "tháng 13/2023", "tháng chạy từ 1 đến 12"),
        ("as_written", "", "Chưa có gì để ghi"),
        ("as_written", "mười con gà", "không đọc được"),
        ("as_written", "512,7", "đơn vị"),
        ("as_written", "512,7 ha", "ha"),
        ("as_written", "9" * 60, ""),
        ("emptiness", "withheld", "Giữ một trong hai"),
        ("kind", "wish", "không có trong danh sách"),
        ("note", "  ", "Chưa ghi số này từ đâu"),
        ("indicator", "no_such_thing", "không có chỉ tiêu"),
    ],
)
def test_what_is_typed_wrong_answers_422_beside_its_field_and_writes_nothing(
    officer: Client, field: str, value: str, told: str
) -> None:
    before = head(), Document.objects.count()
    status, page = enter(officer, **{field: value})
    assert status == 422
    assert told in page
    assert 'role="alert"' in page
    assert (head(), Document.objects.count()) == before


def test_what_was_typed_is_kept_when_something_is_wrong_and_shown_as_text(officer: Client) -> None:
    _status, page = enter(officer, period="bla", note='"><script>alert(1)</script>', as_written='"><b>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert re.search(r'<option value="province/hai-duong" selected>', page)


def test_another_figure_asks_before_it_replaces_the_one_that_stands(officer: Client) -> None:
    first = entered(officer)
    status, page = enter(officer, as_written="600 triệu USD")
    assert status == 422
    assert "512,7" in page
    assert 'name="revise"' in page
    assert entered(officer, as_written="600 triệu USD", revise="1").replaces_id == first.pk


@pytest.mark.parametrize("who", [STRANGER, BLOCK_HEAD, MINISTRY])
def test_everybody_with_a_role_enters_into_their_own_book(logged_in: Login, officer: Client, who: str) -> None:
    one = entered(logged_in(who))
    assert one.stream.kind == "other_body"
    mine = entered(officer)
    assert (mine.stream.kind, mine.replaces_id) == ("return", None)
    assert officer.get(reverse("figure", args=[one.pk])).status_code == (200 if who == BLOCK_HEAD else 404)


def test_a_member_that_is_missing_in_a_total_is_entered_from_there(officer: Client) -> None:
    total = total_url("capital_new", "province/hai-phong-2025", 2023, "FDI")
    page = said(officer.get(total))
    address = re.search(rf'href="({reverse("figure_enter")}[^"]*hai-duong[^"]*)"', page)
    assert address
    form = said(officer.get(address[1].replace("&amp;", "&")))
    assert re.search(r'<option value="province/hai-duong" selected>', form)
    assert 'value="năm 2023"' in form
    entered(officer)
    page = said(officer.get(total))
    assert "512,7" in page
    assert "ít nhất" in page


def test_why_a_member_is_missing_stands_beside_it_and_who_has_none_to_give_is_not_missing(officer: Client) -> None:
    total = total_url("capital_new", "province/hai-phong-2025", 2023, "FDI")
    entered(officer, place="province/hai-phong")
    one = entered(officer, **EMPTY)
    page = said(officer.get(total))
    assert "1/2" in page
    assert "chưa báo cáo</span>" in page
    correction = {"emptiness": "not_applicable", "reason": "năm đó chưa có khu nào"}
    officer.post(reverse("figure_correct", args=[one.pk]), correction)
    page = said(officer.get(total))
    assert "1/1" in page
    assert "còn thiếu" not in page


def test_links_to_enter_lead_only_who_may_there(logged_in: Login, officer: Client) -> None:
    block = total_url("projects_valid", "block/dong-bang-song-hong", 2023)
    enter_link = reverse("figure_enter") + "?"
    assert enter_link in said(logged_in(BLOCK_HEAD).get(block))
    assert enter_link not in said(logged_in(STRANGER).get(block))
    assert reverse("figure_enter") in said(officer.get(reverse("observations")))


# --- no figure any more ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, PART])
def test_a_figure_is_said_to_be_none_any_more_and_later_is_one_again(officer: Client, headers: dict[str, str]) -> None:
    figure = accepted(officer, pasted(officer, TEXT))
    address = reverse("figure_correct", args=[figure.pk])
    response = officer.post(address, {"emptiness": "withheld", "reason": "lộ một doanh nghiệp"}, headers=headers)
    assert response.status_code == (200 if headers else 302)
    empty = Observation.objects.get(replaces=figure)
    page = said(officer.get(reverse("figure", args=[empty.pk])))
    assert "giữ kín" in page
    assert "Ghi số vào ô này" in page
    table = said(officer.get(reverse("observations") + "?ky=2019"))
    assert str(empty.pk) in table
    assert str(figure.pk) not in table
    again = {"as_written": "78 dự án", "maturity": "preliminary", "reason": "đã có ba doanh nghiệp"}
    officer.post(reverse("figure_correct", args=[empty.pk]), again, headers=headers)
    assert Observation.objects.get(replaces=empty).maturity == "preliminary"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"emptiness": "", "reason": "thử"}, "Chưa chọn vì sao"),
        ({"emptiness": "gone", "reason": "thử"}, "không có trong danh sách"),
        ({"emptiness": "withheld", "reason": " "}, "Chưa có lý do"),
    ],
)
def test_no_figure_without_a_known_reason_answers_422_and_changes_nothing(
    officer: Client, typed: dict[str, str], told: str
) -> None:
    figure, before = accepted(officer, pasted(officer, TEXT)), head()
    for headers in ({}, PART):
        response = officer.post(reverse("figure_correct", args=[figure.pk]), typed, headers=headers)
        assert response.status_code == 422
        assert told in said(response)
    assert head() == before


def test_a_report_that_brings_the_awaited_figure_is_certain_and_goes_in(officer: Client) -> None:
    figure = accepted(officer, pasted(officer, TEXT))
    officer.post(reverse("figure_correct", args=[figure.pk]), {"emptiness": "not_available", "reason": "mất sổ"})
    document = pasted(officer, TEXT.replace("77", "79"))
    assert "sổ ghi" in said(officer.get(reverse("document", args=[document.pk])))
    assert accepted(officer, document).as_written.startswith("79")


def test_a_figure_beside_a_reason_for_none_is_not_said_to_agree(officer: Client, logged_in: Login) -> None:
    one = entered(officer, period="2022")
    entered(logged_in(MINISTRY), period="2022", **EMPTY)
    page = said(logged_in(MINISTRY).get(reverse("figure", args=[one.pk])))
    assert "bên có số, bên không" in page
