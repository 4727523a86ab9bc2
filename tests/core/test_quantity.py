from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.data import load_toml
from sokhu.core.numbers import Lang, format_number, rounded
from sokhu.core.problems import Problem
from sokhu.core.quantity import (
    LARGEST,
    Interval,
    agrees,
    canonical_unit,
    convert,
    divide,
    in_unit,
    read_quantity,
    restated,
    rounding_interval,
    scaled,
    shown,
    unscaled,
)
from sokhu.core.units import units

amounts = st.integers(-LARGEST, LARGEST)
codes = st.sampled_from(sorted(units().by_code))
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3)


# Amounts


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        ("61206.6", "triệu USD", 61_206_600_000),
        ("1", "USD", 1),
        ("24.6", "tỷ USD", 24_600_000_000),
        ("453287.5", "tỷ đồng", 453_287_500_000_000),
        ("8500000000000000", "VND", 8_500_000_000_000_000),
        ("8500000000000001", "đồng", 8_500_000_000_000_001),
        ("6144", "ha", 6_144_000_000),
        ("45", "nghìn ha", 45_000_000_000),
        ("62.96", "%", 62_960_000),
        ("-12.5", "percent", -12_500_000),
        ("3127", "projects", 3_127_000_000),
        ("0", "ha", 0),
        ("15.5", "triệu đồng/người/tháng", 15_500_000),
    ],
)
def test_an_amount_is_a_whole_number_of_millionths_of_the_canonical_unit(value: str, unit: str, amount: int):
    assert scaled(Decimal(value), unit) == amount
    assert in_unit(amount, unit) == Decimal(value)


def test_money_is_kept_in_millions():
    assert unscaled(scaled(Decimal("61206.6"), "triệu USD")) == Decimal("61206.6")
    assert unscaled(scaled(Decimal("453287.5"), "tỷ đồng")) == Decimal("453287500")


@pytest.mark.parametrize(("value", "unit"), [("0.5", "đồng"), ("0.0000001", "ha"), ("1.0000001", "triệu USD")])
def test_what_is_finer_than_a_step_is_refused_and_not_rounded(value: str, unit: str):
    with pytest.raises(Problem) as caught:
        scaled(Decimal(value), unit)
    assert caught.value.code == "quantity.too_fine"
    assert caught.value.params == {"found": format_number(Decimal(value)), "unit": unit}


def test_the_largest_amount_has_eighteen_digits():
    assert scaled(Decimal(LARGEST), "VND") == LARGEST
    for value in (LARGEST + 1, -LARGEST - 1):
        with pytest.raises(Problem) as caught:
            scaled(Decimal(value), "VND")
        assert caught.value.code == "quantity.too_large"


@given(amounts, codes)
def test_an_amount_survives_being_a_value_to_the_last_step(amount: int, code: str):
    assert scaled(in_unit(amount, code), code) == amount


@given(amounts)
def test_the_canonical_value_is_the_amount_with_six_decimals(amount: int):
    assert unscaled(amount) * 10**6 == amount


# Reading a number with its unit


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("61.206,6 triệu USD", "61206.6", "triệu USD"),
        ("6.144ha", "6144", "ha"),
        ("62,96%", "62.96", "%"),
        ("-12,5 %", "-12.5", "%"),
        ("45 nghìn héc ta", "45", "nghìn ha"),
        ("2 tỷ 340 triệu USD", "2340", "triệu USD"),
        ("1 nghìn tỷ 200 tỷ 5 triệu đồng", "1200005", "triệu đồng"),
        ("05 KKT", "5", "khu"),
        ("1\u00a0905,382 tỷ đồng", "1905.382", "tỷ đồng"),
    ],
)
def test_a_number_with_its_unit_is_read(text: str, value: str, words: str):
    quantity = read_quantity(text)
    assert (quantity.value, quantity.unit.words("vi")) == (Decimal(value), words)
    assert quantity.amount == scaled(Decimal(value), words)


def test_a_unit_that_is_left_out_is_the_one_given():
    assert read_quantity("61.206,6", unit="triệu USD") == read_quantity("61.206,6 triệu USD")
    assert read_quantity("7 tỷ đồng", unit="ha").unit.unit.code == "VND"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("61.206,6", "quantity.no_unit"),
        ("triệu USD", "number.unreadable"),
        ("1.2.3 ha", "number.unreadable"),
        ("5 thúng", "quantity.unit_unknown"),
        ("5 thúng 3 ha", "quantity.unit_unknown"),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, code: str):
    with pytest.raises(Problem) as caught:
        read_quantity(text)
    assert caught.value.code == code


# Conversion


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("45", "nghìn ha", "km2", "450"),
        ("6144", "ha", "m2", "61440000"),
        ("12345", "m2", "ha", "1.2345"),
        ("2.34", "tỷ USD", "triệu USD", "2340"),
        ("75.4", "nghìn tỷ đồng", "tỷ đồng", "75400"),
        ("3500", "kg", "tấn", "3.5"),
        ("2", "m3", "lít", "2000"),
    ],
)
def test_units_of_one_measure_convert_exactly(value: str, source: str, target: str, result: str):
    assert convert(Decimal(value), source, target) == Decimal(result)
    assert convert(Decimal(result), target, source) == Decimal(value)


@pytest.mark.parametrize(("source", "target"), [("USD", "VND"), ("ha", "km"), ("projects", "zones")])
def test_unlike_measures_do_not_convert(source: str, target: str):
    with pytest.raises(Problem) as caught:
        convert(Decimal(1), source, target)
    assert caught.value.code == "quantity.unlike_units"
    assert caught.value.params == {"found": source, "wanted": target}


# Showing


@pytest.mark.parametrize(
    ("amount", "unit", "vi", "en"),
    [
        (61_206_600_000, "USD", "61.206,6 triệu USD", "61,206.6 million USD"),
        (453_287_500_000_000, "VND", "453.287,5 tỷ đồng", "453,287.5 billion VND"),
        (8_500_000_000_000_001, "VND", "8.500.000,000000001 tỷ đồng", "8,500,000.000000001 billion VND"),
        (999_999_999, "VND", "999,999999 triệu đồng", "999.999999 million VND"),
        (999_999, "VND", "999.999 đồng", "999,999 VND"),
        (0, "VND", "0 tỷ đồng", "0 billion VND"),
        (-5_056_100_000, "USD", "-5.056,1 triệu USD", "-5,056.1 million USD"),
        (62_960_000, "percent", "62,96%", "62.96%"),
        (188_621_000_000, "ha", "188.621 ha", "188,621 ha"),
        (500_000, "ha", "0,5 ha", "0.5 ha"),
        (3_127_000_000, "projects", "3.127 dự án", "3,127 projects"),
        (1_000_000, "projects", "1 dự án", "1 project"),
        (12_000_000, "USD/ha", "12 triệu USD/ha", "12 million USD/ha"),
    ],
)
def test_a_figure_is_shown_in_its_customary_unit_with_every_digit(amount: int, unit: str, vi: str, en: str):
    assert (shown(amount, unit), shown(amount, unit, "en")) == (vi, en)


def test_a_figure_is_rounded_only_when_places_are_asked_for():
    assert shown(62_955_000, "percent", places=2) == "62,96%"
    assert shown(-62_955_000, "percent", places=2) == "-62,96%"
    assert shown(61_206_000_000, "USD", places=1) == "61.206,0 triệu USD"


@given(amounts, codes, st.just("vi"))
def test_reading_what_is_shown_gives_the_amount_again(amount: int, code: str, lang: Lang):
    assert read_quantity(shown(amount, code, lang)).amount == amount


# Division and rounding


@pytest.mark.parametrize(
    ("part", "whole", "places", "quotient"),
    [
        ("3853590", "61206.6", 2, "62.96"),
        ("33431400", "453287.5", 2, "73.75"),
        ("12000", "940", 1, "12.8"),
        ("1", "8", 2, "0.13"),
        ("-1", "8", 2, "-0.13"),
        ("1", "3", 0, "0"),
        ("1250", "1", -2, "1300"),
        ("0", "7", 1, "0.0"),
    ],
)
def test_a_quotient_is_rounded_once_half_up(part: str, whole: str, places: int, quotient: str):
    result = divide(Decimal(part), Decimal(whole), places)
    assert result == Decimal(quotient)
    assert result.as_tuple().exponent == -places


def test_a_quotient_just_below_half_is_not_rounded_twice():
    assert divide(Decimal("0.4" + "9" * 40), 1, 0) == 0


def test_nothing_is_divided_by_zero():
    with pytest.raises(Problem) as caught:
        divide(Decimal("1.5"), 0, 2)
    assert (caught.value.code, caught.value.params) == ("quantity.divided_by_zero", {"found": "1,5"})


@given(numbers, numbers.filter(bool), st.integers(0, 6))
def test_a_quotient_is_at_most_half_a_step_away(part: Decimal, whole: Decimal, places: int):
    wide = Context(prec=80, rounding=ROUND_HALF_UP)
    distance = abs(wide.subtract(wide.divide(part, whole), divide(part, whole, places)))
    assert distance <= Decimal("0.5").scaleb(-places) + Decimal("1e-60")


# What a written figure stands for


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("61.206,6", "61206.55", "61206.65"),
        ("123.493,0", "123492.95", "123493.05"),
        ("30.615", "30614.5", "30615.5"),
        ("-12,5", "-12.55", "-12.45"),
        ("0", "-0.5", "0.5"),
    ],
)
def test_a_written_figure_stands_for_what_rounds_to_it(text: str, low: str, high: str):
    assert rounding_interval(text) == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("61.206,6", "61206.55", True),
        ("61.206,6", "61206.65", False),
        ("61.206,6", "61206.6499", True),
        ("-12,5", "-12.55", False),
        ("-12,5", "-12.45", True),
        ("0", "0.5", False),
        ("0", "-0.5", False),
        ("0", "0.4", True),
        ("62,96", "62.9604", True),
        ("80,6", "80.65", False),
    ],
)
def test_a_figure_agrees_with_values_that_round_to_it(text: str, value: str, right: bool):
    assert agrees(text, Decimal(value)) is right


@given(numbers, st.integers(0, 4))
def test_a_rounded_value_agrees_with_the_value_it_came_from(value: Decimal, places: int):
    assert agrees(format_number(rounded(value, places), places=places), value)


def test_two_written_figures_agree_when_one_value_rounds_to_both():
    rough = rounding_interval("38,3", unit="tỷ USD")
    assert rough == Interval(Decimal("38250000000"), Decimal("38350000000"))
    assert agrees("38.270", rough, unit="triệu USD")
    assert not agrees("38.200", rough, unit="triệu USD")
    assert not agrees("38.350,1", rough, unit="triệu USD")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_with_a_quantity_has_its_sentence(lang: str):
    said = load_toml("problems/quantity.toml")
    assert all(text[lang].format(found="x", unit="y", wanted="z", where="w") for text in said.values())


# What catches a slip of three digits


@pytest.mark.parametrize(
    ("code", "words"),
    [("USD", "triệu USD"), ("VND", "triệu đồng"), ("ha", "ha"), ("projects", "dự án"), ("percent", "%")],
)
def test_an_amount_without_its_step_counts_in_the_canonical_unit(code: str, words: str):
    written = canonical_unit(code)
    assert written.words("vi") == words
    assert scaled(unscaled(7_000_000), words) == 7_000_000


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (1_500_000_000, "USD", ["1,5 tỷ USD"]),
        (1_000_000_000, "USD", ["1 tỷ USD"]),
        (999_999_999, "USD", []),  # in millions, as it was typed
        (1_000_000, "USD", []),
        (999_999, "USD", ["999.999 USD"]),
        (-2_000_000_000_000, "VND", ["-2.000 tỷ đồng"]),
        (-500_000, "VND", ["-500.000 đồng"]),
        (0, "USD", []),
        (1_500_000_000, "ha", []),
        (5_000_000_000, "projects", []),
    ],
)
def test_money_is_told_again_in_billions_or_ones_where_it_is_not_in_millions(amount: int, unit: str, said: list[str]):
    assert restated(amount, unit) == said


def test_money_is_told_again_in_the_readers_language():
    assert restated(1_500_000_000, "USD", "en") == ["1.5 billion USD"]
