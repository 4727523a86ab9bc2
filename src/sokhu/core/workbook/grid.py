"""A workbook as it was read: sheets of values, what is merged and what is hidden, and how a cell is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

Value = str | float | int  # "" for an empty cell; dates come as text
Area = tuple[int, int, int, int]  # top, left, bottom, right; from 0, all inside
_PLAIN_NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on. rows may be of unlike lengths; hidden_rows, hidden_columns count from 0."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """What stands in the cell itself; "" where nothing does."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """What a reader sees there: the words of the merged cell that covers it, numbers as text."""
        if self.merges:
            row, column = self._owners.get((row, column), (row, column))
        return text_of(self.value(row, column))

    @cached_property
    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        return dict(_owners(self.merges))


@dataclass(frozen=True, slots=True)
class Workbook:
    kind: Literal["xlsx", "xls"]
    sheets: tuple[Sheet, ...]


def _owners(merges: Iterable[Area]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Every covered place with its upper left cell. Merges over whole columns end where a head can end."""
    for top, left, bottom, right in merges:
        for row in range(top, min(bottom, top + 200) + 1):
            for column in range(left, min(right, left + 500) + 1):
                yield (row, column), (top, left)


def text_of(value: Value) -> str:
    """A value as text: 2024.0 is "2024", 0.5 is "0,5"."""
    if isinstance(value, str):
        return " ".join(value.split())
    return format(exact(value), "f").replace(".", ",")


def exact(number: float | int) -> Decimal:
    """The number a spreadsheet shows: fifteen digits, so that 0.1 + 0.2 is 0.3, without closing zeros.

    >>> exact(0.1 + 0.2), exact(145.0), exact(2.5e3)
    (Decimal('0.3'), Decimal('145'), Decimal('2500'))
    """
    if number == int(number):
        return Decimal(int(number))
    return Decimal(f"{number:.15g}")


def letters(column: int) -> str:
    """A column by its letters: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """ "C12": column 2, row 11, as a spreadsheet counts."""
    return f"{letters(column)}{row + 1}"


def reference(sheet: str, row: int, column: int) -> str:
    """ "Sheet1!C12"; a name with blanks in quotes, as a spreadsheet writes it."""
    name = sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{address(row, column)}"
