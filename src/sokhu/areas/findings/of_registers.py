"""What a board's registers say of themselves that does not fit: land, leases and boundaries, as checks see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.findings.models import Finding
from sokhu.areas.territory.queries import Reach
from sokhu.areas.zones import boundaries
from sokhu.areas.zones.land import ZoneLand, findings_of, land_of
from sokhu.areas.zones.models import Boundary, Zone
from sokhu.core.cell import CellKey
from sokhu.core.checks import finding as term
from sokhu.core.checks.bounds import exactly
from sokhu.core.checks.finding import Term
from sokhu.core.checks.statement import Matter, Statement
from sokhu.core.derived import fact_of
from sokhu.core.measure import unit_of_cell
from sokhu.core.problems import Problem
from sokhu.core.quantity import scaled
from sokhu.kit.registers.declaration import children_of, register_of
from sokhu.kit.registers.models import Version

AREA, LEASED = "zone_area", "land_leased"
# By code of the problem: the check, and the indicator that it concerns.
CHECKS = {
    "land.not_closed": ("land_not_closed", AREA),
    "land.lease_without_area": ("lease_without_area", LEASED),
    "land.lease_beyond_plot": ("lease_beyond_plot", LEASED),
    "land.plot_let_twice": ("plot_let_twice", LEASED),
    "land.let_beyond_plan": ("let_beyond_plan", LEASED),
    "land.let_beyond_handover": ("let_beyond_handover", LEASED),
    "zones.area_differs": ("zone_area_differs", AREA),
    "boundary.area_differs": ("boundary_area_differs", AREA),
}


def matters_of(mine: Reach, day: date) -> list[Matter]:
    """Of the zones in the reader's own books, on a day: a dozen queries for however many."""
    zones = list(Zone.objects.filter(owner__in=mine.own, is_gone=False))
    lands = land_of(zones)
    drawn = {one.zone_id: one for one in boundaries.on_day(mine, day).filter(zone__in=lands)}
    found = [_matter(land.zone, one, day) for land in lands.values() for one in _problems(land, drawn, day)]
    return [*(one for one in found if one is not None), *_overlaps(mine, zones, day)]


def have_changed(mine: Reach, since: int) -> bool:
    """Whether anything was written in a register of the reader's own books after a batch."""
    return Version.objects.filter(batch__gt=since, owner__in=mine.own).exists()


def zone_changed_in(place: str, since: int) -> int | None:
    """The last batch after another in which a zone was changed, or something that belongs to it."""
    zones = Zone.objects.filter(place=place)
    changed = [Version.objects.filter(thing__in=zones.values("pk"))]
    for child, name in children_of(register_of(Zone)):
        own = child.model._default_manager.filter(**{f"{name}__in": zones})
        changed.append(Version.objects.filter(register=child.code, thing__in=own.values("pk")))
    batches = [rows.filter(batch__gt=since).aggregate(last=Max("batch"))["last"] for rows in changed]
    return max((one for one in batches if one), default=None)


def _problems(land: ZoneLand, drawn: dict[Any, Boundary], day: date) -> Iterator[Problem]:
    yield from findings_of(land, day)
    boundary = drawn.get(land.zone.pk)
    found = boundaries.checked(boundary, land.zone, land.decisions).finding if boundary else None
    if boundary and found:
        found.params["day"] = boundary.starts
        yield found


def _matter(zone: Zone, problem: Problem, day: date) -> Matter | None:
    """None for a problem that no check tells."""
    if problem.code not in CHECKS:
        return None
    code, indicator = CHECKS[problem.code]
    terms = {name: _term(value) for name, value in problem.params.items()} | {"where": Term("text", problem.where)}
    thing = zone.place if problem.where in ("", zone.name) else problem.where
    return Matter(code, _figure(zone, indicator, problem.params.get("found"), day), thing, terms)


def still_so(findings: Iterable[Finding], land: ZoneLand, day: date) -> list[Finding]:
    """Of stored findings of a zone those that its land does not contradict: some may have been put right since."""
    matters = (_matter(land.zone, one, day) for one in findings_of(land, day))
    live = [(one.code, {name: list(term) for name, term in one.terms.items()}) for one in matters if one]
    of_land = {code for problem, (code, _indicator) in CHECKS.items() if not problem.startswith("boundary.")}
    return [one for one in findings if one.code not in of_land or (one.code, one.terms) in live]


def _overlaps(mine: Reach, zones: Iterable[Zone], day: date) -> Iterator[Matter]:
    """Land that two boundaries share, told of the own zone; of two own zones, of the first."""
    for one, other, hectares in boundaries.shared_land(mine, [zone.pk for zone in zones], day):
        terms = {"other": Term("text", other.name), "found": _term(hectares)}
        yield Matter("boundaries_overlap", _figure(one, AREA, hectares, day), other.place, terms)


def _term(value: object) -> Term:
    if isinstance(value, Decimal):
        return term.amount(scaled(value, "ha"), "ha")
    return term.day(value) if isinstance(value, date) else Term("text", str(value))


def _figure(zone: Zone, indicator: str, found: object, day: date) -> Statement:
    """The figure of the register that a matter concerns: of the zone, as of the day of the check."""
    amount = scaled(found, "ha") if isinstance(found, Decimal) else 0
    cell = CellKey(indicator, zone.place, day.isoformat(), day, day)
    unit = unit_of_cell(indicators()[indicator], "")
    return Statement(fact_of(cell, amount, zone.owner, zone.version), amount, exactly(amount), unit)
