"""The list of a register: searched, filtered, sorted, saved under a name, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts import saved_views
from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import Reach, authority_name
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.documents.spreadsheet import Sheet, separated, workbook
from sokhu.kit.book import mark
from sokhu.kit.paging import ByKey, paged
from sokhu.kit.registers.declaration import Register, by_subject, register_named, registers
from sokhu.kit.registers.exporting import heads, pointing_fields, rows_of
from sokhu.kit.registers.queries import as_read, visible
from sokhu.kit.registers.schema import schema_of
from sokhu.kit.registers.search import Searched, searched
from sokhu.kit.registers.values import label_of
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.registers.cells import Cells, is_number, url_of
from sokhu.web.pages.registers.filters import BOOK, EVERY_BOOK, Filtered, filter_fields, filtered
from sokhu.web.pages.registers.panels import ways_of
from sokhu.web.pages.registers.writing import may_begin

SORT, SEARCH = "xep", "q"
MOST_EXPORTED = 200_000


def all_registers(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    groups = [
        {"name": subject or _("Dùng chung"), "lines": [_register_line(one, mine) for one in some]}
        for subject, some in by_subject(registers()).items()
    ]
    return render(request, "registers/all.html", {"title": _("Hồ sơ quản lý"), "groups": groups})


def _register_line(register: Register, mine: Reach) -> dict[str, Any]:
    return {
        "name": str(register.name),
        "url": reverse("register", args=[register.code]),
        "count": format_number(visible(register, mine).count(), lang=lang()),
        "is_open": register.is_open,
        "has_subject": bool(register.about),
    }


@dataclass(slots=True)
class Listed:
    """The rows that an address asks for, in its order, and what is to be said of them."""

    rows: QuerySet[Any]
    search: Searched
    filters: Filtered
    sort: str


def listed(register: Register, mine: Reach, request: HttpRequest) -> Listed:
    found = filtered(register, mine, visible(register, mine), request.GET.dict())
    search = searched(register, found.rows, request.GET.get(SEARCH, ""))
    sort = request.GET.get(SORT, "")
    known = {one.name for one in register.fields}
    order = [sort] if sort.removeprefix("-") in known else list(register.order)
    is_whole = search.rows is found.rows and not found.is_set and not sort
    lead = ["is_gone"] if is_whole else []  # as the index of the whole list does (`list_order`); none of them is gone
    return Listed(search.rows.order_by(*lead, *order, "pk"), search, found, sort)


def _begin_with_own(request: HttpRequest, register: Register, mine: Reach) -> None:
    """A register that everybody reads opens on one's own book, if it has anything of it."""
    if not request.GET and register.is_open and visible(register, mine).filter(owner=mine.home).exists():
        request.GET = QueryDict(urlencode({BOOK: mine.home}))


def book_of(request: HttpRequest, register: Register, mine: Reach) -> dict[str, str] | None:
    """Whose book the list is of, and the way to the others."""
    owner = request.GET.get(BOOK, "")
    if not owner:
        return None
    other, words = (
        (EVERY_BOOK, _("xem sổ của mọi ban")) if owner != EVERY_BOOK else (mine.home, _("chỉ sổ của ban tôi"))
    )
    query = request.GET.copy()
    query.pop("trang", None)
    query[BOOK] = other
    known = owner in territory().places
    name = _("mọi ban") if owner == EVERY_BOOK else authority_name(owner) if known else owner
    return {"name": name, "value": owner, "other": words, "url": f"?{query.urlencode()}" if other else ""}


def register_page(request: HttpRequest, code: str) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    _begin_with_own(request, register, mine)
    asked = listed(register, mine, request)
    pointing = pointing_fields(register, register.columns)
    found, pager = paged(request, ByKey(asked.rows, *pointing))
    rows = [as_read(register, mine, one) for one in found]
    cells = Cells(register, register.columns)
    query = query_without(request, "trang")
    context = {
        "title": str(register.name),
        "crumbs": [{"label": _("Hồ sơ quản lý"), "url": reverse("registers")}],
        "register": {"code": register.code, "one": str(register.one)},
        "columns": [_column(register, name, request, asked.sort) for name in register.columns],
        "rows": [{"id": str(one.pk), "url": url_of(one), "cells": cells.of(one)} for one in rows],
        "pager": pager,
        "filters": filter_fields(register, mine, request.GET.dict()),
        "q": request.GET.get(SEARCH, ""),
        "of_book": book_of(request, register, mine),
        "problems": asked.filters.problems,
        "notes": _notes(asked.search),
        "reset": reverse("register", args=[code]) if query_without(request, "trang", BOOK) else "",
        "can_write": may_begin(register, mine),
        "ways": [*_map_of(register, query), *ways_of(register)],
        "exports": [{"label": kind, "url": f"{reverse('register_' + kind, args=[code])}?{query}"} for kind in FILES],
        "views": _views(request, register),
        "query": query,
    }
    return render(request, "registers/list.html", context)


def _map_of(register: Register, query: str) -> list[dict[str, str]]:
    """The way to the list's map, with the same filters."""
    if register.placed is None:
        return []
    return [{"label": _("Bản đồ"), "url": f"{reverse('register_map', args=[register.code])}?{query}"}]


def _column(register: Register, name: str, request: HttpRequest, sort: str) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("trang", None)
    query[SORT] = f"-{name}" if sort == name else name
    field = register.field(name)
    order = "ascending" if sort == name else "descending" if sort == f"-{name}" else ""
    return {"label": label_of(field), "url": f"?{query.urlencode()}", "sort": order, "is_number": is_number(field)}


def _notes(search: Searched) -> list[str]:
    notes = []
    for word, near in search.instead:
        if near:
            found = {"word": word, "near": ", ".join(near)}
            notes.append(_("Không có chữ “%(word)s” trong sổ bộ; đang tìm chữ gần nhất: %(near)s.") % found)
        else:
            notes.append(_("Không có chữ nào gần với “%(word)s” trong sổ bộ.") % {"word": word})
    if search.is_cut:
        notes.append(_("Có nhiều hơn 1.000 hồ sơ khớp; danh sách dừng ở 1.000. Gõ thêm chữ để thu hẹp."))
    return notes


def query_without(request: HttpRequest, *names: str) -> str:
    return urlencode({name: value for name, value in request.GET.dict().items() if name not in names and value})


def _views(request: HttpRequest, register: Register) -> list[dict[str, Any]]:
    here = reverse("register", args=[register.code])
    return [
        {"id": str(one.pk), "name": one.name, "url": f"{here}?{one.query}"}
        for one in saved_views.saved_views(_user(request), register.code)
    ]


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # every page but the log-in needs one
    return user


@require_POST
def save_view(request: HttpRequest, code: str) -> HttpResponse:
    register = register_named(code)
    try:
        kept = saved_views.save_view(
            _user(request), register.code, request.POST.get("name", ""), request.POST.get("query", "")
        )
    except Problem as problem:
        messages.error(request, worded(problem, lang()))
        return redirect(f"{reverse('register', args=[code])}?{request.POST.get('query', '')}")
    messages.success(request, _("Đã lưu danh sách “%(name)s”.") % {"name": kept.name})
    return redirect(f"{reverse('register', args=[code])}?{kept.query}")


@require_POST
def drop_view(request: HttpRequest, code: str) -> HttpResponse:
    try:
        saved_views.delete_view(_user(request), UUID(request.POST.get("id", "")))
    except ValueError:
        raise Problem("view.no_such_view") from None
    return redirect("register", code)


def as_workbook(request: HttpRequest, code: str) -> HttpResponse:
    register, table = _table(request, code)
    sheet = Sheet(str(register.name)[:31], table[:1], table[1:], [24] * len(table[0]))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(workbook([sheet], mark()), kind, f"{code}.xlsx")


def as_separated(request: HttpRequest, code: str) -> HttpResponse:
    _register, table = _table(request, code)
    return _file(separated(table, mark=mark()), "text/csv; charset=utf-8", f"{code}.csv")


FILES = ("xlsx", "csv")


def _table(request: HttpRequest, code: str) -> tuple[Register, list[Any]]:
    register, mine = register_named(code), reach(request)
    rows = listed(register, mine, request).rows
    if request.GET.get("mau"):  # a template to fill in
        rows = rows.none()
    if rows.aggregate(count=Count("pk"))["count"] > MOST_EXPORTED:
        raise Problem("register.too_many_to_export", limit=MOST_EXPORTED)
    return register, [heads(register), *rows_of(register, rows, mine)]


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_schema(request: HttpRequest, code: str) -> HttpResponse:
    return JsonResponse(schema_of(register_named(code)), json_dumps_params={"ensure_ascii": False})
