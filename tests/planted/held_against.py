"""An invented world handed to the checks, and what they find in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import count
from uuid import UUID

from planted.figures import Figure
from planted.world import BLOCK
from sokhu.core.cell import CellKey
from sokhu.core.checks.bounds import bounds_of
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.run import findings, load_checks, most_telling
from sokhu.core.checks.statement import Statement, Statements
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator, load_indicators
from sokhu.core.makeup import Makeup
from sokhu.core.measure import unit_of_cell
from sokhu.core.period import Period
from sokhu.core.units import unit_of

_NUMBERS = count()


@cache
def indicators() -> Mapping[str, Indicator]:
    return load_indicators()


@lru_cache(maxsize=20_000)
def statement(figure: Figure) -> Statement:
    """A figure as the checks see one of the ledger; one with a passage stands in a text at hand."""
    unit = unit_of_cell(indicators()[figure.indicator], figure.currency)
    fact = Fact(
        id=UUID(int=next(_NUMBERS)),
        cell=cell(figure),
        amount=figure.amount,
        emptiness="",
        maturity=figure.maturity,  # type: ignore[arg-type]
        approx=figure.approx,
        stream=figure.stream,
        sequence=figure.sequence,
    )
    bounds = bounds_of(figure.amount, figure.written, is_counted=unit_of(unit).counted, approx=figure.approx)
    return Statement(fact, figure.amount, bounds, unit, passage=figure.passage)


def cell(figure: Figure) -> CellKey:
    window = figure.window
    return CellKey(
        figure.indicator,
        figure.place,
        window.name,
        window.first,
        window.last,
        regime=window.regime,
        kind=figure.kind,
        ownership=figure.ownership,
        currency=figure.currency,
        other=figure.other,
    )


def all_found_in(figures: Iterable[Figure], members: Sequence[str]) -> list[Finding]:
    """What all checks find."""

    def makeup_of(place: str, period: Period) -> Makeup:
        return Makeup(tuple(members) if place == BLOCK else ())

    book = Statements([statement(one) for one in figures], indicators(), makeup_of)
    return findings(book, load_checks().checks)


def shown_of(found: Iterable[Finding]) -> list[Finding]:
    """What of it is shown: of oddities the most telling ones."""
    return most_telling(found, load_checks().checks)[0]
