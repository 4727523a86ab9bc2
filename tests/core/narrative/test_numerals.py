"""What a written number is worth by its unit, and how far its marks leave that in doubt."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sokhu.core.narrative import read
from sokhu.core.narrative.numerals import value_of

BILLION = 10**9


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [("1.234", 1234, 0.0), ("1,234", 1234, 0.2), ("12.345.678", 12_345_678, 0.0), ("12,5", None, 1.0)],
)
def test_a_count_is_whole_whatever_its_marks(text: str, value: int | None, doubt: float) -> None:
    assert value_of(text, 1, unit="projects", counted=True) == (value, doubt)


@pytest.mark.parametrize(
    ("text", "scale", "unit", "value", "doubt"),
    [
        ("12.345", 1, "percent", "12.345", 0.2),  # no share is twelve thousand percent
        ("1.234.567", 1, "percent", "1234567", 0.0),
        ("5.500.000", 1, "VND/person/month", "5500000", 0.0),
        ("5.500", 1, "VND/person/month", "5500", 0.0),
        ("12.219", BILLION, "USD", "12.219", 0.3),
        ("12.219", BILLION, "VND", "12219", 0.0),
        ("12.219", 10**6, "USD", "12219", 0.0),
        ("1,234", 1, "ha", "1.234", 0.2),
        ("1,23", 1, "ha", "1.23", 0.0),
    ],
)
def test_a_dot_or_comma_is_read_by_what_the_unit_makes_likely(
    text: str, scale: int, unit: str, value: str, doubt: float
) -> None:
    assert value_of(text, scale, unit=unit, counted=False) == (Decimal(value), doubt)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.131.93", "3131.93"), ("1.2345,6", "12345.6"), ("12.34.567", "1234567")],
)
def test_of_a_slip_of_the_pen_the_last_mark_divides_off_the_decimals_and_it_stays_doubtful(
    text: str, value: str
) -> None:
    assert value_of(text, 1, unit="ha", counted=False) == (Decimal(value), 0.5)


def test_digits_of_another_width_are_worth_what_they_say_and_stay_doubtful() -> None:
    assert value_of("\uff11\uff12", 1, unit="ha", counted=False) == (12, 0.3)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ba", 3),
        ("mười", 10),
        ("mười sáu", 16),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("ba mươi tư", 34),
        ("năm mươi bảy", 57),
    ],
)
def test_numbers_up_to_ninety_nine_are_read_in_words(words: str, value: int) -> None:
    assert [figure.value for figure in read(f"Quý II, Ban cấp mới cho {words} dự án FDI.")] == [value]


@pytest.mark.parametrize("words", ["một trăm hai mươi", "một trăm linh năm", "hai nghìn ba"])
def test_the_end_of_a_larger_number_in_words_is_no_number_of_its_own(words: str) -> None:
    assert read(f"Quý II, Ban cấp mới cho {words} dự án FDI.") == []
