"""Web pages: the article without what stands around it, tables, title and date."""

from __future__ import annotations

import unicodedata
from datetime import date

from documents.samples import SENTENCES, assert_positions_hold, page, table_of, texts, word_of
from sokhu.documents import extract

TABLE = """<table><caption>Bảng 3. Vốn theo khu</caption>
<tr><th rowspan=2>Khu</th><th colspan=2>Vốn đăng ký</th></tr><tr><th>FDI</th><th>Trong nước</th></tr>
<tr><td>Gò Sỏi</td><td>12,5</td><td>30</td></tr><tr><td>Hòn Ngọc</td><td>7</td><td>45,5</td></tr></table>"""
AROUND = """<nav class=menu><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a></nav><div class="sidebar"><p>Bài khác: 99
dự án đã thu hút ở nơi khác với tổng vốn 888 triệu USD trong nhiều năm liền theo báo cáo của
địa phương bạn.</p></div>"""


def article(inside: str) -> bytes:
    return page(f"{AROUND}<article><h1>Thu hút đầu tư năm 2024</h1>{inside}</article><footer>Bản quyền 2025</footer>")


def paragraphs() -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def test_the_article_is_kept_and_what_stands_around_it_is_not() -> None:
    extracted = extract(article(paragraphs() + TABLE), "tin.html")
    assert texts(extracted) == ["Thu hút đầu tư năm 2024", *SENTENCES, "Bảng 3. Vốn theo khu"]
    assert (extracted.kind, extracted.title) == ("html", "Thu hút đầu tư năm 2024")
    assert_positions_hold(extracted)


def test_a_short_line_with_a_figure_inside_the_article_is_kept() -> None:
    first, *rest = SENTENCES
    body = f"<p>{first}</p><p>Vốn: 12 tỷ đồng</p><ul><li>35 dự án</li><li>12 khu</li></ul>" + "".join(
        f"<p>{s}</p>" for s in rest
    )
    assert texts(extract(article(body), "tin.html"))[2:5] == ["Vốn: 12 tỷ đồng", "35 dự án", "12 khu"]


def test_headline_date_and_lead_above_the_article_are_kept() -> None:
    lead = "<div><h1>Thu hút đầu tư</h1><div>10:10, 03/07/2024</div><div><b>(Báo Sông Xanh) 35 dự án mới.</b></div>"
    body = f"{AROUND}{lead}<div id=detail>{paragraphs()}</div></div><div class=footer>Giấy phép số 12</div>"
    extracted = extract(page(body), "x.html")
    assert texts(extracted) == ["Thu hút đầu tư", "10:10, 03/07/2024", "(Báo Sông Xanh) 35 dự án mới.", *SENTENCES]


def test_row_and_column_spans_give_header_paths_and_filled_rows() -> None:
    table = table_of(extract(article(paragraphs() + TABLE), "tin.html"))
    assert table.header_rows == 2
    assert table.header_paths == ("Khu", "Vốn đăng ký / FDI", "Vốn đăng ký / Trong nước")
    assert table.rows[0] == ("Khu", "Vốn đăng ký", "Vốn đăng ký")
    assert table.caption == "Bảng 3. Vốn theo khu"


def test_a_page_without_an_article_is_read_whole() -> None:
    extracted = extract(page("<div>35 dự án</div><div>12 khu<br>7 xã</div>" + TABLE), "x.html")
    assert texts(extracted)[:2] == ["35 dự án", "12 khu\n7 xã"]
    assert table_of(extracted).rows[3] == ("Hòn Ngọc", "7", "45,5")


def test_a_page_laid_out_with_tables_is_read_as_paragraphs() -> None:
    inner = "<table><tr><td>Khu<td>Vốn<tr><td>A<td>5</table>"
    outer = f"<table><tr><td><a href=/>Trang chủ</a></td><td>{paragraphs()}{inner}</td></tr></table>"
    extracted = extract(page(outer), "x.html")
    assert [text for text in texts(extracted) if text in SENTENCES] == list(SENTENCES)
    assert table_of(extracted).rows == (("Khu", "Vốn"), ("A", "5"))


def test_scripts_styles_and_hidden_parts_are_no_text() -> None:
    hidden = "<script>var x = '9 dự án'</script><p hidden>8 dự án</p><p style='display: none'>7 dự án</p>"
    assert extract(page(hidden + "<p>6 dự án</p>"), "x.html").text == "6 dự án"


def test_words_across_inline_tags_stay_one_word() -> None:
    assert (
        extract(page("<p>Thu hút <b>35</b> dự<span> án</span>, v<i>ốn</i> 12&nbsp;tỷ</p>"), "x.html").text
        == "Thu hút 35 dự án, vốn 12 tỷ"
    )


def test_decomposed_letters_come_out_composed() -> None:
    extracted = extract(unicodedata.normalize("NFD", page(paragraphs()).decode()).encode(), "x.html")
    assert texts(extracted) == list(SENTENCES)


def test_the_date_is_the_pages_own_metadata_and_never_guessed() -> None:
    meta = "<meta property='article:published_time' content='2024-07-03T10:10:00+07:00'>"
    linked = '<script type=\'application/ld+json\'>{"@graph": [{"datePublished": "2021-12-31T21:00"}]}</script>'
    assert extract(page(paragraphs(), meta), "x.html").published == date(2024, 7, 3)
    assert extract(page(paragraphs(), linked), "x.html").published == date(2021, 12, 31)
    assert extract(page("<p>Ngày 03/07/2024</p>" + paragraphs()), "x.html").published is None
    assert extract(page(paragraphs(), "<meta name=date content='2024-13-45'>"), "x.html").published is None


def test_the_title_leaves_out_the_name_of_the_site() -> None:
    assert (
        extract(page(paragraphs(), "<title>Thu hút đầu tư | Báo Sông Xanh</title>"), "x.html").title == "Thu hút đầu tư"
    )


def test_a_page_in_windows_1258_or_utf16_is_read() -> None:
    text = page(paragraphs()).decode()
    assert texts(extract(b"\xff\xfe" + text.encode("utf-16-le"), "x.html")) == list(SENTENCES)
    apart = "".join(_as_1258(letter) for letter in text.replace("charset=utf-8", "charset=windows-1258"))
    assert texts(extract(apart.encode("cp1258"), "x.html")) == list(SENTENCES)


def _as_1258(letter: str) -> str:
    """windows-1258 has ă â ê ô ơ ư đ as letters and the tones as signs that follow."""
    whole = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in tone)) + tone


def test_one_report_as_word_and_as_a_page_gives_the_same_sentences() -> None:
    assert (
        texts(extract(word_of(SENTENCES), "a.docx")) == texts(extract(page(paragraphs()), "a.html")) == list(SENTENCES)
    )


def test_a_page_named_txt_is_read_as_a_page_and_text_named_html_without_tags_as_text() -> None:
    assert extract(page(paragraphs()), "x.txt").kind == "html"
    assert extract("1 < 2 và 3 > 2".encode(), "x.html").kind == "txt"


def test_huge_spans_are_cut_and_said() -> None:
    rows = "".join(f"<tr><td rowspan=60000 colspan=900>{i}<td>5" for i in range(60))
    extracted = extract(page(f"<table>{rows}</table>{paragraphs()}"), "x.html")
    assert all(len(block.table.rows[0]) <= 201 * 60 for block in extracted.blocks if block.table)
    assert [warning.code for warning in extracted.warnings] == ["document.table_cut"]
    assert_positions_hold(extracted)
