"""Making accounts and giving roles."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from sokhu.areas.accounts.models import Grant, SavedView, User
from sokhu.areas.accounts.queries import saved_view
from sokhu.core.problems import Problem

NAME_LIMIT, QUERY_LIMIT, VIEWS_LIMIT = 80, 8000, 100


def ensure_account(username: str, full_name: str, role: str, authority: str, starts: date) -> User:
    """A demo account with that role; made without a usable password when new, left alone when there."""
    with transaction.atomic():
        made = {"full_name": full_name, "is_demo": True}
        user, is_new = User.objects.get_or_create(username=username, defaults=made)
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        Grant.objects.get_or_create(user=user, role=role, authority=authority, starts=starts)
    return user


def save_view(user: User, name: str, query: str) -> SavedView:
    """Keeps a table under a name.

    Raises Problem("view.no_name"), "view.long_name", "view.long_query", "view.too_many".
    """
    if len(query) > QUERY_LIMIT:
        raise Problem("view.long_query", found=len(query), limit=QUERY_LIMIT)
    if user.saved_views.count() >= VIEWS_LIMIT:
        raise Problem("view.too_many", limit=VIEWS_LIMIT)
    return SavedView.objects.create(user=user, name=_named(name), query=query)


def rename_view(user: User, view_id: UUID, name: str) -> SavedView:
    """Raises Problem("view.no_such_view") and those of a name."""
    view = saved_view(user, view_id)
    view.name = _named(name)
    view.save(update_fields=["name"])
    return view


def delete_view(user: User, view_id: UUID) -> None:
    """Raises Problem("view.no_such_view")."""
    saved_view(user, view_id).delete()


def _named(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Problem("view.no_name")
    if len(name) > NAME_LIMIT:
        raise Problem("view.long_name", found=len(name), limit=NAME_LIMIT)
    return name
