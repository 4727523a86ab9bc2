"""Forms over a register: a new thing, a change, one field looked at while it is filled, removal and return."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem, Problems
from sokhu.kit.htmx import is_part
from sokhu.kit.registers.actions import Doubtful, bring_back, change, create, remove
from sokhu.kit.registers.declaration import Register, register_named
from sokhu.kit.registers.pointing import Pointed
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.search import searched
from sokhu.kit.registers.values import choices_of, typed_of
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.registers import unfinished
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.fields import (
    Errors,
    Typed,
    errors_of,
    form_field,
    form_sections,
    kind_of,
    sentence,
    value_from,
    values_from,
)
from sokhu.web.pages.registers.things import crumbs, crumbs_of, found_thing
from sokhu.web.pages.registers.writing import must_write_in

SUGGESTED = 12


def new_thing(request: HttpRequest, code: str) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    must_write_in(register, mine)
    if request.method != "POST":
        typed = unfinished.taken_up(request) or _given(register, mine, request)
        return _form(request, register, None, typed) if _has_kind(register, typed) else _kinds(request, register, typed)
    return _sent(request, register, None)


def edit_thing(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    thing = found_thing(register, mine, thing_id)
    mine.must("write", register.thing, thing.owner)
    if request.method != "POST":
        return _form(request, register, thing, unfinished.taken_up(request) or typed_values(register, mine, thing))
    return _sent(request, register, thing)


def _sent(request: HttpRequest, register: Register, thing: Any) -> HttpResponse:
    """By the button: saved; or kept, to enter what it points at; or shown again, with the fields of another kind."""
    typed, mine = request.POST.dict(), reach(request)
    if "add" in typed:
        return redirect(unfinished.leave(request, register, typed["add"], typed))
    if "again" in typed:
        return _form(request, register, thing, typed)
    values, errors = values_from(register, mine, typed)
    same = None
    if not errors:
        try:
            saved = _saved(register, mine, thing, values, typed)
        except (Problem, Problems) as told:
            errors = errors_of(register, told) | ({"sure": [""]} if isinstance(told, Doubtful) else {})
            same = _same_thing(register, mine, told)
        else:
            return _after_saving(request, register, saved, is_new=thing is None)
    return _form(request, register, thing, typed, errors, same=same)


def _same_thing(register: Register, mine: Reach, told: Problem | Problems) -> Any:
    """The thing that has the same key already."""
    problems = told.problems if isinstance(told, Problems) else [told]
    known = [one.params["known"] for one in problems if one.code == "register.possible_duplicate"]
    return visible(register, mine).filter(pk__in=known).first() if known else None


def _saved(register: Register, mine: Reach, thing: Any, values: dict[str, Any], typed: Typed) -> Any:
    reason, is_sure = typed.get("reason", ""), bool(typed.get("sure"))
    if thing is None:
        return create(register, mine, values, reason=reason, is_sure=is_sure)
    return change(register, mine, thing.pk, values, reason=reason, seen=int(typed.get("version") or 0), is_sure=is_sure)


def _after_saving(request: HttpRequest, register: Register, thing: Any, *, is_new: bool) -> HttpResponse:
    """To the form that waits for it, to one more of its kind, else to where it stands."""
    messages.success(request, _("Đã ghi %(what)s.") % {"what": named(thing)} if is_new else _("Đã ghi thay đổi."))
    if waiting := unfinished.back_with(request, reach(request), thing):
        return redirect(waiting)
    if "more" in request.POST:
        return redirect(f"{reverse('thing_new', args=[register.code])}?{urlencode(_same_again(register, thing))}")
    return redirect(place_of(register, thing))


def place_of(register: Register, thing: Any) -> str:
    """Where one reads on: in the list on the page of what it belongs to; on its own page where things belong to it."""
    parent = getattr(thing, register.parent) if register.parent and not register.is_looked_through else None
    return f"{url_of(parent)}#{register.code}" if parent is not None else url_of(thing)


def _same_again(register: Register, thing: Any) -> dict[str, str]:
    """What the next one of several has in common with the last: what it points at and what was chosen of a list.

    But for what names it: that tells it from the last.
    """
    chosen = (one for one in register.asked if isinstance(one, models.ForeignKey) or choices_of(one))
    values = {one.name: getattr(thing, one.attname) for one in chosen if one.name != register.title}
    return {name: str(value) for name, value in values.items() if value}


def _given(register: Register, mine: Reach, request: HttpRequest) -> dict[str, str]:
    """What is usual, and what the address fills in: the thing that a new one belongs to is shown by its name."""
    usual = {one.name: typed_of(one, one.get_default()) for one in register.asked if one.has_default()}
    given = usual | request.GET.dict()
    for field in register.asked:
        if isinstance(field, models.ForeignKey) and (text := given.get(field.name)):
            pointed = Pointed(field, mine)
            try:
                given[field.name] = pointed.told_apart(pointed.found(text, {}))
            except Problem:
                given.pop(field.name)
    return given


def typed_values(register: Register, mine: Reach, thing: Any) -> dict[str, str]:
    found = {}
    for field in register.asked:
        if isinstance(field, models.ForeignKey):
            other = getattr(thing, field.name)
            found[field.name] = Pointed(field, mine).told_apart(other) if other is not None else ""
        else:
            found[field.name] = typed_of(field, getattr(thing, field.name))
    return found


def _has_kind(register: Register, typed: Typed) -> bool:
    return register.by_kind is None or bool(kind_of(register, typed))


def _kinds(request: HttpRequest, register: Register, typed: Typed) -> HttpResponse:
    """The first step where fields depend on the kind: which one."""
    assert register.by_kind is not None
    field = register.field(register.by_kind.field)
    asked = request.GET.dict()
    context = {
        "title": _("Thêm %(one)s") % {"one": str(register.one)},
        "crumbs": crumbs_of(register),
        "about": typed.get(register.parent, ""),
        "kinds": [
            {
                "words": words,
                "url": f"?{urlencode(asked | {field.name: code})}",
                "holds": _headings(register, code),
            }
            for code, words in choices_of(field).items()
        ],
    }
    return render(request, "registers/kinds.html", context)


def _headings(register: Register, kind: str) -> list[str]:
    """The headings of what a thing of a kind may say besides what all say."""
    assert register.by_kind is not None
    own = register.by_kind.fields.get(kind, frozenset())
    return [str(title) for title, names in register.sections if own.intersection(names)]


def _form(
    request: HttpRequest,
    register: Register,
    thing: Any,
    typed: Typed,
    errors: Errors | None = None,
    *,
    same: Any = None,
) -> HttpResponse:
    """same: the thing that is in the register already."""
    mine, errors = reach(request), errors or {}
    waits = unfinished.waiting(request)
    sections = form_sections(register, mine, typed, errors, is_sent=bool(errors))
    shown = {one["name"]: one["label"] for section in sections for one in section["fields"]}
    context = {
        "title": named(thing) if thing else _("Thêm %(one)s") % {"one": str(register.one)},
        "crumbs": crumbs(register, thing) if thing else crumbs_of(register),
        "sections": sections,
        "errors": errors,
        "marked": [{"name": n, "label": shown[n], "sentence": told[0]} for n, told in errors.items() if n in shown],
        "loose": [one for name, told in errors.items() if name not in {*shown, "reason", "sure"} for one in told],
        "same": {"name": named(same), "url": url_of(same)} if same is not None else None,
        "is_doubtful": "sure" in errors,
        "reason": typed.get("reason", ""),
        "version": typed.get("version", thing.version if thing else ""),
        "is_new": thing is None,
        "one": str(register.one),
        "waits": waits,
        "has_more": thing is None and waits is None and bool(register.parent),
        "back": waits["url"] if waits else _way_back(register, mine, thing, typed),
    }
    template = "registers/_form.html" if is_part(request) else "registers/form.html"
    return render(request, template, context, status=422 if errors else 200)


def _way_back(register: Register, mine: Reach, thing: Any, typed: Typed) -> str:
    if thing is not None:
        return url_of(thing)
    if register.parent and typed.get(register.parent):
        try:
            parent = Pointed(register.field(register.parent), mine).found(typed[register.parent], {})
        except Problem:
            parent = None
        if parent is not None:
            return f"{url_of(parent)}#{register.code}"
    return reverse("register", args=[register.code])


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
        errors = [sentence(problem)]
    return render(request, "registers/_field.html", {"field": form_field(register, field, text, errors, is_sent=True)})


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
