"""Grids: heads, paths of names, titles inside a table, rows and columns without a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.samples import assert_positions_hold
from sokhu.documents import Limits, Table
from sokhu.documents.tables import SpannedCell, grid_of, header_paths, header_rows, is_caption, is_numbering_row, placed
from sokhu.documents.writing import Writer


def written(*rows: str, head: int = 0) -> Table:
    """Rows as "a | b"; "<2" after a text is its width, "^2" its height."""
    spanned = [[cell(text.strip()) for text in row.split("|")] for row in rows]
    writer = Writer(Limits())
    writer.table(grid_of(placed(spanned, 10_000)[0], head))
    extracted = writer.finished("html", "x")
    assert_positions_hold(extracted)
    table = extracted.blocks[0].table
    assert table is not None
    return table


def cell(text: str) -> SpannedCell:
    text, _, width = text.partition("<")
    text, _, height = text.partition("^")
    return SpannedCell(text, int(height or 1), int(width or 1))


def test_a_row_of_names_over_figures_is_the_head() -> None:
    table = written("Khu | Vốn", "Gò Sỏi | 12,5")
    assert (table.header_rows, table.header_paths) == (1, ("Khu", "Vốn"))


def test_years_are_names_of_columns() -> None:
    assert written("Khu | 2023 | 2024", "Gò Sỏi | 12,5 | 14").header_paths == ("Khu", "2023", "2024")


def test_a_table_that_begins_with_figures_has_no_head() -> None:
    table = written("Gò Sỏi | 12,5", "Hòn Ngọc | 7")
    assert (table.header_rows, table.header_paths) == (0, ("", ""))


def test_the_row_that_numbers_the_columns_belongs_to_the_head_and_to_no_path() -> None:
    table = written("STT | Khu | Vốn | Lao động", "A | B | 1 | 2", "1 | Gò Sỏi | 12,5 | 30")
    assert (table.header_rows, table.header_paths) == (2, ("STT", "Khu", "Vốn", "Lao động"))


def test_a_title_over_the_whole_width_is_caption_and_not_path() -> None:
    table = written("Biểu 01. Vốn đăng ký<3", "Đơn vị tính: tỷ đồng<3", "Khu | FDI | Trong nước", "Gò Sỏi | 12,5 | 3")
    assert table.caption == "Biểu 01. Vốn đăng ký Đơn vị tính: tỷ đồng"
    assert (table.header_rows, table.header_paths) == (3, ("Khu", "FDI", "Trong nước"))


def test_three_levels_of_names_make_one_path() -> None:
    table = written("Khu^3 | Vốn<3", "FDI<2 | Trong nước^2", "Cấp mới | Tăng", "Gò Sỏi | 1,5 | 2,5 | 7")
    assert table.header_paths == ("Khu", "Vốn / FDI / Cấp mới", "Vốn / FDI / Tăng", "Vốn / Trong nước")


def test_a_section_row_inside_the_body_is_not_head() -> None:
    assert written("Khu | Vốn", "I. Khu kinh tế<2", "Gò Sỏi | 12,5").header_rows == 1


def test_a_first_column_merged_downwards_is_filled() -> None:
    table = written("Tỉnh | Khu | Vốn", "Sông Xanh^2 | Gò Sỏi | 12,5", "Hòn Ngọc | 7")
    assert [row[0] for row in table.rows] == ["Tỉnh", "Sông Xanh", "Sông Xanh"]
    assert table.header_rows == 1


def test_a_declared_head_is_believed() -> None:
    assert written("Khu | 12", "Gò Sỏi | 15", head=1).header_paths == ("Khu", "12")


def test_rows_and_columns_without_a_letter_are_left_out() -> None:
    assert written("Khu | | Vốn", " | | ", "Gò Sỏi | | 5").rows == (("Khu", "Vốn"), ("Gò Sỏi", "5"))


def test_a_table_that_goes_on_takes_the_names_of_the_page_before() -> None:
    writer = Writer(Limits())
    first = writer.table(grid_of(placed([[cell("Khu"), cell("Vốn")], [cell("Gò Sỏi"), cell("5")]], 99)[0]))
    second = writer.table(grid_of(placed([[cell("Hòn Ngọc"), cell("7")]], 99)[0]), follows=first)
    assert second is not None
    assert (second.header_rows, second.header_paths) == (0, ("Khu", "Vốn"))


def test_cells_beyond_the_limit_are_cut_with_a_warning() -> None:
    writer = Writer(Limits(cells=10))
    table = writer.table(grid_of(placed([[cell("Khu"), cell(str(i))] for i in range(20)], 99)[0]))
    assert table is not None
    assert len(table.rows) == 5
    assert [(warning.code, warning.params) for warning in writer.warnings] == [
        ("document.table_cut", {"found": 20, "kept": 5})
    ]


@pytest.mark.parametrize(
    ("cells", "is_numbering"),
    [
        (["A", "B", "1", "2", "3=1+2"], True),
        (["(1)", "(2)", "(3)"], True),
        (["1", "Gò Sỏi", "2"], False),
        (["5", "7", "9"], False),
        (["A", "B"], False),
    ],
)
def test_numbering_rows_are_known(cells: list[str], is_numbering: bool) -> None:
    assert is_numbering_row(cells) is is_numbering


@pytest.mark.parametrize(
    "text", ["Bảng 1. Vốn", "BIỂU SỐ 02: Lao động", "Phụ lục III", "Đơn vị tính: ha", "(ĐVT: triệu USD)"]
)
def test_lines_that_name_a_table_are_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize(
    "text", ["Bảng tin của Ban", "Biểu dương các đơn vị", "Đơn vị đạt kết quả tốt", "Table tennis"]
)
def test_other_lines_are_not(text: str) -> None:
    assert not is_caption(text)


SPANNED = st.builds(
    SpannedCell, st.sampled_from(["", "Vốn", "12,5", "2024", "1", "A"]), st.integers(1, 4), st.integers(1, 4)
)


@given(st.lists(st.lists(SPANNED, max_size=5), max_size=6), st.integers(0, 3))
def test_any_grid_has_a_head_inside_it_and_a_path_for_each_column(rows: list[list[SpannedCell]], head: int) -> None:
    grid = grid_of(placed(rows, 1000)[0], head)
    found = header_rows(grid)
    assert 0 <= found <= max(grid.height - 1, 0)
    assert len(header_paths(grid, found)) == grid.width
