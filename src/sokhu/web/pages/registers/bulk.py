"""Setting one field of several things at once, in one entry of the ledger."""

from __future__ import annotations

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
from sokhu.kit.registers.values import label_of
from sokhu.kit.wording import all_worded, lang
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.fields import errors_of, form_field, value_from
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
    name, text = request.POST.get("field", ""), request.POST.get("value", "")
    errors: dict[str, list[str]] = {}
    if "reason" in request.POST and name in {one.name for one in register.asked}:
        text = request.POST.get(name, "")
        try:
            value = value_from(register.field(name), mine, text, {})
            change_many(register, mine, [one.pk for one in things], {name: value}, reason=request.POST["reason"])
        except (Problem, Problems) as told:
            errors = errors_of(register, told)
            errors.setdefault("all", []).extend(all_worded(told, lang()))
        else:
            said = _("Đã đổi %(field)s của %(count)s hồ sơ.")
            count = format_number(len(things), lang=lang())
            messages.success(request, said % {"field": label_of(register.field(name)), "count": count})
            return redirect("register", code)
    context = {
        "title": _("Đổi nhiều hồ sơ"),
        "crumbs": crumbs_of(register),
        "things": [{"id": str(one.pk), "name": named(one), "url": url_of(one)} for one in things],
        "choices": _choices(register, name),
        "field": form_field(register, register.field(name), text, errors.get(name, [])) if name else None,
        "reason": request.POST.get("reason", ""),
        "errors": errors,
    }
    return render(request, "registers/bulk.html", context, status=422 if errors else 200)


def _ids(request: HttpRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("id")[:MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _choices(register: Register, chosen: str) -> list[dict[str, object]]:
    fields = [one for one in register.asked if one.name not in (register.title, register.parent)]
    return [{"value": one.name, "label": label_of(one), "selected": one.name == chosen} for one in fields]
