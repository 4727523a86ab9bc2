"""The rules of reading, one sentence each. The sentences are ours; provinces are real, figures are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.narrative import Figure, read

DAY = date(2024, 7, 15)


def figures(text: str) -> list[Figure]:
    return read(text, dateline=DAY)


def only(text: str) -> Figure:
    (figure,) = figures(text)
    return figure


def said(text: str, *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(figure, name) for name in names) for figure in figures(text)]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("vốn đăng ký 1.250,75 triệu USD", "1250750000", "USD"),
        ("vốn đăng ký 2 tỷ 340 triệu USD", "2340000000", "USD"),
        ("vốn đăng ký USD 22.5 triệu", "22500000", "USD"),
        ("vốn đăng ký tám tỷ USD", "8000000000", "USD"),
        ("vốn đăng ký 12.219 tỷ USD", "12219000000", "USD"),
        ("vốn đăng ký 1350 tỷ", "1350000000000", "VND"),
        ("doanh thu 75,4 nghìn tỷ đồng", "75400000000000", "VND"),
        ("doanh thu 2,57 triệu tỷ đồng", "2570000000000000", "VND"),
        ("diện tích 45 nghìn héc ta", "45000", "ha"),
        ("diện tích 6.144ha", "6144", "ha"),
        ("có 09 dự án", "9", "projects"),
        ("có ba KCN", "3", "zones"),
        ("có 1,148,174 lao động", "1148174", "workers"),
        ("thu nhập bình quân 7,8 triệu đồng/người/tháng", "7800000", "VND/person/month"),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(words: str, value: str, unit: str) -> None:
    figure = only(f"Các KCN tỉnh Hà Nam {words}.")
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_two_numbers_may_share_one_unit() -> None:
    assert said("Có 18/26 TTHC được làm trực tuyến.", "value", "indicator") == [
        (18, "procedures_online"),
        (26, "procedures_total"),
    ]
    assert [figure.value for figure in figures("Suất đầu tư 5–7 triệu USD/ha.")] == [5_000_000, 7_000_000]


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 1210/QĐ-UBND ngày 26/4/2019 của UBND tỉnh.",
        "Điện thoại: 0903.123.456, máy lẻ 41.",
        "Ảnh: h2.jpg (229 KB), chụp lúc 14h30.",
        "Dịch vụ công mức độ 3, mức độ 4; 3 năm liên tiếp; sau 27 năm hình thành.",
        "Tỉnh là 1 trong 3 địa phương dẫn đầu, đứng thứ 5 cả nước.",
        "Tỷ giá 1 USD = 23.450 đồng. Lượt xem: 1.204",
        "Tin liên quan\nKhởi công 5 dự án nhà ở, vốn 300 tỷ đồng",
    ],
)
def test_what_only_looks_like_a_figure_is_left(text: str) -> None:
    assert figures(text) == []


def test_money_takes_the_topic_and_the_owner_of_the_projects_it_stands_with() -> None:
    text = "Cấp mới 12 dự án FDI với số vốn 186 triệu USD, 5 dự án trong nước với số vốn 340 tỷ đồng."
    assert said(text, "indicator", "ownership") == [
        ("projects_new", "FDI"),
        ("capital_new", "FDI"),
        ("projects_new", "DDI"),
        ("capital_new", "DDI"),
    ]


def test_a_total_before_its_parts_has_no_owner_and_neither_has_what_follows_the_semicolon() -> None:
    text = "Cấp mới 30 dự án, gồm 20 dự án FDI và 10 dự án DDI; điều chỉnh cho 45 lượt dự án."
    assert [figure.ownership for figure in figures(text)] == [None, "FDI", "DDI", None]


def test_respectively_gives_each_owner_its_own() -> None:
    text = "Có 46 dự án FDI và 16 dự án trong nước với tổng vốn lần lượt là 860 triệu USD và 5.730 tỷ đồng."
    assert [figure.ownership for figure in figures(text)] == ["FDI", "DDI", "FDI", "DDI"]


def test_in_that_number_goes_on_with_the_sentence_before() -> None:
    text = "Trong 6 tháng, tỉnh thu hút 400 triệu USD vốn FDI. Trong đó, cấp mới 24 dự án."
    assert said(text, "indicator", "ownership") == [("capital_new_and_added", "FDI"), ("projects_new", "FDI")]


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("Doanh thu đạt 900 tỷ đồng, giảm 12% so với cùng kỳ.", "growth_rate", -12),
        ("Doanh thu đạt 900 tỷ đồng, bằng 45% so với cùng kỳ.", "yoy_ratio", 45),
        ("Doanh thu đạt 900 tỷ đồng, đạt 83% kế hoạch năm.", "plan_completion", 83),
        ("Doanh thu đạt 900 tỷ đồng, tăng 38,2% so với kế hoạch.", "plan_excess", Decimal("38.2")),
        ("Doanh thu đạt 900 tỷ đồng, gấp 2,3 lần cùng kỳ.", "ratio_times", Decimal("2.3")),
        ("Doanh thu đạt 900 tỷ đồng, chiếm 65% toàn tỉnh.", "share", 65),
    ],
)
def test_a_comparison_is_a_figure_and_is_kept_with_its_host(text: str, indicator: str, value: Decimal) -> None:
    host, comparison = figures(text)
    assert (comparison.indicator, comparison.value) == (indicator, value)
    assert host.comparison is not None
    assert (host.comparison.indicator, host.comparison.value) == (indicator, value)
    assert comparison.period == host.period


@pytest.mark.parametrize(
    ("text", "period", "asof"),
    [
        ("Năm 2023, các KCN cấp mới 5 dự án.", "2023", False),
        ("6 tháng đầu năm 2022, các KCN cấp mới 5 dự án.", "2022-H1", False),
        ("Quý III/2021, các KCN cấp mới 5 dự án.", "2021-Q3", False),
        ("Trong 11 tháng năm 2022, các KCN cấp mới 5 dự án.", "2022-01..2022-11", False),
        ("Tháng 9/2017, các KCN cấp mới 5 dự án.", "2017-09", False),
        ("Từ đầu năm đến nay, các KCN cấp mới 5 dự án.", "2024-01..2024-07", False),
        ("Giai đoạn 2016-2020, các KCN cấp mới 5 dự án.", "2016..2020", False),
        ("Đến nay, các KCN có 5 dự án còn hiệu lực.", "2024-07-15", True),
        ("Lũy kế đến hết tháng 6/2024, các KCN có 5 dự án còn hiệu lực.", "2024-06", True),
        ("Tính đến ngày 15/11/2022, các KCN có 5 dự án còn hiệu lực.", "2022-11-15", True),
        ("Đến cuối quý I/2023, các KCN có 5 dự án còn hiệu lực.", "2023-03", True),
    ],
)
def test_flows_have_windows_and_stocks_a_day_of_count(text: str, period: str, asof: bool) -> None:
    figure = only(text)
    assert (figure.period, figure.asof) == (period, asof)


def test_last_years_value_in_brackets_is_of_last_years_window() -> None:
    text = "6 tháng đầu năm 2024, các KCN cấp mới 6 dự án (cùng kỳ năm trước là 4 dự án, 512 tỷ đồng)."
    assert [figure.period for figure in figures(text)] == ["2024-H1", "2023-H1", "2023-H1"]


def test_attracted_so_far_is_a_standing_total() -> None:
    assert only("Đến nay, các KCN đã thu hút 784 dự án.").indicator == "projects_valid"
    assert only("Trong tháng 6, các KCN thu hút 7 dự án.").indicator == "projects_attracted"


def test_a_plan_is_a_target_and_its_value_in_brackets_is_the_plan() -> None:
    assert only("Năm 2025, Ban phấn đấu thu hút 300 triệu USD.").status == "target"
    text = "Thu hút 418 triệu USD, đạt 83% kế hoạch năm (kế hoạch là 500 triệu USD)."
    assert [(f.indicator, f.status) for f in figures(text)][-1] == ("plan_value", "target")


def test_about_and_estimated_are_told_apart() -> None:
    about, estimated = figures("Doanh thu gần 900 tỷ đồng; xuất khẩu ước đạt 40 triệu USD.")
    assert (about.approx, about.maturity) == (True, None)
    assert (estimated.approx, estimated.maturity) == (False, "estimate")


def test_the_same_fact_again_is_a_repeat() -> None:
    text = "Năm 2023, Hà Nam cấp mới 44 dự án.\nNhư vậy năm 2023, Hà Nam cấp mới 44 dự án."
    assert [figure.status for figure in figures(text)] == ["fact", "repeat"]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Ban Quản lý KKT Dung Quất và các KCN Quảng Ngãi cấp mới 5 dự án.", "Quảng Ngãi"),
        ("KKT Dung Quất có 5 dự án còn hiệu lực.", "KKT Dung Quất"),
        ("Các KCN Thanh Hoá cấp mới 5 dự án.", "Thanh Hóa"),
        ("Các KCN TP. HCM cấp mới 5 dự án.", "Hồ Chí Minh"),
        ("KCN chuyên sâu Phú Mỹ 3 (Bà Rịa - Vũng Tàu) cấp mới 5 dự án.", "KCN Phú Mỹ 3"),
        ("Cả nước có 431 KCN.", "Việt Nam"),
    ],
)
def test_the_nearest_place_governs(text: str, scope: str) -> None:
    assert only(text).scope == scope


def test_each_province_keeps_its_own_figures() -> None:
    text = "Hải Phòng cấp mới 12 dự án. Chuyện ở Cần Thơ khác hơn. Có 33.120 lao động làm việc trong các KCN."
    assert [figure.scope for figure in figures(text)] == ["Hải Phòng", "Cần Thơ"]


def test_the_day_of_the_text_is_found_in_its_stamp_and_in_an_official_head() -> None:
    assert read("Thứ Sáu, 31/12/2021 21:00\nĐến nay có 5 dự án còn hiệu lực.")[0].period == "2021-12-31"
    assert read("Hà Nam, ngày 28 tháng 9 năm 2016\nĐến nay có 5 dự án còn hiệu lực.")[0].period == "2016-09-28"
    assert read("Ngày 15-16/1/2021, Khối họp tổng kết. Đến nay có 5 dự án còn hiệu lực.")[0].period == "2021-01-16"
    assert read("Đến nay có 5 dự án còn hiệu lực.")[0].period is None


def test_a_figure_as_json_has_the_keys_of_the_contract() -> None:
    row = only("Năm 2023, Hà Nam cấp mới 44 dự án FDI.").as_json()
    fixed = (
        "article start end quote value unit indicator ownership scope period asof approx comparison status confidence"
    )
    assert list(row)[:15] == fixed.split()
    assert (row["value"], row["quote"], row["ownership"], row["scope"]) == ("44", "44 dự án", "FDI", "Hà Nam")


def test_confidence_falls_with_what_is_inherited_or_guessed() -> None:
    plain, inherited = figures("Năm 2023, Hà Nam cấp mới 44 dự án FDI, vốn 161 triệu USD.")
    guessed = only("Có 44 dự án.")
    assert plain.confidence > inherited.confidence > guessed.confidence
