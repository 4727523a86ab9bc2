"""Tables that a reader keeps under a name: saving the present one, the list, renaming, deleting."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.models import SavedView, User
from sokhu.areas.accounts.saved_views import delete_view, rename_view, save_view, saved_views
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.explorer.controls import url_of
from sokhu.areas.ledger.explorer.view import view_of

EXPLORER = "explorer"


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Only what the explorer understands is kept, in the one way in which it writes it."""
    view = view_of(QueryDict(request.POST.get("bang", "")))
    save_view(cast(User, request.user), EXPLORER, request.POST.get("ten", ""), view.address)
    messages.success(request, _("Đã lưu. Góc nhìn này đứng ở đầu trang; ai có địa chỉ của nó đều mở được."))
    return redirect(url_of(view))


def saved(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Góc nhìn đã lưu"),
        "subtitle": _("Mỗi góc nhìn là một địa chỉ: gửi địa chỉ đó cho người khác, họ thấy phần số liệu của họ."),
        "crumbs": [{"label": _("Khám phá số liệu"), "url": reverse("explore")}, {"label": _("Góc nhìn đã lưu")}],
        "views": [line_of(view) | {"change_url": reverse("saved_view", args=[view.pk])} for view in _of(request)],
    }
    return render(request, "explorer/saved.html", context)


@require_POST
def change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    user = cast(User, request.user)
    if "xoa" in request.POST:
        delete_view(user, view_id)
        messages.success(request, _("Đã xóa góc nhìn; số liệu không đổi."))
    else:
        rename_view(user, view_id, request.POST.get("ten", ""))
        messages.success(request, _("Đã đổi tên."))
    return redirect("saved_views")


def _of(request: HttpRequest) -> list[SavedView]:
    return saved_views(request.user, EXPLORER)


def line_of(view: SavedView) -> dict[str, Any]:
    return {
        "name": view.name,
        "url": f"{reverse('explore')}?{view.query}",
        "saved": shown.moment_words(view.saved_at),
    }


def chips_of_saved(request: HttpRequest, address: str) -> list[dict[str, Any]]:
    return [line_of(view) | {"active": view.query == address} for view in _of(request)]
