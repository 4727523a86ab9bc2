"""One's own account: roles, password, second factor, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.events import tell
from sokhu.areas.accounts.models import EventKind, User
from sokhu.areas.accounts.people import end_other_sessions, session_renamed
from sokhu.areas.accounts.queries import log_ins_of, standing_grants
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem
from sokhu.web.pages.people_shown import grant_row, log_in_row


def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    today = timezone.localdate()
    key = request.session.session_key
    context = {
        "title": str(user),
        "subtitle": user.username,
        "crumbs": [{"label": _("Tài khoản của tôi")}],
        "grants": [grant_row(one, today) for one in standing_grants(user, today)],
        "is_demo": user.is_demo,
        "has_second": second_factor.is_set(user),
        "needs_second": second_factor.is_needed(user, reach(request).roles),
        "codes_left": second_factor.codes_left(user),
        "sessions": [log_in_row(one, is_this=one.session_key == key) for one in log_ins_of(user)],
    }
    return render(request, "accounts/account.html", context)


@require_POST
def leave_elsewhere(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    end_other_sessions(request.user, request.session.session_key)
    messages.success(request, _("Mọi phiên khác đã kết thúc."))
    return redirect("account")


class ChangePassword(PasswordChangeView):
    """A new password ends every other session; this one goes on."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("account")
    extra_context = {"crumb": True}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_demo", False):
            raise Problem("people.demo_account")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user, before = form.user, self.request.session.session_key
        done = super().form_valid(form)
        session_renamed(before, self.request.session.session_key)
        end_other_sessions(user, self.request.session.session_key)
        tell(EventKind.PASSWORD_SET, user, by=user, request=self.request)
        messages.success(self.request, _("Đã đổi mật khẩu; các phiên khác đã kết thúc."))
        return done

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": _("Đổi mật khẩu")}


@method_decorator(login_not_required, name="dispatch")
class SetPassword(PasswordResetConfirmView):
    """By the link that an administrator hands over, once; whoever set a password logs in with it."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        done = super().form_valid(form)
        end_other_sessions(form.user, None)
        tell(EventKind.PASSWORD_SET, form.user, request=self.request)
        messages.success(self.request, _("Đã đặt mật khẩu. Đăng nhập bằng mật khẩu đó."))
        return done

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": _("Đặt mật khẩu")}
