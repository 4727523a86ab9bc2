"""Unlike sets: a count of industrial parks and economic zones set against a count of industrial parks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sokhu.core.checks import finding as term
from sokhu.core.checks.check import Check, rule
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statement, Statements

_KIND = re.compile(r"\b(?:KCN|KCX|KKT|CCN|KCNC)\b")


@rule
def unlike_sets(book: Statements, check: Check) -> Iterator[Finding]:
    """A part and its whole whose passages name other kinds of zones; `pairs`: which indicators are read as such."""
    for part_code, whole_code in check.parameters["pairs"]:
        for one in (one for one in book if one.cell.indicator == part_code and one.passage):
            whole = book.find(one, indicator=whole_code)
            kinds, of_whole = kinds_named(one), kinds_named(whole.statement) if whole else []
            if whole is None or not kinds or not of_whole or kinds == of_whole:
                continue
            yield Finding(
                check.code,
                check.severity,
                (one, whole.statement),
                {
                    "part": term.amount(one.amount, one.unit),
                    "part_kinds": term.Term("kinds", " ".join(kinds)),
                    "whole": term.amount(whole.amount, whole.statement.unit),
                    "whole_indicator": term.indicator(whole_code),
                    "whole_kinds": term.Term("kinds", " ".join(of_whole)),
                },
            )


def kinds_named(one: Statement) -> list[str]:
    """The kinds of zones that its own words name ("71 KCN, KCX, KKT"), else those that lead to it."""
    return sorted(set(_KIND.findall(one.quote) or _KIND.findall(one.passage)))
