"""The frame of a copy: which measures, places, periods and memberships its facts are added over. From the catalogue."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from sokhu.core.closure import closure
from sokhu.core.dimension import Dimensions
from sokhu.core.fact import STOCK_GRACE
from sokhu.core.indicator import Indicator
from sokhu.core.makeup import Makeup, MakeupAsked, makeup
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import Period, cut, kind, standard_periods
from sokhu.core.place import Span
from sokhu.core.territory import Territory
from sokhu.engine.definition import HALVES, QUARTERS, YEARS, Shape
from sokhu.engine.keys import Keys, Measure, day_number, kind_of_place

_DAY = timedelta(days=1)
FACTS_AT_ONCE = 1_000_000  # added up in one round, in about a gigabyte of memory
_STEPS = {"quarter": QUARTERS, "half": HALVES, "nine_months": YEARS, "year": YEARS}
Stretch = tuple[str, int, int]  # a holder in an era, for a kind of zones


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the frame needs to know of a book's catalogue as of a moment."""

    indicators: Mapping[str, Indicator]
    dimensions: Dimensions
    territory: Territory


@dataclass
class Frame:
    """Everything beside the facts, as rows for the tables of `tables.FRAME`. keys: with every fact's words in it.

    facts: how many there are.
    """

    catalogue: Catalogue
    keys: Keys
    facts: int
    _tiers: dict[str, int] = field(default_factory=dict)

    def tables(self) -> dict[str, list[Sequence[object]]]:
        """Rows by table. Makes the numbers of further measures and places; ask for it before the keys are written."""
        self._make_kin()
        formula, ratio = list(self._formulas()), list(self._ratios())
        kin = list(self._kin())
        together = [row[:3] if table is ratio else row[:2] for table in (kin, formula, ratio) for row in table]
        return {
            "measure": list(self._measures(self._rounds(together))),
            "place": list(self._places()),
            "period": list(self._periods()),
            "piece": list(self._pieces()),
            "day_period": list(self._day_periods()),
            "makeup": list(self._members()),
            "makeup_want": list(self._wanted()),
            "zone_cut": list(self._zone_cuts()),
            "kin": kin,
            "formula": formula,
            "ratio": ratio,
            "straddle": list(self._straddles()),
        }

    # --- periods and eras

    @cached_property
    def periods(self) -> list[Period]:
        days, known = self.keys.days(), self.keys.years
        # A count of January answers for the December before.
        years = [*(known or ()), *([(days[0] - STOCK_GRACE).year, days[1].year] if days else [])]
        return standard_periods(range(min(years), max(years) + 1)) if years else []

    @cached_property
    def _borders(self) -> list[date]:
        """Days on which something of the map begins or has ended."""
        places = self.catalogue.territory
        spans = [place.span for place in places.places.values()]
        spans += [one.span for one in places.memberships]
        spans += [one.span for place in places.places.values() for one in place.kinds]
        return sorted({day for span in spans for day in _edges(span)})

    def era(self, day: date) -> int:
        """Which stretch of days with one and the same map a day is in."""
        return bisect_right(self._borders, day)

    @cached_property
    def _eras(self) -> dict[int, date]:
        """A day of each era in which a period ends."""
        return {self.era(period.last): period.last for period in self.periods}

    def _periods(self) -> Iterator[Sequence[object]]:
        eras = {self.keys.period(period.name): self.era(period.last) for period in self.periods}
        for number in self.keys.periods.values():
            yield number, eras.get(number, -1)

    def _pieces(self) -> Iterator[Sequence[object]]:
        for period in self.periods:
            parts = cut(period)
            for part in parts:
                whole = self.keys.period(period.name)
                yield whole, self.keys.period(part.name), len(parts), _STEPS[kind(period)]

    def _day_periods(self) -> Iterator[Sequence[object]]:
        for period in self.periods:
            whole, first, last = self.keys.period(period.name), day_number(period.first), day_number(period.last)
            for day in range(first, last + STOCK_GRACE.days + 1):
                yield day, whole, int(day > last)

    # --- places

    @cached_property
    def _cuts(self) -> dict[str, int]:
        """Kinds of zones that figures are about, by number; all kinds together are 0."""
        kinds = sorted({measure.zone_kind for measure in self.keys.measures} - {""})
        return {"": 0, **{one: number for number, one in enumerate(kinds, 1)}}

    def _kinds(self, zone_kind: str) -> frozenset[str]:
        return self.catalogue.dimensions.dimensions["zone_kind"].within(zone_kind) if zone_kind else frozenset()

    @cached_property
    def makeups(self) -> dict[Stretch, Makeup]:
        """What holders are made of, by holder, era and kind of zones; those above no figure at all left out."""
        reached = _reached(self.keys.places, self._all_makeups)
        return {stretch: made for stretch, made in self._all_makeups.items() if stretch[0] in reached}

    @cached_property
    def _all_makeups(self) -> dict[Stretch, Makeup]:
        kinds = tuple((number, self._kinds(zone_kind)) for zone_kind, number in self._cuts.items())
        return all_makeups(self.catalogue.territory, tuple(self._eras.items()), kinds)

    def holdings(self) -> set[tuple[str, str]]:
        """(member, holder) of the whole map: what a figure that comes later, of whichever place, is added up to."""
        pairs = self._all_makeups.items()
        return {(member, holder) for (holder, _era, _cut), made in pairs for member in made.members}

    def _members(self) -> Iterator[Sequence[object]]:
        for (holder, era, number), made in self.makeups.items():
            for member in made.members:
                if member in self.reached:
                    yield self.keys.place(holder), era, number, self.keys.place(member)

    def _wanted(self) -> Iterator[Sequence[object]]:
        for (holder, era, number), made in self.makeups.items():
            yield self.keys.place(holder), era, number, len(made.members) + (not made.is_whole)

    def _zone_cuts(self) -> Iterator[Sequence[object]]:
        territory = self.catalogue.territory
        for zone_kind, number in self._cuts.items():
            kinds = self._kinds(zone_kind)
            for place in territory.places.values() if zone_kind else ():
                for era, day in self._eras.items() if place.kind == "zone" else ():
                    if any(one.kind in kinds and one.span.holds(day) for one in place.kinds):
                        yield self.keys.place(place.id), era, number

    @cached_property
    def reached(self) -> set[str]:
        """The places that figures are about, and all that they are added up to."""
        return set(self.keys.places) | {holder for holder, _era, _cut in self.makeups}

    @cached_property
    def members_ever(self) -> dict[str, set[str]]:
        """What each holder was ever made of, as far as there are figures."""
        found: dict[str, set[str]] = defaultdict(set)
        for (holder, _era, _cut), made in self.makeups.items():
            found[holder].update(self.reached.intersection(made.members))
        return found

    def tier(self, place: str) -> int:
        """How many layers of places lie below a place, over all maps; 0 for one that nothing is added up to."""
        if place not in self._tiers:
            members = self.members_ever.get(place, set())
            self._tiers[place] = 1 + max((self.tier(member) for member in members), default=-1)
        return self._tiers[place]

    def _places(self) -> Iterator[Sequence[object]]:
        for place in sorted(self.reached):
            self.keys.place(place)
        for place, number in self.keys.places.items():
            yield number, self.tier(place), kind_of_place(place)

    def _straddles(self) -> Iterator[Sequence[object]]:
        """Periods in some part of which a place was made of others."""
        for period in self.periods:
            parts = cut(period)
            eras = [self.era(part.last) for part in parts]
            for holder in self.members_ever if len(set(eras)) > 1 else ():
                made = {self.makeups.get((holder, era, 0), Makeup()).members for era in eras}
                for part in parts if len(made) > 1 else ():
                    numbers = self.keys.place(holder), self.keys.period(period.name), self.keys.period(part.name)
                    yield *numbers, len(parts), _STEPS[kind(period)], self.tier(holder)

    # --- measures

    def _rounds(self, together: Iterable[Sequence[Any]]) -> dict[int, int]:
        """Which round each measure is added up in: those that stand together in a row are in one."""
        family = {number: {number} for number in self.keys.measures.values()}
        for row in together:
            joined = set().union(*(family[number] for number in row))
            family.update(dict.fromkeys(joined, joined))
        a_round = max(1, len(family) * FACTS_AT_ONCE // max(1, self.facts))
        rounds: dict[int, int] = {}
        for members in family.values():
            if not members <= rounds.keys():
                rounds.update(dict.fromkeys(members, len(rounds) // a_round))
        in_use = {old: new for new, old in enumerate(sorted(set(rounds.values())))}
        return {measure: in_use[one] for measure, one in rounds.items()}

    def _measures(self, rounds: Mapping[int, int]) -> Iterator[Sequence[object]]:
        order = {code: number for number, code in enumerate(self.catalogue.indicators)}
        for measure, number in self.keys.measures.items():
            one = self.catalogue.indicators.get(measure.indicator)
            adds = {"sum": 1, "recompute": 2}.get(one.over_places, 0) if one else 0
            counts = {"stock": 1, "ratio": 2}.get(one.nature, 0) if one else 0
            flows = int(one is not None and one.over_time == "sum")
            cut_number = self._cuts[measure.zone_kind]
            yield number, order.get(measure.indicator, -1), flows, adds, counts, cut_number, rounds[number]

    def _formulas(self) -> Iterator[Sequence[object]]:
        """For each indicator made of others added and taken off, the measures that make it, inner formulas first."""
        wholes = [one for one in self.catalogue.indicators.values() if one.plus or one.minus]
        for one in sorted(wholes, key=lambda one: _depth(one.code, self.catalogue.indicators)):
            depth = _depth(one.code, self.catalogue.indicators)
            for measure in list(self.keys.measures):
                if measure.indicator != one.needs[0]:
                    continue
                parts = [(measure._replace(indicator=code), sign) for code, sign in _signed(one)]
                if all(part in self.keys.measures for part, _sign in parts):
                    whole = self.keys.measure(measure._replace(indicator=one.code))
                    for part, sign in parts:
                        yield whole, self.keys.measure(part), sign, len(parts), depth

    def _ratios(self) -> Iterator[Sequence[object]]:
        for one in self.catalogue.indicators.values():
            if not (one.numerator and one.denominator):
                continue
            for measure in list(self.keys.measures):
                if measure.indicator == one.numerator:
                    yield from self._ratio(one, measure)

    def _ratio(self, one: Indicator, above: Measure) -> Iterator[Sequence[object]]:
        """One ratio's measures. A share of money by money is asked for without a currency: dollars answer first."""
        indicators = self.catalogue.indicators
        under = above._replace(indicator=one.denominator)
        if not indicators[one.denominator].is_money:
            under = under._replace(currency="")
        elif not above.currency:
            return
        if under not in self.keys.measures:
            return
        whole = above._replace(indicator=one.code)
        turn = 0
        if not one.is_money and above.currency:
            whole = whole._replace(currency="")
            turn = CURRENCIES.index(above.currency)
        yield self.keys.measure(whole), self.keys.measure(above), self.keys.measure(under), turn

    def _make_kin(self) -> None:
        """What is counted for one kind of zones is so with everything it is calculated from, or that is from it."""
        indicators = self.catalogue.indicators
        for narrow in [measure for measure in self.keys.measures if measure.zone_kind]:
            for code, one in indicators.items():
                if narrow.indicator in one.needs or code == narrow.indicator:
                    for need in one.needs:
                        currency = narrow.currency if indicators[need].is_money else ""
                        kin = narrow._replace(indicator=need, currency=currency)
                        if kin._replace(zone_kind="") in self.keys.measures:
                            self.keys.measure(kin)

    def _kin(self) -> Iterator[Sequence[object]]:
        for measure, number in list(self.keys.measures.items()):
            wide = self.keys.measures.get(measure._replace(zone_kind=""))
            if measure.zone_kind and wide is not None:
                yield number, wide

    def shape(self, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Shape:
        """Which rules the rows of `tables()` call for."""
        return Shape(
            tiers=max((row[1] for row in tables["place"]), default=0),
            turns=tuple(sorted({row[3] for row in tables["ratio"]})),
            depth=max((row[4] for row in tables["formula"]), default=0),
            straddles=frozenset((row[5], row[4]) for row in tables["straddle"]),
            has_kinds=bool(tables["kin"]),
            has_awaited=self.keys.has_awaited,
            has_derived=self.keys.has_derived,
            rounds=1 + max((row[6] for row in tables["measure"]), default=0),
        )


def in_order(territory: Territory) -> dict[str, int]:
    """Places of today's map before those that are no more: who asks for all provinces asks for numbers in a row."""
    places = sorted(territory.places.values(), key=lambda one: (one.span.ends is not None, one.id))
    return {place.id: number for number, place in enumerate(places)}


@lru_cache(maxsize=4)
def all_makeups(
    territory: Territory, eras: tuple[tuple[int, date], ...], kinds: tuple[tuple[int, frozenset[str]], ...]
) -> dict[Stretch, Makeup]:
    """What every place was made of, by place, era and number of a kind of zones. Kept, since maps seldom change."""
    groupings = {one.grouping for one in territory.memberships}
    holders = [place.id for place in territory.places.values() if place.kind != "zone" or place.id in groupings]
    return {
        (holder, era, number): made
        for number, names in kinds
        for era, day in eras
        for holder in holders
        if (made := makeup(territory, holder, day, MakeupAsked(kinds=names))).members
    }


def _reached(places: Iterable[str], makeups: Mapping[Stretch, Makeup]) -> set[str]:
    """The places, and all that they are ever added up to."""
    holders: dict[str, set[str]] = defaultdict(set)
    for (holder, _era, _cut), made in makeups.items():
        for member in made.members:
            holders[member].add(holder)
    return closure(places, lambda place: holders.get(place, ()))


def _edges(span: Span) -> list[date]:
    return [day for day in (span.starts, span.ends + _DAY if span.ends else None) if day is not None]


def _signed(one: Indicator) -> list[tuple[str, int]]:
    return [(code, 1) for code in one.plus] + [(code, -1) for code in one.minus]


def _depth(code: str, indicators: Mapping[str, Indicator]) -> int:
    """How many formulas of sums stand in one another below an indicator; 0 for one that is only reported."""
    parts = _signed(indicators[code]) if code in indicators else []
    return 1 + max(_depth(part, indicators) for part, _sign in parts) if parts else 0
