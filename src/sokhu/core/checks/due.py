"""Figures due and missing: told for some periods running, and for this one only others were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statement, Statements, in_period
from sokhu.core.period import Period, previous
from sokhu.core.problems import Problem


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
    before, earlier = period, []
    for _ in range(check.parameters["running"]):
        before = previous(before)
        if before not in told:
            return
        earlier.append(told[before][0])
    if period not in told:
        yield Finding(
            check.code,
            check.severity,
            (earlier[0],),
            {
                "missing_period": term.period(period.name),
                "last_period": term.period(earlier[0].cell.period),
                "last": term.amount(earlier[0].amount, earlier[0].unit),
            },
        )


def _by_voice(group: list[Statement]) -> dict[tuple[str, str], list[Statement]]:
    voices: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in group:
        if not one.is_draft:
            voices[one.fact.stream].append(one)
    return voices


def _newest_periods(book: Statements) -> dict[tuple[tuple[str, str], str], list[Period]]:
    """The newest period of each length for which a voice told any flow of a place."""
    newest: dict[tuple[tuple[str, str], str, int], Period] = {}
    for one in book:
        if one.is_draft or book.indicator(one).nature != "flow":
            continue
        key = (one.fact.stream, one.cell.place, _months(one.period))
        if key[2] and (key not in newest or newest[key] < one.period):
            newest[key] = one.period
    found: dict[tuple[tuple[str, str], str], list[Period]] = defaultdict(list)
    for (voice, place, _months_long), period in newest.items():
        found[voice, place].append(period)
    return found


def _months(period: Period) -> int:
    """1, 3, 6 or 12 for whole months, quarters, halves and years; 0 for everything else."""
    try:
        days = (period.last - previous(period).last).days
    except Problem:
        return 0
    return next((months for months, least in ((12, 365), (6, 181), (3, 90), (1, 28)) if least <= days <= least + 3), 0)
