"""Whose a figure is and what it is about, where several owners or several topics stand in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.narrative import read

DAY = date(2024, 7, 15)


def said(text: str, *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(figure, name) for name in names) for figure in read(text, dateline=DAY)]


def owners(text: str) -> list[str | None]:
    return [figure.ownership for figure in read(text, dateline=DAY)]


def indicators(text: str) -> list[str | None]:
    return [figure.indicator for figure in read(text, dateline=DAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trong tháng 6, tỉnh cấp mới ba dự án FDI và một dự án trong nước.", ["FDI", "DDI"]),
        ("Quý II, Ban cấp mới bốn dự án trong nước và một dự án vốn nước ngoài.", ["DDI", "FDI"]),
        ("Quý II, Ban cấp mới sáu dự án FDI và năm dự án của nhà đầu tư trong nước.", ["FDI", "DDI"]),
        ("Quý II, Ban cấp mới mười sáu dự án FDI và hai mươi mốt dự án DDI.", ["FDI", "DDI"]),
        ("Quý II, Ban thu hồi một dự án FDI và hai dự án trong nước.", ["FDI", "DDI"]),
        ("Quý II, Ban tiếp ba dự án của nhà đầu tư FDI và nhà đầu tư trong nước.", [None]),
    ],
)
def test_counts_in_words_have_each_the_owner_that_stands_behind_it(text: str, expected: list[str | None]) -> None:
    assert owners(text) == expected


def test_one_pair_of_currencies_after_both_owners_is_of_neither() -> None:
    text = "Các KCN có 24 dự án FDI và 11 dự án DDI, tổng vốn đăng ký 310 triệu USD và 2.150 tỷ đồng."
    assert owners(text) == ["FDI", "DDI", None, None]


def test_an_owner_said_behind_a_count_ends_with_the_clause() -> None:
    text = "Tháng 5/2024 cấp mới cho 6 dự án FDI, vốn 41 triệu USD; điều chỉnh cho 12 dự án."
    assert owners(text) == ["FDI", "FDI", None]


def test_enterprises_of_one_owner_rule_their_sentence_to_its_end() -> None:
    text = "Các doanh nghiệp FDI đạt doanh thu 910 triệu USD; xuất khẩu 640 triệu USD; nộp ngân sách 380 tỷ đồng."
    assert owners(text) == ["FDI", "FDI", "FDI"]


def test_countries_named_or_counted_as_investors_are_foreign() -> None:
    ranked = "Đứng đầu là Nhật Bản với 31 dự án, kế đến Hàn Quốc (19 dự án)."
    assert owners(ranked) == ["FDI", "FDI"]
    counted = "Có 17 quốc gia đầu tư vào tỉnh với 212 dự án, vốn đăng ký 3,4 tỷ USD."
    assert owners(counted)[1:] == ["FDI", "FDI"]


def test_a_count_that_is_split_by_owner_has_none_itself() -> None:
    text = "KCN A có 12 dự án FDI, KCN B có 40 dự án, gồm 15 dự án FDI và 25 dự án trong nước."
    assert owners(text) == ["FDI", None, "FDI", "DDI"]


def test_what_stands_behind_the_split_in_brackets_is_said_of_the_count() -> None:
    text = "Đến nay có 23 dự án (gồm 14 dự án FDI và 9 dự án trong nước) đang xây dựng."
    assert indicators(text) == ["projects_under_construction"] * 3


def test_attracted_projects_are_new_where_increases_are_counted_apart() -> None:
    text = "Trong quý II/2024, các KCN thu hút được 17 dự án, điều chỉnh tăng vốn cho 8 dự án."
    assert indicators(text) == ["projects_new", "projects_adjusted"]


@pytest.mark.parametrize(
    "text",
    [
        "Đến nay, các KCN đã thu hút 136 dự án với tổng diện tích thuê đất 948 ha.",
        "Đến nay, các KCN có 136 dự án còn hiệu lực, tổng diện tích đất cho thuê là 948 ha.",
        "Đến nay, các KCN đã thu hút 136 dự án với tổng diện tích 948 ha.",
        "Đến nay, các KCN đã thu hút 136 dự án với diện tích đất sử dụng là 948 ha.",
        "Đến nay, các KCN đã thu hút 136 dự án, sử dụng 948 ha đất.",
        "Đến nay, các KCN đã thu hút 136 dự án trên tổng diện tích 948 ha đất công nghiệp.",
        "Hiện có 136 dự án đang hoạt động, tổng vốn 2.400 tỷ đồng, tổng diện tích 948 ha.",
        "Hiện các KCN có 136 doanh nghiệp với tổng diện tích 948 ha.",
    ],
)
def test_land_that_projects_take_up_is_let_and_no_area_of_a_zone(text: str) -> None:
    assert indicators(text)[-1] == "land_leased"


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, Ban thu hồi 7 dự án với tổng diện tích 61 ha.",
        "Năm 2023, tỉnh chấp thuận chủ trương đầu tư 7 dự án với tổng diện tích 61 ha.",
        "Đến nay, tỉnh có 7 dự án hạ tầng KCN với tổng diện tích 1.610 ha.",
        "Đến nay, tỉnh thu hút 7 dự án nhà ở công nhân với tổng diện tích 61 ha.",
        "KCN Long Đức có 64 dự án đang hoạt động, diện tích 512 ha.",
    ],
)
def test_land_not_yet_or_no_longer_let_or_perhaps_the_zones_own_has_no_indicator(text: str) -> None:
    assert indicators(text)[-1] is None


def test_zones_between_projects_and_land_have_the_land() -> None:
    text = "Đến nay, tỉnh có 136 dự án trong 5 KCN với tổng diện tích 1.240 ha."
    assert indicators(text)[-1] == "zone_area"


def test_registered_money_does_not_follow_disbursed_money() -> None:
    text = "Vốn đầu tư thực hiện 640 tỷ đồng. Trong đó, KCN A có 21 dự án với vốn đăng ký 1.900 tỷ đồng."
    assert indicators(text)[0] == "capital_disbursed"
    assert indicators(text)[2] != "capital_disbursed"


@pytest.mark.parametrize(
    "text",
    [
        "KCN nằm cách sân bay Nội Bài 35 km, cách cảng Hải Phòng 60 km.",
        "USD 24.10 24.25 24.40",
        "> Khởi công nhà máy vốn 120 triệu USD (12/05/2024)",
    ],
)
def test_distances_exchange_rates_and_dated_links_count_nothing(text: str) -> None:
    assert said(text, "value", "unit") == []


def test_projects_changed_downwards_are_reduced_ones() -> None:
    text = "7 tháng đầu năm 2024 có 16 dự án FDI điều chỉnh giảm vốn; 4 dự án điều chỉnh giảm với 5 triệu USD."
    assert indicators(text)[:2] == ["projects_reduced", "projects_reduced"]


def test_the_nearer_of_two_states_is_what_a_count_is_about() -> None:
    text = "Có 16 dự án đang đầu tư xây dựng hoặc đang hoàn thiện thủ tục đất đai."
    assert indicators(text) == ["projects_under_construction"]


def test_a_difference_from_last_year_counts_nothing_with_nearly_before_it_too() -> None:
    text = "6 tháng đầu năm 2024, vốn FDI thu hút đạt 640 triệu USD, tăng gần 60 triệu USD so với cùng kỳ."
    assert indicators(text) == ["capital_new_and_added", None]


def test_what_is_drawn_in_by_licences_and_by_shares_together_is_all_that_came_in() -> None:
    text = (
        "Tháng 5/2024, cả vốn qua cấp giấy chứng nhận đầu tư và vốn qua hình thức góp vốn, mua cổ phần, "
        "thành phố thu hút được 185 triệu USD vốn FDI."
    )
    assert indicators(text) == ["capital_new_and_added"]


def test_what_stands_after_changes_and_shares_bought_is_the_registered_total() -> None:
    text = "Đến nay, tỉnh có 663 dự án FDI còn hiệu lực với tổng vốn sau điều chỉnh và góp vốn đạt 2,4 tỷ USD."
    assert indicators(text) == ["projects_valid", "capital_registered_total"]


def test_cases_of_foreign_investors_are_shares_bought_and_certificates_of_registration_new_enterprises() -> None:
    text = (
        "Tháng 6/2024, thành phố chấp thuận cho 130 trường hợp nhà đầu tư nước ngoài mua cổ phần; "
        "cấp giấy chứng nhận đăng ký cho 81 doanh nghiệp, vốn 700 tỷ đồng."
    )
    assert indicators(text) == ["capital_contributions", "enterprises_new", "enterprises_new_capital"]


def test_what_came_on_top_until_a_day_is_attracted_in_a_window() -> None:
    text = "Đến đầu tháng 6/2024, tỉnh đã thu hút thêm 5 dự án FDI với tổng vốn 41 triệu USD."
    assert indicators(text) == ["projects_attracted", "capital_new_and_added"]


def test_a_count_split_in_brackets_into_new_and_increased_is_attracted() -> None:
    text = "Quý I/2024, thu hút 141 dự án FDI (cấp mới 116 dự án; tăng vốn 25 dự án)."
    assert indicators(text) == ["projects_attracted", "projects_new", "projects_adjusted"]
