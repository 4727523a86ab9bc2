"""A text that names one owner only is on this owner, from its first figure to its last."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.narrative import read

DAY = date(2024, 7, 15)


def owners(text: str) -> list[str | None]:
    return [figure.ownership for figure in read(text, dateline=DAY)]


def test_what_is_counted_after_foreign_investment_is_foreign_where_no_other_owner_is_named() -> None:
    text = (
        "Thu hút FDI vào tỉnh khởi sắc\n\n6 tháng đầu năm 2024, tỉnh cấp mới 18 dự án FDI với vốn 210 triệu USD.\n\n"
        "Bên cạnh đó, tỉnh điều chỉnh tăng vốn cho 9 dự án với 64 triệu USD; thu hồi 2 dự án."
    )
    assert owners(text) == ["FDI"] * 5


def test_a_text_on_domestic_investment_counts_in_dong_and_is_domestic_throughout() -> None:
    text = (
        "Vốn trong nước vào các KCN tăng mạnh\n\nQuý II/2024, tỉnh cấp mới 7 dự án trong nước, vốn 1.150 tỷ đồng.\n\n"
        "Ngoài ra, tỉnh điều chỉnh cho 3 dự án, vốn tăng thêm 420 tỷ đồng."
    )
    assert owners(text) == ["DDI"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, tỉnh thu hút 70 dự án, trong đó có 12 dự án FDI. Hiện 41 dự án đã hoạt động; vốn FDI tăng.",
        "Năm 2023, cấp mới 12 dự án FDI. Vốn trong nước cũng khá. Ngoài ra có 41 dự án điều chỉnh tăng vốn.",
        "Năm 2023, các doanh nghiệp FDI thu hút FDI tốt, cấp mới 12 dự án FDI. Doanh thu đạt 900 triệu USD.",
    ],
)
def test_a_part_told_apart_another_owner_or_what_is_no_investment_keeps_the_rest_without_owner(text: str) -> None:
    assert owners(text)[-1] is None


def test_shares_are_bought_by_foreign_investors_whoever_else_is_named() -> None:
    text = (
        "Tháng 6/2024, cấp mới 5 dự án trong nước, vốn 300 tỷ đồng. "
        "Cùng với đó có 14 lượt góp vốn, mua cổ phần trị giá 11 triệu USD."
    )
    assert owners(text) == ["DDI", "DDI", "FDI", "FDI"]


def test_the_domestic_company_in_which_shares_are_bought_is_no_domestic_investor() -> None:
    text = "Tháng 6/2024, vốn FDI qua mua cổ phần, phần vốn góp của doanh nghiệp trong nước đạt 95 triệu USD."
    assert owners(text) == ["FDI"]


def test_a_standing_total_in_a_text_on_domestic_investment_is_of_all_owners() -> None:
    text = (
        "Vốn trong nước tăng mạnh\n\nNăm 2023, các KCN thu hút 3.900 tỷ đồng vốn trong nước. Cấp mới 6 dự án.\n\n"
        "Đến nay, các KCN có 350 dự án, tổng vốn 6,5 tỷ USD."
    )
    assert owners(text) == ["DDI", "DDI", None, None]


def test_a_title_alone_makes_no_owner_where_no_figure_was_said_to_be_of_one() -> None:
    text = (
        "Kỳ vọng từ dòng vốn FDI\n\nNhiều dự án FDI sắp triển khai.\n\n"
        "Năm 2024, tỉnh thu hút 26 dự án ngoài ngân sách, vốn 50.600 tỷ đồng."
    )
    assert owners(text) == [None, None]
