"""Whether movements are what the registers left: each from a batch that exists, and all of them as made again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.movements import standing
from sokhu.areas.ledger.registers import MovingRegister, registers
from sokhu.core.movement import Moved
from sokhu.kit.sealing.models import Batch

_MOVED = tuple(field.name for field in fields(Moved))


@dataclass(frozen=True, slots=True)
class Stray:
    """A thing whose movements are not what they should be. code: of the problem; count: how many of them."""

    code: str
    register: str
    thing: UUID
    count: int


def movements_checked() -> Iterator[Stray]:
    """Everything that is wrong with the movements that stand, thing by thing."""
    yield from _without_batch()
    known = {one.code for one in registers()}
    unknown = standing().exclude(register__in=known).values_list("register", "thing").distinct()
    yield from (Stray("completeness.unknown_register", register, thing, 1) for register, thing in unknown)
    for register in registers():
        yield from _made_again(register)


def _without_batch() -> Iterator[Stray]:
    """A movement is begun by one batch and ended by a later one, both of them in the chain."""
    begun = Exists(Batch.objects.filter(pk=OuterRef("since")))
    ended = Exists(Batch.objects.filter(pk=OuterRef("until")))
    wrong = Movement.objects.filter(~begun | Q(until__isnull=False) & (~ended | Q(until__lt=F("since"))))
    things = Counter(wrong.values_list("register", "thing"))
    yield from (Stray("completeness.movement_without_batch", *thing, count) for thing, count in things.items())


def _made_again(register: MovingRegister) -> Iterator[Stray]:
    """The movements that stand against those that the register's things come to now, one by one."""
    left = Counter(register.moved())
    stray: Counter[UUID] = Counter()
    for thing, *values in standing().filter(register=register.code).values_list("thing", *_MOVED).iterator():
        one = (thing, Moved(*values))
        if left[one]:
            left[one] -= 1
        else:
            stray[thing] += 1
    for (thing, _moved), count in left.items():
        if count:
            stray[thing] += count
    yield from (Stray("completeness.movements_differ", register.code, thing, count) for thing, count in stray.items())
