"""The figures of an extracted document: its sentences as they stand, its tables as the sentences they stand for.

A table with one header row is read as its lines of cells. One whose headers lie over each other ("Vốn / FDI") is
spelled out cell by cell ("Cấp mới, Vốn đăng ký, FDI: 145,6 triệu USD.") in its place in the text, so that what the text
before it says of period and place holds for it too; the figures found are then put back on their cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sokhu.core.narrative import Figure, read
from sokhu.core.problems import Problem
from sokhu.core.units import read_unit
from sokhu.documents.extracted import Block, Extracted, Span, Table

_NUMBER = re.compile(r"[~≈]?\s*[-+−]?\d[\d.,\s]*%?")
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXLC]+|[a-z])[.)]?")
_ORDINAL_COLUMN = frozenset({"tt", "stt", "số tt", "số thứ tự"})
_UNIT_COLUMN = frozenset({"đơn vị", "đvt", "đơn vị tính"})
_UNIT = re.compile(
    r"\(\s*(?:đvt|đơn vị(?: tính)?)?\s*:?\s*([^()\d]{1,40})\)|(?:đvt|đơn vị(?: tính)?)\s*:\s*([^().;\n\d]{1,40})",
    re.IGNORECASE,
)


def read_extracted(extracted: Extracted, *, article: str = "") -> list[Figure]:
    """Figures in reading order; positions are those of `extracted.text`."""
    return read_blocks(extracted.text, extracted.blocks, article=article, dateline=extracted.published)


def read_blocks(text: str, blocks: Iterable[Block], *, article: str = "", dateline: date | None = None) -> list[Figure]:
    """Figures of a text whose tables are known by their blocks. Raises what `narrative.read` raises."""
    spelled = _spelled_out(text, blocks)
    found = (spelled.put_back(figure, text) for figure in read(spelled.text, article=article, dateline=dateline))
    return [figure for figure in found if figure is not None]


@dataclass(slots=True)
class _Spelled:
    """A text made of pieces. origins: where a piece comes from in the document; None for words that were put in."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    origins: list[tuple[Span, bool] | None] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, words: str, origin: Span | None = None, *, is_cell: bool = False) -> None:
        if words:
            self.parts.append(words)
            self.starts.append(self.length)
            self.origins.append((origin, is_cell) if origin else None)
            self.length += len(words)

    def put_back(self, figure: Figure, text: str) -> Figure | None:
        """The figure at its place in the document; None for a number in words that only label a cell."""
        piece = bisect_right(self.starts, figure.start) - 1
        origin = self.origins[piece] if piece >= 0 else None
        if origin is None:
            return None
        (start, end), is_cell = origin
        if not is_cell:
            start += figure.start - self.starts[piece]
            end = min(start + figure.end - figure.start, end)
        return figure._replace(start=start, end=end, quote=text[start:end])


def _spelled_out(text: str, blocks: Iterable[Block]) -> _Spelled:
    spelled, at = _Spelled(), 0
    for block in blocks:
        if block.table is None or block.table.header_rows < 2:
            continue
        spelled.add(text[at : block.start], (at, block.start))
        for words, origin in _cells(block.table):
            spelled.add(words, origin, is_cell=origin is not None)
        at = block.end
    spelled.add(text[at:], (at, len(text)))
    return spelled


def _cells(table: Table) -> Iterator[tuple[str, Span | None]]:
    """The sentences of a table, in pieces: label, number with its place, unit and full stop."""
    seen: set[Span] = set()
    for row, spans in zip(table.rows[table.header_rows :], table.cell_spans[table.header_rows :], strict=True):
        label = _label(row)
        row_unit = next(
            (f"({cell})" for cell, path in zip(row, table.header_paths, strict=True) if _names(path, _UNIT_COLUMN)), ""
        )
        for column, (cell, span) in enumerate(zip(row, spans, strict=True)):
            path = table.header_paths[column]
            if span in seen or not _NUMBER.fullmatch(cell.strip()) or _names(path, _ORDINAL_COLUMN):
                continue
            seen.add(span)
            said = ", ".join(part for part in (_bare(label), *map(_bare, path.split(" / "))) if part)
            yield f"{said}: ", None
            yield cell, span
            unit = "" if "%" in cell else _unit(path, label, row_unit, table.caption)
            yield f" {unit}".rstrip() + ".\n", None


def _label(row: Sequence[str]) -> str:
    return next(
        (
            cell
            for cell in row
            if cell.strip() and not _NUMBER.fullmatch(cell.strip()) and not _ORDINAL.fullmatch(cell.strip())
        ),
        "",
    )


def _names(path: str, words: frozenset[str]) -> bool:
    """Whether a header says one of these and nothing else, "Đơn vị / Đơn vị" included."""
    return set(path.casefold().split(" / ")) <= words


def _bare(words: str) -> str:
    return " ".join(_UNIT.sub(" ", words).split())


def _unit(*said: str) -> str:
    """The first unit that the header, the row, its unit column or the table names; "" when nobody does."""
    for words in said:
        for match in _UNIT.finditer(words):
            unit = (match[1] or match[2]).strip()
            try:
                read_unit(unit)
            except Problem:
                continue
            return unit
    return ""
