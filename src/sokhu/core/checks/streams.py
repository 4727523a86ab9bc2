"""The same cell said twice: by two sources, or twice in one text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding, Term, no_worse_than
from sokhu.core.checks.parts import is_one_figure, slipped
from sokhu.core.checks.statement import Statement, Statements, is_solid


@rule
def streams_differ(book: Statements, check: Check) -> Iterator[Finding]:
    """Two sources that say unlike values in one cell."""
    for said in _by_cell(book):
        for one, other in _unlike_voices(said):
            severity = check.severity if is_solid(one) and is_solid(other) else no_worse_than(check.severity, "note")
            yield Finding(
                check.code,
                severity,
                (one, other),
                {
                    "one": term.amount(one.amount, one.unit),
                    "other": term.amount(other.amount, other.unit),
                    "gap": term.amount(one.amount - other.amount, one.unit),
                    "one_speaker": _speaker(one),
                    "other_speaker": _speaker(other),
                    "cause": term.words(f"slip_{slip}" if (slip := slipped(one.amount, other.amount)) else "two_books"),
                },
            )


@rule
def said_twice(book: Statements, check: Check) -> Iterator[Finding]:
    """One text that gives two values of one figure."""
    for said in _by_cell(book):
        drafts = [one for one in said if one.is_draft]
        for later in drafts[1:]:
            first = drafts[0]
            if not later.bounds.meets(first.bounds) and is_one_figure(first.amount, later.amount) and not later.is_part:
                yield Finding(
                    check.code,
                    check.severity if len(drafts) == 2 else no_worse_than(check.severity, "note"),
                    (later, first),
                    {"one": term.amount(first.amount, first.unit), "other": term.amount(later.amount, later.unit)},
                )


def _speaker(said: Statement) -> Term:
    return term.words("the_register") if said.fact.is_derived else term.place(said.fact.stream[1])


def _by_cell(book: Statements) -> Iterator[list[Statement]]:
    for group in book.groups():
        days: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for one in group:
            days[one.cell.first, one.cell.last].append(one)
        yield from (said for said in days.values() if len(said) > 1)


def _unlike_voices(said: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Each voice that says something else than the first one, once."""
    first = max(said, key=lambda one: (one.is_draft, is_solid(one), one.fact.sequence))
    told = {first.fact.stream}
    for other in said:
        if other.fact.stream not in told and not other.bounds.meets(first.bounds):
            told.add(other.fact.stream)
            yield first, other
