"""A figure against its own past and its peers; figures due and missing."""

from __future__ import annotations

import pytest

from checks_book import amount, cause, found, only, said, years
from sokhu.core.checks.statement import Statement

STEADY = ("100 tỷ đồng", "110 tỷ đồng", "105 tỷ đồng", "115 tỷ đồng", "120 tỷ đồng", "118 tỷ đồng")


def revenue(last: str, **more: str) -> list[Statement]:
    """Steady from 2010 to 2015, and this in 2020."""
    return [*years("revenue", STEADY), said("revenue", last, **more)]


@pytest.mark.parametrize(
    ("written", "likely", "right"),
    [
        ("1.150 tỷ đồng", "slip_10", 115),
        ("11,5 tỷ đồng", "slip_10", 115),
        ("11.500 tỷ đồng", "slip_100", 115),
        ("115.000 tỷ đồng", "slip_1000", 115),
        ("115 triệu đồng", "slip_1000", 115),
        ("1.150.000 tỷ đồng", "slip_10000", 115),
        ("115.000 đồng", "slip_1000000", 115),
    ],
)
def test_a_power_of_ten_off_its_past_is_a_slip_and_what_it_would_be_is_said(
    written: str, likely: str, right: int
) -> None:
    finding = only("scale_slip", *revenue(written))
    assert (cause(finding), finding.severity) == (likely, "warning")
    assert amount(finding, "would_be") == right * 10**9
    assert finding.suggestion == finding.terms["would_be"]


@pytest.mark.parametrize("written", ["60 tỷ đồng", "400 tỷ đồng"])
def test_a_figure_less_than_a_power_of_ten_off_is_no_slip(written: str) -> None:
    assert not found("scale_slip", *revenue(written))


def test_few_other_periods_tell_no_slip() -> None:
    assert not found("scale_slip", *years("revenue", STEADY[:2]), said("revenue", "1.150 tỷ đồng"))


def test_periods_of_another_length_are_no_past() -> None:
    assert not found("scale_slip", *years("revenue", STEADY), said("revenue", "1.150 tỷ đồng", period="2020-Q1"))


def test_capital_that_swings_by_itself_is_no_slip() -> None:
    swings = ("12 triệu USD", "300 triệu USD", "45 triệu USD", "4 triệu USD", "700 triệu USD", "90 triệu USD")
    assert not found("scale_slip", *years("capital_new", swings), said("capital_new", "2.000 triệu USD"))


def test_what_swings_elsewhere_may_swing_here() -> None:
    steady = ("50 triệu USD", "51 triệu USD", "52 triệu USD", "50 triệu USD")
    here = [*years("capital_new", steady), said("capital_new", "510 triệu USD")]
    assert found("scale_slip", *here)
    swings = ("12 triệu USD", "300 triệu USD", "45 triệu USD", "4 triệu USD", "700 triệu USD", "90 triệu USD")
    elsewhere = [one for name in "bcd" for one in years("capital_new", swings, place=f"board/{name}")]
    assert not found("scale_slip", *here, *elsewhere)


def test_rates_and_counts_of_distinct_things_have_no_scale_to_slip() -> None:
    rates = years("occupancy_rate", ("60%", "61%", "62%", "63%", "64%"))
    assert not found("scale_slip", *rates, said("occupancy_rate", "6,4%"))


def test_a_swing_that_is_no_power_of_ten_is_an_oddity() -> None:
    finding = only("off_its_past", *revenue("600 tỷ đồng"))
    assert (finding.severity, finding.terms["past"].value) == ("note", "6")
    assert not found("off_its_past", *revenue("150 tỷ đồng"))


def test_money_in_another_currency_than_ever_with_the_same_number_is_a_slip() -> None:
    told = years("capital_new", ("500 triệu USD", "520 triệu USD", "480 triệu USD"))
    assert found("currency_slip", *told, said("capital_new", "510 triệu đồng"))


def test_money_of_another_size_in_another_currency_is_left_alone() -> None:
    told = list(years("capital_new", ("500 triệu USD", "520 triệu USD", "480 triệu USD")))
    assert not found("currency_slip", *told, said("capital_new", "12.500 tỷ đồng"))
    assert not found("currency_slip", *told[:1], said("capital_new", "510 triệu đồng"))


def occupancies(last: str, places: int = 9) -> list[Statement]:
    rates = ("60%", "62%", "64%", "66%", "61%", "63%", "65%", "67%", "62%")[:places]
    told = [said("occupancy_rate", rate, place=f"board/b{n}") for n, rate in enumerate(rates)]
    return [*told, said("occupancy_rate", last, place="board/z")]


def test_a_rate_far_from_those_of_the_other_places_is_an_oddity() -> None:
    finding = only("off_its_peers", *occupancies("6,3%"))
    assert (finding.severity, finding.cell.place) == ("note", "board/z")
    assert not found("off_its_peers", *occupancies("70%"))


def test_few_peers_or_equal_ones_tell_nothing() -> None:
    assert not found("off_its_peers", *occupancies("6,3%", places=5))
    equal = [said("occupancy_rate", "60%", place=f"board/b{n}") for n in range(9)]
    assert not found("off_its_peers", *equal, said("occupancy_rate", "6,3%", place="board/z"))


def reports(*told: int, other: int = 2013, code: str = "projects_new", **more: str) -> list[Statement]:
    """New projects told for some years; something else was told for another one."""
    new = [said(code, "30 dự án", period=str(year), **more) for year in told]
    return [*new, said("revenue", "100 tỷ đồng", period=str(other))]


def test_a_flow_that_was_always_told_is_missed_in_the_newest_report() -> None:
    finding = only("due_and_missing", *reports(2011, 2012))
    assert (finding.severity, finding.terms["missing_period"].value) == ("note", "2013")
    assert finding.terms["last_period"].value == "2012"


@pytest.mark.parametrize("told", [(2012,), (2010, 2011), (2009, 2011, 2012), (2011, 2012, 2013)])
def test_what_is_told_now_and_then_or_was_told_is_not_missed(told: tuple[int, ...]) -> None:
    assert not found("due_and_missing", *reports(*told))


def test_nine_months_in_between_are_no_year_that_was_left_out() -> None:
    nine = said("projects_new", "20 dự án", period="2011-01..2011-09")
    assert found("due_and_missing", *reports(2011, 2012), nine)


def test_stocks_plans_and_drafts_are_never_due() -> None:
    assert not found("due_and_missing", *reports(2011, 2012, code="projects_valid"))
    assert not found("due_and_missing", *reports(2011, 2012, kind="plan"))
    drafts = [said("projects_new", "30 dự án", period=str(year), is_draft=True) for year in (2011, 2012)]
    assert not found("due_and_missing", *drafts, said("revenue", "100 tỷ đồng", period="2013"))


def test_a_voice_owes_only_what_it_used_to_tell_itself() -> None:
    other = [said("projects_new", "30 dự án", period=str(year), speaker="block/x") for year in (2011, 2012)]
    assert not found("due_and_missing", *other, said("revenue", "100 tỷ đồng", period="2013"))
