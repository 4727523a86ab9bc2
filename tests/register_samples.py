"""A thing of any register, made from its declaration: every field filled with what it takes."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.db import models

from factories import reach
from sokhu.areas.territory.queries import Reach
from sokhu.kit.registers.actions import create
from sokhu.kit.registers.declaration import Reader, Register, register_of
from sokhu.kit.registers.fields import AmountField, ShapeField
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import choices_of

_numbers = count(1)
WITHOUT_BOARD = "province/dien-bien"
TRIANGLE = '{"type": "Polygon", "coordinates": [[[106.6, 20.8], [106.62, 20.8], [106.62, 20.82], [106.6, 20.8]]]}'


def values_for(register: Register, who: Reader, **given: Any) -> dict[str, Any]:
    """Values for the fields that must be filled, and for the others what keeps a thing free of contradictions.

    Things that belong to the same zone point at things of that zone.
    """
    values: dict[str, Any] = {}
    for field in register.asked:
        if field.name in given:
            values[field.name] = given[field.name]
        elif not field.blank and register.has(field.name, str(values.get(_kind_field(register), ""))):
            fresh = field.name == register.parent and not _has_free_key(register)
            values[field.name] = a_thing(_register_at(field), who) if fresh else _value(field, who, values)
    return values | given


def _kind_field(register: Register) -> str:
    return register.by_kind.field if register.by_kind else ""


def _has_free_key(register: Register) -> bool:
    """Whether two things of one parent can be told apart by what is typed."""
    fields = [register.field(name) for name in register.key]
    return any(isinstance(one, models.CharField) and not one.blank and not choices_of(one) for one in fields)


def _register_at(field: models.Field[Any, Any]) -> Register:
    assert isinstance(field.related_model, type)
    return register_of(field.related_model)


def keeper(register: Register) -> Reach:
    """Somebody who writes the register: An, or the ministry."""
    return reach("giang" if register.is_common else "an")


def a_thing(register: Register, who: Reader, *, reason: str = "thử", **given: Any) -> Any:
    return create(register, who, values_for(register, who, **given), reason=reason)


def _value(field: models.Field[Any, Any], who: Reader, so_far: dict[str, Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        other = _register_at(field)
        same = {name: value for name, value in so_far.items() if name == other.parent}
        # Things of one zone get one of their own: two leases do not fit on one plot.
        known = None if same else visible(other, who).filter(owner=who.home).order_by("pk").first()
        return known or a_thing(other, who, **same)
    if isinstance(field, ShapeField):
        return field.read(TRIANGLE)
    if isinstance(field, AmountField):
        return 10_000_000
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateField):
        return date(2024, 3, 1)
    if isinstance(field, models.IntegerField):
        return 2024
    if choices := choices_of(field):
        if WITHOUT_BOARD in choices and not who.home.startswith("board/"):
            return WITHOUT_BOARD  # elsewhere a zone is its board's to enter
        return who.home if who.home in choices else next(iter(choices))
    return f"Nhà máy Đường {next(_numbers)}"[: getattr(field, "max_length", None) or 200]
