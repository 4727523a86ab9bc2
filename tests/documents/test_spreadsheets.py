"""Tables out: numbers stay numbers, text stays text, and Vietnamese spreadsheets open the separated file as it is."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from sokhu.documents.spreadsheet import Led, Sheet, separated, workbook

NAMESPACE = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULAS = ["=1+1", "+84 24", "-Khu A", "@SUM(A1)", "\tx"]


def opened(made: bytes, sheet: int = 1) -> tuple[ElementTree.Element, list[str]]:
    with ZipFile(BytesIO(made)) as package:
        page = ElementTree.fromstring(package.read(f"xl/worksheets/sheet{sheet}.xml"))
        texts = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
    return page, ["".join(one.itertext()) for one in texts.findall("s:si", NAMESPACE)]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_text_in_a_workbook(text: str) -> None:
    page, texts = opened(workbook([Sheet("A", [["đầu"]], [[text]])]))
    assert text in texts
    assert page.find(".//s:f", NAMESPACE) is None


def test_a_decimal_is_a_number_in_a_workbook() -> None:
    page, _texts = opened(workbook([Sheet("A", [["đầu"]], [[Decimal("61206.6"), 31]])]))
    cells = page.findall(".//s:row[@r='2']/s:c", NAMESPACE)
    assert [cell.findtext("s:v", namespaces=NAMESPACE) for cell in cells] == ["61206.6", "31"]
    assert all(cell.get("t", "n") == "n" for cell in cells)


def test_a_number_with_words_before_it_stays_a_number() -> None:
    made = workbook([Sheet("A", [["đầu"]], [[Led("ít nhất ", Decimal("35.57")), Led('"~"', Decimal(-3))]])])
    page, _texts = opened(made)
    cells = page.findall(".//s:row[@r='2']/s:c", NAMESPACE)
    assert [cell.findtext("s:v", namespaces=NAMESPACE) for cell in cells] == ["35.57", "-3"]
    assert all(cell.get("t", "n") == "n" for cell in cells)
    with ZipFile(BytesIO(made)) as package:
        styles = ElementTree.fromstring(package.read("xl/styles.xml"))
    assert [one.get("formatCode") for one in styles.findall(".//s:numFmt", NAMESPACE)] == [
        '"ít nhất "#,##0.######;"ít nhất "-#,##0.######',
        '"~"#,##0;"~"-#,##0',
    ]
    assert separated([[Led("ít nhất ", Decimal("35.57"))]]).endswith(b"35,57\r\n")


def test_an_empty_value_is_an_empty_cell() -> None:
    page, _texts = opened(workbook([Sheet("A", [["a", "b"]], [[None, ""], ["x", None]])]))
    assert not page.findall(".//s:row[@r='2']/s:c", NAMESPACE)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_gets_an_apostrophe_in_separated_text(text: str) -> None:
    (row,) = csv.reader(StringIO(separated([[text]]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert row == [f"'{text}"]


def test_separated_text_has_its_mark_semicolons_and_the_readers_decimals() -> None:
    rows = [["Vốn; FDI", Decimal("-61206.600"), 12, None]]
    assert separated(rows) == '\ufeff"Vốn; FDI";-61206,6;12;\r\n'.encode()
    assert separated(rows, decimal_mark=".").endswith(b";-61206.6;12;\r\n")
    assert separated([[Decimal("1200")]]).endswith(b"1200\r\n")
