"""Lists of a register that a user saved under a name."""

from __future__ import annotations

from uuid import UUID

from sokhu.core.problems import Problem
from sokhu.kit.registers.models import View

NAME_LIMIT, QUERY_LIMIT, MOST_VIEWS = 80, 4000, 50


def saved(user: UUID, register: str) -> list[View]:
    return list(View.objects.filter(user=user, register=register))


def keep(user: UUID, register: str, name: str, query: str) -> View:
    """Keeps a list under a name; one of that name is replaced.

    Raises Problem("view.no_name"), "view.long_name", "view.long_query", "view.too_many".
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Problem("view.no_name")
    if len(name) > NAME_LIMIT:
        raise Problem("view.long_name", found=len(name), limit=NAME_LIMIT)
    if len(query) > QUERY_LIMIT:
        raise Problem("view.long_query", found=len(query), limit=QUERY_LIMIT)
    mine = View.objects.filter(user=user, register=register)
    if mine.exclude(name=name).count() >= MOST_VIEWS:
        raise Problem("view.too_many", limit=MOST_VIEWS)
    return View.objects.update_or_create(user_id=user, register=register, name=name, defaults={"query": query})[0]


def drop(user: UUID, register: str, view_id: str) -> None:
    """Raises Problem("register.no_such_view")."""
    try:
        gone = View.objects.filter(user=user, register=register, pk=UUID(view_id)).delete()[0]
    except ValueError:
        gone = 0
    if not gone:
        raise Problem("register.no_such_view")
