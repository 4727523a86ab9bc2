"""Figures due and missing: told for some periods running, and for this one only others were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statement, Statements, in_period
from sokhu.core.period import Kind, Period, kind, previous
from sokhu.core.problems import Problem

REGULAR: tuple[Kind, ...] = ("month", "quarter", "half", "year")


@rule
def due_and_missing(book: Statements, check: Check) -> Iterator[Finding]:
    """`running`: in how many periods before this one it has to have been told. Flows of the ledger only."""
    newest = _newest_periods(book)
    for group in book.groups():
        if book.indicator(group[0]).nature != "flow" or group[0].cell.kind != "result":
            continue
        for voice, said in _by_voice(group).items():
            for period in newest.get((voice, said[0].cell.place), ()):
                yield from _missing(check, period, in_period(said))


def _missing(check: Check, period: Period, told: dict[Period, list[Statement]]) -> Iterator[Finding]:
    earlier = _running(period, told)
    if period not in told and len(earlier) >= check.parameters["running"] and _is_told_always(period, earlier, told):
        last = earlier[0]
        yield Finding(
            check.code,
            check.severity,
            (last,),
            {
                "missing_period": term.period(period.name),
                "last_period": term.period(last.cell.period),
                "last": term.amount(last.amount, last.unit),
            },
        )


def _running(period: Period, told: dict[Period, list[Statement]]) -> list[Statement]:
    """What was told for the periods just before, without a gap, the latest first."""
    found: list[Statement] = []
    with suppress(Problem):  # nothing comes before the first year there is
        while (period := previous(period)) in told:
            found.append(told[period][0])
    return found


def _is_told_always(period: Period, running: list[Statement], told: dict[Period, list[Statement]]) -> bool:
    """Whether it was told for every period since the first; what some reports leave out is left out for a reason."""
    return sum(kind(one) == kind(period) for one in told if one < period) == len(running)


def _by_voice(group: list[Statement]) -> dict[tuple[str, str], list[Statement]]:
    voices: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in group:
        if not one.is_draft:
            voices[one.fact.stream].append(one)
    return voices


def _newest_periods(book: Statements) -> dict[tuple[tuple[str, str], str], list[Period]]:
    """The newest period of each length for which a voice told any flow of a place."""
    newest: dict[tuple[tuple[str, str], str, Kind], Period] = {}
    for one in book:
        if one.is_draft or book.indicator(one).nature != "flow":
            continue
        key = (one.fact.stream, one.cell.place, kind(one.period))
        if key[2] in REGULAR and (key not in newest or newest[key] < one.period):
            newest[key] = one.period
    found: dict[tuple[tuple[str, str], str], list[Period]] = defaultdict(list)
    for (voice, place, _kind), period in newest.items():
        found[voice, place].append(period)
    return found
