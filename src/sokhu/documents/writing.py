"""Collecting the text of a file: paragraphs and tables are written one after another and remember where they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from sokhu.core.problems import Problem
from sokhu.documents import tables
from sokhu.documents.extracted import Block, BlockKind, Extracted, FileKind, Limits, Span, Table

BETWEEN_BLOCKS = "\n\n"
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
# Zero-width marks and soft hyphens carry no letter but break words; \x00-\x08 and their like come from broken exports.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REPORT = re.compile(r"(?:BÁO CÁO|THÔNG BÁO|TỜ TRÌNH|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|ĐỀ ÁN|BIÊN BẢN|CÔNG VĂN)\b")
_LONGEST_TITLE = 300


def clean(text: str) -> str:
    """NFC, one blank for a run of blanks, line breaks kept, unseen characters dropped.

    >>> clean("Tiê\u0301ng  Viê\u0323t\u00a0 nam ")
    'Tiếng Việt nam'
    """
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", _AROUND_BREAK.sub("\n", _SPACES.sub(" ", composed)).strip())


def one_line(text: str) -> str:
    return clean(text).replace("\n", " ")


class Writer:
    """Writes blocks in reading order; `finished` gives the document."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._cells = 0
        self.blocks: list[Block] = []
        self.warnings: list[Problem] = []

    def paragraph(self, text: str, kind: BlockKind = "paragraph", page: int | None = None) -> None:
        """Add a paragraph; nothing is added when it holds no visible letter."""
        cleaned = clean(text)
        if cleaned:
            self._add(cleaned, kind, page)

    def warn(self, code: str, **params: object) -> None:
        self.warnings.append(Problem(code, "", **params))

    def table(self, grid: tables.Grid, page: int | None = None, follows: Table | None = None) -> Table | None:
        """Add a table. Grids of one column or one cell are written as paragraphs: they are frames, not tables.

        follows: the table of the page before, when this one may go on with it; its column names are taken over.
        """
        if grid.width < 2:
            for row in grid.owners:
                self.paragraph(row[0].text if row and row[0] else "", page=page)
            return None
        grid = self._within_limits(grid)
        if grid.height == 0:
            return None
        captions = self._captions_above()
        text, spans = _written(grid, self._length)
        table = _table(grid, " ".join([*captions, *tables.own_titles(grid)]), spans, follows)
        self._add(text, "table", page, table)
        return table

    def finished(self, kind: FileKind, title: str, published: date | None = None) -> Extracted:
        text = "".join(self._pieces[:-1])
        return Extracted(
            kind, one_line(title)[:_LONGEST_TITLE], text, tuple(self.blocks), tuple(self.warnings), published
        )

    def title(self) -> str:
        """The title a reader would name: the first heading, or the report's name with the line under it."""
        heads = [(block, self._pieces[2 * i]) for i, block in enumerate(self.blocks[:40]) if block.kind != "table"]
        for i, (_, text) in enumerate(heads):
            if _REPORT.match(text):
                below = heads[i + 1][1] if len(text) < 20 and i + 1 < len(heads) else ""
                return f"{text} {below}".strip()
        headings = [text for block, text in heads if block.kind == "heading"]
        return next(iter(headings), heads[0][1] if heads else "")

    def _within_limits(self, grid: tables.Grid) -> tables.Grid:
        room = max(self._limits.cells - self._cells, 0) // grid.width
        if room < grid.height:
            self.warn("document.table_cut", found=grid.height, kept=room)
            grid = tables.Grid(grid.owners[:room], grid.declared_head)
        self._cells += grid.height * grid.width
        return grid

    def _captions_above(self) -> list[str]:
        """The lines just above that name the table become captions; at most three, nearest last."""
        found: list[str] = []
        for i in range(len(self.blocks) - 1, max(len(self.blocks) - 4, -1), -1):
            text = self._pieces[2 * i]
            if self.blocks[i].kind == "table" or not (self.blocks[i].kind == "caption" or tables.is_caption(text)):
                break
            self.blocks[i] = replace(self.blocks[i], kind="caption")
            found.insert(0, text)
        return found

    def _add(self, text: str, kind: BlockKind, page: int | None, table: Table | None = None) -> None:
        start, end = self._length, self._length + len(text)
        if end > self._limits.characters:
            raise Problem("document.too_long", found=end, limit=self._limits.characters)
        self.blocks.append(Block(kind, start, end, page, table))
        self._pieces += [text, BETWEEN_BLOCKS]
        self._length = end + len(BETWEEN_BLOCKS)


def _written(grid: tables.Grid, start: int) -> tuple[str, dict[int, Span]]:
    """The table as lines of cells joined by " | ", and where each cell stands; a merged cell is written once."""
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    length = start
    for r, row in enumerate(grid.owners):
        for c, cell in enumerate(row):
            lead = tables.CELL_SEPARATOR if c else ("\n" if r else "")
            text = cell.text if cell is not None and id(cell) not in spans else ""
            pieces += [lead, text]
            length += len(lead)
            if cell is not None and id(cell) not in spans:
                spans[id(cell)] = (length, length + len(text))
            length += len(text)
    return "".join(pieces), spans


def _table(grid: tables.Grid, caption: str, spans: dict[int, Span], follows: Table | None) -> Table:
    head = tables.header_rows(grid)
    paths = tables.header_paths(grid, head)
    if follows is not None and head == 0 and len(follows.header_paths) == grid.width:
        paths = follows.header_paths
    if follows is not None and paths == follows.header_paths:
        caption = caption or follows.caption
    rows = tuple(tuple(grid.text_at(r, c) for c in range(grid.width)) for r in range(grid.height))
    return Table(
        rows,
        head,
        paths,
        caption,
        tuple(tuple(_span(grid, r, c, spans) for c in range(grid.width)) for r in range(grid.height)),
    )


def _span(grid: tables.Grid, row: int, column: int, spans: dict[int, Span]) -> Span:
    """Where the cell stands. A hole of the grid stands nowhere: an empty span at the start of the table."""
    owner = grid.owners[row][column]
    return spans[id(owner)] if owner is not None else (min(spans.values())[0],) * 2
