"""Reading a workbook by a mapping: the figures that are taken, and what became of every other cell.

Nothing is guessed. A cell whose row, column, unit, place or period is not known for certain is not understood, and says
why; a hidden row, column or sheet is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

from sokhu.core.indicator import Indicator
from sokhu.core.measure import amount_in_cell
from sokhu.core.period_words import parse
from sokhu.core.problems import Problem
from sokhu.core.units import ScaledUnit, read_unit
from sokhu.core.workbook.grid import Sheet, Value, Workbook, reference, text_of
from sokhu.core.workbook.header import Header, fits
from sokhu.core.workbook.labels import key, unit_in
from sokhu.core.workbook.mapping import Label, Says, SheetMapping
from sokhu.core.workbook.mapping import Mapping as FormMapping
from sokhu.core.workbook.marks import IGNORED, TAKEN, Crossing, Mark, Reading, SheetReading, unknown
from sokhu.core.workbook.sheets import sheets_of
from sokhu.core.workbook.values import DASHES, decimal_mark, said

TOTAL = frozenset({"tong", "tong cong", "tong so", "cong", "cong chung", "total", "toan tinh", "tong toan tinh"})
_YEARS = range(1990, 2100)
_WORDS = ("ignore", "name", "number", "unit")
SAMPLED_ROWS = 2_000  # rows in which a sheet shows how it writes numbers


@dataclass(frozen=True, slots=True)
class About:
    """What the reader knows beside the workbook. says: place and period of its figures; place_of: a name's id."""

    indicators: Mapping[str, Indicator]
    place_of: Callable[[str], str | None]
    says: Says = field(default_factory=Says)


def read_by(workbook: Workbook, mapping: FormMapping, about: About) -> Reading:
    """The workbook read by a mapping."""
    assigned = sheets_of(workbook, mapping)
    sheets = []
    for number, sheet in enumerate(workbook.sheets):
        if number in assigned:
            mapped, header = assigned[number]
            says = mapping.says.then(mapped.says).then(about.says)
            sheets.append(_Reader(sheet, mapped, header, says, about).read())
        else:
            sheets.append(_unread(sheet))
    return Reading(mapping, tuple(sheets))


def _unread(sheet: Sheet) -> SheetReading:
    """A sheet of no mapping: its words are none of ours, but a number must not go by unseen."""
    if sheet.is_hidden:
        return SheetReading(sheet, [_all(row, IGNORED["hidden_sheet"]) for row in sheet.rows])
    number, words = unknown(Problem("workbook.no_sheet", found=sheet.name)), IGNORED["other_sheet"]
    marks = [
        [None if value == "" else words if isinstance(value, str) else number for value in row] for row in sheet.rows
    ]
    return SheetReading(sheet, marks)


def _all(row: Sequence[Value], mark: Mark) -> list[Mark | None]:
    return [None if value == "" else mark for value in row]


@dataclass(slots=True)
class _Row:
    """What a row says, name by name. label: in a form with named rows; mark: why none of its figures is taken.

    texts: what becomes of its words.
    """

    says: tuple[Says, ...] = ()
    label: Label | None = None
    unit: ScaledUnit | None = None
    mark: Mark | None = None
    texts: Mark = IGNORED["label"]


Plan = tuple[Mapping[int, Crossing], list[Mark | None]]  # crossings by column; what becomes of a number in each


class _Reader:
    """One sheet by its mapping."""

    def __init__(self, sheet: Sheet, mapped: SheetMapping, header: Header, says: Says, about: About) -> None:
        self.sheet, self.mapped, self.header, self.says, self.about = sheet, mapped, header, says, about
        self.mark = decimal_mark(self._texts())
        self.unit = self._unit_of_sheet()
        self.width = sheet.width
        self.figures = {column: one for column, one in header.columns.items() if one.role == "figure"}
        self.first_figure = min(self.figures, default=self.width)
        self.heads = {column: self._head(column) for column in range(self.width)}
        self.names = [(column, one.role) for column, one in header.columns.items() if one.role in ("place", "period")]
        self.known: dict[tuple[str, str], Says] = {}  # what names mean: a list of years repeats them
        self.sections: list[str] = []
        self.totals: list[int] = []
        self.seen: dict[object, int] = {}
        self.plans: dict[int, Plan] = {}
        self.rows: dict[int, tuple[Says, ...]] = {}
        self.crossings: dict[int, Mapping[int, Crossing]] = {}

    def _texts(self) -> Iterator[str]:
        for row in self.sheet.rows[self.header.body : self.header.body + SAMPLED_ROWS]:
            yield from (value for value in row if isinstance(value, str) and value)

    def _unit_of_sheet(self) -> ScaledUnit | None:
        """The unit of a line "Đơn vị tính: …" above the table."""
        places = ((row, column) for row in range(self.header.top) for column in range(self.sheet.width))
        told = (unit_in(text) for place in places if ":" in (text := self.sheet.text(*place)))
        return next(filter(None, told), None)

    def _head(self, column: int) -> str:
        """The names over a column, for people."""
        rows = range(self.header.top, self.header.bottom + 1)
        return " / ".join(dict.fromkeys(text for row in rows if (text := self.sheet.text(row, column))))[:120]

    def read(self) -> SheetReading:
        marks = [self._row_above(row) for row in range(self.header.body)]
        marks += [self._body_row(row) for row in range(self.header.body, len(self.sheet.rows))]
        if len(self.totals) == 1:
            self._check_total(self.totals[0], marks)
        return SheetReading(
            self.sheet, marks, self.mapped, self.header, self.says, self.rows, self.crossings, self.mark
        )

    def _row_above(self, row: int) -> list[Mark | None]:
        """A row above the table or of its head."""
        if row in self.sheet.hidden_rows:
            return _all(self.sheet.rows[row], IGNORED["hidden_row"])
        if row < self.header.top:
            return [self._above(row, column, value) for column, value in enumerate(self.sheet.rows[row])]
        return _all(self.sheet.rows[row], IGNORED["label" if row <= self.header.bottom else "numbering"])

    def _above(self, row: int, column: int, value: Value) -> Mark | None:
        """A cell above the table: words, a year, or a number that words with a colon introduce ("Tỷ giá: 24.335")."""
        if value == "":
            return None
        before = next((text for left in range(column - 1, -1, -1) if (text := self.sheet.text(row, left))), "")
        if isinstance(value, str) or value in _YEARS or before.endswith(":"):
            return IGNORED["title"]
        return unknown(Problem("workbook.outside", found=text_of(value)))

    def _body_row(self, row: int) -> list[Mark | None]:
        values = self.sheet.rows[row]
        if row in self.sheet.hidden_rows:
            return _all(values, IGNORED["hidden_row"])
        if not any(value != "" for value in values):
            return [None] * len(values)
        told = self._named_row(row) if self.mapped.rows else self._listed_row(row)
        told = self._first_of_its_kind(row, told)
        if told.mark is not None:
            return [None if value == "" else self._left_out(column, value, told) for column, value in enumerate(values)]
        crossings, plan = self._plan(told)
        self.rows[row], self.crossings[row] = told.says, crossings
        return [
            mark
            if mark is not None and value.__class__ is float
            else None
            if value == ""
            else self._cell(column, value, told)
            for column, (value, mark) in enumerate(zip(values, plan, strict=False))
        ]

    # Rows

    def _named_row(self, row: int) -> _Row:
        """A row of a form whose rows have names: its own, alone or under the sections above it."""
        texts = [text for column in range(self.first_figure) if (text := self.sheet.text(row, column))]
        own = [one for text in texts if (one := key(text))]
        path = [*self.sections, *own]
        fitting = [(fits(path, one), one) for one in self.mapped.rows if one.leaves & set(own)]
        depth, label = max(fitting, key=lambda one: one[0], default=(0, None))
        if label is None or not depth:
            self._open_section(own)
            problem = Problem("workbook.no_row", found=" / ".join(texts)[:120])
            return _Row(mark=unknown(problem), texts=IGNORED["label" if own else "note"])
        if depth == 1:
            self.sections = []
        self._open_section(own)
        if label.role != "figure":
            return _Row(mark=_reason(label))
        return _Row((label.says,), label, next(filter(None, map(unit_in, reversed(texts))), None))

    def _open_section(self, own: Sequence[str]) -> None:
        """Names of groups hold for the rows below, until another group of the same depth."""
        for label in self.mapped.rows:
            for path in label.keys:
                for depth, spellings in enumerate(path[:-1]):
                    if named := next((one for one in own if one in spellings), None):
                        self.sections = [*self.sections[:depth], named]
                        return

    def _listed_row(self, row: int) -> _Row:
        """A row that a place or a period names."""
        says, problem, named = [], None, False
        for column, role in self.names:
            text = self.sheet.text(row, column)
            named = named or bool(text)
            try:
                says.append(self._named_by(role, text))
            except Problem as found:
                problem = problem or found
        if problem is None:
            return _Row(tuple(says))
        if self._is_total(row):
            self.totals.append(row)
            return _Row(mark=IGNORED["total"])
        # A line of words under the table, or a heading within it, is no row of figures that lacks its name.
        lacks = named and any(self.sheet.value(row, column) != "" for column in self.figures)
        return _Row(mark=unknown(problem), texts=unknown(problem) if lacks else IGNORED["note"])

    def _check_total(self, row: int, marks: list[list[Mark | None]]) -> None:
        """Says of the sheet's one total row where it is not what the rows above add up to, roundings aside.

        Only of columns that are known whole; a total is recomputed in any case.
        """
        for column, label in self.figures.items():
            indicator = self.about.indicators.get(label.says.indicator)
            numbers = self._numbers_above(row, column, marks)
            if numbers and indicator and indicator.over_places == "sum":
                self._hold_against(row, column, numbers, marks)

    def _numbers_above(self, row: int, column: int, marks: list[list[Mark | None]]) -> list[Decimal]:
        """The numbers of a column; none where a row of it was not taken, or says in words that it has no figure."""
        numbers: list[Decimal] = []
        for line in range(self.header.body, row):
            value = self.sheet.value(line, column)
            mark = marks[line][column] if value != "" else None
            if mark is None or mark is IGNORED["hidden_row"] or value in DASHES:
                continue
            number = said(value, self.mark).number if mark is TAKEN else None
            if number is None:
                return []
            numbers.append(number)
        return numbers

    def _hold_against(self, row: int, column: int, numbers: list[Decimal], marks: list[list[Mark | None]]) -> None:
        try:
            total = said(self.sheet.value(row, column), self.mark).number
        except Problem:
            return
        added = sum(numbers, Decimal(0))
        if total is None or abs(added - total) * 2 <= _step(total) * (len(numbers) + 1):
            return
        marks[row][column] = Mark("ignored", "total", Problem("workbook.total_differs", found=total, added=added))

    def _named_by(self, role: str, text: str) -> Says:
        if not text:
            raise Problem("workbook.row_unnamed")
        known = self.known.get((role, text))
        if known is None:
            known = self.known[role, text] = self._meant_by(role, text)
        return known

    def _meant_by(self, role: str, text: str) -> Says:
        if role == "period":
            return Says(period=parse(text).name)
        place = self.about.place_of(text)
        if place is None:
            raise Problem("workbook.no_place", found=text[:120])
        return Says(place=place)

    def _is_total(self, row: int) -> bool:
        return any(key(self.sheet.text(row, column)) in TOTAL for column in range(self.first_figure))

    def _first_of_its_kind(self, row: int, told: _Row) -> _Row:
        """A second row of the same name is left to a person: which of the two holds?"""
        if told.mark is not None:
            return told
        before = self.seen.setdefault(id(told.label) if told.label else told.says, row)
        if before == row:
            return told
        problem = Problem("workbook.said_twice", found=reference(self.sheet.name, before, self.first_figure))
        return _Row(mark=unknown(problem), texts=unknown(problem))

    # Cells

    def _plan(self, told: _Row) -> Plan:
        """What becomes of a number in each column of such a row; None where it is not a column of figures."""
        plan = self.plans.get(id(told.label))
        if plan is None:
            crossings = {column: self._crossing(told, column) for column in self.figures}
            marks: list[Mark | None] = [None] * self.width
            for column, one in crossings.items():
                if column not in self.sheet.hidden_columns:
                    marks[column] = unknown(one.problem) if one.problem else TAKEN
            plan = self.plans[id(told.label)] = (crossings, marks)
        return plan

    def _crossing(self, told: _Row, column: int) -> Crossing:
        """What row and column say together. Of a row that a place or period names, what the column says suffices."""
        own = told.label.says if told.label else Says()
        says = own.then(self.figures[column].says)
        whole = _together(self.says, *told.says).then(says)
        try:
            unit = self._unit(whole, told.unit, self.header.units.get(column))
            self._check(whole, unit)
        except Problem as problem:
            return Crossing(says, None, problem)
        return Crossing(says, unit)

    def _unit(self, says: Says, of_row: ScaledUnit | None, of_column: ScaledUnit | None) -> ScaledUnit:
        """The unit that the sheet writes nearest to the figure, where it is of the kind that the mapping expects."""
        expected = read_unit(says.unit)
        nearest = of_row or of_column
        if nearest is None:
            return self.unit if self.unit and self.unit.unit == expected.unit else expected
        if nearest.unit != expected.unit:
            raise Problem("workbook.unlike_unit", found=nearest.words("vi"), wanted=expected.words("vi"))
        return nearest

    def _check(self, says: Says, unit: ScaledUnit) -> None:
        """Whether these labels make a figure at all."""
        if not says.place:
            raise Problem("workbook.place_missing")
        if not says.period:
            raise Problem("workbook.period_missing")
        indicator = self.about.indicators.get(says.indicator)
        if indicator is None:
            raise Problem("workbook.no_indicator", found=says.indicator)
        amount_in_cell(indicator, Decimal(10**6), unit.unit.code)

    def _cell(self, column: int, value: Value, told: _Row) -> Mark:
        """A text in a row of figures, or a number outside their columns."""
        if column in self.sheet.hidden_columns:
            return IGNORED["hidden_column"]
        if column not in self.figures:
            return self._beside(column, value, told)
        try:
            nothing = said(value, self.mark).is_nothing
        except Problem as problem:
            return unknown(problem)
        return IGNORED["no_figure"] if nothing else self._plan(told)[1][column] or TAKEN

    def _beside(self, column: int, value: Value, told: _Row) -> Mark:
        """A cell in no column of figures: names, what waits for a register, notes; a number is not passed over."""
        label, head = self.header.columns.get(column), self.heads[column]
        if label is not None:
            return told.texts if label.role in ("place", "period") else _reason(label)
        if column in self.header.twice:
            return unknown(Problem("workbook.column_twice", found=head))
        if isinstance(value, str) or (column < self.first_figure and self.mapped.rows):
            return IGNORED["note" if column >= self.first_figure else "label"]
        problem = (
            Problem("workbook.no_column", found=head) if head else Problem("workbook.outside", found=text_of(value))
        )
        return unknown(problem)

    def _left_out(self, column: int, value: Value, told: _Row) -> Mark:
        """A cell of a row whose figures are not taken."""
        if column in self.sheet.hidden_columns:
            return IGNORED["hidden_column"]
        assert told.mark is not None
        if told.mark.state == "ignored":
            return told.mark
        label = self.header.columns.get(column)
        if column in self.figures:
            return self._without_figure(value) or told.mark
        if label is not None and label.role in _WORDS and told.texts is not IGNORED["note"]:
            return _reason(label)
        return told.texts if isinstance(value, str) or column < self.first_figure else told.mark

    def _without_figure(self, value: Value) -> Mark | None:
        """The mark of a cell that holds none: a dash, or a note that runs over the columns under the table."""
        try:
            return IGNORED["no_figure"] if said(value, self.mark).is_nothing else None
        except Problem as problem:
            return IGNORED["note"] if problem.code == "workbook.not_a_number" else None


def _together(*said_by: Says) -> Says:
    return reduce(Says.then, said_by, Says())


def _step(number: Decimal) -> Decimal:
    """One in the last digit that is written."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _reason(label: Label) -> Mark:
    return IGNORED["total"] if label.role == "total" else IGNORED[label.reason or "label"]
