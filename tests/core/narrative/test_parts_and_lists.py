"""Pairs, parts and lists: what a figure takes over from the count, item or bracket it belongs to.

The sentences are ours; provinces are real, figures are not.
"""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.narrative import Figure, read

DAY = date(2023, 11, 20)
MILLION, BILLION = 1_000_000, 1_000_000_000


def figures(text: str) -> list[Figure]:
    return read(text, dateline=DAY)


def said(text: str, *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(figure, name) for name in names) for figure in figures(text)]


def test_a_pair_whose_part_is_more_than_its_whole_is_read_and_never_certain() -> None:
    pair = figures("Có 48/26 TTHC được làm trực tuyến.")
    assert [figure.value for figure in pair] == [48, 26]
    assert all(figure.confidence < 0.96 for figure in pair)


def test_a_day_and_its_month_are_no_pair() -> None:
    assert [figure.value for figure in figures("Sau lễ 30/9 dự án có thêm 40 lao động.")] == [40]


def test_what_follows_a_bracket_behind_and_is_not_said_of_the_count_before_it() -> None:
    text = "Tháng 10, Ban cấp mới 9 dự án FDI (với số vốn 61 triệu USD) và cấp điều chỉnh cho 14 lượt dự án FDI."
    assert said(text, "value", "indicator") == [
        (9, "projects_new"),
        (61 * MILLION, "capital_new"),
        (14, "projects_adjusted"),
    ]


def test_projects_of_so_many_investors_have_the_owner_of_the_investors() -> None:
    text = "Đến nay có 91 dự án, gồm 35 dự án của 31 nhà đầu tư nước ngoài, 56 dự án của 49 doanh nghiệp trong nước."
    assert said(text, "value", "ownership")[1:3] == [(35, "FDI"), (56, "DDI")]


def test_projects_with_capital_from_a_country_are_foreign_and_share_in_the_new_capital() -> None:
    text = "Năm 2023 có 7 dự án có vốn đầu tư từ Hàn Quốc (52 triệu USD) chiếm 18% tổng vốn đăng ký cấp mới."
    assert said(text, "value", "indicator", "ownership")[:2] == [
        (7, "projects_new", "FDI"),
        (52 * MILLION, "capital_new", "FDI"),
    ]


def test_what_was_drawn_up_to_a_day_with_new_projects_as_its_part_came_in_this_year() -> None:
    text = "Tính đến ngày 15/11/2023, các KCN Hà Nam đã thu hút 410 triệu USD, trong đó có 21 dự án mới, vốn 290 triệu."
    assert said(text, "value", "indicator", "period")[0] == (
        410 * MILLION,
        "capital_new_and_added",
        "2023-01..2023-11",
    )


def test_secondary_projects_are_no_works_of_a_zone() -> None:
    text = "Đến nay, các KCN đã thu hút 2 dự án đầu tư hạ tầng và 118 dự án thứ cấp với tổng vốn 9.400 tỷ đồng."
    assert said(text, "value", "indicator") == [
        (2, "projects_infrastructure"),
        (118, "projects_valid"),
        (9_400 * BILLION, "capital_registered_total"),
    ]


def test_an_item_marked_with_a_plus_goes_on_with_the_count_of_the_item_above() -> None:
    text = (
        "Đến nay, tình hình các dự án như sau:\n\n- Dự án đang hoạt động: 44 dự án.\n\n"
        "+ Trong KCN: 30 dự án.\n\n+ Ngoài KCN: 14 dự án.\n"
    )
    assert said(text, "value", "indicator") == [(n, "projects_operating") for n in (44, 30, 14)]


def test_a_count_said_before_in_that_is_not_taken_for_that_count() -> None:
    text = "Ban cấp mới 6 dự án FDI; cấp điều chỉnh cho 6 dự án, trong đó có 2 dự án tăng vốn."
    assert said(text, "value", "indicator")[1] == (6, "projects_adjusted")


def test_land_let_beside_new_projects_of_a_window_is_of_the_window() -> None:
    text = "Từ đầu năm đến ngày 15/9/2023, Ban cấp mới 8 dự án, vốn 75 triệu USD, tổng diện tích đất cho thuê là 21 ha."
    assert said(text, "indicator", "period", "asof")[-1] == ("land_leased", "2023-01..2023-09", False)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("giá trị sản xuất công nghiệp đạt 1 triệu 130 nghìn tỷ đồng", 1_130_000 * BILLION),
        ("cấp mới 3 dự án vốn đăng ký một triệu USD", MILLION),
    ],
)
def test_sums_in_words_and_in_two_parts_are_whole(words: str, value: int) -> None:
    assert figures(f"Năm 2022, {words}.")[-1].value == value


def test_a_country_of_one_syllable_is_none_inside_another_word() -> None:
    text = "Ban điều chỉnh người đại diện theo pháp luật của dự án công ty A, tổng vốn điều chỉnh giảm 3 triệu USD."
    assert said(text, "ownership") == [(None,)]


def test_a_board_of_an_unnamed_province_is_not_the_country() -> None:
    text = "8 tháng năm 2022, các KCN trên địa bàn tỉnh thu hút 11 dự án FDI mới.\n\nCông ty TNHH Sao Kim Việt Nam\n"
    assert said(text, "scope") == [(None,)]


def test_projects_that_are_foreign_capital_are_foreign() -> None:
    text = "Từ đầu năm đến nay cấp phép 9 dự án, có 6 dự án là vốn đầu tư nước ngoài và 3 dự án trong nước."
    assert said(text, "value", "ownership")[1:] == [(6, "FDI"), (3, "DDI")]


def test_the_first_of_a_list_of_examples_is_one_project() -> None:
    text = "Tiêu biểu như dự án Nhà máy giấy Sao Kim tại KCN Bảo Minh có tổng vốn 85 triệu USD."
    assert said(text, "indicator") == [("capital_new",)]


def test_projects_that_stand_still_have_no_indicator() -> None:
    text = "Đến nay có 40 dự án, trong đó 33 dự án đang hoạt động, 7 dự án ngừng hoạt động."
    assert said(text, "value", "indicator")[-1] == (7, None)


def test_projects_had_in_a_window_came_in() -> None:
    assert said("Sáu tháng đầu năm 2023, đã có 7 dự án đăng ký đầu tư.", "indicator", "period") == [
        ("projects_attracted", "2023-H1")
    ]


def test_how_the_second_kind_of_zones_stands_holds_for_both() -> None:
    text = "Cả nước có 214 khu công nghiệp và 12 khu kinh tế đã được thành lập."
    assert said(text, "indicator") == [("zones_established",)] * 2


def test_one_project_at_the_end_of_a_list_by_country_counts() -> None:
    text = "Quý I có ba dự án FDI mới, gồm hai dự án từ Nhật Bản và một dự án từ Hàn Quốc."
    assert [figure.value for figure in figures(text)] == [3, 2, 1]


def test_the_project_of_an_investor_just_named_is_his_and_its_money_told_twice_is_the_same() -> None:
    text = (
        "Dự án Nhà máy Sao Mai do Công ty Sao Mai Vina thuộc Tập đoàn Haneul (Hàn Quốc) làm chủ đầu tư."
        " Dự án có tổng vốn đăng ký đầu tư 150 triệu USD, tương đương hơn 3.700 tỷ đồng."
    )
    assert said(text, "ownership", "indicator") == [("FDI", "capital_new")] * 2


def test_what_was_paid_in_of_what_is_registered_is_a_rate_of_disbursement() -> None:
    text = "Vốn đầu tư đã thực hiện của các dự án hạ tầng 2,1 tỷ USD, bằng khoảng 44% tổng vốn đầu tư đã đăng ký."
    assert said(text, "indicator")[1] == ("disbursement_rate",)


def test_the_works_of_a_project_in_a_zone_are_not_the_works_of_the_zone() -> None:
    text = (
        "Dự án LH Panel của Tập đoàn LH (Hàn Quốc) tại KCN Tràng Duệ có quy mô 38 ha và tổng vốn đầu tư 900 triệu USD."
    )
    assert said(text, "indicator")[-1] != ("capital_infrastructure",)


def test_workers_attracted_on_top_are_jobs_created() -> None:
    assert said("Từ đầu năm đến nay, các KCN đã thu hút thêm 18.000 lao động.", "indicator") == [("jobs_created",)]


def test_two_kinds_of_zones_counted_together_are_one_count() -> None:
    text = "Thành phố có 61 KCX, KCN đã thành lập."
    assert said(text, "value", "indicator") == [(61, "zones_established")]


def test_new_projects_and_raised_ones_told_as_one_sum_are_both() -> None:
    text = "Năm 2022, tổng vốn đăng ký của các dự án thành lập mới và dự án bổ sung tăng vốn đạt 930 triệu USD."
    assert said(text, "indicator") == [("capital_new_and_added",)]
