"""The map of a register's list: the things that its filters leave, as outlines where they lie near, else as dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.territory.maps import MapMark, map_of
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones.drawing import FARTHEST_KM, Drawn, drawing, view_of
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.documents.geo.shape import polygons_of
from sokhu.kit.registers.declaration import Placed, Register, register_named
from sokhu.kit.registers.exporting import pointing_fields
from sokhu.kit.wording import lang
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.filters import BOOK, filter_fields
from sokhu.web.pages.registers.lists import SEARCH, book_of, listed, query_without
from sokhu.web.pages.registers.things import crumbs_of

MOST_MAPPED, MOST_NAMED = 500, 30
FINEST = 900  # a drawing shows no more than about so many steps across


def register_map(request: HttpRequest, code: str) -> HttpResponse:
    """Raises Problem("register.no_such_register") for one whose things lie nowhere."""
    register, mine = register_named(code), reach(request)
    if register.placed is None:
        raise Problem("register.no_such_register", found=code)
    asked = listed(register, mine, request)
    things = {one.pk: one for one in asked.rows.select_related(*pointing_fields(register))[:MOST_MAPPED]}
    placed = list(register.placed(register.model._default_manager.filter(pk__in=things).order_by(*register.order)))
    context = {
        "title": _("Bản đồ: %(register)s") % {"register": register.name},
        "crumbs": [*crumbs_of(register), {"label": _("Bản đồ")}],
        "list_url": f"{reverse('register', args=[code])}?{query_without(request, 'trang')}",
        "filters": filter_fields(register, mine, request.GET.dict()),
        "q": request.GET.get(SEARCH, ""),
        "of_book": book_of(request, register, mine),
        "reset": reverse("register_map", args=[code]) if query_without(request, "trang", BOOK) else "",
        "problems": asked.filters.problems,
        "count": _number(len(placed)),
        "without": _number(len(things) - len(placed)),
        "is_cut": asked.rows.count() > MOST_MAPPED,
        "most": _number(MOST_MAPPED),
        "lines": [{"name": _said(register, things[one.thing]), "url": url_of(things[one.thing])} for one in placed],
        **_picture(register, placed, things),
    }
    return render(request, "registers/map.html", context)


def _said(register: Register, thing: Any) -> str:
    """Its name with that of what it belongs to."""
    parent = getattr(thing, register.parent) if register.parent else None
    return named(thing) if parent is None else f"{named(thing)}, {named(parent)}"


def _picture(register: Register, placed: Sequence[Placed], things: dict[Any, Any]) -> dict[str, Any]:
    """A drawing of the ground where every outline is known and all of it is near, else the country with dots."""
    title = str(register.name)
    if not placed:
        return {}
    if all(one.outline for one in placed):
        view = view_of(polygons_of(one.outline) for one in placed)
        if view.km < FARTHEST_KM:
            few = len(placed) <= MOST_NAMED
            drawn = [_drawn(one, _said(register, things[one.thing]), things, view.km, few) for one in placed]
            return {"ground": drawing(drawn, view, title=title) | {"sorts": []}}
    marks = [MapMark(name=_said(register, things[one.thing]), at=one.position) for one in placed]
    return {"map": map_of(timezone.localdate(), title=title, marks=marks)}


def _drawn(one: Placed, said: str, things: dict[Any, Any], km: float, is_named: bool) -> Drawn:
    from sokhu.documents.geo.measure import simplified

    polygons = simplified(polygons_of(one.outline), km * 1000 / FINEST)
    return Drawn("now", polygons, said, said if is_named else "", url_of(things[one.thing]))


def _number(number: int) -> str:
    return format_number(number, lang=lang())
