"""Quản trị: the people of an authority, their roles, sessions and what happened to their accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts import people, second_factor
from sokhu.areas.accounts.confirming import confirmed
from sokhu.areas.accounts.models import Role, User
from sokhu.areas.accounts.queries import (
    is_locked,
    log_ins_of,
    visible_events,
    visible_grants,
    visible_people,
    visible_person,
)
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger.shown import lang
from sokhu.areas.territory.queries import Reach, authority_name, name_of, places_answered_for
from sokhu.areas.territory.scope import reach
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.core.rights import HELD_FOR, ROLES, WITH_SUBJECT, account_of
from sokhu.kit.paging import paged
from sokhu.kit.wording import worded
from sokhu.web.pages.people_shown import event_row, grant_row, log_in_row

Errors = dict[str, list[str]]
EVENTS_SHOWN = 20


def people_list(request: HttpRequest) -> HttpResponse:
    mine, today = reach(request), timezone.localdate()
    must_see_people(mine)
    grants: dict[object, list[dict[str, Any]]] = {}
    for one in visible_grants(mine).select_related("given_by", "ended_by"):
        grants.setdefault(one.user_id, []).append(grant_row(one, today))
    known = visible_people(mine).order_by("full_name", "username")
    context = {
        "title": _("Người dùng"),
        "subtitle": authority_name(mine.home),
        "crumbs": [{"label": _("Quản trị")}, {"label": _("Người dùng")}],
        "rows": [_person_row(user, grants.get(user.pk, [])) for user in known],
        "can_invite": bool(_offers(mine)),
    }
    return render(request, "accounts/people.html", context)


def must_see_people(mine: Reach) -> None:
    """Raises Problem("access.not_your_role") for who neither administers nor audits an authority."""
    covered = mine.covered("read", "user_account") | mine.covered("read", "administrator_account")
    if not (covered.everything or covered.owners):
        raise Problem("access.not_your_role", owner=mine.home)


def _person_row(user: User, grants: list[dict[str, Any]]) -> dict[str, Any]:
    standing = [one for one in grants if one["is_standing"]]
    return {
        "name": str(user),
        "username": user.username,
        "url": reverse("person", args=[user.pk]),
        "roles": [f"{one['role']} · {one['authority']}" for one in standing],
        "is_stopped": not user.is_active,
        "is_waiting": not user.is_demo and not user.has_usable_password(),
        "is_demo": user.is_demo,
        "last_login": user.last_login,
    }


@confirmed
def invite(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    if not _offers(mine):
        raise Problem("access.administrators_only", owner=mine.home)
    if request.method != "POST":
        return _invite_form(request, mine, {}, {})
    errors: Errors = {}
    made = _tried(errors, lambda: _invited(request, mine))
    if made is None:
        return _invite_form(request, mine, request.POST, errors, status=422)
    return _link_shown(request, mine, made)


def _invited(request: HttpRequest, mine: Reach) -> User:
    typed, today = request.POST, timezone.localdate()
    offer = _offer(typed, today)
    return people.invite(
        mine, typed.get("username", ""), typed.get("full_name", ""), offer, by=_me(request), today=today
    )


def _invite_form(
    request: HttpRequest, mine: Reach, typed: Mapping[str, Any], errors: Errors, *, status: int = 200
) -> HttpResponse:
    context = {
        "title": _("Thêm người"),
        "subtitle": _("Tài khoản mới vào được sau khi người đó đặt mật khẩu bằng liên kết mà bạn trao tận tay."),
        "crumbs": [*_crumbs(), {"label": _("Thêm người")}],
        "typed": typed,
        "errors": errors,
        "offers": _offers(mine, typed.get("offer", "")),
        "zones": _zones(mine, typed.get("zone", "")),
    }
    return render(request, "accounts/invite.html", context, status=status)


def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    return _person_page(request, reach(request), user_id, {}, {})


def _person_page(
    request: HttpRequest, mine: Reach, user_id: UUID, typed: Mapping[str, Any], errors: Errors, *, status: int = 200
) -> HttpResponse:
    user, today = visible_person(mine, user_id), timezone.localdate()
    grants = visible_grants(mine).filter(user=user).select_related("given_by", "ended_by").order_by("-id")
    can_manage = user.pk != mine.author and _manages(mine, user, today)
    context = {
        "title": str(user),
        "subtitle": user.username,
        "crumbs": [*_crumbs(), {"label": str(user)}],
        "person": user,
        "grants": [
            grant_row(one, today) | {"can_end": mine.may("administer", account_of(one.role), one.authority)}
            for one in grants
        ],
        "sessions": [log_in_row(one) for one in log_ins_of(user)],
        "events": [event_row(one) for one in visible_events(mine).filter(user=user)[:EVENTS_SHOWN]],
        "has_second": second_factor.is_set(user),
        "is_waiting": not user.is_demo and not user.has_usable_password(),
        "is_locked": is_locked(user),
        "can_manage": can_manage,
        "can_give": user.pk != mine.author and bool(_offers(mine)),
        "offers": _offers(mine, typed.get("offer", "")),
        "zones": _zones(mine, typed.get("zone", "")),
        "typed": typed,
        "errors": errors,
    }
    return render(request, "accounts/person.html", context, status=status)


@require_POST
@confirmed
def give(request: HttpRequest, user_id: UUID) -> HttpResponse:
    mine, today, errors = reach(request), timezone.localdate(), dict[str, list[str]]()
    user = visible_person(mine, user_id)
    offer = _tried(errors, lambda: _offer(request.POST, today))
    if offer and _tried(errors, lambda: people.give(mine, user, offer, by=_me(request), today=today)):
        messages.success(request, _("Đã giao vai trò."))
        return redirect("person", user.pk)
    return _person_page(request, mine, user_id, request.POST, errors, status=422)


@require_POST
@confirmed
def change(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One of `do`: end (with grant), stop, resume, link, reset, sessions, unlock."""
    mine, today, me = reach(request), timezone.localdate(), _me(request)
    user, why = visible_person(mine, user_id), request.POST.get("reason", "")
    what = request.POST.get("do", "")
    if what == "link":
        return _link_shown(request, mine, user)
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "end": (lambda: _end(request, mine, user, why), _("Vai trò đã thôi.")),
        "stop": (lambda: people.stop(mine, user, why, by=me, today=today), _("Tài khoản đã ngừng.")),
        "resume": (lambda: people.resume(mine, user, why, by=me, today=today), _("Tài khoản đã mở lại.")),
        "reset": (
            lambda: people.reset_second_factor(mine, user, why, by=me, today=today),
            _("Mã xác thực đã đặt lại; lần đăng nhập sau người đó lập mã mới."),
        ),
        "sessions": (lambda: people.end_sessions(mine, user, by=me, today=today), _("Các phiên đã kết thúc.")),
        "unlock": (lambda: people.unlock(mine, user, by=me, today=today), _("Đã mở khóa.")),
    }
    if what not in acts:
        return redirect("person", user.pk)
    act, done = acts[what]
    errors: Errors = {}
    _tried(errors, act, where=what)
    if errors:
        return _person_page(request, mine, user_id, {}, errors, status=422)
    messages.success(request, done)
    return redirect("person", user.pk)


def _end(request: HttpRequest, mine: Reach, user: User, why: str) -> None:
    number = request.POST.get("grant", "")
    grant = visible_grants(mine).filter(user=user, pk=int(number) if number.isdecimal() else 0).first()
    if grant is None:
        raise Problem("people.no_such_person")
    people.end(mine, grant, why, by=_me(request), today=timezone.localdate())


def security_events(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    must_see_people(mine)
    rows, pager = paged(request, visible_events(mine))
    context = {
        "title": _("Nhật ký an ninh"),
        "subtitle": _("Đăng nhập, mật khẩu, mã xác thực, vai trò. Chỉ thêm vào, không ai sửa được."),
        "crumbs": [{"label": _("Quản trị")}, {"label": _("Nhật ký an ninh")}],
        "events": [event_row(one) for one in rows],
        "pager": pager,
    }
    return render(request, "accounts/events.html", context)


def _link_shown(request: HttpRequest, mine: Reach, user: User) -> HttpResponse:
    uid, token = people.password_link(mine, user, by=_me(request), today=timezone.localdate())
    context = {
        "title": _("Liên kết đặt mật khẩu"),
        "subtitle": str(user),
        "crumbs": [*_crumbs(), {"label": str(user), "url": reverse("person", args=[user.pk])}],
        "person": user,
        "link": request.build_absolute_uri(reverse("set_password", args=[uid, token])),
    }
    response = render(request, "accounts/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _offers(mine: Reach, chosen: str = "") -> list[dict[str, Any]]:
    """The roles that somebody may give, each with its authority: .value "role|authority" .label .selected."""
    today = timezone.localdate()
    known = [place.id for kind in ("country", "block", "board") for place in territory().places_on(kind, today)]
    known.sort(key=lambda place: place != mine.home)
    pairs = [
        (role, place)
        for place in known
        for role in ROLES
        if place.partition("/")[0] in HELD_FOR[role] and mine.may("administer", account_of(role), place)
    ]
    return [
        {
            "value": f"{role}|{place}",
            "label": f"{Role(role).label} · {authority_name(place)}",
            "selected": chosen == f"{role}|{place}",
        }
        for role, place in pairs
    ]


def _zones(mine: Reach, chosen: str) -> list[dict[str, Any]]:
    """The zones that an authority answers for, for the role of a developer."""
    answered = places_answered_for(mine.covered("administer", "user_account").owners)
    named = sorted((name_of(zone), zone) for zone in answered if zone.startswith("zone/"))
    return [{"value": zone, "label": name, "selected": zone == chosen} for name, zone in named]


def _offer(typed: Mapping[str, Any], today: date) -> people.Offer:
    """Raises Problem(where="starts" | "ends") for a day that cannot be read."""
    role, _bar, authority = str(typed.get("offer", "")).partition("|")
    subject = str(typed.get("zone" if role == "developer" else "enterprise", "")).strip()[:80]
    return people.Offer(
        role=role,
        authority=authority,
        starts=_day(typed, "starts") or today,
        ends=_day(typed, "ends"),
        reason=str(typed.get("reason", "")).replace("\x00", ""),
        subject=subject if role in WITH_SUBJECT else "",
    )


def _day(typed: Mapping[str, Any], name: str) -> date | None:
    found = str(typed.get(name, "")).strip()
    try:
        return parse(found).last if found else None
    except Problem as problem:
        raise Problem(problem.code, name, **problem.params) from problem


def _tried(errors: Errors, act: Callable[[], Any], where: str = "all") -> Any:
    """What an act returns; None where it told problems, which are put beside their fields."""
    try:
        return act()
    except (Problem, Problems) as wrong:
        for one in wrong.problems if isinstance(wrong, Problems) else [wrong]:
            if one.code == "people.no_such_person" or one.code.startswith("access."):
                raise
            sentence = worded(Problem(one.code, "", **one.params), lang())
            errors.setdefault(where if where != "all" else one.where or "all", []).append(sentence)
        return None


def _manages(mine: Reach, user: User, today: date) -> bool:
    try:
        people.must_manage(mine, user, today)
    except Problem:
        return False
    return True


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Quản trị")}, {"label": _("Người dùng"), "url": reverse("people")}]


def _me(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
