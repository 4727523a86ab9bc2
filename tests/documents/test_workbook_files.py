"""Files of workbooks: what is read of them, what is refused, and that nothing in them is executed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Sheet
from sokhu.documents import Limits, compound, read_workbook
from workbook_files import Draft, xls, xlsx

DRAFT = Draft(
    "Biểu Một",
    {(0, 0): "Tên KCN", (1, 2): 12.5, (2, 1): "1.234,5"},
    merges=[(0, 0, 0, 1)],
    hidden_rows={2},
    hidden_columns={1},
)
WRITERS = pytest.mark.parametrize("write", [xlsx, xls], ids=["xlsx", "xls"])
Write = Callable[[list[Draft]], bytes]


@WRITERS
def test_values_merges_and_hidden_places_are_read_of_both_kinds(write: Write) -> None:
    old = Draft("Ẩn", {(0, 0): 1.0}, is_hidden=True)
    read = read_workbook(write([DRAFT, old]), "bieu")
    assert read.sheets[0] == Sheet(
        "Biểu Một",
        [["Tên KCN", "", ""], ["", "", 12.5], ["", "1.234,5", ""]],
        ((0, 0, 0, 1),),
        frozenset({2}),
        frozenset({1}),
    )
    assert [one.is_hidden for one in read.sheets] == [False, True]


def test_formulas_are_read_by_the_value_kept_beside_them_and_errors_are_no_empty_cells() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("S")
        sheet.write_formula("A1", "=1+1", None, 5)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_datetime("A2", date(2024, 12, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_boolean("B2", True)
        sheet.write_formula("A3", '=WEBSERVICE("http://127.0.0.1/")', None, "x")
    assert read_workbook(stream.getvalue(), "a.xlsx").sheets[0].rows == [
        [5.0, "", ""],
        ["31/12/2024", "TRUE", "#DIV/0!"],
        ["x", "", ""],
    ]


def test_an_error_in_an_old_workbook_is_no_empty_cell() -> None:
    body = struct.pack("<HHHBB", 0, 1, 0, 0x07, 1)
    record = struct.pack("<HH", 0x205, len(body)) + body
    mark = struct.pack("<HHHHH", 0x203, 14, 0, 0, 0) + struct.pack("<d", 1.0)
    data = xls([Draft("S", {(0, 0): 1.0})])
    at = data.index(mark) + len(mark)
    read = read_workbook(data[:at] + record + data[at : -len(record)], "a.xls")
    assert read.sheets[0].rows == [[1.0, "#DIV/0!"]]


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """An honest workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(xlsx([DRAFT]))) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return packed(parts | {name: data})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b"Ten KCN;1", "workbook.not_a_workbook"),
        (packed({"word/document.xml": b"<a/>"}), "workbook.not_a_workbook"),
        (with_part("xl/worksheets/sheet1.xml", b" " * 50_000_000), "document.bomb"),
        (with_part("xl/workbook.xml", b"<workbook"), "document.broken"),
        (with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "document.broken"),
        (xlsx([DRAFT])[:500], "document.broken"),
        (compound.SIGNATURE + b"\0" * 600, "document.broken"),
        (compound.SIGNATURE + "EncryptedPackage".encode("utf-16-le"), "document.encrypted"),
        (xls([DRAFT]).replace(b"W\0o\0r\0k\0b", b"W\0o\0r\0d\0D"), "workbook.not_a_workbook"),
        (xls([DRAFT])[:2000], "document.broken"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Problem) as told:
        read_workbook(data, "a.xlsx")
    assert told.value.code == code


def test_a_locked_old_workbook_is_refused() -> None:
    data = xls([DRAFT])
    bound = data.index(struct.pack("<H", 0x85), 1500)
    with pytest.raises(Problem) as told:
        read_workbook(data[:bound] + struct.pack("<H", 0x2F) + data[bound + 2 :], "a.xls")
    assert told.value.code == "document.encrypted"


def test_a_directory_that_lies_about_sizes_is_caught_by_counting() -> None:
    limits = Limits(unpacked_bytes=3_000)
    with pytest.raises(Problem) as told:
        read_workbook(xlsx([DRAFT]), "a.xlsx", limits)
    assert told.value.code == "document.bomb"


@WRITERS
def test_more_cells_than_the_limit_are_refused(write: Write) -> None:
    with pytest.raises(Problem) as told:
        read_workbook(write([DRAFT]), "a", Limits(sheet_cells=8))
    assert (told.value.code, told.value.params) == ("workbook.too_many_cells", {"found": 9, "limit": 8})


def test_one_cell_in_the_last_corner_does_not_take_the_server_with_it() -> None:
    with pytest.raises(Problem) as told:
        read_workbook(xlsx([Draft("S", {(0, 0): 1.0, (1_048_575, 16_383): 1.0})]), "a.xlsx")
    assert told.value.code in ("document.too_heavy", "workbook.too_many_cells")


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(Problem) as told:
        read_workbook(xlsx([DRAFT]), "a.xlsx", Limits(file_bytes=100))
    assert told.value.code == "document.too_large"


def test_zero_characters_of_an_old_workbook_are_taken_out() -> None:
    assert read_workbook(xls([Draft("S", {(0, 0): "KCN\x00 A", (0, 1): 1.0})]), "a.xls").sheets[0].rows == [
        ["KCN A", 1.0]
    ]
