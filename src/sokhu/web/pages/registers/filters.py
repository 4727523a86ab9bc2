"""The filters of a register's list, as its address says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Reader, Register, children_of, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import Field, choices_of, id_in, label_of, read
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.registers.cells import named

Asked = Mapping[str, str]
FROM, TO = "tu", "den"
# Things without any of a kind that belongs to them; things of one authority's book, or of all.
WITHOUT, BOOK, EVERY_BOOK = "thieu", "so-cua", "tat-ca"
MOST_TO_CHOOSE = 500


@dataclass(slots=True)
class Filtered:
    """rows: those that pass; problems: sentences of what was typed and could not be read; is_set: anything chosen."""

    rows: QuerySet[Any]
    problems: list[str]
    is_set: bool = False


def filtered(register: Register, who: Reader, rows: QuerySet[Any], asked: Asked) -> Filtered:
    found = Filtered(rows, [])
    owner = asked.get(BOOK, "")
    if owner and owner != EVERY_BOOK:
        found.rows, found.is_set = found.rows.filter(owner=owner), True
    for child, name in children_of(register):
        if child.code == asked.get(WITHOUT):
            theirs = visible(child, who).filter(**{child.field(name).attname: OuterRef("pk")})
            found.rows, found.is_set = found.rows.filter(~Exists(theirs)), True
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
    found = id_in(text)
    if found is None:
        raise Problem("register.no_such_thing", label_of(field))
    return found


def _is_a_range(field: Field) -> bool:
    return isinstance(field, AmountField | models.DateField) or (
        isinstance(field, models.IntegerField) and not field.choices
    )


def filter_fields(register: Register, who: Reader, asked: Asked) -> list[dict[str, Any]]:
    """The filters as a form's fields: selects, and pairs of from and to."""
    fields = [_filter_field(register.field(name), who, asked) for name in register.filters]
    children = [(child.code, str(child.name)) for child, _name in children_of(register)]
    return [*fields, _select(WITHOUT, _("Chưa có"), children, asked)] if children else fields


def _filter_field(field: Field, who: Reader, asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "label": label_of(field)}
    if _is_a_range(field):
        ends = [(f"{field.name}_{end}", words) for end, words in ((FROM, _("từ")), (TO, _("đến")))]
        return found | {"ends": [{"name": name, "label": words, "value": asked.get(name, "")} for name, words in ends]}
    chosen = asked.get(field.name, "")
    choices = _things(field, who, chosen) if isinstance(field, models.ForeignKey) else _codes(field)
    return _select(field.name, found["label"], choices, asked)


def _select(name: str, label: str, choices: Iterable[tuple[str, str]], asked: Asked) -> dict[str, Any]:
    chosen = asked.get(name, "")
    options = [{"value": code, "label": words, "selected": code == chosen} for code, words in choices]
    return {"name": name, "label": label, "options": options}


def _codes(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, models.BooleanField):
        return [("1", _("có")), ("0", _("không"))]
    return list(choices_of(field).items())


def _things(field: Field, who: Reader, chosen: str) -> list[tuple[str, str]]:
    """The first things to choose from, and the chosen one wherever it stands: an address may name any."""
    assert isinstance(field.related_model, type)
    other = register_of(field.related_model)
    known = visible(other, who)
    found = {str(thing.pk): named(thing) for thing in known.order_by(*other.order)[:MOST_TO_CHOOSE]}
    wanted = id_in(chosen)
    if wanted and str(wanted) not in found:
        found = {str(thing.pk): named(thing) for thing in known.filter(pk=wanted)} | found
    return list(found.items())
