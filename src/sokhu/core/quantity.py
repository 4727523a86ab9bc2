"""Amounts as whole numbers, exact to the đồng; conversion, division, rounding and how figures are shown.

An amount counts 10**-6 of the unit's canonical unit: money in millions, so one step is one đồng or one dollar; for
hectares and all else one millionth. Rounding is half up, away from zero, as Vietnamese reports round (0,125 -> 0,13).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sokhu.core.numbers import EXACT, Lang, format_number, read_number, rounded
from sokhu.core.problems import Problem
from sokhu.core.units import ONES, ScaledUnit, Unit, folded, read_unit, unit_of, units

__all__ = [
    "LARGEST",
    "Interval",
    "Quantity",
    "agrees",
    "canonical_unit",
    "convert",
    "display_unit",
    "divide",
    "in_unit",
    "read_quantity",
    "restated",
    "rounded",
    "rounding_interval",
    "scaled",
    "shown",
    "unscaled",
    "whole_steps",
]

PLACES = 6
# DECIMAL(18,6) of the engine is tighter than the 64 bits of the ledger's column: eighteen digits in all.
LARGEST = 10**18 - 1


_WRITTEN = re.compile(r"(?P<number>[-+−–]?[0-9][0-9.,\s]*)(?P<words>.*)", re.DOTALL)
_COMPOUND = re.compile(r"(?P<scale>[^\d]+?)\s+(?P<rest>[0-9].*)", re.DOTALL)


class Quantity(NamedTuple):
    """A number with its unit as a report writes them; `value` counts in `unit`, scale included."""

    value: Decimal
    unit: ScaledUnit

    @property
    def amount(self) -> int:
        """In 10**-6 of the canonical unit. Raises as `scaled`."""
        return _amount(self.value, self.unit, self.unit.words("vi"))


class Interval(NamedTuple):
    """The values that round to a figure as written; `low` belongs to it and `high` does not.

    Below zero it is the other way round, because half is rounded away from zero; "0" leaves out both.
    """

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether rounding the value gives the figure."""
        if self.low < value < self.high:
            return True
        return (value == self.low and self.low > 0) or (value == self.high and self.high < 0)

    def meets(self, other: Interval) -> bool:
        """Whether some value rounds to both figures."""
        return max(self.low, other.low) < min(self.high, other.high)


def scaled(value: Decimal, unit: str) -> int:
    """The amount of a value in a unit, e.g. 61206.6 "triệu USD" or 45 "nghìn ha".

    unit: a code or any spelling with or without a scale.
    Raises Problem("quantity.too_fine", found, unit) when the value has more digits than are kept, and
    Problem("quantity.too_large", found, unit) beyond 18 digits: nothing is rounded on the way in.

    >>> scaled(Decimal("8500000"), "tỷ đồng")
    8500000000000000
    """
    return _amount(value, read_unit(unit), unit)


def _amount(value: Decimal, written: ScaledUnit, words: str) -> int:
    amount = value.scaleb(written.scale.power - written.unit.canonical + PLACES, context=EXACT)
    if amount != amount.to_integral_value(context=EXACT):
        raise Problem("quantity.too_fine", found=format_number(value), unit=words)
    if abs(amount) > LARGEST:
        raise Problem("quantity.too_large", found=format_number(value), unit=words)
    return int(amount)


def read_quantity(text: str, *, unit: str | None = None) -> Quantity:
    """A number and its unit: "61.206,6 triệu USD", "62,96%", "6.144ha", "2 tỷ 340 triệu USD".

    unit: taken where the text has a number only; without it that is Problem("quantity.no_unit", found).
    Raises what `read_number` and `read_unit` raise.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise Problem("number.unreadable", found=text)
    value, words = read_number(match["number"].strip()), match["words"].strip()
    compound = _COMPOUND.fullmatch(words)
    if compound and folded(compound["scale"]) in units().scales:
        return _compound(value, folded(compound["scale"]), read_quantity(compound["rest"], unit=unit))
    if not words and unit is None:
        raise Problem("quantity.no_unit", found=text)
    return Quantity(value, read_unit(words or str(unit)))


def _compound(value: Decimal, scale: str, rest: Quantity) -> Quantity:
    """2 tỷ + 340 triệu USD = 2340 triệu USD."""
    large = value.scaleb(units().scales[scale].power - rest.unit.scale.power, context=EXACT)
    return Quantity(EXACT.add(large, rest.value), rest.unit)


def unscaled(amount: int) -> Decimal:
    """The value of an amount in its canonical unit: 61206600000 -> 61206.600000 (triệu USD)."""
    return Decimal(amount).scaleb(-PLACES, context=EXACT)


def in_unit(amount: int, unit: str) -> Decimal:
    """The value of an amount in a unit of its own kind, with or without a scale: the inverse of `scaled`."""
    written = read_unit(unit)
    return Decimal(amount).scaleb(written.unit.canonical - PLACES - written.scale.power, context=EXACT)


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal:
    """The same quantity in another unit, exactly: 45 "nghìn ha" is 450 "km2".

    Raises Problem("quantity.unlike_units", found, wanted) for unlike measures; money of two currencies is converted
    by a dated rate only (`rates.converted`).
    """
    source, target = read_unit(from_unit), read_unit(to_unit)
    if source.unit.measure != target.unit.measure:
        raise Problem("quantity.unlike_units", found=from_unit, wanted=to_unit)
    return value.scaleb(_power(source) - _power(target), context=EXACT)


def _power(written: ScaledUnit) -> int:
    return written.unit.power + written.scale.power


def display_unit(amount: int, unit: Unit) -> ScaledUnit:
    """The customary scale for an amount: tỷ đồng from a billion on, below it triệu đồng, below that đồng."""
    in_base = Decimal(abs(amount)).scaleb(unit.canonical - PLACES, context=EXACT)
    fitting = (scale for scale in unit.shown if in_base >= Decimal(1).scaleb(scale.power, context=EXACT))
    # A part of a hectare stays in hectares, and nothing is written in the unit's largest scale: "0 tỷ đồng".
    return ScaledUnit(unit, next(fitting, unit.shown[-1] if amount else unit.shown[0]))


def canonical_unit(code: str) -> ScaledUnit:
    """The unit in which `unscaled` counts: million USD for "USD", hectares for "ha"."""
    unit = unit_of(code)
    scale = next((one for one in units().scales.values() if one.power == unit.canonical), ONES)
    return ScaledUnit(unit, scale if unit.canonical else ONES)


def shown(amount: int, unit: str, lang: Lang = "vi", *, places: int | None = None) -> str:
    """The amount as reports write it, with its customary unit: "453.287,5 tỷ đồng", "62,96%".

    unit: the code of a unit. places: None writes every digit there is, else so many decimals, rounded half up.

    >>> shown(453_287_500_000_000, "VND"), shown(61_206_600_000, "USD", "en"), shown(62_960_000, "percent")
    ('453.287,5 tỷ đồng', '61,206.6 million USD', '62,96%')
    """
    written = display_unit(amount, unit_of(unit))
    value = Decimal(amount).scaleb(written.unit.canonical - PLACES - written.scale.power, context=EXACT)
    words = written.words(lang, one=value == 1)
    return format_number(value, places=places, lang=lang) + ("" if words == "%" else " ") + words


def restated(amount: int, unit: str, lang: Lang = "vi") -> list[str]:
    """Money from a billion on in billions, below a million in ones: what catches a slip of three digits.

    >>> restated(1_500_000_000, "USD"), restated(500_000, "USD"), restated(40_000_000, "USD")
    (['1,5 tỷ USD'], ['500.000 USD'], [])
    """
    counted, in_base = canonical_unit(unit), abs(unscaled(amount)).scaleb(unit_of(unit).canonical, context=EXACT)
    if not amount or not counted.scale.power:
        return []
    billion = units().scales["tỷ"]
    other = billion if in_base >= 10**billion.power else ONES if in_base < 10**counted.scale.power else counted.scale
    words = ScaledUnit(counted.unit, other).words(lang)
    value = in_base.scaleb(-other.power, context=EXACT).copy_sign(amount)
    return [f"{format_number(value, lang=lang)} {words}"] if other is not counted.scale else []


def divide(part: Decimal | int, whole: Decimal | int, places: int) -> Decimal:
    """The quotient with `places` decimals, rounded once, half up, from the exact fraction.

    Raises Problem("quantity.divided_by_zero", found).

    >>> divide(Decimal("38535.9") * 100, Decimal("61206.6"), 2)
    Decimal('62.96')
    """
    if whole == 0:
        raise Problem("quantity.divided_by_zero", found=format_number(part))
    steps = whole_steps(Fraction(part) / Fraction(whole) * Fraction(10) ** places)
    return Decimal(steps).scaleb(-places, context=EXACT)


def whole_steps(exact: Fraction) -> int:
    """The nearest whole number, half up, away from zero."""
    steps = int(abs(exact) + Fraction(1, 2))
    return steps if exact >= 0 else -steps


def rounding_interval(as_written: str, *, unit: str | None = None) -> Interval:
    """The values that a written number stands for: "61.206,6" for 61206.55 up to but not including 61206.65.

    unit: the unit and scale it is written in; the interval is then in the unit without its scale, so that
    "38,3" "tỷ USD" can be held against "38.270" "triệu USD".
    Raises what `read_number` raises and Problem("quantity.unit_unknown").
    """
    value = read_number(as_written)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # a number that was read is finite
    half = Decimal(5).scaleb(exponent - 1)
    shift = read_unit(unit).scale.power if unit else 0
    low, high = EXACT.subtract(value, half), EXACT.add(value, half)
    return Interval(low.scaleb(shift, context=EXACT), high.scaleb(shift, context=EXACT))


def agrees(as_written: str, value: Decimal | Interval, *, unit: str | None = None) -> bool:
    """Whether a written number agrees with an exact value, or with what another written number stands for.

    >>> agrees("62,96", Decimal("62.9604")), agrees("80,6", Decimal("80.65"))
    (True, False)
    """
    interval = rounding_interval(as_written, unit=unit)
    return interval.meets(value) if isinstance(value, Interval) else interval.holds(value)
