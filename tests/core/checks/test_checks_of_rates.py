"""Rates, growth, plans and shares recomputed; a rate over another denominator than its definition names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks_book import amount, found, only, said
from sokhu.core.checks.statement import Statement

POINT = 10**6  # a percent, as amounts are scaled


def disbursement(rate: str, **more: Any) -> list[Statement]:
    return [
        said("disbursement_rate", rate, ownership="FDI", **more),
        said("capital_disbursed", "38.535,9 triệu USD", ownership="FDI"),
        said("capital_registered_total", "61.206,6 triệu USD", ownership="FDI"),
    ]


def test_a_rate_is_its_numerator_over_its_denominator() -> None:
    assert not found("ratio_recomputed", *disbursement("62,96%"))
    finding = only("ratio_recomputed", *disbursement("69,26%"))
    assert (finding.severity, amount(finding, "should_be")) == ("error", 62_960_000)


def test_a_rate_is_told_with_as_many_decimals_as_it_was_written_with() -> None:
    assert amount(only("ratio_recomputed", *disbursement("69%")), "should_be") == 63 * POINT
    assert not found("ratio_recomputed", *disbursement("63%"))


def test_a_rate_without_its_denominator_is_left_alone() -> None:
    assert not found("ratio_recomputed", *disbursement("69,26%")[:2])


def test_a_rate_over_nothing_is_left_alone() -> None:
    empty = said("industrial_land_area", "0 ha")
    assert not found("ratio_recomputed", said("occupancy_rate", "60%"), said("land_leased", "60 ha"), empty)


def test_counts_of_one_day_make_an_error_though_the_rate_was_said_of_the_year() -> None:
    rate, *counts = disbursement("69,26%")
    day = [said(one.cell.indicator, written, period="2020-12-20", ownership="FDI") for one, written in
           zip(counts, ("38.535,9 triệu USD", "61.206,6 triệu USD"), strict=True)]  # fmt: skip
    assert only("ratio_recomputed", rate, *day).severity == "error"
    assert only("ratio_recomputed", rate, day[0], counts[1]).severity == "note"


def test_counts_that_were_corrected_since_make_a_note() -> None:
    rate, disbursed, _ = disbursement("69,26%")
    later = said("capital_registered_total", "61.206,6 triệu USD", ownership="FDI", sequence=2)
    assert only("ratio_recomputed", rate, disbursed, later).severity == "note"


def occupancy(rate: str) -> list[Statement]:
    return [
        said("occupancy_rate", rate),
        said("land_leased", "600 ha"),
        said("industrial_land_area", "1.000 ha"),
        said("land_handed_over", "800 ha"),
    ]


def test_occupancy_over_another_area_is_another_indicator() -> None:
    finding = only("other_denominator", *occupancy("75,00%"))
    assert finding.terms["other_indicator"].value == "land_handed_over"
    assert finding.severity == "warning"
    assert not found("ratio_recomputed", *occupancy("75,00%")), "it is told once"


def test_occupancy_that_is_right_or_right_over_nothing_is_no_other_indicator() -> None:
    assert not found("other_denominator", *occupancy("60,00%"))
    assert not found("other_denominator", *occupancy("70,00%"))
    assert found("ratio_recomputed", *occupancy("70,00%"))


def test_another_area_is_recognised_where_the_right_one_was_not_told() -> None:
    rate, leased, _, handed_over = occupancy("75,00%")
    assert found("other_denominator", rate, leased, handed_over)


def compared(code: str, said_rate: str, written: str, of: str = "projects_new", **base: Any) -> list[Statement]:
    return [said(code, said_rate, other=f"of={of}"), said(of, "120 dự án"), said(of, written, **base)]


@pytest.mark.parametrize(
    ("code", "right", "wrong", "base"),
    [
        ("growth_rate", "20,00%", "22,00%", {"period": "2019"}),
        ("yoy_ratio", "120,00%", "20,00%", {"period": "2019"}),
        ("plan_completion", "120,00%", "102,00%", {"kind": "plan"}),
        ("plan_excess", "20,00%", "2,00%", {"kind": "plan"}),
    ],
)
def test_a_comparison_is_recomputed_from_the_two_figures(
    code: str, right: str, wrong: str, base: dict[str, str]
) -> None:
    assert not found("comparison_recomputed", *compared(code, right, "100 dự án", **base))
    finding = only("comparison_recomputed", *compared(code, wrong, "100 dự án", **base))
    assert finding.severity == "error"
    assert amount(finding, "should_be") == said(code, right, other="of=projects_new").amount


def times(written: str, after: str, **base: str) -> list[Statement]:
    comparison = said("ratio_times", written, other="of=projects_new", after=after)
    return [comparison, said("projects_new", "120 dự án"), said("projects_new", "100 dự án", **base)]


def test_a_multiple_is_held_against_the_year_that_the_words_behind_name() -> None:
    assert not found("comparison_recomputed", *times("1,20 lần", " so với năm 2015", period="2015"))
    assert found("comparison_recomputed", *times("2,10 lần", " so với năm 2015", period="2015"))
    assert not found("comparison_recomputed", *times("2,10 lần", "", period="2019")), "it can be of any day"


def test_growth_is_held_against_the_period_that_the_words_behind_name() -> None:
    quarters = [said("projects_new", f"{n} dự án", period=f"2020-{q}") for n, q in ((120, "Q2"), (100, "Q1"))]
    growth = said("growth_rate", "22%", period="2020-Q2", other="of=projects_new", after=" so với quý trước")
    assert only("comparison_recomputed", growth, *quarters).severity == "error"
    assert not found("comparison_recomputed", replace(growth, after=""), *quarters)


def test_growth_of_a_stock_is_held_against_the_end_of_the_year_that_is_named() -> None:
    counts = [said("projects_valid", "120 dự án"), said("projects_valid", "100 dự án", period="2015")]
    growth = said("growth_rate", "22%", other="of=projects_valid", after=" so với năm 2015")
    assert found("comparison_recomputed", growth, *counts)


def test_growth_from_nothing_or_of_nobody_knows_what_is_left_alone() -> None:
    assert not found("comparison_recomputed", *compared("growth_rate", "22%", "0 dự án", period="2019"))
    assert not found("comparison_recomputed", *compared("growth_rate", "22%", "100 dự án", period="2018"))
    nameless = said("growth_rate", "22%")
    assert not found("comparison_recomputed", nameless, *compared("growth_rate", "20%", "100 dự án", period="2019")[1:])


def test_growth_of_money_is_found_in_whichever_currency_it_was_told() -> None:
    figures = [
        said("growth_rate", "50%", other="of=revenue"),
        said("revenue", "120 tỷ đồng"),
        said("revenue", "100 tỷ đồng", period="2019"),
    ]
    assert only("comparison_recomputed", *figures).severity == "error"


def test_growth_against_a_base_that_was_corrected_since_is_a_note() -> None:
    figures = compared("growth_rate", "22%", "100 dự án", period="2019", sequence=2)
    assert only("comparison_recomputed", *figures).severity == "note"


def test_growth_of_a_stock_is_held_against_the_count_of_the_same_day_a_year_before() -> None:
    figures = compared("growth_rate", "22,00%", "100 dự án", of="projects_valid", period="2019")
    assert only("comparison_recomputed", *figures).severity == "error"


def test_growth_of_a_stock_counted_on_another_day_of_the_season_is_a_note() -> None:
    figures = compared("growth_rate", "22,00%", "100 dự án", of="projects_valid", period="2019-12-15")
    assert only("comparison_recomputed", *figures).severity == "note"
    figures = compared("growth_rate", "22,00%", "100 dự án", of="projects_valid", period="2019-06-30")
    assert not found("comparison_recomputed", *figures)


def test_growth_of_a_whole_plan_has_no_year_before() -> None:
    figures = [
        said("growth_rate", "22%", period="2016..2020", other="of=projects_new"),
        said("projects_new", "120 dự án", period="2016..2020"),
        said("projects_new", "100 dự án", period="2015..2019"),
    ]
    assert not found("comparison_recomputed", *figures)


def test_the_day_a_year_before_29_february_is_the_28th() -> None:
    figures = [
        said("growth_rate", "22,00%", period="2020-02", other="of=projects_valid"),
        said("projects_valid", "120 dự án", period="2020-02-29"),
        said("projects_valid", "100 dự án", period="2019-02-28"),
    ]
    assert only("comparison_recomputed", *figures).severity == "error"


def share(rate: str) -> list[Statement]:
    return [
        said("share", rate, ownership="FDI", other="of=projects_new"),
        said("projects_new", "228 dự án", ownership="FDI"),
        said("projects_new", "330 dự án"),
    ]


def test_a_share_is_the_part_over_a_whole_it_belongs_to() -> None:
    assert not found("share_recomputed", *share("69,1%"))
    finding = only("share_recomputed", *share("78%"))
    assert (finding.severity, amount(finding, "should_be")) == ("warning", 69 * POINT)


def test_a_share_may_be_of_what_the_catalogue_says_it_is_a_part_of() -> None:
    women = [said("jobs_female", "600 lao động"), said("jobs_total", "1.000 lao động")]
    assert not found("share_recomputed", said("share", "60%", other="of=jobs_female"), *women)
    assert found("share_recomputed", said("share", "66%", other="of=jobs_female"), *women)


def test_a_share_of_something_untold_is_left_alone() -> None:
    assert not found("share_recomputed", *share("78%")[:2])
    assert not found("share_recomputed", share("78%")[0])
