"""Short numbers for the words of a book: a copy has tens of millions of rows and joins on small whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from sokhu.core.period import Kind, Period, kind, named
from sokhu.core.rollup import WEAKEST_FIRST

OWNERSHIPS = ("", "FDI", "DDI")
MATURITIES = WEAKEST_FIRST  # the least of several is the total's
EMPTINESSES = ("", "not_due", "not_reported", "not_available", "not_applicable", "withheld")
MONTHS_APART: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 12, "year": 12}
KINDS_OF_PLACES = ("zone", "province", "board", "region", "group", "block", "country")
_MONTHS, _PLACES = 12 * 10_000, 100_000  # numbers set aside for each kind; all of them in a million
PUBLIC, SEVERAL = 0, -1  # owners: everybody may see it; several authorities' figures are in it


class Measure(NamedTuple):
    """Everything that a figure is about but place, period and ownership."""

    indicator: str
    kind: str = "result"
    country: str = ""
    sector: str = ""
    zone_kind: str = ""
    other: str = ""
    currency: str = ""


class Window(NamedTuple):
    """A period's name in a cell, by number. unlike: 1 where its days are not those of the calendar period so called."""

    period: int
    unlike: int
    first: int
    last: int


def day_number(day: date) -> int:
    """Days are counted from the year 1, so that no engine's calendar functions are needed."""
    return day.toordinal()


@dataclass(slots=True)
class Keys:
    """The numbers given so far, in the order in which the words came.

    Periods of a kind, and places of a kind, have numbers that lie together: a question is about one kind or few, and an
    engine passes over whatever rows have other numbers. Periods that follow each other are asked for as a range, and so
    are places that are next to each other in `order`.
    """

    measures: dict[Measure, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    periods: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)  # of the places of the map; others come after them
    has_awaited: bool = False  # whether some figure was only said to be awaited
    has_derived: bool = False  # whether some figure follows from a register
    years: tuple[int, int] | None = None  # the first and last that an older copy holds
    _windows: dict[tuple[str, date | str, date | str], Window] = field(default_factory=dict)

    def measure(self, measure: Measure) -> int:
        return self.measures.setdefault(measure, len(self.measures))

    def place(self, place: str) -> int:
        if place not in self.places:
            in_order = self.order.get(place, len(self.order) + len(self.places))
            self.places[place] = kind_of_place(place) * _PLACES + in_order
        return self.places[place]

    def period(self, name: str) -> int:
        if name not in self.periods:
            self.periods[name] = _period_number(named(name), len(self.periods))
        return self.periods[name]

    def owner(self, owner: str) -> int:
        """Of what is not published; nobody's book ("") is an owner too, and not everybody's."""
        return self.owners.setdefault(owner, PUBLIC + 1 + len(self.owners))

    def window(self, name: str, first: date | str, last: date | str) -> Window:
        """first, last: as a database hands them over, a date or its ISO text."""
        key = (name, first, last)
        if key not in self._windows:
            period, first, last = named(name), _date(first), _date(last)
            unlike = int((period.first, period.last) != (first, last))
            self._windows[key] = Window(self.period(period.name), unlike, day_number(first), day_number(last))
        return self._windows[key]

    def days(self) -> tuple[date, date] | None:
        """The first and last day of all windows met so far; None for an empty book."""
        windows = self._windows.values()
        if not windows:
            return None
        return date.fromordinal(min(one.first for one in windows)), date.fromordinal(max(one.last for one in windows))


def _period_number(period: Period, others: int) -> int:
    """By kind, the next one of a kind being the next number. others: how many came before; what is of no kind that
    totals are made of is numbered by them."""
    if (found := kind(period)) not in MONTHS_APART:
        return len(MONTHS_APART) * _MONTHS + others
    in_order = (period.last.year * 12 + period.last.month - 1) // MONTHS_APART[found]
    return list(MONTHS_APART).index(found) * _MONTHS + in_order


def kind_of_place(place: str) -> int:
    word = place.partition("/")[0]
    return KINDS_OF_PLACES.index(word) if word in KINDS_OF_PLACES else len(KINDS_OF_PLACES)


def _date(day: date | str) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)
