"""Entries of one firm or person: pairs that look alike, merged by a person, and mergers that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.projects.actions import ROLES, merge, offer_again, tell_apart, unmerge
from sokhu.areas.projects.duplicates import MOST, NEAR_NAME, SAME_CODE, Offer, offers
from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem, Problems
from sokhu.kit.registers.declaration import Register, register_named
from sokhu.kit.registers.values import id_in
from sokhu.kit.wording import all_worded, lang
from sokhu.web.pages.registers.cells import url_of

MOST_MERGED = 50


def duplicates(request: HttpRequest, code: str) -> HttpResponse:
    register, mine = _register(code), reach(request)
    found, merged = offers(register, mine), _merged(register, mine)
    counts = _projects_of(register, [thing for one in found.open for thing in (one.one, one.other)])
    context = {
        "title": _("Mục có thể trùng"),
        "subtitle": str(register.name),
        "crumbs": [
            {"label": _("Hồ sơ quản lý"), "url": reverse("registers")},
            {"label": str(register.name), "url": reverse("register", args=[code])},
        ],
        "code": code,
        "offers": [_offer(one, counts) for one in found.open],
        "is_cut": len(found.open) == MOST,
        "apart": [
            {"pair": [str(pk) for pk in one.pair], "names": [one.one.name, one.other.name]} for one in found.apart
        ],
        "merged": [{"id": str(one.pk), "name": one.name, "into": one.merged_into.name} for one in merged],
        "can_write": bool(mine.own),
    }
    return render(request, "projects/merging.html", context)


@require_POST
def merge_two(request: HttpRequest, code: str) -> HttpResponse:
    """keep: the one that stays; pair: both, the order does not matter."""
    register, mine = _register(code), reach(request)

    def act() -> str:
        keep, pair = _id(request.POST.get("keep", "")), [_id(one) for one in request.POST.getlist("pair")]
        other = next((one for one in pair if one != keep), keep)
        thing = merge(register, mine, keep, other, reason=request.POST.get("reason", ""))
        return _("Đã gộp vào %(name)s.") % {"name": thing.name}

    return _done(request, code, act)


@require_POST
def tell_two_apart(request: HttpRequest, code: str) -> HttpResponse:
    """pair: both; again: they are to be offered as one again."""
    register, mine = _register(code), reach(request)

    def act() -> str:
        pair = [_id(one) for one in request.POST.getlist("pair")]
        if len(pair) != 2:
            raise Problem("register.no_such_thing")
        if request.POST.get("again"):
            offer_again(register, mine, *pair)
            return _("Cặp này lại nằm trong các mục có thể trùng.")
        tell_apart(register, mine, *pair)
        return _("Đã ghi là hai, không hỏi lại cặp này.")

    return _done(request, code, act)


@require_POST
def take_apart(request: HttpRequest, code: str, thing_id: UUID) -> HttpResponse:
    register, mine = _register(code), reach(request)

    def act() -> str:
        thing = unmerge(register, mine, thing_id, reason=request.POST.get("reason", ""))
        return _("Đã tách lại %(name)s.") % {"name": thing.name}

    return _done(request, code, act)


def _done(request: HttpRequest, code: str, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except (Problem, Problems) as told:
        for sentence in all_worded(told, lang()):
            messages.error(request, sentence)
    return redirect("register_duplicates", code)


def _register(code: str) -> Register:
    if code not in ROLES:
        raise Problem("register.no_such_register", found=code)
    return register_named(code)


def _id(text: str) -> UUID:
    found = id_in(text)
    if found is None:
        raise Problem("register.no_such_thing")
    return found


def _merged(register: Register, mine: Reach) -> Sequence[Any]:
    rows: QuerySet[Any] = register.model._default_manager.all()
    rows = rows.filter(is_gone=True, merged_into__isnull=False)
    rows = rows if mine.is_system else rows.filter(owner__in=mine.own)
    return list(rows.select_related("merged_into").order_by("-version")[:MOST_MERGED])


def _projects_of(register: Register, things: Iterable[Any]) -> Counter[UUID]:
    """How many roles in projects each thing has."""
    roles, name = ROLES[register.code]
    ids = {thing.pk for thing in things}
    found = roles.model._default_manager.filter(is_gone=False, **{f"{name}__in": ids})
    return Counter(found.values_list(name, flat=True))


def _offer(one: Offer, counts: Counter[UUID]) -> dict[str, Any]:
    if one.ground == SAME_CODE:
        why = _("cùng mã số")
    elif one.ground == NEAR_NAME:
        why = _("tên gần giống, %(percent)s%%") % {"percent": one.likeness}
    else:
        why = _("cùng tên khi bỏ loại hình và dấu")
    pair = sorted((one.one, one.other), key=lambda thing: (-counts[thing.pk], not getattr(thing, "tax_code", "")))
    return {"why": why, "pair": [_side(thing, counts) for thing in pair]}


def _apart(one: Offer) -> dict[str, Any]:
    return {"pair": [str(thing) for thing in one.pair], "names": [one.one.name, one.other.name]}


def _side(thing: Any, counts: Counter[UUID]) -> dict[str, Any]:
    told = [getattr(thing, "tax_code", ""), thing.address]
    return {
        "id": str(thing.pk),
        "name": thing.name,
        "url": url_of(thing),
        "told": " · ".join(one for one in told if one),
        "count": counts[thing.pk],
    }
