"""What registers come to whether or not they are complete: "ít nhất N (sổ bộ chưa đủ)" until they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Sum

from sokhu.areas.ledger.answers import with_members
from sokhu.areas.ledger.derived import Registers, may_see, registers_now
from sokhu.areas.ledger.movements import standing
from sokhu.areas.ledger.registers import registers
from sokhu.areas.ledger.small_cells import may_read
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Question
from sokhu.core.keeping import holds_all
from sokhu.core.period import Period
from sokhu.core.quarter import are_whole_quarters

Kind = tuple[str, str, str]  # indicator, ownership ("" for all), currency
Dimension = Literal["country", "sector"]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """amount: 10^-6 of the indicator's unit; missing: the zones in it whose register is not complete."""

    amount: int
    missing: tuple[str, ...]


def at_least(
    reach: Reach, places: Iterable[str], period: Period, indicators: Iterable[str] = (), at: int | None = None
) -> dict[Kind, AtLeast]:
    """What the registers of all zones in some places come to, of each kind of figure: two queries for however many.

    period: a flow is that of its days, a stock that on its last day. indicators: of these only; none for all.
    """
    return {kind: one for (kind, _all), one in _at_least(reach, places, period, indicators, "", at).items()}


def at_least_by(
    reach: Reach, places: Iterable[str], period: Period, indicators: Iterable[str], dimension: Dimension
) -> dict[tuple[Kind, str], AtLeast]:
    """The same by country or sector, "" for what has none; together they are the whole."""
    return _at_least(reach, places, period, indicators, dimension, None)


def _at_least(
    reach: Reach,
    places: Iterable[str],
    period: Period,
    indicators: Iterable[str],
    dimension: Dimension | Literal[""],
    at: int | None,
) -> dict[tuple[Kind, str], AtLeast]:
    known = registers_now(at)
    zones = _zones(reach, known, places, period)
    if dimension:  # a country of a zone is often one enterprise
        zones = {zone for zone in zones if may_read(reach, known.keeper(zone))}
    wanted = (set(indicators) or set(known.indicators)) - {code for one in registers() for code in one.may_fall}
    codes = {
        code: one.nature == "flow"
        for code, (one, register) in known.indicators.items()
        if code in wanted and (register not in known.tallies or are_whole_quarters(period.first, period.last))
    }
    sums: dict[tuple[Kind, str], int] = {}
    fields = ("indicator", "place", "ownership", "currency", *([dimension] if dimension else []))
    rows = standing(at).filter(place__in=zones, day__lte=min(period.last, known.until))
    told_above = _told_above(known, set(rows.filter(indicator__in=known.of_all).values_list("indicator", "place")))
    for is_flow, of_kind in ((True, rows.filter(day__gte=period.first)), (False, rows)):
        some = of_kind.filter(indicator__in=[code for code, flows in codes.items() if flows is is_flow])
        for code, place, ownership, currency, *of, amount in some.values_list(*fields).annotate(sum=Sum("amount")):
            if code in known.of_all and (code, place) in told_above:
                continue
            for part in {"", ownership}:
                kind = (code, part, currency), "".join(of)
                sums[kind] = sums.get(kind, 0) + int(amount)
    missing = {register: tuple(_missing(known, zones, register, period)) for _, register in known.indicators.values()}
    return {key: AtLeast(amount, missing[known.indicators[key[0][0]][1]]) for key, amount in sums.items()}


def _zones(reach: Reach, known: Registers, places: Iterable[str], period: Period) -> set[str]:
    """The zones that these places are made of, parks inside economic zones too: each moves only what is its own."""
    made = {one for place in places for one in with_members(place, Question("", place, period))}
    zones = {one for one in made if one.startswith("zone/") and one in known.places.places}
    zones |= {one.member for zone in zones for one in known.places.memberships_in(zone, "zone")}
    return {zone for zone in zones if may_see(reach, known.keeper(zone))}


def _told_above(known: Registers, told: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The indicators and parks of which the economic zone that they are in tells for all of its land."""
    return {(code, park) for code, zone in told for park, _span in known.parks(zone)}


def _missing(known: Registers, zones: Iterable[str], register: str, period: Period) -> Iterable[str]:
    first, last = min(period.first, known.until), min(period.last, known.until)
    return (zone for zone in sorted(zones) if not holds_all(known.complete(zone, register), first, last))
