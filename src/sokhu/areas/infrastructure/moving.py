"""What the registers of infrastructure move in the ledger, and how their movements are made again to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.urls import reverse

from sokhu.areas.infrastructure import follow
from sokhu.areas.infrastructure.registry import REGISTERS
from sokhu.areas.ledger.registers import MovingRegister
from sokhu.areas.zones.models import Zone
from sokhu.core.movement import Moved
from sokhu.kit.registers.declaration import Register


def _page(code: str, thing: UUID) -> str:
    return reverse("thing", args=[code, thing])


def _names(register: Register, things: Iterable[UUID]) -> dict[UUID, str]:
    rows = register.model._default_manager.filter(pk__in=set(things))
    return dict(rows.values_list("pk", register.title))


def _moved(moving: follow.Moving) -> Iterable[tuple[UUID, Moved]]:
    return follow.moved(moving, list(Zone.objects.filter(is_gone=False)))


def _kept(moving: follow.Moving) -> MovingRegister:
    register = next(one for one in REGISTERS if one.code == moving.code)
    return MovingRegister(
        moving.code,
        register.name,
        moving.indicators,
        partial(_page, moving.code),
        partial(_names, register),
        partial(_moved, moving),
    )


MOVING = tuple(map(_kept, (follow.UTILITIES, follow.WORKS, follow.CLEARANCES, follow.HOUSING)))
