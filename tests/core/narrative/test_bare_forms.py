"""Forms of official reports: counts and amounts joined by a slash, parts without a noun, signed percents, tables.

The sentences are ours; provinces are real, figures are not.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.narrative import Figure, read

DAY = date(2019, 12, 20)
BILLION = 1_000_000_000


def figures(text: str) -> list[Figure]:
    return read(text, dateline=DAY)


def said(text: str, *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(figure, name) for name in names) for figure in figures(text)]


def test_an_amount_behind_a_slash_is_the_capital_of_the_count_before_it() -> None:
    text = (
        "Đến 31/3/2019, các KCN tỉnh Hải Dương có số dự án còn hiệu lực 142 dự án, "
        "gồm FDI: 46 dự án/1.480,3 triệu USD; DDI: 96 dự án/13.615 tỷ đồng."
    )
    assert said(text, "value", "unit", "indicator", "ownership", "period") == [
        (142, "projects", "projects_valid", None, "2019-03-31"),
        (46, "projects", "projects_valid", "FDI", "2019-03-31"),
        (1_480_300_000, "USD", "capital_registered_total", "FDI", "2019-03-31"),
        (96, "projects", "projects_valid", "DDI", "2019-03-31"),
        (13_615 * BILLION, "VND", "capital_registered_total", "DDI", "2019-03-31"),
    ]


@pytest.mark.parametrize(
    ("words", "value", "indicator"),
    [
        ("thu hồi 3 dự án/212 tỷ đồng", 212 * BILLION, "capital_revoked"),
        ("cấp mới 12 dự án/340,5 triệu USD", 340_500_000, "capital_new"),
        ("cấp mới 25 DA/312 triệu USD", 312_000_000, "capital_new"),
        ("cấp mới 25 dự án FDI/312 triệu USD", 312_000_000, "capital_new"),
        ("điều chỉnh tăng vốn 15 lượt dự án/85,2 triệu USD", 85_200_000, "capital_added"),
    ],
)
def test_the_slash_keeps_the_topic_of_the_count(words: str, value: int, indicator: str) -> None:
    assert said(f"Trong năm 2019, {words}.", "value", "indicator", "period")[1] == (value, indicator, "2019")


def test_last_years_pair_in_brackets_belongs_to_last_year() -> None:
    text = "11 tháng năm 2019, cấp mới 41 dự án (11 tháng năm 2018: 35 dự án/3.420 tỷ đồng)."
    assert said(text, "value", "indicator", "period")[1:] == [
        (35, "projects_new", "2018-01..2018-11"),
        (3_420 * BILLION, "capital_new", "2018-01..2018-11"),
    ]


def test_an_owner_and_a_colon_may_stand_straight_before_the_count() -> None:
    text = "Đến nay có 208 dự án (FDI:120 dự án/3.100 triệu USD; DDI: 88 dự án/21.000 tỷ đồng) còn hiệu lực."
    assert said(text, "value", "ownership")[1:3] == [(120, "FDI"), (3_100_000_000, "FDI")]


def test_owners_split_certificates_and_the_capital_behind_is_of_both() -> None:
    text = (
        "Năm 2018, cấp mới 21 giấy chứng nhận đăng ký đầu tư, trong đó FDI 12, DDI 9; "
        "vốn đăng ký 80 triệu USD và 268 tỷ đồng."
    )
    assert said(text, "value", "unit", "indicator", "ownership") == [
        (21, "projects", "projects_new", None),
        (12, "projects", "projects_new", "FDI"),
        (9, "projects", "projects_new", "DDI"),
        (80_000_000, "USD", "capital_new", None),
        (268 * BILLION, "VND", "capital_new", None),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Các KCN có 47.830 lao động (lao động địa phương 45.110, nữ 30.120).",
            [(45_110, "jobs_local"), (30_120, "jobs_female")],
        ),
        (
            "Các KCN có 93.450 người: 92.870 lao động trong nước, còn lại 580 là lao động nước ngoài.",
            [(92_870, "jobs_domestic"), (580, "jobs_foreign")],
        ),
        (
            "Tổng số lao động 52.000 người, trong đó lao động nữ là 31.000, lao động nước ngoài 1.200.",
            [(31_000, "jobs_female"), (1_200, "jobs_foreign")],
        ),
    ],
)
def test_parts_of_the_workers_are_counted_without_their_noun(text: str, parts: list[tuple[int, str]]) -> None:
    assert said(text, "value", "indicator")[1:] == parts
    assert {figure.unit for figure in figures(text)} == {"workers"}


@pytest.mark.parametrize(
    ("written", "value"), [("(-2,3% so với cùng kỳ)", "-2.3"), ("(+12,5%)", "12.5"), ("(- 3,1%)", "-3.1")]
)
def test_a_sign_before_a_percent_makes_it_growth(written: str, value: str) -> None:
    host, change = figures(f"Năm 2019, giá trị xuất khẩu đạt 388 triệu USD {written}.")
    assert (change.indicator, change.value) == ("growth_rate", Decimal(value))
    assert host.comparison is not None
    assert host.comparison.value == Decimal(value)


def test_a_dash_between_two_percents_is_no_sign() -> None:
    text = "Tốc độ tăng trưởng giá trị sản xuất công nghiệp năm 2018 là 17-18%/năm."
    assert said(text, "value", "indicator") == [(17, "growth_rate"), (18, "growth_rate")]
    assert figures("Lãi suất cho vay năm 2018 là 7%/năm.") == []


PLAIN = [
    ("Số dự án còn hiệu lực", "14", "dự án"),
    ("Tổng vốn đăng ký", "1.286,4", "tỷ đồng"),
    ("Diện tích đã cho thuê", "36,7", "ha"),
    ("Tỷ lệ lấp đầy", "64,2", "%"),
    ("Số lao động", "1.052", "người"),
]
READ = [
    (Decimal(14), "projects", "projects_valid"),
    (Decimal("1286400000000"), "VND", "capital_registered_total"),
    (Decimal("36.7"), "ha", "land_leased"),
    (Decimal("64.2"), "percent", "occupancy_rate"),
    (Decimal(1052), "workers", "jobs_total"),
]


@pytest.mark.parametrize("mark", [" | ", "\t"])
@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
@pytest.mark.parametrize("header", ["", "Chỉ tiêu{0}Số liệu{0}Đơn vị\n"])
def test_a_plain_table_may_name_units_before_or_behind(mark: str, order: tuple[int, ...], header: str) -> None:
    lines = [mark.join(row[n] for n in order) for row in PLAIN]
    head = header.format(mark) if order == (0, 1, 2) else header.format(mark).replace("Số liệu", "ĐVT")
    if order == (0, 2, 1):
        head = head.replace("Đơn vị", "Số liệu")
    text = "CÁC KCN TỈNH NAM ĐỊNH (đến 15/12/2017)\n" + head + "\n".join(lines)
    assert said(text, "value", "unit", "indicator") == READ
    assert set(said(text, "period", "asof", "scope")) == {("2017-12-15", True, "Nam Định")}


def test_columns_of_owners_hold_bare_counts_and_amounts_with_their_units() -> None:
    text = (
        "TÌNH HÌNH CÁC KCN TỈNH NAM ĐỊNH đến 31/3/2019\n"
        "Chỉ tiêu | FDI | DDI | Tổng\n"
        "Số dự án còn hiệu lực | 907 | 1.036 | 1.943\n"
        "Vốn đăng ký | 7.318,9 triệu USD | 152.604 tỷ đồng | -\n"
    )
    assert said(text, "value", "unit", "indicator", "ownership", "period") == [
        (907, "projects", "projects_valid", "FDI", "2019-03-31"),
        (1036, "projects", "projects_valid", "DDI", "2019-03-31"),
        (1943, "projects", "projects_valid", None, "2019-03-31"),
        (7_318_900_000, "USD", "capital_registered_total", "FDI", "2019-03-31"),
        (152_604 * BILLION, "VND", "capital_registered_total", "DDI", "2019-03-31"),
    ]


def test_a_table_with_rules_and_bars_at_the_edges_is_read() -> None:
    text = (
        "| Chỉ tiêu | FDI | DDI | Tổng cộng |\n|---|---|---|---|\n| Số dự án cấp mới | 12 | 9 | 21 |\n"
        "| Vốn đăng ký cấp mới | 80 triệu USD | 268 tỷ đồng | |\n"
    )
    assert said(text, "value", "ownership") == [
        (12, "FDI"),
        (9, "DDI"),
        (21, None),
        (80_000_000, "FDI"),
        (268 * BILLION, "DDI"),
    ]


def test_rows_of_two_cells_take_the_unit_from_their_label() -> None:
    text = "Các KCN đến 30/6/2018\nSố dự án còn hiệu lực | 14\nSố lao động | 1.052\n"
    assert said(text, "value", "unit", "period") == [(14, "projects", "2018-06-30"), (1052, "workers", "2018-06-30")]


def test_years_in_a_header_are_no_figures() -> None:
    text = "Chỉ tiêu | 2017 | 2018\nSố dự án cấp mới | 12 | 15\n"
    assert said(text, "value", "unit") == [(12, "projects"), (15, "projects")]


def test_a_figure_may_be_glued_to_the_word_before_it() -> None:
    assert said("Năm 2018, KCN Hòa Phú có18 dự án.", "value", "unit") == [(18, "projects")]
    assert figures("Dịch Covid19 dự án chậm.") == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Năm 2018, KCN A thu hút 15 triệu USD, KCN B 4,8 triệu.", 4_800_000, "USD"),
        ("Năm 2018 thu hút 3,2 tỷ USD, năm 2019 thu hút 4,8 tỷ.", 4_800_000_000, "USD"),
        ("Năm 2018 thu hút 1,1 tỷ USD và vốn trong nước 8.965 tỷ.", 8_965 * BILLION, "VND"),
        ("Năm 2018 nộp ngân sách 12,5 tỷ đồng, năm 2017 là 4,8 tỷ.", 4_800_000_000, "VND"),
    ],
)
def test_a_list_goes_on_in_its_currency_where_the_order_of_size_is_the_same(text: str, value: int, unit: str) -> None:
    assert said(text, "value", "unit")[1] == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "KCN Sông Công cách sân bay 30 km, cách cảng Hải Phòng 120 km.",
        "Khoảng cách từ KCN đến cảng là 20km.",
        "Tỷ giá\nUSD | 23.190 | 23.310\nEUR | 25.320 | 26.100\nJPY | 205 | 212 | đồng",
        "Ngoại tệ | Mua | Bán\nUSD | 23.190 đồng | 23.310 đồng\nEUR | 25.320 đồng | 26.100 đồng",
        "Các tin đã đưa:\n- Bắc Ninh thu hút 120 triệu USD (12/5)\n- Hà Nam cấp mới 12 dự án (3/5)\n",
        "Đón 4,8 triệu lượt khách.",
    ],
)
def test_distances_rates_and_titles_of_other_articles_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_the_length_of_a_road_is_a_figure() -> None:
    assert said("Đầu tư 3 km đường trục, tuyến đường gom dài 12 km.", "value", "unit") == [(3, "km"), (12, "km")]


def test_what_stands_now_may_be_added_in_brackets_without_its_noun() -> None:
    text = "Phấn đấu hết năm 2025, các KCN thu hút lũy kế 80 dự án (hiện có 58)."
    assert said(text, "value", "unit") == [(80, "projects"), (58, "projects")]
    assert said("Tổng số DN đến cuối kỳ là 215, trong đó 132 doanh nghiệp FDI.", "value", "unit")[0] == (
        215,
        "enterprises",
    )


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_the_first_word_of_the_next_row_is_no_unit(mark: str) -> None:
    rows = [("KCN Hòa Xá", "Mã 1", "30"), ("KCN Mỹ Trung", "Mã 2", "12"), ("Dự án khác", "Mã 3", "-")]
    assert figures("\n".join(mark.join(row) for row in rows)) == []
