"""Tables out: workbooks (.xlsx) and separated text (.csv). What is text stays text, whatever sign it begins with."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from io import BytesIO, StringIO

import xlsxwriter

LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {"text": {"text_wrap": True, "valign": "top"}, "head": {"bold": True, "text_wrap": True, "bottom": 1}}
WHOLE, BROKEN = "#,##0", "#,##0.######"


@dataclass(frozen=True, slots=True)
class Led:
    """A number with words before it ("ít nhất 35,57"): they are printed, and the cell can be calculated with."""

    lead: str
    number: Decimal


Value = str | int | Decimal | Led | None


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
        named = {name: book.add_format(how) for name, how in FORMATS.items()}

        @cache
        def numeric(how: str) -> object:
            return book.add_format({"num_format": how, "valign": "top"})

        for sheet in sheets:
            marked = replace(sheet, heads=[[mark], *sheet.heads]) if mark else sheet
            _write(book.add_worksheet(sheet.name), marked, named, numeric)
    return stream.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, named: dict[str, object], numeric: Callable[[str], object]
) -> None:
    for line, values in enumerate([*sheet.heads, *sheet.rows]):
        for column, value in enumerate(values):
            if isinstance(value, Led | Decimal | int):
                number = value.number if isinstance(value, Led) else value
                page.write_number(line, column, float(number), numeric(_number_format(value)))
            elif value:
                page.write_string(line, column, value, named["head" if line < len(sheet.heads) else "text"])
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(len(sheet.heads), 1 if sheet.heads else 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    if sheet.heads:
        page.repeat_rows(0, len(sheet.heads) - 1)


def _number_format(value: Led | Decimal | int) -> str:
    if isinstance(value, Led):
        words, how = value.lead.replace('"', ""), _number_format(value.number)
        return f'"{words}"{how};"{words}"-{how}'
    return WHOLE if value == int(value) else BROKEN


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
    if isinstance(value, Led):
        return _written(value.number, decimal_mark)
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", decimal_mark)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(LOOKS_LIKE_A_FORMULA) else value
