"""What a check sees: figures with what they can stand for, and where the one is that another has to be held against."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sokhu.core.cell import CellKey
from sokhu.core.checks.bounds import Bounds
from sokhu.core.fact import Fact, fitting
from sokhu.core.indicator import Indicator, Nature
from sokhu.core.makeup import Makeup
from sokhu.core.period import Period
from sokhu.core.quantity import whole_steps

DAYS_APART = timedelta(days=45)  # a count may have been taken so much before the day or the end that is asked for
OF = "of="  # how a comparison's cell names the indicator that it is of
_PART = re.compile(r"trong đó|bao gồm|riêng|còn lại", re.IGNORECASE)
_MATURITIES = ("final", "preliminary", "estimate")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that somebody said.

    bounds: what it can stand for as written. unit: code of the unit it is shown in. start, end, quote: the passage of
    the text at hand, end -1 for figures of the ledger. for_period: said of a whole period ("năm 2020"), although its
    indicator is a count. passage: the words since the figure before, its own included; after: those that follow it.
    confidence: of the reader, 1 for the ledger.
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
    after: str = ""
    confidence: float = 1.0

    @property
    def cell(self) -> CellKey:
        return self.fact.cell

    @property
    def is_part(self) -> bool:
        """Whether the words before it say that it is a part of what went before: its cell is then not all it is of."""
        return bool(_PART.search(self.passage))

    @property
    def is_broken_down(self) -> bool:
        """Whether its cell says which part it is of."""
        cell = self.cell
        return bool(cell.ownership or cell.country or cell.sector or cell.zone_kind)

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
    """The figure that answers beside another one.

    is_own: said by the same voice, final and not about. is_of_the_days: a flow of the very days asked for, a count of
    their last day. was_known: told when the other one was; what was corrected since contradicts no rate of before.
    """

    statement: Statement
    is_own: bool
    is_of_the_days: bool
    was_known: bool

    @property
    def is_timely(self) -> bool:
        return self.is_of_the_days and self.was_known

    @property
    def bounds(self) -> Bounds:
        return self.statement.bounds

    @property
    def amount(self) -> int:
        return self.statement.amount


@dataclass(frozen=True, slots=True)
class Matter:
    """What a register says of itself that does not fit together.

    code: of the check; about: the figure it concerns, as the register has it; thing: what tells it from others of the
    place; terms: as `core.checks.finding.Term`.
    """

    code: str
    about: Statement
    thing: str
    terms: Mapping[str, tuple[Any, ...]]


Key = tuple[str, ...]
_KEPT = ("indicator", "place", "kind", "ownership", "country", "sector", "zone_kind", "currency", "other")
_kept = attrgetter(*_KEPT)
_UNCHANGED: Mapping[str, str] = {}
MakeupOf = Callable[[str, Period], Makeup]


def period_of(cell: CellKey) -> Period:
    return Period(cell.period, cell.first, cell.last, cell.regime)


def _nothing(place: str, period: Period) -> Makeup:
    return Makeup()


@dataclass
class Statements:
    """Figures to check, ready to be asked for those beside one.

    makeup_of: what a place is made of in a period; matters: what registers tell of themselves.
    """

    all: Sequence[Statement]
    indicators: Mapping[str, Indicator]
    makeup_of: MakeupOf = _nothing
    matters: Sequence[Matter] = ()

    def __post_init__(self) -> None:
        self._by_key: dict[Key, list[Statement]] = defaultdict(list)
        self._by_days: dict[tuple[Key, object], list[Statement]] = defaultdict(list)
        self._by_fact: dict[int, Statement] = {}
        for one in self.all:
            key = self._key(one.cell)
            self._by_key[key].append(one)
            for days in (one.cell.period, (one.cell.first, one.cell.last)):
                self._by_days[key, days].append(one)
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
        return self._by_key.get(self._key(near.cell, changes), [])

    def _key(self, cell: CellKey, changes: Mapping[str, str] = _UNCHANGED) -> Key:
        """A cell but for its days. Of which figure something is told counts for comparisons, not for rates."""
        key = list(_kept(cell))
        for name, value in changes.items():
            key[_KEPT.index(name)] = value
        if key[-1].startswith(OF):
            indicator = self.indicators.get(key[0])
            key[-1] = key[-1] if indicator and indicator.comparison else ""
        return tuple(key)

    def find(self, near: Statement, period: Period | None = None, **changes: Any) -> Found | None:
        """The figure that has to agree with this one: of its own voice first, of its very days, the latest.

        period: of other days than its own; changes: fields of the cell.
        """
        days = period or near.period
        key = self._key(near.cell, changes)
        if key not in self._by_key:
            return None
        nature = self.indicators[key[0]].nature
        said = self._flows(key, days) if nature == "flow" else self._counts(key, nature, days)
        return _best(near, said, days.first, days.last)

    def _flows(self, key: Key, days: Period) -> list[Statement]:
        """Of the very days, or of other days by the same name."""
        very = self._by_days.get((key, (days.first, days.last)), [])
        named = self._by_days.get((key, days.name), [])
        return very + [one for one in named if (one.cell.first, one.cell.last) != (days.first, days.last)]

    def _counts(self, key: Key, nature: Nature, days: Period) -> list[Statement]:
        """Counted at the end of a period or not long before it; rates said of it."""
        near = [one.fact for one in self._by_key[key] if days.last - one.cell.last <= DAYS_APART]
        return [self._by_fact[id(fact)] for fact, _ in fitting(near, nature, days)]

    def a_year_before(self, near: Statement, **changes: Any) -> Found | None:
        """The count nearest to the same day of the year before."""
        day = _a_year_before(near.cell.last)
        apart = {id(one): abs(one.cell.last - day) for one in self.beside(near, **changes)}
        nearest = min(apart.values(), default=DAYS_APART)
        said = [one for one in self.beside(near, **changes) if apart[id(one)] == nearest <= DAYS_APART]
        return _best(near, said, day, day)


def _best(near: Statement, told: Sequence[Statement], first: date, last: date) -> Found | None:
    """Of what answers for some days, what has to agree with a figure before all else."""
    if not told:
        return None
    is_of = {id(one): _is_of(one.cell, first, last) for one in told}
    one = min(told, key=lambda other: _rank(near, other, is_of[id(other)]))
    is_own = one.fact.stream == near.fact.stream and is_solid(one)
    return Found(one, is_own, is_of[id(one)], near.is_draft or one.fact.sequence <= near.fact.sequence)


def _is_of(cell: CellKey, first: date, last: date) -> bool:
    return cell.last == last and cell.first in (first, last)


def is_solid(one: Statement) -> bool:
    """Whether a contradiction with it is an error and not a stage of knowing."""
    return one.fact.maturity == "final" and not one.fact.approx


def _rank(near: Statement, one: Statement, is_of_the_days: bool) -> tuple[bool, bool, bool, int, int]:
    fact = one.fact
    return (
        fact.stream != near.fact.stream,
        one.is_draft != near.is_draft,
        not is_of_the_days,
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
