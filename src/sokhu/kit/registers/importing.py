"""A workbook taken into a register: read, held against what the register has, and stored in batches.

The heads are the fields' names or labels; a row is known again by the register's key. Every fault is told with its
cell. Taking the same workbook in again changes nothing, so that one that was broken off is taken in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db import models

from sokhu.core.folding import folded
from sokhu.core.parts import in_parts
from sokhu.core.problems import Problem, Problems
from sokhu.core.workbook.grid import Sheet, Workbook, address, text_of
from sokhu.kit.registers import actions
from sokhu.kit.registers.declaration import Reader, Register, problems_of
from sokhu.kit.registers.pointing import Pointed
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import Field, choices_of, label_of, read
from sokhu.kit.sealing.actions import sealed_batch

ROWS_IN_A_BATCH = 1000
HEAD_WITHIN = 20  # rows in which the heads may stand

Progress = Callable[[int, int], None]
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken in. number: as a spreadsheet counts; thing: as it would be; before: as it is."""

    number: int
    thing: Any
    before: Any = None
    state: str = NEW


@dataclass(slots=True)
class Looked:
    """What a workbook would do. faults: of rows that are left out, each with its cell in `where`."""

    columns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # heads that name no field
    rows: list[Row] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


def first_sheet(book: Workbook) -> Sheet:
    """The first sheet with anything in it that is not hidden. Raises Problem("register.empty_file")."""
    found = next((sheet for sheet in book.sheets if sheet.rows and not sheet.is_hidden), None)
    if found is None:
        raise Problem("register.empty_file")
    return found


def look(register: Register, who: Reader, sheet: Sheet, progress: Progress | None = None) -> Looked:
    """Reads every row and says what taking them in would do; nothing is stored.

    Raises Problem("register.no_heads", found, wanted) and "register.missing_heads" (missing).
    """
    heads, at = _heads(register, sheet)
    looked = Looked(tuple(heads.values()), _unknown(sheet, at, heads))
    reader = _RowReader(register, who, sheet, heads)
    numbers = range(at + 1, len(sheet.rows))
    seen: dict[tuple[Any, ...], int] = {}
    for chunk in in_parts(numbers, ROWS_IN_A_BATCH):
        read_rows = list(reader.read(chunk))
        known = _known(register, who, [values for _number, values, _found in read_rows])
        for number, values, found in read_rows:
            if found:
                before = known.get(_key(register, values))
                looked.faults += [*found, *_also_wrong(register, before, number, values)]
            else:
                _look_at(register, who, looked, known, seen, number, values)
        if progress:
            progress(chunk[-1] - at, len(numbers))
    return looked


def take(
    register: Register, who: Reader, rows: Sequence[Row], *, reason: str, progress: Progress | None = None
) -> dict[str, int]:
    """Stores the rows that say something new, a batch for a thousand; counts by state."""
    wanted = [row for row in rows if row.state != SAME]
    done = 0
    for chunk in in_parts(wanted, ROWS_IN_A_BATCH):
        with sealed_batch(actions.KIND, author=who.author, reason=reason) as batch:
            actions.write(batch, register, [row.thing for row in chunk])
        done += len(chunk)
        if progress:
            progress(done, len(wanted))
    return {state: sum(row.state == state for row in rows) for state in (NEW, CHANGED, SAME)}


def _heads(register: Register, sheet: Sheet) -> tuple[dict[int, str], int]:
    """Column -> field name, and the row of the heads: the one of the first rows that names most fields."""
    names = {folded(word): one.name for one in register.asked for word in _spellings(one)}
    best: tuple[dict[int, str], int] = ({}, -1)
    for at in range(min(HEAD_WITHIN, len(sheet.rows))):
        row = {column: names.get(folded(text_of(sheet.value(at, column)))) for column in range(sheet.width)}
        found = {column: name for column, name in row.items() if name}
        if len(found) > len(best[0]):
            best = found, at
    if not best[0]:
        found_heads = [text_of(sheet.value(0, column)) for column in range(min(sheet.width, 6))]
        raise Problem("register.no_heads", found=found_heads, wanted=[label_of(one) for one in register.asked[:6]])
    missing = [label_of(register.field(name)) for name in register.key if name not in best[0].values()]
    if missing:
        raise Problem("register.missing_heads", missing=missing)
    return best


def _spellings(field: Field) -> tuple[str, ...]:
    return field.name, label_of(field), str(field.verbose_name)


def _unknown(sheet: Sheet, at: int, heads: Mapping[int, str]) -> tuple[str, ...]:
    texts = (text_of(sheet.value(at, column)) for column in range(sheet.width) if column not in heads)
    return tuple(text for text in texts if text)


class _RowReader:
    """Reads rows as values; what other things a column points at is looked up once for all rows of a chunk."""

    def __init__(self, register: Register, who: Reader, sheet: Sheet, heads: Mapping[int, str]) -> None:
        self.sheet = sheet
        self.fields: dict[int, Field] = {column: register.field(name) for column, name in heads.items()}
        pointing = {column: one for column, one in self.fields.items() if isinstance(one, models.ForeignKey)}
        self.pointed = {column: Pointed(one, who) for column, one in pointing.items()}
        self.choices = {column: choices_of(one) for column, one in self.fields.items()}

    def read(self, rows: Sequence[int]) -> Iterator[tuple[int, dict[str, Any], list[Problem]]]:
        """Row, what was read of it, and what could not be."""
        for column, pointed in self.pointed.items():
            pointed.load(text_of(self.sheet.value(row, column)) for row in rows)
        for row in rows:
            texts = {column: text_of(self.sheet.value(row, column)) for column in self.fields}
            if not any(texts.values()):
                continue
            yield row, *self._values(row, texts)

    def _values(self, row: int, texts: Mapping[int, str]) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        found: list[Problem] = []
        for column, one in self.fields.items():
            try:
                pointed = self.pointed.get(column)
                text = texts[column]
                value = pointed.found(text, values) if pointed else read(one, text, self.choices[column])
                values[one.name] = value
            except Problem as problem:
                found.append(_at(problem, row, column, label_of(one)))
        return values, found


def _at(problem: Problem, row: int, column: int, label: str) -> Problem:
    return Problem(problem.code, f"{address(row, column)} ({label})", **problem.params)


def _known(register: Register, who: Reader, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], Any]:
    """Things of the register with the keys of these rows, in one question to the database."""
    if not register.key or not rows:
        return {}
    first = next(one for one in map(register.field, reversed(register.key)) if not one.null)
    wanted = {_plain(row[first.name]) for row in rows if first.name in row}
    found = visible(register, who).filter(**{f"{first.attname}__in": wanted})
    found = found.filter(owner__in=who.own) if not who.is_system else found
    pointing = [one.name for one in register.fields if isinstance(one, models.ForeignKey)]
    return {_key(register, register.values(thing)): thing for thing in found.select_related(*pointing)}


def _key(register: Register, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The key as it is compared: words without marks and cases, since the same thing is typed in many ways."""
    values_of_key = (_plain(values.get(name)) for name in register.key)
    return tuple(folded(value) if isinstance(value, str) else value for value in values_of_key)


def _plain(value: Any) -> Any:
    """Of a thing that is pointed at, its id."""
    return value.pk if isinstance(value, models.Model) else value


def _look_at(
    register: Register,
    who: Reader,
    looked: Looked,
    known: Mapping[tuple[Any, ...], Any],
    seen: dict[tuple[Any, ...], int],
    number: int,
    values: Mapping[str, Any],
) -> None:
    key = _key(register, values)
    if register.key and key in seen:
        looked.faults.append(Problem("register.twice_in_file", str(number + 1), first=seen[key] + 1))
        return
    seen[key] = number
    try:
        looked.rows.append(_row(register, who, known.get(key), number + 1, values))
    except Problem as problem:
        looked.faults.append(_in_row(problem, number + 1))
    except Problems as problems:
        looked.faults += [_in_row(one, number + 1) for one in problems.problems]


def _also_wrong(register: Register, before: Any, number: int, values: Mapping[str, Any]) -> list[Problem]:
    """What rules say of a row with cells that could not be read, as far as it is about cells that were.

    Nothing is said of its kind, whose content may stand in the cells that could not be read.
    """
    if any(one.name not in values for one in register.asked if not one.blank):
        return []
    thing = actions.with_values(register, register.model() if before is None else before, values)
    kind = register.by_kind.field if register.by_kind else ""
    filled = (name for name, value in values.items() if value not in (None, "", False) and name != kind)
    labels = {label_of(register.field(name)) for name in filled}
    told = problems_of(partial(actions.must_hold, register), thing)
    return [_in_row(one, number + 1) for one in told if one.where in labels]


def _in_row(problem: Problem, number: int) -> Problem:
    return Problem(problem.code, f"{number}" + (f" ({problem.where})" if problem.where else ""), **problem.params)


def _row(register: Register, who: Reader, before: Any, number: int, values: Mapping[str, Any]) -> Row:
    if before is None:
        return Row(number, actions.new_by_key(register, who, values))
    who.must("write", register.thing, before.owner)
    thing = actions.with_values(register, before, values)
    state = SAME if register.values(thing) == register.values(before) else CHANGED
    actions.must_hold(register, thing)
    return replace(Row(number, thing, before), state=state)
