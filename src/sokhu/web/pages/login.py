"""Log-in: name and password, or a demo account where those are allowed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme

from sokhu.areas.accounts.models import User
from sokhu.areas.accounts.queries import demo_users
from sokhu.areas.territory.queries import reach_of
from sokhu.web.outside import begins_at, name_of_what


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        demo = request.POST.get("demo")
        if demo and settings.ENVIRONMENT.demo:
            return self._enter_demo(request, demo)
        return super().post(request, *args, **kwargs)

    def _enter_demo(self, request: HttpRequest, username: str) -> HttpResponse:
        user = demo_users().filter(username=username).first()
        if user is None:
            return redirect("login")
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(self.get_success_url())

    def get_default_redirect_url(self) -> str:
        return _begins(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = demo_users() if settings.ENVIRONMENT.demo else User.objects.none()
        accounts = [
            {
                "key": user.username,
                "name": str(user),
                "role": grant.get_role_display(),
                "place": name_of_what(grant.role, grant.authority, grant.subject),
            }
            for user in demo.prefetch_related("grants")
            for grant in user.grants.all()
        ]
        return super().get_context_data(**kwargs) | {"demo_accounts": accounts}


def safe_next(request: HttpRequest) -> str:
    """The page asked for before the log-in, if it is one of ours; else where this person's day begins."""
    following = request.POST.get("next", request.GET.get("next", ""))
    if url_has_allowed_host_and_scheme(following, {request.get_host()}):
        return following
    return _begins(request)


def _begins(request: HttpRequest) -> str:
    """Asked anew: what the request knew was of nobody, before the log-in."""
    return begins_at(reach_of(request.user, timezone.localdate()))
