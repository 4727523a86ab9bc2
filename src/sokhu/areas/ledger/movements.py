"""Movements: what registered things do to indicators, kept as a projection of the registers' sealed versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from uuid import UUID

from django.db.models import Q, QuerySet

from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.registers import codes_of
from sokhu.core.movement import Moved
from sokhu.core.parts import in_parts
from sokhu.kit.storing import store

THINGS_AT_ONCE = 10_000  # in one statement: SQLite takes 32.766 values
_MOVED = tuple(field.name for field in fields(Moved))
_values_of = attrgetter(*_MOVED)
_Standing = tuple[UUID, Moved]


def restate(sequence: int, register: str, movements: Mapping[UUID, Sequence[Moved]]) -> int:
    """Makes these things' movements be exactly these; those that stand already are left alone.

    Called within the sealed batch that changed the things. sequence: that batch's; movements: by thing, none for a
    thing that moves nothing any more. Returns how many movements ended or began.
    """
    _must_move_no_other(register, movements.values())
    wanted = Counter((thing, moved) for thing, all_of_it in movements.items() for moved in all_of_it)
    ended = _those_no_longer(wanted, register, movements)
    for some in in_parts(ended, THINGS_AT_ONCE):
        Movement.objects.filter(pk__in=some).update(until=sequence)
    begun = [
        Movement(register=register, thing=thing, since=sequence, **dict(zip(_MOVED, _values_of(moved), strict=True)))
        for thing, moved in (+wanted).elements()
    ]
    store(begun)
    return len(ended) + len(begun)


def _must_move_no_other(register: str, movements: Iterable[Sequence[Moved]]) -> None:
    """What a register did not say that it moves would be in no figure, and nobody would see it missing."""
    told = codes_of(register)
    stray = {moved.indicator for all_of_it in movements for moved in all_of_it} - told if told else set()
    assert not stray, (register, sorted(stray))


def _those_no_longer(wanted: Counter[_Standing], register: str, things: Iterable[UUID]) -> list[int]:
    """The keys of what stands and is not wanted; what is wanted and stands is taken out of the wanted."""
    ended = []
    for some in in_parts(things, THINGS_AT_ONCE):
        standing = Movement.objects.filter(register=register, thing__in=some, until=None)
        for key, thing, *values in standing.values_list("pk", "thing", *_MOVED):
            one = (thing, Moved(*values))
            if wanted[one] > 0:
                wanted[one] -= 1
            else:
                ended.append(key)
    return ended


def standing(at: int | None = None) -> QuerySet[Movement]:
    """The movements that stood right after a batch; None: that stand now."""
    if at is None:
        return Movement.objects.filter(until=None)
    return Movement.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def moved_by(register: str, thing: UUID, at: int | None = None) -> list[Moved]:
    """What a registered thing does to indicators, by day."""
    rows = standing(at).filter(register=register, thing=thing).order_by("day", "pk")
    return [Moved(*values) for values in rows.values_list(*_MOVED)]
