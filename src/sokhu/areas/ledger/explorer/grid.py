"""The answers of a table laid out in rows and columns: indicators, places and periods, one of them in the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, territory
from sokhu.areas.ledger import shown, shown_compared
from sokhu.areas.ledger.explorer.view import BY_ZONE_KIND, KIND_OF_PLACE, View, columns_of_time, places_by_period
from sokhu.areas.territory.queries import dated_name, name_of
from sokhu.core.answer import Answer, Question
from sokhu.core.coverage import Weighed
from sokhu.core.measure import currency_turn, unit_of_cell
from sokhu.core.period import printed
from sokhu.core.place import Span
from sokhu.core.quantity import display_unit, in_unit
from sokhu.core.table import TableCell
from sokhu.core.units import ScaledUnit, unit_of
from sokhu.kit.wording import worded

AXES = ("chi-tieu", "noi", "ky")
NOT_THERE = shown.ShownFigure(empty="not_applicable", reason="")
Key = tuple[Hashable, ...]
Scales = dict[tuple[str, str], ScaledUnit]  # of an indicator and currency


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    unit: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """figure: as it is printed; number: its value in the row's or column's unit, for a spreadsheet."""

    figure: shown.ShownFigure | None = None
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """level: "total" for the whole of the rows above it. group: what the rows of a part of the table share."""

    label: str
    group: str
    unit: str
    cells: tuple[GridCell, ...]
    url: str = ""
    note: str = ""
    level: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything is to be read in the row but that nobody has reported."""
        return any(cell.figure and cell.figure.empty != "not_reported" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """axis: what a row's name says ("Chỉ tiêu"). notes: (sentence, how many figures it is about)."""

    axis: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, int], ...]
    has_units: bool

    def folded(self) -> tuple[tuple[Row, ...], tuple[str, ...]]:
        """The rows without indicators of which nothing is known, and the names of those.

        Where everything or nothing is known, and where rows are places (who is silent is then the answer), all stay.
        """
        known = tuple(row for row in self.rows if row.is_known)
        if not known or self.axis != _("Chỉ tiêu"):
            return self.rows, ()
        names = (f"{row.group}: {row.label}" if row.group else row.label for row in self.rows if not row.is_known)
        return known, tuple(dict.fromkeys(names))


class Layout:
    """Where each answer stands. A key is (indicator, ownership), (place, kind of zone) or a period.

    weights: of the totals that lack members.
    """

    def __init__(
        self, view: View, cells: Sequence[TableCell], weights: Mapping[Question, Weighed] | None = None
    ) -> None:
        self.view = view
        self.cells = cells
        self.weights = weights or {}
        self.scales = scales_of(cells)
        self.there = places_by_period(view)
        self.column_axis = "" if view.columns == "bon" else view.columns
        self.found = {axis: list(dict.fromkeys(self.key(cell.question, axis) for cell in cells)) for axis in AXES}
        rest = [axis for axis in AXES if axis != self.column_axis]
        self.row_axes = [axis for axis in rest if len(self.found[axis]) > 1] or rest[:1]

    def key(self, question: Question, axis: str) -> Key:
        match axis:
            case "chi-tieu":
                return question.indicator, question.ownership
            case "noi":
                return question.place, question.zone_kind
        return (question.period,)

    def grid(self) -> Grid:
        by_row: dict[Key, list[TableCell]] = {}
        for cell in self.cells:
            by_row.setdefault(self.row_key(cell.question), []).append(cell)
        ordered = sorted(by_row.values(), key=self._rank)
        columns, rows = self._four(ordered) if not self.column_axis else self._pivot(ordered)
        axis = {"chi-tieu": _("Chỉ tiêu"), "noi": _("Nơi"), "ky": _("Kỳ")}[self.row_axes[-1]]
        return Grid(axis, columns, tuple(rows), self._notes(), any(row.unit for row in rows))

    def row_key(self, question: Question) -> Key:
        """Rows of money are one for each currency, but where indicators are the columns."""
        axes = tuple(self.key(question, axis) for axis in AXES if axis != self.column_axis)
        return axes if self.column_axis == "chi-tieu" else (*axes, question.currency)

    def _rank(self, cells: Sequence[TableCell]) -> tuple[int, ...]:
        places = (self.found[axis].index(self.key(cells[0].question, axis)) for axis in AXES if axis in self.row_axes)
        return (*places, currency_turn(cells[0].question.currency))

    # --- the trade's four columns ------------------------------------------------------------------------------

    def _four(self, ordered: Iterable[list[TableCell]]) -> tuple[tuple[Column, ...], list[Row]]:
        rows = [self._row(cell.question, self._four_cells(cell), note=_stock_words(cell)) for (cell, *_more) in ordered]
        columns = (
            Column(_("Kế hoạch")),
            Column(_("Thực hiện"), is_main=True),
            Column(_("% kế hoạch")),
            Column(_("Cùng kỳ")),
            Column(_("Tăng, giảm")),
            Column(_("Lũy kế")),
        )
        # The four stay; a percentage that no row has would only take their room.
        kept = [
            place
            for place, _column in enumerate(columns)
            if place not in (2, 4) or any(row.cells[place].figure for row in rows)
        ]
        return (
            tuple(columns[place] for place in kept),
            [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows],
        )

    def _four_cells(self, cell: TableCell) -> tuple[GridCell, ...]:
        return (
            self.cell(cell.plan),
            self.cell(cell.answer),
            _percent(cell.plan_percent),
            self.cell(cell.last_year),
            _percent(cell.change_percent, signed=True),
            self.cell(cell.cumulative),
        )

    # --- periods, places or indicators in the columns ----------------------------------------------------------

    def _pivot(self, ordered: Iterable[list[TableCell]]) -> tuple[tuple[Column, ...], list[Row]]:
        keys = list(dict.fromkeys(self._column_key(cell) for cell in self._in_column_order()))
        rows = []
        for cells in ordered:
            by_column = {self._column_key(cell): cell for cell in cells}
            rows.append(self._row(cells[0].question, tuple(self._under(by_column.get(key)) for key in keys)))
        return tuple(map(self._column, keys)), rows

    def _in_column_order(self) -> list[TableCell]:
        order = self.found[self.column_axis]
        return sorted(self.cells, key=lambda cell: order.index(self.key(cell.question, self.column_axis)))

    def _column_key(self, cell: TableCell) -> Key:
        key = self.key(cell.question, self.column_axis)
        return (*key, cell.question.currency) if self.column_axis == "chi-tieu" else key

    def _column(self, key: Key) -> Column:
        label = self.label(self.column_axis, key)
        if self.column_axis != "chi-tieu":
            return Column(label)
        return Column(label, self.unit(str(key[0]), str(key[2])))

    def _under(self, cell: TableCell | None) -> GridCell:
        """A figure with its comparison under it; nothing where the same is told in another currency."""
        if cell is None:
            return GridCell()
        made = self.cell(cell.answer)
        if made.figure is None or not self.view.beside:
            return made
        compared = {
            "cung-ky": shown.signed_percent(cell.change_percent),
            "ke-hoach": _("%(percent)s KH") % {"percent": shown.percent_words(cell.plan_percent)}
            if cell.plan_percent is not None
            else "",
        }
        return replace(made, figure=replace(made.figure, change=compared[self.view.beside]))

    # --- rows and figures ---------------------------------------------------------------------------------------

    def _row(self, question: Question, cells: tuple[GridCell, ...], *, note: str = "") -> Row:
        names = [self.label(axis, self.key(question, axis)) for axis in self.row_axes]
        last = self.row_axes[-1]
        is_unknown_money = question.currency and all(cell.number is None for cell in cells)
        return Row(
            label=names[-1],
            group=" · ".join(names[:-1]),
            unit=""
            if self.column_axis == "chi-tieu" or is_unknown_money
            else self.unit(question.indicator, question.currency),
            cells=cells,
            url=self._page_of(question, last),
            note=note,
            level="total" if self.is_whole(question, last) else "",
        )

    def is_whole(self, question: Question, axis: str) -> bool:
        """Whether a row or column is the whole of the others: the country of its regions, the year of its quarters."""
        if axis == "noi" and self.view.by == BY_ZONE_KIND:
            return question.zone_kind == self.view.zone_kind
        if axis == "noi":
            # Groups overlap, and leave provinces out.
            return self.view.by not in ("", "nhom") and question.place in self.view.places
        if axis == "ky":
            return self.view.split != "" and question.period in self.view.periods
        return False

    def _page_of(self, question: Question, axis: str) -> str:
        if axis == "chi-tieu":
            return reverse("indicator", args=[question.indicator])
        return reverse("place", args=[question.place]) if axis == "noi" else ""

    def label(self, axis: str, key: Key) -> str:
        if axis == "chi-tieu":
            name = shown.indicator_name(str(key[0]))
            return f"{name}, {key[1]}" if key[1] else name
        if axis == "noi":
            return self._place_label(str(key[0]), str(key[1]))
        return printed(key[0], shown.lang())  # type: ignore[arg-type]

    def _place_label(self, place: str, zone_kind: str) -> str:
        days = [period.last for period in self.there]
        name = place_words(place, self.view, days[-1])
        if zone_kind != self.view.zone_kind or self.view.by == BY_ZONE_KIND:
            word = dimensions().dimensions["zone_kind"].words.get(zone_kind)
            kind = word.name(shown.lang()) if word else _("mọi loại khu")
            return kind if len(self.view.places) == 1 else f"{kind}, {name}"
        return name

    def unit(self, indicator: str, currency: str) -> str:
        """The unit of every figure of an indicator and currency."""
        scale = self.scales.get((indicator, currency))
        return scale.words(shown.lang()) if scale else ""

    def cell(self, answer: Answer | None) -> GridCell:
        if answer is None:
            return GridCell()
        question = answer.question
        if self.view.by in KIND_OF_PLACE and not self._is_there(question):
            return GridCell(replace(NOT_THERE, title=_("không có trên bản đồ lúc đó")))
        scale = self.scales.get((question.indicator, answer.currency or question.currency))
        figure = shown.of_answer(answer, show_unit=False, asked=self.view.asked, scale=scale)
        if figure.empty == "refused":
            figure = replace(figure, title=figure.reason, reason=shown.refused_in_short(answer))
        if figure.coverage:
            figure = replace(figure, coverage=shown_compared.short_coverage_words(answer, self.weights.get(question)))
        if figure.empty and not figure.url:
            figure = replace(figure, url=shown.total_url(question, self.view.asked), ring="none")
        number = in_unit(answer.amount, scale.words("vi")) if answer.amount is not None and scale else None
        return GridCell(figure, number)

    def _is_there(self, question: Question) -> bool:
        """Whether a member stands on the map of the period: what became of it later is another row."""
        places = self.there.get(question.period)
        return places is None or question.place in places or question.place in self.view.places

    def _notes(self) -> tuple[tuple[str, int], ...]:
        """What is to be said of the figures, each sentence once, the most frequent first."""
        counts: Counter[str] = Counter()
        for cell in self.cells:
            told = (cell.answer, cell.last_year, cell.plan, cell.cumulative)
            caveats = [shown.without_amounts(one) for answer in told if answer for one in answer.caveats]
            counts.update({worded(one, shown.lang()) for one in caveats})
        return tuple(counts.most_common())


def place_words(place: str, view: View, day: date) -> str:
    """A place's name on the map of a day; with the days it is of where the table has more than one map."""
    days = [period.last for period in columns_of_time(view)]
    span: Span = territory().place(place).span
    return name_of(place, day) if all(map(span.holds, days)) else dated_name(place)


def scales_of(cells: Iterable[TableCell]) -> Scales:
    """One unit for all figures of an indicator and currency: that in which its largest is customarily written.

    What a flow has run up to stands in the same row, and so in the same unit.
    """
    largest: dict[tuple[str, str], int] = {}
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for cell in cells:
        row = (cell.question.indicator, cell.question.currency)
        for answer in (cell.answer, cell.last_year, cell.plan, cell.cumulative):
            if answer is None:
                continue
            key = (answer.question.indicator, answer.currency or answer.question.currency)
            pairs[key] = row
            largest[row] = max(largest.get(row, 0), abs(answer.amount or 0))
    return {key: _scale(key, largest[row]) for key, row in pairs.items()}


def _scale(key: tuple[str, str], amount: int) -> ScaledUnit:
    indicator, currency = key
    return display_unit(amount, unit_of(unit_of_cell(indicators()[indicator], currency or "USD")))


def _percent(value: Decimal | None, *, signed: bool = False) -> GridCell:
    if value is None:
        return GridCell()
    text = shown.signed_percent(value) if signed else shown.percent_words(value)
    return GridCell(shown.ShownFigure(text), value)


def _stock_words(cell: TableCell) -> str:
    """What the column "lũy kế" counts in this row, and on which day where that is not the period's last."""
    if cell.cumulative is None or cell.cumulative.how == "missing":
        return ""
    question = cell.cumulative.question
    if question.indicator == cell.question.indicator:
        name = printed(question.period, shown.lang())
    else:
        name = shown.indicator_name(question.indicator)
    said = _("lũy kế: %(name)s") % {"name": name}
    return ", ".join(words for words in (said, shown.counted_words(cell.cumulative)) if words)
