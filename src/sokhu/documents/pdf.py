"""PDF: letters and ruled lines by pdfium, cells by pdfplumber's geometry, lines put together again into paragraphs.

A PDF holds letters at places, no paragraphs. Lines go on as one paragraph when the line above is full and the line
below is not indented; page numbers and lines that stand at the same margin of most pages are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pypdfium2
from pypdfium2 import raw

from sokhu.core.problems import Problem
from sokhu.documents import legacy, paragraphs, rules, tables
from sokhu.documents.extracted import Extracted, Limits, Table
from sokhu.documents.paragraphs import Line
from sokhu.documents.rules import Box, Place
from sokhu.documents.writing import Writer, clean, one_line

# pdfium gives U+0002 (older: U+FFFE) for a hyphen that ends a line.
_LINE_HYPHENS = {2: "-", 0xFFFE: "-"}
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*\d{1,4}\s*(?:(?:/|trên|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_SCANNED_SHARE = 0.6
_FEW_LETTERS = 200
_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character with its box, measured from the upper left corner of the page in points."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass
class _FoundTable:
    box: Box
    cells: list[tuple[Box, list[_Letter]]]
    at: int = -1


@dataclass
class _Page:
    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[_FoundTable] = field(default_factory=list)
    letters: int = 0
    image_share: float = 0.0
    unreadable: int = 0


def read(data: bytes, filename: str, limits: Limits) -> Extracted:
    """The text and the ruled tables of a PDF.

    Raises Problem: document.encrypted, .broken, .scan, .unreadable_letters, .legacy_font, .too_long, .too_many_pages.
    Warns: document.page_without_text, .recognised_text, .tables_unread, .table_cut.
    """
    document = _opened(data)
    if len(document) > limits.pages:
        raise Problem("document.too_many_pages", found=len(document), limit=limits.pages)
    writer = Writer(limits)
    pages = list(_pages(document, writer))
    _refuse_pictures(pages, writer)
    _drop_running_lines(pages)
    _write(pages, writer)
    if not writer.blocks:
        raise Problem("document.empty")
    extracted = writer.finished("pdf", writer.title() or PurePath(filename).stem)
    legacy.check(extracted.text)
    return extracted


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) == 0:
            raise Problem("document.broken", found="PDF")
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise Problem("document.encrypted" if locked else "document.broken", found="PDF") from error
    return document


def _pages(document: pypdfium2.PdfDocument, writer: Writer) -> Iterator[_Page]:
    for index in range(len(document)):
        try:
            page = document[index]
            yield _page(page, index, writer)
        except pypdfium2.PdfiumError as error:
            raise Problem("document.broken", where=f"page {index + 1}", found="PDF") from error


def _page(page: Any, index: int, writer: Writer) -> _Page:
    place, width, height = rules.placement(page)
    letters = list(_letters(page, place))
    drawn, image_share = _objects(page, width * height)
    found = _Page(index + 1, width, height, letters=sum(1 for letter in letters if letter.character.strip()))
    found.image_share = image_share
    found.unreadable = sum(1 for letter in letters if _is_unreadable(letter.character))
    found.tables = _found_tables(drawn, place, index + 1, writer)
    outside = _sorted_into(letters, found.tables)
    found.lines = [line for line in _lines(outside, index + 1) if line.text]
    found.tables = [table for table in found.tables if table.at >= 0]  # without a letter it is a drawing
    page.close()
    return found


def _objects(page: Any, area: float) -> tuple[list[Any], float]:
    """The drawn paths of the page (rules of tables), and what part of it its largest picture covers."""
    drawn: list[Any] = []
    largest = 0.0
    for number, element in enumerate(page.get_objects(max_depth=3)):
        if element.type == raw.FPDF_PAGEOBJ_PATH:
            drawn.append(element)
        elif element.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = element.get_bounds()
            largest = max(largest, abs(right - left) * abs(top - bottom) / max(area, 1.0))
        if number > 20_000:
            break
    return drawn, largest


def _letters(page: Any, place: Place) -> Iterator[_Letter]:
    """Every character of the page in the file's reading order; line ends come as "\\n"."""
    text = page.get_textpage()
    box = raw.FS_RECTF()
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        character = _LINE_HYPHENS.get(code) or _character(code)
        # The loose box is that of the font, not of the glyph: lines with and without a "g" end at one height. The size
        # is taken from it because files often write size 1 and scale the page.
        if not raw.FPDFText_GetLooseCharBox(text, i, box):
            character = "\n" if character == "\n" else ""
        (ax, ay), (bx, by) = place(box.left, box.top), place(box.right, box.bottom)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        yield _Letter(character, left, top, right, bottom, (bottom - top) / 1.1)
    text.close()


def _character(code: int) -> str:
    return "\n" if code in {10, 13} else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _is_unreadable(character: str) -> bool:
    """Letters of a font without a map to Unicode come out as private or replacement characters."""
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or (character != "" and character < "\t")


def _refuse_pictures(pages: Sequence[_Page], writer: Writer) -> None:
    """A scan has pictures for pages and at most a stamp or a page number as text."""
    readable = [
        page for page in pages if page.letters >= _FEW_LETTERS or (page.letters and page.image_share < _SCANNED_SHARE)
    ]
    pictures = [page for page in pages if page.image_share >= 0.2 and page not in readable]
    letters = sum(page.letters for page in pages)
    if not readable and pictures:
        raise Problem("document.scan", found=len(pictures))
    if letters and sum(page.unreadable for page in pages) > 0.2 * letters:
        raise Problem("document.unreadable_letters", found=sum(page.unreadable for page in pages))
    for page in pictures:
        writer.warn("document.page_without_text", page=page.number)
    recognised = [page for page in readable if page.image_share > 0.9]
    if len(recognised) * 2 > len(pages):
        writer.warn("document.recognised_text", found=len(recognised))


def _found_tables(drawn: list[Any], place: Place, number: int, writer: Writer) -> list[_FoundTable]:
    if len(drawn) < 4:
        return []
    try:
        return [
            _FoundTable(_round(cells), [(cell, []) for cell in cells]) for cells in rules.tables_between(drawn, place)
        ]
    except ValueError:
        writer.warn("document.tables_unread", page=number)
        return []


def _round(cells: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _sorted_into(letters: Sequence[_Letter], found: Sequence[_FoundTable]) -> list[_Letter]:
    """Letters inside a table go to its cells, the others are returned; the table stands at its first letter."""
    outside: list[_Letter] = []
    latest: tuple[Box, list[_Letter]] | None = None  # the next letter is nearly always in the same cell
    for letter in letters:
        if latest is not None and letter.character != "\n" and _holds(latest[0], letter):
            latest[1].append(letter)
            continue
        table = next((t for t in found if letter.character != "\n" and _holds(t.box, letter)), None)
        if table is None:
            outside.append(letter)
            continue
        if table.at < 0:
            table.at = len(outside)
            outside.append(_Letter("\n", 0, 0, 0, 0, 0))
        latest = next((cell for cell in table.cells if _holds(cell[0], letter)), None)
        if latest is not None:
            latest[1].append(letter)
    return outside


def _holds(box: Box, letter: _Letter) -> bool:
    x, y = (letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _lines(letters: Sequence[_Letter], page: int) -> list[Line]:
    """Lines of the page: broken where pdfium breaks them, where the baseline jumps, at gaps over 2.5 letters."""
    lines: list[Line] = []
    start = 0
    for i in range(len(letters) + 1):
        if i == len(letters) or letters[i].character == "\n" or (i > start and _jumps(letters, start, i)):
            line = _line(letters[start:i], page, start)
            if line is not None:
                lines.append(line)
            start = i + 1 if i < len(letters) and letters[i].character == "\n" else i
    return lines


def _jumps(letters: Sequence[_Letter], start: int, i: int) -> bool:
    this = letters[i]
    if not this.character.strip():
        return False
    before = next((letter for letter in reversed(letters[start:i]) if letter.character.strip()), None)
    if before is None:
        return False
    size = max(this.size, before.size, 1.0)
    apart = this.top > before.bottom + 0.3 * size or this.bottom < before.top - 0.3 * size
    return apart or this.left - before.right > 2.5 * size or this.right < before.left - size


def _line(letters: Sequence[_Letter], page: int, first: int) -> Line | None:
    seen = [letter for letter in letters if letter.character.strip()]
    if not seen:
        return None
    sizes = Counter(round(letter.size, 1) for letter in seen)
    return Line(
        text=clean("".join(letter.character for letter in letters)),
        left=min(letter.left for letter in seen),
        right=max(letter.right for letter in seen),
        top=min(letter.top for letter in seen),
        bottom=max(letter.bottom for letter in seen),
        size=sizes.most_common(1)[0][0],
        page=page,
        order=first,
    )


def _drop_running_lines(pages: Sequence[_Page]) -> None:
    """Drop page numbers, and lines repeated at the margin of at least half of three or more pages."""
    repeated = Counter(key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)})
    often = max(3, (len(pages) + 1) // 2)
    for page in pages:
        page.lines = [
            line
            for line in page.lines
            if not (_in_margin(line, page) and (repeated[_key(line)] >= often or _PAGE_NUMBER.fullmatch(line.text)))
        ]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _in_margin(line: Line, page: _Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _write(pages: Sequence[_Page], writer: Writer) -> None:
    """Paragraphs and tables in reading order; a paragraph may run over to the next page, a table may go on there."""
    waiting: list[Line] = []
    last: Table | None = None
    body = paragraphs.usual_size([line for page in pages for line in page.lines])
    for page in pages:
        entries: list[Line | _FoundTable] = sorted([*page.lines, *page.tables], key=_place)
        for entry in entries:
            if isinstance(entry, Line):
                waiting.append(entry)
                continue
            if waiting:
                last = None
            _flush(waiting, body, writer)
            last = writer.table(_grid(entry), page.number, follows=last)
    _flush(waiting, body, writer)


def _place(entry: Line | _FoundTable) -> int:
    return entry.order if isinstance(entry, Line) else entry.at


def _flush(waiting: list[Line], body: float, writer: Writer) -> None:
    for paragraph in paragraphs.joined(waiting, body):
        writer.paragraph(paragraph.text, "heading" if paragraph.is_heading else "paragraph", paragraph.page)
    waiting.clear()


def _grid(table: _FoundTable) -> tables.Grid:
    """Cells by their edges: every distinct edge, give or take two points, is a line of the grid."""
    xs = _edges([box[0] for box, _ in table.cells] + [box[2] for box, _ in table.cells])
    ys = _edges([box[1] for box, _ in table.cells] + [box[3] for box, _ in table.cells])
    cells = []
    for box, letters in table.cells:
        row, column = _nearest(ys, box[1]), _nearest(xs, box[0])
        height, width = _nearest(ys, box[3]) - row, _nearest(xs, box[2]) - column
        cells.append(tables.Cell(row, column, max(height, 1), max(width, 1), _cell_text(letters)))
    return tables.grid_of(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _cell_text(letters: Sequence[_Letter]) -> str:
    """The letters of a cell; lines within it are joined as a paragraph's are."""
    return one_line(paragraphs.glued([line.text for line in _lines(letters, 0)]))
