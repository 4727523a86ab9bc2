"""What a written figure can stand for: 5.056,1 is anything from 5.056,05 to 5.056,15."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from sokhu.core.numbers import read_number
from sokhu.core.problems import Problem
from sokhu.core.quantity import PLACES

ONE = 10**PLACES  # one of a thing that is counted
APPROX_PERCENT = 5  # "gần 20.000" is within so much of it
_NUMBER = re.compile(r"[0-9](?:[0-9.,\u00a0\u202f ]*[0-9])?")


class Bounds(NamedTuple):
    """Every value between low and high, both included; scaled as amounts are."""

    low: Fraction
    high: Fraction

    def __add__(self, other: object) -> Bounds:
        assert isinstance(other, Bounds)
        return Bounds(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Bounds) -> Bounds:
        return Bounds(self.low - other.high, self.high - other.low)

    def times(self, factor: Fraction | int) -> Bounds:
        """By a factor above zero."""
        return Bounds(self.low * factor, self.high * factor)

    def over(self, other: Bounds) -> Bounds | None:
        """The quotient; None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [one / two for one in self for two in other]
        return Bounds(min(ends), max(ends))

    def meets(self, other: Bounds) -> bool:
        """Whether both can be the same value."""
        return self.low <= other.high and other.low <= self.high

    def apart(self, other: Bounds) -> Fraction:
        """How far the nearest values of the two are from each other; 0 where they meet."""
        return max(self.low - other.high, other.low - self.high, Fraction(0))


def exactly(amount: Fraction | int) -> Bounds:
    return Bounds(Fraction(amount), Fraction(amount))


def bounds_of(amount: int, as_written: str, *, is_counted: bool, approx: bool = False) -> Bounds:
    """What an amount can stand for, by the last digit of how it was written.

    is_counted: of things that are counted one by one, which a number down to the last one tells exactly. A figure that
    tells no digits (a total, a typed exact amount) is exact. approx: "gần", "hơn", "khoảng".
    """
    half = Fraction(0) if is_counted and _step(amount, as_written) <= ONE else Fraction(_step(amount, as_written), 2)
    if approx:
        half = max(half, Fraction(abs(amount) * APPROX_PERCENT, 100))
    return Bounds(amount - half, amount + half)


def _step(amount: int, as_written: str) -> Fraction:
    """What the last written digit counts in; 0 where it cannot be told."""
    numbers = _NUMBER.findall(as_written)
    if len(numbers) != 1 or not amount:
        return Fraction(0)
    try:
        value = read_number(numbers[0])
    except Problem:
        return Fraction(0)
    exponent = min(int(value.as_tuple().exponent), 0)
    digits = int(value.scaleb(-exponent))
    return abs(Fraction(amount, digits)) if digits else Fraction(0)
