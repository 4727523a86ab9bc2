"""A form as it is printed, and a mapping made from what a person points at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.grid import Sheet, Value
from sokhu.core.workbook.layout import Filling, LaidSheet, laid_out
from sokhu.core.workbook.mapping import Says
from sokhu.core.workbook.pointing import Pointed, column_in, columns_of, mapping_from, rows_in, rows_of


def at(sheet: LaidSheet, row: int, column: int) -> object:
    return next((one.content for one in sheet.cells if (one.row, one.column) == (row, column)), None)


def test_a_list_has_a_row_for_each_name_and_a_total() -> None:
    mapped = forms()["2105"].sheets[0]
    values: dict[tuple[int, int], Decimal | str] = {(0, 3): Decimal(5), (1, 4): "chưa có số", (2, 3): Decimal(5)}
    sheet = laid_out(mapped, Filling(["Biểu số 2105"], values, ["KCN A", "KCN B"]))
    assert (sheet.name, sheet.head) == ("2105", (2, 4))
    assert [at(sheet, 2, column) for column in range(4)] == ["STT", "Tên KCN", "Tình trạng", "Công suất"]
    assert [at(sheet, 3, 3), at(sheet, 3, 4)] == ["Thiết kế (m3/ngày đêm)", "Vận hành (m3/ngày đêm)"]
    assert (2, 3, 2, 4) in sheet.merges
    assert [at(sheet, row, 1) for row in (5, 6, 7)] == ["KCN A", "KCN B", "Tổng cộng"]
    assert sheet.places == {(0, 3): (5, 3), (1, 4): (6, 4), (2, 3): (7, 3)}
    assert at(sheet, 5, 2) is None


def test_named_rows_stand_under_their_groups_with_their_units() -> None:
    mapped = forms()["2101"].sheets[0]
    sheet = laid_out(mapped, Filling([], {(0, 7): Decimal(3), (8, 3): Decimal("-1.5")}))
    labels = [(one.row, one.content) for one in sheet.cells if one.style == "label" and one.column == 1]
    assert [words for _row, words in labels[:3]] == ["Dự án cấp mới", "Số dự án", "Vốn đăng ký"]
    row = sheet.places[0, 7][0]
    assert at(sheet, row, 2) == "dự án"
    assert at(sheet, sheet.places[8, 3][0], 1) == "Diện tích đất cho thuê tăng, giảm"
    assert at(sheet, sheet.places[8, 3][0], 0) == "5"


ROWS: list[list[Value]] = [
    ["Báo cáo"],
    ["", "Chỉ tiêu", "FDI", "", "Ghi chú"],
    ["", "", "Thực hiện", "Kế hoạch"],
    ["", "Cấp mới"],
    ["", "Vốn đăng ký", 5.0, 6.0, "x / y"],
    ["", "Thu hồi"],
    ["", "Vốn đăng ký", 7.0],
    ["", "Doanh thu", 8.0],
    ["", "", 9.0],
]
SHEET = Sheet("S", ROWS, ((1, 2, 1, 3), (1, 1, 2, 1)))
POINTED = Pointed(1, 2, 1, "named")


def test_columns_and_rows_are_named_by_what_stands_over_and_before_them() -> None:
    assert [(one.number, one.label, one.sample) for one in columns_of(SHEET, POINTED)] == [
        (2, "FDI / Thực hiện", "5"),
        (3, "FDI / Kế hoạch", "6"),
        (4, "Ghi chú", "x / y"),
    ]
    assert [(one.number, one.label) for one in rows_of(SHEET, POINTED)] == [
        (4, "Cấp mới / Vốn đăng ký"),
        (6, "Thu hồi / Vốn đăng ký"),
        (7, "Doanh thu"),
    ]


def test_what_is_left_out_is_known_and_not_taken() -> None:
    capital = Says(indicator="capital_new", unit="triệu USD")
    columns = {2: Says(ownership="FDI"), 3: Says(kind="plan"), 4: None}
    mapping = mapping_from(SHEET, POINTED, "m", Says(), columns, {4: capital, 6: None, 7: None})
    sheet = mapping.sheets[0]
    assert [one.role for one in sheet.columns] == ["name", "figure", "figure", "ignore"]
    assert [one.role for one in sheet.rows] == ["figure", "ignore", "ignore"]
    assert sheet.rows[0].says == capital


@pytest.mark.parametrize(("pointed", "columns", "code"), [
    (Pointed(1, 2, 0, "places"), {2: Says(indicator="revenue")}, "workbook.no_name_column"),
    (POINTED, {2: Says()}, "workbook.nothing_named"),
    (Pointed(1, 2, 1, "places"), {2: None, 3: None}, "workbook.nothing_named"),
])  # fmt: skip
def test_a_mapping_without_names_or_indicators_is_refused(
    pointed: Pointed, columns: dict[int, Says | None], code: str
) -> None:
    with pytest.raises(Problem) as told:
        mapping_from(SHEET, pointed, "m", Says(), columns, {})
    assert told.value.code == code


def test_rows_and_columns_are_typed_as_a_spreadsheet_counts_them() -> None:
    assert [rows_in("5"), rows_in(" 5 - 6 "), column_in("b"), column_in("AA")] == [(4, 4), (4, 5), 1, 26]


@pytest.mark.parametrize("typed", ["", "0", "6-5", "A"])
def test_rows_that_are_none_are_told(typed: str) -> None:
    with pytest.raises(Problem, match=r"workbook\.no_rows"):
        rows_in(typed)


def test_a_column_that_is_none_is_told() -> None:
    with pytest.raises(Problem, match=r"workbook\.no_letters"):
        column_in("5")
