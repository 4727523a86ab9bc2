"""A form as it is printed: which text or figure stands in which cell, and which cells are one. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from sokhu.core.workbook.grid import Area
from sokhu.core.workbook.mapping import Label, SheetMapping

Content = Decimal | str
Style = Literal["title", "line", "head", "ordinal", "label", "amount", "word", "total", "note"]
TOTAL = "Tổng cộng"
WIDTHS = {"number": 5, "place": 30, "name": 38, "unit": 12}
FIGURE_WIDTH, WORDS_WIDTH = 14, 18


@dataclass(frozen=True, slots=True)
class LaidCell:
    row: int
    column: int
    content: Content
    style: Style


@dataclass(slots=True)
class LaidSheet:
    """head: first and last row of the head; places[key] is the cell in which a figure came to stand.

    remarks: by cell, what is told of it beside.
    """

    name: str
    cells: list[LaidCell] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    head: tuple[int, int] = (0, 0)
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Content, style: Style) -> None:
        self.cells.append(LaidCell(row, column, content, style))


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form is filled with. lines: above the table; names: of the rows, where rows are places, without the total.

    values: by number of the row and of the column in the mapping; the total row's number is that of the names. words:
    what registers say, the same way; notes: where it is from.
    """

    lines: Sequence[str]
    values: Mapping[tuple[int, int], Content]
    names: Sequence[str] = ()
    words: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


def laid_out(mapped: SheetMapping, filling: Filling) -> LaidSheet:
    """The sheet from its top to the last row of its table."""
    sheet = LaidSheet(mapped.name[:31])
    for row, line in enumerate(filling.lines):
        sheet.put(row, 0, line, "title" if row < 2 else "line")
    top = len(filling.lines) + 1
    bottom = _put_head(sheet, top, mapped.columns)
    for number in range(len(mapped.columns)):
        sheet.put(bottom + 1, number, f"({number + 1})", "ordinal")
    sheet.head = (top, bottom + 1)
    sheet.widths = [_width(one) for one in mapped.columns]
    put = _put_named_rows if mapped.rows else _put_listed_rows
    put(sheet, bottom + 2, mapped, filling)
    return sheet


def _width(label: Label) -> int:
    return WIDTHS.get(label.role, FIGURE_WIDTH if label.says.indicator or label.role == "figure" else WORDS_WIDTH)


def _put_head(sheet: LaidSheet, top: int, columns: Sequence[Label]) -> int:
    """Names above each other, equal ones side by side merged into one; the lowest row of the head."""
    bottom = top + max(len(one.parts) for one in columns) - 1
    for column, label in enumerate(columns):
        for level, name in enumerate(label.parts):
            is_leaf = level == len(label.parts) - 1
            if not is_leaf and column and _shares(columns[column - 1], label, level):
                continue
            right = column
            while not is_leaf and right + 1 < len(columns) and _shares(columns[right + 1], label, level):
                right += 1
            sheet.put(top + level, column, _with_unit(name, label) if is_leaf else name, "head")
            down = bottom if is_leaf else top + level
            if (down, right) != (top + level, column):
                sheet.merges.append((top + level, column, down, right))
    return bottom


def _shares(one: Label, other: Label, level: int) -> bool:
    return len(one.parts) > level + 1 and one.parts[: level + 1] == other.parts[: level + 1]


def _with_unit(name: str, label: Label) -> str:
    return f"{name} ({label.says.unit})" if label.says.unit else name


def _put_named_rows(sheet: LaidSheet, row: int, mapped: SheetMapping, filling: Filling) -> None:
    group: tuple[str, ...] = ()
    ordinal = 0
    for number, label in enumerate(mapped.rows):
        if label.parts[:-1] != group or len(label.parts) == 1:
            ordinal += 1
        if label.parts[:-1] and label.parts[:-1] != group:
            for column, words in _words(mapped, ordinal, " – ".join(label.parts[:-1]), ""):
                sheet.put(row, column, words, "label")
            row += 1
        shown = str(ordinal) if len(label.parts) == 1 else ""
        for column, words in _words(mapped, shown, label.parts[-1], label.says.unit):
            sheet.put(row, column, words, "label")
        group = label.parts[:-1]
        _put_values(sheet, row, number, mapped, filling, is_total=False)
        row += 1


def _words(mapped: SheetMapping, ordinal: int | str, name: str, unit: str) -> Iterator[tuple[int, str]]:
    told = {"number": str(ordinal), "name": name, "place": name, "unit": unit}
    return ((column, told[one.role]) for column, one in enumerate(mapped.columns) if told.get(one.role))


def _put_listed_rows(sheet: LaidSheet, row: int, mapped: SheetMapping, filling: Filling) -> None:
    for number, name in enumerate([*filling.names, TOTAL]):
        is_total = number == len(filling.names)
        for column, words in _words(mapped, "" if is_total else number + 1, name, ""):
            sheet.put(row, column, words, "total" if is_total else "label")
        _put_values(sheet, row, number, mapped, filling, is_total=is_total)
        row += 1


def _put_values(
    sheet: LaidSheet, row: int, number: int, mapped: SheetMapping, filling: Filling, *, is_total: bool
) -> None:
    for column in range(len(mapped.columns)):
        content, words = filling.values.get((number, column)), filling.words.get((number, column))
        if words is not None:
            sheet.put(row, column, words, "label")
            sheet.remarks[row, column] = filling.notes[number, column]
        if content is not None:
            style: Style = "word" if isinstance(content, str) else "total" if is_total else "amount"
            sheet.put(row, column, content, style)
            sheet.places[number, column] = (row, column)
