"""Tables out: workbooks (.xlsx) and separated text (.csv). What is text stays text, whatever sign it begins with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Value = str | int | Decimal | None
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {"text": {"text_wrap": True, "valign": "top"}, "head": {"bold": True, "text_wrap": True, "bottom": 1}}
WHOLE, BROKEN = "#,##0", "#,##0.######"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. heads: the rows above, printed on each page and kept in sight; widths: of columns, in characters."""

    name: str
    heads: Sequence[Sequence[Value]]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int] = ()


def workbook(sheets: Iterable[Sheet], mark: str = "") -> bytes:
    """An .xlsx file. Decimals become numbers of a spreadsheet, exact to its fifteen digits.

    mark: what stands above every sheet ("số liệu minh họa").
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = {name: book.add_format(how) for name, how in FORMATS.items()}
        formats |= {how: book.add_format({"num_format": how, "valign": "top"}) for how in (WHOLE, BROKEN)}
        for sheet in sheets:
            marked = replace(sheet, heads=[[mark], *sheet.heads]) if mark else sheet
            _write(book.add_worksheet(sheet.name), marked, formats)
    return stream.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, formats: dict[str, object]) -> None:
    for line, values in enumerate([*sheet.heads, *sheet.rows]):
        for column, value in enumerate(values):
            if isinstance(value, Decimal | int):
                whole = value == int(value)
                page.write_number(line, column, float(value), formats[WHOLE if whole else BROKEN])
            elif value:
                page.write_string(line, column, value, formats["head" if line < len(sheet.heads) else "text"])
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(len(sheet.heads), 1 if sheet.heads else 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    if sheet.heads:
        page.repeat_rows(0, len(sheet.heads) - 1)


def separated(rows: Iterable[Sequence[Value]], *, decimal_mark: str = ",", mark: str = "") -> bytes:
    """A .csv file: UTF-8 with its mark, semicolons, numbers without grouping. mark: the first line, where there is one.

    With a decimal comma, as Vietnamese settings have it, a spreadsheet takes the semicolon between columns: a comma
    would be both. Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in [*([[mark]] if mark else []), *rows]:
        writer.writerow([_written(value, decimal_mark) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _written(value: Value, decimal_mark: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", decimal_mark)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(LOOKS_LIKE_A_FORMULA) else value
