"""Which roles a user has today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from sokhu.areas.accounts.models import Grant, LogIn, SecurityEvent, User
from sokhu.core.problems import Problem
from sokhu.core.reach import Reach
from sokhu.kit.scope import allowed


def grants_on(user: User | AnonymousUser, day: date) -> list[Grant]:
    """The user's roles in force on that day; none for who is not logged in."""
    return list(Grant.objects.filter(in_force(day), user=user).order_by("id")) if user.is_authenticated else []


def in_force(day: date) -> Q:
    """Grants that count on a day: begun, not past their last day, not ended before it."""
    return Q(Q(ends__isnull=True) | Q(ends__gte=day), ended_at__isnull=True, starts__lte=day)


def standing_grants(user: User, day: date) -> list[Grant]:
    """The user's roles that are in force or will be."""
    not_over = Q(ends__isnull=True) | Q(ends__gte=day)
    return list(user.grants.filter(not_over, ended_at__isnull=True).order_by("id"))


def visible_grants(reach: Reach) -> QuerySet[Grant]:
    """Roles, in force or over, that an administrator or auditor may know of."""
    administrators = Q(role="administrator") & allowed(reach, "read", "administrator_account", owner="authority")
    return Grant.objects.filter(
        administrators | ~Q(role="administrator") & allowed(reach, "read", "user_account", owner="authority")
    )


def visible_people(reach: Reach) -> QuerySet[User]:
    """The accounts that have, or had, a role that the reader may know of."""
    return User.objects.filter(pk__in=visible_grants(reach).values("user"))


def visible_person(reach: Reach, user_id: UUID) -> User:
    """Raises Problem("people.no_such_person")."""
    found = visible_people(reach).filter(pk=user_id).first()
    if found is None:
        raise Problem("people.no_such_person")
    return found


def visible_events(reach: Reach) -> QuerySet[SecurityEvent]:
    """What happened to the accounts of the reader's authority, and to roles in it; the newest first."""
    of_people = Grant.objects.filter(allowed(reach, "read", "security_event", owner="authority")).values("user")
    ours = Q(authority="", user__in=of_people) | ~Q(authority="") & allowed(
        reach, "read", "security_event", owner="authority"
    )
    return SecurityEvent.objects.filter(ours).select_related("user", "by")


def log_ins_of(user: User) -> list[LogIn]:
    """The sessions of somebody, the open ones first."""
    return list(LogIn.objects.filter(user=user).order_by(F("ended_at").desc(nulls_first=True), "-seen_at")[:20])


def locked_until(username: str) -> datetime:
    """When a name that was locked for wrong passwords may be tried again; now for one that is not."""
    newest = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    pause = timedelta(hours=settings.AXES_COOLOFF_TIME)
    return max(newest.attempt_time + pause, timezone.now()) if newest else timezone.now()


def is_locked(user: User) -> bool:
    """Whether somebody was locked for wrong passwords on some device."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=since)
    return bool(tried.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())


def names_of(ids: Iterable[object]) -> dict[object, str]:
    """Names of authors, for showing who did what."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(ids))}


def demo_users() -> QuerySet[User]:
    """The accounts that `make run` makes: they have no usable password and no other way in than the demo buttons."""
    return User.objects.filter(is_active=True, is_demo=True).order_by("date_joined")


def user_named(username: str) -> User:
    """Raises Problem("access.no_such_user", found=username)."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Problem("access.no_such_user", found=username)
    return user
