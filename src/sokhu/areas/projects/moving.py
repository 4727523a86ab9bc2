"""What projects move in the ledger, and how their movements are made again to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sokhu.areas.ledger.registers import Gap, MovingRegister, Tally
from sokhu.areas.projects.chain import rows_of, steps_of
from sokhu.areas.projects.models import ImplementationReport, Project, Status
from sokhu.areas.projects.reports import REGISTER, reports_of
from sokhu.areas.zones.moving import list_without, zones_without
from sokhu.core.certificates.movements import INDICATORS, moved_by
from sokhu.core.implementation import INDICATORS as OF_REPORTS
from sokhu.core.implementation import INFRASTRUCTURE
from sokhu.core.implementation_movements import TOLD, moved_by_reports
from sokhu.core.movement import Moved
from sokhu.core.parts import in_parts

AT_ONCE = 1000


def _page(thing: UUID) -> str:
    return reverse("thing", args=["projects", thing])


def _names(projects: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Project.objects.filter(pk__in=set(projects)).values_list("pk", "name_now"))


def _of_projects() -> Iterator[tuple[UUID, Moved]]:
    """Every project's movements out of its events, a thousand projects at once."""
    projects = Project.objects.filter(is_gone=False).select_related("zone").order_by("pk")
    for some in in_parts(projects.iterator(chunk_size=AT_ONCE), AT_ONCE):
        yield from _moved(some)


def _moved(projects: list[Project]) -> Iterator[tuple[UUID, Moved]]:
    rows = rows_of(project.pk for project in projects)
    for project in projects:
        for step in steps_of(project, rows[project.pk]):
            yield from ((project.pk, one) for one in moved_by(step))


def _gaps(authority: str) -> list[Gap]:
    projects = Project.objects.filter(owner=authority, is_gone=False)
    without = projects.filter(status__in=(Status.NONE, "")).count()
    url = list_without("projects", "certificate-events", authority)
    having = Project.objects.filter(is_gone=False).values("zone")
    return [
        zones_without("projects", having, authority, gettext("khu chưa có dự án nào")),
        Gap(gettext("dự án chưa có sự kiện cấp lần đầu"), without, projects.count(), url),
    ]


def _of_reports() -> Iterator[tuple[UUID, Moved]]:
    """What is told of every project's implementation, out of the reports, a thousand projects at once."""
    projects = Project.objects.filter(is_gone=False).select_related("zone").order_by("pk")
    for some in in_parts(projects.iterator(chunk_size=AT_ONCE), AT_ONCE):
        reports = reports_of(project.pk for project in some)
        told = [project for project in some if project.pk in reports]
        rows = rows_of(project.pk for project in told)
        for project in told:
            moved = moved_by_reports(reports[project.pk], steps_of(project, rows[project.pk]))
            yield from ((project.pk, one) for one in moved)


def _gaps_of_reports(authority: str) -> list[Gap]:
    projects = Project.objects.filter(owner=authority, is_gone=False, status__in=(Status.VALID, Status.SUSPENDED))
    having = ImplementationReport.objects.filter(is_gone=False).values("project")
    without = projects.exclude(pk__in=having).count()
    url = list_without("projects", REGISTER, authority)
    return [Gap(gettext("dự án đang hiệu lực chưa có báo cáo thực hiện nào"), without, projects.count(), url)]


PROJECTS = MovingRegister("projects", _("Dự án đầu tư"), INDICATORS, _page, _names, _of_projects, gaps=_gaps)
REPORTS = MovingRegister(
    REGISTER,
    _("Báo cáo thực hiện dự án (A.III)"),
    (*OF_REPORTS, INFRASTRUCTURE),
    _page,
    _names,
    _of_reports,
    gaps=_gaps_of_reports,
    tally=Tally(TOLD, "projects_valid"),
)
