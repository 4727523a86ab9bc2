"""Tables of any origin as one grid: merged cells, the rows of the head, and the path of names over each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

CELL_SEPARATOR = " | "
PATH_SEPARATOR = " / "

CAPTION = re.compile(r"(?:bảng|biểu(?: mẫu)?|phụ lục|table)\s*(?:số\s*)?(?:[0-9]|[ivx]+\b|[a-z]\b)", re.IGNORECASE)
UNIT_LINE = re.compile(r"[(\[]?\s*(?:đơn vị(?: tính)?|đvt|unit)\s*:", re.IGNORECASE)
_NUMBER = re.compile(r"[-+(]?\d[\d.,\s]*%?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*[=+\-/:x*]\s*\(?\d{1,2}\)?)*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its upper left corner (row, column from 0), with the rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell as HTML gives it: its place follows from the cells before it."""

    text: str
    rows: int = 1
    columns: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """owners[r][c] is the cell that covers that place; None where the file leaves a hole."""

    owners: tuple[tuple[Cell | None, ...], ...]
    declared_head: int = 0

    @property
    def height(self) -> int:
        return len(self.owners)

    @property
    def width(self) -> int:
        return len(self.owners[0]) if self.owners else 0

    def text_at(self, row: int, column: int) -> str:
        owner = self.owners[row][column]
        return owner.text if owner else ""

    def is_title_row(self, row: int) -> bool:
        """One cell over the whole width: the table's own title or its unit, not a column's name."""
        first = self.owners[row][0]
        return self.width > 1 and first is not None and all(owner is first for owner in self.owners[row])


def placed(rows: Sequence[Sequence[SpannedCell]], most_cells: int) -> tuple[list[Cell], bool]:
    """Cells with their places, as HTML lays a table out, and whether cells were cut at `most_cells` places.

    Spans are cut to the rows that exist: `rowspan=65534` is a page's mistake or an attack.
    """
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            height, width = min(max(cell.rows, 1), len(rows) - r), min(max(cell.columns, 1), 200)
            if len(taken) + height * width > most_cells:
                return cells, True
            for i in range(height):
                for j in range(width):
                    taken[r + i, column + j] = True
            cells.append(Cell(r, column, height, width, cell.text, cell.is_head))
            column += width
    return cells, False


def grid_of(cells: Iterable[Cell], declared_head: int = 0) -> Grid:
    """The cells on squared paper. A place claimed twice stays with the first; empty rows and columns are left out."""
    listed = list(cells)
    height = max((cell.row + cell.rows for cell in listed), default=0)
    width = max((cell.column + cell.columns for cell in listed), default=0)
    board: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in listed:
        for r in range(cell.row, cell.row + cell.rows):
            for c in range(cell.column, cell.column + cell.columns):
                if board[r][c] is None:
                    board[r][c] = cell
    return _without_empty(board, declared_head)


def _without_empty(board: list[list[Cell | None]], declared_head: int) -> Grid:
    """Drop rows and columns without a letter, then give every cell its new place."""
    rows = [r for r, row in enumerate(board) if any(cell and cell.text and cell.row == r for cell in row)]
    width = len(board[0]) if board else 0
    columns = [
        c for c in range(width) if any(cell and cell.text and cell.column == c for r in rows if (cell := board[r][c]))
    ]
    moved: dict[int, Cell] = {}
    kept: list[list[Cell | None]] = [[board[r][c] for c in columns] for r in rows]
    for r, row in enumerate(kept):
        for c, cell in enumerate(row):
            if cell is not None:
                first = moved.setdefault(id(cell), replace(cell, row=r, column=c, rows=1, columns=1))
                moved[id(cell)] = replace(
                    first, rows=r - first.row + 1, columns=max(first.columns, c - first.column + 1)
                )
    owners = tuple(tuple(moved[id(cell)] if cell is not None else None for cell in row) for row in kept)
    return Grid(owners, sum(1 for r in rows if r < declared_head))


def header_rows(grid: Grid) -> int:
    """How many leading rows are the head: as declared, else the first named row and the rows that split its cells."""
    if grid.width < 2 or grid.height < 2:
        return 0
    titles = _title_rows(grid)
    start = max(grid.declared_head, titles)
    if start == titles:
        if start >= grid.height - 1 or _holds_figures(grid, start):
            return titles if titles < grid.height else 0
        start += 1
    while start < grid.height - 1 and _head_goes_on(grid, start):
        start += 1
    return min(start, grid.height - 1)


def _title_rows(grid: Grid) -> int:
    return next((r for r in range(grid.height) if not grid.is_title_row(r)), grid.height)


def _head_goes_on(grid: Grid, row: int) -> bool:
    """Whether `row` still belongs to the head that ends above it."""
    if is_numbering_row([grid.text_at(row, c) for c in range(grid.width)]):
        return True
    above = [owner for owner in grid.owners[row - 1] if owner is not None]
    if any(owner.row < row < owner.row + owner.rows for owner in above):
        return True
    splits = any(owner.columns > 1 for owner in above) and not grid.is_title_row(row - 1)
    return splits and not _holds_figures(grid, row) and not grid.is_title_row(row)


def _holds_figures(grid: Grid, row: int) -> bool:
    texts = [grid.text_at(row, c).strip() for c in range(1, grid.width)]
    return any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)


def is_numbering_row(texts: Sequence[str]) -> bool:
    """The row that numbers the columns, "A | B | 1 | 2 | 3=1+2": no name and no figure.

    Rows of small figures look like it, so the numbers must run on by one from 1.
    """
    filled = [text.strip() for text in texts if text.strip()]
    if len(filled) < 2 or not all(_ORDINAL.fullmatch(text) for text in filled):
        return False
    digits = (re.match(r"\(?(\d{1,2})", text) for text in filled)
    numbers = [int(match.group(1)) for match in digits if match]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def header_paths(grid: Grid, head: int) -> tuple[str, ...]:
    """Names over each column from top to bottom, said once where a cell covers several rows."""
    named = [
        r
        for r in range(head)
        if not grid.is_title_row(r) and not is_numbering_row([grid.text_at(r, c) for c in range(grid.width)])
    ]
    return tuple(_path(grid, named, column) for column in range(grid.width))


def _path(grid: Grid, named: Sequence[int], column: int) -> str:
    parts: list[str] = []
    for r in named:
        text = " ".join(grid.text_at(r, column).split())
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return PATH_SEPARATOR.join(parts)


def own_titles(grid: Grid) -> list[str]:
    """Texts of the full-width rows on top: "Bảng 1. …", "Đơn vị tính: triệu USD"."""
    return [grid.text_at(r, 0) for r in range(_title_rows(grid)) if grid.height > 1]


def is_caption(text: str) -> bool:
    """A short line that names the table under it or gives its unit."""
    return len(text) <= 300 and bool(CAPTION.match(text) or UNIT_LINE.match(text))
