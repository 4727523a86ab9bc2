"""A figure of a draft against what the ledger answers: confirmed, rounded, contradicted, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sokhu.core.answer import Answer
from sokhu.core.checks import finding as term
from sokhu.core.checks.bounds import exactly
from sokhu.core.checks.finding import Severity, Term
from sokhu.core.checks.parts import is_one_figure
from sokhu.core.checks.statement import Statement, is_solid

SURE_ENOUGH = 0.9  # of what a figure is about, for a contradiction to be called an error

Verdict = Literal["confirmed", "rounded", "contradicted", "otherwise", "unknown"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the ledger says of a figure. otherwise: it has one
    of another day, or of a whole of which this is a part."""

    statement: Statement
    verdict: Verdict
    severity: Severity
    answer: Answer | None = None
    terms: dict[str, Term] | None = None
    suggestion: Term | None = None


def judged(one: Statement, answer: Answer | None) -> Judged:
    """A figure held against an answer.

    Contradicted is an error where both are final, exact, of the same days, and the text was read without much doubt. A
    total without some of its members confirms and contradicts nothing.
    """
    if answer is None or answer.amount is None or answer.missing or answer.currency != one.cell.currency:
        return Judged(one, "unknown", "note")
    if answer.amount == one.amount:
        return Judged(one, "confirmed", "note", answer)
    terms = {
        "said": term.amount(one.amount, one.unit),
        "ledger": term.amount(answer.amount, one.unit),
        "gap": term.amount(abs(one.amount - answer.amount), one.unit),
    }
    if one.bounds.meets(exactly(answer.amount)):
        return Judged(one, "rounded", "note", answer, terms)
    if answer.last != one.cell.last or (one.is_part and not one.is_broken_down):
        terms["day"] = term.day(answer.last or one.cell.last)
        return Judged(one, "otherwise", "note", answer, terms)
    is_sure = one.confidence >= SURE_ENOUGH and not one.is_part and is_one_figure(one.amount, answer.amount)
    is_firm = is_sure and is_solid(one) and answer.maturity == "final" and not answer.approx
    suggestion = term.amount(answer.amount, one.unit)
    return Judged(one, "contradicted", "error" if is_firm else "warning", answer, terms, suggestion)
