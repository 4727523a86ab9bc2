from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.data import load_toml
from sokhu.core.numbers import DecimalMark, format_number, other_reading, read_number, rounded
from sokhu.core.problems import Problem

values = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("61.206,6", "61206.6"),
        ("2.628,33", "2628.33"),
        ("6144", "6144"),
        ("4.86", "4.86"),
        ("1.905,382", "1905.382"),
        ("30.615", "30615"),
        ("418,275", "418.275"),
        ("453.287,5", "453287.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("61,206.6", "61206.6"),
        ("1,234,567.5", "1234567.5"),
        ("09", "9"),
        ("0.615", "0.615"),
        ("1234,567", "1234.567"),
        ("-12,5", "-12.5"),
        ("−12,5", "-12.5"),
        ("–12,5", "-12.5"),
        ("+12,5", "12.5"),
        ("  7 ", "7"),
        ("61\u00a0206,6", "61206.6"),
        ("1\u202f234\u2009567", "1234567"),
        ("1 234.567", "1234.567"),
    ],
)
def test_numbers_are_read_by_vietnamese_habit(text: str, value: str):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("30.615", "dot", "30.615"), ("418,275", "dot", "418275"), ("30.615", "comma", "30615"), ("1 234", "dot", "1234")],
)
def test_a_declared_decimal_mark_decides(text: str, decimal: DecimalMark, value: str):
    assert read_number(text, decimal=decimal) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ba",
        "1,2,3",
        "1.23.456",
        "12.34,5",
        "1.234,567.8",
        ",5",
        "5,",
        "12 34",
        "1 234 56",
        "--3",
        "1e5",
        "(3)",
        "٣",
    ],
)
def test_what_is_no_number_is_refused_with_what_was_found(text: str):
    with pytest.raises(Problem) as caught:
        read_number(text)
    assert caught.value.code == "number.unreadable"
    assert caught.value.params == {"found": text}


@pytest.mark.parametrize(
    ("text", "decimal", "first", "second"),
    [
        ("1234.567", "auto", "1234.567", "1234567"),
        ("4.86", "comma", "4.86", "486"),
        ("12,5", "dot", "12.5", "125"),
        ("61.206,6", "dot", "61206.6", "612066"),
        ("1 234.5", "comma", "1234.5", "12345"),
    ],
)
def test_two_equally_good_readings_are_both_told(text: str, decimal: DecimalMark, first: str, second: str):
    with pytest.raises(Problem) as caught:
        read_number(text, decimal=decimal)
    assert caught.value.code == "number.ambiguous"
    assert caught.value.params == {"found": text, "first": first, "second": second}


@given(values)
def test_reading_undoes_writing_in_vietnamese_under_either_way_of_judging(value: Decimal):
    written = format_number(value)
    assert read_number(written) == value
    assert read_number(written, decimal="comma") == value


@given(values)
def test_reading_undoes_writing_in_english_when_the_dot_is_declared(value: Decimal):
    assert read_number(format_number(value, lang="en"), decimal="dot") == value


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (Decimal("61206.6"), "61.206,6", "61,206.6"),
        (Decimal("61206.60"), "61.206,6", "61,206.6"),
        (30615, "30.615", "30,615"),
        (Decimal("-0.5"), "-0,5", "-0.5"),
        (Decimal("-0.00"), "0", "0"),
        (Decimal("1E+6"), "1.000.000", "1,000,000"),
        (8_500_000_000_000_000, "8.500.000.000.000.000", "8,500,000,000,000,000"),
    ],
)
def test_every_decimal_is_written_and_no_closing_zero(value: Decimal | int, vi: str, en: str):
    assert (format_number(value), format_number(value, lang="en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [("62.955", 2, "62,96"), ("-0.125", 2, "-0,13"), ("-0.004", 2, "0,00"), ("7", 1, "7,0"), ("1250", -2, "1.300")],
)
def test_asked_places_round_half_up_away_from_zero(value: str, places: int, written: str):
    assert format_number(Decimal(value), places=places) == written


def test_rounding_keeps_figures_longer_than_the_usual_precision():
    assert rounded(Decimal("9" * 40 + ".5"), 0) == Decimal("1" + "0" * 40)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_only_finite_values_are_written(value: str):
    with pytest.raises(Problem) as caught:
        format_number(Decimal(value))
    assert (caught.value.code, caught.value.params) == ("number.not_finite", {"found": value})


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_with_a_number_has_its_sentence(lang: str):
    said = load_toml("problems/number.toml")
    assert set(said) == {"number.unreadable", "number.ambiguous", "number.not_finite"}
    assert all(sentences[lang].format(found="x", first="1", second="2") for sentences in said.values())


@pytest.mark.parametrize(
    ("text", "other"), [("1.500", "1.5"), (" 12.500 ", "12.5"), ("12.500.000", None), ("1,5", None), ("1500", None)]
)
def test_only_one_dot_before_three_digits_could_be_a_decimal_point(text: str, other: str | None):
    assert other_reading(text) == (None if other is None else Decimal(other))
