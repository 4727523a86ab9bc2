"""PDF: paragraphs out of lines, ruled tables, running lines, scans. report.pdf was printed from report-source.html."""

from __future__ import annotations

import time
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from documents.samples import FILES, assert_positions_hold, refusal, texts
from sokhu.documents import Extracted, Limits, extract
from sokhu.documents.paragraphs import Line, glued, joined


@cache
def report() -> Extracted:
    return extract((FILES / "report.pdf").read_bytes(), "report.pdf")


def small_pdf(*lines: str) -> bytes:
    """A page of ASCII lines in Helvetica, written by hand: a PDF without a table of its objects' places is repaired."""
    drawn = "".join(f"BT /F1 12 Tf 60 {760 - 16 * i} Td ({line}) Tj ET\n" for i, line in enumerate(lines))
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(drawn)}>>stream\n{drawn}endstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
    ).encode("latin-1")


def scan(pages: int) -> bytes:
    out = BytesIO()
    picture = Image.effect_noise((300, 420), 40)
    picture.save(out, "PDF", save_all=True, append_images=[picture] * (pages - 1))
    return out.getvalue()


def test_wrapped_lines_are_one_paragraph_and_keep_their_hyphens() -> None:
    paragraph = next(text for text in texts(report()) if text.startswith("Năm 2024"))
    assert paragraph.endswith("vượt kế hoạch phát triển kinh tế - xã hội giai đoạn 2021-2025.")
    assert "412,75 triệu USD và 18 dự án đầu tư trong nước với vốn 3.215 tỷ đồng" in paragraph


def test_every_paragraph_of_the_report_is_whole() -> None:
    paragraphs = [text for text in texts(report()) if text[0].isupper() and len(text) > 80]
    assert len(paragraphs) == 14
    assert all(text.endswith(".") for text in paragraphs)


def test_page_numbers_and_running_heads_are_dropped() -> None:
    assert not any("Ban Quản lý các khu công nghiệp tỉnh Sông Xanh" in text for text in texts(report()))
    assert not {"1", "2", "3"} & set(texts(report()))


def test_blocks_know_their_page() -> None:
    pages = [block.page for block in report().blocks]
    assert pages[0] == 1
    assert pages[-1] == 3
    assert pages == sorted(pages, key=lambda page: page or 0)


def test_a_ruled_table_has_header_paths_and_goes_on_over_the_page() -> None:
    first, second = (block.table for block in report().blocks if block.table)
    assert first.header_paths == second.header_paths == (
        "STT", "Khu công nghiệp", "Vốn đăng ký / FDI", "Vốn đăng ký / Trong nước", "Lao động / Tổng số",
        "Lao động / Nữ",
    )  # fmt: skip
    assert first.caption == second.caption
    assert "Đơn vị tính: triệu USD, người" in first.caption
    assert first.rows[2] == ("1", "Bến Tre Xanh I", "48,1", "24", "1.010", "601")
    assert [row[0] for row in (*first.rows, *second.rows) if row[0].isdigit()] == [str(n) for n in range(1, 25)]


def test_positions_hold_in_a_pdf() -> None:
    assert_positions_hold(report())


def test_the_title_is_the_reports_name() -> None:
    assert report().title == "BÁO CÁO Tình hình hoạt động các khu công nghiệp tỉnh Sông Xanh năm 2024"


def test_a_scan_is_told_as_a_scan() -> None:
    problem = refusal(scan(2), "ban-chup.pdf")
    assert (problem.code, problem.where, problem.params["found"]) == ("document.scan", "ban-chup.pdf", 2)


def test_a_page_that_is_a_picture_is_a_warning() -> None:
    extracted = extract((FILES / "page-of-picture.pdf").read_bytes(), "x.pdf")
    found = [(warning.code, warning.params) for warning in extracted.warnings]
    assert found == [("document.page_without_text", {"page": 2})]
    assert extracted.text.startswith("Báo cáo số 15")


def test_a_pdf_by_hand_is_read() -> None:
    assert texts(extract(small_pdf("Bao cao so 15"), "x.pdf")) == ["Bao cao so 15"]


@pytest.mark.parametrize("turn", ["", "/Rotate 90"])
def test_a_page_drawn_sideways_is_read_upright(turn: str) -> None:
    lines = ["Bang tong hop cac khu cong nghiep", "tren dia ban tinh Song Xanh nam 2024"]
    drawn = "".join(f"BT /F1 12 Tf 0 1 -1 0 {80 + 16 * i} 60 Tm ({line}) Tj ET " for i, line in enumerate(lines))
    upright = "".join(f"BT /F1 12 Tf 60 {760 - 16 * i} Td ({line}) Tj ET\n" for i, line in enumerate(lines))
    data = small_pdf(*lines).replace(upright.encode(), drawn.encode().ljust(len(upright)))
    data = data.replace(b"/Type/Page/", b"/Type/Page" + turn.encode() + b"/").replace(
        f"/Length {len(upright)}".encode(), f"/Length {max(len(upright), len(drawn))}".encode()
    )
    assert b" 0 1 -1 0 " in data
    assert texts(extract(data, "x.pdf")) == [" ".join(lines)]


def test_an_empty_page_is_an_empty_document() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    assert refusal(out.getvalue(), "x.pdf").code == "document.empty"


def test_a_locked_pdf_is_told_as_locked() -> None:
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"
    locked = small_pdf("x").replace(b"trailer<<", b"trailer<<" + lock.encode())
    assert refusal(locked, "x.pdf").code == "document.encrypted"


def test_too_many_pages_are_refused() -> None:
    problem = refusal((FILES / "report.pdf").read_bytes(), "x.pdf", Limits(pages=2))
    assert (problem.code, problem.params) == ("document.too_many_pages", {"found": 3, "limit": 2})


def test_letters_of_an_old_font_in_a_pdf_are_named() -> None:
    pdf = small_pdf("C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, t\xd8nh Qu\xb6ng Nam").replace(
        b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/Encoding/WinAnsiEncoding"
    )
    problem = refusal(pdf, "x.pdf")
    assert (problem.code, problem.params["found"]) == ("document.legacy_font", "TCVN3 (ABC)")


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["giai đoạn 2021-", "2025"], "giai đoạn 2021-2025"),
        (["kinh tế-", "xã hội"], "kinh tế-xã hội"),
        (["kinh tế -", "xã hội"], "kinh tế - xã hội"),
        (["the infrastruc-", "ture of zones"], "the infrastructure of zones"),
        (["dịch Covid-", "19"], "dịch Covid-19"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_unless_it_splits_a_word(lines: list[str], whole: str) -> None:
    assert glued(lines) == whole


def line(text: str, top: float, left: float = 80, right: float = 540, page: int = 1) -> Line:
    return Line(text, left, right, top, top + 15, 13, page)


def test_an_indented_line_opens_a_paragraph() -> None:
    found = joined(
        [
            line("Một đoạn dài", 100, 115),
            line("đến đây.", 120),
            line("Đoạn khác", 140, 115),
            line("nữa.", 160, right=200),
        ],
        13,
    )
    assert [paragraph.text for paragraph in found] == ["Một đoạn dài đến đây.", "Đoạn khác nữa."]


def test_centred_lines_are_one_title_and_the_kind_of_report_stays_apart() -> None:
    lines = [
        line("BÁO CÁO", 100, 280, 340),
        line("Tình hình thu hút đầu tư", 120, 90, 530),
        line("năm 2024", 140, 250, 370),
    ]
    assert [paragraph.text for paragraph in joined(lines, 13)] == ["BÁO CÁO", "Tình hình thu hút đầu tư năm 2024"]


def test_a_short_line_closes_a_paragraph() -> None:
    found = joined([line("Một đoạn", 100), line("ngắn.", 120, right=200), line("Đoạn khác", 140)], 13)
    assert [paragraph.text for paragraph in found] == ["Một đoạn ngắn.", "Đoạn khác"]


def test_a_paragraph_goes_on_over_the_page_unless_its_sentence_ended() -> None:
    over = [line("Một câu chưa", 780), line("xong.", 90, page=2)]
    ended = [line("Một câu đã xong.", 780), line("Câu khác.", 90, page=2)]
    assert [paragraph.text for paragraph in joined(over, 13)] == ["Một câu chưa xong."]
    assert len(joined(ended, 13)) == 2


def test_numbered_items_are_paragraphs_of_their_own() -> None:
    found = joined(
        [line("Nhiệm vụ gồm", 100), line("1. Rà soát dự án", 120), line("- Đôn đốc", 140), line("a) Báo cáo", 160)], 13
    )
    assert len(found) == 4


def test_time_grows_with_the_lines_of_a_paragraph_and_no_faster() -> None:
    def seconds(count: int) -> float:
        tops = [(14.0 * (n % 50), n // 50) for n in range(count)]
        lines = [Line("thu hút đầu tư của các doanh nghiệp và", 72, 500, top, top + 12, 12, page) for top, page in tops]
        started = time.process_time()
        assert len(joined(lines, 12)) == 1
        return time.process_time() - started

    ratio = min(seconds(4_000) / seconds(1_000) for _ in range(3))
    assert ratio < 9, f"four times the lines took {ratio:.1f} times as long"
