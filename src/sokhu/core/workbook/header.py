"""Where a table begins: the rows of its head, and which column is which, whatever was inserted, moved or merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sokhu.core.units import ScaledUnit
from sokhu.core.workbook.grid import Sheet
from sokhu.core.workbook.labels import is_numbering, key, unit_in
from sokhu.core.workbook.mapping import Label, Path, SheetMapping

SEARCHED_ROWS = 200  # a head stands among the first rows
HEAD_ROWS = 8  # rows of a head above its lowest one
LEAST_SHARE = 3  # one in so many of the mapping's columns has to be there


@dataclass(frozen=True, slots=True)
class Header:
    """top, bottom: rows of the head; body: first row below it and below the row that numbers the columns.

    columns: label of each column that the mapping knows; twice: columns whose label stands there more than once;
    units: the unit written in a column's head.
    """

    top: int
    bottom: int
    body: int
    columns: Mapping[int, Label]
    twice: frozenset[int] = frozenset()
    units: Mapping[int, ScaledUnit] = field(default_factory=dict)
    share: float = 0.0


def find_header(sheet: Sheet, mapping: SheetMapping) -> Header | None:
    """The head of the mapping's table in this sheet; None where too few of its columns are found."""
    keys = _keys(sheet)
    hits = {row: _labels_in(texts, mapping) for row, texts in keys.items()}
    bottom = max(hits, key=lambda row: (len(hits[row]), -row), default=-1)
    if bottom < 0 or not hits[bottom]:
        return None
    parts = frozenset().union(*(one.leaves | one.groups for one in mapping.columns))
    top = _top(bottom, keys, parts)
    bottom = _lowest(bottom, hits)
    columns = _columns(sheet, top, bottom, mapping)
    found = set(columns.values())
    if len(found) * LEAST_SHARE < len(mapping.columns) or not any(one.role == "figure" for one in found):
        return None
    once, twice = _told_apart(sheet, columns)
    units = {column: unit for column in once if (unit := _unit_of(sheet, top, bottom, column))}
    share = len(found) / len(mapping.columns)
    return Header(top, bottom, _body(sheet, bottom), once, twice, units, share)


def _keys(sheet: Sheet) -> dict[int, list[str]]:
    rows = (row for row in range(min(len(sheet.rows), SEARCHED_ROWS)) if row not in sheet.hidden_rows)
    return {row: [key(sheet.text(row, column)) for column in range(sheet.width)] for row in rows}


def _labels_in(texts: Sequence[str], mapping: SheetMapping) -> frozenset[int]:
    """Which of the mapping's columns have their name in this row."""
    there = set(texts) - {""}
    return frozenset(number for number, one in enumerate(mapping.columns) if one.leaves & there)


def _top(bottom: int, keys: Mapping[int, Sequence[str]], parts: frozenset[str]) -> int:
    """The highest row of the head: names above names, over at most one row that has none."""
    top = bottom
    for row in range(bottom - 1, max(bottom - HEAD_ROWS, -1), -1):
        if parts & set(keys.get(row, ())):
            top = row
        elif top - row > 1:
            break
    return top


def _lowest(bottom: int, hits: Mapping[int, frozenset[int]]) -> int:
    """The lowest row of the head: a row below may name columns that the fullest row does not."""
    while hits.get(bottom + 1, frozenset()) - hits[bottom]:
        bottom += 1
    return bottom


def _columns(sheet: Sheet, top: int, bottom: int, mapping: SheetMapping) -> dict[int, Label]:
    groups = frozenset().union(*(one.groups for one in mapping.columns))
    paths = _paths(sheet, top, bottom, groups)
    found = {column: _fitting(path, mapping.columns) for column, path in paths.items()}
    return {column: label for column, label in found.items() if label}


def _paths(sheet: Sheet, top: int, bottom: int, groups: frozenset[str]) -> dict[int, list[str]]:
    """The names over each column, the highest first; a group's name holds to the right where it was not merged."""
    paths: dict[int, list[str]] = {}
    above: dict[int, str] = {}
    for column in range(sheet.width):
        texts = [key(sheet.text(row, column)) for row in range(top, bottom + 1)]
        own = next((number for number, text in enumerate(texts) if text), len(texts))
        for number, text in enumerate(texts):
            if text:
                above = {row: name for row, name in above.items() if row < number}
                above |= {number: text} if text in groups else {}
            elif number < own and number in above:
                texts[number] = above[number]
        paths[column] = list(dict.fromkeys(text for text in texts if text))
    return paths


def _fitting(path: Sequence[str], labels: Sequence[Label]) -> Label | None:
    """The label whose parts all stand over the column, in their order; of several the one with the most parts."""
    fitting = [(depth, label) for label in labels if (depth := fits(path, label))]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def fits(path: Sequence[str], label: Label) -> int:
    """How many parts of the label are found, all of them; 0 where one is missing."""
    return max((len(keys) for keys in label.keys if _in_order(path, keys)), default=0)


def _in_order(path: Sequence[str], parts: Path) -> bool:
    texts: Iterator[str] = iter(path)
    return all(any(text in spellings for text in texts) for spellings in parts)


def _told_apart(sheet: Sheet, columns: Mapping[int, Label]) -> tuple[dict[int, Label], frozenset[int]]:
    """Columns whose label is theirs alone, hidden copies aside; and those whose label stands there twice."""
    seen: dict[int, list[int]] = {}
    for column, label in columns.items():
        if column not in sheet.hidden_columns:
            seen.setdefault(id(label), []).append(column)
    twice = {one for found in seen.values() if len(found) > 1 for one in found if columns[one].role != "ignore"}
    kept = {one for found in seen.values() for one in found} - twice
    return {column: columns[column] for column in sorted(kept)}, frozenset(twice)


def _unit_of(sheet: Sheet, top: int, bottom: int, column: int) -> ScaledUnit | None:
    """The unit that the lowest row of the column's head tells."""
    told = (unit_in(sheet.text(row, column)) for row in range(bottom, top - 1, -1))
    return next(filter(None, told), None)


def _body(sheet: Sheet, bottom: int) -> int:
    row = bottom + 1
    while row < len(sheet.rows) and (row in sheet.hidden_rows or _is_between(sheet, row)):
        row += 1
    return row


def _is_between(sheet: Sheet, row: int) -> bool:
    """An empty row, or one that numbers the columns."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    return not any(texts) or is_numbering(texts)
