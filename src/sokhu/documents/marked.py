"""A text with remarks in its margin, as a Word file: what was said stays, marked; the remarks are comments.

A Word file keeps its own look; of anything else the paragraphs and tables are written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sokhu.documents.extracted import Block, Extracted, Span
from sokhu.documents.writing import clean

AUTHOR, INITIALS = "Sổ Khu", "SK"
_COLOURS = {"error": WD_COLOR_INDEX.RED, "warning": WD_COLOR_INDEX.YELLOW, "note": WD_COLOR_INDEX.GRAY_25}


class Remark(NamedTuple):
    """start, end: characters of the text. severity: error | warning | note."""

    start: int
    end: int
    severity: str
    message: str


def annotated(original: bytes, text: str, remarks: Iterable[Remark]) -> bytes:
    """A Word file with comments put into it. text: as it was read out of the file, to which the remarks point.

    Where a passage cannot be told apart within its paragraph (a link, doubled blanks) the comment is on all of it.
    """
    document = Document(BytesIO(original))
    by_start = sorted(remarks)
    at = 0
    for paragraph in _paragraphs(document):
        words = clean(paragraph.text)
        start = text.find(words, at) if words else -1
        if start < 0:
            continue
        at = start + len(words)
        for group in _groups([one for one in by_start if start <= one.start < at]):
            last = min(max(one.end for one in group), at)
            runs = _runs_between(paragraph, group[0].start - start, last - start) if paragraph.text == words else None
            _mark(document, runs or paragraph.runs, group)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraphs(inside: Any) -> Iterator[Paragraph]:
    """Every paragraph in reading order, of tables cell by cell, merged cells once."""
    for part in inside.iter_inner_content():
        if isinstance(part, Table):
            cells = dict.fromkeys(cell._tc for row in part.rows for cell in row.cells)
            by_element = {cell._tc: cell for row in part.rows for cell in row.cells}
            for element in cells:
                yield from _paragraphs(by_element[element])
        else:
            yield part


def _runs_between(paragraph: Paragraph, start: int, end: int) -> list[Run] | None:
    """The runs that say these characters, parted where they begin or end within one; None where runs are not all."""
    if "".join(run.text for run in paragraph.runs) != paragraph.text:
        return None
    for place in (start, end):
        _part_at(paragraph, place)
    found, at = [], 0
    for run in paragraph.runs:
        if start <= at < end and run.text:
            found.append(run)
        at += len(run.text)
    return found


def _part_at(paragraph: Paragraph, place: int) -> None:
    at = 0
    for run in paragraph.runs:
        within = place - at
        if 0 < within < len(run.text):
            rest = Run(deepcopy(run._r), paragraph)
            run._r.addnext(rest._r)
            words = run.text
            run.text, rest.text = words[:within], words[within:]
            return
        at += len(run.text)


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
        _mark(document, [paragraph.add_run(text[first:last])], group)
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


def _mark(document: Any, runs: Sequence[Run], remarks: Sequence[Remark]) -> None:
    if not runs:
        return
    severity = min((one.severity for one in remarks), key=list(_COLOURS).index)
    for run in runs:
        run.font.highlight_color = _COLOURS[severity]
    document.add_comment(runs=runs, text="\n".join(one.message for one in remarks), author=AUTHOR, initials=INITIALS)
