"""Unlike sets: a count of industrial parks and economic zones set against a count of industrial parks alone."""

from __future__ import annotations

from collections.abc import Iterator

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statements


@rule
def unlike_sets(book: Statements, check: Check) -> Iterator[Finding]:
    """A part and its whole whose passages name other kinds of zones; `pairs`: which indicators are read as such."""
    for part_code, whole_code in check.parameters["pairs"]:
        for one in (one for one in book if one.cell.indicator == part_code and one.kinds):
            whole = book.find(one, indicator=whole_code)
            if whole is None or not whole.statement.kinds or whole.statement.kinds == one.kinds:
                continue
            yield Finding(
                check.code,
                check.severity,
                (one, whole.statement),
                {
                    "part": term.amount(one.amount, one.unit),
                    "part_kinds": term.Term("kinds", " ".join(sorted(one.kinds))),
                    "whole": term.amount(whole.amount, whole.statement.unit),
                    "whole_indicator": term.indicator(whole_code),
                    "whole_kinds": term.Term("kinds", " ".join(sorted(whole.statement.kinds))),
                },
            )
