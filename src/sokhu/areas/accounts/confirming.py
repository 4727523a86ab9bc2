"""Asking for the second factor: once after the password, and again before what approves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.models import User
from sokhu.areas.accounts.queries import grants_on
from sokhu.core.problems import Problem
from sokhu.kit.wording import lang, worded

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
FRESH = timedelta(minutes=10)
CODE = "second_code"


def show(request: HttpRequest) -> None:
    """The session has shown it, now."""
    request.session["second"] = int(datetime.now(UTC).timestamp())


def confirmed(view: View[P]) -> View[P]:
    """A page whose POST approves or administers: it asks for a code unless one was shown within ten minutes.

    What was posted is kept in the asking page, so that nothing is typed twice; files are not kept.
    """

    @wraps(view)
    def asking(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or not _has_to_confirm(request):
            return view(request, *args, **kwargs)
        if CODE not in request.POST:
            return _asked(request, "")
        assert isinstance(request.user, User)
        try:
            second_factor.check(request.user, request.POST[CODE], datetime.now(UTC), request)
        except Problem as problem:
            return _asked(request, worded(problem, lang()))
        show(request)
        return view(request, *args, **kwargs)

    asking.asks_second_factor = True  # type: ignore[attr-defined]
    return asking


def _needs(user: User | AnonymousUser) -> bool:
    if not isinstance(user, User) or user.is_demo:
        return False
    return second_factor.is_needed(user, [one.role for one in grants_on(user, timezone.localdate())])


def _has_to_confirm(request: HttpRequest) -> bool:
    shown = datetime.fromtimestamp(request.session.get("second", 0), UTC)
    return datetime.now(UTC) - shown > FRESH and _needs(request.user)


def _asked(request: HttpRequest, error: str) -> HttpResponse:
    left_out = (CODE, "csrfmiddlewaretoken")
    context = {
        "title": _("Xác nhận"),
        "subtitle": _("Việc này cần mã xác thực đang hiện trên điện thoại của bạn."),
        "fields": [
            (name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name)
        ],
        "error": error,
    }
    return render(request, "accounts/confirm.html", context, status=422 if error else 200)
