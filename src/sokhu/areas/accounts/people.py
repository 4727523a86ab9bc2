"""What administrators do with the accounts of their authority. Nothing is deleted: accounts stop, roles end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from axes.utils import reset as unlock_name
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.events import tell
from sokhu.areas.accounts.models import EventKind, Grant, LogIn, User
from sokhu.areas.accounts.queries import in_force, standing_grants
from sokhu.core.problems import Problem, Problems
from sokhu.core.reach import Reach
from sokhu.core.rights import HELD_FOR, WITH_SUBJECT, account_of

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
NAME_LIMIT, REASON_LIMIT = 200, 500


@dataclass(frozen=True, slots=True)
class Offer:
    """A role to be given, both days included; ends: None until it is ended. subject: see `Grant`."""

    role: str
    authority: str
    starts: date
    reason: str
    subject: str = ""
    ends: date | None = None


def invite(reach: Reach, username: str, full_name: str, offer: Offer, *, by: User | None, today: date) -> User:
    """A new account with its first role; it enters once a password was set by the link of `password_link`.

    Raises Problems with where="username" | "full_name" and those of `give`.
    """
    username, full_name = username.strip().lower(), " ".join(full_name.split())[:NAME_LIMIT]
    problems = [] if USERNAME.fullmatch(username) else [Problem("people.bad_username", "username", found=username[:60])]
    if not full_name:
        problems.append(Problem("people.no_name", "full_name"))
    if User.objects.filter(username=username).exists():
        problems.append(Problem("people.username_taken", "username", found=username))
    _must_give(reach, offer, today, problems)
    with transaction.atomic():
        user = User(username=username, full_name=full_name)
        user.set_unusable_password()
        user.save()
        tell(EventKind.INVITED, user, by=by, authority=offer.authority, words=offer.reason)
        _give(user, offer, by)
    return user


def give(reach: Reach, user: User, offer: Offer, *, by: User | None, today: date) -> Grant:
    """Gives a role. Nobody gives one that they do not administer, and nobody gives himself one.

    Raises Problem("people.not_yourself"), Problem("people.has_it"), those of `Reach`, and Problems with where="role" |
    "subject" | "starts" | "ends" | "reason".
    """
    if by is not None and by.pk == user.pk:
        raise Problem("people.not_yourself")
    _must_give(reach, offer, today, [])
    with transaction.atomic():
        return _give(user, offer, by)


def _must_give(reach: Reach, offer: Offer, today: date, problems: list[Problem]) -> None:
    if offer.role not in HELD_FOR or offer.authority.partition("/")[0] not in HELD_FOR[offer.role]:
        raise Problem("people.role_not_of_authority", "role", role=offer.role, authority=offer.authority)
    reach.must("administer", account_of(offer.role), offer.authority)
    if (offer.role in WITH_SUBJECT) != bool(offer.subject):
        problems.append(Problem("people.subject", "subject"))
    if offer.starts < today:
        problems.append(Problem("people.past_day", "starts", found=offer.starts))
    if offer.ends is not None and offer.ends < offer.starts:
        problems.append(Problem("people.ends_before", "ends", found=offer.ends))
    problems += _of_reason(offer.reason)
    if problems:
        raise Problems(problems)


def _give(user: User, offer: Offer, by: User | None) -> Grant:
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                user=user,
                role=offer.role,
                authority=offer.authority,
                subject=offer.subject,
                starts=offer.starts,
                ends=offer.ends,
                given_by=by,
                reason=offer.reason.strip(),
            )
    except IntegrityError as twice:
        raise Problem("people.has_it", "role") from twice
    tell(EventKind.GIVEN, user, by=by, authority=offer.authority, words=_of_role(grant, grant.reason))
    return grant


def end(reach: Reach, grant: Grant, reason: str, *, by: User | None, today: date) -> None:
    """Ends a role at once; it stays in the book with who ended it and why.

    Raises Problem("people.last_administrator"), Problem("people.reason") and those of `Reach`.
    """
    reach.must("administer", account_of(grant.role), grant.authority)
    _must_say_why(reason)
    with transaction.atomic():
        locked = Grant.objects.select_for_update().get(pk=grant.pk)
        if locked.ended_at is not None:
            return
        _must_leave_an_administrator(reach, [locked], today)
        locked.ended_at, locked.ended_by, locked.end_reason = datetime.now(UTC), by, reason.strip()
        locked.save(update_fields=["ended_at", "ended_by", "end_reason"])
        tell(EventKind.ENDED, locked.user, by=by, authority=locked.authority, words=_of_role(locked, locked.end_reason))


def stop(reach: Reach, user: User, reason: str, *, by: User | None, today: date) -> None:
    """Stops an account: it enters no more and its sessions end; its roles and what it wrote stay.

    Raises Problem("people.not_yourself"), "people.last_administrator", "people.reason" and those of `must_manage`.
    """
    _must_manage_other(reach, user, by, today)
    _must_say_why(reason)
    with transaction.atomic():
        _must_leave_an_administrator(reach, standing_grants(user, today), today)
        User.objects.filter(pk=user.pk).update(is_active=False)
        _end_sessions(user)
        tell(EventKind.STOPPED, user, by=by, words=reason.strip())


def resume(reach: Reach, user: User, reason: str, *, by: User | None, today: date) -> None:
    """Lets a stopped account enter again."""
    _must_manage_other(reach, user, by, today)
    _must_say_why(reason)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        tell(EventKind.RESUMED, user, by=by, words=reason.strip())


def password_link(reach: Reach, user: User, *, by: User | None, today: date) -> tuple[str, str]:
    """(user, token) of the page that sets a password, once; to be handed over by the administrator.

    Raises Problem("people.not_yourself"), "people.demo_account" and those of `must_manage`.
    """
    _must_manage_other(reach, user, by, today)
    if user.is_demo:
        raise Problem("people.demo_account")
    tell(EventKind.LINK_MADE, user, by=by)
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def reset_second_factor(reach: Reach, user: User, reason: str, *, by: User | None, today: date) -> None:
    """Takes a lost second factor away; its owner makes a new one at the next log-in. Sessions end.

    Raises Problem("people.not_yourself"), "people.reason" and those of `must_manage`.
    """
    _must_manage_other(reach, user, by, today)
    _must_say_why(reason)
    with transaction.atomic():
        second_factor.forget(user)
        _end_sessions(user)
        tell(EventKind.CODE_RESET, user, by=by, words=reason.strip())


def end_sessions(reach: Reach, user: User, *, by: User | None, today: date) -> None:
    """Ends every session of somebody. Raises those of `must_manage`."""
    must_manage(reach, user, today)
    _end_sessions(user)
    tell(EventKind.SESSIONS_ENDED, user, by=by)


def end_other_sessions(user: User, kept: str | None) -> None:
    """Ends one's own sessions but the one with this key."""
    _end_sessions(user, kept)
    tell(EventKind.SESSIONS_ENDED, user, by=user)


def session_renamed(before: str | None, now: str | None) -> None:
    """A session that gets a new key, as after a change of password, stays the log-in that it was."""
    LogIn.objects.filter(session_key=before).update(session_key=now)


def unlock(reach: Reach, user: User, *, by: User | None, today: date) -> None:
    """Lets somebody who was locked for wrong passwords try again at once."""
    must_manage(reach, user, today)
    unlock_name(username=user.username)
    tell(EventKind.UNLOCKED, user, by=by)


def must_manage(reach: Reach, user: User, today: date) -> None:
    """An account is managed by who administers all of its roles in force, or the last one where none is.

    Raises Problem("people.no_such_person") for one that never had a role, and those of `Reach`.
    """
    standing = standing_grants(user, today) or list(user.grants.order_by("-ended_at", "-ends")[:1])
    if not standing and not reach.is_system:
        raise Problem("people.no_such_person")
    for one in standing:
        reach.must("administer", account_of(one.role), one.authority)


def _must_manage_other(reach: Reach, user: User, by: User | None, today: date) -> None:
    if by is not None and by.pk == user.pk:
        raise Problem("people.not_yourself")
    must_manage(reach, user, today)


def _must_leave_an_administrator(reach: Reach, ending: list[Grant], today: date) -> None:
    """An authority that has an administrator keeps one; only the command line takes the last away."""
    for one in ending if not reach.is_system else ():
        if one.role != "administrator":
            continue
        others = Grant.objects.select_for_update().filter(
            in_force(today), role="administrator", authority=one.authority, ends=None, user__is_active=True
        )
        if not others.exclude(user=one.user_id).exists():
            raise Problem("people.last_administrator", owner=one.authority)


def _end_sessions(user: User, kept: str | None = None) -> None:
    open_ones = LogIn.objects.filter(user=user, ended_at__isnull=True).exclude(session_key=kept or "")
    keys = list(open_ones.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    open_ones.update(ended_at=datetime.now(UTC))


def _of_reason(reason: str) -> list[Problem]:
    return [] if 0 < len(reason.strip()) <= REASON_LIMIT else [Problem("people.reason", "reason", limit=REASON_LIMIT)]


def _must_say_why(reason: str) -> None:
    if problems := _of_reason(reason):
        raise problems[0]


def _of_role(grant: Grant, reason: str) -> str:
    """ "developer zone/kcn-dinh-vu: reason"; pages say role and zone by name."""
    return f"{' '.join(filter(None, (grant.role, grant.subject)))}: {reason}"
