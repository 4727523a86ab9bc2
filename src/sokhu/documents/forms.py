"""Forms out: sheets that were laid out, as an .xlsx that people print, fill in and send back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from sokhu.core.workbook.layout import LaidSheet

FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
BOXED = {**FONT, "border": 1}
NUMBER = "#,##0.######"
FORMATS: dict[str, dict[str, Any]] = {
    "title": {**FONT, "bold": True, "font_size": 13},
    "line": FONT,
    "head": {**BOXED, "bold": True, "align": "center", "text_wrap": True},
    "ordinal": {**BOXED, "italic": True, "align": "center"},
    "label": {**BOXED, "text_wrap": True},
    "amount": {**BOXED, "num_format": NUMBER},
    "word": {**BOXED, "italic": True, "align": "right", "font_color": "#8A5700"},
    "total": {**BOXED, "bold": True, "num_format": NUMBER},
    "note": {**FONT, "italic": True},
}


def written(sheets: Sequence[LaidSheet], mark: str = "") -> bytes:
    """The workbook, one page wide, its head on every printed page. Text stays text, whatever sign it begins with.

    mark: stands under every sheet and on top of every printed page ("số liệu minh họa").
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = {name: book.add_format(how) for name, how in FORMATS.items()}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            _write(page, sheet, formats)
            if mark:
                page.set_header(f"&C{mark}")
                page.write_string(max(one.row for one in sheet.cells) + 2, 0, mark, formats["note"])
    return stream.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: LaidSheet, formats: dict[str, Any]) -> None:
    for top, left, bottom, right in sheet.merges:
        page.merge_range(top, left, bottom, right, "", formats["head"])
    filled = {(one.row, one.column) for one in sheet.cells}
    last = max((one.row for one in sheet.cells if one.style not in ("note", "line", "title")), default=0)
    for row in range(sheet.head[1] + 1, last + 1):
        for column in range(len(sheet.widths)):
            if (row, column) not in filled:
                page.write_blank(row, column, None, formats["label"])
    for one in sheet.cells:
        if isinstance(one.content, str):
            page.write_string(one.row, one.column, one.content, formats[one.style])
        else:
            page.write_number(one.row, one.column, float(one.content), formats[one.style])
    for (row, column), remark in sheet.remarks.items():
        page.write_comment(row, column, remark, {"x_scale": 2})
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(sheet.head[1] + 1, 2)
    page.repeat_rows(*sheet.head)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
