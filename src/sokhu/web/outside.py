"""Those outside a board, a zone's developer or an enterprise: what their role is about, and where they begin."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from sokhu.areas.projects.models import Enterprise
from sokhu.areas.territory.queries import name_of
from sokhu.areas.zones.models import Zone
from sokhu.core.reach import Reach
from sokhu.core.rights import OUTSIDE
from sokhu.web.pages.registers.cells import url_of


def name_of_what(role: str, authority: str, subject: str) -> str:
    """The zone or enterprise that a role is about; of other roles the authority."""
    found = _thing(role, subject)
    return found.name if found else name_of(subject or authority)


def begins_at(mine: Reach) -> str:
    """Where somebody's day begins: the record of their own zone or enterprise, or the overview."""
    is_outside = mine.held and mine.roles <= set(OUTSIDE)
    found = _thing(mine.held[0].role, mine.held[0].subject) if is_outside else None
    return url_of(found) if found else reverse("overview")


def names_of_subjects(subjects: Iterable[str], owner: str) -> dict[str, str]:
    """Names of what roles are about: of enterprises in an authority's book, by tax code. Zones are named as places."""
    codes = [one for one in subjects if "/" not in one]
    if not codes:
        return {}
    rows = Enterprise.objects.filter(tax_code__in=codes, owner=owner, is_gone=False)
    return dict(rows.order_by("pk").values_list("tax_code", "name"))


def _thing(role: str, subject: str) -> Zone | Enterprise | None:
    if role == "developer":
        return Zone.objects.filter(place=subject, is_gone=False).first()
    if role == "enterprise":
        return Enterprise.objects.filter(tax_code=subject, is_gone=False).first()
    return None
