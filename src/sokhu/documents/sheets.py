"""A workbook as a text with positions, so that a cell is quoted, marked and found again like words of any document."""

from __future__ import annotations

from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Sheet, Workbook, text_of
from sokhu.documents.extracted import Block, Extracted, Span, Table
from sokhu.documents.tables import CELL_SEPARATOR

MOST_KEPT = 60_000  # places of a workbook that is kept in a book and shown to be decided on


def as_extracted(workbook: Workbook, title: str) -> Extracted:
    """A heading and a table for each sheet; the table's row r, column c is the cell there, from A1 on.

    Raises Problem("workbook.too_large_to_keep", found, limit).
    """
    found = sum(len(sheet.rows) * sheet.width for sheet in workbook.sheets)
    if found > MOST_KEPT:
        raise Problem("workbook.too_large_to_keep", found=found, limit=MOST_KEPT)
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for sheet in workbook.sheets:
        name = " ".join(sheet.name.split())
        blocks.append(Block("heading", at, at + len(name)))
        at += len(name) + 1
        table, text = _table(sheet, at)
        blocks.append(Block("sheet", at, at + len(text), None, table))
        pieces += [name, text, ""]
        at += len(text) + 2
    return Extracted(workbook.kind, title, "\n".join(pieces).rstrip("\n") + "\n", tuple(blocks))


def _table(sheet: Sheet, start: int) -> tuple[Table, str]:
    lines: list[str] = []
    spans: list[tuple[Span, ...]] = []
    rows = [[text_of(sheet.value(row, column)) for column in range(sheet.width)] for row in range(len(sheet.rows))]
    for row in rows:
        spans.append(tuple(_spans(row, start)))
        lines.append(CELL_SEPARATOR.join(row))
        start += len(lines[-1]) + 1
    return Table(tuple(map(tuple, rows)), 0, (), sheet.name, tuple(spans)), "\n".join(lines)


def _spans(row: list[str], at: int) -> list[Span]:
    found = []
    for text in row:
        found.append((at, at + len(text)))
        at += len(text) + len(CELL_SEPARATOR)
    return found
