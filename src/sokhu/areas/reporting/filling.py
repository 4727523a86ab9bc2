"""Forms filled from the ledger: what each cell asks, one way in (`ledger.tables.ask`), nothing calculated here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sokhu.areas.catalogue.queries import dimensions, rates, territory
from sokhu.areas.ledger.tables import ask
from sokhu.areas.reporting.from_registers import COLUMNS, Told, records_of
from sokhu.areas.territory.queries import Reach, known_place
from sokhu.core.answer import Answer
from sokhu.core.measure import currency_of
from sokhu.core.numbers import format_number
from sokhu.core.period import Period, parse, printed
from sokhu.core.problems import Problem
from sokhu.core.quantity import in_unit
from sokhu.core.rates import rate_on
from sokhu.core.table import TableCell, TableQuestion
from sokhu.core.units import read_unit
from sokhu.core.workbook.grid import address
from sokhu.core.workbook.layout import TOTAL, Content, Filling, LaidSheet, laid_out
from sokhu.core.workbook.mapping import Mapping, Says, SheetMapping
from sokhu.core.workbook.places import reported_place
from sokhu.documents.forms import written
from sokhu.kit.book import mark
from sokhu.kit.sealing.queries import head

NOTHING = "chưa có số"
EMPTY_WORDS = {
    "not_available": "…",
    "not_applicable": "x",
    "not_reported": "chưa báo cáo",
    "not_due": "chưa đến hạn",
    "withheld": "giữ kín",
}
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One table of a form, by number of the row and of the column. rows: their names, the total's with them.

    cells: the answer of each figure with its question; told: what registers say.
    """

    mapped: SheetMapping
    rows: list[str]
    values: dict[Key, Content]
    cells: dict[Key, TableCell | None]
    told: dict[Key, Told]


@dataclass(slots=True)
class FilledForm:
    """A form ready to be written or shown, and how much of it the ledger knew."""

    sheets: list[LaidSheet] = field(default_factory=list)
    tables: list[FilledSheet] = field(default_factory=list)
    asked: int = 0
    known: int = 0

    def workbook(self) -> bytes:
        return written(self.sheets, mark())


def filled_form(reach: Reach, form: Mapping, authority: str, period_words: str) -> FilledForm:
    """The form of a board or place for a period, as the reader may see the ledger now.

    Raises Problem("territory.no_such_place"), Problem("workbook.form_of_no_place", found) for a board without a
    province in that period, and what `period.parse` raises.
    """
    period = parse(period_words)
    place = reported_place(territory(), known_place(authority), period.last)
    if not place:
        raise Problem("workbook.form_of_no_place", found=authority, period=printed(period))
    made = FilledForm()
    for mapped in form.sheets:
        zones = _zones(place, period, mapped.lists) if mapped.lists else ()
        says = _asked(form.says.then(mapped.says), mapped, place, zones)
        answers = _answers(reach, says.values(), period)
        told = _told(reach, mapped, zones, period)
        _fill(made, form, mapped, _lines(form, mapped, authority, place, period), zones, says, answers, told, period)
    return made


def _told(reach: Reach, mapped: SheetMapping, zones: tuple[str, ...], period: Period) -> dict[Key, Told]:
    """What registers say in the cells that are theirs."""
    own = [(number, one.register) for number, one in enumerate(mapped.columns) if one.register]
    records = records_of(reach, zones, period.last) if own and zones else {}
    return {
        (row, column): told
        for row, zone in enumerate(zones)
        for column, name in own
        if zone in records and (told := COLUMNS[name](records[zone])) is not None
    }


def _zones(place: str, period: Period, kind: str) -> tuple[str, ...]:
    """The place's zones of a kind and of those under it, in the alphabet's order."""
    kinds, places = dimensions().dimensions["zone_kind"].within(kind), territory()
    zones = [
        one
        for one in places.zones_of(place, period.last)
        if any(part.kind in kinds and part.span.holds(period.last) for part in places.places[one].kinds)
    ]
    return tuple(sorted(zones, key=lambda one: places.name_on(one, period.last)))


def _asked(whole: Says, mapped: SheetMapping, place: str, zones: tuple[str, ...]) -> dict[Key, Says]:
    """What every cell of the table asks, by the number of its row and column."""
    rows = [one.says.then(Says(place=place)) for one in mapped.rows] or [Says(place=zone) for zone in zones]
    if not mapped.rows:
        rows.append(Says(place=place, zone_kind=mapped.lists))  # the total row
    return {
        (row, column): whole.then(says).then(label.says)
        for row, says in enumerate(rows)
        for column, label in enumerate(mapped.columns)
        if label.role in ("figure", "total") and whole.then(says).then(label.says).indicator
    }


_Cell = tuple[str, str, str, str, str, str]  # indicator, place, ownership, zone kind, other, currency


def _answers(reach: Reach, asked: Iterable[Says], period: Period) -> dict[_Cell, TableCell]:
    """All of a sheet's cells, asked in as few tables as they have kinds of zones and breakdowns."""
    groups: dict[tuple[str, str], list[Says]] = {}
    for says in asked:
        groups.setdefault((says.zone_kind, says.other), []).append(says)
    found: dict[_Cell, TableCell] = {}
    for (zone_kind, other), members in groups.items():
        question = TableQuestion(
            indicators=tuple(dict.fromkeys(one.indicator for one in members)),
            places=tuple(dict.fromkeys(one.place for one in members)),
            periods=(period,),
            ownerships=tuple(dict.fromkeys(one.ownership for one in members)),
            zone_kind=zone_kind,
            other=other,
        )
        for cell in ask(reach, question).cells:
            one = cell.question
            found[one.indicator, one.place, one.ownership, zone_kind, other, one.currency] = cell
    return found


def _fill(
    made: FilledForm,
    form: Mapping,
    mapped: SheetMapping,
    lines: list[str],
    zones: tuple[str, ...],
    asked: dict[Key, Says],
    answers: dict[_Cell, TableCell],
    told: dict[Key, Told],
    period: Period,
) -> None:
    cells = {key: answers.get(_cell_of(says)) for key, says in asked.items()}
    by_key = {key: cell.answer if cell else None for key, cell in cells.items()}
    values = {key: _content(answer, asked[key].unit) for key, answer in by_key.items()}
    names = [territory().name_on(zone, period.last) for zone in zones]
    words, notes = ({key: getattr(one, name) for key, one in told.items()} for name in ("text", "lineage"))
    sheet = laid_out(mapped, Filling(lines, values, names, words, notes))
    rows = [" – ".join(one.parts) for one in mapped.rows] or [*names, TOTAL]
    made.tables.append(FilledSheet(mapped, rows, values, cells, told))
    row = max(one.row for one in sheet.cells) + 2
    for number, note in enumerate(_notes(form, mapped, sheet, by_key)):
        sheet.put(row + number, 0, note, "note")
    made.sheets.append(sheet)
    made.asked += len(values)
    made.known += sum(isinstance(value, Decimal) for value in values.values())


def _cell_of(says: Says) -> _Cell:
    currency = currency_of(read_unit(says.unit).unit.code)
    return (says.indicator, says.place, says.ownership, says.zone_kind, says.other, currency)


def _content(answer: Answer | None, unit: str) -> Content:
    """A figure in the form's unit; else, in words, why there is none: never zero."""
    if answer is None or (answer.amount is None and not answer.emptiness):
        return NOTHING
    if answer.amount is None:
        return EMPTY_WORDS.get(answer.emptiness, NOTHING)
    return in_unit(answer.amount, unit)


def _lines(form: Mapping, mapped: SheetMapping, authority: str, place: str, period: Period) -> list[str]:
    """Above the table: which form, whose, of when; the last lines are what the reader of a filled form goes by."""
    places = territory()
    lines = [f"Biểu số {form.symbol or form.name}", form.title_vi]
    lines += [mapped.title] if mapped.title else []
    if form.layout == "rebuilt":
        lines.append("Bố cục dựng lại từ mô tả, chưa đối chiếu với tệp thật của biểu")
    if authority != place:
        lines.append(f"Đơn vị báo cáo: {places.name_on(authority, period.last)}")
    lines.append(f"Địa bàn: {places.name_on(place, period.last)}")
    lines.append(f"Kỳ báo cáo: {printed(period)}")
    return [*lines, *_rate_line(period)]


def _rate_line(period: Period) -> Iterator[str]:
    """The rate of the State Bank that goes with the form; nothing in it is converted."""
    try:
        rate = rate_on(rates(), "USD", period.last)
    except Problem:
        yield "Tỷ giá: chưa có trong danh mục"
        return
    yield f"Tỷ giá: {format_number(rate.per_unit_vnd)} đồng/USD, ngày {rate.day:%d/%m/%Y} ({rate.source})"


def _notes(form: Mapping, mapped: SheetMapping, sheet: LaidSheet, answers: dict[Key, Answer | None]) -> Iterator[str]:
    yield f"“{NOTHING}”: sổ chưa có số này, không phải số 0. “…”: không có số liệu. “x”: không áp dụng."
    if any(one.register for one in mapped.columns):
        yield "Ô chữ lấy từ hồ sơ quản lý, ghi chú của ô nói từ hồ sơ nào. Ô trống: hồ sơ chưa ghi hoặc không mở."
    told = {key: answer for key, answer in answers.items() if answer is not None and answer.amount is not None}
    partial = [f"{_at(sheet, key)} ({one.have}/{one.want} nơi)" for key, one in told.items() if one.missing]
    if partial:
        yield f"Chưa đủ nơi báo cáo: {', '.join(partial)}."
    early = [_at(sheet, key) for key, one in told.items() if one.maturity != "final"]
    if early:
        # Not in the words that make a whole workbook an estimate when it comes back.
        yield f"Chưa phải số chính thức: {', '.join(early)}."
    yield f"Lập từ Sổ Khu, mục sổ {format_number(head()[0])}. Nguồn biểu: {form.source}."


def _at(sheet: LaidSheet, key: Key) -> str:
    return address(*sheet.places[key])
