"""What became of the cells of a workbook: taken, ignored with a reason, or not understood with a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from typing import Literal

from sokhu.core.numbers import EXACT, DecimalMark, format_number
from sokhu.core.problems import Problem
from sokhu.core.units import ScaledUnit
from sokhu.core.workbook.grid import Sheet, Value, exact, reference
from sokhu.core.workbook.header import Header
from sokhu.core.workbook.mapping import Mapping as FormMapping
from sokhu.core.workbook.mapping import Says, SheetMapping
from sokhu.core.workbook.values import said

State = Literal["taken", "ignored", "unknown"]
REASONS = (
    "title", "label", "numbering", "note", "total", "no_figure", "hidden_row", "hidden_column", "hidden_sheet",
    "other_sheet", "register",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a cell. reason: of an ignored one, a word of `REASONS`.

    problem: why a cell is not understood, or what is wrong with a total.
    """

    state: State
    reason: str = ""
    problem: Problem | None = None


TAKEN = Mark("taken")
IGNORED = {reason: Mark("ignored", reason) for reason in REASONS}


def unknown(problem: Problem) -> Mark:
    return Mark("unknown", problem=problem)


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure of a workbook. value: in the unit without its scale; emptiness: why there is none instead."""

    sheet: str
    row: int
    column: int
    says: Says
    unit: ScaledUnit
    value: Decimal | None
    emptiness: str
    as_written: str

    @property
    def where(self) -> str:
        return reference(self.sheet, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a row and a column say together, or why no figure can stand where they cross."""

    says: Says
    unit: ScaledUnit | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """marks[r][c]: what became of the cell; None for an empty one. mapped: the mapping's sheet, where it has one.

    says: of all figures; rows: of those of a row; crossings: by row and column; mark: how the sheet writes decimals.
    """

    sheet: Sheet
    marks: Sequence[Sequence[Mark | None]]
    mapped: SheetMapping | None = None
    header: Header | None = None
    says: Says = field(default_factory=Says)
    rows: Mapping[int, Sequence[Says]] = field(default_factory=dict)
    crossings: Mapping[int, Mapping[int, Crossing]] = field(default_factory=dict)
    mark: DecimalMark = "auto"

    def figures(self) -> Iterator[Taken]:
        """What was taken, row by row."""
        for row, said_by in self.rows.items():
            says = reduce(Says.then, said_by, self.says)
            for column, crossing in self.crossings[row].items():
                if column < len(self.marks[row]) and self.marks[row][column] is TAKEN:
                    yield self._figure(row, column, says, crossing)

    def _figure(self, row: int, column: int, says: Says, crossing: Crossing) -> Taken:
        value, unit = self.sheet.value(row, column), crossing.unit
        assert unit is not None
        one = said(value, self.mark)
        place = (self.sheet.name, row, column, says.then(crossing.says), unit)
        if one.number is None:
            return Taken(*place, None, one.emptiness, "")
        base = one.number.scaleb(unit.scale.power, context=EXACT)
        return Taken(*place, base, "", f"{_written(value)} {unit.words('vi')}"[:120])


def _written(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else format_number(exact(value))


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook read by a mapping."""

    mapping: FormMapping
    sheets: tuple[SheetReading, ...]

    def figures(self) -> Iterator[Taken]:
        for sheet in self.sheets:
            yield from sheet.figures()

    def counts(self) -> dict[State, int]:
        """How many filled cells were taken, ignored, not understood."""
        found: dict[State, int] = {"taken": 0, "ignored": 0, "unknown": 0}
        for sheet in self.sheets:
            for row in sheet.marks:
                for mark in row:
                    if mark is not None:
                        found[mark.state] += 1
        return found

    def cells(self) -> Iterator[tuple[str, Value, Mark]]:
        """Every filled cell: where, what stands there, what became of it."""
        for one in self.sheets:
            for row, marks in enumerate(one.marks):
                for column, mark in enumerate(marks):
                    if mark is not None:
                        yield reference(one.sheet.name, row, column), one.sheet.value(row, column), mark
