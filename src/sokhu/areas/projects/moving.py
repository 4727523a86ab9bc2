"""What the register of projects moves in the ledger, and how its movements are made again to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sokhu.areas.ledger.registers import MovingRegister
from sokhu.areas.projects.chain import rows_of, steps_of
from sokhu.areas.projects.models import Project
from sokhu.core.certificates.movements import moved_by
from sokhu.core.movement import Moved

INDICATORS = (
    *("projects_new", "projects_adjusted", "projects_increased", "projects_reduced", "projects_transferred"),
    *("projects_revoked", "projects_moved", "projects_corrected", "projects_valid", "projects_suspended"),
    *("capital_new", "capital_added", "capital_reduced", "capital_revoked", "capital_corrected", "capital_moved"),
    "capital_registered_total",
)


def _page(project: UUID) -> str:
    return reverse("thing", args=["projects", project])


def _titles(projects: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Project.objects.filter(pk__in=set(projects)).values_list("pk", "name_now"))


def _moved() -> Iterator[tuple[UUID, Moved]]:
    projects = list(Project.objects.filter(is_gone=False).select_related("zone"))
    rows = rows_of(project.pk for project in projects)
    for project in projects:
        for step in steps_of(project, rows[project.pk]):
            yield from ((project.pk, one) for one in moved_by(step))


PROJECTS = MovingRegister("projects", _("Dự án đầu tư"), INDICATORS, _page, _titles, _moved)
