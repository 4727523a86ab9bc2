"""An official document as a .docx that an officer goes on working in: real styles, tables and page numbers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from sokhu.documents.official import Bars, Grid, Heading, Official, Paragraph, Part, Verification
from sokhu.documents.typesetting import picture_of

FONT = "Times New Roman"  # Tinos has its measures: the same lines on a machine with either
WIDTH_MM = 165  # of the text: A4 without its margins


def word_of(document: Official) -> bytes:
    word = docx.Document()
    _page(word)
    _page_number(word.sections[0])
    _head(word, document)
    for part in document.parts:
        _part(word, part, document.lang)
    _foot(word, document)
    for note in [document.notes_title, *document.notes] if document.notes else []:
        _line(word, note, size=10.5, bold=note is document.notes_title, after=3)
    if document.verification is not None:
        _verification(word, document.verification)
    made = BytesIO()
    word.core_properties.title = document.about
    word.core_properties.author = document.issuer
    word.save(made)
    return made.getvalue()


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin, section.header_distance = Mm(30), Mm(15), Mm(10)
    section.different_first_page_header_footer = True
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _page_number(section: Any) -> None:
    """Centred at the top, from the second page: the first page has a header of its own, which is empty."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)


def _head(word: Any, document: Official) -> None:
    table = _frame(word, (76, 89))
    left, right = table.rows[0].cells
    if document.above:
        _line(left, document.above, size=12, centred=True)
    _line(left, document.issuer, size=12, bold=True, centred=True, ruled=True)
    _line(left, document.number, centred=True, before=4)
    _line(right, document.nation, size=12, bold=True, centred=True)
    _line(right, document.motto, bold=True, centred=True, ruled=True)
    _line(right, document.dateline, slanted=True, centred=True, before=4)
    _line(word, document.kind, size=14, bold=True, centred=True, before=14)
    _line(word, document.about, size=14, bold=True, centred=True, ruled=True, after=8)
    if document.mark:
        _line(word, document.mark, size=12, bold=True, centred=True, after=6)
    if document.draft:
        _line(word, document.draft, size=12, slanted=True, centred=True, after=6)


def _frame(word: Any, widths_mm: tuple[int, ...]) -> Any:
    """A table without lines that holds two columns of the layout."""
    table = word.add_table(rows=1, cols=len(widths_mm))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, width in zip(table.rows[0].cells, widths_mm, strict=True):
        cell.width = Mm(width)
        cell._element.remove(cell.paragraphs[0]._element)
    return table


def _line(
    where: Any,
    text: str,
    *,
    size: float = 13,
    bold: bool = False,
    slanted: bool = False,
    centred: bool = False,
    ruled: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = where.add_paragraph()
    paragraph.alignment = ALIGN.CENTER if centred else ALIGN.LEFT
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, slanted
    if ruled:
        _line(where, "\u2014" * 8, size=8, centred=True)
    return paragraph


def _part(word: Any, part: Part, lang: str) -> None:
    if isinstance(part, Heading):
        _line(word, part.text, bold=True, before=10, after=6).paragraph_format.keep_with_next = True
    elif isinstance(part, Paragraph):
        _paragraph(word, part)
    elif isinstance(part, Grid):
        _grid(word, part)
    else:
        _bars(word, part, lang)


def _paragraph(word: Any, part: Paragraph) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = Mm(10), Pt(6), 1.15
    for text, slanted in part.pieces:
        paragraph.add_run(text).italic = slanted


def _caption(word: Any, caption: str, unit: str) -> None:
    line = _line(word, caption, size=12, bold=True, centred=True, before=8, after=4)
    line.paragraph_format.keep_with_next = True
    if unit:
        run = line.add_run(f" ({unit})")
        run.italic, run.font.size = True, Pt(12)


def _grid(word: Any, part: Grid) -> None:
    _caption(word, part.caption, part.unit)
    table = word.add_table(rows=1, cols=len(part.head))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, name in zip(table.rows[0].cells, part.head, strict=True):
        _fill(cell, name, bold=True, align=ALIGN.CENTER)
    _repeat(table.rows[0])
    for index, row in enumerate(part.rows):
        is_total = part.total and index == len(part.rows) - 1
        for column, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell, text, bold=is_total, align=ALIGN.LEFT if column < part.left else ALIGN.RIGHT)
    _line(word, "", size=6)


def _fill(cell: Any, text: str, *, bold: bool, align: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(11), bold


def _repeat(row: Any) -> None:
    """The head of a table again on every page that it goes on to."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _bars(word: Any, part: Bars, lang: str) -> None:
    """A chart as a picture, with its figures in words for whoever does not see it."""
    _caption(word, part.caption, part.unit)
    paragraph = word.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    picture = paragraph.add_run().add_picture(BytesIO(picture_of(part, lang)), width=Mm(WIDTH_MM - 5))
    said = "; ".join(f"{label}: {text}" for label, text in zip(part.labels, part.texts, strict=True))
    picture._inline.docPr.set("descr", f"{part.caption} ({part.unit}). {said}")


def _foot(word: Any, document: Official) -> None:
    _line(word, "", size=6)
    table = _frame(word, (85, 80))
    left, right = table.rows[0].cells
    title = _line(left, document.recipients_title, size=12, bold=True, slanted=True)
    title.paragraph_format.keep_with_next = True
    for one in document.recipients:
        _line(left, f"- {one}", size=11)
    for one in document.signer:
        _line(right, one, bold=True, centred=True)
    _line(right, "", before=60)


def _verification(word: Any, one: Verification) -> None:
    table = _frame(word, (26, 139))
    picture, words = table.rows[0].cells
    picture.add_paragraph().add_run().add_picture(BytesIO(one.qr_png()), width=Mm(22))
    _line(words, one.words, size=10.5)
    _line(words, one.code, size=10.5, bold=True)
    _line(words, one.address, size=10.5)
