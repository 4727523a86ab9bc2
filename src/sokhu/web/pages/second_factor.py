"""Setting up a second factor, and showing it after the password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.confirming import confirmed, show
from sokhu.areas.accounts.models import User
from sokhu.core.problems import Problem
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.login import safe_next


def verify(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the telephone, or a recovery code."""
    user, error = _person(request), ""
    if request.method == "POST":
        try:
            second_factor.check(user, request.POST.get("code", ""), datetime.now(UTC), request)
        except Problem as problem:
            error = worded(problem, lang())
        else:
            show(request)
            return redirect(safe_next(request))
    context = {"title": _("Mã xác thực"), "next": _next(request), "error": error}
    return render(request, "accounts/verify.html", context, status=422 if error else 200)


def set_up(request: HttpRequest) -> HttpResponse:
    """The secret as a QR code; the first right code makes it hold and shows the recovery codes, once."""
    user, error = _person(request), ""
    if request.method == "POST":
        try:
            codes = second_factor.confirm(user, request.POST.get("code", ""), datetime.now(UTC), request)
        except Problem as problem:
            if problem.code == "second.is_set":
                raise
            error = worded(problem, lang())
        else:
            show(request)
            return _codes_shown(request, codes)
    secret = second_factor.begin(user)
    context = {
        "title": _("Lập mã xác thực"),
        "subtitle": _("Ai ban hành, tuyên bố hay quản trị thì sau mật khẩu còn đưa một mã trên điện thoại."),
        "qr": segno.make(second_factor.address_for(user, secret), error="m").svg_inline(
            scale=5, border=2, omitsize=True
        ),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "next": _next(request),
        "error": error,
    }
    return render(request, "accounts/set_up.html", context, status=422 if error else 200)


@require_POST
@confirmed
def new_codes(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    if not second_factor.is_set(user):
        raise Problem("second.not_set")
    return _codes_shown(request, second_factor.renew_codes(user, request))


def _codes_shown(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {
        "title": _("Mười mã dự phòng"),
        "subtitle": _("Chỉ hiện lần này. In hoặc chép ra giấy, cất xa điện thoại; mỗi mã dùng một lần."),
        "codes": codes,
        "next": safe_next(request),
    }
    response = render(request, "accounts/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _next(request: HttpRequest) -> Any:
    return request.POST.get("next", request.GET.get("next", ""))
