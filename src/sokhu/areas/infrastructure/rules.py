"""What a thing of these registers may not say."""

from __future__ import annotations

from typing import Any

from sokhu.areas.infrastructure.models import (
    Clearance,
    ClearanceProgress,
    Housing,
    HousingCount,
    Progress,
    Reading,
    Utility,
    UtilityKind,
    Work,
)
from sokhu.areas.infrastructure.movements import HUNDRED
from sokhu.areas.zones.rules import check_span
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.values import label_of
from sokhu.kit.wording import lang

OF_WATER = (UtilityKind.WATER, UtilityKind.WASTEWATER)


def check_utility(one: Utility) -> None:
    check_span(one)
    _must_be_within(one, "working", one.capacity)


def check_reading(one: Reading) -> None:
    """Within one month, so that months, quarters and years add up; other kinds than of water have none.

    Raises Problem("infrastructure.not_one_month", starts, ends), "infrastructure.no_readings" (found),
    "infrastructure.read_twice" (found).
    """
    check_span(one)
    if (one.starts.year, one.starts.month) != (one.ends.year, one.ends.month):
        raise Problem("infrastructure.not_one_month", where=_label(one, "ends"), starts=one.starts, ends=one.ends)
    if one.utility.kind not in OF_WATER:
        kind = str(one.utility.get_kind_display())
        raise Problem("infrastructure.no_readings", where=_label(one, "utility"), found=kind)
    _must_be_within(one, "reused", one.volume)
    others = Reading.objects.filter(utility=one.utility_id, is_gone=False, starts__lte=one.ends, ends__gte=one.starts)
    if (other := others.exclude(pk=one.pk).first()) is not None:
        raise Problem("infrastructure.read_twice", where=_label(one, "starts"), found=other.ends)


def check_work(one: Work) -> None:
    check_span(one)
    _must_be_of_zone(one)


def check_progress(one: Progress) -> None:
    _must_be_within(one, "percent", HUNDRED)
    _must_not_be_before(one, one.work.approved)


def check_clearance(one: Clearance) -> None:
    _must_be_of_zone(one)


def check_clearance_progress(one: ClearanceProgress) -> None:
    """Nothing is more than all of it. Raises Problem("infrastructure.more_than_all", found, limit)."""
    _must_be_within(one, "cleared", one.clearance.area)
    for name in ("households_paid", "households_resettled"):
        _must_be_within(one, name, one.clearance.households)
    _must_not_be_before(one, one.clearance.decided)


def check_housing(one: Housing) -> None:
    """Raises Problem("register.ends_before")."""
    if one.ends and one.ends < one.approved:
        raise Problem("register.ends_before", where=_label(one, "ends"), starts=one.approved, ends=one.ends)


def check_housing_count(one: HousingCount) -> None:
    _must_be_within(one, "homes_let", one.homes)
    _must_be_within(one, "homes", one.housing.homes_planned)
    _must_be_within(one, "places", one.housing.places_planned)
    _must_not_be_before(one, one.housing.approved)


def _must_be_within(thing: Any, name: str, limit: int | None) -> None:
    """Raises Problem("infrastructure.more_than_all", found, limit)."""
    value = getattr(thing, name)
    if value is not None and limit is not None and value > limit:
        told = {"found": _said(thing, name, value), "limit": _said(thing, name, limit)}
        raise Problem("infrastructure.more_than_all", where=_label(thing, name), **told)


def _said(thing: Any, name: str, value: int) -> str:
    is_amount = isinstance(thing._meta.get_field(name), AmountField)
    return format_number(unscaled(value) if is_amount else value, lang=lang())


def _must_not_be_before(entry: Any, day: Any) -> None:
    """Raises Problem("infrastructure.before_it_began", found, day)."""
    if entry.day < day:
        raise Problem("infrastructure.before_it_began", where=_label(entry, "day"), found=entry.day, day=day)


def _must_be_of_zone(thing: Work | Clearance) -> None:
    """Raises Problem("zones.other_zone", found)."""
    if thing.phase is not None and thing.phase.zone_id != thing.zone_id:
        raise Problem("zones.other_zone", where=_label(thing, "phase"), found=thing.phase.name)


def _label(thing: Any, name: str) -> str:
    return label_of(thing._meta.get_field(name))
