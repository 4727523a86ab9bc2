"""Reports from draft to correction, without a browser."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sokhu.areas.findings.models import Finding
from sokhu.areas.ledger.models import Observation
from sokhu.areas.publications.actions import made_again
from sokhu.areas.publications.assembling import report_made, texts_now, worth_asking
from sokhu.areas.publications.issued import canonical_of
from sokhu.areas.publications.models import Frozen, Issue, Report
from sokhu.areas.publications.queries import newest_build, newest_version, subject_of
from sokhu.core.answer import Question
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.documents import extract
from sokhu.kit.jobs.work import do_next
from sokhu.kit.sealing.queries import head, verify
from web.conftest import Login
from web.steps import BLOCK_HEAD, HEAD, MINISTRY, OFFICER, PART, STRANGER, said

BLOCK, HAI_PHONG = "block/dong-bang-song-hong", "province/hai-phong"


def begun(client: Client, place: str = HAI_PHONG, period: str = "2021", lang: str = "vi") -> Report:
    response = client.post(reverse("report_new"), {"place": place, "period": period, "lang": lang})
    assert response.status_code == 302, said(response)
    assert do_next("test") is not None
    return Report.objects.order_by("-begun_at")[0]


def form_of(client: Client, report: Report) -> dict[str, str]:
    """The editor's form as a browser would send it back."""

    class Form(HTMLParser):
        values: dict[str, str] = {}
        area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found = dict(attrs)
            name = found.get("name") or ""
            if tag == "input" and name and name != "csrfmiddlewaretoken" and name != "q":
                self.values[name] = found.get("value") or ""
            elif tag == "textarea":
                self.area, self.values[name] = name, ""
            elif tag == "select":
                self.select = name
            elif tag == "option" and "selected" in found and self.select.startswith("s"):
                self.values[self.select] = found.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

        def handle_data(self, data: str) -> None:
            if self.area:
                self.values[self.area] += data

    form = Form()
    form.values = {}
    form.feed(said(client.get(reverse("report_edit", args=[report.pk]))))
    return form.values


def issued(client: Client, report: Report) -> Issue:
    build = newest_build(report)
    assert build is not None
    response = client.post(reverse("report_issue", args=[report.pk]), {"build": build.pk})
    assert response.status_code == 302, said(response)
    return Issue.objects.get(report=report)


def test_a_report_goes_from_draft_to_correction(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    page = said(client.get(reverse("report", args=[report.pk])))
    assert "2.628,33 triệu USD" in page
    assert "chi-tieu=capital_added" in page

    form = form_of(client, report)
    field = next(name for name, value in form.items() if value.startswith("[Trong {kỳ}, {các đơn vị} đã cấp mới"))
    form[field] = "Riêng vốn trong nước tăng thêm {capital_added:DDI}."
    saved = client.post(reverse("report_edit", args=[report.pk]), form | {"do": "save"})
    assert saved.status_code == 302, said(saved)
    assert newest_version(report).number == 2
    do_next("test")
    assert "Riêng vốn trong nước tăng thêm" in said(client.get(reverse("report", args=[report.pk])))

    check = said(client.get(reverse("report_check", args=[report.pk])))
    assert "Số dự án chấm dứt hoạt động hoặc bị thu hồi" in check
    issue = issued(client, report)
    assert verify().broken is None
    assert made_again(issue) == canonical_of(issue)

    public = Client().get(reverse("verify", args=[issue.code]))
    assert issue.sha256 in said(public)
    registered = client.post(
        reverse("report_register", args=[report.pk]),
        {
            "number": "1234",
            "symbol": "BC-BQL",
            "day": "05/01/2022",
            "signed": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"),
        },
    )
    assert registered.status_code == 302, said(registered)
    assert "1234/BC-BQL" in said(Client().get(reverse("verify", args=[issue.code])))

    assert "Chưa có đính chính nào" in said(client.get(reverse("report", args=[report.pk])))
    figure = Observation.objects.filter(
        cell__indicator="capital_added", cell__ownership="FDI", cell__place=HAI_PHONG
    ).order_by("-batch_id")[0]
    entered = client.post(
        reverse("figure_enter"),
        {
            "indicator": "capital_added", "place": HAI_PHONG, "period": "2021", "ownership": "FDI", "kind": "result",
            "maturity": "final", "as_written": "2.630 triệu USD", "note": "Rà soát lại",
        },
    )  # fmt: skip
    assert entered.status_code == 302, said(entered)
    assert figure.amount == 2_628_330_000
    page = said(client.get(reverse("report", args=[report.pk])))
    assert "2.630 triệu USD" in page
    assert reverse("explain") in page
    assert made_again(issue) == canonical_of(issue)


def test_what_contradicts_what_is_read_before_a_report_is_issued(logged_in: Login) -> None:
    client = logged_in(BLOCK_HEAD)
    report = begun(client, BLOCK, "2020")
    check = said(client.get(reverse("report_check", args=[report.pk])))
    assert "464,6 triệu USD (462,0–467,2)" in check
    one = Finding.objects.get(code="continuity", cell__ownership="FDI")
    client.post(reverse("finding", args=[one.pk]), {"words": "Các dự án thu hồi chưa nêu."})
    assert "đã giải thích" in said(client.get(reverse("report_check", args=[report.pk])))


def test_words_are_added_moved_and_taken_away_before_anything_is_saved(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    report = begun(client)
    form, address = form_of(client, report), reverse("report_edit", args=[report.pk])
    page = said(client.post(address, form | {"do": "up:3"}))
    assert page.index('value="Dự án còn hiệu lực và vốn thực hiện"') < page.index('value="Kết quả thu hút đầu tư"')
    assert 'name="s2-b4-text"' in said(client.post(address, form | {"do": "add:2:3:text"}))
    assert "Kết quả thu hút đầu tư" not in said(client.post(address, form | {"do": "remove:2"}))
    assert client.post(address, form | {"do": "remove:99"}).status_code == 422
    assert newest_version(report).number == 1


def test_a_wrong_placeholder_is_told_beside_its_paragraph_and_nothing_is_saved(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    report = begun(client)
    form = form_of(client, report) | {"s1-b1-text": "Vốn {capital_nwe}", "about": "", "do": "save"}
    response = client.post(reverse("report_edit", args=[report.pk]), form)
    assert response.status_code == 422
    assert "capital_new" in said(response)
    assert 'id="s1b1e"' not in said(response)  # the title is told first, alone
    response = client.post(reverse("report_edit", args=[report.pk]), form | {"about": "Trích yếu"})
    assert re.search(r'id="s1b1e"><p class="error" role="alert">Ký tự 5: “capital_nwe”', said(response))
    assert newest_version(report).number == 1


def test_a_preview_shows_what_would_be_written_and_saves_nothing(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    report = begun(client)
    form = form_of(client, report) | {"s1-b1-text": "Riêng FDI mới {capital_new:FDI}.", "do": "preview"}
    assert "Riêng FDI mới" in said(client.post(reverse("report_edit", args=[report.pk]), form))
    assert newest_version(report).number == 1


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(logged_in: Login) -> None:
    one, other = logged_in(OFFICER), logged_in(HEAD)
    report = begun(one)
    address, form = reverse("report_edit", args=[report.pk]), form_of(one, report)
    assert other.post(address, form | {"about": "Bản của Bình", "do": "save"}).status_code == 302
    response = one.post(address, form | {"about": "Bản của An", "do": "save"})
    assert response.status_code == 422
    assert "Bản của An" in said(response)
    assert newest_version(report).content["about"] == "Bản của Bình"


def test_an_earlier_version_is_read_and_taken_back_as_a_new_one(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    report = begun(client)
    first = newest_version(report).content["about"]
    client.post(reverse("report_edit", args=[report.pk]), form_of(client, report) | {"about": "Khác", "do": "save"})
    page = said(client.get(reverse("report_history", args=[report.pk]) + "?ban=1"))
    assert "sửa lời văn" in page
    restored = client.post(reverse("report_restore", args=[report.pk, 1]), {"base": 2})
    assert restored.status_code == 302
    assert (newest_version(report).number, newest_version(report).content["about"]) == (3, first)


PAGES = ("report", "report_edit", "report_check", "report_history")


def test_a_draft_is_its_authoritys_alone(logged_in: Login) -> None:
    report = begun(logged_in(OFFICER))
    for name in PAGES:
        assert logged_in(HEAD).get(reverse(name, args=[report.pk])).status_code == 200
        for username in (STRANGER, BLOCK_HEAD, MINISTRY):
            assert logged_in(username).get(reverse(name, args=[report.pk])).status_code in (403, 404), (name, username)
        assert Client().get(reverse(name, args=[report.pk])).status_code == 302
    for name in ("report_make", "report_issue"):
        assert logged_in(STRANGER).post(reverse(name, args=[report.pk])).status_code == 404
    assert logged_in(STRANGER).get(reverse("report_file", args=[report.pk, "pdf"])).status_code == 404


def test_an_issued_report_is_read_by_block_and_ministry_and_changed_by_nobody(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    issued(client, report)
    for username in (OFFICER, BLOCK_HEAD, MINISTRY):
        assert logged_in(username).get(reverse("report", args=[report.pk])).status_code == 200
    assert logged_in(STRANGER).get(reverse("report", args=[report.pk])).status_code == 404
    assert logged_in(MINISTRY).post(reverse("report_register", args=[report.pk]), {}).status_code == 403
    assert client.get(reverse("report_edit", args=[report.pk])).status_code == 422
    assert str(report.pk) in said(logged_in(MINISTRY).get(reverse("reports")))


def test_nobody_reports_on_a_place_that_is_not_theirs(logged_in: Login) -> None:
    for username, place, status in (
        (OFFICER, "province/quang-ngai", 422),
        (OFFICER, BLOCK, 422),
        (BLOCK_HEAD, BLOCK, 302),
        (MINISTRY, "country/viet-nam", 302),
        (OFFICER, "zone/kcn-dinh-vu", 422),
    ):
        response = logged_in(username).post(reverse("report_new"), {"place": place, "period": "2021"})
        assert response.status_code == status, (username, place)
    response = logged_in(OFFICER).post(reverse("report_new"), {"place": HAI_PHONG, "period": "năm con mèo"})
    assert response.status_code == 422


def test_the_block_reads_as_its_own_report_did(logged_in: Login) -> None:
    client = logged_in(BLOCK_HEAD)
    report = begun(client, BLOCK, "2020")
    build = newest_build(report)
    assert build is not None
    made = json.loads(build.canonical)
    text = " ".join(
        "".join(run["text"] for run in block["runs"])
        for section in made["sections"] for block in section["blocks"] if block["kind"] == "text"
    )  # fmt: skip
    for words in (
        "330 dự án, gồm 228 dự án có vốn đầu tư nước ngoài (FDI) và 102 dự án đầu tư trong nước (DDI)",
        "đạt 61.206,6 triệu USD (tăng 8,11% so với cùng kỳ năm 2019)",
        "Lũy kế đến ngày 31/12/2020, các dự án FDI đã giải ngân 38.535,9 triệu USD, đạt 62,96% tổng vốn đầu tư",
        "453.287,5 tỷ đồng (tăng 4,86% so với cùng kỳ năm 2019)",
        "83 KCN, KCX đi vào hoạt động với tổng diện tích 18.041,5 ha. Số KCN, KCX, KKT đã có trạm",
        "tổng số lao động làm việc trong các KCN, KCX, KKT là 1.148.174 người",
    ):
        assert words in text


@pytest.mark.parametrize("wanted", ["docx", "pdf"])
def test_files_hold_every_figure_and_our_own_reader_finds_them(logged_in: Login, wanted: str) -> None:
    client = logged_in(BLOCK_HEAD)
    report = begun(client, BLOCK, "2020")
    response = client.get(reverse("report_file", args=[report.pk, wanted]))
    assert "attachment" in response["Content-Disposition"]
    text = " ".join(extract(response.content, f"bao-cao.{wanted}").text.split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        "Nơi nhận:",
        "KHỐI TRƯỞNG",
    ):
        assert words in text
    build = newest_build(report)
    assert build is not None
    written = [one["text"] for one in json.loads(build.canonical)["figures"] if one["how"] == "said"]
    assert len(written) > 25
    missing = [one for one in written if one.partition(" ")[0] not in text]
    assert missing == []


@pytest.mark.parametrize(
    ("username", "place", "period", "at_least"), [(BLOCK_HEAD, BLOCK, "2020", 40), (OFFICER, HAI_PHONG, "2021", 28)]
)
def test_our_own_proofreading_finds_no_contradiction_in_a_report(
    logged_in: Login, username: str, place: str, period: str, at_least: int
) -> None:
    client = logged_in(username)
    report = begun(client, place, period)
    word = client.get(reverse("report_file", args=[report.pk, "docx"])).content
    sent = client.post(reverse("drafts"), {"file": SimpleUploadedFile("bao-cao.docx", word)})
    assert sent.status_code == 302, said(sent)
    while do_next("test"):
        pass
    remarks = json.loads(client.get(sent["Location"] + "soat.json").content)
    codes = [one["code"] for one in remarks]
    assert not [one for one in remarks if one["severity"] == "error"]
    assert codes.count("confirmed") >= at_least
    assert not {"contradicted", "inconsistent"} & set(codes)


def test_a_draft_says_that_it_is_one_and_an_issued_file_carries_its_code(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    draft = client.get(reverse("report_file", args=[report.pk, "docx"]))
    assert "(Dự thảo)" in extract(draft.content, "a.docx").text
    issue = issued(client, report)
    for wanted, sha256 in (("docx", issue.docx_sha256), ("pdf", issue.pdf_sha256), ("json", issue.sha256)):
        content = client.get(reverse("report_file", args=[report.pk, wanted])).content
        assert hashlib.sha256(content).hexdigest() == sha256
        if wanted != "json":
            text = extract(content, f"a.{wanted}").text
            assert issue.code in text
            assert "(Dự thảo)" not in text


def test_the_public_page_tells_a_true_file_from_a_changed_one(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    issue = issued(client, report)
    address, public = reverse("verify", args=[issue.code]), Client()
    content = client.get(reverse("report_file", args=[report.pk, "pdf"])).content
    assert "bản PDF của Sổ Khu" in said(public.post(address, {"file": BytesIO(content)}))
    assert "không phải tệp nào" in said(public.post(address, {"file": BytesIO(content + b" ")}))
    assert "29 dự án" not in said(public.get(address))
    assert public.get(reverse("verify_find"), {"ma": issue.code.lower().replace("-", " ")}).status_code == 302
    assert public.get(reverse("verify_find"), {"ma": "0000-0000"}).status_code == 404
    assert public.get(reverse("verify", args=["ABCD-ABCD-ABCD-ABCD-ABCD"])).status_code == 404


def test_only_what_the_page_showed_is_issued_and_only_once(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    build = newest_build(report)
    assert build is not None
    address = reverse("report_issue", args=[report.pk])
    assert client.post(address, {"build": "x"}).status_code == 422
    client.post(reverse("report_edit", args=[report.pk]), form_of(client, report) | {"about": "Khác", "do": "save"})
    stale = client.post(address, {"build": build.pk})
    assert stale.status_code == 422
    assert Issue.objects.count() == 0
    do_next("test")
    issued(client, report)
    newest = newest_build(report)
    assert newest is not None
    assert client.post(address, {"build": newest.pk}).status_code == 422
    assert Issue.objects.count() == 1


def test_the_clerk_is_told_what_is_missing_and_what_is_no_pdf(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    issue = issued(client, report)
    address = reverse("report_register", args=[report.pk])
    wrong = client.post(address, {"day": "32/13/2022", "number": "1", "symbol": "BC"})
    assert wrong.status_code == 422
    wrong = client.post(address, {"day": "5/1/2022", "number": "", "symbol": "BC", "signed": BytesIO(b"PK")})
    assert "không phải PDF" in said(wrong)
    signed = SimpleUploadedFile("a.pdf", b"%PDF-1.7 signed")
    client.post(address, {"day": "5/1/2022", "number": "7", "symbol": "BC-BQL", "signed": signed})
    client.post(address, {"day": "6/1/2022", "number": "7", "symbol": "BC-BQL"})  # the day was wrong; the file stays
    page = said(client.get(reverse("report", args=[report.pk])))
    assert "06/01/2022" in page
    assert client.get(reverse("report_signed", args=[report.pk])).content == b"%PDF-1.7 signed"
    assert issue.registrations.count() == 2
    assert verify().broken is None


def test_a_changed_frozen_text_is_not_shown_as_the_report(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    issue = issued(client, report)
    frozen = Frozen.objects.get(pk=issue.sha256)
    frozen.canonical = frozen.canonical.replace("327", "328")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        frozen.save()
    with patch.object(issue, "sha256", "0" * 64), pytest.raises(Problem) as told:
        canonical_of(issue)
    assert told.value.code == "report.frozen_differs"


def test_a_page_that_waits_is_told_how_far_the_work_is_and_loads_again_when_it_is_done(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    client.post(reverse("report_new"), {"place": HAI_PHONG, "period": "2021"})
    address = reverse("report", args=[Report.objects.order_by("-begun_at")[0].pk])
    waiting = client.get(address, headers=PART)
    assert "Đang chờ lấy số liệu" in said(waiting)
    assert "HX-Refresh" not in waiting
    assert "<noscript>" in said(client.get(address))
    do_next("test")
    assert client.get(address, headers=PART)["HX-Refresh"] == "true"
    assert "<noscript>" not in said(client.get(address))


def test_a_report_that_asks_for_too_much_is_refused_before_it_is_made(logged_in: Login) -> None:
    report = begun(logged_in(OFFICER))
    content = newest_version(report).content
    with patch("sokhu.areas.publications.assembling.MOST_ASKED", 10), pytest.raises(Problem) as told:
        report_made(subject_of(report), content, at=head()[0])
    assert told.value.code == "report.asks_too_much"
    assert texts_now(subject_of(report), content)
    with patch("sokhu.areas.publications.assembling.MOST_WHILE_WAITING", 10):
        assert texts_now(subject_of(report), content) == {}


def test_only_periods_in_which_something_was_said_are_asked_about(book: None) -> None:
    asked = [
        Question("capital_new", HAI_PHONG, parse(name), "FDI", currency="USD") for name in ("2021", "1999", "2020")
    ]
    assert [one.period.name for one in worth_asking(asked)] == ["2021", "2020"]  # 2020: counts of January 2021
    assert worth_asking(asked, at=0) == []


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_the_database_as_often_for_many_reports_as_for_one(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client, HAI_PHONG, "2020")
    issued(client, begun(client, HAI_PHONG, "2019"))
    few = {name: queries_of(client, reverse(name, args=[report.pk])) for name in PAGES}
    listed = queries_of(client, reverse("reports"))
    issued(client, begun(client, HAI_PHONG, "2018"))
    begun(client, HAI_PHONG, "2021")
    form = form_of(client, report)
    for number in range(2):
        client.post(
            reverse("report_edit", args=[report.pk]),
            form | {"about": f"Lần {number}", "base": number + 1, "do": "save"},
        )
    do_next("test")
    assert queries_of(client, reverse("reports")) == listed
    assert {name: queries_of(client, reverse(name, args=[report.pk])) for name in PAGES} == few
    assert max(few.values()) < 60


def test_an_officer_prepares_and_a_head_issues(logged_in: Login) -> None:
    client = logged_in(OFFICER)
    report = begun(client)
    build = newest_build(report)
    assert build is not None
    address = reverse("report_issue", args=[report.pk])
    assert f'action="{address}"' not in said(client.get(reverse("report_check", args=[report.pk])))
    for username in (OFFICER, "truongphong.haiphong"):
        assert logged_in(username).post(address, {"build": build.pk}).status_code == 403
    assert not Issue.objects.exists()
    assert f'action="{address}"' in said(logged_in(HEAD).get(reverse("report_check", args=[report.pk])))


def test_an_auditor_reads_a_draft_with_its_history_and_changes_nothing(logged_in: Login) -> None:
    report = begun(logged_in(OFFICER))
    auditor = logged_in("kiemtra.haiphong")
    for name in ("report", "report_check", "report_history"):
        page = said(auditor.get(reverse(name, args=[report.pk])))
        assert reverse("report_edit", args=[report.pk]) not in page
        assert reverse("report_make", args=[report.pk]) not in page
    assert auditor.get(reverse("report_edit", args=[report.pk])).status_code == 403
    assert auditor.post(reverse("report_make", args=[report.pk])).status_code == 403
