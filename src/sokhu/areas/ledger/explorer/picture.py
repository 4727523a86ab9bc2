"""The explorer's table as a picture: bars by place, columns or a line by period, a map of the provinces."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.explorer.grid import GridCell, Layout
from sokhu.areas.territory.maps import MapPlace, legend_of, map_of
from sokhu.core.period import Period, printed
from sokhu.core.period import kind as kind_of
from sokhu.core.quantity import rounded
from sokhu.core.round_numbers import classes
from sokhu.core.table import TableCell
from sokhu.kit.charts import Chart, ChartKind, Series, drawn

MOST_BARS = 70
PLACES = 2  # decimals of a figure in a picture

Drawn = dict[str, Any]


def indicators_drawn(layout: Layout) -> list[str]:
    """The indicators that a picture can be of: those with a figure in the table."""
    known = (cell.question.indicator for cell in layout.cells if cell.answer.amount is not None)
    return list(dict.fromkeys(known))


def chart_of(layout: Layout, indicator: str) -> Drawn | None:
    """The figures of one indicator by period, or by place where there is one period; None where there is one figure."""
    cells = _of_one_unit(layout, indicator)
    periods = list(dict.fromkeys(cell.question.period for cell in cells if not layout.is_whole(cell.question, "ky")))
    places = list(dict.fromkeys(cell.question.place for cell in cells))
    if len(periods) > 1:
        return _by_period(layout, indicator, [cell for cell in cells if cell.question.period in periods])
    if 1 < len(places) <= MOST_BARS:
        return _by_place(layout, indicator, cells)
    return None


def map_of_table(layout: Layout, indicator: str) -> Drawn | None:
    """The last period's figures on the map of its day; None where rows are not provinces."""
    cells = [cell for cell in _of_one_unit(layout, indicator) if cell.question.place.startswith("province/")]
    if layout.view.by != "tinh" or not cells:
        return None
    period = max(cell.question.period for cell in cells)
    there = layout.there[period]
    told = {cell.question.place: layout.cell(cell.answer) for cell in cells if cell.question.period == period}
    numbers = {place: number for place in there if (number := _number(told.get(place))) is not None}
    found, unit = classes(numbers.values()), _unit(layout, cells)
    places = [
        MapPlace(place, _text(told[place], unit), _url(told[place]), found.step_of(number))
        for place, number in numbers.items()
        if found
    ]
    title = f"{shown.indicator_name(indicator)}, {printed(period, shown.lang())}"
    return map_of(layout.view.map_day or period.last, places, title=title, legend=legend_of(found), unit=unit)


def _of_one_unit(layout: Layout, indicator: str) -> list[TableCell]:
    """The figures of an indicator that can stand side by side: of the ownership and currency that say most."""
    groups: dict[tuple[str, str, str], list[TableCell]] = {}
    for cell in layout.cells:
        question = cell.question
        if question.indicator == indicator:
            key = (question.ownership, question.zone_kind, question.currency)
            groups.setdefault(key, []).append(cell)
    return max(groups.values(), key=lambda cells: sum(cell.answer.amount is not None for cell in cells), default=[])


def _by_period(layout: Layout, indicator: str, cells: Sequence[TableCell]) -> Drawn:
    """The first place, or the whole of the places, through the periods."""
    wholes = (cell.question.place for cell in cells if layout.is_whole(cell.question, "noi"))
    place = next(wholes, cells[0].question.place)
    own = sorted((cell for cell in cells if cell.question.place == place), key=lambda cell: cell.question.period)
    is_flow = indicators()[indicator].nature == "flow"
    labels = tuple(_label(cell.question.period) for cell in own)
    kind: ChartKind = "column" if is_flow else "line"
    series = [Series(layout.label("noi", layout.key(own[0].question, "noi")), tuple(map(_value(layout), own)))]
    return drawn(Chart(kind, _title(layout, own), _unit(layout, own), labels, tuple(series)))


def _by_place(layout: Layout, indicator: str, cells: Sequence[TableCell]) -> Drawn | None:
    """The places beside each other, without their whole, which would dwarf them."""
    rows = [cell for cell in cells if not layout.is_whole(cell.question, "noi")]
    if len(rows) < 2:
        return None
    labels = tuple(layout.label("noi", layout.key(cell.question, "noi")) for cell in rows)
    series = (Series(printed(rows[0].question.period, shown.lang()), tuple(map(_value(layout), rows))),)
    return drawn(Chart("bar", _title(layout, rows), _unit(layout, rows), labels, series))


def _label(period: Period) -> str:
    return period.name if kind_of(period) == "year" else printed(period, shown.lang())


def _title(layout: Layout, cells: Sequence[TableCell]) -> str:
    """The indicator; and that some figures are no more than a part, which a picture does not show."""
    name = layout.label("chi-tieu", layout.key(cells[0].question, "chi-tieu"))
    is_partial = any(cell.answer.amount is not None and cell.answer.missing for cell in cells)
    return _("%(name)s (có số chỉ là “ít nhất”)") % {"name": name} if is_partial else name


def _unit(layout: Layout, cells: Sequence[TableCell]) -> str:
    return layout.unit(cells[0].question.indicator, cells[0].question.currency)


def _value(layout: Layout) -> Any:
    return lambda cell: _number(layout.cell(cell.answer))


def _number(cell: GridCell | None) -> Decimal | None:
    return rounded(cell.number, PLACES) if cell and cell.number is not None else None


def _text(cell: GridCell, unit: str) -> str:
    figure = cell.figure
    return " ".join(word for word in (figure.lead, figure.text, unit) if word) if figure else ""


def _url(cell: GridCell) -> str:
    return cell.figure.url if cell.figure else ""
