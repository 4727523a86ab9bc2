"""What registers say of themselves that does not fit is told as a finding of its check."""

from __future__ import annotations

import pytest

from checks_book import check_of, indicators, said
from sokhu.core.checks.finding import Finding, Term
from sokhu.core.checks.registers import OF_REGISTERS
from sokhu.core.checks.run import findings
from sokhu.core.checks.statement import Matter, Statements

FIGURE = said("land_leased", "12 ha")


def found(code: str, *matters: Matter) -> list[Finding]:
    return findings(Statements((FIGURE,), indicators(), matters=matters), {code: check_of(code)})


def a_matter(code: str) -> Matter:
    return Matter(code=code, about=FIGURE, thing="lô 1", terms={"found": ("amount", "12000000")})


@pytest.mark.parametrize("code", OF_REGISTERS)
def test_a_matter_is_told_by_its_own_check_with_its_terms_and_its_thing(code: str) -> None:
    (one,) = found(code, *(a_matter(other) for other in OF_REGISTERS))
    assert (one.code, one.severity, one.about) == (code, check_of(code).severity, (FIGURE,))
    assert one.terms == {"found": Term("amount", "12000000")}
    assert one.subject == f"{code}|board/a|lô 1"


def test_without_matters_nothing_is_found() -> None:
    assert found("plot_let_twice") == []
    assert found("plot_let_twice", a_matter("land_not_closed")) == []
