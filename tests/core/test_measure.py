"""Which unit a cell counts in, and how a figure becomes its scaled amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sokhu.core.indicator import load_indicators
from sokhu.core.measure import MONEY, amount_as_written, amount_in_cell, currency_of, currency_turn, unit_of_cell
from sokhu.core.problems import Problem
from sokhu.core.units import units

INDICATORS = load_indicators()
CAPITAL, LAND, PROJECTS = (INDICATORS[code] for code in ("capital_new", "land_leased", "projects_valid"))


@pytest.mark.parametrize(
    ("unit", "currency"), [("USD", "USD"), ("VND/ha", "VND"), ("ha", ""), ("percent", ""), ("EUR/project", "EUR")]
)
def test_the_currency_stands_in_the_unit(unit: str, currency: str) -> None:
    assert currency_of(unit) == currency


def test_money_is_kept_in_the_currency_of_the_cell_and_all_else_in_the_indicators_unit() -> None:
    assert unit_of_cell(CAPITAL, "VND") == "VND"
    assert unit_of_cell(LAND, "") == "ha"


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_indicator_of_the_catalogue_has_a_unit_to_count_in(code: str) -> None:
    indicator = INDICATORS[code]
    currencies = ("VND", "USD") if indicator.unit in MONEY else ("",)
    known = [one for one in currencies if unit_of_cell(indicator, one) in units().by_code]
    assert known
    for currency in known:
        assert amount_in_cell(indicator, Decimal(1), unit_of_cell(indicator, currency))[1] == currency


def test_eight_and_a_half_quadrillion_dong_are_kept_to_the_dong() -> None:
    amount, currency = amount_in_cell(CAPITAL, Decimal("8500000000000001"), "VND")
    assert (amount, currency) == (8_500_000_000_000_001, "VND")


def test_another_unit_of_the_same_measure_is_converted() -> None:
    assert amount_in_cell(LAND, Decimal("4.5"), "km2") == (450_000_000, "")
    assert amount_as_written(LAND, "4,5 km2", "") == 450_000_000


@pytest.mark.parametrize(("unit", "indicator"), [("ha", CAPITAL), ("USD", LAND), ("projects", LAND), ("USD/ha", LAND)])
def test_a_figure_in_another_kind_of_unit_is_refused_and_told_what_is_expected(unit: str, indicator: object) -> None:
    with pytest.raises(Problem) as told:
        amount_in_cell(indicator, Decimal(1), unit)  # type: ignore[arg-type]
    assert told.value.code == "measure.unlike_unit"
    assert told.value.params["expected"]


def test_a_unit_that_texts_use_as_well_counts_one_for_one() -> None:
    code = next(code for code, one in INDICATORS.items() if one.other_units and one.unit not in MONEY)
    other = INDICATORS[code].other_units[0]
    assert amount_in_cell(INDICATORS[code], Decimal(3), other) == (3_000_000, "")
    assert amount_as_written(INDICATORS[code], f"3 {other}", "") == 3_000_000


@pytest.mark.parametrize(
    ("written", "amount"),
    [("61.206,6 triệu USD", 61_206_600_000), ("0,0612 tỷ USD", 61_200_000), ("61206600000 USD", 61_206_600_000)],
)
def test_a_typed_sum_of_money_is_read_with_its_scale(written: str, amount: int) -> None:
    assert amount_as_written(CAPITAL, written, "USD") == amount


def test_a_bare_number_is_a_count_in_the_cells_own_unit_but_never_money() -> None:
    assert amount_as_written(INDICATORS["projects_new"], "78", "") == 78_000_000
    with pytest.raises(Problem, match=r"quantity\.no_unit"):
        amount_as_written(CAPITAL, "5", "USD")


@pytest.mark.parametrize(("written", "currency"), [("5 triệu USD", "VND"), ("5 ha", "USD"), ("5 tỷ đồng", "USD")])
def test_a_typed_figure_in_another_currency_or_measure_is_refused(written: str, currency: str) -> None:
    with pytest.raises(Problem, match=r"measure\.unlike_unit"):
        amount_as_written(CAPITAL, written, currency)


def test_a_count_is_a_count_however_the_unit_is_spelled() -> None:
    assert amount_as_written(PROJECTS, "12 dự án", "") == 12_000_000


def test_dollars_stand_before_dong_before_others_and_what_is_no_money_first() -> None:
    assert sorted(["KRW", "VND", "", "EUR", "USD"], key=currency_turn) == ["", "USD", "VND", "EUR", "KRW"]
