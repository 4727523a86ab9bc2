"""Numbers with a unit that count nothing that happened, each beside a like one that does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.narrative import read


def values(text: str) -> list[Decimal]:
    return [figure.value for figure in read(text, dateline=date(2024, 12, 20))]


@pytest.mark.parametrize(
    ("no_figure", "figure", "value"),
    [
        ("Năm 2024, các KCN thu hút bình quân 1 dự án.", "Năm 2024, các KCN thu hút 12 dự án.", 12),
        ("Năm 2024, bình quân 1 ha đất thu hút đầu tư.", "Năm 2024, các KCN cho thuê 35 ha đất công nghiệp.", 35),
        ("Năm 2024, tỉnh đứng trong top 10 dự án.", "Năm 2024, các KCN thu hút 10 dự án.", 10),
        ("Giai đoạn 2025 dự án.", "Năm 2024, các KCN thu hút 2.025 dự án.", 2025),
        ("Năm 2024, đây là lần thứ 3 dự án.", "Năm 2024, cấp mới 3 dự án.", 3),
        ("Năm 2024, tỉnh thuộc top ba dự án.", "Năm 2024, cấp mới ba dự án.", 3),
        ("Năm 2024, là một trong ba dự án lớn.", "Năm 2024, trong ba dự án cấp mới.", 3),
    ],
)
def test_ranks_years_and_shares_of_one_are_no_figures(no_figure: str, figure: str, value: int) -> None:
    assert values(no_figure) == []
    assert values(figure) == [value]


@pytest.mark.parametrize(
    ("no_figure", "figure", "value"),
    [
        ("Năm 2024, KCN cách sân bay 30 km.", "Năm 2024, xây dựng tuyến đường dài 12 km.", 12),
        ("Năm 2024, KCN nằm 30 km về phía Bắc.", "Năm 2024, làm xong 30 km đường.", 30),
        ("Năm 2024, phục vụ 2 triệu lượt khách.", "Năm 2024, điều chỉnh 12 lượt dự án.", 12),
        ("Năm 2024, gặp gỡ 11 tỉnh, thành phố trong Khối.", "Năm 2024, các KCN nằm ở 11 tỉnh.", 11),
        ("Năm 2024, xử lý 20 nước thải.", "Năm 2024, thu hút dự án từ 20 nước và vùng lãnh thổ.", 20),
        ("Năm 2024, lần 3.", "Năm 2024, doanh thu gấp 3 lần.", 3),
    ],
)
def test_distances_visitors_and_whose_figures_they_are_count_nothing(no_figure: str, figure: str, value: int) -> None:
    assert values(no_figure) == []
    assert values(figure) == [value]
