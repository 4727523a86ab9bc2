"""What must hold among figures that one speaker told of the same days for good, by the definitions of the catalogue.

Written anew from docs/catalogue.md: wholes and parts, rates, growth, plans, openings and closings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from planted.figures import Figure, Window
from planted.truth import MOVED_BY, OWNERSHIPS
from planted.windows import half, month, on_day, quarter, year_of
from planted.world import BLOCK, World

RATES = {
    "disbursement_rate": ("capital_disbursed", "capital_registered_total"),
    "occupancy_rate": ("land_leased", "industrial_land_area"),
}
PARTS_OF = {
    "jobs_female": "jobs_total",
    "zones_operating": "zones_established",
    "zones_under_construction": "zones_established",
    "zones_full": "zones_operating",
    "land_leased": "industrial_land_area",
    "industrial_land_area": "zone_area",
}
PERCENT = 100 * 10**6


@dataclass(frozen=True, slots=True)
class Equation:
    """kind: what must hold. whole: what follows from the others; of a rate, growth or plan the percentage."""

    kind: str
    whole: Figure
    plus: tuple[Figure, ...]
    minus: tuple[Figure, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.whole, *self.plus, *self.minus)

    def with_figure(self, old: Figure, new: Figure) -> Equation:
        plus, minus = (tuple(new if one is old else one for one in side) for side in (self.plus, self.minus))
        return Equation(self.kind, new if self.whole is old else self.whole, plus, minus)

    def can_hold(self) -> bool:
        """Whether the written digits leave room for it."""
        low, high = self._expected()
        whole = self.whole
        if self.kind == "part":
            return whole.amount - whole.open <= high
        return low <= whole.amount + whole.open and whole.amount - whole.open <= high

    def _expected(self) -> tuple[Fraction, Fraction]:
        if self.kind in ("rate", "growth", "plan"):
            return self._quotient(PERCENT if self.kind == "growth" else 0)
        middle = Fraction(sum(one.amount for one in self.plus) - sum(one.amount for one in self.minus))
        room = sum((one.open for one in (*self.plus, *self.minus)), Fraction(0))
        return middle - room, middle + room

    def _quotient(self, less: int) -> tuple[Fraction, Fraction]:
        (top,), (bottom,) = self.plus, self.minus
        if bottom.amount - bottom.open <= 0:
            return Fraction(-(10**30)), Fraction(10**30)
        tops, bottoms = _ends(top), _ends(bottom)
        values = [Fraction(PERCENT) * one / other - less for one in tops for other in bottoms]
        return min(values), max(values)


def _ends(one: Figure) -> tuple[Fraction, Fraction]:
    return one.amount - one.open, one.amount + one.open


Key = tuple[object, ...]


class Told:
    """Final figures of a world by what they are about, for one speaker each."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.by_key = {_key(one, one.window): one for one in figures if one.is_solid}

    def at(self, near: Figure, window: Window | None = None, **changes: str) -> Figure | None:
        found = self.by_key.get(_key(replace(near, **changes) if changes else near, window or near.window))
        return found if found is not None and found.sequence <= near.sequence else None


def _key(one: Figure, window: Window) -> Key:
    days = (window.name, window.first, window.last)
    return (one.indicator, one.place, days, one.ownership, one.currency, one.kind, one.other, one.stream)


def equations(world: World) -> dict[str, list[Equation]]:
    """All that must hold in a world, by kind."""
    told = Told(world.figures)
    found: dict[str, list[Equation]] = defaultdict(list)
    for one in told.by_key.values():
        for equation in _of(told, one, world.members):
            found[equation.kind].append(equation)
    return found


def _of(told: Told, one: Figure, members: Sequence[str]) -> Iterator[Equation]:
    if one.other:
        yield from _comparison(told, one)
    elif one.kind == "plan":
        return
    elif one.indicator in RATES:
        top, bottom = (told.at(one, indicator=code, currency=_money(one, code)) for code in RATES[one.indicator])
        yield from _whole("rate", one, [top], [bottom])
    else:
        yield from _sums(told, one, members)
        if one.indicator in MOVED_BY:
            yield from _balance(told, one)
        whole = PARTS_OF.get(one.indicator)
        yield from _whole("part", one, [told.at(one, indicator=whole)] if whole else [None])


def _money(one: Figure, code: str) -> str:
    if not code.startswith("capital"):
        return ""
    return "USD" if one.ownership == "FDI" else "VND"


def _whole(
    kind: str, one: Figure, plus: Sequence[Figure | None], minus: Sequence[Figure | None] = ()
) -> Iterator[Equation]:
    """The equation, where all of its figures were told."""
    added, taken = tuple(one for one in plus if one), tuple(one for one in minus if one)
    if len(added) == len(plus) and len(taken) == len(minus):
        yield Equation(kind, one, added, taken)


def _sums(told: Told, one: Figure, members: Sequence[str]) -> Iterator[Equation]:
    if not one.ownership and one.indicator.startswith(("projects", "revenue", "export")):
        yield from _whole("ownership", one, [told.at(one, ownership=owner) for owner in OWNERSHIPS])
    if one.indicator == "capital_new_and_added":
        yield from _whole("formula", one, [told.at(one, indicator=code) for code in ("capital_new", "capital_added")])
    if one.place == BLOCK:
        yield from _whole("members", one, [told.at(one, place=place) for place in members])
    for shorter in _cut(one.window):
        yield from _whole("time", one, [told.at(one, window) for window in shorter])


def _cut(window: Window) -> list[list[Window]]:
    name, regime = window.name, window.regime
    year = int(name[:4])
    if name == f"{year}":
        quarters = [quarter(year, number, regime) for number in range(1, 5)]
        months = [month(year, number, regime) for number in range(1, 13)]
        return [[half(year, number, regime) for number in (1, 2)], quarters, months]
    if name in (f"{year}-H1", f"{year}-H2"):
        first = 1 if name.endswith("1") else 3
        return [[quarter(year, number, regime) for number in (first, first + 1)]]
    if ".." in name:
        return [[quarter(year, number, regime) for number in (1, 2, 3)]]
    if name[4:6] == "-Q":
        last = 3 * int(name[-1])
        return [[month(year, number, regime) for number in range(last - 2, last + 1)]]
    return []


def _comparison(told: Told, one: Figure) -> Iterator[Equation]:
    code = one.other.removeprefix("of=")
    if code in MOVED_BY:
        return
    more = {"indicator": code, "other": "", "currency": _currency(code, one.ownership)}
    now = told.at(one, **more)
    year = int(one.window.name)
    if one.indicator == "growth_rate":
        yield from _whole("growth", one, [now], [told.at(one, year_of(year - 1, one.window.regime), **more)])
    else:
        yield from _whole("plan", one, [now], [told.at(one, kind="plan", **more)])


def _currency(code: str, ownership: str) -> str:
    if code in ("revenue", "export_value"):
        return "VND" if code == "revenue" else "USD"
    return ("USD" if ownership == "FDI" else "VND") if code.startswith("capital") else ""


def _balance(told: Told, closing: Figure) -> Iterator[Equation]:
    """Opening and everything that moved a stock, where all of it was told and no day lies between."""
    year = closing.window.last.year
    for window in (year_of(year, closing.window.regime), *(half(year, n, closing.window.regime) for n in (1, 2))):
        if window.last != closing.window.last:
            continue
        opening = told.at(closing, on_day(window.first - timedelta(days=1), window.regime))
        raised, lowered = MOVED_BY[closing.indicator]
        plus = [opening, *(told.at(closing, window, indicator=code) for code in raised)]
        yield from _whole("balance", closing, plus, [told.at(closing, window, indicator=code) for code in lowered])
