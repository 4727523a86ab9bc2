"""Ways of saying things that reports share: one made-up sentence for each form (số liệu minh họa)."""

from __future__ import annotations

import pytest

from sokhu.core.narrative import CERTAIN, Figure, read


def told(text: str, quote: str) -> Figure:
    return next(figure for figure in read(text) if figure.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote", "period"),
    [
        ("Từ đầu năm 2019 đến ngày 25/1/2019, các KCN thu hút 4 dự án.", "4 dự án", "2019-01"),
        ("Từ đầu năm đến nay, các KCN đã thu hút thêm 17 dự án.", "17 dự án", None),
        ("6 tháng đầu năm nay, cấp mới 12 dự án. Năm 2021, tỉnh cấp mới 30 dự án.", "12 dự án", None),
        ("Ngày 9-2, Ban Quản lý cho biết năm 2020, các KCN có 61 dự án còn hiệu lực.", "61 dự án", "2020"),
        ("Tính đến đầu năm 2020, tỉnh có 88 dự án còn hiệu lực.", "88 dự án", "2020-01"),
        ("Trong tháng đầu tiên của năm 2024, cả nước cấp mới 140 dự án.", "140 dự án", "2024-01"),
        ("Năm 2022, các KCN có 51 dự án đã cấp phép từ các năm trước tăng vốn 90 triệu USD.", "90 triệu USD", "2022"),
        ("Doanh thu của các KCN đạt 7.500 tỷ đồng/năm.", "7.500 tỷ", None),
        ("Tính đến thời điểm ngày 11/8/2018, tỉnh có 39 dự án còn hiệu lực.", "39 dự án", "2018-08-11"),
        ("Ngày 3/6/2021, Ban Quản lý cho biết trong tháng qua các KCN cấp mới 13 dự án.", "13 dự án", "2021-05"),
        ("Quy hoạch thời kỳ 2021-2030, tầm nhìn đến năm 2050 có 6 khu công nghiệp.", "6 khu công nghiệp", "2030"),
    ],
)
def test_the_period_of_forms_without_a_plain_window(text: str, quote: str, period: str | None) -> None:
    assert [f.period for f in read(text) if quote in f.quote] == [period]


@pytest.mark.parametrize(
    ("text", "quote", "indicator"),
    [
        ("Hiện các KCN còn 210 ha đất công nghiệp chưa cho thuê.", "210 ha", None),
        ("Hiện có 41 dự án FDI và 9 dự án trong nước đang hoạt động.", "41 dự án", "projects_operating"),
        ("Đến nay, 4 KCN và 1 KKT đang hoạt động.", "4 KCN", "zones_operating"),
        ("Năm 2024 dự kiến có thêm 7 dự án đi vào hoạt động.", "7 dự án", "projects_started_operation"),
        ("Năm 2023, xuất khẩu 655 triệu USD, xuất siêu 240 triệu USD.", "240 triệu USD", None),
        ("Thu nhập bình quân là 8,4 triệu đồng/tháng, cao hơn 0,5 triệu đồng so với năm 2022.", "0,5 triệu đồng", None),
        ("Năm 2024 nâng tổng vốn FDI cả năm lên 410 triệu USD.", "410 triệu USD", "capital_new_and_added"),
        ("Có 98/120 thủ tục được làm trực tuyến, đạt 81,7%.", "81,7%", "share"),
        ("Năm 2021, tỉnh thành lập mới 3 KCN.", "3 KCN", "zones_established"),
        ("Từ đầu năm đến nay, các KCN đã thu hút thêm 17 dự án.", "17 dự án", "projects_attracted"),
        ("Tháng 3/2021, tỉnh phê duyệt chủ trương đầu tư cho 5 dự án.", "5 dự án", "projects_new"),
        ("Quý I/2020, có 8 dự án FDI được Ban Quản lý cấp Giấy chứng nhận đầu tư.", "8 dự án", "projects_new"),
        ("Năm 2020, 9 dự án vốn 40 triệu USD, 3 dự án vốn 11 triệu USD được cấp mới.", "9 dự án", "projects_new"),
        ("Năm 2022, tỉnh có 70 dự án mới và tăng vốn.", "70 dự án", "projects_attracted"),
        ("Hiện có 120 dự án/ 95 doanh nghiệp đang hoạt động tại các KCN.", "120 dự án", "projects_operating"),
        ("Đến tháng 5/2021, 4 KCN đang hoạt động đã thu hút 66 dự án.", "66 dự án", "projects_valid"),
        ("Năm 2021, vốn cấp mới, điều chỉnh và góp vốn mua cổ phần đạt 2 tỷ USD.", "2 tỷ USD", "capital_new_and_added"),
        (
            "Năm 2021, có 10 cụm công nghiệp, trong đó 3 cụm công nghiệp chưa thành lập.",
            "3 cụm công nghiệp",
            "zones_planned",
        ),
        ("Vốn thực hiện đạt 50 triệu USD, chiếm 62% vốn đăng ký.", "62%", "disbursement_rate"),
        (
            "Tính đến 30/11/2020, tỉnh thu hút được 2 tỷ USD, gấp 3 lần so với cùng kỳ.",
            "2 tỷ USD",
            "capital_new_and_added",
        ),
        ("6 tháng đầu năm 2020, đã có thêm 7 dự án đi vào hoạt động.", "7 dự án", "projects_started_operation"),
    ],
)
def test_the_indicator_of_forms_told_around_the_figure(text: str, quote: str, indicator: str | None) -> None:
    assert told(text, quote).indicator == indicator


@pytest.mark.parametrize(
    ("text", "quote", "owner"),
    [
        ("Về đầu tư trong nước, năm 2021 có 6 dự án được cấp mới. Lũy kế có 50 dự án.", "50 dự án", "DDI"),
        ("Tỉnh có 900 dự án của nhà đầu tư FDI và nhà đầu tư trong nước.", "900 dự án", None),
        ("Có 80 dự án, trong đó 30 dự án FDI, tổng vốn 2 tỷ USD và 9.000 tỷ đồng.", "2 tỷ USD", None),
        ("Hiện có 40 dự án FDI, vốn 1 tỷ USD; trong đó có 25 dự án đã hoạt động.", "25 dự án", "FDI"),
        ("Năm 2020 có 9 dự án FDI mới và 4 dự án FDI tăng vốn; tổng vốn đạt 70 triệu USD.", "70 triệu USD", "FDI"),
        ("Có 20 dự án trong nước, 8 dự án FDI và 2 dự án ODA.", "2 dự án", None),
        ("Tháng 2/2021, có 5 dự án FDI; lũy kế 77 dự án FDI; trong đó có 41 dự án hoạt động.", "41 dự án", "FDI"),
        ("Ngoài 1 dự án FDI vốn 90 triệu USD, 9 tháng năm 2021 tỉnh cấp mới 44 dự án.", "44 dự án", None),
    ],
)
def test_the_owner_is_carried_no_further_than_the_text_does(text: str, quote: str, owner: str | None) -> None:
    assert told(text, quote).ownership == owner


def test_hundreds_behind_thousands_are_one_number() -> None:
    assert [int(f.value) for f in read("Tỉnh quy hoạch 9 KCN, tổng diện tích 2 nghìn 350 ha.")] == [9, 2350]


def test_money_over_money_is_two_figures() -> None:
    figures = read("Tính đến 31/12/2019, vốn thực hiện đạt 310/520 triệu USD.")
    assert [(int(f.value), f.indicator) for f in figures] == [
        (310_000_000, "capital_disbursed"),
        (520_000_000, "capital_registered_total"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Các KCN Hà Nam thu hút 318 triệu USD vốn FDI cấp mới năm 2022\nĐọc thêm tin khác ở trang sau.",
        "Năm 2022, các KCN Hà Nam có 14 dự án FDI cấp mới chưa triển khai.",
        "Lũy kế, các KCN Hà Nam có 34 dự án FDI còn hiệu lực.",
    ],
)
def test_titles_words_that_turn_and_figures_without_a_period_are_never_certain(text: str) -> None:
    assert read(text)
    assert all(figure.confidence < CERTAIN for figure in read(text))


def test_a_comparison_is_no_surer_than_the_topic_it_leans_on() -> None:
    figures = read("Năm 2022, Hà Nam dẫn đầu với 2,6 tỷ USD, tăng 12% so với năm 2021.")
    assert figures[1].confidence < CERTAIN


def test_a_raised_total_is_no_new_capital_though_parts_follow() -> None:
    text = "Năm 2022, nâng tổng số dự án còn hiệu lực lên 130 dự án; trong đó có 50 dự án FDI."
    assert [figure.indicator for figure in read(text)][:2] == ["projects_valid", "projects_valid"]


def test_a_rank_in_the_whole_country_is_no_place() -> None:
    figures = read("Năm 2022, tỉnh Hà Nam đứng thứ 2 cả nước với 61 dự án FDI cấp mới.")
    assert [figure.scope for figure in figures if figure.quote == "61 dự án"] == ["Hà Nam"]
