"""Reading a sheet by a mapping: what is taken, what is left, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.indicator import load_indicators
from sokhu.core.problems import Problem
from sokhu.core.territory_file import load_territory
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.grid import Sheet, Value, Workbook, address, exact, reference
from sokhu.core.workbook.labels import is_numbering, key, unit_in
from sokhu.core.workbook.mapping import Says, as_table, mapping_of
from sokhu.core.workbook.marks import Mark, Reading
from sokhu.core.workbook.places import place_finder, reported_place, told_above
from sokhu.core.workbook.reading import About, read_by
from sokhu.core.workbook.sheets import recognised
from sokhu.core.workbook.values import Said, decimal_mark, said

HAI_PHONG, DINH_VU, NOMURA = "province/hai-phong", "zone/kcn-dinh-vu-deep-c-hai-phong-i", "zone/kcn-nomura-hai-phong"
HEAD: list[list[Value]] = [
    ["STT", "Tên KCN", "Tình trạng", "Công suất (m3/ngày đêm)", ""],
    ["", "", "", "Thiết kế", "Vận hành"],
]
MERGES = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4))


def about(**says: str) -> About:
    finder = place_finder(load_territory(), date(2024, 12, 31), HAI_PHONG)
    return About(load_indicators(), finder, Says(**({"place": HAI_PHONG, "period": "2024"} | says)))


def read(*rows: list[Value], above: tuple[list[Value], ...] = (), **sheet: object) -> Reading:
    """A sheet of form 2105, its rows under the usual head."""
    grid = [*above, *HEAD, *rows]
    down = len(above)
    merges = tuple((top + down, left, bottom + down, right) for top, left, bottom, right in MERGES)
    one = Sheet("S", grid, merges, **sheet)  # type: ignore[arg-type]
    return read_by(Workbook("xlsx", (one,)), forms()["2105"], about())


def mark_at(reading: Reading, cell: str) -> Mark:
    return next(mark for where, _value, mark in reading.cells() if where == f"S!{cell}")


def code_at(reading: Reading, cell: str) -> str:
    mark = mark_at(reading, cell)
    return mark.problem.code if mark.problem else mark.reason


def amounts(reading: Reading) -> dict[str, Decimal | None]:
    return {one.where.removeprefix("S!"): one.value for one in reading.figures()}


def test_a_row_is_taken_by_the_zone_it_names() -> None:
    reading = read([1.0, "KCN Đình Vũ", "Đang hoạt động", 1000.0, "1.234,5"])
    figures = list(reading.figures())
    assert [(one.where, one.says.place, one.says.indicator, one.value) for one in figures] == [
        ("S!D3", DINH_VU, "wastewater_capacity", Decimal(1000)),
        ("S!E3", DINH_VU, "wastewater_flow", Decimal("1234.5")),
    ]
    assert [one.as_written for one in figures] == ["1.000 m³/ngày đêm", "1.234,5 m³/ngày đêm"]
    assert code_at(reading, "C3") == "register"


def test_a_zone_nobody_knows_is_not_understood_with_all_its_figures() -> None:
    reading = read([1.0, "KCN Ma", "", 1000.0, 5.0])
    assert {code_at(reading, cell) for cell in ("B3", "D3", "E3")} == {"workbook.no_place"}
    assert not amounts(reading)


def test_a_zone_of_another_province_is_not_taken() -> None:
    assert code_at(read([1.0, "KCN Thăng Long", "", 1000.0]), "D3") == "workbook.no_place"


def test_a_row_without_a_name_does_not_lose_its_figures_unseen() -> None:
    assert code_at(read([1.0, "", "", 1000.0]), "D3") == "workbook.row_unnamed"


def test_the_second_row_of_a_zone_is_left_to_a_person() -> None:
    reading = read(["", "KCN Đình Vũ", "", 1.0], ["", "KCN Đình Vũ", "", 2.0])
    assert amounts(reading) == {"D3": Decimal(1)}
    assert code_at(reading, "D4") == "workbook.said_twice"


def test_totals_notes_and_hidden_places_are_left_out_each_for_its_reason() -> None:
    reading = read(
        [1.0, "KCN Đình Vũ", "", 1.0, 2.0],
        [2.0, "KCN Nomura - Hải Phòng", "", 9.0, 9.0],
        ["", "Tổng cộng", "", 1.0],
        ["", "", "", "Người ký", ""],
        hidden_rows=frozenset({3}),
        hidden_columns=frozenset({4}),
    )
    reasons = [code_at(reading, cell) for cell in ("D4", "D5", "D6", "E3")]
    assert reasons == ["hidden_row", "total", "note", "hidden_column"]
    assert amounts(reading) == {"D3": Decimal(1)}


def test_a_dash_is_no_figure_and_dots_say_that_there_is_none() -> None:
    reading = read([1.0, "KCN Đình Vũ", "", "-", "…"])
    assert code_at(reading, "D3") == "no_figure"
    assert [(one.where, one.emptiness) for one in reading.figures()] == [("S!E3", "not_available")]


def test_a_number_in_a_column_nobody_knows_is_not_passed_over() -> None:
    reading = read([1.0, "KCN Đình Vũ", "", 1.0, 2.0, 3.0, "ghi chú"])
    assert code_at(reading, "F3") == "workbook.outside"
    assert code_at(reading, "G3") == "note"


def test_a_number_above_the_table_is_title_only_where_words_introduce_it() -> None:
    reading = read(["", "KCN Đình Vũ", "", 1.0], above=(["Năm", 2024.0, 7.5], ["Tỷ giá:", 24335.0]))
    assert [code_at(reading, cell) for cell in ("B1", "C1", "B2")] == ["title", "workbook.outside", "title"]


def test_two_columns_of_one_name_are_not_understood_unless_one_is_hidden() -> None:
    head: list[list[Value]] = [["Tên KCN", "Công suất thiết kế", "Công suất vận hành", "Công suất vận hành"]]
    rows = [*head, ["KCN Đình Vũ", 1.0, 2.0, 3.0]]
    both = Sheet("S", rows)
    one = Sheet("S", rows, hidden_columns=frozenset({3}))
    mapping = forms()["2105"]
    assert code_at(read_by(Workbook("xlsx", (both,)), mapping, about()), "C2") == "workbook.column_twice"
    assert amounts(read_by(Workbook("xlsx", (one,)), mapping, about())) == {"B2": Decimal(1), "C2": Decimal(2)}


def test_the_unit_that_the_sheet_writes_counts_before_that_of_the_mapping() -> None:
    rows: list[list[Value]] = [["Tên KCN", "Vốn FDI (nghìn USD)", "Vốn đăng ký"], ["KCN Đình Vũ", 5.0]]
    table = {"name": "m", "title_vi": "m", "sheet": [{"name": "m", "column": [
        {"label": "Tên KCN", "role": "place"},
        {"label": "Vốn FDI", "indicator": "capital_infrastructure", "unit": "triệu USD"},
    ]}]}  # fmt: skip
    reading = read_by(Workbook("xlsx", (Sheet("S", rows),)), mapping_of(table), about())
    assert amounts(reading) == {"B2": Decimal(5000)}
    rows[0][1] = "Vốn FDI (tỷ đồng)"
    reading = read_by(Workbook("xlsx", (Sheet("S", rows),)), mapping_of(table), about())
    assert code_at(reading, "B2") == "workbook.unlike_unit"


def test_the_unit_line_above_the_table_counts_where_the_columns_say_none() -> None:
    rows: list[list[Value]] = [["Đơn vị tính: nghìn ha"], ["Tên KCN", "Diện tích thành lập"], ["KCN Đình Vũ", 0.5]]
    table = {"name": "m", "title_vi": "m", "sheet": [{"name": "m", "column": [
        {"label": "Tên KCN", "role": "place"},
        {"label": "Diện tích thành lập", "indicator": "zone_area", "unit": "ha"},
    ]}]}  # fmt: skip
    assert amounts(read_by(Workbook("xlsx", (Sheet("S", rows),)), mapping_of(table), about())) == {"B3": Decimal(500)}


def test_without_a_place_or_a_period_nothing_is_taken() -> None:
    workbook = Workbook("xlsx", (Sheet("S", [*HEAD, ["", "KCN Đình Vũ", "", 1.0]], MERGES),))
    reading = read_by(workbook, forms()["2105"], about(period=""))
    assert code_at(reading, "D3") == "workbook.period_missing"


@pytest.mark.parametrize(("says", "code"), [
    ({"indicator": "no_such", "unit": "ha"}, "workbook.no_indicator"),
    ({"indicator": "zone_area", "unit": "người"}, "measure.unlike_unit"),
    ({"indicator": "zone_area", "unit": "sải"}, "quantity.unit_unknown"),
])  # fmt: skip
def test_a_mapping_that_makes_no_figure_says_so_in_each_cell(says: dict[str, str], code: str) -> None:
    rows: list[list[Value]] = [["Kỳ", "Số"], ["Quý I/2024", 1.0], ["Quý II/2024", "x"]]
    table = {"name": "m", "title_vi": "m", "sheet": [{"name": "m", "column": [
        {"label": "Kỳ", "role": "period"}, {"label": "Số", **says},
    ]}]}  # fmt: skip
    reading = read_by(Workbook("xlsx", (Sheet("S", rows),)), mapping_of(table), about())
    assert {code_at(reading, "B2"), code_at(reading, "B3")} == {code}


def test_rows_may_be_periods() -> None:
    rows: list[list[Value]] = [["Kỳ", "Doanh thu"], ["Quý I/2024", 1.0], ["Năm 2024", 4.0], ["sau này", 5.0]]
    table = {"name": "m", "title_vi": "m", "ownership": "FDI", "sheet": [{"name": "m", "column": [
        {"label": "Kỳ", "role": "period"}, {"label": "Doanh thu", "indicator": "revenue", "unit": "triệu USD"},
    ]}]}  # fmt: skip
    reading = read_by(Workbook("xlsx", (Sheet("S", rows),)), mapping_of(table), about())
    assert [(one.says.period, one.says.ownership) for one in reading.figures()] == [("2024-Q1", "FDI"), ("2024", "FDI")]
    assert code_at(reading, "B4") == "period.unknown"


def test_a_row_that_the_form_does_not_have_is_not_understood() -> None:
    head: list[Value] = ["Chỉ tiêu", "KCN ngoài KKT", "Tổng cộng"]
    rows: list[list[Value]] = [["Đầu tư nước ngoài"], head, ["Doanh thu", 1.0, 2.0], ["Lợi nhuận", 3.0, "-"], ["", 4.0]]
    reading = read_by(Workbook("xlsx", (Sheet("S", rows),)), forms()["2101"], about())
    assert amounts(reading) == {"B3": Decimal(10**6), "C3": Decimal(2 * 10**6)}
    assert [code_at(reading, cell) for cell in ("B4", "C4", "B5")] == [
        "workbook.no_row",
        "no_figure",
        "workbook.no_row",
    ]


def test_sheets_that_nothing_tells_apart_are_left_unread() -> None:
    rows: list[list[Value]] = [["Chỉ tiêu", "KCN ngoài KKT", "Tổng cộng"], ["Doanh thu", 1.0, 2.0]]
    reading = read_by(Workbook("xlsx", (Sheet("S", rows), Sheet("T", rows))), forms()["2101"], about())
    assert code_at(reading, "B2") == "workbook.no_sheet"
    assert reading.counts() == {"taken": 0, "ignored": 8, "unknown": 4}


def test_a_workbook_of_no_form_is_not_recognised() -> None:
    strange = Workbook("xlsx", (Sheet("S", [["Họ tên", "Tuổi"], ["An", 30.0]]), Sheet("T", [])))
    assert not recognised(strange, forms().values())
    assert [one.name for one in recognised(Workbook("xlsx", (Sheet("S", HEAD, MERGES),)), forms().values())] == ["2105"]


@pytest.mark.parametrize(("typed", "mark", "number"), [
    (" 12 ", "auto", "12"), ("1.234,5", "auto", "1234.5"), ("1,234.5", "auto", "1234.5"), ("(3)", "auto", "-3"),
    ("( 1.234,5 )", "auto", "-1234.5"), ("1,234", "dot", "1234"), ("1,234", "comma", "1.234"),
    ("1.234", "auto", "1234"),
    ("62,96 %", "auto", "62.96"), ("'12", "auto", "12"), ("−5", "auto", "-5"), (0.1 + 0.2, "auto", "0.3"),
])  # fmt: skip
def test_a_number_is_read_however_it_is_typed(typed: Value, mark: str, number: str) -> None:
    assert said(typed, mark) == Said(Decimal(number))  # type: ignore[arg-type]


@pytest.mark.parametrize(("typed", "code"), [
    ("1,234", "workbook.ambiguous"), ("1234.567", "workbook.ambiguous"), ("khoảng 5", "workbook.not_a_number"),
    ("#DIV/0!", "workbook.formula_error"), ("12 triệu", "workbook.not_a_number"),
])  # fmt: skip
def test_what_can_be_read_in_two_ways_or_none_is_not_understood(typed: str, code: str) -> None:
    with pytest.raises(Problem) as told:
        said(typed)
    assert told.value.code == code


def test_a_sheet_settles_what_its_marks_mean_only_where_it_does_not_contradict_itself() -> None:
    assert decimal_mark(["1,234", "1,234.5"]) == "dot"
    assert decimal_mark(["1.234", "12,5"]) == "comma"
    assert decimal_mark(["1,234.5", "1.234,5"]) == decimal_mark(["1,234"]) == "auto"


def test_labels_are_one_however_they_are_typed() -> None:
    assert key("II. VỐN  đăng ký, triệu USD") == key("Vốn đăng ký (triệu USD)") == "von dang ky"
    assert key("Trong đó: Nhật Bản, Hàn Quốc") == "nhat ban han quoc"
    assert unit_in("Vốn (ĐVT: tỷ đồng)") == unit_in("Đơn vị tính: tỷ đồng") == unit_in("tỷ đồng")
    assert unit_in("Vốn (đã duyệt)") is None
    assert is_numbering(["A", "B", "(1)", "2", "3=1+2"])
    assert not is_numbering(["5", "7"])


def test_cells_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [address(0, 0), address(11, 2), address(0, 26), address(0, 701)] == ["A1", "C12", "AA1", "ZZ1"]
    assert reference("Biểu số 1", 0, 0) == "'Biểu số 1'!A1"
    assert exact(1e15) == Decimal(10**15)


def test_the_lines_above_a_table_tell_place_and_period() -> None:
    above = (["Ban Quản lý: Khu kinh tế Hải Phòng"], ["Kỳ báo cáo:", "Năm 2024"])
    sheet = Sheet("S", [*above, [], *HEAD], tuple((t + 3, left, b + 3, right) for t, left, b, right in MERGES))
    told = told_above(Workbook("xlsx", (sheet,)), forms()["2105"], load_territory())
    assert (told.place, told.period) == ("board/hai-phong", "2024")
    assert reported_place(load_territory(), told.place, date(2024, 12, 31)) == HAI_PHONG
    assert reported_place(load_territory(), NOMURA, date(2024, 12, 31)) == NOMURA


def test_lines_that_disagree_tell_nothing() -> None:
    sheet = Sheet(
        "S", [["Kỳ báo cáo: năm 2024"], ["Kỳ báo cáo: năm 2023; Ban quản lý: Sao Hỏa"], ["Kỳ: bao giờ"], *HEAD]
    )
    assert told_above(Workbook("xlsx", (sheet,)), forms()["2105"], load_territory()) == Says()


@pytest.mark.parametrize("name", ["2101", "2103", "2104", "2105"])
def test_a_form_goes_through_json_and_back(name: str) -> None:
    form = forms()[name]
    again = mapping_of(as_table(form))
    assert [one.columns for one in again.sheets] == [one.columns for one in form.sheets]
    assert [one.rows for one in again.sheets] == [one.rows for one in form.sheets]
    assert again.says == form.says


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"name": "m", "title_vi": "m", "sheet": [{"name": "s"}]},
        {"name": "m", "title_vi": "m", "sheet": [{"name": "s", "column": [{"label": "a", "role": "king"}]}]},
    ],
)
def test_a_mapping_without_the_shape_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(Problem, match=r"workbook\.mapping_broken"):
        mapping_of(table, where="m")


@pytest.mark.parametrize("form", forms().values(), ids=list(forms()))
def test_every_label_of_a_form_makes_a_figure_of_the_catalogue(form: object) -> None:
    known = load_indicators()
    for sheet in form.sheets:  # type: ignore[attr-defined]
        crossing = [
            row.says.then(column.says) for row in sheet.rows for column in sheet.columns if column.role == "figure"
        ]
        alone = [column.says for column in sheet.columns if column.says.indicator]
        for says in (*crossing, *alone):
            assert says.indicator in known
            assert set(filter(None, [says.ownership and "ownership"])) <= set(known[says.indicator].dimensions)


def test_a_total_that_the_rows_do_not_add_up_to_is_told_roundings_aside() -> None:
    rows: list[list[Value]] = [["", "KCN Đình Vũ", "", 10.0, 1.04], ["", "KCN Nomura - Hải Phòng", "", 20.0, 1.04]]
    right = read(*rows, ["", "Tổng cộng", "", 30.0, 2.1])
    wrong = read(*rows, ["", "Tổng cộng", "", 36.0, 2.1])
    assert mark_at(right, "D5").problem is None
    assert mark_at(right, "E5").problem is None
    told = mark_at(wrong, "D5")
    assert (told.state, told.reason, told.problem and told.problem.params) == (
        "ignored", "total", {"found": Decimal(36), "added": Decimal(30)},
    )  # fmt: skip


def test_a_total_over_rows_that_were_not_all_taken_is_not_held_against_them() -> None:
    reading = read(["", "KCN Đình Vũ", "", 10.0], ["", "KCN Ma", "", 20.0], ["", "Tổng cộng", "", 99.0])
    assert mark_at(reading, "D5").problem is None
    empty = read(["", "KCN Đình Vũ", "", "chưa có số", "-"], ["", "Tổng cộng", "", 99.0, 9.0])
    assert [mark_at(empty, cell).problem for cell in ("D4", "E4")] == [None, None]
    words = read(["", "KCN Đình Vũ", "", 1.0, 1.0], ["", "Tổng cộng", "", "chín", "-"])
    assert [code_at(words, cell) for cell in ("D4", "E4")] == ["total", "total"]
    two = read(["", "KCN Đình Vũ", "", 10.0], ["", "Cộng", "", 99.0], ["", "Tổng cộng", "", 99.0])
    assert mark_at(two, "D5").problem is None


@pytest.mark.parametrize(("above", "below", "maturity"), [
    ("Số liệu ước thực hiện năm 2024", "", "estimate"), ("", "Ghi chú: số liệu ước", "estimate"),
    ("", "Số liệu sơ bộ", "preliminary"), ("Biểu 2105", "Người ký", ""),
])  # fmt: skip
def test_a_workbook_that_calls_its_figures_early_is_believed(above: str, below: str, maturity: str) -> None:
    rows: list[list[Value]] = [[above], *HEAD, ["", "KCN Đình Vũ", "", 1.0], [], [below]]
    merges = tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in MERGES)
    told = told_above(Workbook("xlsx", (Sheet("S", rows, merges),)), forms()["2105"], load_territory())
    assert told.maturity == maturity
