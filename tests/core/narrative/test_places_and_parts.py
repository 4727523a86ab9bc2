"""Places that only seem to be the figures', parts of what was told before, and what stays below certain."""

from __future__ import annotations

import pytest

from sokhu.core.narrative import read
from sokhu.core.narrative.figure import CERTAIN

NATIONAL = (
    "Theo Tổng cục Thống kê, 5 tháng năm 2018 có 1.312 dự án FDI mới được cấp giấy chứng nhận đầu tư, vốn đăng ký "
    "5,9 tỷ USD, tăng 4% so với cùng kỳ năm trước. Các ngành chế biến, chế tạo đều khá. "
    "Nhà máy điện ở Bạc Liêu sắp khởi công."
)


def test_a_province_within_the_name_of_a_company_is_no_place_of_figures() -> None:
    (revenue,) = read("Năm 2021, doanh thu của Công ty TNHH Kim Sa Hà Nội đạt 21 triệu USD.")
    assert revenue.scope is None


def test_national_figures_are_the_countrys_although_a_province_is_named_in_passing() -> None:
    assert {figure.scope for figure in read(NATIONAL)} == {"Việt Nam"}


def test_nothing_is_certain_of_a_place_that_the_text_names_once_in_passing() -> None:
    text = (
        "Quý I/2021, khu công nghiệp thu hút 12 dự án FDI mới. " + "Mọi việc đều thuận lợi. " * 12 + "Đây là ở Hà Nam."
    )
    (figure,) = read(text)
    assert figure.scope == "Hà Nam"
    assert "place: named in passing only" in figure.doubts
    assert figure.confidence < CERTAIN


def test_a_comparison_that_no_figure_hosts_is_never_certain() -> None:
    (growth,) = read("Năm 2021, xuất khẩu của các KCN tỉnh Hà Nam tăng 12% so với năm 2020.")
    assert growth.indicator == "growth_rate"
    assert "topic: a comparison of no figure" in growth.doubts
    assert growth.confidence < CERTAIN


def test_a_board_followed_by_a_persons_name_still_names_its_province() -> None:
    (figure,) = read("Trưởng Ban quản lý Khu kinh tế Phú Yên Lê Văn Sáng cho biết, năm 2011 cấp mới 7 dự án.")
    assert figure.scope == "Phú Yên"


def test_the_zone_right_behind_the_figure_is_its_place() -> None:
    first, second = read(
        "Năm 2018, dự án A vốn 60 triệu USD tại KCN Yên Phong; dự án B vốn 20 triệu USD tại KCN Bảo Minh."
    )
    assert (first.scope, second.scope) == ("KCN Yên Phong", "KCN Bảo Minh")


def test_land_let_of_all_the_land_is_a_pair_although_each_has_its_unit() -> None:
    let, whole, full = read("KCN Hòa Hiệp 1 đã cho thuê 49,2 ha/61,6 ha (đạt 79,9%).")
    assert (let.indicator, whole.indicator, full.indicator) == ("land_leased", "industrial_land_area", "occupancy_rate")


def test_a_count_said_again_is_a_repeat_and_hands_its_topic_on() -> None:
    first, again, money = read("Năm 2023, tỉnh Hà Tĩnh cấp mới 3 dự án. Tổng vốn của 3 dự án này là 118 triệu USD.")
    assert (first.indicator, again.indicator, money.indicator) == ("projects_new", "projects_new", "capital_new")
    assert again.status == "repeat"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Năm 2022, Cần Thơ có 41 dự án cấp mới, 17 dự án tăng vốn, tổng vốn 312 triệu USD.", "capital_new_and_added"),
        (
            "Đến nay KCN A có 12 dự án FDI, vốn thực hiện 9 triệu USD và 4 dự án DDI với vốn 7 triệu USD.",
            "capital_registered_total",
        ),
        ("Năm 2016, vốn cấp mới (76 dự án) và tăng thêm của Hà Nam đạt 215 triệu USD.", "capital_new_and_added"),
        ("Quý I/2023, Nam Định có 75 doanh nghiệp giải thể.", None),
    ],
)
def test_money_and_counts_take_the_meaning_of_what_they_belong_to(text: str, indicator: str | None) -> None:
    assert read(text)[-1].indicator == indicator


def test_a_plan_goes_on_over_a_full_stop_until_something_was_done() -> None:
    plan, growth, done = read(
        "Năm 2020, tỉnh Bạc Liêu phấn đấu thu hút 1.800 tỷ đồng vào các KCN. Xuất khẩu tăng 12%. Năm 2019, tỉnh đã "
        "thu hút 900 tỷ đồng."
    )
    assert [(f.status, f.period) for f in (plan, growth, done)] == [
        ("target", "2020"),
        ("target", "2020"),
        ("fact", "2019"),
    ]


def test_the_day_of_a_page_long_after_a_plan_is_not_the_day_of_the_text() -> None:
    stock, *_ = read(
        "Chủ nhật, 14/05/2023\n\nKKT Vân Phong hiện có 96 dự án. Năm 2012, KKT Vân Phong phấn đấu thu hút 8 dự án mới."
    )
    assert stock.period is None
