"""Sheets as pages show them: every filled cell with what became of it, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.territory.queries import name_of
from sokhu.core.numbers import format_number
from sokhu.core.workbook.grid import Value, exact, letters
from sokhu.core.workbook.marks import Mark, Reading, SheetReading, Taken
from sokhu.kit.wording import lang, worded

ROWS_SHOWN = 150
UNKNOWN_SHOWN = 60
CELLS_NAMED = 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """text; state: taken, ignored, unknown or "" for an empty cell; why: in words, for its title."""

    text: str = ""
    state: str = ""
    why: str = ""
    is_number: bool = False
    span: int = 1


def reason_words(reason: str) -> str:
    """Why a cell was ignored."""
    words = {
        "title": _("tiêu đề"),
        "label": _("nhãn"),
        "numbering": _("số thứ tự cột"),
        "note": _("ghi chú"),
        "total": _("tổng, sổ tự tính lại"),
        "no_figure": _("không có số"),
        "hidden_row": _("dòng ẩn"),
        "hidden_column": _("cột ẩn"),
        "hidden_sheet": _("trang ẩn"),
        "other_sheet": _("trang ngoài biểu"),
        "register": _("của hồ sơ quản lý, không nhận lại"),
    }
    return words.get(reason, reason)


def value_words(value: Value) -> str:
    """A value as a spreadsheet of the reader's language shows it."""
    if isinstance(value, str):
        return value
    whole = exact(value)
    return str(whole) if whole in range(1900, 2101) else format_number(whole, lang=lang())


def figure_words(one: Taken) -> str:
    """What a taken cell says: indicator, breakdown, place, period."""
    says = one.says
    place = name_of(says.place)
    parts = [says.ownership, says.zone_kind, shown.other_words(says.other), place, says.period, one.unit.words(lang())]
    return " · ".join([shown.indicator_name(says.indicator), *(part for part in parts if part)])


def rows_of(sheet: SheetReading, first: int) -> list[dict[str, Any]]:
    """Rows from a number on, each with its number and cells, as many as a page shows; hidden ones say so."""
    taken = {(one.row, one.column): one for one in sheet.figures()}
    rows = []
    for row in range(first, min(len(sheet.marks), first + ROWS_SHOWN)):
        cells = [_cell(sheet, row, column, taken.get((row, column))) for column in range(sheet.sheet.width)]
        cells = _spilt(cells)
        rows.append({"number": row + 1, "cells": cells, "hidden": row in sheet.sheet.hidden_rows})
    return rows


def _spilt(cells: list[ShownCell]) -> list[ShownCell]:
    """The only words of a row run on over the empty cells beside them, as they do in a spreadsheet."""
    filled = [number for number, cell in enumerate(cells) if cell.state]
    if len(filled) != 1 or cells[filled[0]].is_number:
        return cells
    at = filled[0]
    return [*cells[:at], replace(cells[at], span=len(cells) - at)]


def _cell(sheet: SheetReading, row: int, column: int, taken: Taken | None) -> ShownCell:
    marks = sheet.marks[row]
    mark = marks[column] if column < len(marks) else None
    if mark is None:
        return ShownCell()
    value = sheet.sheet.value(row, column)
    why = figure_words(taken) if taken else mark_words(mark)
    return ShownCell(value_words(value), mark.state, why, not isinstance(value, str))


def mark_words(mark: Mark) -> str:
    return worded(mark.problem, lang()) if mark.problem else reason_words(mark.reason)


def columns_of(sheet: SheetReading) -> list[str]:
    return [letters(column) for column in range(sheet.sheet.width)]


def unknown_of(reading: Reading) -> list[dict[str, Any]]:
    """Why cells were not understood: each reason once, with how many cells, the addresses of the first, and a value."""
    found: dict[str, dict[str, Any]] = {}
    for where, value, mark in reading.cells():
        if mark.problem and mark.state == "unknown":
            why = worded(mark.problem, lang())
            line = found.setdefault(why, {"why": why, "cells": [], "count": 0, "value": value_words(value)})
            line["count"] += 1
            if len(line["cells"]) < CELLS_NAMED:
                line["cells"].append(where)
    lines = sorted(found.values(), key=lambda line: -int(line["count"]))[:UNKNOWN_SHOWN]
    return [line | {"where": ", ".join(line["cells"]), "more": line["count"] - len(line["cells"])} for line in lines]


def totals_of(reading: Reading) -> list[dict[str, str]]:
    """Totals of the workbook that its rows do not add up to: where, and by how much."""
    wrong = [
        (where, mark.problem) for where, _value, mark in reading.cells() if mark.problem and mark.reason == "total"
    ]
    return [{"where": where, "why": worded(problem, lang())} for where, problem in wrong[:UNKNOWN_SHOWN] if problem]


def sheet_counts(sheet: SheetReading) -> dict[str, int]:
    states = [mark.state for marks in sheet.marks for mark in marks if mark]
    return {state: states.count(state) for state in ("taken", "ignored", "unknown")}
