"""Continuity of a stock: opening + what raised it - what lowered it = closing, per ownership and currency.

What is left is named with the interval that rounding allows. Where the opening is not in the books, it follows from the
growth that was said of the closing ("tăng 8,11% so với cùng kỳ").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from sokhu.core.checks import finding as term
from sokhu.core.checks.bounds import Bounds, exactly
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding, no_worse_than, severity_of
from sokhu.core.checks.rates import HUNDRED
from sokhu.core.checks.statement import DAYS_APART, OF, Found, Statement, Statements, is_solid
from sokhu.core.fact import STOCK_GRACE
from sokhu.core.period import Period, as_of, kind, previous
from sokhu.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Opening:
    """What a stock began with. shown: by the rounding of the growth alone, where it follows from one."""

    amount: Fraction
    bounds: Bounds
    shown: Bounds
    behind: Found


@dataclass(frozen=True, slots=True)
class Movement:
    """What raised or lowered a stock in a period; unsaid: indicators that nobody told."""

    amount: int
    bounds: Bounds
    said: tuple[Found, ...]
    unsaid: tuple[str, ...]


@rule
def continuity(book: Statements, check: Check) -> Iterator[Finding]:
    """Every stock that has movements in the catalogue, over every period for which one of them was told."""
    for closing in book:
        if not _moves(book, closing):
            continue
        for period in _periods(book, closing):
            opening = _opening(book, closing, period)
            if opening:
                yield from _held_against(book, check, closing, period, opening)


def _moves(book: Statements, closing: Statement) -> bool:
    indicator = book.indicator(closing)
    return closing.cell.kind == "result" and bool(indicator.raised_by or indicator.lowered_by)


def _periods(book: Statements, closing: Statement) -> Iterator[Period]:
    """The periods of its movements that this count closes."""
    indicator = book.indicator(closing)
    codes = [part for code in (*indicator.raised_by, *indicator.lowered_by) for part in _and_parts(book, code)]
    moved = [one for code in codes for one in book.beside(closing, indicator=code)]
    for period in sorted({one.period for one in moved if abs(one.cell.last - closing.cell.last) <= DAYS_APART}):
        found = book.find(closing, period)
        if found and found.statement is closing:
            yield period


def _and_parts(book: Statements, code: str) -> tuple[str, ...]:
    return (code, *book.indicators[code].plus)


def _opening(book: Statements, closing: Statement, period: Period) -> Opening | None:
    found = _counted_before(book, closing, period)
    if found:
        return Opening(Fraction(found.amount), found.bounds, found.bounds, found)
    return _opening_by_growth(book, closing, period)


def _counted_before(book: Statements, closing: Statement, period: Period) -> Found | None:
    """The count of the day before a period; else one near it, which is not quite what the movements begin with."""
    eve = period.first - timedelta(days=1)
    counted = [book.find(closing, days) for days in _days_before(period)]
    near = [one for one in counted if one and abs(one.statement.cell.last - eve) <= STOCK_GRACE]
    own = [one for one in near if one.statement.fact.stream == closing.fact.stream]
    found = next((one for one in own or near if one.statement is not closing), None)
    return replace(found, is_of_the_days=found.statement.cell.last == eve) if found else None


def _days_before(period: Period) -> tuple[Period, ...]:
    """The day before a period and the period before it; nothing before the first year there is."""
    try:
        return as_of(period.first - timedelta(days=1)), previous(period)
    except Problem:
        return ()


def _opening_by_growth(book: Statements, closing: Statement, period: Period) -> Opening | None:
    """closing / (1 + growth), where the period is the year over which the growth was told."""
    of_it = OF + closing.cell.indicator
    told = (book.find(closing, days, indicator="growth_rate", currency="", other=of_it) for days in (None, period))
    growth = next((one for one in told if one), None)
    if growth is None or kind(period) != "year" or growth.bounds.low <= -HUNDRED:
        return None
    by = Bounds(1 + growth.bounds.low / HUNDRED, 1 + growth.bounds.high / HUNDRED)
    bounds, shown = closing.bounds.over(by), exactly(closing.amount).over(by)
    assert bounds is not None  # the growth leaves more than nothing
    assert shown is not None
    return Opening(Fraction(closing.amount) / (1 + Fraction(growth.amount, HUNDRED)), bounds, shown, growth)


def _held_against(
    book: Statements, check: Check, closing: Statement, period: Period, opening: Opening
) -> Iterator[Finding]:
    indicator = book.indicator(closing)
    raised = _movement(book, closing, period, indicator.raised_by)
    lowered = _movement(book, closing, period, indicator.lowered_by)
    voices = {one.statement.fact.stream for one in (*raised.said, *lowered.said)}
    if not voices or (closing.fact.stream not in voices and not closing.is_draft):
        return  # what another voice told of the movements is held against that voice's own count
    remainder = opening.bounds + raised.bounds - lowered.bounds - closing.bounds
    if remainder.low <= 0 <= remainder.high:
        return
    moved = raised.amount - lowered.amount
    shown = opening.shown - exactly(closing.amount - moved)
    unsaid = (*lowered.unsaid, *raised.unsaid)
    said = (*raised.said, *lowered.said)
    base = severity_of(check.severity, closing, (opening.behind, *said))
    has_two_books = voices | {opening.behind.statement.fact.stream} != {closing.fact.stream}
    has_gap = _days_explain(closing, period, opening, moved, remainder)
    is_firm = not unsaid and closing.cell.last == period.last
    yield Finding(
        check.code,
        no_worse_than(base, "note" if has_gap or has_two_books else "error" if is_firm else "warning"),
        (closing, opening.behind.statement, *(one.statement for one in said)),
        {
            "opening": term.amount(closing.as_fine(opening.amount), closing.unit),
            "moved": term.amount(moved, closing.unit),
            "closing": term.amount(closing.amount, closing.unit),
            "remainder": term.amount(closing.as_fine(opening.amount + moved - closing.amount), closing.unit),
            "interval": term.bounds(*shown, closing.unit),
            "span": term.period(period.name),
            "cause": term.words("days_between" if has_gap else "two_books" if has_two_books else _cause(shown, unsaid)),
            "unsaid": term.indicators(unsaid),
        },
    )


def _days_explain(closing: Statement, period: Period, opening: Opening, moved: int, remainder: Bounds) -> bool:
    """Whether counts on other days than the movements begin and end with can leave what is left.

    A growth that was said of the closing goes from its day to the same day a year before. In the days by which these
    are off the year it moved about as fast as in the year; twice that much is explained by them.
    """
    if opening.behind.statement.cell.indicator == closing.cell.indicator:
        return not opening.behind.is_of_the_days or closing.cell.last != period.last
    days = 2 * abs((closing.cell.last - period.last).days)
    least = max(remainder.low, -remainder.high, Fraction(0))
    return days > 0 and least * (period.last - period.first).days <= abs(moved) * days


def _cause(remainder: Bounds, unsaid: tuple[str, ...]) -> str:
    if not unsaid:
        return "unknown_cause"
    return "decreases_unsaid" if remainder.low > 0 else "increases_unsaid"


def _movement(book: Statements, closing: Statement, period: Period, codes: tuple[str, ...]) -> Movement:
    amount, bounds = 0, exactly(0)
    said: list[Found] = []
    unsaid: list[str] = []
    for code in codes:
        parts = _told(book, closing, period, code)
        if parts is None:
            unsaid.append(code)
            continue
        said += parts
        amount += sum(part.amount for part in parts)
        bounds = sum((part.bounds for part in parts), bounds)
    return Movement(amount, bounds, tuple(said), tuple(unsaid))


def _told(book: Statements, closing: Statement, period: Period, code: str) -> list[Found] | None:
    """The movement as it was told, or all of the parts that it is made of."""
    whole = book.find(closing, period, indicator=code)
    if whole:
        return [whole]
    parts = [book.find(closing, period, indicator=part) for part in book.indicators[code].plus]
    known = [part for part in parts if part]
    return known if known and len(known) == len(parts) else None


@rule
def stock_as_flow(book: Statements, check: Check) -> Iterator[Finding]:
    """A sum since the start that is written as if it were of one year.

    A count said "trong năm 2020" of which a rate of the whole stock is told as well, or a flow that is no smaller than
    the stock which it runs into at the end of the same period.
    """
    for one in book:
        found = _said_of_a_period(book, one) or _as_large_as_its_stock(book, one)
        if found:
            yield Finding(
                check.code,
                check.severity if is_solid(one) else no_worse_than(check.severity, "note"),
                (one, found.statement),
                {
                    "said": term.amount(one.amount, one.unit),
                    "stock": term.amount(found.amount, found.statement.unit),
                    "stock_indicator": term.indicator(found.statement.cell.indicator),
                    "span": term.period((one.for_period or one.period).name),
                },
            )


def _said_of_a_period(book: Statements, one: Statement) -> Found | None:
    """The stock whose share the figure is said to be; only a sum since the start is a share of a stock."""
    if one.for_period is None or book.indicator(one).nature != "stock":
        return None
    for code, ratio in book.indicators.items():
        if ratio.numerator != one.cell.indicator or ratio.denominator not in book.indicators:
            continue
        rate = book.find(one, one.for_period, indicator=code, currency="")
        whole = book.find(one, one.for_period, indicator=ratio.denominator)
        share = one.bounds.over(whole.bounds) if whole else None
        if rate and whole and share and share.times(HUNDRED).meets(rate.bounds):
            return whole
    return None


def _as_large_as_its_stock(book: Statements, one: Statement) -> Found | None:
    code = book.indicator(one).cumulative
    if (
        not code
        or book.indicator(one).nature != "flow"
        or book.indicator(one).is_money != book.indicators[code].is_money
    ):
        return None
    stock = book.find(one, indicator=code)
    earlier = _before(book, one, code)
    return stock if stock and earlier and earlier.amount > 0 and one.bounds.high >= stock.bounds.low else None


def _before(book: Statements, one: Statement, code: str) -> Found | None:
    return next((book.find(one, days, indicator=code) for days in _days_before(one.period)[1:]), None)
