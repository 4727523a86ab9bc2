"""Word documents: what of a document is text, and its tables with merged cells."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.samples import SENTENCES, assert_positions_hold, table_of, texts, with_part, word, word_of
from sokhu.documents import extract


def merged_header(document: Any) -> None:
    document.add_paragraph("Bảng 2. Vốn và lao động")
    document.add_paragraph("Đơn vị tính: triệu USD, người")
    table = document.add_table(4, 5)
    for column, name in ((0, "STT"), (1, "Khu công nghiệp"), (4, "Lao động")):
        table.cell(0, column).merge(table.cell(1, column)).text = name
    table.cell(0, 2).merge(table.cell(0, 3)).text = "Vốn đăng ký"
    for column, name in ((2, "FDI"), (3, "Trong nước")):
        table.cell(1, column).text = name
    for row, values in ((2, ("1", "Gò Sỏi", "12,5", "30", "1.200")), (3, ("2", "Hòn Ngọc", "7", "45,5", "980"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value


def test_paragraphs_come_in_order_and_headings_are_known() -> None:
    def build(document: Any) -> None:
        document.add_heading("Kết quả thu hút đầu tư", 1)
        for sentence in SENTENCES:
            document.add_paragraph(sentence)

    extracted = extract(word(build), "bao-cao.docx")
    assert texts(extracted) == ["Kết quả thu hút đầu tư", *SENTENCES]
    assert [block.kind for block in extracted.blocks] == ["heading"] + ["paragraph"] * 4
    assert (extracted.kind, extracted.title) == ("docx", "Kết quả thu hút đầu tư")
    assert_positions_hold(extracted)


def test_letters_typed_with_combining_marks_come_out_composed() -> None:
    extracted = extract(word_of([unicodedata.normalize("NFD", sentence) for sentence in SENTENCES]), "x.docx")
    assert texts(extracted) == list(SENTENCES)
    assert unicodedata.is_normalized("NFC", extracted.text)


def test_merged_heads_give_the_path_of_names_over_each_column() -> None:
    table = table_of(extract(word(merged_header), "x.docx"))
    assert table.header_rows == 2
    assert table.header_paths == ("STT", "Khu công nghiệp", "Vốn đăng ký / FDI", "Vốn đăng ký / Trong nước", "Lao động")
    assert table.rows[0] == ("STT", "Khu công nghiệp", "Vốn đăng ký", "Vốn đăng ký", "Lao động")
    assert table.rows[3] == ("2", "Hòn Ngọc", "7", "45,5", "980")


def test_a_merged_cell_stands_once_in_the_text_and_all_its_places_point_there() -> None:
    extracted = extract(word(merged_header), "x.docx")
    table = table_of(extracted)
    assert_positions_hold(extracted)
    assert extracted.text.count("Vốn đăng ký") == 1
    assert table.cell_spans[0][2] == table.cell_spans[0][3]
    assert table.cell_spans[0][0] == table.cell_spans[1][0]


def test_the_lines_above_a_table_are_its_caption_with_its_unit() -> None:
    extracted = extract(word(merged_header), "x.docx")
    assert table_of(extracted).caption == "Bảng 2. Vốn và lao động Đơn vị tính: triệu USD, người"
    assert [block.kind for block in extracted.blocks] == ["caption", "caption", "table"]


def test_rows_of_a_table_are_lines_of_cells() -> None:
    extracted = extract(word(merged_header), "x.docx")
    block = extracted.blocks[-1]
    assert extracted.text[block.start : block.end].splitlines()[2] == "1 | Gò Sỏi | 12,5 | 30 | 1.200"


def inserted(xml: str) -> bytes:
    """A document whose only paragraph holds the given XML."""
    return word(lambda document: document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")))


def test_accepted_insertions_links_tags_and_controls_are_text() -> None:
    wraps = (
        "<w:ins w:id='1' w:author='a'>{}</w:ins>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    )
    for wrap in wraps:
        extracted = extract(
            inserted("<w:r><w:t>có </w:t></w:r>" + wrap.format("<w:r><w:t>35 dự án</w:t></w:r>")), "x.docx"
        )
        assert extracted.text == "có 35 dự án"


def test_deleted_and_hidden_text_and_field_codes_are_left_out() -> None:
    extracted = extract(
        inserted(
            "<w:r><w:t>còn 40 ha</w:t></w:r>"
            "<w:del w:id='1' w:author='a'><w:r><w:delText>45 ha</w:delText></w:r></w:del>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>99 ha</w:t></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r>"
        ),
        "x.docx",
    )
    assert extracted.text == "còn 40 ha"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Vốn: 12 tỷ đồng</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    extracted = extract(
        inserted(
            f"<w:r><w:t>Đoạn chính</w:t><mc:AlternateContent xmlns:mc='{mc}'>"
            f"<mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "x.docx",
    )
    assert texts(extracted) == ["Đoạn chính", "Vốn: 12 tỷ đồng"]


def test_the_table_of_contents_is_left_out() -> None:
    def build(document: Any) -> None:
        style = document.styles.add_style("Muc luc 1", 1)
        style.element.name_val = "toc 1"
        document.add_paragraph("Phần thứ nhất 12", style=style)
        document.add_paragraph("Phần thứ nhất")

    assert extract(word(build), "x.docx").text == "Phần thứ nhất"


def test_footnotes_stand_at_the_end() -> None:
    note = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>Gồm 5 dự án</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    data = with_part(word_of(["Thân bài"]), "word/footnotes.xml", lambda _: note)
    assert texts(extract(data, "x.docx")) == ["Thân bài", "Gồm 5 dự án"]


def test_a_frame_of_one_cell_and_a_table_that_holds_tables_are_read_as_paragraphs() -> None:
    def build(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "Trong khung"
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "Bên trái"
        inner = outer.cell(0, 1).add_table(2, 2)
        for row, values in enumerate((("Khu", "Vốn"), ("Gò Sỏi", "12"))):
            for column, value in enumerate(values):
                inner.cell(row, column).text = value

    extracted = extract(word(build), "x.docx")
    assert texts(extracted) == ["Trong khung", "Bên trái"]
    assert table_of(extracted).rows == (("Khu", "Vốn"), ("Gò Sỏi", "12"))


def test_a_huge_grid_span_is_cut() -> None:
    def build(document: Any) -> None:
        table = document.add_table(2, 2)
        for cell in table._cells:
            cell.text = "a"
        table.cell(0, 1)._tc.grid_span = 60_000_000

    assert len(table_of(extract(word(build), "x.docx")).rows[0]) <= 201


def test_a_document_from_strict_mode_is_read() -> None:
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = with_part(word_of(SENTENCES), "word/document.xml", lambda part: part.replace(transitional, strict))
    assert texts(extract(data, "x.docx")) == list(SENTENCES)
