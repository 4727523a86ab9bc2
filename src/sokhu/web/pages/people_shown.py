"""Accounts, roles, sessions and security events as pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.accounts.models import EventKind, Grant, LogIn, Role, SecurityEvent, User
from sokhu.areas.ledger import shown
from sokhu.areas.territory.queries import authority_name, name_of

DEVICES = ("Edg", "Chrome", "Firefox", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")


def grant_row(one: Grant, today: date) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "role": one.get_role_display(),
        "authority": authority_name(one.authority),
        "subject": name_of(one.subject) if one.subject else "",
        "days": _days(one),
        "state": _state(one, today),
        "is_standing": one.ended_at is None and (one.ends is None or one.ends >= today),
        "given": _by(one.given_by, shown.moment_words(one.given_at), one.reason),
        "ended": _by(one.ended_by, shown.moment_words(one.ended_at), one.end_reason) if one.ended_at else "",
    }


def _days(one: Grant) -> str:
    if one.ends is None:
        return _("từ %(starts)s") % {"starts": shown.day_words(one.starts)}
    return f"{shown.day_words(one.starts)} – {shown.day_words(one.ends)}"


def _state(one: Grant, today: date) -> str:
    if one.ended_at is not None:
        return _("đã thôi")
    if one.ends is not None and one.ends < today:
        return _("đã hết hạn")
    return _("chưa đến ngày") if one.starts > today else _("đang giữ")


def _by(who: User | None, when: str, why: str) -> str:
    return " · ".join(filter(None, (str(who) if who else _("dòng lệnh"), when, why)))


def log_in_row(one: LogIn, *, is_this: bool = False) -> dict[str, Any]:
    return {
        "device": device_words(one.device),
        "address": one.address,
        "began": shown.moment_words(one.began_at),
        "seen": shown.moment_words(one.seen_at),
        "ended": shown.moment_words(one.ended_at) if one.ended_at else "",
        "is_this": is_this,
    }


def device_words(agent: str) -> str:
    """ "Chrome, Windows" of what a browser calls itself."""
    program = next((one for one in DEVICES if f"{one}/" in agent), "")
    system = next((one for one in SYSTEMS if one in agent), "")
    return ", ".join(filter(None, ({"Edg": "Edge"}.get(program, program), system))) or agent[:40] or _("không rõ")


def event_row(one: SecurityEvent) -> dict[str, Any]:
    return {
        "at": shown.moment_words(one.at),
        "kind": one.get_kind_display(),
        "kind_code": one.kind,
        "user": str(one.user),
        "url": reverse("person", args=[one.user_id]),
        "by": str(one.by) if one.by and one.by_id != one.user_id else "",
        "address": one.address,
        "words": _of_role(one) if one.kind in (EventKind.GIVEN, EventKind.ENDED) else one.words,
    }


def _of_role(one: SecurityEvent) -> str:
    """What role was given or ended, for which authority, and why."""
    what, _colon, why = one.words.partition(": ")
    role, _space, subject = what.partition(" ")
    named = (str(Role(role).label), authority_name(one.authority), name_of(subject) if subject else "")
    return f"{' · '.join(filter(None, named))}: {why}"
