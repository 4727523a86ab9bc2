"""The filters of a register's list, as its address says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Reader, Register, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import Field, choices_of, label_of, read
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.registers.cells import named

Asked = Mapping[str, str]
FROM, TO = "tu", "den"
MOST_TO_CHOOSE = 500


@dataclass(slots=True)
class Filtered:
    """rows: those that pass; problems: sentences of what was typed and could not be read; is_set: anything chosen."""

    rows: QuerySet[Any]
    problems: list[str]
    is_set: bool = False


def filtered(register: Register, rows: QuerySet[Any], asked: Asked) -> Filtered:
    found = Filtered(rows, [])
    for name in register.filters:
        field = register.field(name)
        try:
            _apply(found, field, asked)
        except Problem as problem:
            found.problems.append(worded(problem, lang()))
    return found


def _apply(found: Filtered, field: Field, asked: Asked) -> None:
    if _is_a_range(field):
        for end, how in ((FROM, "gte"), (TO, "lte")):
            if text := asked.get(f"{field.name}_{end}", "").strip():
                found.rows = found.rows.filter(**{f"{field.name}__{how}": read(field, text)})
                found.is_set = True
    elif text := asked.get(field.name, "").strip():
        found.rows = found.rows.filter(**{field.attname: _value(field, text)})
        found.is_set = True


def _value(field: Field, text: str) -> Any:
    if not isinstance(field, models.ForeignKey):
        return read(field, text)
    try:
        return UUID(text)
    except ValueError:
        raise Problem("register.no_such_thing", label_of(field)) from None


def _is_a_range(field: Field) -> bool:
    return isinstance(field, AmountField | models.DateField) or (
        isinstance(field, models.IntegerField) and not field.choices
    )


def filter_fields(register: Register, who: Reader, asked: Asked) -> list[dict[str, Any]]:
    """The filters as a form's fields: selects, and pairs of from and to."""
    return [_filter_field(register.field(name), who, asked) for name in register.filters]


def _filter_field(field: Field, who: Reader, asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "label": label_of(field)}
    if _is_a_range(field):
        ends = [(f"{field.name}_{end}", words) for end, words in ((FROM, _("từ")), (TO, _("đến")))]
        return found | {"ends": [{"name": name, "label": words, "value": asked.get(name, "")} for name, words in ends]}
    choices = _things(field, who) if isinstance(field, models.ForeignKey) else _codes(field)
    chosen = asked.get(field.name, "")
    options = [{"value": code, "label": words, "selected": code == chosen} for code, words in choices()]
    return found | {"options": options}


def _codes(field: Field) -> Callable[[], list[tuple[str, str]]]:
    if isinstance(field, models.BooleanField):
        return lambda: [("1", _("có")), ("0", _("không"))]
    return lambda: list(choices_of(field).items())


def _things(field: Field, who: Reader) -> Callable[[], list[tuple[str, str]]]:
    assert isinstance(field.related_model, type)
    other = register_of(field.related_model)
    rows = visible(other, who).order_by(*other.order)[:MOST_TO_CHOOSE]
    return lambda: [(str(thing.pk), named(thing)) for thing in rows]
