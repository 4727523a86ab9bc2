"""A register for machines: its schema, and a thing by it."""

from __future__ import annotations

from typing import Any

from django.db import models

from sokhu.kit.registers.declaration import Register, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.values import choices_of, kept, label_of


def schema_of(register: Register) -> dict[str, Any]:
    """JSON Schema (2020-12) of a thing. Amounts are whole numbers of 10^-6 of `x-unit` (`core.quantity`)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"sokhu:register:{register.code}",
        "title": str(register.name),
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "owner": {"type": "string"},
            "version": {"type": "integer"},
            **{one.name: _property(register, one) for one in register.fields},
        },
        "required": [one.name for one in register.asked if not one.blank],
    }


def _property(register: Register, field: models.Field[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"title": label_of(field), "type": _type(field)}
    if isinstance(field, AmountField):
        found["x-unit"] = field.unit
    elif isinstance(field, models.DateField):
        found["format"] = "date"
    elif isinstance(field, models.ForeignKey):
        assert isinstance(field.related_model, type)
        found |= {"format": "uuid", "x-register": register_of(field.related_model).code}
    elif choices := choices_of(field):
        found["enum"] = [*choices, *([""] if field.blank else [])]
    if isinstance(field, models.CharField) and field.max_length:
        found["maxLength"] = field.max_length
    if field.null:
        found["type"] = [found["type"], "null"]
    if field.name in register.derived:
        found["readOnly"] = True
    return found


def _type(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.BooleanField):
        return "boolean"
    return "integer" if isinstance(field, models.IntegerField) else "string"


def as_json(register: Register, thing: Any) -> dict[str, Any]:
    """A thing by its schema."""
    values = {name: kept(value) for name, value in register.values(thing).items()}
    return {"id": str(thing.pk), "owner": thing.owner, "version": thing.version, **values}
