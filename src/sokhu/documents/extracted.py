"""What comes out of a file: its text, where its paragraphs and tables stand in it, and what the reader should know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from sokhu.core.problems import Problem

FileKind = Literal["txt", "html", "docx", "pdf", "xlsx", "xls"]
BlockKind = Literal["paragraph", "heading", "table", "caption", "sheet"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one uploaded file may cost. Bytes, seconds and counts; reading stops with a Problem where one is passed.

    ratio: unpacked to packed size of one part above a megabyte; deflate can reach 1032, Word's own XML about 40.
    depth: nested elements in HTML or XML. The parser itself stops at 256.
    sheet_cells: places in all sheets of a workbook, empty ones included; cells: in the tables of a document.
    """

    file_bytes: int = 30_000_000
    unpacked_bytes: int = 200_000_000
    ratio: int = 200
    entries: int = 5_000
    depth: int = 256
    seconds: int = 60
    memory_bytes: int = 1 << 30
    characters: int = 5_000_000
    cells: int = 200_000
    sheet_cells: int = 4_000_000
    pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table with merged cells filled: every row has the same number of cells.

    header_rows: how many leading rows are its head. header_paths: one per column, "Vốn đăng ký / FDI".
    cell_spans: (start, end) in the text of every cell; a filled cell has the span of the cell it comes from, so that
    text[start:end] == rows[r][c] everywhere and a figure stands once in the text.
    """

    rows: tuple[tuple[str, ...], ...]
    header_rows: int
    header_paths: tuple[str, ...]
    caption: str
    cell_spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, caption or table: text[start:end]. page counts from 1 and is known for PDF only."""

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file as text with positions (code points). warnings are for the user; published is the page's own date."""

    kind: FileKind
    title: str
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[Problem, ...] = ()
    published: date | None = None


def problem_as_json(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "where": problem.where, "params": problem.params}


def problem_from_json(shape: Mapping[str, Any], where: str = "") -> Problem:
    return Problem(str(shape["code"]), str(shape["where"]) or where, **cast(dict[str, object], shape["params"]))


def as_json(extracted: Extracted) -> dict[str, Any]:
    """The shape that the reading process hands back: plain JSON values, no pickles from a process that met the file."""
    return {
        "kind": extracted.kind,
        "title": extracted.title,
        "text": extracted.text,
        "blocks": [_block_as_json(block) for block in extracted.blocks],
        "warnings": [problem_as_json(warning) for warning in extracted.warnings],
        "published": extracted.published.isoformat() if extracted.published else None,
    }


def from_json(shape: Mapping[str, Any], where: str = "") -> Extracted:
    """Inverse of `as_json`. where: fills the place of warnings that name none."""
    return Extracted(
        kind=shape["kind"],
        title=shape["title"],
        text=shape["text"],
        blocks=tuple(_block_from_json(block) for block in shape["blocks"]),
        warnings=tuple(problem_from_json(warning, where) for warning in shape["warnings"]),
        published=date.fromisoformat(shape["published"]) if shape["published"] else None,
    )


def blocks_from_json(shapes: Iterable[list[Any]]) -> tuple[Block, ...]:
    """Blocks as `as_json` gives them, for who kept only those."""
    return tuple(_block_from_json(shape) for shape in shapes)


def _block_as_json(block: Block) -> list[Any]:
    table = block.table
    inside = table and [table.rows, table.header_rows, table.header_paths, table.caption, table.cell_spans]
    return [block.kind, block.start, block.end, block.page, inside]


def _block_from_json(shape: list[Any]) -> Block:
    kind, start, end, page, inside = shape
    return Block(kind, start, end, page, _table_from_json(inside) if inside else None)


def _table_from_json(shape: list[Any]) -> Table:
    rows, header_rows, paths, caption, spans = shape
    return Table(
        rows=tuple(tuple(row) for row in rows),
        header_rows=header_rows,
        header_paths=tuple(paths),
        caption=caption,
        cell_spans=tuple(tuple((start, end) for start, end in row) for row in spans),
    )
