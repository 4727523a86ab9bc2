"""The pages of forms: taking one, bringing a workbook in, seeing its cells, pointing out how one is read."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import reach
from sokhu.areas.ledger.models import Observation
from sokhu.areas.reporting.models import BoardWorkbook, SavedMapping
from sokhu.areas.zones.registry import ZONES
from sokhu.documents import read_workbook
from sokhu.kit.registers.actions import create
from web.conftest import Login
from web.steps import MINISTRY, STRANGER, figures_of, said
from workbook_files import ODD, Cells, Draft, xlsx

pytestmark = pytest.mark.django_db
OWN: Cells = {
    (1, 1): "Khu",
    (1, 2): "Nước xả thật",
    (1, 3): "Ghi chú",
    (2, 1): "KCN Đình Vũ",
    (2, 2): 12.0,
    (2, 3): "đo tháng 12",
}


def sent(client: Client, cells: Cells, stream: str = "return", **typed: str) -> BoardWorkbook:
    file = SimpleUploadedFile("bieu.xlsx", xlsx([Draft("Trang 1", cells)]))
    response = client.post(reverse("workbook_new"), {"file": file, "stream": stream, **typed})
    assert response.status_code == 302, said(response)
    return BoardWorkbook.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def test_a_form_is_downloaded_filled_and_comes_back(officer: Client) -> None:
    asked = {"bieu": "2105", "noi": "province/hai-phong", "ky": "2024"}
    response = officer.get(reverse("form_download"), asked)
    assert response["Content-Disposition"] == 'attachment; filename="bieu-2105-hai-phong-2024.xlsx"'
    form = read_workbook(response.content, "bieu.xlsx")
    assert form.sheets[0].rows[0][0] == "Biểu số 2105.H.QLKKT"
    file = SimpleUploadedFile("bieu.xlsx", response.content)
    back = officer.post(reverse("workbook_new"), {"file": file, "stream": "return"}, follow=True)
    assert "Kỳ" in said(back)
    assert back.context["mapping"] == "2105"
    assert back.context["chosen"] == {"place": "", "name": "Hải Phòng", "period": "năm 2024"}


def test_a_form_is_seen_on_screen_and_its_words_open_their_record(officer: Client) -> None:
    zone = create(ZONES, reach("an"), {
        "name": "KCN Màn Hình", "kind": "KCN", "province": "province/hai-phong-2025", "developer": "Công ty Hạ tầng",
    }, reason="thử")  # fmt: skip
    asked = {"bieu": "2103", "noi": "province/hai-phong-2025", "ky": "2025"}
    page = said(officer.get(reverse("form_shown"), asked))
    assert f'<a href="{reverse("thing", args=["zones", zone.pk])}">Công ty Hạ tầng</a>' in page
    assert reverse("form_download") in page
    assert officer.get(reverse("form_shown"), asked | {"bieu": "9"}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"bieu": "9999", "noi": "province/hai-phong", "ky": "2024"}, "Không có cách đọc nào"),
        ({"bieu": "2105", "noi": "province/nowhere", "ky": "2024"}, "province/nowhere"),
        ({"bieu": "2105", "noi": "province/hai-phong", "ky": "bao giờ"}, "bao giờ"),
    ],
)
def test_a_form_that_cannot_be_made_is_told(officer: Client, asked: dict[str, str], words: str) -> None:
    response = officer.get(reverse("form_download"), asked)
    assert response.status_code == 422
    assert words in said(response)


def test_a_place_that_was_not_there_in_the_period_is_told(officer: Client) -> None:
    stored = sent(officer, ODD)
    response = officer.get(reverse("workbook", args=[stored.pk]), {"noi": "province/hai-phong-2025", "ky": "2024"})
    assert response.status_code == 422
    assert "Chọn nơi của kỳ đó" in said(response)


def test_every_cell_of_a_workbook_is_shown_with_what_became_of_it(officer: Client) -> None:
    stored = sent(officer, ODD)
    response = officer.get(reverse("workbook", args=[stored.pk]))
    assert response.context["counts"] == {"taken": 2, "ignored": 6, "unknown": 2}
    assert [one["where"] for one in response.context["unknown"]] == ["'Trang 1'!A6, 'Trang 1'!B6"]
    page = said(response)
    assert "Không biết nơi nào tên “KCN Lạ”" in page
    assert 'class="taken num" title="Công suất thiết kế xử lý nước thải · KCN Đình Vũ' in page


def test_what_is_taken_is_reviewed_accepted_and_opens_at_its_cell(officer: Client) -> None:
    stored = sent(officer, ODD)
    proposed = officer.post(reverse("workbook", args=[stored.pk]), {}, follow=True)
    assert proposed.redirect_chain[-1][0] == reverse("document", args=[stored.pk])
    figure = next(one for one in figures_of(stored.document) if one.as_written.startswith("1.234,5"))
    officer.post(reverse("document_decide", args=[stored.pk]), {"accept": str(figure.pk)})
    one = Observation.objects.get(pk=figure.pk)
    page = said(officer.get(reverse("figure", args=[one.pk])))
    assert "&#x27;Trang 1&#x27;!C5" in page
    assert reverse("document", args=[stored.pk]) in page
    sheet = said(officer.get(reverse("document", args=[stored.pk])))
    assert f'data-figures="{figure.pk}"' in sheet
    assert reverse("workbook", args=[stored.pk]) in sheet
    again = officer.get(reverse("workbook", args=[stored.pk]))
    assert again.context["review_url"]


def test_a_workbook_is_seen_by_its_own_authority_only(officer: Client, logged_in: Login) -> None:
    stored = sent(officer, ODD)
    for stranger in (STRANGER, MINISTRY):
        client = logged_in(stranger)
        assert client.get(reverse("workbook", args=[stored.pk])).status_code == 404
        assert client.get(reverse("workbook_mapping", args=[stored.pk])).status_code == 404
        assert client.post(reverse("workbook", args=[stored.pk])).status_code == 404
        assert stored.document.title not in said(client.get(reverse("forms")))


@pytest.mark.parametrize(
    ("name", "data", "stream", "words"),
    [
        ("a.xlsx", b"khong phai", "return", "không phải bảng tính"),
        ("a.xlsx", None, "return", "Chọn một tệp"),
        ("a.xlsx", xlsx([Draft("S", ODD)]), "press", "của ai"),
        ("a.xlsx", xlsx([Draft("S", ODD)]), "other_body", "tên cơ quan"),
    ],
)
def test_a_bad_upload_keeps_nothing_and_says_why(
    officer: Client, name: str, data: bytes | None, stream: str, words: str
) -> None:
    form = {"stream": stream} | ({"file": SimpleUploadedFile(name, data)} if data is not None else {})
    response = officer.post(reverse("workbook_new"), form)
    assert response.status_code == 422
    assert words in said(response)
    assert not BoardWorkbook.objects.exists()


def test_a_mapping_is_pointed_out_tried_kept_and_recognised_next_time(officer: Client) -> None:
    stored = sent(officer, OWN)
    first = officer.get(reverse("workbook", args=[stored.pk]))
    assert "không giống cách đọc nào" in said(first)
    here = reverse("workbook_mapping", args=[stored.pk])
    pointed = {"dau": "2", "nhan": "B", "dong": "places"}
    page = officer.get(here, pointed)
    asked = page.context["columns_asked"]
    assert 'name="c2_chi"' in said(page)
    assert "Nước xả thật" in said(page)
    assert [(one["where"], one["label"], one["bo"]) for one in asked] == [
        ("C", "Nước xả thật", False),
        ("D", "Ghi chú", True),
    ]
    says = {
        "c2_chi": "Lưu lượng · wastewater_flow",
        "c2_dv": "m3/ngày đêm",
        "c3_bo": "1",
        "noi": "province/hai-phong",
        "ky": "2024",
    }
    tried = officer.post(here, {**pointed, **says, "ten": "", "thu": "1"})
    assert tried.context["counts"] == {"taken": 1, "ignored": 5, "unknown": 0}
    assert not SavedMapping.objects.exists()
    kept = officer.post(here, {**pointed, **says, "ten": "Nước xả", "luu": "1"}, follow=True)
    assert kept.context["mapping"] == "Nước xả"
    moved = {(row + 3, column + 1): value for (row, column), value in OWN.items()}
    next_time = officer.get(reverse("workbook", args=[sent(officer, moved).pk]), {"ky": "2025"})
    assert next_time.context["mapping"] == "Nước xả"
    assert next_time.context["counts"]["taken"] == 1
    officer.post(reverse("mapping_delete"), {"ten": "Nước xả"})
    assert not SavedMapping.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dau": "x"}, "Không hiểu hàng"),
        ({"dau": "2", "nhan": "5"}, "Không hiểu cột"),
        ({"dau": "40", "nhan": "B"}, "không có tên cột nào"),
        ({"dau": "2", "nhan": "A", "c2_chi": "revenue", "c2_dv": "triệu USD"}, "không có tên ở hàng tiêu đề"),
        ({"dau": "2", "nhan": "B"}, "Chưa cột hay dòng nào"),
        ({"dau": "2", "nhan": "B", "c2_chi": "khong_co"}, "Không có chỉ tiêu"),
        ({"dau": "2", "nhan": "B", "c2_dv": "sải tay"}, "sải tay"),
        ({"dau": "2", "nhan": "B", "c2_ky": "bao giờ"}, "bao giờ"),
        (
            {"dau": "2", "nhan": "B", "c2_chi": "revenue", "c2_dv": "triệu USD", "ten": "2101"},
            "tên của một biểu có sẵn",
        ),
    ],
)
def test_what_cannot_be_a_mapping_is_told_and_not_kept(officer: Client, typed: dict[str, str], words: str) -> None:
    here = reverse("workbook_mapping", args=[sent(officer, OWN).pk])
    response = officer.post(here, {"ten": "x", "luu": "1", **typed})
    assert response.status_code == 422
    assert words in said(response)
    assert not SavedMapping.objects.exists()


def test_rows_may_be_indicators(officer: Client) -> None:
    cells: Cells = {
        (0, 0): "Chỉ tiêu", (0, 1): "FDI", (1, 0): "Cấp mới", (2, 0): "Vốn đăng ký", (2, 1): 5.0,
        (3, 0): "Thu hồi", (4, 0): "Vốn đăng ký", (4, 1): 6.0,
    }  # fmt: skip
    here = reverse("workbook_mapping", args=[sent(officer, cells).pk])
    pointed = {"dau": "1", "nhan": "A", "dong": "named", "noi": "province/hai-phong", "ky": "2024"}
    asked = officer.get(here, pointed).context["rows_asked"]
    assert [one["label"] for one in asked] == ["Cấp mới / Vốn đăng ký", "Thu hồi / Vốn đăng ký"]
    says = {
        "r2_chi": "capital_new",
        "r2_dv": "triệu USD",
        "r4_chi": "capital_revoked",
        "r4_dv": "triệu USD",
        "c1_von": "FDI",
    }
    tried = officer.post(here, {**pointed, **says, "ten": "x", "thu": "1"})
    assert tried.context["counts"]["taken"] == 2


def test_the_national_system_stands_apart_and_its_differences_are_listed(officer: Client) -> None:
    ours = sent(officer, ODD)
    theirs = sent(officer, ODD | {(4, 1): 900.0}, stream="national")
    for stored in (ours, theirs):
        officer.post(reverse("workbook", args=[stored.pk]), {})
        ids = " ".join(str(one.pk) for one in figures_of(stored.document))
        officer.post(reverse("document_decide", args=[stored.pk]), {"accept_certain": "1", "seen": ids})
    assert Observation.objects.filter(stream__kind="national").count() == 2
    response = officer.get(reverse("national_differences"))
    assert [(chip["label"], chip["value"]) for chip in response.context["chips"]] == [
        ("Lệch", 1), ("Chỉ hệ thống quốc gia có", 0), ("Khớp", 1),
    ]  # fmt: skip
    assert "100 m³/ngày đêm" in said(response)
    answered = Observation.objects.get(stream__kind="return", cell__indicator="wastewater_capacity")
    assert answered.amount == 1_000_000_000


def test_the_pages_ask_the_database_the_same_number_of_times_for_one_workbook_and_for_many(officer: Client) -> None:
    def asked(address: str) -> int:
        officer.get(address)  # what is asked once for each process is known after it
        with CaptureQueriesContext(connection) as queries:
            officer.get(address)
        return len(queries)

    small = sent(officer, ODD)
    few = asked(reverse("forms")), asked(reverse("workbook", args=[small.pk]))
    many = ODD | {(row, 1): float(row) for row in range(6, 60)} | {(row, 0): f"KCN {row}" for row in range(6, 60)}
    large = [sent(officer, many | {(70, 0): f"Ghi chú {number}"}) for number in range(4)][-1]
    assert (asked(reverse("forms")), asked(reverse("workbook", args=[large.pk]))) == few
