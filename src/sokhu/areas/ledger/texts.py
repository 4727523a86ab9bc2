"""A document's text cut into paragraphs and tables, its figures marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sokhu.core.workbook.grid import letters

# Which state a mark shows where several figures stand in the same words.
LOUDEST = ("error", "warning", "review", "certain", "repeat", "accepted", "rejected", "note", "agrees", "unknown")


class Line(Protocol):
    """What is marked in a text: start and end of its words, its state, and the id of its line in the list."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    ids: str = ""
    first: str = ""
    state: str = ""


def paragraphs_of(text: str, blocks: Sequence[Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Paragraphs in reading order with `segments`, tables with rows of cells; each with its `start` and `end`.

    blocks: as `documents.extracted` keeps them, [kind, start, end, page, table].
    """
    ordered = sorted(lines, key=lambda line: (line.start, line.end))
    made: list[dict[str, Any]] = []
    for kind, start, end, _page, table in blocks or [["paragraph", 0, len(text), None, None]]:
        inside = [line for line in ordered if start <= line.start < end]
        paragraph = {"number": len(made) + 1, "start": start, "end": end, "kind": _kind(kind)}
        if table:
            paragraph["rows"] = _rows(text, table, inside)
            paragraph["columns"] = _columns(table) if kind == "sheet" else ()
            paragraph["name"] = table[3] if kind == "sheet" else ""
        else:
            paragraph["segments"] = segments_of(text, start, end, inside)
        made.append(paragraph)
    return made


def _kind(kind: str) -> str:
    return {"heading": "heading", "caption": "quiet", "table": "table", "sheet": "table"}.get(kind, "text")


def _columns(table: Sequence[Any]) -> tuple[str, ...]:
    """The letters of a sheet's columns."""
    return tuple(letters(column) for column in range(len(table[4][0]) if table[4] else 0))


def segments_of(text: str, start: int, end: int, lines: Sequence[Line]) -> list[Segment]:
    """text[start:end] as plain runs and marked ones; figures whose words overlap share a mark."""
    segments, at = [], start
    for group in _overlapping(lines):
        first, last = group[0].start, min(max(line.end for line in group), end)
        if first > at:
            segments.append(Segment(text[at:first]))
        states = {line.state for line in group}
        state = next(state for state in LOUDEST if state in states)
        segments.append(Segment(text[first:last], " ".join(line.id for line in group), group[0].id, state))
        at = last
    if at < end:
        segments.append(Segment(text[at:end]))
    return segments


def _overlapping(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    until = -1
    for line in lines:
        if group and line.start >= until:
            yield group
            group = []
        group.append(line)
        until = max(until, line.end) if len(group) > 1 else line.end
    if group:
        yield group


def _rows(text: str, table: Sequence[Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    _rows_of_text, header_rows, _paths, _caption, spans = table
    rows = []
    for number, row in enumerate(spans):
        cells: list[dict[str, Any]] = []
        for index, (start, end) in enumerate(row):
            if index and [start, end] == list(row[index - 1]):
                cells[-1]["span"] += 1
                continue
            inside = [line for line in lines if start <= line.start < end]
            cells.append({"segments": segments_of(text, start, end, inside), "span": 1})
        for cell in cells:
            cell["span"] = cell["span"] if cell["span"] > 1 else ""
        rows.append({"number": number + 1, "header": number < header_rows, "cells": cells})
    return rows
