"""Rates and comparisons recomputed: shares, growth, plan completion, a rate over another denominator than it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from sokhu.core.checks import finding as term
from sokhu.core.checks.bounds import ONE, Bounds, exactly
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding, no_worse_than, severity_of
from sokhu.core.checks.statement import OF, Found, Statement, Statements
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import Period, named, previous, same_period_last_year
from sokhu.core.problems import Problem

HUNDRED = 100 * ONE  # percent, scaled


@rule
def ratio_recomputed(book: Statements, check: Check) -> Iterator[Finding]:
    """A rate against its numerator over its denominator: disbursed over registered capital."""
    for one in book:
        parts = _parts_of(book, one)
        if parts is None or _over_another(book, one, parts):
            continue
        top, bottom = parts
        should_be = _ratio(top.bounds, bottom.bounds, book.indicator(one).factor)
        if should_be is None or should_be.meets(one.bounds):
            continue
        exact = Fraction(top.amount * book.indicator(one).factor * ONE, bottom.amount)
        yield Finding(
            check.code,
            severity_of(check.severity, one, parts),
            (one, top.statement, bottom.statement),
            {
                "said": term.amount(one.amount, one.unit),
                "should_be": term.amount(one.as_fine(exact), one.unit),
                "top": term.amount(top.amount, top.statement.unit),
                "top_indicator": term.indicator(top.statement.cell.indicator),
                "bottom": term.amount(bottom.amount, bottom.statement.unit),
                "bottom_indicator": term.indicator(bottom.statement.cell.indicator),
            },
            suggestion=term.amount(one.as_fine(exact), one.unit),
        )


@rule
def other_denominator(book: Statements, check: Check) -> Iterator[Finding]:
    """A rate that is right only over another total than its definition names: occupancy over land handed over."""
    for one in book:
        parts = _parts_of(book, one, needs_bottom=False)
        other = _over_another(book, one, parts) if parts else None
        if parts and other:
            yield Finding(
                check.code,
                severity_of(check.severity, one, [other]),
                (one, parts[0].statement, other.statement),
                {
                    "said": term.amount(one.amount, one.unit),
                    "top": term.amount(parts[0].amount, parts[0].statement.unit),
                    "other": term.amount(other.amount, other.statement.unit),
                    "other_indicator": term.indicator(other.statement.cell.indicator),
                    "should_be_over": term.indicator(book.indicator(one).denominator),
                },
            )


def _parts_of(book: Statements, one: Statement, *, needs_bottom: bool = True) -> tuple[Found, Found] | None:
    """Numerator and denominator in the currency in which both are told; the denominator may be the numerator itself."""
    indicator = book.indicator(one)
    if not indicator.numerator or one.cell.kind != "result":
        return None
    for currency in (one.cell.currency, *CURRENCIES, ""):
        top = _of(book, one, indicator.numerator, currency)
        bottom = _of(book, one, indicator.denominator, currency)
        if top and bottom:
            return _alike(top, bottom)
        if top and not needs_bottom:
            return top, top
    return None


def _alike(top: Found, bottom: Found) -> tuple[Found, Found]:
    """Counts of one day belong together, whatever period the rate was said of."""
    if top.statement.period != bottom.statement.period:
        return top, bottom
    return replace(top, is_of_the_days=True), replace(bottom, is_of_the_days=True)


def _of(book: Statements, one: Statement, code: str, currency: str) -> Found | None:
    """A figure of the same place and days; of the whole of its passage where a rate was said of a period."""
    is_money = book.indicators[code].is_money if code in book.indicators else False
    found = book.find(one, one.for_period, indicator=code, currency=currency if is_money else "")
    return found if found and found.amount else None


def _over_another(book: Statements, one: Statement, parts: tuple[Found, Found]) -> Found | None:
    """The other area over which the rate is right, where it is not right over its own denominator."""
    indicator = book.indicator(one)
    own = _ratio(parts[0].bounds, parts[1].bounds, indicator.factor) if parts[0] is not parts[1] else None
    if own is not None and own.meets(one.bounds):
        return None
    unit = book.indicators[indicator.denominator].unit
    for code, other in book.indicators.items():
        if other.unit != unit or other.nature != "stock" or code in (indicator.numerator, indicator.denominator):
            continue
        found = _of(book, one, code, "")
        ratio = _ratio(parts[0].bounds, found.bounds, indicator.factor) if found else None
        if found and ratio and ratio.meets(one.bounds):
            return found
    return None


def _ratio(top: Bounds, bottom: Bounds, factor: int) -> Bounds | None:
    quotient = top.over(bottom)
    return quotient.times(factor * ONE) if quotient else None


Recompute = Callable[[Bounds, Bounds], Bounds | None]


def _growth(now: Bounds, base: Bounds) -> Bounds | None:
    quotient = now.over(base)
    return quotient.times(HUNDRED) - exactly(HUNDRED) if quotient else None


def _percent(now: Bounds, base: Bounds) -> Bounds | None:
    quotient = now.over(base)
    return quotient.times(HUNDRED) if quotient else None


def _times(now: Bounds, base: Bounds) -> Bounds | None:
    quotient = now.over(base)
    return quotient.times(ONE) if quotient else None


_YEAR_NAMED = re.compile(r"[^.;,()]{0,25}?(?:so với|hơn)[^.;,()]{0,20}?năm ((?:19|20)\d\d)")
_BEFORE_NAMED = re.compile(r"[^.;,()]{0,25}?so với (?:tháng|quý|kỳ) trước")
# What a comparison is made of: (how, against the year before or the plan).
_COMPARISONS: dict[str, tuple[Recompute, str]] = {
    "growth_rate": (_growth, "year_before"),
    "yoy_ratio": (_percent, "year_before"),
    "ratio_times": (_times, "year_before"),
    "plan_completion": (_percent, "plan"),
    "plan_excess": (_growth, "plan"),
}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A comparison from its two figures."""

    now: Found
    base: Found
    bounds: Bounds
    exact: Fraction


@rule
def comparison_recomputed(book: Statements, check: Check) -> Iterator[Finding]:
    """Growth against last year, completion against the plan: recomputed from the two figures."""
    for one in book:
        made = recomputed(book, one)
        if made is None or made.bounds.meets(one.bounds):
            continue
        now, base, right = made.now, made.base, one.as_fine(made.exact)
        yield Finding(
            check.code,
            severity_of(check.severity, one, (now, base)),
            (one, now.statement, base.statement),
            {
                "said": term.amount(one.amount, one.unit),
                "should_be": term.amount(right, one.unit),
                "now": term.amount(now.amount, now.statement.unit),
                "base": term.amount(base.amount, base.statement.unit),
                "base_period": term.period(base.statement.cell.period),
                "of": term.indicator(now.statement.cell.indicator),
                "against": term.words(_COMPARISONS[one.cell.indicator][1]),
            },
            suggestion=term.amount(right, one.unit),
        )


def is_borne_out(book: Statements, one: Statement) -> bool:
    """Whether a comparison is what its two figures give."""
    made = recomputed(book, one)
    return made is not None and made.bounds.meets(one.bounds)


def recomputed(book: Statements, one: Statement) -> Recomputed | None:
    """A comparison from the figure that it is of and the one it is against; None where one is not known."""
    how = _COMPARISONS.get(one.cell.indicator)
    now = described(book, one) if how else None
    base = base_of(book, one, now.statement) if how and now else None
    if how is None or now is None or base is None or not base.amount:
        return None
    bounds, exact = how[0](now.bounds, base.bounds), how[0](exactly(now.amount), exactly(base.amount))
    return Recomputed(now, base, bounds, exact.low) if bounds and exact else None


def described(book: Statements, one: Statement) -> Found | None:
    """The figure that a comparison is of: same place and days, in whichever currency it was told."""
    code = one.cell.other.removeprefix(OF)
    if code == one.cell.other or code not in book.indicators:
        return None
    currencies = CURRENCIES if book.indicators[code].is_money else ("",)
    found = (book.find(one, indicator=code, currency=currency, other="") for currency in currencies)
    return next((figure for figure in found if figure), None)


def base_of(book: Statements, one: Statement, now: Statement) -> Found | None:
    """What a figure is compared with: its plan; else itself in the year or the period that the words behind name.

    Where they name none it is a year before; but "gấp 117 lần" without a year can be of any day.
    """
    if _COMPARISONS[one.cell.indicator][1] == "plan":
        return book.find(now, kind="plan")
    if year := _YEAR_NAMED.match(one.after):
        return _in_year(book, now, int(year[1]))
    if one.cell.indicator == "ratio_times":
        return None
    if _BEFORE_NAMED.match(one.after):
        return _of_period(book, now, previous)
    if book.indicator(now).nature == "stock":
        return book.a_year_before(now)
    return _of_period(book, now, same_period_last_year)


def _in_year(book: Statements, now: Statement, year: int) -> Found | None:
    """A count at the end of a year, or the same months of that year."""
    if book.indicator(now).nature == "stock":
        return book.find(now, named(str(year)))
    years = now.cell.last.year - year
    return _of_period(book, now, lambda period: reduce(lambda one, _: same_period_last_year(one), range(years), period))


def _of_period(book: Statements, now: Statement, step: Callable[[Period], Period]) -> Found | None:
    try:
        return book.find(now, step(now.period))
    except Problem:
        return None


@rule
def share_recomputed(book: Statements, check: Check) -> Iterator[Finding]:
    """A share against the wholes that its figure can be a part of; where it fits none of them, the nearest is named."""
    for one in book:
        part = described(book, one) if one.cell.indicator == "share" else None
        wholes = _wholes(book, part.statement) if part else []
        if part is None or not wholes:
            continue
        shares = [(whole, _percent(part.bounds, whole.bounds)) for whole in wholes]
        if any(share is None or share.meets(one.bounds) for _, share in shares):
            continue
        whole, _share = min(shares, key=lambda pair: pair[1].apart(one.bounds) if pair[1] else Fraction(0))
        yield Finding(
            check.code,
            no_worse_than(severity_of(check.severity, one, (part, whole)), "warning"),
            (one, part.statement, whole.statement),
            {
                "said": term.amount(one.amount, one.unit),
                "part": term.amount(part.amount, part.statement.unit),
                "whole": term.amount(whole.amount, whole.statement.unit),
                "whole_indicator": term.indicator(whole.statement.cell.indicator),
                "should_be": term.amount(one.as_fine(Fraction(part.amount * HUNDRED, whole.amount)), one.unit),
            },
        )


def _wholes(book: Statements, part: Statement) -> list[Found]:
    """The same without one of its breakdowns, and what the catalogue says it is a part of."""
    cell, indicator = part.cell, book.indicator(part)
    narrower = [name for name in ("ownership", "country", "sector", "zone_kind") if getattr(cell, name)]
    found = [book.find(part, None, **{name: ""}) for name in narrower]
    if indicator.part_of:
        found.append(book.find(part, indicator=indicator.part_of))
    return [whole for whole in found if whole and whole.amount and whole.statement is not part]
