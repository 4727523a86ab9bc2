"""Forms over a register: a new thing, a change, one field looked at while it is filled, removal and return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem, Problems
from sokhu.kit.registers.actions import bring_back, change, create, remove
from sokhu.kit.registers.declaration import Register, register_named, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.pointing import Pointed
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.search import searched
from sokhu.kit.registers.values import Field, choices_of, label_of, read, typed_of
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.things import crumbs, crumbs_of, found_thing

Errors = dict[str, list[str]]
SUGGESTED = 12


def new_thing(request: HttpRequest, code: str) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    if not mine.own:
        raise Problem("access.no_authority")
    if request.method != "POST":
        return _form(request, register, None, _given(register, mine, request), {})
    values, errors = values_from(register, mine, request.POST.dict())
    if not errors:
        try:
            thing = create(register, mine, values, reason=request.POST.get("reason", ""))
        except (Problem, Problems) as told:
            errors = errors_of(register, told)
        else:
            messages.success(request, _("Đã ghi %(what)s.") % {"what": named(thing)})
            return redirect(url_of(thing))
    return _form(request, register, None, request.POST.dict(), errors, status=422)


def _given(register: Register, mine: Reach, request: HttpRequest) -> dict[str, str]:
    """What the address fills in: the thing that a new one belongs to, by its id, is shown by its name."""
    given = request.GET.dict()
    for field in register.asked:
        if isinstance(field, models.ForeignKey) and (text := given.get(field.name)):
            try:
                given[field.name] = named(Pointed(field, mine).found(text, {}))
            except Problem:
                given.pop(field.name)
    return given


def edit_thing(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    thing = found_thing(register, mine, thing_id)
    mine.must_write_for(thing.owner)
    if request.method != "POST":
        return _form(request, register, thing, typed_values(register, thing), {})
    values, errors = values_from(register, mine, request.POST.dict())
    if not errors:
        try:
            seen = int(request.POST.get("version") or 0)
            change(register, mine, thing_id, values, reason=request.POST.get("reason", ""), seen=seen)
        except (Problem, Problems) as told:
            errors = errors_of(register, told)
        else:
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect(url_of(thing))
    return _form(request, register, thing, request.POST.dict(), errors, status=422)


def typed_values(register: Register, thing: Any) -> dict[str, str]:
    found = {}
    for field in register.asked:
        if isinstance(field, models.ForeignKey):
            other = getattr(thing, field.name)
            found[field.name] = named(other) if other is not None else ""
        else:
            found[field.name] = typed_of(field, getattr(thing, field.name))
    return found


def values_from(register: Register, mine: Reach, typed: Mapping[str, str]) -> tuple[dict[str, Any], Errors]:
    """The values that a form says, and what could not be read, by field."""
    values: dict[str, Any] = {}
    errors: Errors = {}
    for field in register.asked:
        try:
            values[field.name] = value_from(field, mine, typed.get(field.name, ""), values)
        except Problem as problem:
            errors[field.name] = [_sentence(problem)]
    return values, errors


def value_from(field: Field, mine: Reach, text: str, values: Mapping[str, Any]) -> Any:
    return Pointed(field, mine).found(text, values) if isinstance(field, models.ForeignKey) else read(field, text)


def _sentence(problem: Problem) -> str:
    """The sentence without the field's name: it stands at the field."""
    return worded(Problem(problem.code, "", **problem.params), lang())


def errors_of(register: Register, told: Problem | Problems) -> Errors:
    """Sentences by the field whose label they name in `where`; under "all" those of no field."""
    labels = {label_of(field): field.name for field in register.asked}
    errors: Errors = {}
    for problem in told.problems if isinstance(told, Problems) else [told]:
        name = labels.get(problem.where, "reason" if problem.code == "register.reason_missing" else "all")
        errors.setdefault(name, []).append(_sentence(problem))
    return errors


def _form(
    request: HttpRequest, register: Register, thing: Any, typed: Mapping[str, str], errors: Errors, status: int = 200
) -> HttpResponse:
    one = str(register.one)
    context = {
        "title": named(thing) if thing else _("Thêm %(one)s") % {"one": one},
        "crumbs": crumbs(register, thing) if thing else crumbs_of(register),
        "sections": _form_sections(register, typed, errors),
        "errors": errors,
        "reason": typed.get("reason", ""),
        "version": typed.get("version", thing.version if thing else ""),
        "is_new": thing is None,
        "back": url_of(thing) if thing else reverse("register", args=[register.code]),
    }
    return render(request, "registers/form.html", context, status=status)


def _form_sections(register: Register, typed: Mapping[str, str], errors: Errors) -> list[dict[str, Any]]:
    placed = {name for _title, names in register.sections for name in names}
    rest = tuple(one.name for one in register.asked if one.name not in placed)
    asked = {one.name for one in register.asked}
    return [
        {
            "title": str(title),
            "fields": [
                form_field(register, register.field(name), typed.get(name, ""), errors.get(name, []))
                for name in names
                if name in asked
            ],
        }
        for title, names in (*register.sections, ("", rest))
        if asked.intersection(names)
    ]


def form_field(register: Register, field: Field, value: str, errors: list[str]) -> dict[str, Any]:
    """What `registers/_field.html` takes."""
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
    }
    if found["kind"] == "select":
        options = choices_of(field).items()
        found["options"] = [{"value": code, "label": words, "selected": code == value} for code, words in options]
    if isinstance(field, models.ForeignKey):
        assert isinstance(field.related_model, type)
        found["suggest_url"] = reverse("register_suggest", args=[register_of(field.related_model).code])
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


def check_field(request: HttpRequest, code: str) -> HttpResponse:
    """One field with what is wrong in it, while the form is being filled."""
    register, mine = register_named(code), reach(request)
    name = next((one.name for one in register.asked if one.name in request.GET), "")
    if not name:
        raise Problem("register.no_such_register", found=code)
    field, text = register.field(name), request.GET.get(name, "")
    errors = []
    try:
        if text.strip():  # what is left empty is told when the form is sent
            value_from(field, mine, text, {})
    except Problem as problem:
        errors = [_sentence(problem)]
    return render(request, "registers/_field.html", {"field": form_field(register, field, text, errors)})


def suggest(request: HttpRequest, code: str) -> HttpResponse:
    """Names of things for a field that points at them, as options of a list."""
    register, mine = register_named(code), reach(request)
    rows = searched(register, visible(register, mine), next(iter(request.GET.dict().values()), "")).rows
    names = [named(one) for one in rows.order_by(*register.order)[:SUGGESTED]]
    return render(request, "registers/_suggested.html", {"names": names})


@require_POST
def remove_thing(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    thing = found_thing(register, mine, thing_id)
    act = bring_back if thing.is_gone else remove
    try:
        act(register, mine, thing_id, reason=request.POST.get("reason", ""))
    except Problem as problem:
        messages.error(request, worded(problem, lang()))
    else:
        said = _("Đã đưa lại vào sổ bộ.") if thing.is_gone else _("Đã bỏ khỏi sổ bộ; lịch sử vẫn còn ở đây.")
        messages.success(request, said)
    return redirect("thing", code, thing_id)
