"""The fields of a form over a register: which of them, with what was typed, what is wrong in it and how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.territory.queries import Reach
from sokhu.core.numbers import format_number, other_reading
from sokhu.core.problems import Problem, Problems
from sokhu.core.quantity import restated
from sokhu.kit.registers.declaration import Register, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.pointing import Pointed
from sokhu.kit.registers.values import Field, choices_of, label_of, read, text_of, unit_words
from sokhu.kit.wording import lang, worded

Errors = dict[str, list[str]]
Typed = Mapping[str, str]
OPEN_SECTIONS = 3  # of a form of kinds; what follows is seldom filled and folded until it is


def values_from(register: Register, mine: Reach, typed: Typed) -> tuple[dict[str, Any], Errors]:
    """The values that a form says, and what could not be read, by field."""
    values: dict[str, Any] = {}
    errors: Errors = {}
    for field in register.asked:
        try:
            values[field.name] = value_from(field, mine, typed.get(field.name, ""), values)
        except Problem as problem:
            errors[field.name] = [sentence(problem)]
    return values, errors


def value_from(field: Field, mine: Reach, text: str, values: Mapping[str, Any]) -> Any:
    return Pointed(field, mine).found(text, values) if isinstance(field, models.ForeignKey) else read(field, text)


def sentence(problem: Problem) -> str:
    """The sentence without the field's name: it stands at the field."""
    return worded(Problem(problem.code, "", **problem.params), lang())


def errors_of(register: Register, told: Problem | Problems) -> Errors:
    """Sentences by the field that they are about; under "all" those of no field."""
    errors: Errors = {}
    for problem in told.problems if isinstance(told, Problems) else [told]:
        errors.setdefault(_marked(register, problem), []).append(sentence(problem))
    return errors


def _marked(register: Register, problem: Problem) -> str:
    """The field whose label a problem names in `where`, or that the register marks for it."""
    if problem.code == "register.reason_missing":
        return "reason"
    named = next((one.name for one in register.asked if label_of(one) == problem.where), "")
    return named or register.marks.get(problem.code, "all").format(**problem.params).lower()


def kind_of(register: Register, typed: Typed) -> str:
    """The kind that was typed, by its code or its words; "" for none, and where the register knows no kinds."""
    if register.by_kind is None:
        return ""
    try:
        return str(read(register.field(register.by_kind.field), typed.get(register.by_kind.field, "")))
    except Problem:
        return ""


def form_sections(
    register: Register, mine: Reach, typed: Typed, errors: Errors, *, is_sent: bool
) -> list[dict[str, Any]]:
    """The fields of the chosen kind under their headings, and those that are filled all the same.

    is_sent: whether somebody typed into it, who is to be told how amounts were read.
    """
    kind = kind_of(register, typed)
    errors = _not_of_kind(register, kind, typed) | errors
    asked = {one.name: one for one in register.asked}
    shown = [name for name in asked if register.has(name, kind) or typed.get(name) or name in errors]
    placed = {name for _title, names in register.sections for name in names}
    rest = tuple(name for name in shown if name not in placed)
    found: list[dict[str, Any]] = []
    for title, names in (*register.sections, ("", rest)):
        fields = [
            form_field(register, asked[name], typed.get(name, ""), errors.get(name, []), mine=mine, is_sent=is_sent)
            for name in names
            if name in shown
        ]
        if fields:
            found.append(
                {
                    "title": str(title),
                    "fields": fields,
                    "is_folded": _is_folded(register, len(found), fields),
                    "sheet": _sheet(register, fields),
                }
            )
    return found


def _row_words(register: Register, name: str) -> str:
    field, words = register.field(name), str(register.sheet[name][0])
    words = words[:1].upper() + words[1:]
    return f"{words} ({unit_words(field)})" if isinstance(field, AmountField) and field.unit else words


def _sheet(register: Register, fields: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The fields of a section as rows and columns; None where they are not laid out so."""
    if not all(one["name"] in register.sheet for one in fields):
        return None
    places = [(_row_words(register, one["name"]), str(register.sheet[one["name"]][1])) for one in fields]
    columns = list(dict.fromkeys(column for _row, column in places))
    cells = dict(zip(places, fields, strict=True))
    rows = [
        {"label": row, "cells": [cells.get((row, column)) for column in columns]}
        for row in dict.fromkeys(row for row, _column in places)
    ]
    return {"columns": columns, "rows": rows}


def _not_of_kind(register: Register, kind: str, typed: Typed) -> Errors:
    """What stays in the form when another kind is chosen, with what is to be done with it."""
    strange = [one.name for one in register.asked if typed.get(one.name) and not register.has(one.name, kind)]
    if register.by_kind is None or not strange:
        return {}
    words = text_of(register.field(register.by_kind.field), kind)
    return {name: [sentence(Problem("register.not_of_kind", kind=words))] for name in strange}


def _is_folded(register: Register, at: int, fields: list[dict[str, Any]]) -> bool:
    is_plain = not any(one["value"] or one["errors"] or one["required"] for one in fields)
    return register.by_kind is not None and at >= OPEN_SECTIONS and is_plain


def form_field(
    register: Register, field: Field, value: str, errors: list[str], *, mine: Reach | None = None, is_sent: bool = False
) -> dict[str, Any]:
    """What `registers/_field.html` takes. mine: of whoever may enter what the field points at, and come back."""
    found: dict[str, Any] = {
        "name": field.name,
        "label": label_of(field),
        "value": value,
        "errors": errors,
        "required": not field.blank and not isinstance(field, models.BooleanField),
        "help": str(register.help.get(field.name, "")),
        "kind": _kind(field),
        "check_url": reverse("register_check", args=[register.code]),
        "limit": getattr(field, "max_length", None) or "",
        "is_switch": mine is not None and register.by_kind is not None and register.by_kind.field == field.name,
    }
    if found["kind"] == "select":
        options = choices_of(field).items()
        found["options"] = [{"value": code, "label": words, "selected": code == value} for code, words in options]
    if isinstance(field, models.ForeignKey):
        assert isinstance(field.related_model, type)
        other = register_of(field.related_model)
        found["suggest_url"] = reverse("register_suggest", args=[other.code])
        found["add"] = str(other.one) if mine is not None and mine.own else ""
    if is_sent and isinstance(field, AmountField) and not errors:
        found |= _reading(field, value)
    return found


def _kind(field: Field) -> str:
    if isinstance(field, models.ForeignKey):
        return "thing"
    if isinstance(field, models.BooleanField):
        return "check"
    if choices_of(field):
        return "select"
    if isinstance(field, models.TextField):
        return "long"
    if isinstance(field, models.DateField):
        return "day"
    return "number" if isinstance(field, AmountField | models.IntegerField) else "text"


def _reading(field: AmountField, text: str) -> dict[str, str]:
    """How an amount was read, in its unit and a larger or smaller one; whether another reading is as good."""
    try:
        amount = read(field, text)
    except Problem:
        return {}
    if amount is None or not field.unit:
        return {}
    said = f"{text_of(field, amount)} {unit_words(field)}"
    others = [] if field.said_as else restated(amount, field.unit, lang())
    found = {"reading": " = ".join([_("Đọc là %(said)s") % {"said": said}, *others])}
    other = other_reading(text)
    if other is not None:
        meant = {"other": format_number(other, lang="vi"), "unit": unit_words(field)}
        found["doubt"] = _("Dấu chấm được đọc là ngăn hàng nghìn. Nếu là %(other)s %(unit)s, ghi %(other)s.") % meant
    return found
