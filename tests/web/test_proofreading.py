"""Proofreading: what is said of each figure of a draft, on screen, as JSON and as a Word file."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sokhu.areas.findings.models import Draft
from sokhu.cli.main import main
from sokhu.kit.jobs.work import do_next
from web.steps import BLOCK_HEAD, OFFICER, STRANGER, accepted, decided, figures_of, pasted, said

pytestmark = pytest.mark.usefixtures("book")

# The sourced book says 29 projects and 327,45 triệu USD of Hải Phòng in 2021.
DRAFT = (
    "Năm 2021, thành phố Hải Phòng thu hút 29 dự án FDI cấp mới với tổng vốn đăng ký 372,45 triệu USD.\n\n"
    "Cấp mới giấy chứng nhận đăng ký đầu tư cho 50 dự án, gồm 29 dự án FDI và 20 dự án DDI."
)


def checked(client: Client, text: str, **typed: str) -> list[dict[str, object]]:
    answer = client.post(reverse("drafts"), {"text": text, "about": "province/hai-phong", **typed})
    assert answer.status_code == 302, said(answer)
    marks: list[dict[str, object]] = client.get(answer["Location"] + "soat.json").json()
    return marks


def codes_of(marks: list[dict[str, object]], quote: str) -> set[object]:
    return {mark["code"] for mark in marks if mark["quote"] == quote}


def test_a_figure_is_confirmed_or_contradicted_by_the_ledger(officer: Client) -> None:
    marks = checked(officer, DRAFT)
    assert codes_of(marks, "20 dự án") == {"confirmed"}
    contradicted = next(mark for mark in marks if mark["code"] == "contradicted")
    assert (contradicted["quote"], contradicted["severity"]) == ("372,45 triệu USD", "error")
    assert contradicted["suggestion"] == "327,45 triệu USD"
    assert contradicted["params"]["gap"] == "45 triệu USD"  # type: ignore[index]
    assert "An ninh Hải Phòng" in str(contradicted["message"])


def test_parts_that_do_not_make_their_whole_are_an_error_within_the_text(officer: Client) -> None:
    marks = checked(officer, DRAFT)
    parts = next(mark for mark in marks if mark["code"] == "ownership_parts")
    assert (parts["quote"], parts["severity"], parts["suggestion"]) == ("50 dự án", "error", "49 dự án")
    assert DRAFT[parts["start"] : parts["end"]] == "50 dự án"  # type: ignore[misc]


def test_a_figure_with_fewer_digits_than_the_ledgers_is_rounded_and_not_contradicted(officer: Client) -> None:
    marks = checked(officer, "Năm 2021, Hải Phòng thu hút 327 triệu USD vốn FDI đăng ký cấp mới.")
    assert codes_of(marks, "327 triệu USD") == {"rounded"}


def test_a_figure_that_the_ledger_does_not_know_is_a_note(officer: Client) -> None:
    marks = checked(officer, "Năm 1997, Hải Phòng thu hút 3 dự án FDI cấp mới.")
    assert [(mark["code"], mark["severity"]) for mark in marks] == [("unknown", "note")]


def test_growth_is_recomputed_from_the_ledgers_figure_of_the_year_before(officer: Client) -> None:
    document = pasted(officer, "Năm 2030, thành phố Hải Phòng thu hút 40 dự án FDI cấp mới.", published="05/01/2031")
    accepted(officer, document)
    marks = checked(officer, "Năm 2031, thành phố Hải Phòng thu hút 50 dự án FDI cấp mới, tăng 20% so với cùng kỳ.")
    growth = next(mark for mark in marks if mark["code"] == "comparison_recomputed")
    assert (growth["quote"], growth["suggestion"]) == ("20%", "25%")


def test_growth_that_is_right_is_confirmed(officer: Client) -> None:
    document = pasted(officer, "Năm 2030, thành phố Hải Phòng thu hút 40 dự án FDI cấp mới.", published="05/01/2031")
    accepted(officer, document)
    marks = checked(officer, "Năm 2031, thành phố Hải Phòng thu hút 50 dự án FDI cấp mới, tăng 25% so với cùng kỳ.")
    assert codes_of(marks, "25%") == {"confirmed"}


def test_a_draft_is_its_writers_alone(officer: Client, logged_in: Callable[[str], Client]) -> None:
    checked(officer, DRAFT)
    draft = Draft.objects.get()
    for address in (reverse("draft", args=[draft.pk]), reverse("draft_docx", args=[draft.pk])):
        assert logged_in(STRANGER).get(address).status_code == 404
    assert draft.title not in said(logged_in(STRANGER).get(reverse("drafts")))


def test_a_deleted_draft_is_gone(officer: Client) -> None:
    checked(officer, DRAFT)
    officer.post(reverse("draft_delete", args=[Draft.objects.get().pk]))
    assert not Draft.objects.exists()


def test_a_draft_is_checked_again_when_the_ledger_went_on(officer: Client) -> None:
    text = "Năm 2031, thành phố Hải Phòng thu hút 50 dự án FDI cấp mới."
    assert codes_of(checked(officer, text), "50 dự án") == {"unknown"}
    accepted(officer, pasted(officer, text, published="05/01/2032"))
    again = officer.get(reverse("draft_json", args=[Draft.objects.get().pk])).json()
    assert codes_of(again, "50 dự án") == {"confirmed"}


def test_the_page_marks_the_text_and_lists_what_was_found(officer: Client) -> None:
    checked(officer, DRAFT)
    page = said(officer.get(reverse("draft", args=[Draft.objects.get().pk])))
    assert 'class="said error"' in page
    assert "327,45 triệu USD" in page
    assert "Lỗi" in page


def test_the_word_file_keeps_the_text_and_says_the_remarks_as_comments(officer: Client) -> None:
    checked(officer, DRAFT)
    file = docx.Document(BytesIO(officer.get(reverse("draft_docx", args=[Draft.objects.get().pk])).content))
    assert "\n\n".join(one.text for one in file.paragraphs) == DRAFT
    comments = [comment.text for comment in file.comments]
    assert len(comments) == 2
    assert any("327,45 triệu USD" in comment for comment in comments)


def test_an_uploaded_draft_is_read_like_a_pasted_one(officer: Client) -> None:
    answer = officer.post(reverse("drafts"), {"file": SimpleUploadedFile("nhap.txt", DRAFT.encode())})
    marks = officer.get(answer["Location"] + "soat.json").json()
    assert "contradicted" in codes_of(marks, "372,45 triệu USD")


@pytest.mark.parametrize("sent", [{}, {"text": "  "}, {"text": "x", "published": "hôm qua"}])
def test_what_cannot_be_checked_is_told_and_nothing_is_kept(officer: Client, sent: dict[str, str]) -> None:
    answer = officer.post(reverse("drafts"), sent)
    assert answer.status_code == 422
    assert 'role="alert"' in said(answer)
    assert not Draft.objects.exists()


def test_a_document_of_the_book_is_checked_with_its_figures_as_they_were_decided(officer: Client) -> None:
    document = pasted(officer, DRAFT, published="05/01/2022")
    wrong = next(one for one in figures_of(document) if one.as_written.startswith("372"))
    address = reverse("document_check", args=[document.pk])
    assert "lệch 45 triệu USD" in said(officer.get(address))
    decided(officer, document, reject=wrong.pk)
    assert "lệch 45 triệu USD" not in said(officer.get(address))


def test_who_does_not_read_a_document_whole_does_not_see_it_checked(
    officer: Client, logged_in: Callable[[str], Client]
) -> None:
    document = pasted(officer, DRAFT, published="05/01/2022")
    assert logged_in(STRANGER).get(reverse("document_check", args=[document.pk])).status_code == 404
    assert logged_in(BLOCK_HEAD).get(reverse("document_check", args=[document.pk])).status_code == 404


def test_the_command_prints_the_same_as_json_and_fails_on_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nhap.txt"
    file.write_text(DRAFT)
    assert main(["--lang", "vi", "check", str(file), "--json", "--as", OFFICER]) == 1
    marks = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "start", "end", "quote", "message", "params"} <= set(marks[0])
    assert {mark["severity"] for mark in marks} <= {"error", "warning", "note"}
    assert "contradicted" in codes_of(marks, "372,45 triệu USD")


def test_the_command_counts_what_agrees_and_lists_what_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nhap.txt"
    file.write_text("Năm 2021, thành phố Hải Phòng thu hút 29 dự án FDI cấp mới.")
    assert main(["--lang", "vi", "check", str(file), "--out", str(tmp_path / "soat.docx")]) == 0
    assert "1 khớp" in capsys.readouterr().out
    assert docx.Document(str(tmp_path / "soat.docx")).paragraphs[0].text.startswith("Năm 2021")


def a_word_file(*paragraphs: list[tuple[str, bool]]) -> bytes:
    """Paragraphs of runs, each with whether it is bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, is_bold in runs:
            paragraph.add_run(text).bold = is_bold
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Chỉ tiêu", "Năm 2021", "a", "b"), strict=True
    ):
        cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_draft_comes_back_as_it_was_with_comments_on_the_very_words(officer: Client) -> None:
    runs = [
        ("Năm 2021, thành phố Hải Phòng thu hút 29 dự án FDI cấp mới ", False),
        ("với tổng vốn đăng ký 372,45", True),
    ]
    original = a_word_file([*runs, (" triệu USD.", False)], [("Kết thúc.", False)])
    answer = officer.post(reverse("drafts"), {"file": SimpleUploadedFile("nhap.docx", original)})
    file = docx.Document(BytesIO(officer.get(answer["Location"] + "soat.docx").content))
    paragraph = file.paragraphs[0]
    assert paragraph.text == "".join(text for text, _bold in runs) + " triệu USD."
    coloured = [(run.text, run.bold) for run in paragraph.runs if run.font.highlight_color]
    assert coloured == [("372,45", True), (" triệu USD", False)]
    assert [comment.text.count("327,45 triệu USD") for comment in file.comments] == [1]
    assert file.tables[0].cell(0, 1).text == "Năm 2021"


def test_a_long_text_is_checked_in_the_background_and_shown_when_it_is_ready(officer: Client) -> None:
    text = "\n\n".join([DRAFT, *["Công tác khác được thực hiện theo kế hoạch của năm."] * 1400])
    answer = officer.post(reverse("drafts"), {"text": text, "about": "province/hai-phong"})
    page = said(officer.get(answer["Location"]))
    assert "Đang đọc văn bản" in page
    assert 'http-equiv="refresh"' in page
    assert officer.get(answer["Location"]).status_code == 200  # asking again starts no second job
    assert do_next("worker") is not None
    assert do_next("worker") is None
    assert "327,45 triệu USD" in said(officer.get(answer["Location"]))


def test_a_draft_thrown_away_while_it_waits_leaves_nothing_to_do(officer: Client) -> None:
    answer = officer.post(reverse("drafts"), {"text": DRAFT + " x" * 40_000})
    officer.get(answer["Location"])
    officer.post(answer["Location"] + "xoa/")
    job = do_next("worker")
    assert job is not None
    job.refresh_from_db()
    assert job.state == "done"


def test_growth_is_held_against_the_year_that_the_text_names(officer: Client) -> None:
    for year, projects in ((2028, 20), (2030, 40)):
        text = f"Năm {year}, thành phố Hải Phòng thu hút {projects} dự án FDI cấp mới."
        accepted(officer, pasted(officer, text, published=f"05/01/{year + 1}"))
    said = "Năm 2031, thành phố Hải Phòng thu hút 50 dự án FDI cấp mới, tăng {} so với năm 2028."
    assert codes_of(checked(officer, said.format("150%")), "150%") == {"confirmed"}
    assert "comparison_recomputed" in codes_of(checked(officer, said.format("25%")), "25%")


def test_a_count_of_one_kind_of_zones_is_held_against_that_kind(officer: Client) -> None:
    text = "Tính đến ngày 16/01/2021, trên địa bàn có {} KKT với tổng diện tích 188.621 ha."
    about = {"about": "block/dong-bang-song-hong"}
    assert codes_of(checked(officer, text.format(5), **about), "5 KKT") == {"confirmed"}
    marks = checked(officer, text.format(6), **about)
    assert codes_of(marks, "6 KKT") == {"contradicted"}
    assert codes_of(marks, "188.621 ha") == {"confirmed"}


def test_growth_that_a_source_said_is_confirmed_by_it(officer: Client) -> None:
    text = "Đến ngày 16/01/2021, vốn FDI đăng ký còn hiệu lực là 61.206,6 triệu USD (tăng 8,11% so với cùng kỳ)."
    assert codes_of(checked(officer, text, about="block/dong-bang-song-hong"), "8,11%") == {"confirmed"}


def test_a_draft_that_is_too_large_is_refused_with_the_limit(officer: Client, settings: LazySettings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = officer.post(reverse("drafts"), {"file": SimpleUploadedFile("to.txt", b"a" * (2 * 1024 * 1024))})
    assert answer.status_code == 422
    assert "2 MB" in said(answer)
    assert "1 MB" in said(answer)
    assert not Draft.objects.exists()
