"""What a figure is of where the words right before it do not say so. The sentences are ours, figures are not real."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.narrative import read

BILLION = 1_000_000_000


def said(text: str) -> list[tuple[Decimal, str, str | None]]:
    return [(one.value, one.unit, one.indicator) for one in read(text, dateline=date(2024, 12, 20))]


@pytest.mark.parametrize(
    ("text", "value", "unit", "indicator"),
    [
        ("Doanh thu của khối FDI tăng 17%. Riêng năm 2023 đạt 10.100 tỷ đồng.", 10_100 * BILLION, "VND", "revenue"),
        (
            "KCN Hòa Tâm có quy mô 490 ha. Tổng vốn đầu tư 4.200 tỷ đồng.", 4_200 * BILLION, "VND",
            "capital_infrastructure",
        ),
        ("Năm 2024, có 3 dự án hạ tầng và 325 dự án thứ cấp.", 325, "projects", "projects_attracted"),
        ("Năm 2024, Ban làm việc với 110 lượt nhà đầu tư.", 110, "meetings", "investor_meetings"),
        ("Thu nhập bình quân đạt 9.500.000 đồng.", 9_500_000, "VND/person/month", "avg_income"),
        ("Năm 2024, cấp 12 giấy chứng nhận đăng ký đầu tư.", 12, "projects", "projects_new"),
        ("Đã xây dựng nhà xưởng và đi vào hoạt động 12 dự án.", 12, "projects", "projects_operating"),
        ("12 dự án đã được cấp giấy chứng nhận và đang xây dựng.", 12, "projects", "projects_under_construction"),
        (
            "Năm 2024, điều chỉnh tăng tổng mức đầu tư lên 1,6 tỷ USD.", 1_600_000_000, "USD",
            "capital_registered_total",
        ),
        (
            "Năm 2024, 100 dự án cấp mới, 32 dự án điều chỉnh và 91 lượt góp vốn với tổng số vốn 964 triệu USD.",
            964_000_000, "USD", "capital_new_and_added",
        ),
    ],
)  # fmt: skip
def test_the_last_figure_is_of_what_the_sentence_speaks_of(text: str, value: int, unit: str, indicator: str) -> None:
    assert said(text)[-1] == (value, unit, indicator)


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("Năm 2024, doanh thu gấp 1,6 cùng kỳ.", ["1.6"], "times"),
        ("Năm 2024, xuất khẩu tăng gấp 3 lần và 4 lần.", ["3", "4"], "times"),
        ("Năm 2024, cho thuê 1 nghìn 200 ha đất công nghiệp.", ["1200"], "ha"),
        ("Năm 2024, tổng vốn đăng ký đạt 1 triệu 245 nghìn tỷ đồng.", ["1245000000000000"], "VND"),
        ("Năm 2024, doanh thu đạt 5 tỷ 340 triệu USD.", ["5340000000"], "USD"),
        ("Năm 2024, vốn cấp mới tăng từ 3 lên 5 tỷ USD.", ["3000000000", "5000000000"], "USD"),
        ("Năm 2024, USD 22.5 triệu vốn cấp mới.", ["22500000"], "USD"),
        ("Năm 2024, giá thuê đất tăng 12.345%.", ["12.345"], "percent"),
    ],
)
def test_a_number_in_several_pieces_is_one_amount_in_its_unit(text: str, values: list[str], unit: str) -> None:
    assert [one[:2] for one in said(text)] == [(Decimal(value), unit) for value in values]
