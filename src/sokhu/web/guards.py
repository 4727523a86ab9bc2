"""What stands between a request and its page: how long a session lasts, and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.models import LogIn, User
from sokhu.areas.territory.scope import reach

Handler = Callable[[HttpRequest], HttpResponse]
MINUTE = 60
WITHOUT_SECOND_FACTOR = frozenset({"second_verify", "second_set", "logout"})


def bounded_session(get_response: Handler) -> Handler:
    """A session ends after its idle time and at the end of its life (docs/settings.md)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _bound(request, int(datetime.now(UTC).timestamp()))
        return get_response(request)

    return middleware


def _bound(request: HttpRequest, now: int) -> None:
    began, seen = request.session.get("began", 0), request.session.get("seen", 0)
    is_idle = now - seen > settings.ENVIRONMENT.idle_minutes * MINUTE
    if is_idle or now - began > settings.ENVIRONMENT.session_hours * 60 * MINUTE:
        logout(request)
        messages.info(request, _("Phiên làm việc đã hết giờ. Đăng nhập lại để làm tiếp."))
    elif now - seen > MINUTE:
        request.session["seen"] = now
        LogIn.objects.filter(session_key=request.session.session_key).update(seen_at=datetime.fromtimestamp(now, UTC))


def is_asked(request: HttpRequest) -> bool:
    """Whether this session still has to show the second factor that its person has or needs."""
    user = request.user
    if not isinstance(user, User) or user.is_demo or request.session.get("second"):
        return False
    return bool(request.session.get("has_second")) or second_factor.is_needed(user, reach(request).roles)


class SecondFactorGate:
    """Nobody who approves or administers goes further than the password without a second factor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_open = not getattr(view, "login_required", True)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if is_open or name in WITHOUT_SECOND_FACTOR or not is_asked(request):
            return None
        assert isinstance(request.user, User)
        to = "second_verify" if second_factor.is_set(request.user) else "second_set"
        following = request.get_full_path() if request.method == "GET" else ""
        return redirect(f"{reverse(to)}?{urlencode({'next': following})}")
