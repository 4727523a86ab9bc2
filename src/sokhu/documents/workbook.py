"""Workbooks in: .xlsx and .xls as sheets of values with their merged and hidden places. Nothing in them is executed.

Formulas are not computed: the values that the spreadsheet program kept beside them are read. Macros, links and pictures
are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Area, Sheet, Value, Workbook
from sokhu.documents import compound, guard
from sokhu.documents.compound import Unseen
from sokhu.documents.extracted import Limits

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Kind = Literal["xlsx", "xls"]
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="(\d+)"')
_MIN_MAX = re.compile(rb'\b(min|max)="(\d+)"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>'
)
_MOST_COLUMNS = 16_384


def kind_of(data: bytes, limits: Limits) -> Kind:
    """Whether the bytes are a workbook, and of which kind.

    Raises Problem: document.too_large, .empty, .broken, .bomb, .encrypted, workbook.not_a_workbook.
    """
    if len(data) > limits.file_bytes:
        raise Problem("document.too_large", found=guard.megabytes(len(data)), limit=guard.megabytes(limits.file_bytes))
    if not data.strip(b"\x00 \r\n\t"):
        raise Problem("document.empty")
    if data.startswith(compound.SIGNATURE):
        return _old_kind(data)
    if not data.startswith(b"PK"):
        raise Problem("workbook.not_a_workbook", found=data[:4].hex(" "))
    names = guard.package(data, limits).names()
    if "xl/workbook.xml" not in names:
        raise Problem("workbook.not_a_workbook", found=next((one for one in sorted(names) if "/" in one), "zip"))
    return "xlsx"


def _old_kind(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Problem("document.encrypted")
    if compound.stream(data, ("Workbook", "Book")) is None:
        raise Problem("workbook.not_a_workbook", found="OLE")
    return "xls"


def read(kind: Kind, data: bytes, limits: Limits) -> Workbook:
    """The workbook; runs in the reading process, which limits itself.

    Raises Problem: document.broken, .encrypted, .bomb, workbook.too_many_cells.
    """
    unseen = _unseen_in_package(data, limits) if kind == "xlsx" else compound.unseen_in_sheets(data)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets, cells = [], 0
        for number, told in enumerate(book.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            cells += _places(sheet)
            if cells > limits.sheet_cells:
                raise Problem("workbook.too_many_cells", found=cells, limit=limits.sheet_cells)
            beside = unseen.get(number, Unseen())
            rows = _rows(sheet, beside.errors)
            if kind == "xls":
                _without_zeros(rows)
            is_hidden = told.visible != SheetVisibleEnum.Visible
            hidden = frozenset(beside.rows), frozenset(beside.columns)
            sheets.append(Sheet(told.name, rows, _merges(sheet), *hidden, is_hidden))
    except PasswordError as error:
        raise Problem("document.encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Problem("document.broken", found=kind) from error
    return Workbook(kind, tuple(sheets))


def _places(sheet: CalamineSheet) -> int:
    """How many places the sheet has from A1 to its last cell."""
    row, column = sheet.end or (-1, -1)
    return (row + 1) * (column + 1)


def _rows(sheet: CalamineSheet, errors: Mapping[tuple[int, int], str]) -> list[list[Value]]:
    """The values from A1 on; the reader leaves out formulas in error, which are no empty cells."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (row, column), words in errors.items():
        rows += [[] for _missing in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = words
    for values in rows:
        for at, value in enumerate(values):
            if value.__class__ is not str and value.__class__ is not float:
                values[at] = _plain(value)
    while rows and not any(value != "" for value in rows[-1]):
        rows.pop()
    return rows


def _without_zeros(rows: list[list[Value]]) -> None:
    """Takes out zero characters, which an .xls may hold and no database keeps."""
    for values in rows:
        for at, value in enumerate(values):
            if isinstance(value, str) and "\x00" in value:
                values[at] = value.replace("\x00", "")


def _plain(value: object) -> Value:
    """A day as "31/12/2024", a truth as TRUE or FALSE: neither is ever a figure."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() | str():
            return value
        case datetime():
            return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time() | timedelta():
            return str(value)
    return ""


def _merges(sheet: CalamineSheet) -> tuple[Area, ...]:
    found = sheet.merged_cell_ranges or []
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in found)


def _unseen_in_package(data: bytes, limits: Limits) -> dict[int, Unseen]:
    """What the reader does not tell, by sheet; and every part read once with a count, since the directory may lie."""
    package = guard.package(data, limits)
    parts = _sheet_parts(package)
    for name in package.names() - set(parts):
        if name.startswith("xl/") and name.endswith(".xml"):
            package.read(name)
    xmls = (package.read(name) if name in package.names() else b"" for name in parts)
    return {number: _unseen(xml) for number, xml in enumerate(xmls)}


def _unseen(xml: bytes) -> Unseen:
    hidden = b'hidden="' in xml
    errors = _ERROR.finditer(xml) if b't="e"' in xml else ()
    return Unseen(
        _hidden_rows(xml) if hidden else set(),
        _hidden_columns(xml) if hidden else set(),
        {_place(found[1].decode()): found[2].decode("ascii", "replace")[:20] for found in errors},
    )


def _place(name: str) -> tuple[int, int]:
    """Row and column of "C12"."""
    column = 0
    for letter in name.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, column - 1


def _sheet_parts(package: guard.Package) -> list[str]:
    """The sheets' parts in the workbook's order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        book = etree.fromstring(package.read("xl/workbook.xml"), parser)
        links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Problem("document.broken", found="xl/workbook.xml") from error
    targets = {str(link.get("Id")): str(link.get("Target")) for link in links}
    sheets = [one for one in book.iter() if isinstance(one.tag, str) and etree.QName(one).localname == "sheet"]
    ids = (next((str(value) for name, value in one.items() if str(name).endswith("}id")), "") for one in sheets)
    return [_part(targets.get(one, "")) for one in ids]


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _hidden_rows(xml: bytes) -> set[int]:
    found, row = set(), -1
    for tag in _ROW.finditer(xml):
        told = _NUMBER.search(tag[1])
        row = int(told[1]) - 1 if told else row + 1
        if _HIDDEN.search(tag[1]):
            found.add(row)
    return found


def _hidden_columns(xml: bytes) -> set[int]:
    found: set[int] = set()
    for tag in _COLUMN.finditer(xml):
        if _HIDDEN.search(tag[1]):
            ends = {name: int(number) for name, number in _MIN_MAX.findall(tag[1])}
            found |= set(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), _MOST_COLUMNS)))
    return found


def as_json(workbook: Workbook) -> dict[str, Any]:
    """The shape that the reading process hands back, and in which a workbook is kept."""
    return {
        "kind": workbook.kind,
        "sheets": [
            {
                "name": one.name,
                "rows": one.rows,
                "merges": one.merges,
                "hidden_rows": sorted(one.hidden_rows),
                "hidden_columns": sorted(one.hidden_columns),
                "is_hidden": one.is_hidden,
            }
            for one in workbook.sheets
        ],
    }


def from_json(shape: dict[str, Any]) -> Workbook:
    """Inverse of `as_json`."""
    return Workbook(shape["kind"], tuple(_sheet(one) for one in shape["sheets"]))


def _sheet(shape: dict[str, Any]) -> Sheet:
    return Sheet(
        name=shape["name"],
        rows=shape["rows"],
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in shape["merges"]),
        hidden_rows=frozenset(shape["hidden_rows"]),
        hidden_columns=frozenset(shape["hidden_columns"]),
        is_hidden=shape["is_hidden"],
    )
