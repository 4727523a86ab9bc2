"""Parts against wholes: FDI and DDI, new and added, quarters of a year, members of a block, a part of a stock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache

from sokhu.core.checks import finding as term
from sokhu.core.checks.bounds import Bounds, exactly
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding, Term, severity_of
from sokhu.core.checks.statement import Found, Statement, Statements, is_solid
from sokhu.core.period import Kind, Period, cut, parts
from sokhu.core.problems import Problem

OWNERSHIPS = ("FDI", "DDI")
_LENGTHS: tuple[Kind, ...] = ("half", "quarter", "month")
_SCALES = (10, 100, 1000, 10_000, 1_000_000)
SAME_FIGURE = Fraction(3, 2)
_SLIP_WITHIN = Fraction(2, 100)  # of a power of ten


@rule
def ownership_parts(book: Statements, check: Check) -> Iterator[Finding]:
    """FDI and DDI are all there is of what adds over places."""
    for one in book:
        indicator = book.indicator(one)
        if not one.cell.ownership and indicator.over_places == "sum" and "ownership" in indicator.dimensions:
            yield from _against(check, one, [book.find(one, ownership=ownership) for ownership in OWNERSHIPS])


@rule
def formula_parts(book: Statements, check: Check) -> Iterator[Finding]:
    """An indicator made of others added and taken off: new and added capital."""
    for one in book:
        indicator = book.indicator(one)
        if indicator.plus:
            plus = [book.find(one, indicator=code) for code in indicator.plus]
            minus = [book.find(one, indicator=code) for code in indicator.minus]
            yield from _against(check, one, plus, minus)


@rule
def time_parts(book: Statements, check: Check) -> Iterator[Finding]:
    """The halves, quarters or months of a year, the months of what is told from January on."""
    for one in book:
        if book.indicator(one).over_time == "sum":
            for shorter in cuttings(one.period):
                yield from _against(check, one, _told_throughout(book, one, shorter))


def _told_throughout(book: Statements, one: Statement, shorter: Sequence[Period]) -> list[Found | None]:
    """A figure for each of the shorter periods, nothing where one of them is missing."""
    found: list[Found | None] = []
    for days in shorter:
        part = book.find(one, days)
        if not part or not _goes_with(part, one):
            return []
        found.append(part)
    return found


def _goes_with(part: Found, whole: Statement) -> bool:
    """Said by the same voice, of the very days, for good."""
    same_voice = part.statement.fact.stream == whole.fact.stream
    return same_voice and part.is_of_the_days and is_solid(part.statement)


@cache
def cuttings(period: Period) -> list[list[Period]]:
    """Every way to cut a period up: into the fewest parts, into halves, quarters, months."""
    ways = [list(cut(period))]
    for length in _LENGTHS:
        with suppress(Problem):
            ways.append(parts(period, length))
    return [list(way) for way in dict.fromkeys(tuple(way) for way in ways) if len(way) > 1]


@rule
def place_parts(book: Statements, check: Check) -> Iterator[Finding]:
    """The members of a block, of a province, of the country: all of them there, over the same days."""
    for one in book:
        if book.indicator(one).over_places != "sum":
            continue
        makeup = book.makeup_of(one.cell.place, one.period)
        if makeup.is_whole and len(makeup.members) > 1:
            yield from _against(check, one, [book.find(one, place=member) for member in makeup.members])


@rule
def exceeds_whole(book: Statements, check: Check) -> Iterator[Finding]:
    """A part that is larger than what it is a part of: zones in operation beyond those established."""
    for one in book:
        whole_code = book.indicator(one).part_of
        whole = book.find(one, indicator=whole_code) if whole_code else None
        if whole is None or one.bounds.low <= whole.bounds.high:
            continue
        yield Finding(
            check.code,
            severity_of(check.severity, one, [whole]),
            (one, whole.statement),
            {
                "part": term.amount(one.amount, one.unit),
                "whole": term.amount(whole.amount, whole.statement.unit),
                "whole_indicator": term.indicator(whole_code),
                "gap": term.amount(one.amount - whole.amount, one.unit),
            },
        )


def _against(
    check: Check, whole: Statement, plus: Sequence[Found | None], minus: Sequence[Found | None] = ()
) -> Iterator[Finding]:
    """A whole against all of its parts, where all of them are there."""
    added, taken = [one for one in plus if one], [one for one in minus if one]
    if not added or len(added) + len(taken) < max(2, len(plus) + len(minus)):
        return
    total = sum(one.amount for one in added) - sum(one.amount for one in taken)
    if total == whole.amount:
        return
    bounds = sum((one.bounds for one in added), exactly(0)) - sum((one.bounds for one in taken), exactly(0))
    if bounds.meets(whole.bounds):
        return
    days = {(one.statement.cell.first, one.statement.cell.last) for one in (*added, *taken)}
    yield Finding(
        check.code,
        severity_of(check.severity, whole, (*added, *taken)),
        (whole, *(one.statement for one in (*added, *taken))),
        {
            "whole": term.amount(whole.amount, whole.unit),
            "sum": term.amount(total, whole.unit),
            "gap": term.amount(whole.amount - total, whole.unit),
            "parts": term.number(len(added) + len(taken)),
            "windows": term.number(len(days)),
            "cause": likely_cause(whole, total, [one.amount for one in added]),
        },
        suggestion=term.amount(total, whole.unit),
    )


def likely_cause(whole: Statement, total: int, parts: Sequence[int]) -> Term:
    """Why a whole is not the sum of its parts, as far as the amounts tell."""
    if slip := slipped(whole.amount, total):
        return term.words(f"slip_{slip}")
    gap = whole.amount - total
    if -gap in parts:
        return term.words("part_left_out")
    if gap in parts:
        return term.words("part_twice")
    if _is_transposed(whole.amount, total):
        return term.words("digits_transposed")
    return term.words("unknown_cause")


def slipped(amount: int | Fraction, expected: int | Fraction) -> int:
    """By which power of ten an amount was written too large or too small; 0 for none."""
    if not amount or not expected or (amount < 0) != (expected < 0):
        return 0
    ratio = Fraction(amount) / Fraction(expected)
    ratio = ratio if ratio >= 1 else 1 / ratio
    return next((scale for scale in _SCALES if abs(ratio / scale - 1) <= _SLIP_WITHIN), 0)


def is_one_figure(one: int, other: int) -> bool:
    """Whether two amounts can be one figure gone wrong: near each other, or a power of ten apart.

    What is further apart is mostly of two things that were taken for one.
    """
    low, high = sorted((abs(one), abs(other)))
    return bool(slipped(one, other)) or (low > 0 and Fraction(high, low) <= SAME_FIGURE)


def _is_transposed(one: int, other: int) -> bool:
    """Whether two amounts differ by two neighbouring digits that changed places: 3.172 for 3.127."""
    first, second = str(abs(one)), str(abs(other))
    if len(first) != len(second):
        return False
    unlike = [place for place in range(len(first)) if first[place] != second[place]]
    return (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and first[unlike[0]] == second[unlike[1]]
        and first[unlike[1]] == second[unlike[0]]
    )


@rule
def rounding_gap(book: Statements, check: Check) -> Iterator[Finding]:
    """Rounded parts that add up to another last digit than the rounded whole: nothing is wrong, readers may stumble."""
    for one in book:
        indicator = book.indicator(one)
        if one.cell.ownership or indicator.over_places != "sum" or "ownership" not in indicator.dimensions:
            continue
        parts = [found for ownership in OWNERSHIPS if (found := book.find(one, ownership=ownership))]
        total = sum(part.amount for part in parts)
        bounds: Bounds = sum((part.bounds for part in parts), exactly(0))
        if len(parts) == len(OWNERSHIPS) and total != one.amount and bounds.meets(one.bounds):
            terms = {"whole": one.amount, "sum": total, "gap": one.amount - total}
            yield Finding(
                check.code,
                check.severity,
                (one, *(part.statement for part in parts)),
                {name: term.amount(value, one.unit) for name, value in terms.items()},
            )
