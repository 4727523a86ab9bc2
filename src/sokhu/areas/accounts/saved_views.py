"""Tables of the explorer and lists of registers that a user keeps under a name."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from sokhu.areas.accounts.models import SavedView, User
from sokhu.core.problems import Problem

NAME_LIMIT, QUERY_LIMIT, VIEWS_LIMIT = 80, 8000, 100


def saved_views(user: User | AnonymousUser, of: str) -> list[SavedView]:
    return list(SavedView.objects.filter(user=user, of=of)) if user.is_authenticated else []


def save_view(user: User, of: str, name: str, query: str) -> SavedView:
    """Keeps a table or list under a name; one of that name is replaced.

    Raises Problem("view.no_name"), "view.long_name", "view.long_query", "view.too_many".
    """
    name = _named(name)
    if len(query) > QUERY_LIMIT:
        raise Problem("view.long_query", found=len(query), limit=QUERY_LIMIT)
    others = SavedView.objects.filter(user=user, of=of).exclude(name=name)
    if others.count() >= VIEWS_LIMIT:
        raise Problem("view.too_many", limit=VIEWS_LIMIT)
    SavedView.objects.filter(user=user, of=of, name=name).delete()
    return SavedView.objects.create(user=user, of=of, name=name, query=query)


def rename_view(user: User, view_id: UUID, name: str) -> None:
    """Raises Problem("view.no_such_view") and those of a name."""
    view = _own(user, view_id)
    view.name = _named(name)
    view.save(update_fields=["name"])


def delete_view(user: User, view_id: UUID) -> None:
    """Raises Problem("view.no_such_view")."""
    _own(user, view_id).delete()


def _own(user: User, view_id: UUID) -> SavedView:
    view = SavedView.objects.filter(user=user, pk=view_id).first()
    if view is None:
        raise Problem("view.no_such_view")
    return view


def _named(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Problem("view.no_name")
    if len(name) > NAME_LIMIT:
        raise Problem("view.long_name", found=len(name), limit=NAME_LIMIT)
    return name
