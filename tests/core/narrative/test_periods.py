"""Which period a figure has: ranges, lists, spans, texts without a day. All figures made up (số liệu minh họa)."""

from __future__ import annotations

import pytest

from sokhu.core.narrative import CERTAIN, read


def periods(text: str) -> list[str | None]:
    return [figure.period for figure in read(text)]


def test_a_range_without_a_day_of_the_text_ends_with_the_month_told() -> None:
    text = "Tháng 10/2021, các KCN cấp mới 3 dự án. Lũy kế từ đầu năm đến nay, cấp mới 21 dự án; tăng vốn 9 dự án."
    assert periods(text) == ["2021-10", "2021-01..2021-10", "2021-01..2021-10"]


def test_a_range_that_has_begun_long_ago_stays_open_without_a_day_of_the_text() -> None:
    assert periods("Kể từ năm 1996 đến nay, các KCN có 410 dự án còn hiệu lực.") == [None]


def test_a_window_told_without_figures_governs_the_next_sentence() -> None:
    text = "05/08/2020\n6 tháng đầu năm 2020, doanh thu của các KCN tăng. Cụ thể, doanh thu đạt 610 triệu USD."
    assert periods(text) == ["2020-H1"]


def test_the_year_follows_from_the_year_compared_with() -> None:
    text = "6 tháng đầu năm, các KCN thu hút 31 dự án, tăng 12% so với cùng kỳ năm 2018."
    assert periods(text) == ["2019-H1", "2019-H1"]


def test_an_earlier_year_ends_with_its_sentence() -> None:
    assert periods("12/7/2024 08:00\nNăm 2023, các KCN thu hút 14 dự án. 6 tháng, thu hút 8 dự án.") == [
        "2023",
        "2024-H1",
    ]


def test_a_span_told_by_its_length_names_no_period() -> None:
    assert periods("12/7/2024 08:00\nTrong 5 năm qua, các KCN thu hút 140 dự án.") == [None]


def test_a_span_with_its_years_in_brackets_is_named() -> None:
    assert periods("Trong 10 năm qua (2011-2020), các KCN thu hút 140 dự án.") == ["2011..2020"]


def test_a_stock_without_any_day_has_no_period() -> None:
    text = "Năm 2021, các KCN thu hút 30 dự án.\nĐến nay, các KCN có 300 dự án còn hiệu lực."
    assert periods(text) == ["2021", None]


def test_a_bare_stock_beside_a_window_is_counted_at_its_end() -> None:
    text = "9 tháng năm 2021, các KCN đạt doanh thu 2 tỷ USD, sử dụng 41.300 lao động."
    assert periods(text) == ["2021-01..2021-09", "2021-09"]


def test_a_signing_is_of_its_day() -> None:
    text = "30/03/2022\nNgày 30-3, tỉnh đã trao giấy chứng nhận đăng ký đầu tư cho 7 dự án FDI."
    assert periods(text) == ["2022-03-30"]


def test_a_list_of_plans_keeps_the_year_aimed_at() -> None:
    text = "Vùng A dự kiến đến năm 2030 có 61,5 nghìn ha đất khu công nghiệp.\nVùng B có 48,2 nghìn ha."
    assert periods(text) == ["2030", "2030"]


def test_a_founding_year_is_no_window() -> None:
    text = "18/08/2022\nKKT Vân Phong được thành lập năm 2006 với diện tích 150.000 ha."
    assert periods(text) == ["2022-08-18"]


def test_december_in_a_text_of_january_is_last_years() -> None:
    assert periods("08/01/2024\nTháng 12, các KCN thu hút 4 dự án.") == ["2023-12"]


def test_the_day_of_founding_is_no_dateline() -> None:
    text = "KKT A được thành lập ngày 25/4/2006. Tính đến tháng 6/2022, KKT có 150 dự án. Hiện có 90 dự án hoạt động."
    assert "2006-04-25" not in periods(text)


@pytest.mark.parametrize(
    "head",
    ["12 Tháng Ba 2019", "12 Tháng 3, 2019", "March 12, 2019", "12 Mar 2019", "Thứ ba, 12/03/2019 - 08:15"],
)
def test_datelines_in_words_and_numbers(head: str) -> None:
    text = f"KCN thu hút đầu tư\n{head}\nHiện các KCN có 210 dự án còn hiệu lực."
    assert periods(text) == ["2019-03-12"]


def test_land_let_within_a_window_is_no_stock() -> None:
    (figure,) = read("Trong 6 tháng đầu năm 2022, diện tích đất cho thuê tăng thêm 37,5 ha.")
    assert (figure.period, figure.asof) == ("2022-H1", False)


def test_a_window_up_to_a_day_of_count_runs_on_into_the_next_paragraphs() -> None:
    text = (
        "Trong năm 2023, tỉnh thu hút vốn tốt. Tính đến ngày 30/11, tỉnh thu hút 900 triệu USD, gấp 2 lần cùng kỳ.\n\n"
        "Trong đó, cấp mới 29 dự án.\n\nĐiều chỉnh tăng vốn cho 23 dự án."
    )
    told = [figure.period for figure in read(text) if figure.unit == "projects"]
    assert told == ["2023-01..2023-11", "2023-01..2023-11"]


def test_the_parts_told_after_an_earlier_window_are_of_that_window() -> None:
    text = (
        "Trong tháng 1/2024, tỉnh cấp mới 4 dự án. "
        "Từ ngày 1/1 đến ngày 15/12/2023, tỉnh thu hút 480 triệu USD. Trong đó, cấp mới 61 dự án."
    )
    assert [figure.period for figure in read(text)] == ["2024-01", "2023-01..2023-12", "2023-01..2023-12"]


@pytest.mark.parametrize(
    "behind", [", vượt kế hoạch cả năm.", ". Trong đó, cấp mới 29 dự án; điều chỉnh tăng vốn cho 12 dự án."]
)
def test_attracted_until_a_day_is_of_a_window_when_set_against_a_plan_or_split_into_new_and_added(behind: str) -> None:
    text = f"Tính đến ngày 31/5/2024, thành phố thu hút 890 triệu USD vốn FDI{behind}"
    first = read(text)[0]
    assert (first.indicator, first.period) == ("capital_new_and_added", "2024-01..2024-05")


def test_ten_months_of_a_year_are_no_day_in_may() -> None:
    text = "10 tháng năm 2016, tỉnh thu hút 79 dự án FDI. Hiện có 1.200 dự án còn hiệu lực."
    assert [figure.period for figure in read(text)] == ["2016-01..2016-10", None]


def test_the_first_month_of_a_year_is_its_january() -> None:
    assert [figure.period for figure in read("Trong tháng đầu năm 2025, cấp mới 6 dự án FDI.")] == ["2025-01"]


def test_the_first_months_of_a_year_are_not_its_january_and_a_yearly_count_has_no_day() -> None:
    text = "Những tháng đầu năm 2022, thu hút 40 triệu USD. Khu tạo việc làm cho 6.000 lao động/năm."
    assert "2022-01" not in [figure.period for figure in read(text)]
    assert read(text)[-1].period is None


def test_the_day_of_the_page_is_not_the_day_of_a_text_on_a_year_long_past() -> None:
    text = "10/03/2026\n\n8 tháng năm 2019, tỉnh cấp mới 89 dự án FDI. Hiện có 576 dự án FDI đang hoạt động."
    assert [figure.period for figure in read(text)] == ["2019-01..2019-08", None]
    recent = text.replace("năm 2019", "năm 2025")
    assert [figure.period for figure in read(recent)] == ["2025-01..2025-08", "2026-03-10"]


def test_what_grows_every_year_has_the_year_that_is_named() -> None:
    text = "Kim ngạch xuất khẩu tăng dần hàng năm, năm 2021 đạt 18,4 tỷ USD."
    assert [figure.period for figure in read(text)] == ["2021"]


def test_a_year_named_behind_a_day_of_count_reaches_to_that_day() -> None:
    text = "Đến ngày 15/3/2024, số dự án cấp mới năm 2024 là 12 dự án, vốn 96 triệu USD."
    assert [figure.period for figure in read(text)] == ["2024-01..2024-03"] * 2


def test_since_new_year_ends_with_the_month_of_the_page_where_nothing_else_tells() -> None:
    text = " date 2024-05 Từ đầu năm đến nay, các KCN Nam Định đã thu hút 230 triệu USD."
    assert [figure.period for figure in read(text)] == ["2024-01..2024-05"]
    later = f"{text} Bốn tháng đầu năm, cấp mới 3 dự án."
    assert read(later)[0].period == "2024-01..2024-04"


def test_a_span_of_years_told_by_its_length_counts_what_came_in() -> None:
    figure = read("Trong 5 năm đã thu hút được 310 dự án trong nước.")[0]
    assert (figure.indicator, figure.period) == ("projects_attracted", None)


def test_a_run_of_months_is_one_window() -> None:
    text = "Trong tháng 9, tháng 10 và {}tháng 11/2023, các KCN thu hút 640 triệu USD vốn FDI."
    assert [figure.period for figure in read(text.format(""))] == ["2023-09..2023-11"]
    assert [figure.period for figure in read(text.format("nửa đầu "))] == ["2023-09..2023-11-15"]


def test_a_decimal_number_of_months_names_no_window() -> None:
    text = "Tháng 11/2023, cấp mới 12 dự án. Số vốn của 2,5 tháng nêu trên chiếm 70% tổng vốn."
    assert [figure.period for figure in read(text)] == ["2023-11", "2023-11"]


def test_the_time_at_which_a_works_is_to_open_is_no_window_of_the_text() -> None:
    text = (
        "Ban Quản lý đã trao giấy chứng nhận cho 4 dự án mới. Thứ nhất là dự án do Công ty Sao Khuê làm chủ đầu tư,"
        " tổng vốn 48 triệu USD, dự kiến hoàn thành hạ tầng và đi vào hoạt động từ quý II/2027."
    )
    found = [(figure.indicator, figure.period) for figure in read(text)]
    assert found == [("projects_new", None), ("capital_new", None)]


def test_a_quarter_that_is_part_of_the_window_governs_its_sentence_only() -> None:
    text = (
        "6 tháng đầu năm 2021, vốn FDI thực hiện đạt 900 tỷ đồng, trong đó, quý 2/2021 vốn thực hiện 500 tỷ đồng."
        " Khu vực FDI nộp ngân sách 80 tỷ đồng."
    )
    assert [figure.period for figure in read(text)] == ["2021-H1", "2021-Q2", "2021-H1"]


def test_since_new_year_behind_a_figure_governs_it_whatever_window_runs() -> None:
    text = (
        " date 2024-05 Năm 2024, Nam Định phấn đấu đạt 210 triệu USD. Từ đầu năm đến nay, thu hút 250 triệu USD.\n\n"
        "Trong tổng số 13 dự án đã được cấp giấy chứng nhận đăng ký đầu tư từ đầu năm đến nay, có 8 dự án FDI."
    )
    assert [figure.period for figure in read(text)][1:3] == ["2024-01..2024-05"] * 2


def test_a_plan_that_says_estimated_itself_goes_on_with_what_is_estimated() -> None:
    text = (
        "Tháng 1/2023, cấp mới 2 dự án. Năm 2023, tỉnh phấn đấu thu hút 400 triệu USD, vốn thực hiện ước đạt 700"
        " triệu USD. Doanh thu của các doanh nghiệp FDI ước đạt 6 tỷ USD."
    )
    assert [(figure.status, figure.period) for figure in read(text)][-1] == ("target", "2023")


@pytest.mark.parametrize(("months", "period"), [("7", "2024-01..2024-07"), ("3", None), ("10", None)])
def test_months_past_are_the_years_first_only_where_they_end_with_the_text(months: str, period: str | None) -> None:
    assert periods(f"15/07/2024\nTrong {months} tháng qua, các KCN cấp mới 6 dự án.") == [period]


@pytest.mark.parametrize("window", ["Quý IV", "Tháng 11", "10 tháng đầu năm"])
def test_no_fact_is_certain_of_a_window_that_is_still_to_come(window: str) -> None:
    (ahead,) = read(f"15/07/2024\n{window}, Bắc Ninh cấp mới 6 dự án FDI.")
    (past,) = read("15/07/2024\nQuý II, Bắc Ninh cấp mới 6 dự án FDI.")
    assert ahead.confidence < CERTAIN <= past.confidence
