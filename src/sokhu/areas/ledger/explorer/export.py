"""The explorer's table as files: as on screen, and with a line for every figure and all that is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.explorer.comparison import Comparison, heads_of, rows_of
from sokhu.areas.ledger.explorer.grid import Grid, GridCell, Layout
from sokhu.areas.ledger.explorer.view import View
from sokhu.areas.ledger.models import CellKind, Maturity
from sokhu.areas.territory.queries import name_of
from sokhu.core.answer import Answer, Question
from sokhu.core.coverage import Weighed
from sokhu.core.period import printed
from sokhu.core.table import Stamp, Table, TableCell
from sokhu.documents.spreadsheet import Led, Sheet, Value, separated, workbook
from sokhu.kit.book import mark
from sokhu.kit.wording import worded

Weights = Mapping[Question, Weighed]


def workbook_of(title: str, view: View, tables: Sequence[Table], weights: Weights, address: str) -> bytes:
    """Three sheets: the table as it is shown, a line for every figure, what the answers rest on."""
    layout = Layout(view, [cell for table in tables for cell in table.cells])
    grid = layout.grid()
    stamp = tables[0].stamp
    return workbook(
        [
            _as_shown(title, grid),
            Sheet(_("Từng số"), [_heads()], [_line(layout, cell, weights, address) for cell in layout.cells], _WIDTHS),
            _about(title, view, stamp, grid, address),
        ],
        mark(),
    )


def separated_of(view: View, tables: Sequence[Table], weights: Weights, address: str) -> bytes:
    """A line for every figure, each with what the answers rest on."""
    layout = Layout(view, [cell for table in tables for cell in table.cells])
    stamp = _stamp(view, tables[0].stamp)
    lines = [[*_line(layout, cell, weights, address), *(value for _label, value in stamp)] for cell in layout.cells]
    heads = [*_heads(), *(label for label, _value in stamp)]
    return separated([heads, *lines], decimal_mark="," if shown.lang() == "vi" else ".", mark=mark())


def _as_shown(title: str, grid: Grid) -> Sheet:
    has_groups = any(row.group for row in grid.rows)
    before = [_("Nhóm"), grid.axis] if has_groups else [grid.axis]
    units = [_("Đơn vị")] if grid.has_units else []
    columns = [f"{column.label} ({column.unit})" if column.unit else column.label for column in grid.columns]
    rows: list[list[Value]] = [
        [
            *([row.group] if has_groups else []),
            row.label,
            *([row.unit] if grid.has_units else []),
            *map(_value, row.cells),
        ]
        for row in grid.rows
    ]
    widths = [*([30] if has_groups else []), 46, *([14] if units else []), *(16 for _column in columns)]
    return Sheet(_("Bảng"), [[title], [*before, *units, *columns]], rows, widths)


def _value(cell: GridCell) -> Value:
    """The number where there is one, else why there is none, as on the page."""
    if cell.number is not None:
        return _led(cell.number, cell.figure)
    return _empty_words(cell.figure) if cell.figure else None


def _led(number: Decimal | None, figure: shown.ShownFigure | None) -> Value:
    """The number with what stands before it on the page: "ít nhất", "~"."""
    if number is None or figure is None:
        return number
    lead = (f"{figure.lead} " if figure.lead else "") + ("~" if figure.approx else "")
    return Led(lead, number) if lead else number


def _empty_words(figure: shown.ShownFigure) -> str:
    if figure.empty == "refused":
        return figure.reason
    return shown.emptiness_words(figure.empty) or figure.text


def compared_workbook(
    title: str, compared: Comparison, tables: Sequence[Table], weights: Sequence[Weights], address: str
) -> bytes:
    """The comparison as it is shown, a line for every figure of either side, what both rest on."""
    about: list[list[Value]] = [[_("Bảng"), title], [_("Địa chỉ"), address]]
    for head, view, table in _sides(compared, tables):
        about += [[f"{label}, {head}", value] for label, value in _stamp(view, table.stamp)]
    return workbook(
        [
            Sheet(
                _("Bảng"),
                [[title], _compared_heads(compared)],
                _compared_rows(compared, tables),
                (46, 14, 18, 18, 16, 16, 60),
            ),
            Sheet(_("Từng số"), [[_("Bên"), *_heads()]], _both(compared, tables, weights, address), (30, *_WIDTHS)),
            Sheet(_("Về bảng này"), [], about, (40, 110)),
        ],
        mark(),
    )


def compared_separated(
    compared: Comparison, tables: Sequence[Table], weights: Sequence[Weights], address: str
) -> bytes:
    """A line for every figure of either side, each with what the answers rest on."""
    stamps = [_stamp(view, table.stamp) for _head, view, table in _sides(compared, tables)]
    heads: list[Value] = [_("Bên"), *_heads(), *(label for label, _value in stamps[0])]
    lines = _both(compared, tables, weights, address, [[value for _label, value in stamp] for stamp in stamps])
    return separated([heads, *lines], decimal_mark="," if shown.lang() == "vi" else ".", mark=mark())


def _sides(compared: Comparison, tables: Sequence[Table]) -> Iterator[tuple[str, View, Table]]:
    return zip(heads_of(compared), (compared.left, compared.right), tables, strict=True)


def _compared_heads(compared: Comparison) -> list[Value]:
    ends = (_("Chênh"), _("Phần trăm chênh"), _("Ghi chú"))
    return [_("Chỉ tiêu"), _("Đơn vị"), *heads_of(compared), *ends]


def _compared_rows(compared: Comparison, tables: Sequence[Table]) -> list[list[Value]]:
    return [
        [row["label"], row["unit"], *_compared_numbers(row), " ".join(row["caveats"])]
        for row in rows_of(compared, tables)
        if row["is_known"]
    ]


def _compared_numbers(row: dict[str, Any]) -> list[Value]:
    left, right, *apart = row["numbers"]
    return [_led(left, row["left"]), _led(right, row["right"]), *apart]


def _both(
    compared: Comparison,
    tables: Sequence[Table],
    weights: Sequence[Weights],
    address: str,
    ends: Sequence[Sequence[Value]] = ((), ()),
) -> list[list[Value]]:
    """The lines of both sides in units that they share."""
    cells = [cell for table in tables for cell in table.cells]
    return [
        [head, *_line(layout, cell, weighed, address), *end]
        for (head, view, table), weighed, end in zip(_sides(compared, tables), weights, ends, strict=True)
        for layout in [Layout(view, cells)]
        for cell in table.cells
    ]


_WIDTHS = (24, 34, 8, 26, 26, 14, 18, 12, 12, 12, 16, 14, 12, 18, 24, 40, 6, 6, 12, 40, 14, 12, 14, 12, 14, 60, 60)


def _heads() -> list[Value]:
    return [
        _("Mã chỉ tiêu"),
        _("Chỉ tiêu"),
        _("Hình thức"),
        _("Mã nơi"),
        _("Nơi"),
        _("Loại khu"),
        _("Kỳ"),
        _("Từ ngày"),
        _("Đến ngày"),
        _("Loại số"),
        _("Giá trị"),
        _("Đơn vị"),
        _("Mức chính thức"),
        _("Vì sao không có số"),
        _("Cách có số"),
        _("Nguồn"),
        _("Đã có"),
        _("Trên"),
        _("Đã có theo số gần nhất %"),
        _("Còn thiếu"),
        _("Kế hoạch"),
        _("% kế hoạch"),
        _("Cùng kỳ"),
        _("Tăng, giảm %"),
        _("Lũy kế"),
        _("Ghi chú"),
        _("Đường về nguồn"),
    ]


def _line(layout: Layout, cell: TableCell, weights: Weights, address: str) -> list[Value]:
    """address: of the table, from which its figures' pages are found."""
    answer, question = cell.answer, cell.question
    made, weight = layout.cell(answer), weights.get(question)
    is_known = answer.amount is not None
    kind = dimensions().dimensions["zone_kind"].words.get(question.zone_kind)
    return [
        question.indicator,
        shown.indicator_name(question.indicator),
        question.ownership,
        question.place,
        name_of(question.place, question.period.last),
        kind.name(shown.lang()) if kind else question.zone_kind,
        printed(question.period, shown.lang()),
        shown.day_words(answer.first or question.period.first),
        shown.day_words(answer.last or question.period.last),
        str(CellKind(question.kind).label),
        made.number,
        layout.unit(question.indicator, answer.currency or question.currency) if is_known else "",
        str(Maturity(answer.maturity).label) if is_known else "",
        "" if is_known or made.figure is None else _empty_words(made.figure),
        shown.how_words(answer),
        _source_words(answer),
        answer.have if answer.want else None,
        answer.want or None,
        weight.percent if weight else None,
        ", ".join(_missing_name(one, answer) for one in answer.missing),
        _number(layout, cell.plan),
        cell.plan_percent,
        _number(layout, cell.last_year),
        cell.change_percent,
        _number(layout, cell.cumulative),
        " ".join(worded(one, shown.lang()) for one in answer.caveats),
        urljoin(address, made.figure.url) if made.figure and made.figure.url else "",
    ]


def _source_words(answer: Answer) -> str:
    """Who said it, each kind of stream with its speaker, the answering one first; "" for what was made of others.

    What was said and only converted names who said it; of a great table's figures their own pages do.
    """
    said = answer.parts if answer.how == "currencies" else (answer,)
    streams = dict.fromkeys(fact.stream for one in said for fact in one.facts)
    if answer.how == "said" and not streams:
        return _("xem ở đường về nguồn")
    return "; ".join(f"{shown.stream_words(kind)}: {shown.speaker_words(speaker)}" for kind, speaker in streams)


def _number(layout: Layout, answer: Answer | None) -> Value:
    return layout.cell(answer).number


def _missing_name(one: str, answer: Answer) -> str:
    """A place by its name; an indicator or period by what it is called in the catalogue, or its code."""
    if "/" in one:
        return name_of(one, answer.question.period.last)
    return shown.indicator_name(one) if one in indicators() else one


def _stamp(view: View, stamp: Stamp) -> list[tuple[str, Value]]:
    return [
        (_("Sổ"), shown.book_name()),
        (_("Mục sổ"), stamp.sequence),
        (_("Bản đồ"), shown.map_words(view.map_day)),
        (_("Danh mục"), stamp.catalogue),
        (_("Chương trình"), stamp.version),
    ]


def _about(title: str, view: View, stamp: Stamp, grid: Grid, address: str) -> Sheet:
    said: list[tuple[str, Value]] = [
        (_("Bảng"), title),
        *_stamp(view, stamp),
        (_("Địa chỉ"), address),
        *((_("Ghi chú"), sentence) for sentence, _count in grid.notes),
    ]
    rows = [[label, value] for label, value in said]
    return Sheet(_("Về bảng này"), [], rows, (18, 110))
