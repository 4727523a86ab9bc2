"""What projects move in the ledger, and how their movements are made again to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sokhu.areas.ledger.registers import Gap, MovingRegister, Tally
from sokhu.areas.projects.chain import rows_of, steps_of
from sokhu.areas.projects.models import ImplementationReport, Milestone, Project, Status
from sokhu.areas.projects.reports import REGISTER, reports_of
from sokhu.areas.projects.reports import RESOURCES as OF_RESOURCES
from sokhu.areas.projects.schedule import REGISTER as SCHEDULE
from sokhu.areas.projects.schedule import milestones_of
from sokhu.areas.zones.moving import list_without, zones_without
from sokhu.core.certificates.movements import INDICATORS, moved_by
from sokhu.core.implementation import BUSINESS, INFRASTRUCTURE
from sokhu.core.implementation import RESOURCES as USED
from sokhu.core.implementation_movements import RESOURCES_TOLD, TOLD, moved_by_reports, moved_by_resources
from sokhu.core.movement import Moved
from sokhu.core.parts import in_parts
from sokhu.core.schedule import BUILDING, DELAYED, NOT_STARTED, moved_by_schedule
from sokhu.core.schedule import INDICATORS as OF_MILESTONES

AT_ONCE = 1000


def _page(thing: UUID) -> str:
    return reverse("thing", args=["projects", thing])


def _names(projects: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Project.objects.filter(pk__in=set(projects)).values_list("pk", "name_now"))


def _all_projects() -> Iterator[list[Project]]:
    """A thousand projects at once."""
    projects = Project.objects.filter(is_gone=False).select_related("zone").order_by("pk")
    yield from in_parts(projects.iterator(chunk_size=AT_ONCE), AT_ONCE)


def _of_projects() -> Iterator[tuple[UUID, Moved]]:
    """Every project's movements out of its events."""
    for some in _all_projects():
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


def _of_reports(moved_by: Callable[..., Iterable[Moved]]) -> Iterator[tuple[UUID, Moved]]:
    """What is told of every project's implementation, out of the reports. moved_by: of one project's."""
    for some in _all_projects():
        reports = reports_of(project.pk for project in some)
        told = [project for project in some if project.pk in reports]
        rows = rows_of(project.pk for project in told)
        for project in told:
            moved = moved_by(reports[project.pk], steps_of(project, rows[project.pk]))
            yield from ((project.pk, one) for one in moved)


def _of_schedules() -> Iterator[tuple[UUID, Moved]]:
    """Where every project stands in its schedule, out of its milestones."""
    for some in _all_projects():
        milestones, rows = milestones_of(project.pk for project in some), rows_of(project.pk for project in some)
        for project in some:
            moved = moved_by_schedule(milestones[project.pk], steps_of(project, rows[project.pk]))
            yield from ((project.pk, one) for one in moved)


def _projects_without(child: str, having: Any, authority: str, words: str) -> list[Gap]:
    """Of the valid projects of an authority's book those to which nothing of another register belongs."""
    projects = Project.objects.filter(owner=authority, is_gone=False, status__in=(Status.VALID, Status.SUSPENDED))
    without = projects.exclude(pk__in=having.filter(is_gone=False).values("project")).count()
    return [Gap(words, without, projects.count(), list_without("projects", child, authority))]


def _gaps_of_reports(authority: str) -> list[Gap]:
    words = gettext("dự án đang hiệu lực chưa có báo cáo thực hiện nào")
    return _projects_without(REGISTER, ImplementationReport.objects, authority, words)


def _gaps_of_schedules(authority: str) -> list[Gap]:
    words = gettext("dự án đang hiệu lực chưa có mốc tiến độ nào, được tính là chưa triển khai")
    return _projects_without(SCHEDULE, Milestone.objects, authority, words)


SCHEDULES = MovingRegister(
    SCHEDULE,
    _("Mốc tiến độ dự án"),
    OF_MILESTONES,
    _page,
    _names,
    _of_schedules,
    gaps=_gaps_of_schedules,
    of="projects",
    may_fall=frozenset({NOT_STARTED, BUILDING, DELAYED}),
)
PROJECTS = MovingRegister("projects", _("Dự án đầu tư"), INDICATORS, _page, _names, _of_projects, gaps=_gaps)
REPORTS = MovingRegister(
    REGISTER,
    _("Báo cáo thực hiện dự án (A.III)"),
    (*BUSINESS, INFRASTRUCTURE),
    _page,
    _names,
    partial(_of_reports, moved_by_reports),
    gaps=_gaps_of_reports,
    tally=Tally(TOLD, "projects_valid"),
    of="projects",
    undivided=frozenset({"jobs_foreign"}),
)
RESOURCES = MovingRegister(
    OF_RESOURCES,
    _("Năng lượng, đất đã dùng (A.III)"),
    tuple(USED),
    _page,
    _names,
    partial(_of_reports, moved_by_resources),
    gaps=_gaps_of_reports,
    tally=Tally(RESOURCES_TOLD, "projects_valid"),
    of="projects",
)
