"""The page of a thing: what it is, what belongs to it, how it came to be so, who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.territory.queries import Reach, authority_name
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Register, listed_with, register_named, register_of
from sokhu.kit.registers.exporting import pointing_fields
from sokhu.kit.registers.history import Change, history
from sokhu.kit.registers.queries import as_read, belonging_to, hidden_from, subjects_of, visible
from sokhu.kit.registers.schema import as_json
from sokhu.kit.registers.values import label_of, text_of
from sokhu.kit.wording import lang
from sokhu.web.outside import names_of_subjects
from sokhu.web.pages.registers.cells import Cell, Cells, is_number, named, url_of
from sokhu.web.pages.registers.panels import panels_of

CHILDREN_SHOWN, CHANGES_SHOWN = 20, 30


def found_thing(register: Register, mine: Reach, thing_id: UUID) -> Any:
    """A thing that is there, or was removed, with what it points at. Raises Problem("register.no_such_thing")."""
    pointing = pointing_fields(register)
    for gone in (False, True):
        thing = visible(register, mine, gone=gone).select_related(*pointing).filter(pk=thing_id).first()
        if thing is not None:
            return thing
    raise Problem("register.no_such_thing")


def thing_page(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    thing = found_thing(register, mine, thing_id)
    hidden = hidden_from(register, mine, thing)
    can_write = mine.may("write", register.thing, thing.owner)
    children = [] if thing.is_gone else [_children(one, field, mine, thing) for one, field in listed_with(register)]
    context = {
        "title": named(thing),
        "subtitle": f"{str(register.one)[:1].upper()}{str(register.one)[1:]} · {authority_name(thing.owner)}",
        "crumbs": crumbs(register, thing),
        "register": {"code": code, "one": str(register.one)},
        "thing": {"id": str(thing.pk), "is_gone": thing.is_gone, "version": format_number(thing.version)},
        "can_write": can_write,
        "sections": sections_of(register, as_read(register, mine, thing)),
        "children": [one for one in children if one["rows"]],
        "empty": [one for one in children if not one["rows"] and one["may_read"]],
        "panels": [] if thing.is_gone else panels_of(request, register, thing),
        "changes": _changes(register, thing.pk, hidden),
        "readers": _readers(register, thing),
    }
    return render(request, "registers/thing.html", context)


def _readers(register: Register, thing: Any) -> list[dict[str, Any]]:
    about = subjects_of(register, thing)
    return who_may_see(register.thing, thing.owner, about=about, names=names_of_subjects(about, thing.owner))


def crumbs(register: Register, thing: Any) -> list[dict[str, str]]:
    parent = getattr(thing, register.parent) if register.parent else None
    if parent is None:
        return crumbs_of(register)
    return [*crumbs_of(register_of(type(parent))), {"label": named(parent), "url": url_of(parent)}]


def crumbs_of(register: Register) -> list[dict[str, str]]:
    """The way to a register's list."""
    return [
        {"label": _("Hồ sơ quản lý"), "url": reverse("registers")},
        {"label": str(register.name), "url": reverse("register", args=[register.code])},
    ]


def sections_of(register: Register, thing: Any) -> list[dict[str, Any]]:
    """The values under their headings; fields that no section names come last, empty ones are left out."""
    placed = {name for _title, names in register.sections for name in names}
    rest = tuple(one.name for one in register.shown if one.name not in placed)
    cells = Cells(register, [one.name for one in register.fields])
    found = []
    for title, names in (*register.sections, (_("Khác") if register.sections else "", rest)):
        values = [cells.cell(thing, register.field(name)) for name in names]
        if lines := [one for one in values if one.text]:
            found.append({"title": str(title), "lines": lines})
    return found


def _children(register: Register, parent: str, mine: Reach, thing: Any) -> dict[str, Any]:
    """The first things of a register that point at this one. parent: the field by which they do."""
    columns = [name for name in register.columns if name != parent]
    rows = belonging_to(register, mine, thing.pk, parent).select_related(*pointing_fields(register, columns))
    shown_rows = [as_read(register, mine, one) for one in rows[: CHILDREN_SHOWN + 1]]
    cells = Cells(register, columns)
    count = len(shown_rows) if len(shown_rows) <= CHILDREN_SHOWN else rows.count()
    asked, is_cut = f"?{parent}={thing.pk}", count > CHILDREN_SHOWN
    return {
        "code": register.code,
        "name": str(register.name),
        "one": str(register.one),
        "may_read": mine.may("read", register.thing, thing.owner),
        "columns": [
            {"label": label_of(register.field(name)), "is_number": is_number(register.field(name))} for name in columns
        ],
        "rows": [_row(one, cells.of(one), parent == register.parent) for one in shown_rows[:CHILDREN_SHOWN]],
        "count": format_number(count, lang=lang()),
        "is_cut": is_cut,
        "more": reverse("register", args=[register.code]) + asked if is_cut and parent in register.filters else "",
        "add": "" if parent in register.derived else reverse("thing_new", args=[register.code]) + asked,
    }


def _row(thing: Any, cells: list[Cell], is_own: bool) -> dict[str, Any]:
    """A line of what belongs to a thing leads to it; of what points at one, to what its first column names."""
    return {"url": url_of(thing) if is_own else cells[0].url or url_of(thing), "cells": cells}


def _changes(register: Register, thing_id: UUID, hidden: frozenset[str]) -> dict[str, Any]:
    changes = history(register, thing_id)
    authors = names_of(one.author for one in changes if one.author)
    cells = Cells(register, [one.name for one in register.fields])
    titles = _titles(register, changes[:CHANGES_SHOWN])
    rows = [_change(register, one, authors, cells, titles, hidden) for one in changes[:CHANGES_SHOWN]]
    return {"rows": rows, "count": len(changes), "left_off": max(0, len(changes) - CHANGES_SHOWN)}


def _titles(register: Register, changes: list[Change]) -> dict[Any, str]:
    """Names of the things that values of these changes point at, a question to the database for each field."""
    found: dict[Any, str] = {}
    for field in register.fields:
        if isinstance(field, models.ForeignKey):
            here = [d for one in changes for d in one.differences if d.field == field.name]
            ids = {value for d in here for value in (d.before, d.after) if value}
            assert isinstance(field.related_model, type)
            manager = field.related_model._default_manager
            found |= {thing.pk: named(thing) for thing in manager.filter(pk__in=ids)}
    return found


def _change(
    register: Register,
    one: Change,
    authors: dict[object, str],
    cells: Cells,
    titles: dict[Any, str],
    hidden: frozenset[str],
) -> dict[str, Any]:
    def words(name: str, value: Any) -> str:
        return titles.get(value) or text_of(register.field(name), value, cells.words[name])

    local = timezone.localtime(one.at)
    what = _("Bỏ khỏi sổ bộ") if one.is_gone else _("Ghi lần đầu") if one.is_first else _("Thay đổi")
    differences = () if one.is_gone else tuple(d for d in one.differences if d.field not in hidden | register.internal)
    return {
        "sequence": format_number(one.sequence, lang=lang()),
        "at": f"{local:%d/%m/%Y %H:%M}",
        "author": authors.get(one.author, _("chương trình")),
        "reason": one.reason,
        "what": what,
        "is_first": one.is_first,
        "lines": [
            {"label": cells.labels[d.field], "before": words(d.field, d.before), "after": words(d.field, d.after)}
            for d in differences
            if d.before not in (None, "") or d.after not in (None, "")
        ],
    }


def thing_json(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    thing = as_read(register, mine, found_thing(register, mine, thing_id))
    return JsonResponse(as_json(register, thing), json_dumps_params={"ensure_ascii": False})
