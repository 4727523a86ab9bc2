"""A mapping from what a person points at: the rows of the head, the column that names the rows, what the others say."""

from __future__ import annotations

import re
from collections.abc import Mapping as Tables
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Sheet, letters
from sokhu.core.workbook.labels import key
from sokhu.core.workbook.mapping import Label, Mapping, Role, Says, SheetMapping

RowsAre = Literal["places", "periods", "named"]
ROWS: dict[RowsAre, Role] = {"places": "place", "periods": "period", "named": "name"}
MOST_NAMES = 200  # rows or columns that a person names on one screen
_RANGE = re.compile(r"\s*(\d{1,7})\s*(?:[-–:]\s*(\d{1,7})\s*)?")
_LETTERS = re.compile(r"\s*([A-Za-z]{1,3})\s*")


@dataclass(frozen=True, slots=True)
class Pointed:
    """top, bottom: rows of the head; names: the column that names the rows; all from 0."""

    top: int
    bottom: int
    names: int
    rows_are: RowsAre = "places"


@dataclass(frozen=True, slots=True)
class Named:
    """A row or column that can be given a meaning. number: of the row or column; label: as a mapping writes it."""

    number: int
    label: str
    sample: str


def rows_in(text: str) -> tuple[int, int]:
    """First and last row of "5-6" or "5", from 0. Raises Problem("workbook.no_rows", found)."""
    found = _RANGE.fullmatch(text)
    if not found or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
        raise Problem("workbook.no_rows", found=text[:40])
    return int(found[1]) - 1, int(found[2] or found[1]) - 1


def column_in(text: str) -> int:
    """A column by its letters, from 0. Raises Problem("workbook.no_letters", found)."""
    found = _LETTERS.fullmatch(text)
    if not found:
        raise Problem("workbook.no_letters", found=text[:40])
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def columns_of(sheet: Sheet, pointed: Pointed) -> list[Named]:
    """The columns with a name, without the one that names the rows."""
    found = []
    for column in range(sheet.width):
        label = _head(sheet, pointed, column)
        if label and column != pointed.names and column not in sheet.hidden_columns:
            below = range(pointed.bottom + 1, min(len(sheet.rows), pointed.bottom + 30))
            sample = next((text for row in below if (text := sheet.text(row, column))), "")
            found.append(Named(column, label, sample[:30]))
    return found[:MOST_NAMES]


def rows_of(sheet: Sheet, pointed: Pointed) -> list[Named]:
    """The rows with a name and something beside it; names that come again stand under the heading above them."""
    found: list[Named] = []
    section = ""
    for row in range(pointed.bottom + 1, len(sheet.rows)):
        name = _one_name(sheet.text(row, pointed.names))
        beside = [sheet.text(row, column) for column in range(pointed.names + 1, sheet.width)]
        sample = next((text for text in beside if text), "")
        if name and not sample:
            section = name
        elif name and row not in sheet.hidden_rows:
            found.append(Named(row, f"{section} / {name}" if section else name, sample[:30]))
    names = [key(one.label.rpartition(" / ")[2]) for one in found]
    alone = [names.count(one) == 1 for one in names]
    told = [
        Named(one.number, one.label.rpartition(" / ")[2] if single else one.label, one.sample)
        for one, single in zip(found, alone, strict=True)
    ]
    return told[:MOST_NAMES]


def _head(sheet: Sheet, pointed: Pointed, column: int) -> str:
    """The names over a column as a label: "Vốn đăng ký / FDI"."""
    texts = [_one_name(sheet.text(row, column)) for row in range(pointed.top, pointed.bottom + 1)]
    return " / ".join(dict.fromkeys(text for text in texts if key(text)))


def _one_name(text: str) -> str:
    """A name that cannot be taken for two: the signs between parts and spellings lose their blanks."""
    return text.replace(" / ", "/").replace(" | ", "|")


def mapping_from(
    sheet: Sheet,
    pointed: Pointed,
    name: str,
    whole: Says,
    columns: Tables[int, Says | None],
    rows: Tables[int, Says | None],
) -> Mapping:
    """The mapping of one sheet. columns, rows: what each says, None for one that is left out.

    Raises Problem("workbook.no_name_column", found) where the column of names has no head, and
    Problem("workbook.nothing_named") where nothing says which figures are taken.
    """
    head = _head(sheet, pointed, pointed.names)
    if not head:
        raise Problem("workbook.no_name_column", found=letters(pointed.names))
    labels = [_label(one, columns.get(one.number)) for one in columns_of(sheet, pointed)]
    named = (
        [_label(one, rows.get(one.number)) for one in rows_of(sheet, pointed)] if pointed.rows_are == "named" else []
    )
    if not _names_figures(labels, named, pointed):
        raise Problem("workbook.nothing_named")
    one = SheetMapping(
        name=sheet.name,
        names=(sheet.name,),
        columns=(Label((head,), role=ROWS[pointed.rows_are]), *labels),
        rows=tuple(named),
    )
    return Mapping(name=name, title_vi=name, title_en=name, sheets=(one,), says=whole)


def _label(one: Named, says: Says | None) -> Label:
    return Label((one.label,), reason="note", role="ignore") if says is None else Label((one.label,), says)


def _names_figures(columns: Sequence[Label], rows: Sequence[Label], pointed: Pointed) -> bool:
    taken = [one for one in columns if one.role == "figure"]
    naming = [one for one in rows if one.role == "figure"] if pointed.rows_are == "named" else taken
    return bool(taken) and any(one.says.indicator for one in (*naming, *taken))
