"""Movements: what registered things do to indicators, day by day, and the sums that figures are read from.

A flow of a window is the sum of the movements with a day in it, a stock on a day the sum of all up to it. So what there
was, and what came and went, is what there is, by construction.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of one indicator, of one zone, on one day.

    place: the zone the thing lies in; owner: the authority whose book it is in; amount: signed, 10^-6 of the
    indicator's canonical unit; ownership, country, sector, currency: as in a cell, "" where it has none.
    source: the certificate event, lease or decision that made it.
    """

    indicator: str
    place: str
    owner: str
    day: date
    amount: int
    source: UUID
    ownership: str = ""
    country: str = ""
    sector: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What moved one figure, summed up: days in order, and beside each the sum of everything up to it."""

    days: tuple[date, ...] = ()
    sums: tuple[int, ...] = ()

    def up_to(self, day: date) -> int:
        """The stock at the end of a day: 0 before anything moved."""
        before = bisect_right(self.days, day)
        return self.sums[before - 1] if before else 0

    def within(self, first: date, last: date) -> int:
        """The flow of a window, both days included."""
        before = bisect_left(self.days, first)
        return self.up_to(last) - (self.sums[before - 1] if before else 0)

    def has_moved(self, first: date, last: date) -> bool:
        """Whether anything moved in a window."""
        return bisect_left(self.days, first) < bisect_right(self.days, last)


def series_of(moves: Iterable[tuple[date, int]]) -> Series:
    """The series of amounts by their days, given in any order."""
    by_day: dict[date, int] = defaultdict(int)
    for day, amount in moves:
        by_day[day] += amount
    days = sorted(by_day)
    return Series(tuple(days), tuple(accumulate(by_day[day] for day in days)))
