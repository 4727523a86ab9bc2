"""What registers say of themselves that does not fit: the rules of land and boundaries find it, here it is told."""

from __future__ import annotations

from collections.abc import Iterator

from sokhu.core.checks.check import RULES, Check
from sokhu.core.checks.finding import Finding, Term
from sokhu.core.checks.statement import Statements

OF_REGISTERS = (
    "land_not_closed",
    "lease_without_area",
    "lease_beyond_plot",
    "plot_let_twice",
    "let_beyond_plan",
    "let_beyond_handover",
    "zone_area_differs",
    "boundary_area_differs",
    "boundaries_overlap",
)


def _told(book: Statements, check: Check) -> Iterator[Finding]:
    """The matters of a check's code."""
    for one in book.matters:
        if one.code == check.code:
            terms = {name: Term(*term) for name, term in one.terms.items()}
            yield Finding(check.code, check.severity, (one.about,), terms, thing=one.thing)


RULES.update(dict.fromkeys(OF_REGISTERS, _told))
