"""Which roles a user has today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from sokhu.areas.accounts.models import Grant, SavedView, User
from sokhu.core.problems import Problem


def grants_on(user: User | AnonymousUser, day: date) -> list[Grant]:
    """The user's roles in force on that day; none for who is not logged in."""
    return list(Grant.objects.filter(in_force(day), user=user).order_by("id")) if user.is_authenticated else []


def in_force(day: date) -> Q:
    """Grants that count on a day: begun, not past their last day, not ended before it."""
    return Q(Q(ends__isnull=True) | Q(ends__gte=day), ended_at__isnull=True, starts__lte=day)


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


def saved_views(user: User | AnonymousUser) -> list[SavedView]:
    return list(SavedView.objects.filter(user=user)) if user.is_authenticated else []


def saved_view(user: User, view_id: UUID) -> SavedView:
    """One of the user's own. Raises Problem("view.no_such_view")."""
    view = SavedView.objects.filter(user=user, pk=view_id).first()
    if view is None:
        raise Problem("view.no_such_view")
    return view
