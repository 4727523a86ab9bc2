"""What a check sees: figures with what they can stand for, and where the one is that another has to be held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sokhu.core.cell import CellKey
from sokhu.core.checks.bounds import Bounds
from sokhu.core.fact import Fact, fitting
from sokhu.core.indicator import Indicator
from sokhu.core.makeup import Makeup
from sokhu.core.period import Period
from sokhu.core.problems import Problem
from sokhu.core.quantity import whole_steps

YEAR_APART = timedelta(days=45)  # a count of a year ago may have been taken on another day of that season
OF = "of="  # how a comparison's cell names the indicator that it is of
_MATURITIES = ("final", "preliminary", "estimate")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that somebody said.

    bounds: what it can stand for as written. unit: code of the unit it is shown in. start, end, quote: the passage of
    the text at hand, end -1 for figures of the ledger. for_period: said of a whole period ("năm 2020"), although its
    indicator is a count. passage: the words since the figure before, its own included. confidence: of the reader, 1 for
    the ledger.
    """

    fact: Fact
    amount: int
    bounds: Bounds
    unit: str
    start: int = -1
    end: int = -1
    quote: str = ""
    for_period: Period | None = None
    passage: str = ""
    confidence: float = 1.0

    @property
    def cell(self) -> CellKey:
        return self.fact.cell

    @property
    def is_draft(self) -> bool:
        return self.end >= 0

    @property
    def period(self) -> Period:
        return period_of(self.cell)

    def as_fine(self, exact: Fraction | int) -> Fraction:
        """A value with as many decimals as this figure was written with, half away from zero."""
        step = self.bounds.high - self.bounds.low
        return whole_steps(Fraction(exact) / step) * step if step else Fraction(exact)


@dataclass(frozen=True, slots=True)
class Found:
    """The figure that answers beside another one. is_like: said by the same voice, of the very days, and not about."""

    statement: Statement
    is_like: bool

    @property
    def bounds(self) -> Bounds:
        return self.statement.bounds

    @property
    def amount(self) -> int:
        return self.statement.amount


Key = tuple[str, ...]
MakeupOf = Callable[[str, Period], Makeup]


def period_of(cell: CellKey) -> Period:
    return Period(cell.period, cell.first, cell.last, cell.regime)


def _nothing(place: str, period: Period) -> Makeup:
    return Makeup()


@dataclass
class Statements:
    """Figures to check, ready to be asked for those beside one. makeup_of: what a place is made of in a period."""

    all: Sequence[Statement]
    indicators: Mapping[str, Indicator]
    makeup_of: MakeupOf = _nothing

    def __post_init__(self) -> None:
        self._by_key: dict[Key, list[Statement]] = defaultdict(list)
        self._by_fact: dict[int, Statement] = {}
        for one in self.all:
            self._by_key[self._key(one.cell)].append(one)
            self._by_fact[id(one.fact)] = one

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.all)

    def indicator(self, one: Statement) -> Indicator:
        return self.indicators[one.cell.indicator]

    def groups(self) -> Iterable[list[Statement]]:
        """Figures that differ in time and voice only."""
        return self._by_key.values()

    def beside(self, near: Statement, **changes: Any) -> list[Statement]:
        """Every figure of a cell like this one, of any time and voice."""
        return self._by_key.get(self._key(replace(near.cell, **changes)), [])

    def _key(self, cell: CellKey) -> Key:
        """A cell but for its days. Of which figure something is told counts for comparisons, not for rates."""
        one = cell
        is_comparison = one.indicator in self.indicators and self.indicators[one.indicator].comparison
        other = one.other if is_comparison or not one.other.startswith(OF) else ""
        return (
            one.indicator,
            one.place,
            one.kind,
            one.ownership,
            one.country,
            one.sector,
            one.zone_kind,
            one.currency,
            other,
        )

    def find(self, near: Statement, period: Period | None = None, **changes: Any) -> Found | None:
        """The figure that has to agree with this one: of its own voice first, of its very days, the latest.

        period: of other days than its own; changes: fields of the cell.
        """
        group = self.beside(near, **changes)
        if not group:
            return None
        nature = self.indicators[group[0].cell.indicator].nature
        told = fitting((one.fact for one in group), nature, period or near.period)
        return self._best(near, [(self._by_fact[id(fact)], caveat) for fact, caveat in told])

    def a_year_before(self, near: Statement, **changes: Any) -> Found | None:
        """The count nearest to the same day of the year before."""
        day = _a_year_before(near.cell.last)
        near_enough = [one for one in self.beside(near, **changes) if abs(one.cell.last - day) <= YEAR_APART]
        if not near_enough:
            return None
        nearest = min(abs(one.cell.last - day) for one in near_enough)
        return self._best(near, [(one, None) for one in near_enough if abs(one.cell.last - day) == nearest])

    def _best(self, near: Statement, told: Sequence[tuple[Statement, Problem | None]]) -> Found | None:
        if not told:
            return None
        one, caveat = min(told, key=lambda pair: _rank(near, *pair))
        return Found(one, caveat is None and one.fact.stream == near.fact.stream and is_solid(one))


def is_solid(one: Statement) -> bool:
    """Whether a contradiction with it is an error and not a stage of knowing."""
    return one.fact.maturity == "final" and not one.fact.approx


def _rank(near: Statement, one: Statement, caveat: Problem | None) -> tuple[bool, bool, bool, int, int]:
    fact = one.fact
    return (
        fact.stream != near.fact.stream,
        one.is_draft != near.is_draft,
        caveat is not None,
        _MATURITIES.index(fact.maturity),
        -fact.sequence,
    )


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def in_period(statements: Iterable[Statement]) -> dict[Period, list[Statement]]:
    """Figures by their period."""
    found: dict[Period, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.period].append(one)
    return found
