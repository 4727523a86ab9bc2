"""Figures of documents: tables are read by their header paths, and every figure stands on its cell."""

from __future__ import annotations

import io
from decimal import Decimal

import docx

from sokhu.core.narrative import Figure
from sokhu.documents import extract
from sokhu.documents.figures import read_extracted

HEAD = [
    ["Chỉ tiêu", "FDI", "FDI", "DDI", "DDI"],
    ["Chỉ tiêu", "Số dự án", "Vốn (triệu USD)", "Số dự án", "Vốn (tỷ đồng)"],
]
BODY = [["Cấp mới trong năm", "12", "145,6", "8", "1.230,5"], ["Còn hiệu lực", "118", "1.560,3", "96", "41.605"]]


def a_report() -> bytes:
    document = docx.Document()
    document.add_paragraph("Báo cáo thu hút đầu tư năm 2022 của các KCN tỉnh Nam Định")
    document.add_paragraph("Số liệu tính đến ngày 31/12/2022.")
    table = document.add_table(rows=4, cols=5)
    for row, cells in enumerate([*HEAD, *BODY]):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    for first, last in (((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 0), (1, 0))):
        words = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = words
    document.add_paragraph("Trong năm có 3 dự án FDI chấm dứt hoạt động.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def figures() -> tuple[str, list[Figure]]:
    extracted = extract(a_report(), "nam-dinh-2022.docx")
    return extracted.text, read_extracted(extracted, article="nam-dinh-2022")


def test_a_table_with_headers_over_each_other_gives_every_cell_its_owner_unit_and_indicator() -> None:
    _text, found = figures()
    told = [(one.indicator, one.ownership, one.value, one.unit) for one in found[:8]]
    assert told == [
        ("projects_new", "FDI", Decimal(12), "projects"),
        ("capital_new", "FDI", Decimal(145_600_000), "USD"),
        ("projects_new", "DDI", Decimal(8), "projects"),
        ("capital_new", "DDI", Decimal(1_230_500_000_000), "VND"),
        ("projects_valid", "FDI", Decimal(118), "projects"),
        ("capital_registered_total", "FDI", Decimal(1_560_300_000), "USD"),
        ("projects_valid", "DDI", Decimal(96), "projects"),
        ("capital_registered_total", "DDI", Decimal(41_605_000_000_000), "VND"),
    ]


def test_the_text_before_a_table_gives_its_figures_their_place_and_period() -> None:
    _text, found = figures()
    assert {one.scope for one in found} == {"Nam Định"}
    assert [one.period for one in found[:8]] == ["2022"] * 4 + ["2022-12-31"] * 4


def test_every_figure_stands_on_its_own_cell_or_words() -> None:
    text, found = figures()
    assert [text[one.start : one.end] for one in found] == [one.quote for one in found]
    assert [one.quote for one in found[:8]] == ["12", "145,6", "8", "1.230,5", "118", "1.560,3", "96", "41.605"]
    assert found[8].quote == "3 dự án"
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_unit_column_gives_its_rows_their_unit_and_year_headers_their_period() -> None:
    document = docx.Document()
    document.add_paragraph("Thu hút đầu tư các KCN tỉnh Hải Dương")
    rows = [
        ["Chỉ tiêu", "Đơn vị", "Năm 2022", "Năm 2022", "Năm 2023", "Năm 2023"],
        ["Chỉ tiêu", "Đơn vị", "FDI", "DDI", "FDI", "DDI"],
        ["Vốn đăng ký cấp mới", "triệu USD", "1.200,5", "300", "1.311,2", "320,7"],
    ]
    table = document.add_table(rows=3, cols=6)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    for first, last in (((0, 2), (0, 3)), ((0, 4), (0, 5)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
        words = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = words
    buffer = io.BytesIO()
    document.save(buffer)
    found = read_extracted(extract(buffer.getvalue(), "hai-duong.docx"))
    assert [(one.indicator, one.ownership, one.period, one.value) for one in found] == [
        ("capital_new", "FDI", "2022", Decimal(1_200_500_000)),
        ("capital_new", "DDI", "2022", Decimal(300_000_000)),
        ("capital_new", "FDI", "2023", Decimal(1_311_200_000)),
        ("capital_new", "DDI", "2023", Decimal(320_700_000)),
    ]
