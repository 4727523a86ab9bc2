"""A figure against its own past and its peers: slips of unit and scale, and values far off both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log10
from statistics import median

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statement, Statements
from sokhu.core.quantity import display_unit, in_unit
from sokhu.core.units import unit_of

# How units and marks are mixed up, by the power of ten that it moves a figure.
_SLIPS = {1: "slip_10", 2: "slip_100", 3: "slip_1000", 4: "slip_10000", 6: "slip_1000000"}


@rule
def scale_slip(book: Statements, check: Check) -> Iterator[Finding]:
    """A figure that is a power of ten off its own past, and that would be in line without it.

    least: smallest distance from the past, in powers of ten; spread: how many times the usual spread.
    """
    usual = _usual_spreads(book, check.parameters["past"])
    for one, past in _with_past(book, check.parameters["past"]):
        middle = _middle(past)
        off = log10(abs(one.amount)) - middle
        spread = max(_spread(past, middle), usual[_kind(one)])
        power = min(_SLIPS, key=lambda ten: abs(abs(off) - ten))
        in_line = abs(abs(off) - power) <= max(check.parameters["near"], 2 * spread)
        if abs(off) < max(check.parameters["least"], check.parameters["spread"] * spread) or not in_line:
            continue
        right = one.amount * 10**power if off < 0 else one.amount // 10**power
        yield Finding(
            check.code,
            check.severity,
            (one, _nearest(one, past)),
            {
                "said": term.amount(one.amount, one.unit),
                "usual": term.amount(round(10**middle), one.unit),
                "past": term.number(len(past)),
                "would_be": term.amount(right, one.unit),
                "cause": term.words(_SLIPS[power]),
            },
            suggestion=term.amount(right, one.unit),
            weight=abs(off),
        )


@rule
def currency_slip(book: Statements, check: Check) -> Iterator[Finding]:
    """Money in a currency that its cell was never told in, with the number that it was always told in another.

    times: how far the number may be from the usual one; past: how many earlier figures are asked for.
    """
    for one in book:
        if not one.cell.currency or _others(book.beside(one), one):
            continue
        for currency in (other for other in ("USD", "VND") if other != one.cell.currency):
            past = _others(book.beside(one, currency=currency), one)
            if len(past) < check.parameters["past"]:
                continue
            usual = median(_number(other) for other in past)
            if usual and 1 / check.parameters["times"] <= _number(one) / usual <= check.parameters["times"]:
                yield Finding(
                    check.code,
                    check.severity,
                    (one, past[-1]),
                    {
                        "said": term.amount(one.amount, one.unit),
                        "usual": term.amount(past[-1].amount, past[-1].unit),
                        "past": term.number(len(past)),
                    },
                )


def _others(said: Sequence[Statement], one: Statement) -> list[Statement]:
    """Those of other days, of periods as long."""
    days = _days(one)
    return [other for other in said if other.cell.last != one.cell.last and other.amount and _days(other) == days]


def _number(one: Statement) -> float:
    """The number as it stands before its unit: 5.056 of 5.056 triệu USD as of 5.056 tỷ đồng."""
    return float(in_unit(abs(one.amount), display_unit(one.amount, unit_of(one.unit)).words("vi")))


@rule
def off_its_past(book: Statements, check: Check) -> Iterator[Finding]:
    """A figure far off its own past; `past`: how many earlier figures are asked for, `times`: how many usual steps."""
    usual = _usual_spreads(book, check.parameters["past"])
    for one, past in _with_past(book, check.parameters["past"]):
        middle = _middle(past)
        off = log10(abs(one.amount)) - middle
        steps = abs(off) / max(_spread(past, middle), usual[_kind(one)], check.parameters["least"])
        if steps >= check.parameters["times"]:
            yield Finding(
                check.code,
                check.severity,
                (one, _nearest(one, past)),
                {
                    "said": term.amount(one.amount, one.unit),
                    "usual": term.amount(round(10**middle), one.unit),
                    "past": term.number(len(past)),
                },
                weight=steps,
            )


@rule
def off_its_peers(book: Statements, check: Check) -> Iterator[Finding]:
    """A rate far off that of the other places of its kind; `peers`: how many of them are asked for."""
    for said in _peers(book):
        if len(said) <= check.parameters["peers"]:
            continue
        middle = median(one.amount for one in said)
        spread = median(abs(one.amount - middle) for one in said)
        for one in said:
            steps = abs(one.amount - middle) / spread if spread else 0.0
            if steps >= check.parameters["times"]:
                yield Finding(
                    check.code,
                    check.severity,
                    (one,),
                    {
                        "said": term.amount(one.amount, one.unit),
                        "usual": term.amount(round(middle), one.unit),
                        "peers": term.number(len(said) - 1),
                    },
                    weight=steps,
                )


def _usual_spreads(book: Statements, least: int) -> dict[tuple[str, int], float]:
    """How far figures of an indicator lie from their own middle, over all places: few figures alone look too steady."""
    apart: dict[tuple[str, int], list[float]] = defaultdict(list)
    for one, past in _with_past(book, least):
        apart[_kind(one)].append(abs(log10(abs(one.amount)) - _middle(past)))
    return {kind: median(distances) for kind, distances in apart.items()}


def _kind(one: Statement) -> tuple[str, int]:
    return one.cell.indicator, _days(one)


def _with_past(book: Statements, least: int) -> Iterator[tuple[Statement, list[Statement]]]:
    """Figures with the others of their cell at other times, of the same length."""
    for group in book.groups():
        indicator = book.indicator(group[0])
        if indicator.nature == "ratio" or indicator.over_places == "none":
            continue
        by_length: dict[int, list[Statement]] = defaultdict(list)
        for one in group:
            if one.amount:
                by_length[_days(one)].append(one)
        for said in by_length.values():
            yield from _each_with_past(said, least)


def _each_with_past(said: Sequence[Statement], least: int) -> Iterator[tuple[Statement, list[Statement]]]:
    by_days = {(one.cell.first, one.cell.last): one for one in said}
    if len(by_days) <= least:
        return
    for one in said:
        days = (one.cell.first, one.cell.last)
        yield one, [other for other_days, other in by_days.items() if other_days != days]


def _nearest(one: Statement, past: Sequence[Statement]) -> Statement:
    return min(past, key=lambda other: abs(other.cell.last - one.cell.last))


def _days(one: Statement) -> int:
    """The length of its window in months, about; a count has one day."""
    return round((one.cell.last - one.cell.first).days / 30)


def _middle(past: Sequence[Statement]) -> float:
    return median(log10(abs(one.amount)) for one in past)


def _spread(past: Sequence[Statement], middle: float) -> float:
    return median(abs(log10(abs(one.amount)) - middle) for one in past)


def _peers(book: Statements) -> Iterator[list[Statement]]:
    """Rates of the same days and breakdown, one for each place of a kind."""
    groups: dict[tuple[str, ...], dict[str, Statement]] = defaultdict(dict)
    for one in book:
        if book.indicator(one).nature == "ratio" and not book.indicator(one).comparison and one.cell.kind == "result":
            cell = one.cell
            key = (cell.indicator, cell.period, cell.ownership, cell.zone_kind, cell.currency, cell.place.split("/")[0])
            groups[key][cell.place] = one
    yield from (list(said.values()) for said in groups.values())
