"""Drafts of workbooks and the files they become: .xlsx by XlsxWriter, .xls by the few records that a sheet needs.

There is no maintained writer of .xls; what is written here is as little as any program that reads .xls understands.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

Place = tuple[int, int]
Cells = dict[Place, str | float]

# What a board sends of its wastewater plants (form 2105); ODD has a zone that nobody knows.
WATER: Cells = {
    (0, 0): "Kỳ báo cáo: năm 2024",
    (1, 0): "Địa bàn: Hải Phòng",
    (3, 0): "Tên KCN",
    (3, 1): "Công suất thiết kế",
    (3, 2): "Công suất vận hành",
    (4, 0): "KCN Đình Vũ",
    (4, 1): 1000.0,
    (4, 2): "1.234,5",
}
ODD: Cells = WATER | {(5, 0): "KCN Lạ", (5, 1): 7.0}


@dataclass
class Draft:
    """A sheet to be: values by row and column, merged areas, what is hidden."""

    name: str
    cells: Cells = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False


def xlsx(drafts: list[Draft]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # the same draft, the same bytes
        for draft in drafts:
            sheet = book.add_worksheet(draft.name)
            for top, left, bottom, right in draft.merges:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), value in draft.cells.items():
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(row, column, value)
            for row in draft.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            for column in draft.hidden_columns:
                sheet.set_column(column, column, None, None, {"hidden": True})
            if draft.is_hidden:
                sheet.hide()
        next(one for one, draft in zip(book.worksheets(), drafts, strict=True) if not draft.is_hidden).activate()
    return stream.getvalue()


def xls(drafts: list[Draft]) -> bytes:
    sheets = [_sheet(draft) for draft in drafts]
    names = [_record(0x85, struct.pack("<IBB", 0, draft.is_hidden, 0) + _short_text(draft.name)) for draft in drafts]
    start = len(_bof(5)) + sum(map(len, names)) + 4
    book = _bof(5)
    for draft, sheet in zip(drafts, sheets, strict=True):
        book += _record(0x85, struct.pack("<IBB", start, draft.is_hidden, 0) + _short_text(draft.name))
        start += len(sheet)
    return _compound(book + _record(0x0A, b"") + b"".join(sheets))


def _sheet(draft: Draft) -> bytes:
    records = [_bof(0x10)]
    records += [_record(0x7D, struct.pack("<HHHHHH", one, one, 2304, 0, 1, 0)) for one in sorted(draft.hidden_columns)]
    records += [_record(0x208, struct.pack("<HHHHHHI", one, 0, 0, 0, 0, 0, 0x20)) for one in sorted(draft.hidden_rows)]
    for (row, column), value in sorted(draft.cells.items()):
        head = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            records.append(_record(0x204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")))
        else:
            records.append(_record(0x203, head + struct.pack("<d", value)))
    areas = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in draft.merges)
    records.append(_record(0xE5, struct.pack("<H", len(draft.merges)) + areas))
    return b"".join(records) + _record(0x0A, b"")


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def _short_text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    """The stream "Workbook" in a file system of sectors: the table, the directory, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    tables = -(-(sectors + 2) // 127)
    first = tables + 1
    follows = (
        [0xFFFFFFFD] * tables + [0xFFFFFFFE] + [first + number + 1 for number in range(sectors - 1)] + [0xFFFFFFFE]
    )
    table = struct.pack(f"<{len(follows)}I", *follows).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry("Workbook", 2, first, len(stream))
    return head + table + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBB", len(words), kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
