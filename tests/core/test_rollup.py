from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.indicator import load_indicators
from sokhu.core.problems import Problem
from sokhu.core.rollup import (
    Part,
    by_formula,
    last_over_time,
    over_places,
    over_time,
    recomputed,
    summed_over_time,
    weakest,
)

FLOW = load_indicators()["capital_new"]
STOCK = load_indicators()["jobs_total"]
RATE = load_indicators()["occupancy_rate"]
DENSITY = load_indicators()["investment_density"]
DISBURSEMENT = load_indicators()["disbursement_rate"]
COUNTRIES = load_indicators()["source_countries"]
GROWTH = load_indicators()["growth_rate"]
ATTRACTED = load_indicators()["capital_new_and_added"]
BALANCE = load_indicators()["trade_balance"]

MILLION = 10**6
YEAR = (date(2020, 1, 1), date(2020, 12, 31))
QUARTERS = [
    (date(2020, 1, 1), date(2020, 3, 31)),
    (date(2020, 4, 1), date(2020, 6, 30)),
    (date(2020, 7, 1), date(2020, 9, 30)),
    (date(2020, 10, 1), date(2020, 12, 31)),
]


def part(value: int | None, place: str = "a", window: tuple[date, date] = YEAR, **more: object) -> Part:
    scaled = None if value is None else value * MILLION
    return replace(Part(place, *window, scaled), **more)  # type: ignore[arg-type]


def quarters(*values: int | None, **more: object) -> list[Part]:
    return [part(value, window=window, **more) for value, window in zip(values, QUARTERS, strict=False)]


TWO_CURRENCIES = [*quarters(1, currency="USD"), part(2, window=QUARTERS[1], currency="VND")]
SHARING_ONE_DAY = [*quarters(1), part(2, window=(QUARTERS[0][1], QUARTERS[1][1]))]
DOLLARS_AND_DONG = [part(1, "a", currency="USD"), part(1, "b", currency="VND")]


def refusal(call, *args) -> str:
    with pytest.raises(Problem) as caught:
        call(*args)
    return caught.value.code


# --- over time ---------------------------------------------------------------------------------------------------


def test_four_quarters_of_a_flow_make_the_year():
    total = over_time(FLOW, quarters(1, 2, 3, 4))
    assert (total.value, total.first, total.last) == (10 * MILLION, *YEAR)
    assert total.coverage.is_complete
    assert not total.caveats


def test_the_order_of_the_parts_does_not_matter():
    parts = quarters(1, 2, 3, 4)
    assert over_time(FLOW, parts[::-1]) == over_time(FLOW, parts)


def test_a_quarter_without_a_figure_is_named_and_not_taken_for_zero():
    total = over_time(FLOW, quarters(1, None, 3, 4))
    assert total.value == 8 * MILLION
    assert total.coverage.missing == ("2020-04-01..2020-06-30",)
    assert not total.coverage.is_complete


def test_nothing_known_is_not_zero():
    assert over_time(FLOW, quarters(None, None, None, None)).value is None


def test_a_stock_takes_the_last_count():
    total = over_time(STOCK, quarters(5, 9, 7, 6))
    assert (total.value, total.first, total.last) == (6 * MILLION, *YEAR)


def test_an_earlier_count_does_not_stand_in_for_a_missing_last_one():
    total = over_time(STOCK, quarters(5, 9, 7, None))
    assert total.value is None
    assert total.coverage.missing == ("2020-10-01..2020-12-31",)


def test_a_stock_is_as_final_as_its_last_count():
    parts = [*quarters(5, 9, 7), part(6, window=QUARTERS[3], maturity="preliminary")]
    assert over_time(STOCK, parts).maturity == "preliminary"


def test_the_last_count_keeps_its_own_currency():
    parts = [part(1, window=QUARTERS[0], currency="USD"), part(2, window=QUARTERS[1], currency="VND")]
    stock = load_indicators()["capital_registered_total"]
    assert last_over_time(stock, parts).currency == "VND"


@pytest.mark.parametrize(
    ("code", "call", "indicator", "parts"),
    [
        ("rollup.stock_over_time", summed_over_time, STOCK, quarters(1, 2)),
        ("rollup.ratio_averaged", over_time, RATE, quarters(60, 70)),
        ("rollup.not_over_time", over_time, GROWTH, quarters(8, 5)),
        ("rollup.not_a_stock", last_over_time, FLOW, quarters(1, 2)),
        ("rollup.nothing", over_time, FLOW, []),
        ("rollup.nothing", over_time, STOCK, []),
        ("rollup.other_place", over_time, FLOW, [part(1), part(2, "b")]),
        ("rollup.overlap_in_time", over_time, FLOW, [*quarters(1), part(1)]),
        ("rollup.overlap_in_time", over_time, FLOW, SHARING_ONE_DAY),
        ("rollup.overlap_in_time", over_time, STOCK, [part(1), part(2)]),
        ("rollup.gap_in_time", over_time, FLOW, quarters(1, 2, 3)[::2]),
        ("rollup.mixed_currency", over_time, FLOW, TWO_CURRENCIES),
    ],
)
def test_what_cannot_be_added_over_time_is_refused_with_its_reason(code, call, indicator, parts):
    assert refusal(call, indicator, parts) == code


def test_a_refusal_names_the_indicator_in_both_languages():
    with pytest.raises(Problem) as caught:
        over_time(RATE, quarters(60, 70))
    assert caught.value.params == {"found": "occupancy_rate", "name_vi": RATE.name_vi, "name_en": RATE.name_en}


# --- over places -------------------------------------------------------------------------------------------------


def test_places_add_up_and_the_silent_one_is_named():
    total = over_places(FLOW, [part(1, "a"), part(2, "b"), part(None, "c")], expected=["a", "b", "c", "d"])
    assert total.value == 3 * MILLION
    assert total.coverage.present == ("a", "b")
    assert total.coverage.missing == ("c", "d")


def test_a_total_is_as_weak_as_its_weakest_part():
    parts = [part(1, "a"), part(2, "b", maturity="estimate"), part(3, "c", maturity="preliminary")]
    assert over_places(FLOW, parts).maturity == "estimate"


def test_a_missing_figure_does_not_weaken_a_total():
    assert over_places(FLOW, [part(1, "a"), part(None, "b", maturity="estimate")]).maturity == "final"


def test_one_figure_written_as_about_makes_the_total_about():
    assert over_places(FLOW, [part(1, "a"), part(2, "b", approx=True)]).approx
    assert not over_places(FLOW, [part(1, "a"), part(None, "b", approx=True)]).approx


def test_unlike_windows_add_with_a_caveat():
    to_the_twentieth = (date(2020, 1, 1), date(2020, 12, 20))
    total = over_places(FLOW, [part(1, "a"), part(2, "b", window=to_the_twentieth)])
    assert total.value == 3 * MILLION
    assert [caveat.code for caveat in total.caveats] == ["rollup.unlike_windows"]


def test_the_currency_of_the_parts_is_that_of_the_total():
    assert over_places(FLOW, [part(None, "a", currency="VND"), part(2, "b", currency="USD")]).currency == "USD"


@pytest.mark.parametrize(
    ("code", "indicator", "parts"),
    [
        ("rollup.ratio_averaged", RATE, [part(60, "a"), part(70, "b")]),
        ("rollup.not_over_places", COUNTRIES, [part(10, "a"), part(12, "b")]),
        ("rollup.not_over_places", GROWTH, [part(10, "a"), part(12, "b")]),
        ("rollup.mixed_currency", FLOW, [part(1, "a", currency="USD"), part(2, "b", currency="VND")]),
        ("rollup.place_twice", FLOW, [part(1, "a"), part(2, "a")]),
        ("rollup.nothing", FLOW, []),
    ],
)
def test_what_cannot_be_added_over_places_is_refused_with_its_reason(code, indicator, parts):
    assert refusal(over_places, indicator, parts) == code


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12), st.integers(0, 12))
def test_regrouping_places_keeps_the_total(values: list[int], cut: int):
    parts = [part(value, f"p{number}") for number, value in enumerate(values)]
    groups = [group for group in (parts[:cut], parts[cut:]) if group]
    subtotals = [part(0, f"g{number}") for number in range(len(groups))]
    subtotals = [
        replace(one, value=over_places(FLOW, group).value) for one, group in zip(subtotals, groups, strict=True)
    ]
    assert over_places(FLOW, subtotals).value == over_places(FLOW, parts).value


@given(st.lists(st.integers(0, 10**12), min_size=2, max_size=12), st.integers(1, 11))
def test_regrouping_days_keeps_the_total(values: list[int], cut: int):
    days = [date(2024, 1, 1) + timedelta(number) for number in range(len(values))]
    parts = [part(value, window=(day, day)) for value, day in zip(values, days, strict=True)]
    groups = [group for group in (parts[:cut], parts[cut:]) if group]
    longer = [
        Part("a", total.first, total.last, total.value) for total in (summed_over_time(FLOW, group) for group in groups)
    ]
    assert over_time(FLOW, longer).value == over_time(FLOW, parts).value


# --- ratios ------------------------------------------------------------------------------------------------------


def test_the_rate_of_a_province_is_that_of_its_sums_and_not_the_mean_of_rates():
    # 30 of 40 ha is 75 %, 90 of 900 ha is 10 %; together 120 of 940 ha is 12.765957 %, and not 42.5 %.
    total = recomputed(
        RATE, [part(30, "a"), part(90, "b"), part(0, "c")], [part(40, "a"), part(900, "b"), part(0, "c")]
    )
    assert total.value == 12_765_957


def test_the_block_of_2020_disbursed_62_96_percent():
    above = [Part("block", *YEAR, 38_535_900_000 * MILLION, currency="USD")]
    below = [Part("block", *YEAR, 61_206_600_000 * MILLION, currency="USD")]
    total = recomputed(DISBURSEMENT, above, below)
    assert total.value is not None
    assert round(total.value / MILLION, 2) == 62.96
    assert total.currency == ""


def test_a_place_with_only_one_part_of_the_ratio_is_missing_and_not_counted():
    total = recomputed(RATE, [part(30, "a"), part(90, "b"), part(None, "c")], [part(40, "a"), part(7, "c")], ["a", "d"])
    assert total.value == 75 * MILLION
    assert total.coverage.present == ("a",)
    assert total.coverage.missing == ("b", "c", "d")


def test_a_ratio_that_nobody_has_both_parts_of_is_unknown():
    total = recomputed(RATE, [part(30, "a")], [part(None, "a")])
    assert total.value is None
    assert total.coverage.missing == ("a",)


def test_money_per_hectare_is_money():
    total = recomputed(DENSITY, [part(120, "a", currency="USD")], [part(10, "a", maturity="estimate")])
    assert (total.value, total.currency, total.maturity) == (12 * MILLION, "USD", "estimate")


@pytest.mark.parametrize(
    ("code", "indicator", "above", "below"),
    [
        ("rollup.not_a_ratio", FLOW, [part(1)], [part(2)]),
        ("rollup.not_a_ratio", GROWTH, [part(1)], [part(2)]),
        ("rollup.nothing", RATE, [], []),
        ("rollup.nothing_below", RATE, [part(1)], [part(0)]),
        ("rollup.place_twice", RATE, [part(1), part(1)], [part(2)]),
        ("rollup.place_twice", RATE, [part(1)], [part(2), part(2)]),
        ("rollup.mixed_currency", DISBURSEMENT, [part(1, currency="USD")], [part(2, currency="VND")]),
        ("rollup.mixed_currency", DENSITY, DOLLARS_AND_DONG, [part(2), part(2, "b")]),
        ("rollup.mixed_currency", DISBURSEMENT, [part(1), part(1, "b")], DOLLARS_AND_DONG),
    ],
)
def test_a_ratio_that_makes_no_sense_is_refused(code, indicator, above, below):
    assert refusal(recomputed, indicator, above, below) == code


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=8))
def test_a_rate_of_several_places_lies_between_their_rates(pairs: list[tuple[int, int]]):
    above = [part(min(top, bottom), f"p{number}") for number, (top, bottom) in enumerate(pairs)]
    below = [part(bottom, f"p{number}") for number, (_, bottom) in enumerate(pairs)]
    rates = [recomputed(RATE, [one], [other]).value or 0 for one, other in zip(above, below, strict=True)]
    assert min(rates) <= (recomputed(RATE, above, below).value or 0) <= max(rates)


# --- formulas ----------------------------------------------------------------------------------------------------


def test_attracted_capital_is_new_and_added():
    # The block of 2020 attracted 5,056.1 million dollars, new and added.
    total = by_formula(ATTRACTED, [part(3000, currency="USD"), part(2056, currency="USD", maturity="estimate")])
    assert (total.value, total.currency, total.maturity) == (5056 * MILLION, "USD", "estimate")
    assert total.coverage.present == ("a",)


def test_a_balance_takes_off_and_may_be_negative():
    assert by_formula(BALANCE, [part(3)], [part(5)]).value == -2 * MILLION


def test_a_missing_part_makes_the_whole_missing():
    total = by_formula(ATTRACTED, [part(3), part(None)])
    assert total.value is None
    assert total.coverage.missing == ("a",)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("rollup.nothing", []),
        ("rollup.other_place", [part(1), part(1, "b")]),
        ("rollup.other_window", [part(1), part(1, window=QUARTERS[0])]),
        ("rollup.mixed_currency", [part(1, currency="USD"), part(1, currency="VND")]),
    ],
)
def test_a_formula_over_unlike_parts_is_refused(code, parts):
    assert refusal(by_formula, ATTRACTED, parts) == code


def test_no_maturity_at_all_is_final():
    assert weakest([]) == "final"
