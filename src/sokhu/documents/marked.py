"""A text with remarks in its margin, as a Word file: what was said stays, marked; the remarks are comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sokhu.documents.extracted import Block, Extracted, Span

AUTHOR, INITIALS = "Sổ Khu", "SK"
_COLOURS = {"error": WD_COLOR_INDEX.RED, "warning": WD_COLOR_INDEX.YELLOW, "note": WD_COLOR_INDEX.GRAY_25}


class Remark(NamedTuple):
    """start, end: characters of the text. severity: error | warning | note."""

    start: int
    end: int
    severity: str
    message: str


def marked(extracted: Extracted, remarks: Iterable[Remark]) -> bytes:
    """The Word file. Paragraphs, headings and tables as they were read; passages with remarks are coloured.

    Several remarks on one passage become one comment with a line for each.
    """
    document = Document()
    by_start = sorted(remarks)
    for block in extracted.blocks or (Block("paragraph", 0, len(extracted.text)),):
        if block.table:
            _add_table(document, extracted.text, block, by_start)
        else:
            style = "Heading 2" if block.kind == "heading" else None
            _fill(document, document.add_paragraph(style=style), extracted.text, (block.start, block.end), by_start)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, text: str, block: Block, remarks: Sequence[Remark]) -> None:
    """Merged cells are written once, into the first of the cells they fill."""
    assert block.table is not None
    spans = block.table.cell_spans
    table = document.add_table(rows=len(spans), cols=len(spans[0]), style="Table Grid")
    written: set[Span] = set()
    for number, row in enumerate(spans):
        for column, span in enumerate(row):
            if span not in written:
                written.add(span)
                _fill(document, table.cell(number, column).paragraphs[0], text, span, remarks)


def _fill(document: Any, paragraph: Paragraph, text: str, span: Span, remarks: Sequence[Remark]) -> None:
    start, end = span
    at = start
    for group in _groups([one for one in remarks if start <= one.start < end]):
        first, last = group[0].start, min(max(one.end for one in group), end)
        paragraph.add_run(text[at:first])
        _mark(document, paragraph.add_run(text[first:last]), group)
        at = last
    paragraph.add_run(text[at:end])


def _groups(remarks: Iterable[Remark]) -> list[list[Remark]]:
    """Remarks whose passages overlap belong to one mark."""
    groups: list[list[Remark]] = []
    for one in remarks:
        if groups and one.start < max(other.end for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _mark(document: Any, run: Run, remarks: Sequence[Remark]) -> None:
    severity = min((one.severity for one in remarks), key=list(_COLOURS).index)
    run.font.highlight_color = _COLOURS[severity]
    document.add_comment(runs=run, text="\n".join(one.message for one in remarks), author=AUTHOR, initials=INITIALS)
