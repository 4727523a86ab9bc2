"""Dated exchange rates, each with its source. No amount changes its currency without naming the rate it used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem
from sokhu.core.quantity import LARGEST

# Which day's rate was asked for: that of the period's last day (the default), of the event, or one agreed on.
RateMode = Literal["period_end", "event_date", "fixed_date"]


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency cost in đồng on a day, according to a source.

    evidence: FOUND (read in the source) or BK-high, BK-medium, BK-low (background knowledge, shown as unverified).
    """

    currency: str
    day: date
    per_unit_vnd: Decimal
    source: str
    evidence: str

    def __post_init__(self) -> None:
        if not self.per_unit_vnd > 0:
            raise Problem("rate.not_positive", found=self.per_unit_vnd, currency=self.currency, day=self.day)


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency and how it came about: the rate, the day asked for and why that day."""

    amount: int
    currency: str
    rate: Rate
    day: date
    mode: RateMode


@cache
def rates() -> tuple[Rate, ...]:
    """The shipped rates, `catalogue/rates.toml`, by currency and day."""
    return rates_of(load_toml("rates.toml")["rate"])


def rates_of(tables: Sequence[Mapping[str, Any]]) -> tuple[Rate, ...]:
    """Rates from their tables, by currency and day. Raises Problem("rate.table", where) for a table that is none."""
    found = []
    for number, table in enumerate(tables, 1):
        try:
            found.append(Rate(**{**table, "per_unit_vnd": Decimal(table["per_unit_vnd"])}))
        except (KeyError, TypeError, InvalidOperation) as error:
            raise Problem("rate.table", where=f"[[rate]] {number}", found=repr(error)) from error
    return tuple(sorted(found, key=lambda rate: (rate.currency, rate.day)))


def rate_on(
    rates: Iterable[Rate], currency: str, day: date, *, mode: RateMode = "period_end", within_days: int | None = None
) -> Rate:
    """The latest rate of a currency on or before a day.

    mode: why this day was chosen; told in the problem. within_days: how old the rate may be, None for any age.
    Raises Problem("rate.missing", currency, day, mode) when there is none.
    """
    oldest = date.min if within_days is None else day - timedelta(days=within_days)
    fitting = [rate for rate in rates if rate.currency == currency and oldest <= rate.day <= day]
    if not fitting:
        raise Problem("rate.missing", currency=currency, day=day, mode=mode)
    return max(fitting, key=lambda rate: rate.day)


def converted(
    amount: int,
    currency: str,
    into: str,
    *,
    rates: Sequence[Rate],
    day: date,
    mode: RateMode = "period_end",
    within_days: int | None = None,
) -> Converted:
    """An amount of money in another currency at the rate of a day, rounded half up to one đồng, dollar …

    amount: 10**-6 of a million, that is whole units of `currency`, as `quantity.scaled` gives them.
    currency, into: one of the two is VND, else Problem("rate.not_through_vnd"): two rates are two conversions.
    Raises Problem("rate.missing") and Problem("quantity.too_large").
    """
    if (currency == "VND") == (into == "VND"):
        raise Problem("rate.not_through_vnd", found=currency, wanted=into)
    foreign = currency if into == "VND" else into
    rate = rate_on(rates, foreign, day, mode=mode, within_days=within_days)
    return Converted(_at(amount, rate, to_vnd=into == "VND"), into, rate, day, mode)


def exchange_difference(amount: int, opening: Rate, closing: Rate) -> int:
    """By how many đồng a foreign amount is worth more at the closing than at the opening rate.

    A movement of its own: it is neither new capital nor a correction.
    Raises Problem("rate.unlike_currencies") for rates of two currencies.
    """
    if opening.currency != closing.currency:
        raise Problem("rate.unlike_currencies", found=opening.currency, wanted=closing.currency)
    return _at(amount, closing, to_vnd=True) - _at(amount, opening, to_vnd=True)


def _at(amount: int, rate: Rate, *, to_vnd: bool) -> int:
    per_unit = Fraction(rate.per_unit_vnd)
    exact = amount * per_unit if to_vnd else amount / per_unit
    steps = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    if abs(steps) > LARGEST:
        raise Problem("quantity.too_large", found=steps, unit="VND" if to_vnd else rate.currency)
    return steps
