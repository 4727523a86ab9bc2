"""Derived figures in a columnar copy: what it holds of them, and what came after it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Min, Q, QuerySet

from sokhu.areas.ledger.derived import Derived, Registers, derived, registers_at
from sokhu.areas.ledger.models import Cell, Completeness, Movement
from sokhu.core.derived import REGISTER, ZERO_CURRENCIES, days_between
from sokhu.core.indicator import Indicator
from sokhu.core.quarter import first_day, last_day, quarter_of
from sokhu.engine.build import Said
from sokhu.engine.fresh import Change
from sokhu.engine.keys import Measure


def derived_until(sequence: int, first: date = date.min, last: date = date.max) -> Iterator[Said]:
    """The derived figures right after a batch that all others are made of; all of them where others said something.

    first, last: those of these days only. A year that nobody said is made of its months, a whole of FDI and DDI: the
    same amounts from far fewer figures.
    """
    known = registers_at(sequence)
    if known is None:
        return
    zones = _complete_zones(known)
    begins = min((day for zone in zones for day in _first_days(known, zone)), default=known.until)
    days = days_between(max(first, begins), min(last, known.until), known.until)
    for one in derived(known, zones, days, spoken=spoken_of(known)):
        yield _said(one, sequence)


def spoken_of(known: Registers) -> set[tuple[str, str]]:
    """Zones and indicators of which anybody else said anything."""
    said = Cell.objects.filter(indicator__in=list(known.indicators), batch__lte=known.sequence)
    zones = set(_complete_zones(known))
    return {pair for pair in said.values_list("place", "indicator").distinct() if pair[0] in zones}


def seen_of(known: Registers) -> Iterator[tuple[str, str, str, bool]]:
    """What derived figures there are, and whose: place, indicator, owner, whether all may see them."""
    for zone in _complete_zones(known):
        for code, (_indicator, register) in known.indicators.items():
            if known.complete(zone, register):
                yield zone, code, known.keeper(zone), False


def _said(one: Derived, sequence: int) -> Said:
    return Said(
        measure=Measure(one.indicator, currency=one.part.currency),
        ownership=one.part.ownership,
        place=one.place,
        period=one.window.name,
        first=one.window.first,
        last=one.window.last,
        amount=one.amount,
        emptiness="",
        maturity="final",
        approx=False,
        stream_kind=REGISTER,
        shelf=("derived", one.speaker),
        owner=one.speaker,
        is_public=False,
        batch=sequence,
        is_derived=True,
    )


def _complete_zones(known: Registers) -> list[str]:
    return [place.id for place in known.places.places.values() if place.kind == "zone" and _first_days(known, place.id)]


def _first_days(known: Registers, zone: str) -> list[date]:
    return [span.starts or date.min for register in known.declared for span in known.complete(zone, register)]


def moves_after(sequence: int, until: int | None = None) -> QuerySet[Movement]:
    """The movements that began or ended after a batch, up to another."""
    last = {} if until is None else {"since__lte": until}
    ended = {} if until is None else {"until__lte": until}
    return Movement.objects.filter(Q(since__gt=sequence, **last) | Q(until__gt=sequence, **ended))


def is_of_another_day(sequence: int) -> bool:
    """Whether registers tell of other days now than right after a batch, or others of them are complete."""
    then, now = registers_at(sequence), registers_at()
    return now is not None and (then is None or then.until != now.until or then.declared != now.declared)


def derived_changes(after: int, until: int) -> Iterator[Change]:
    """What of derived figures can be another right after one batch than after an earlier one."""
    known = registers_at(until)
    yield from _declared(after, until)
    if known is None:
        return
    yield from _of_moves(known, moves_after(after, until))
    before = registers_at(after)
    if before is not None and before.until != known.until:
        days = min(before.until, known.until), max(before.until, known.until)
        yield from _of_all(_complete_zones(known), known.indicators.values(), days)


def _of_moves(known: Registers, rows: QuerySet[Movement]) -> Iterator[Change]:
    """A flow is another in the month in which it moved, a stock from its day on."""
    yield from _told_since(known, rows)
    stocks = [code for code, (indicator, _) in known.indicators.items() if indicator.nature == "stock"]
    flows = [code for code in known.indicators if code not in stocks]
    fields = ("indicator", "place", "currency")
    for code, place, currency, day in rows.filter(indicator__in=flows).values_list(*fields, "day").distinct():
        yield Change(code, place, *_shortest(known, code, day), currency)
    counted = rows.filter(indicator__in=stocks).values_list(*fields).annotate(first=Min("day"))
    for code, place, currency, day in counted:
        yield Change(code, place, day, max(day, known.until), currency)


def _shortest(known: Registers, code: str, day: date) -> tuple[date, date]:
    """The shortest period that tells of what moved on a day."""
    if known.indicators[code][1] in known.tallies:
        return first_day(quarter_of(day)), last_day(quarter_of(day))
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _told_since(known: Registers, rows: QuerySet[Movement]) -> Iterator[Change]:
    """Where who told a quarter, or who was due, is another, all that is told quarter by quarter is or is not there."""
    for register, tally in known.tallies.items():
        changed = rows.filter(indicator__in=(tally.told, tally.due)).values_list("place").annotate(first=Min("day"))
        moved = [pair for pair in known.indicators.values() if pair[1] == register]
        for place, day in changed if register in known.declared else ():
            yield from _of_all([place], moved, (first_day(quarter_of(day)), known.until))


def _declared(after: int, until: int) -> Iterator[Change]:
    """A word given or taken back moves everything that a register says of the board's zones."""
    said = Completeness.objects.filter(batch__gt=after, batch__lte=until).values_list("authority", "register")
    for authority, code in said.distinct():
        known = registers_at(until) or registers_at(after)
        if known is None or authority not in known.places.places:
            continue
        zones = [one.member for one in known.places.memberships_in(authority, "zone")]
        moved = [pair for pair in known.indicators.values() if pair[1] == code]
        others = Movement.objects.filter(register=code, place__in=zones).exclude(currency__in=("", *ZERO_CURRENCIES))
        currencies = (*ZERO_CURRENCIES, *others.values_list("currency", flat=True).distinct())
        yield from _of_all(zones, moved, (date.min, date.max), currencies)


def _of_all(
    zones: Iterable[str],
    moved: Iterable[tuple[Indicator, str]],
    days: tuple[date, date],
    currencies: Iterable[str] = ZERO_CURRENCIES,
) -> Iterator[Change]:
    kinds = [(one, currency) for one, _code in moved for currency in (currencies if one.is_money else ("",))]
    return (Change(one.code, zone, *days, currency) for zone in zones for one, currency in kinds)
