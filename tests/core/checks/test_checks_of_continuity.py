"""Opening + what raised a stock - what lowered it = closing; and sums since the start that are written as flows."""

from __future__ import annotations

from typing import Any

import pytest

from checks_book import amount, cause, found, only, said
from sokhu.core.checks.statement import Statement

M = 10**6  # a million dollars, as amounts are scaled


def movement(closing: str = "1.120 triệu USD", without: str = "", **changed: Any) -> list[Statement]:
    """1.000 + 150 - 10 + 0 - 20 - 0 = 1.120 triệu USD of 2020, all of it told."""
    told = {
        "capital_new_and_added": "150 triệu USD",
        "capital_moved": "-10 triệu USD",
        "capital_corrected": "0 triệu USD",
        "capital_reduced": "20 triệu USD",
        "capital_revoked": "0 triệu USD",
    }
    told.pop(without, "")
    return [
        said("capital_registered_total", "1.000 triệu USD", period="2019", ownership="FDI", **changed),
        *(said(code, written, ownership="FDI", **changed) for code, written in told.items()),
        said("capital_registered_total", closing, ownership="FDI", **changed),
    ]


def test_a_stock_closes_with_its_opening_and_all_that_moved_it() -> None:
    assert not found("continuity", *movement())
    finding = only("continuity", *movement(closing="1.220 triệu USD"))
    assert (finding.severity, amount(finding, "remainder"), cause(finding)) == ("error", -100 * M, "unknown_cause")
    assert finding.cell.period == "2020-12-31"


def test_the_remainder_is_told_with_the_interval_that_rounding_allows() -> None:
    finding = only("continuity", *movement(closing="1.220 triệu USD"))
    assert finding.terms["interval"].value == f"{-100 * M - M // 2} {-100 * M + M // 2}"


def test_rounding_explains_a_remainder_of_half_a_digit_for_each_figure() -> None:
    assert not found("continuity", *movement(closing="1.122 triệu USD"))
    assert found("continuity", *movement(closing="1.123,6 triệu USD"))


def test_a_decrease_that_nobody_told_makes_a_warning_that_names_it() -> None:
    finding = only("continuity", *movement(without="capital_reduced"))
    assert (finding.severity, cause(finding)) == ("warning", "decreases_unsaid")
    assert finding.terms["unsaid"].value == "capital_reduced"


def test_an_increase_that_nobody_told_makes_a_warning_that_names_it() -> None:
    finding = only("continuity", *movement(closing="1.220 triệu USD", without="capital_moved"))
    assert (finding.severity, cause(finding)) == ("warning", "increases_unsaid")


def test_new_and_added_capital_may_be_told_apart() -> None:
    figures = [one for one in movement() if one.cell.indicator != "capital_new_and_added"]
    new = said("capital_new", "100 triệu USD", ownership="FDI")
    assert found("continuity", *figures, new), "what was added is not told"
    assert not found("continuity", *figures, new, said("capital_added", "50 triệu USD", ownership="FDI"))


def test_without_any_movement_two_counts_say_nothing() -> None:
    figures = movement(closing="5.000 triệu USD")
    assert not found("continuity", figures[0], figures[-1])


@pytest.mark.parametrize("without", [0, -1])
def test_without_opening_or_closing_nothing_is_held_against_anything(without: int) -> None:
    figures = movement(closing="5.000 triệu USD")
    del figures[without]
    assert not found("continuity", *figures)


def test_each_ownership_closes_by_itself() -> None:
    domestic = said("capital_registered_total", "9.000 tỷ đồng", ownership="DDI")
    assert not found("continuity", *movement(), domestic)


def test_a_stock_counted_days_off_its_movements_leaves_a_note() -> None:
    figures = movement(closing="1.220 triệu USD")
    early = said("capital_registered_total", "1.000 triệu USD", period="2019-12-20", ownership="FDI")
    finding = only("continuity", early, *figures[1:])
    assert (finding.severity, cause(finding)) == ("note", "days_between")


def test_a_year_that_closes_on_20_december_does_not_follow_on_the_one_before() -> None:
    finding = only("continuity", *movement(closing="1.220 triệu USD", regime="to_20_december"))
    assert (finding.severity, cause(finding)) == ("note", "days_between")


def test_a_stock_of_half_a_year_before_is_no_opening() -> None:
    figures = movement(closing="1.220 triệu USD")
    summer = said("capital_registered_total", "1.000 triệu USD", period="2019-06-30", ownership="FDI")
    assert not found("continuity", summer, *figures[1:])


def test_an_opening_from_another_voice_leaves_a_note() -> None:
    figures = movement(closing="1.220 triệu USD")
    other = said("capital_registered_total", "1.000 triệu USD", period="2019", ownership="FDI", speaker="block/x")
    finding = only("continuity", other, *figures[1:])
    assert (finding.severity, cause(finding)) == ("note", "two_books")


def test_a_copied_count_is_not_held_against_the_movements_of_its_source() -> None:
    copied = said("capital_registered_total", "1.220 triệu USD", ownership="FDI", speaker="block/x")
    assert not found("continuity", *movement(), copied)


def test_an_estimated_movement_leaves_a_warning() -> None:
    figures = movement(closing="1.220 triệu USD")
    figures[4] = said("capital_reduced", "20 triệu USD", ownership="FDI", maturity="estimate")
    assert only("continuity", *figures).severity == "warning"


def test_where_the_opening_is_not_in_the_books_it_follows_from_the_growth() -> None:
    growth = said("growth_rate", "12,00%", ownership="FDI", other="of=capital_registered_total")
    assert not found("continuity", growth, *movement()[1:])
    finding = only("continuity", growth, *movement(closing="2.240 triệu USD")[1:])
    assert (amount(finding, "opening"), amount(finding, "remainder")) == (2000 * M, -120 * M)


def test_no_opening_follows_from_a_fall_to_nothing() -> None:
    growth = said("growth_rate", "-100,00%", ownership="FDI", other="of=capital_registered_total")
    assert not found("continuity", growth, *movement(closing="2.240 triệu USD")[1:])


def stocks() -> list[Statement]:
    return [said("projects_valid", "300 dự án", period="2019"), said("projects_valid", "330 dự án")]


def test_a_flow_as_large_as_the_stock_it_runs_into_is_a_sum_since_the_start() -> None:
    finding = only("stock_as_flow", *stocks(), said("projects_new", "330 dự án"))
    assert (finding.severity, amount(finding, "stock")) == ("warning", 330 * M)
    assert not found("stock_as_flow", *stocks(), said("projects_new", "30 dự án"))


def test_a_stock_that_only_began_may_be_as_large_as_its_flow() -> None:
    assert not found("stock_as_flow", said("projects_valid", "30 dự án"), said("projects_new", "30 dự án"))


def test_an_estimated_flow_as_large_as_its_stock_is_a_note() -> None:
    flow = said("projects_new", "330 dự án", maturity="estimate")
    assert only("stock_as_flow", *stocks(), flow).severity == "note"


def disbursed(written: str, rate: str) -> list[Statement]:
    """38.535,9 triệu USD were disbursed "in 2020", of 61.206,6 in all."""
    return [
        said("capital_registered_total", "61.206,6 triệu USD", ownership="FDI"),
        said("capital_disbursed", written, ownership="FDI", for_period="2020"),
        said("disbursement_rate", rate, ownership="FDI"),
    ]


def test_a_count_said_of_a_year_is_a_sum_where_a_rate_of_the_whole_stock_is_told() -> None:
    finding = only("stock_as_flow", *disbursed("38.535,9 triệu USD", "62,96%"))
    assert finding.terms["stock_indicator"].value == "capital_registered_total"


def test_a_count_said_of_a_year_whose_rate_is_of_something_else_is_left_alone() -> None:
    assert not found("stock_as_flow", *disbursed("3.535,9 triệu USD", "62,96%"))
    assert not found("stock_as_flow", *disbursed("38.535,9 triệu USD", "62,96%")[1:])


def test_nothing_comes_before_the_first_year_there_is() -> None:
    figures = [
        said("projects_valid", "330 dự án", period="1900"),
        said("projects_new", "330 dự án", period="1900"),
    ]
    growth = said("growth_rate", "20%", period="1900", other="of=projects_valid")
    for code in ("continuity", "stock_as_flow", "due_and_missing"):
        assert not found(code, *figures)
    assert not found("comparison_recomputed", growth, *figures)
