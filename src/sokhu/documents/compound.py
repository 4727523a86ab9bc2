"""What of an .xls file its reader does not tell: hidden places, formulas in error.

The file is a small file system (OLE). Only as much as that takes:
the stream of the workbook, and in it some records of each sheet.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sokhu.core.problems import Problem

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are signs: end of a chain, free, of the table itself
_MOST_COLUMNS = 256
_BOUNDSHEET, _ROW, _COLINFO, _PASSWORD, _EOF = 0x0085, 0x0208, 0x007D, 0x002F, 0x000A
_BOOLERR, _FORMULA = 0x0205, 0x0006
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_WORKSHEET = 0


def stream(data: bytes, names: Sequence[str]) -> bytes | None:
    """The first stream with one of these names; None where there is none, or it is too small to be a workbook's.

    Raises Problem("document.broken") for a file whose tables lead nowhere.
    """
    try:
        return _stream(data, [name.encode("utf-16-le") for name in names])
    except (struct.error, IndexError) as error:
        raise Problem("document.broken", found="OLE") from error


def _stream(data: bytes, names: Sequence[bytes]) -> bytes | None:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise Problem("document.broken", found="OLE")
    table = _table(data, size)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], size)
    for at in range(0, len(directory) - 127, 128):
        length, start, bytes_in_it = (
            struct.unpack_from("<H", directory, at + 64)[0],
            *struct.unpack_from("<II", directory, at + 116),
        )
        if directory[at : at + max(length - 2, 0)] in names and directory[at + 66] == 2 and bytes_in_it >= 4096:
            return _chain(data, table, start, size)[:bytes_in_it]
    return None


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _END and len(sectors) < len(data) // size + 109:
        block = _sector(data, more, size)
        numbers = struct.unpack(f"<{size // 4}I", block)
        sectors += numbers[:-1]
        more = numbers[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack(f"<{size // 4}I", _sector(data, sector, size))
    return table


def _sector(data: bytes, number: int, size: int) -> bytes:
    block = data[(number + 1) * size : (number + 2) * size]
    return block.ljust(size, b"\x00") if block else b"\xff" * size


def _chain(data: bytes, table: Sequence[int], start: int, size: int) -> bytes:
    pieces: list[bytes] = []
    sector = start
    while sector < _END and len(pieces) <= len(table):
        pieces.append(_sector(data, sector, size))
        sector = table[sector]
    return b"".join(pieces)


@dataclass(slots=True)
class Unseen:
    """What of a sheet its reader does not tell: hidden rows and columns, formulas in error."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def unseen_in_sheets(data: bytes) -> dict[int, Unseen]:
    """Hidden places and errors by the number of the sheet. Raises Problem("document.encrypted" | "document.broken")."""
    book = stream(data, ("Workbook", "Book")) or b""
    try:
        return {number: _unseen_in(book, start) for number, start in _sheet_starts(book).items()}
    except struct.error as error:
        raise Problem("document.broken", found="BIFF") from error


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, up to the end of their sheet."""
    while at + 4 <= len(book):
        code, length = struct.unpack_from("<HH", book, at)
        if code == _EOF:
            return
        yield code, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheet_starts(book: bytes) -> dict[int, int]:
    found: dict[int, int] = {}
    number = 0
    for code, body in _records(book, 0):
        if code == _PASSWORD:
            raise Problem("document.encrypted")
        if code == _BOUNDSHEET and len(body) >= 6:
            if body[5] == _WORKSHEET:
                found[number] = struct.unpack_from("<I", body)[0]
            number += 1
    return found


def _unseen_in(book: bytes, start: int) -> Unseen:
    found = Unseen()
    for code, body in _records(book, start):
        if code == _ROW and len(body) >= 16 and body[12] & 0x20:
            found.rows.add(struct.unpack_from("<H", body)[0])
        elif code == _COLINFO and len(body) >= 10 and body[8] & 0x01:
            first, last = struct.unpack_from("<HH", body)
            found.columns |= set(range(first, min(last, _MOST_COLUMNS - 1) + 1))
        elif error := _error_in(code, body):
            found.errors[struct.unpack_from("<HH", body)] = _ERRORS.get(error, "#N/A")
    return found


def _error_in(code: int, body: bytes) -> int | None:
    """The code of an error that a cell or a formula gives."""
    if code == _BOOLERR and len(body) >= 8 and body[7]:
        return body[6]
    if code == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
