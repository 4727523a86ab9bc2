"""Tables that documents hand over cell by cell, with header rows that may stand over one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sokhu.core.narrative.figure import Figure
from sokhu.core.narrative.reader import read
from sokhu.core.narrative.vocabulary import Vocabulary

_JOIN, _BETWEEN = " / ", " | "


def read_table(
    table: Sequence[Sequence[str]],
    *,
    header_rows: int,
    caption: str = "",
    article: str = "",
    dateline: date | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[Figure]:
    """The figures of one table. Offsets count code points of `table_text(...)`, the same table as lines of text.

    table: rows of cells; the first `header_rows` of them are headers, an empty one goes on with the one left of it.
    caption: the line above the table, which may tell unit, window and place ("Đơn vị: triệu USD").
    """
    text = table_text(table, header_rows=header_rows, caption=caption)
    return read(text, article=article, dateline=dateline, vocabulary=vocabulary)


def table_text(table: Sequence[Sequence[str]], *, header_rows: int, caption: str = "") -> str:
    """Caption, one line of header paths ("Vốn đăng ký / FDI") and one line per row, cells parted by " | "."""
    columns = max((len(row) for row in table), default=0)
    header = [_path(table[:header_rows], column) for column in range(columns)] if header_rows else []
    lines = [caption] if caption else []
    lines += [_BETWEEN.join(header)] if header else []
    lines += [_BETWEEN.join(_plain(cell) for cell in row) for row in table[header_rows:]]
    return "\n".join(lines)


def _path(headers: Sequence[Sequence[str]], column: int) -> str:
    """The header cells over one column from top to bottom, each said once."""
    parts: list[str] = []
    for row in headers:
        left = [_plain(cell) for cell in row[: column + 1] if _plain(cell)]
        own = _plain(row[column]) if column < len(row) else ""
        text = own or (left[-1] if left and row is not headers[-1] else "")
        if text and text not in parts:
            parts.append(text)
    return _JOIN.join(parts)


def _plain(cell: str) -> str:
    return " ".join(cell.replace("|", "/").split())
