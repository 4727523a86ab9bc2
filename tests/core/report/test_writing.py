"""How a figure is said, and how a sentence reads when figures are there, missing, estimated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.report.scene import MILLION, PLACE, answer, speaker, text_of, vocabulary, wrote
from sokhu.core.answer import Answer, Question
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.core.report.grammar import FigureField, figure_field
from sokhu.core.report.saying import small

FDI = answer("capital_new:FDI", 327_450_000)
DDI = answer("capital_new:DDI", 30_615_000 * MILLION)


def test_a_figure_is_written_with_its_customary_unit_in_the_readers_language() -> None:
    assert text_of("vốn {capital_new:FDI}.", FDI) == "Vốn 327,45 triệu USD."
    assert text_of("capital {capital_new:FDI}.", FDI, lang="en") == "Capital 327.45 million USD."
    assert text_of("{capital_new:DDI; số}", DDI) == "30.615."


def test_the_currency_is_that_in_which_reports_write_an_ownership() -> None:
    dollars = answer("capital_new:DDI", 6_200 * MILLION, currency="USD")
    assert text_of("{capital_new:DDI}", DDI, dollars) == "30.615 tỷ đồng."
    assert text_of("{capital_new:DDI}", dollars) == "6.200 triệu USD."
    assert text_of("{capital_new:DDI:USD}", DDI, dollars) == "6.200 triệu USD."


def test_a_whole_known_in_two_currencies_is_written_in_both() -> None:
    both = [replace(answer("capital_new", 5 * MILLION), currency="USD")]
    both.append(answer("capital_new:VND", 7 * 10**12))
    assert text_of("{capital_new}", *both) == "5 triệu USD và 7.000 tỷ đồng."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"maturity": "estimate"}, "ước 327,45 triệu USD"),
        ({"maturity": "preliminary"}, "sơ bộ 327,45 triệu USD"),
        ({"approx": True}, "khoảng 327,45 triệu USD"),
        ({"how": "places", "missing": ("board/x",)}, "ít nhất 327,45 triệu USD"),
        ({"how": "places", "missing": ("board/x",), "maturity": "estimate"}, "ít nhất ước 327,45 triệu USD"),
    ],
)
def test_how_sure_a_figure_is_stands_before_it(fields: dict[str, object], text: str) -> None:
    assert text_of("đạt {capital_new:FDI}", answer("capital_new:FDI", 327_450_000, **fields)) == f"Đạt {text}."


@pytest.mark.parametrize(
    ("emptiness", "text"),
    [
        ("", "(chưa có số liệu)"),
        ("not_reported", "(chưa có số liệu)"),
        ("not_due", "(chưa đến hạn báo cáo)"),
        ("withheld", "(số liệu không công bố)"),
        ("not_applicable", "(không áp dụng)"),
    ],
)
def test_a_missing_figure_is_written_as_missing_with_its_reason(emptiness: str, text: str) -> None:
    written = wrote("vốn {capital_new:FDI}.", answer("capital_new:FDI", None, emptiness=emptiness))
    assert written.text == f"Vốn {text}."
    assert [one.indicator for one in written.unknown] == ["capital_new"]


def test_a_figure_that_cannot_be_restated_says_so() -> None:
    refused = answer("capital_new:FDI", None, caveats=(Problem("territory.not_restatable"),))
    assert "không quy đổi được" in text_of("{capital_new:FDI}", refused)


def test_growth_names_what_it_is_against() -> None:
    before = answer("capital_new:FDI", 300_000_000, "2020")
    assert text_of("{capital_new:FDI; so cùng kỳ}", FDI, before) == "Tăng 9,15% so với năm 2020."
    assert text_of("{capital_new:FDI; so cùng kỳ}", replace(FDI, amount=150_000_000), before).startswith("Giảm 50,00%")
    same = replace(FDI, amount=300_000_000)
    assert text_of("{capital_new:FDI; so cùng kỳ}", same, before) == "Bằng năm 2020."
    stock = answer("projects_valid", 784 * MILLION), answer("projects_valid", 700 * MILLION, "2020")
    assert text_of("{projects_valid; so cùng kỳ}", *stock) == "Tăng 12,00% so với cùng kỳ năm 2020."


def test_a_rate_grows_in_percentage_points() -> None:
    rates = answer("occupancy_rate", 63_800_000), answer("occupancy_rate", 60_500_000, "2020")
    assert text_of("{occupancy_rate; so cùng kỳ}", *rates) == "Tăng 3,30 điểm phần trăm so với cùng kỳ năm 2020."


def test_growth_that_a_source_said_stands_where_the_year_before_is_in_no_book() -> None:
    question = Question("growth_rate", PLACE, parse("2021"), "FDI", other="of=capital_new")
    growth = Answer(question, "said", amount=8_110_000)
    written = wrote("{capital_new:FDI; so cùng kỳ}", FDI, growth)
    assert written.text == "Tăng 8,11% so với năm 2020."
    assert growth.question in written.runs[0].rests


def test_without_the_year_before_the_comparison_is_told_as_missing() -> None:
    assert "chưa có số liệu cùng kỳ" in text_of("{capital_new:FDI; so cùng kỳ}", FDI)


def test_a_partial_total_is_not_compared() -> None:
    partial = answer("capital_new:FDI", 1, how="places", missing=("board/x",))
    before = answer("capital_new:FDI", 2, "2020")
    assert "chưa có số liệu cùng kỳ" in text_of("{capital_new:FDI; so cùng kỳ}", partial, before)


def test_a_result_is_told_as_percent_of_its_plan() -> None:
    plan = answer("capital_new:FDI", 350_000_000, kind="plan")
    assert text_of("bằng {capital_new:FDI; so kế hoạch}", FDI, plan) == "Bằng 93,56% kế hoạch."
    assert text_of("kế hoạch {capital_new:FDI; kế hoạch}", FDI, plan) == "Kế hoạch 350 triệu USD."
    assert "chưa có số kế hoạch" in text_of("{capital_new:FDI; so kế hoạch}", FDI)


def test_a_share_is_of_figures_in_one_currency() -> None:
    part = answer("capital_disbursed:FDI", 38_535_900_000)
    whole = answer("capital_registered_total:FDI", 61_206_600_000)
    text = "{capital_disbursed:FDI; tỷ trọng trong capital_registered_total:FDI}"
    assert text_of(text, part, whole) == "62,96%."
    assert "chưa đủ số liệu" in text_of(text, part)


def test_the_day_of_a_count_and_the_figure_of_last_year_can_be_written() -> None:
    count = answer("jobs_total", 160_000 * MILLION, last=date(2021, 6, 30))
    assert text_of("đến ngày {jobs_total; ngày}", count) == "Đến ngày 30/06/2021."
    before = answer("capital_new:FDI", 300_000_000, "2020")
    assert text_of("năm trước {capital_new:FDI; cùng kỳ}", before) == "Năm trước 300 triệu USD."
    assert "chưa rõ ngày" in text_of("{jobs_total; ngày}", answer("jobs_total", None, last=None))


def test_rounding_is_as_asked_for_and_half_up() -> None:
    assert text_of("{capital_new:FDI; làm tròn 1}", FDI) == "327,5 triệu USD."


def test_a_clause_is_written_where_its_figures_are_known() -> None:
    text = "vốn[ FDI đạt {capital_new:FDI}][, DDI đạt {capital_new:DDI}]."
    assert text_of(text, FDI, DDI) == "Vốn FDI đạt 327,45 triệu USD, DDI đạt 30.615 tỷ đồng."
    written = wrote(text, FDI)
    assert written.text == "Vốn FDI đạt 327,45 triệu USD."
    assert [one.ownership for one in written.unknown] == ["DDI"]


def test_a_clause_left_out_inside_another_leaves_the_other_whole() -> None:
    text = "[Vốn đạt {capital_new:FDI}[ ({capital_new:FDI; so cùng kỳ})].]"
    assert text_of(text, FDI) == "Vốn đạt 327,45 triệu USD."


def test_what_stands_after_the_bar_replaces_a_clause() -> None:
    assert text_of("[vốn đạt {capital_new:FDI}|không có vốn mới].") == "Không có vốn mới."


def test_conditions_choose_between_clauses() -> None:
    before = answer("capital_new:FDI", 300_000_000, "2020")
    text = "[nếu tăng capital_new:FDI: vốn tăng|[nếu giảm capital_new:FDI: vốn giảm|không rõ]]"
    assert text_of(text, FDI, before) == "Vốn tăng."
    assert text_of(text, replace(FDI, amount=1), before) == "Vốn giảm."
    assert text_of(text, FDI) == "Không rõ."
    assert text_of("[nếu thiếu capital_new:FDI: thiếu|có]", FDI) == "Có."
    assert text_of("[nếu là khối: Khối|nơi khác]", kind="block") == "Khối."


def test_a_condition_on_what_is_not_known_is_told_as_missing() -> None:
    assert [one.indicator for one in wrote("[nếu tăng capital_new:FDI: a|b]").unknown] == ["capital_new"]


def test_a_sentence_of_which_nothing_can_be_written_is_empty_and_says_what_it_lacks() -> None:
    written = wrote("[vốn đạt {capital_new:FDI};][ DDI {capital_new:DDI}].")
    assert not written.runs
    assert len(written.unknown) == 2


def test_marks_left_by_clauses_are_tidied() -> None:
    text = "[a {capital_new:FDI};][ b {projects_new};][ c {capital_new:DDI}.]"
    assert text_of(text, FDI) == "A 327,45 triệu USD."
    assert text_of(text, DDI) == "C 30.615 tỷ đồng."


def test_text_keeps_the_capitals_and_marks_that_were_typed() -> None:
    assert text_of("kết quả như sau:") == "Kết quả như sau:"
    assert text_of("Đây là báo cáo {kỳ}./.") == "Đây là báo cáo năm 2021./."


def test_missing_names_are_told_once_with_their_parts_together() -> None:
    fields = [
        figure_field(one, vocabulary()) for one in ("capital_new:FDI", "capital_new:DDI", "revenue", "capital_new:FDI")
    ]
    assert speaker().listed(fields) == ["vốn đăng ký cấp mới (FDI, DDI)", "doanh thu"]


def test_a_name_that_begins_with_an_abbreviation_keeps_its_capitals() -> None:
    assert (small("Vốn mới"), small("KCN đang hoạt động")) == ("vốn mới", "KCN đang hoạt động")
    assert speaker().name(FigureField("capital_new", "FDI")) == "Vốn đăng ký cấp mới (FDI)"
