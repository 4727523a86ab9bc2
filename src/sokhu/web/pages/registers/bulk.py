"""Setting one field of several things at once, in one entry of the ledger."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem, Problems
from sokhu.kit.registers.actions import change_many
from sokhu.kit.registers.declaration import Register, register_named
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import Field, id_in, label_of
from sokhu.kit.wording import all_worded, lang
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.fields import Errors, errors_of, form_field, value_from
from sokhu.web.pages.registers.things import crumbs_of

MOST_AT_ONCE = 500


@require_POST
def change_several(request: HttpRequest, code: str) -> HttpResponse:
    """First which things, then which field and value, then done."""
    register, mine = register_named(code), reach(request)
    things = list(visible(register, mine).filter(pk__in=_ids(request)).order_by(*register.order, "pk"))
    if not things:
        messages.error(request, _("Chưa chọn dòng nào. Đánh dấu các dòng cần đổi."))
        return redirect("register", code)
    name = request.POST.get("field", "")
    chosen = next((one for one in register.asked if one.name == name), None)
    errors: Errors = {}
    if chosen is not None and "reason" in request.POST:
        errors = _changed(request, register, things, chosen)
        if not errors:
            said = _("Đã đổi %(field)s của %(count)s hồ sơ.")
            count = format_number(len(things), lang=lang())
            messages.success(request, said % {"field": label_of(chosen), "count": count})
            return redirect("register", code)
    return _page(request, register, things, chosen, errors)


def _changed(request: HttpRequest, register: Register, things: list[Any], field: Field) -> Errors:
    """Sets what was typed on all of them, or none; what stands in the way, at the field and in full."""
    mine, typed = reach(request), request.POST.get(field.name, "")
    try:
        value = value_from(field, mine, typed, {})
        change_many(register, mine, [one.pk for one in things], {field.name: value}, reason=request.POST["reason"])
    except (Problem, Problems) as told:
        errors = errors_of(register, told)
        errors.setdefault("all", []).extend(all_worded(told, lang()))
        return errors
    return {}


def _page(
    request: HttpRequest, register: Register, things: list[Any], chosen: Field | None, errors: Errors
) -> HttpResponse:
    name = chosen.name if chosen is not None else ""
    typed = request.POST.get(name, "")
    context = {
        "title": _("Đổi nhiều hồ sơ"),
        "crumbs": crumbs_of(register),
        "things": [{"id": str(one.pk), "name": named(one), "url": url_of(one)} for one in things],
        "choices": _choices(register, name),
        "field": form_field(register, chosen, typed, errors.get(name, [])) if chosen is not None else None,
        "reason": request.POST.get("reason", ""),
        "errors": errors,
    }
    return render(request, "registers/bulk.html", context, status=422 if errors else 200)


def _ids(request: HttpRequest) -> list[UUID]:
    return [found for text in request.POST.getlist("id")[:MOST_AT_ONCE] if (found := id_in(text))]


def _choices(register: Register, chosen: str) -> list[dict[str, object]]:
    fields = [one for one in register.asked if one.name not in (register.title, register.parent)]
    return [{"value": one.name, "label": label_of(one), "selected": one.name == chosen} for one in fields]
