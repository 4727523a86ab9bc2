"""Figures that follow from the movements of a register: of which periods and days there are any, and their amounts.

Flows: every month, quarter, half, nine months and year, the running ones up to the last day that is known. Stocks: the
last day of every month, and the last day that is known. Only of days on which the register is declared complete; then
where nothing moved there is a real zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator
from sokhu.core.keeping import holds_all
from sokhu.core.movement import series_of
from sokhu.core.period import Period, cut, of_days, standard_periods
from sokhu.core.place import DAY, Span
from sokhu.core.quarter import are_whole_quarters, ends_a_quarter

DERIVED = UUID("0d1f5c0e-8a57-5b8a-9a1b-3f1c1c8d7e55")
REGISTER = "register"  # the kind of stream
OWNERSHIPS = ("", "FDI", "DDI")
ZERO_CURRENCIES = ("USD", "VND")  # in which there is a zero where nothing moved
_MONTH, _QUARTER = re.compile(r"[0-9]{4}-[0-9]{2}"), re.compile(r"[0-9]{4}-Q[0-9]")
_ALWAYS = ("", *ZERO_CURRENCIES)
Moves = list[tuple[date, int]]


class Window(NamedTuple):
    """A period's name and the days of it that are known: all of them, or those up to the last that is known."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Days:
    """What is asked for, none of it after the last day that is known. windows: of flows; counts: of stocks.

    asked: first and last days of the very windows, where it is known that no other will be asked about. Then the
    shorter periods that make one up are told only where it is not told itself, or its places were others in a part of
    it. is_one_map: whether places are made of the same ones on all of a window's days. until: the last day known.
    """

    windows: tuple[Window, ...] = ()
    counts: tuple[Window, ...] = ()
    asked: frozenset[tuple[date, date]] = frozenset()
    until: date = date.max
    is_one_map: Callable[[date, date], bool] = lambda first, last: False

    def of(self, indicator: Indicator) -> tuple[Window, ...]:
        return {"flow": self.windows, "stock": self.counts}.get(indicator.nature, ())


def days_between(first: date, last: date, until: date, asked: Collection[tuple[date, date]] = ()) -> Days:
    """The windows within two days and the counts of them, and those of other days that are asked for.

    until: the last day that is known. asked: see `Days`.
    """
    end = min(last, until)
    if end < first:
        return Days()
    periods = _standard(first.year, end.year)
    flows = {
        Window(one.name, one.first, min(one.last, until))
        for one in periods
        if first <= one.first <= end and min(one.last, until) <= end
    }
    others = {pair for pair in asked if pair[1] <= until} - {(one.first, one.last) for one in flows}
    flows |= {Window(of_days(*pair).name, *pair) for pair in others}
    counted = {one.last for one in periods if first <= one.last <= end} | {day for _, day in others}
    counted |= {until} if end == until else set()
    counts = [Window(day.isoformat(), day, day) for day in sorted(counted)]
    return Days(tuple(sorted(flows)), tuple(counts), frozenset(asked), until)


@lru_cache(maxsize=64)
def _standard(first: int, last: int) -> tuple[Period, ...]:
    return tuple(standard_periods(range(first, last + 1)))


def fewest(days: Days, until: date, *, by_quarter: bool = False) -> Days:
    """Those of which all others are made: months or quarters, and the running windows, which none of these make up."""
    shortest = _QUARTER if by_quarter else _MONTH
    windows = tuple(one for one in days.windows if shortest.fullmatch(one.name) or one.last == until)
    return replace(days, windows=windows)


def by_quarters(days: Days) -> Days:
    """Those windows and counts that are of whole quarters."""
    windows = tuple(one for one in days.windows if are_whole_quarters(one.first, one.last))
    return replace(days, windows=windows, counts=tuple(one for one in days.counts if ends_a_quarter(one.last)))


class Part(NamedTuple):
    """What a figure of an indicator is of, beside place and period."""

    ownership: str
    currency: str
    country: str = ""
    sector: str = ""


class Breakdown(NamedTuple):
    """A country and a sector that are asked for, "" for all. sectors: the codes of movements that the sector holds."""

    country: str = ""
    sector: str = ""
    sectors: frozenset[str] = frozenset()

    def is_of(self, indicator: Indicator) -> bool:
        """Whether the indicator is told by what this breaks down."""
        named = {"country": self.country, "sector": self.sector}
        return all(name in indicator.dimensions for name, value in named.items() if value)

    def holds(self, part: Part) -> bool:
        return self.country in ("", part.country) and (not self.sector or part.sector in self.sectors)


WHOLE = Breakdown()


def parts_of(indicator: Indicator, moved: Iterable[Part], of: Breakdown = WHOLE) -> list[Part]:
    """Of what there are figures: the whole, FDI and DDI; money in dollars and đồng, and in what else it moved."""
    ownerships = OWNERSHIPS if "ownership" in indicator.dimensions else ("",)
    currencies = sorted({*ZERO_CURRENCIES, *(one.currency for one in moved)}) if indicator.is_money else [""]
    return [Part(owner, currency, of.country, of.sector) for currency in currencies for owner in ownerships]


def parts_left(parts: list[Part], moved: Iterable[Part]) -> list[Part]:
    """Without the wholes that FDI and DDI make up: nothing moved in them that is neither."""
    broken_down = {one.currency for one in parts if one.ownership} - {
        one.currency for one in moved if not one.ownership
    }
    return [one for one in parts if one.ownership or one.currency not in broken_down]


def moves_of(part: Part, moved: Mapping[Part, Moves], of: Breakdown = WHOLE) -> Moves:
    """The moves that a figure is made of; the whole is of every ownership, and of those that have none."""
    return [
        one
        for other, moves in moved.items()
        if other.currency == part.currency and part.ownership in ("", other.ownership) and of.holds(other)
        for one in moves
    ]


def while_within(moves: Iterable[tuple[date, int]], span: Span, *, is_stock: bool) -> Moves:
    """What a park moves in an economic zone while it is in it: flows of those days; a stock comes and goes whole."""
    starts, ends = span.starts or date.min, span.ends or date.max
    inside = [(day, amount) for day, amount in moves if day <= ends and (is_stock or day >= starts)]
    if not is_stock:
        return inside
    came = [(max(day, starts), amount) for day, amount in inside]
    return [*came, (ends + DAY, -sum(amount for _day, amount in inside))] if span.ends else came


def told_for_all(own: Mapping[Part, Moves], parks: Mapping[Part, Moves]) -> dict[Part, Moves]:
    """What an economic zone has of a stock that it tells for all of its land: its parks' until it first tells its own.

    So the land of a park counts once in the zone, whichever of the two is told.
    """
    first = min((day for moves in own.values() for day, _amount in moves), default=date.max)
    found = {part: list(moves) for part, moves in own.items()}
    for part, moves in parks.items():
        before = [(day, amount) for day, amount in moves if day < first]
        taken_off = [(first, -sum(amount for _day, amount in before))] if before and own else []
        found.setdefault(part, []).extend([*before, *taken_off])
    return found


def amounts(
    indicator: Indicator,
    moved: Mapping[Part, Moves],
    days: Days,
    complete: Collection[Span],
    *,
    only_parts: bool = False,
    of: Breakdown = WHOLE,
) -> Iterator[tuple[Part, Window, int]]:
    """The figures of an indicator in a zone: each part, each window that the register is complete in, the amount.

    moved: everything up to the last day, of a flow from the first day on. In a currency that is neither dollars nor
    đồng there are figures only of windows in which something moved in it, of a stock from then on. only_parts: no whole
    that FDI and DDI make up. of: of a country or sector only.
    """
    is_flow = indicator.nature == "flow"
    windows = _needed([one for one in days.of(indicator) if holds_all(complete, one.first, one.last)], days, is_flow)
    parts = parts_of(indicator, moved, of)
    for part in parts_left(parts, moved) if only_parts else parts:
        series, whole = (series_of(moves_of(one, moved, of)) for one in (part, part._replace(ownership="")))
        for window in windows:
            since = window.first if is_flow else date.min
            if part.currency in _ALWAYS or whole.has_moved(since, window.last):
                yield part, window, series.within(since, window.last)


def _needed(windows: list[Window], days: Days, is_flow: bool) -> list[Window]:
    """Of the windows that can be told those that answers need, where it is known what is asked."""
    if not days.asked:
        return windows
    if not is_flow:
        return sorted({one for pair in days.asked for one in _last_within(windows, *pair)})
    told = {(one.first, one.last) for one in windows}
    needed = {pair for period in days.asked for pair in _making_up(of_days(*period), told, days)}
    return [one for one in windows if (one.first, one.last) in needed]


def _making_up(period: Period, told: Container[tuple[date, date]], days: Days) -> Iterator[tuple[date, date]]:
    """The window of a period, where it is told, and of the shorter ones that make it up those that answers need."""
    window = period.first, min(period.last, days.until)
    if window in told:
        yield window
        if days.is_one_map(period.first, period.last):
            return
    for part in cut(period):
        yield from _making_up(part, told, days)


def _last_within(counts: list[Window], first: date, last: date) -> list[Window]:
    return [one for one in counts if first <= one.last <= last][-1:]


def fact_of(cell: CellKey, amount: int, speaker: str, sequence: int) -> Fact:
    """A derived figure as a fact; the same cell of the same speaker has the same id in every book."""
    return Fact(
        id=derived_id(cell, speaker),
        cell=cell,
        amount=amount,
        emptiness="",
        maturity="final",
        approx=False,
        stream=(REGISTER, speaker),
        sequence=sequence,
        is_derived=True,
    )


def derived_id(cell: CellKey, speaker: str) -> UUID:
    parts = (speaker, cell.indicator, cell.place, cell.period, cell.first, cell.last, cell.ownership, cell.currency)
    broken_down = (cell.country, cell.sector) if cell.country or cell.sector else ()
    return uuid5(DERIVED, "\n".join(map(str, (*parts, *broken_down))))
