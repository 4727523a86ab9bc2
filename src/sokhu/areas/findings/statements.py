"""Figures as checks see them: observations that stand, figures that wait, figures of a text that is being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger.answers import fact_of
from sokhu.areas.ledger.cells import as_cell, as_said
from sokhu.areas.ledger.derived import derived_facts
from sokhu.areas.ledger.models import Observation, ProposedFigure
from sokhu.areas.territory.queries import Reach, makeup_of
from sokhu.core.cell import CellKey
from sokhu.core.checks.bounds import bounds_of
from sokhu.core.checks.statement import Matter, Statement, Statements
from sokhu.core.fact import Fact
from sokhu.core.measure import unit_of_cell
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.core.rollup import Maturity
from sokhu.core.units import unit_of

GOES_ON = "với "  # "05 KKT với tổng diện tích 188.621 ha": the second figure is of what the first one is of
WORDS_CARRIED = 60  # characters of the figure before that belong to one that goes on from it
WORDS_AFTER = 60  # characters behind a figure that can say what it is compared with
WORDS_BEFORE = 160  # characters before a figure that belong to it, back to the figure before


def book_of(statements: Iterable[Statement], matters: Sequence[Matter] = ()) -> Statements:
    return Statements(list(statements), indicators(), makeup_of, matters)


def of_observations(standing: Iterable[Observation]) -> Iterator[Statement]:
    """What stands with an amount; cells of indicators that the catalogue does not know are nobody's to check."""
    for one in standing:
        if one.amount is not None and one.cell.indicator in indicators():
            yield _said(fact_of(one), one.amount, one.as_written)


def of_derived(reach: Reach, places: Iterable[str], said: Sequence[Statement]) -> Iterator[Statement]:
    """What registers come to in these places, of what somebody else said as well, there or of a place above.

    Of a stock that was told with some of what moved it, what moved it besides: nobody is asked for what a register has.
    """
    results = [one.cell for one in said if one.cell.kind == "result"]
    if not results:
        return
    wanted = {_alike(cell) for cell in results}
    besides = {_alike(replace(cell, indicator=code)) for cell in results for code in _moved_with(cell.indicator)}
    days = min(cell.first for cell in results), max(cell.last for cell in results)
    windows = {(cell.first, cell.last) for cell in results}
    codes = {code for code, *_ in (*wanted, *besides)}
    for fact in derived_facts(reach, places, *days, indicators=map(str, codes), asked=windows):
        alike = _alike(fact.cell)
        if fact.amount is not None and (alike in wanted or (fact.amount and alike in besides)):
            yield _said(fact, fact.amount, "")


def _moved_with(code: str) -> frozenset[str]:
    """The other movements of the stocks that an indicator moves."""
    found = ({*one.raised_by, *one.lowered_by} for one in indicators().values())
    return frozenset(other for moving in found if code in moving for other in moving - {code})


def _alike(cell: CellKey) -> tuple[object, ...]:
    return (cell.indicator, cell.first, cell.last, cell.ownership, cell.currency)


def _said(fact: Fact, amount: int, as_written: str) -> Statement:
    unit = unit_of_cell(indicators()[fact.cell.indicator], fact.cell.currency)
    bounds = bounds_of(amount, as_written, is_counted=unit_of(unit).counted, approx=fact.approx)
    return Statement(fact, amount, bounds, unit)


def of_figures(figures: Sequence[ProposedFigure], text: str, stream: tuple[str, str]) -> Iterator[Statement]:
    """Figures as read out of a text, in its order; those without a place, a period or an indicator are left out.

    stream: who says them. What the text plans is a plan; what it says again is the same figure.
    """
    end_before, passage = 0, ""
    for figure in figures:
        words = text[max(end_before, figure.start - WORDS_BEFORE) : figure.end]
        end_before = figure.end
        passage = passage[-WORDS_CARRIED:] + words if words.lstrip(" ,(").startswith(GOES_ON) else words
        statement = of_figure(figure, stream, passage, text[figure.end : figure.end + WORDS_AFTER])
        if statement:
            yield statement


def of_figure(figure: ProposedFigure, stream: tuple[str, str], passage: str = "", after: str = "") -> Statement | None:
    try:
        cell, said = as_cell(figure), as_said(figure)
    except Problem:
        return None
    if said.amount is None:
        return None
    fact = Fact(
        id=figure.pk,
        cell=cell,
        amount=said.amount,
        emptiness="",
        maturity=cast(Maturity, said.maturity),
        approx=said.approx,
        stream=stream,
        sequence=0,
    )
    unit = unit_of_cell(indicators()[cell.indicator], cell.currency)
    return Statement(
        fact,
        said.amount,
        bounds_of(said.amount, figure.as_written, is_counted=unit_of(unit).counted, approx=said.approx),
        unit,
        start=figure.start,
        end=figure.end,
        quote=figure.quote,
        for_period=named(figure.period, regime=figure.regime) if _is_said_of_a_period(figure, cell) else None,
        passage=passage,
        after=after,
        confidence=figure.confidence,
    )


def _is_said_of_a_period(figure: ProposedFigure, cell: CellKey) -> bool:
    """A count that the text writes as if it were of a whole period."""
    return not figure.asof and cell.period != figure.period
