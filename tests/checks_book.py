"""Figures for tests of checks: said("capital_new", "5.056,1 triệu USD", ownership="FDI") and what is found in some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from sokhu.core.cell import CellKey
from sokhu.core.checks.bounds import bounds_of
from sokhu.core.checks.check import Check
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.run import findings, load_checks
from sokhu.core.checks.statement import Statement, Statements
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator, load_indicators
from sokhu.core.makeup import Makeup
from sokhu.core.measure import amount_in_cell
from sokhu.core.period import Period, as_of, named
from sokhu.core.quantity import read_quantity
from sokhu.core.units import unit_of

_NUMBERS = count(1)


@cache
def indicators() -> dict[str, Indicator]:
    return load_indicators()


def said(
    indicator: str,
    written: str,
    *,
    period: str = "2020",
    regime: str = "calendar",
    place: str = "board/a",
    speaker: str = "board/a",
    maturity: Any = "final",
    approx: bool = False,
    sequence: int = 1,
    is_draft: bool = False,
    for_period: str = "",
    passage: str = "",
    after: str = "",
    **more: str,
) -> Statement:
    """A figure as written with its unit; a count of "2020" is of its last day. more: other fields of the cell."""
    read = read_quantity(written)
    value = read.value.scaleb(read.unit.scale.power)
    amount, currency = amount_in_cell(indicators()[indicator], value, read.unit.unit.code)
    days = named(period, regime=regime)
    days = as_of(days.last, regime=regime) if indicators()[indicator].nature == "stock" else days
    cell = CellKey(indicator, place, days.name, days.first, days.last, regime=regime, currency=currency, **more)
    fact = Fact(UUID(int=next(_NUMBERS)), cell, amount, "", maturity, approx, ("board_report", speaker), sequence)
    counted = unit_of(read.unit.unit.code).counted
    one = Statement(fact, amount, bounds_of(amount, written, is_counted=counted, approx=approx), read.unit.unit.code)
    one = replace(one, passage=passage, after=after, for_period=named(for_period) if for_period else None)
    return replace(one, start=10 * sequence, end=10 * sequence + 5, quote=written) if is_draft else one


def book(*statements: Statement, members: Sequence[str] = (), whole: str = "block/x") -> Statements:
    def makeup_of(place: str, period: Period) -> Makeup:
        return Makeup(tuple(members) if place == whole else ())

    return Statements(statements, indicators(), makeup_of)


def check_of(code: str) -> Check:
    return load_checks().checks[code]


def found(code: str, *statements: Statement, members: Sequence[str] = ()) -> list[Finding]:
    """What one check finds in these figures."""
    return findings(book(*statements, members=members), {code: check_of(code)})


def only(code: str, *statements: Statement, members: Sequence[str] = ()) -> Finding:
    (one,) = found(code, *statements, members=members)
    return one


def amount(finding: Finding, name: str) -> int:
    """In whole units: of money in đồng or dollars."""
    return int(finding.terms[name].value)


def cause(finding: Finding) -> str:
    return finding.terms["cause"].value


def years(indicator: str, written: Sequence[str], *, first: int = 2010, **more: Any) -> Iterator[Statement]:
    """The same figure year after year."""
    for number, one in enumerate(written):
        yield said(indicator, one, period=str(first + number), **more)
