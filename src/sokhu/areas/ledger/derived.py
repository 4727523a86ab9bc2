"""Derived figures: what the registers' movements come to, as facts that stand beside everything that was said.

They are made anew for every question and never stored, so that they are right at once; what a report used becomes an
observation when it is issued (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone

from sokhu.areas.catalogue.queries import dimensions, indicators, territory
from sokhu.areas.ledger.completeness import declared_all
from sokhu.areas.ledger.movements import standing
from sokhu.areas.ledger.occurring import years_occurring
from sokhu.areas.ledger.queries import EVERYBODY, Voice, newest_day, said_anything_in
from sokhu.areas.ledger.registers import Tally, registers, tallies
from sokhu.areas.territory.queries import Reach
from sokhu.core.cell import CellKey
from sokhu.core.derived import (
    REGISTER,
    WHOLE,
    ZERO_CURRENCIES,
    Breakdown,
    Days,
    Moves,
    Part,
    Window,
    amounts,
    by_quarters,
    days_between,
    fact_of,
    fewest,
    told_for_all,
    while_within,
)
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator
from sokhu.core.keeping import complete_days, holds_all, keeper_of, told_quarters
from sokhu.core.movement import series_of
from sokhu.core.place import DAY, Span
from sokhu.core.territory import Territory
from sokhu.kit.sealing.models import Batch

YEARS_TOLD = 12
NONE: frozenset[str] = frozenset()


class Derived(NamedTuple):
    """One derived figure. speaker: the board that keeps the register, in whose book it is."""

    indicator: str
    place: str
    part: Part
    window: Window
    amount: int
    speaker: str


@dataclass(slots=True)
class Registers:
    """What the registers knew at a moment. until: the day of its last batch; declared: by register and board.

    sequence: the batch; indicators: those that registers move, by code, with the register's own; of_all, undivided,
    tallies: see `MovingRegister`.
    """

    sequence: int
    until: date
    declared: dict[str, dict[str, date]]
    places: Territory
    indicators: dict[str, tuple[Indicator, str]]
    of_all: frozenset[str]
    undivided: frozenset[str]
    tallies: dict[str, Tally]
    _complete: dict[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)
    _tallied: dict[str, Tallied] = field(default_factory=dict)

    def tells(self, code: str, of: Breakdown) -> bool:
        """Whether things say an indicator by what it is broken down by."""
        return of == WHOLE or (code not in self.undivided and of.is_of(self.indicators[code][0]))

    def keeper(self, zone: str) -> str:
        return keeper_of(self.places, zone, self.until)

    def complete(self, zone: str, register: str) -> tuple[Span, ...]:
        """The days on which the register of a zone is complete; of an economic zone, with that of the parks in it."""
        key = zone, register
        if key not in self._complete:
            spans = complete_days(self.places, zone, self.declared.get(register, {}))
            self._complete[key] = self._told(zone, register, spans) if register in self.tallies else spans
        return self._complete[key]

    def _told(self, zone: str, register: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Of the days for which a register that is told quarter by quarter is declared, the quarters all have told."""
        if not spans:
            return ()
        if register not in self._tallied:
            self._tallied[register] = _tallied(self, register)
        told, due = map(list, self._tallied[register].get(zone, ((), ())))
        for park, span in self.parks(zone):
            told_there, due_there = self._tallied[register].get(park, ((), ()))
            told += while_within(told_there, span, is_stock=False)
            due += while_within(due_there, span, is_stock=True)
        return told_quarters(spans, series_of(told), series_of(due), self.until)

    def is_one_map(self, first: date, last: date) -> bool:
        return not any(first < day <= last for day in _borders(self.places))

    def parks(self, zone: str) -> list[tuple[str, Span]]:
        """The parks in a zone, with the days on which they are in it."""
        return [(one.member, one.span) for one in self.places.memberships_in(zone, "zone")]

    def with_parks(self, zone: str) -> tuple[str, ...]:
        return (zone, *(park for park, _span in self.parks(zone)))


Tallied = dict[str, tuple[Moves, Moves]]  # by place: who told a quarter, and who was due


def _tallied(known: Registers, register: str) -> Tallied:
    """One query for all zones that are or were of the boards that declared a register complete."""
    tally, kept = known.tallies[register], known.places.memberships_in
    zones = {
        place
        for board in known.declared[register]
        for zone in kept(board, "zone")
        for place in known.with_parks(zone.member)
    }
    rows = standing(known.sequence).filter(indicator__in=(tally.told, tally.due), place__in=zones)
    found: Tallied = {}
    for place, code, day, amount in rows.values_list("place", "indicator", "day").annotate(sum=Sum("amount")):
        found.setdefault(place, ([], []))[code == tally.due].append((day, int(amount)))
    return found


@lru_cache(maxsize=4)
def _borders(places: Territory) -> tuple[date, ...]:
    """The days from which on the map is another."""
    spans = [place.span for place in places.places.values()] + [one.span for one in places.memberships]
    edges = {span.starts for span in spans} | {span.ends + DAY for span in spans if span.ends}
    return tuple(sorted(day for day in edges if day is not None))


def registers_at(at: int | None = None) -> Registers | None:
    """What the registers knew at a moment; None where no board had declared any of them complete."""
    declared = declared_all(at)
    return _registers(at, declared) if declared else None


def registers_now(at: int | None = None) -> Registers:
    """The same, whether or not anybody declared anything."""
    return _registers(at, declared_all(at))


def _registers(at: int | None, declared: dict[str, dict[str, date]]) -> Registers:
    batches = Batch.objects.order_by("-sequence")
    sequence, moment = (batches if at is None else batches.filter(sequence__lte=at)).values_list("sequence", "at")[0]
    known = indicators(at)
    moved = {code: (known[code], one.code) for one in registers() for code in one.indicators if code in known}
    of_all = frozenset().union(*(one.of_all for one in registers()))
    undivided = frozenset().union(*(one.undivided for one in registers()))
    return Registers(sequence, timezone.localdate(moment), declared, territory(at), moved, of_all, undivided, tallies())


def tells_anything_in(first: date, last: date, at: int | None = None) -> bool:
    """Whether the book has a figure that can answer for these days: one that was said, or that registers tell."""
    if said_anything_in(first, last, at):
        return True
    known = registers_at(at)
    return known is not None and first <= known.until and any(starts <= last for starts in _starts(known))


def complete_among(reach: Reach, zones: Mapping[str, Collection[str]], first: date, last: date) -> set[str]:
    """Of places, each with its zones, those that have a register which is complete in all of them in a window."""
    known = registers_at()
    if known is None:
        return set()
    end = min(last, known.until)
    return {
        place
        for place, own in zones.items()
        if own and all(may_see(reach, known.keeper(zone)) for zone in own)
        if any(all(holds_all(known.complete(zone, code), first, end) for zone in own) for code in known.declared)
    }


def years_told(reach: Reach) -> list[int]:
    """From the newest year with figures, registers' included, back to the oldest, twelve at most."""
    found, known = years_occurring(reach), registers_at()
    said = list(range(found[0], found[-1] - 1, -1))[:YEARS_TOLD] if found else [timezone.localdate().year]
    starts = list(_starts(known)) if known else []
    if known is None or not starts:
        return said
    years = range(known.until.year, min(starts).year - 1, -1)
    return sorted({*said, *years}, reverse=True)[:YEARS_TOLD]


def years_told_of(reach: Reach, places: Collection[str]) -> list[int]:
    """The years of which somebody said a figure of one of these places, or a register tells one, the newest first."""
    found, known = years_occurring(reach, places), registers_at()
    if known is None:
        return found
    zones = [one for one in places if one.startswith("zone/") and one in known.places.places]
    tells = [code for code in known.declared if code not in known.tallies]
    starts = {
        span.starts
        for zone in zones
        if may_see(reach, known.keeper(zone))
        for code in tells
        for span in known.complete(zone, code)
    }
    first = min((day.year if day else min(_starts(known)).year for day in starts), default=known.until.year + 1)
    return sorted({*found, *range(first, known.until.year + 1)}, reverse=True)


def newest_year(reach: Reach, places: list[str], wanted: Collection[str] = ()) -> int:
    """The newest year of which somebody said a figure of these places, or the reader's own registers tell one.

    wanted: the indicators to be shown; the newest year with one of them, as long as there is any.
    """
    said, known = newest_day(reach, places, wanted) or newest_day(reach, places), registers_at()
    tells = known is not None and any(one in reach.own for boards in known.declared.values() for one in boards)
    years = [said.year] if said else []
    return max([*years, known.until.year] if known and tells else years or years_told(reach)[:1])


def _starts(known: Registers) -> Iterator[date]:
    return (starts for said in known.declared.values() for starts in said.values())


def derived_facts(
    reach: Reach,
    places: Iterable[str],
    first: date,
    last: date,
    *,
    at: int | None = None,
    indicators: Iterable[str] = (),
    voice: Voice = EVERYBODY,
    asked: Iterable[tuple[date, date]] = (),
    broken_down: Iterable[tuple[str, str]] = (),
) -> Iterator[Fact]:
    """What the registers of these places come to in cells that end within the days, as facts.

    at, indicators, voice, asked, broken_down: as in `answers.standing_facts`.
    """
    named = {place for place in places if place.startswith("zone/")}
    if not named or voice.document is not None or voice.kind not in ("", REGISTER):
        return
    known = registers_at(at)
    if known is None:
        return
    zones = [zone for zone in named if zone in known.places.places and may_see(reach, known.keeper(zone))]
    days = days_between(first, last, known.until, frozenset(asked))
    days = replace(days, is_one_map=known.is_one_map)
    for one in derived(known, zones, days, indicators, breakdowns=breakdowns_of(broken_down)):
        if voice.speaker in ("", one.speaker):
            yield as_fact(one, known.sequence)


def breakdowns_of(asked: Iterable[tuple[str, str]]) -> list[Breakdown]:
    """The whole, and what is asked for by country and sector; a sector with the divisions in it."""
    sectors = dimensions().dimensions["sector"]
    pairs = sorted({pair for pair in asked if any(pair)})
    return [WHOLE, *(Breakdown(country, code, sectors.within(code) if code else NONE) for country, code in pairs)]


def may_see(reach: Reach, keeper: str) -> bool:
    """Derived figures are read as accepted ones are: by their own board, its block and the ministry."""
    return reach.sees_all or reach.is_system or keeper in reach.own | reach.block


def as_fact(one: Derived, sequence: int) -> Fact:
    cell = CellKey(one.indicator, one.place, *one.window, **one.part._asdict())
    return fact_of(cell, one.amount, one.speaker, sequence)


def derived(
    known: Registers,
    zones: Iterable[str],
    days: Days,
    only: Iterable[str] = (),
    spoken: Container[tuple[str, str]] | None = None,
    breakdowns: Sequence[Breakdown] = (WHOLE,),
) -> Iterator[Derived]:
    """Every figure of these zones, windows and days of which the register is complete. only: of these indicators.

    spoken: zones and indicators of which anybody else said anything, where of the others those will do that all the
    rest are made of. breakdowns: by country and sector as well, where the indicator has them.
    """
    wanted = set(only)
    codes = {code for code in known.indicators if not wanted or code in wanted}
    chosen = [zone for zone in zones if any(known.complete(zone, register) for register in known.declared)]
    if not (chosen and codes and (days.windows or days.counts)):
        return
    moved = _moved(
        known,
        {place for zone in chosen for place in known.with_parks(zone)},
        codes,
        days,
        is_whole=len(breakdowns) == 1,
    )
    every = {False: days, True: by_quarters(days)}  # by whether they are told quarter by quarter
    least = {is_of: fewest(some, known.until, by_quarter=is_of) for is_of, some in every.items()}
    for zone in chosen:
        for code in codes:
            few = spoken is not None and (zone, code) not in spoken and not _in_other_currency(known, zone, code, moved)
            told = (least if few else every)[known.indicators[code][1] in known.tallies]
            for of in breakdowns:
                if known.tells(code, of):
                    yield from _of_zone(known, zone, code, told, moved, of, only_parts=few)


_Moved = dict[tuple[str, str], dict[Part, Moves]]  # by place and indicator


def _in_other_currency(known: Registers, zone: str, code: str, moved: _Moved) -> bool:
    """Whether anything moved in neither dollars nor đồng: there are no zeros in it, so months make up no year."""
    parts = (part for place in known.with_parks(zone) for part in moved.get((place, code), ()))
    return any(part.currency not in ("", *ZERO_CURRENCIES) for part in parts)


def _of_zone(
    known: Registers, zone: str, code: str, days: Days, moved: _Moved, of: Breakdown, *, only_parts: bool
) -> Iterator[Derived]:
    indicator, register = known.indicators[code]
    complete = known.complete(zone, register)
    if not complete:
        return
    own, parks = moved.get((zone, code), {}), dict[Part, Moves]()
    for park, span in known.parks(zone):
        for part, moves in moved.get((park, code), {}).items():
            inside = while_within(moves, span, is_stock=indicator.nature == "stock")
            parks.setdefault(part, []).extend(inside)
    together = told_for_all(own, parks) if code in known.of_all else added(own, parks)
    speaker = known.keeper(zone)
    for part, window, amount in amounts(indicator, together, days, complete, only_parts=only_parts, of=of):
        yield Derived(code, zone, part, window, amount, speaker)


def added(*some: Mapping[Part, Moves]) -> dict[Part, Moves]:
    found: dict[Part, Moves] = {}
    for one in some:
        for part, moves in one.items():
            found.setdefault(part, []).extend(moves)
    return found


def _moved(known: Registers, places: set[str], codes: set[str], days: Days, *, is_whole: bool) -> _Moved:
    """What moved in these places up to the last day asked for; of a stock, what moved before comes summed up.

    is_whole: whether nothing is asked for by country or sector.
    """
    first = min(one.first for one in (*days.windows, *days.counts))
    last = max(one.last for one in (*days.windows, *days.counts))
    rows = standing(known.sequence).filter(place__in=places)
    stocks = {code for code in codes if known.indicators[code][0].nature == "stock"}
    found: _Moved = {}
    fields = ("place", "indicator", *(Part._fields[:2] if is_whole else Part._fields))
    before = rows.filter(indicator__in=stocks, day__lt=first).values_list(*fields).annotate(total=Sum("amount"))
    within = rows.filter(indicator__in=codes, day__range=(first, last)).values_list(*fields, "day", "amount")
    for place, code, *part, amount in before if stocks else ():
        _keep(found, place, code, Part(*part), first - DAY, int(amount))
    for place, code, *part, day, amount in within:
        _keep(found, place, code, Part(*part), day, amount)
    return found


def _keep(found: _Moved, place: str, code: str, part: Part, day: date, amount: int) -> None:
    found.setdefault((place, code), {}).setdefault(part, []).append((day, amount))
