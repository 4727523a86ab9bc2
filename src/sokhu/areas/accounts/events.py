"""What happened to accounts, kept for their administrators. Rows are only added."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from sokhu.areas.accounts.models import EventKind, LogIn, SecondFactor, SecurityEvent, User


def tell(
    kind: EventKind,
    user: User,
    *,
    by: User | None = None,
    authority: str = "",
    words: str = "",
    request: HttpRequest | None = None,
) -> SecurityEvent:
    """Keeps an event. by: who did it; words: the reason, or what was given."""
    return SecurityEvent.objects.create(
        at=datetime.now(UTC),
        kind=kind,
        user=user,
        by=by,
        authority=authority,
        words=words,
        address=address_of(request),
    )


def address_of(request: HttpRequest | None) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))[:45] if request is not None else ""


def logged_in(sender: object, request: HttpRequest, user: User, **_more: Any) -> None:
    """A session began: when, and where from; its idle time and its life are counted from now."""
    now = datetime.now(UTC)
    request.session["began"] = request.session["seen"] = int(now.timestamp())
    request.session["has_second"] = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()
    if request.session.session_key is None:
        request.session.save()
    LogIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "began_at": now,
            "seen_at": now,
            "ended_at": None,
            "address": address_of(request),
            "device": request.META.get("HTTP_USER_AGENT", "")[:200],
        },
    )
    tell(EventKind.LOGGED_IN, user, by=user, request=request)


def logged_out(sender: object, request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user is None:
        return
    LogIn.objects.filter(session_key=request.session.session_key).update(ended_at=datetime.now(UTC))
    tell(EventKind.LOGGED_OUT, user, by=user, request=request)


def log_in_failed(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any
) -> None:
    _tell_of(credentials.get("username"), EventKind.FAILED, request)


def locked_out(sender: object, request: HttpRequest, username: str | None, **_more: Any) -> None:
    _tell_of(username, EventKind.LOCKED, request)


def _tell_of(username: object, kind: EventKind, request: HttpRequest | None) -> None:
    """Events of names that nobody has are not kept: anybody could fill the table with them."""
    user = User.objects.filter(username=username).first() if isinstance(username, str) else None
    if user is not None:
        tell(kind, user, request=request)
