"""Which unit a cell counts in: the indicator's own, or for money the currency of the cell."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from sokhu.core.indicator import Indicator
from sokhu.core.problems import Problem
from sokhu.core.quantity import Quantity, convert, read_quantity, scaled
from sokhu.core.units import unit_of

CURRENCIES = ("USD", "VND", "EUR", "JPY", "CNY", "KRW")
# Units of the catalogue that hold money, by the codes of units.toml: the currency is a dimension of the cell.
MONEY = MappingProxyType(
    {
        "money": "{}",
        "money_per_ha": "{}/ha",
        "money_per_project": "{}/project",
        "money_per_person_month": "{}/person/month",
        "money_per_m2": "{}/m2/term",
        "money_per_m2_year": "{}/m2/year",
    }
)


def currency_of(unit: str) -> str:
    """The currency in a unit's code, "" for units that are not money: "USD/ha" is in USD."""
    first = unit.partition("/")[0]
    return first if first in CURRENCIES else ""


def currency_turn(currency: str) -> int:
    """Where a currency stands among several: dollars, đồng, the others; what is no money goes before them."""
    return CURRENCIES.index(currency) + 1 if currency else 0


def unit_of_cell(indicator: Indicator, currency: str) -> str:
    """The unit code in which a cell of this indicator and currency is kept."""
    return MONEY[indicator.unit].format(currency) if indicator.unit in MONEY else unit_of(indicator.unit).code


def _counts_alike(indicator: Indicator, unit: str) -> bool:
    """Whether texts write this indicator in that unit as well, one for one: adjustments as projects."""
    return unit_of(unit) in [unit_of(other) for other in indicator.other_units]


def amount_in_cell(indicator: Indicator, value: Decimal, unit: str) -> tuple[int, str]:
    """The scaled amount of a value and the currency of its cell.

    unit: a code of units.toml. Raises Problem("measure.unlike_unit", found, unit, indicator, expected) when the
    indicator is not counted in it, and what `scaled` raises.
    """
    currency = currency_of(unit)
    target = unit_of_cell(indicator, currency)
    if bool(currency) != indicator.is_money:
        raise _unlike(indicator, value, unit)
    if unit_of(unit).code == target or _counts_alike(indicator, unit):
        return scaled(value, unit), currency
    if unit_of(unit).measure != unit_of(target).measure:
        raise _unlike(indicator, value, unit)
    return scaled(convert(value, unit, target), target), currency


def amount_as_written(indicator: Indicator, written: str, currency: str) -> int:
    """The scaled amount of a figure typed by a person; a number alone is in the cell's own unit, but never for money.

    Raises what `read_quantity` raises (quantity.no_unit for money without its unit: "5" where 61.206,6 triệu USD
    stands would be five dollars), and Problem("measure.unlike_unit") also for another currency.
    """
    target = unit_of_cell(indicator, currency)
    read: Quantity = read_quantity(written, unit=None if currency else target)
    code = read.unit.unit.code
    if code == target or _counts_alike(indicator, code):
        return read.amount
    if currency_of(code) != currency or unit_of(code).measure != unit_of(target).measure:
        raise _unlike(indicator, read.value, code)
    return scaled(convert(read.value, read.unit.words("vi"), target), target)


def _unlike(indicator: Indicator, value: Decimal, unit: str) -> Problem:
    expected = " / ".join(dict.fromkeys((indicator.unit, *indicator.other_units)))
    return Problem("measure.unlike_unit", found=value, unit=unit, indicator=indicator.name_vi, expected=expected)
