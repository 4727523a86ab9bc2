"""The rows that somebody may do something with, as a filter of a query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.db.models import Q

from sokhu.core.reach import Covered
from sokhu.core.rights import Action, Thing


class Reaching(Protocol):
    def covered(self, action: Action, thing: Thing) -> Covered: ...


def allowed(
    reach: Reaching, action: Action, thing: Thing, *, owner: str = "owner", to: str = "", about: Iterable[str] = ()
) -> Q:
    """The rows of a class of things that somebody may do this with, by the table of rights.

    owner: the way to the column that names a row's authority; to: to whom it is submitted to, "" where that is asked
    otherwise; about: the ways to what a role's subject can be.
    """
    covered = reach.covered(action, thing)
    if covered.everything:
        return Q(pk__isnull=False)
    found = Q(**{f"{owner}__in": covered.owners})
    if to:
        found |= Q(**{f"{to}__in": covered.addressees})
    for authority, subject in sorted(covered.subjects):
        for name in about:
            found |= Q(**{owner: authority, name: subject})
    return found
