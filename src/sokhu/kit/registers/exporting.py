"""A register as tables: the heads an import knows again, and every row there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet

from sokhu.kit.registers.declaration import Reader, Register, register_of
from sokhu.kit.registers.queries import as_read
from sokhu.kit.registers.values import exported, label_of

Value = str | int | Decimal | None


def heads(register: Register) -> list[str]:
    return [label_of(one) for one in register.asked]


def pointing_fields(register: Register, names: Iterable[str] | None = None) -> list[str]:
    """The fields that point at other things, for `select_related`."""
    wanted = set(names) if names is not None else {one.name for one in register.fields}
    return [one.name for one in register.fields if isinstance(one, models.ForeignKey) and one.name in wanted]


def rows_of(register: Register, things: QuerySet[Any], who: Reader) -> Iterator[list[Value]]:
    """The values of things as their reader may read them; of a thing pointed at, its title."""
    for thing in things.select_related(*pointing_fields(register)).iterator(chunk_size=2000):
        shown = as_read(register, who, thing)
        yield [cell_of(register, shown, one) for one in register.asked]


def cell_of(register: Register, thing: Any, field: models.Field[Any, Any]) -> Value:
    if isinstance(field, models.ForeignKey):
        other = getattr(thing, field.name)
        return register_of(type(other)).title_of(other) if other is not None else ""
    return exported(field, getattr(thing, field.name))
