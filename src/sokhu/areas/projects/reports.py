"""What enterprises' reports of projects move in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sokhu.areas.ledger.movements import restate
from sokhu.areas.projects.models import ImplementationReport, Project
from sokhu.core.certificates.chain import Step
from sokhu.core.implementation import ITEMS, Reported
from sokhu.core.implementation_movements import Report, moved_by_reports, moved_by_resources

REGISTER = "implementation-reports"
RESOURCES = "implementation-resources"  # what the same reports say of energy and land, complete for itself


def reported(report: ImplementationReport) -> Reported:
    names = [f"{item}_{column}" for item, columns in ITEMS.items() for column in columns]
    amounts = {name: amount for name in names if (amount := getattr(report, name)) is not None}
    return Reported(report.year, int(report.quarter), amounts)


def reports_of(projects: Iterable[UUID]) -> defaultdict[UUID, list[Report]]:
    """The reports of projects, for those that have any: one query. Removed ones are left out."""
    found: defaultdict[UUID, list[Report]] = defaultdict(list)
    rows = ImplementationReport.objects.filter(project__in=set(projects), is_gone=False)
    for row in rows.order_by("year", "quarter", "pk"):
        found[row.project_id].append(Report(row.pk, row.currency, reported(row)))
    return found


def restate_reports(sequence: int, projects: Sequence[Project], lives: Mapping[UUID, Sequence[Step]]) -> None:
    """Makes what reports move be what they say now, of these projects; of one that was removed there is nothing."""
    reports = reports_of(project.pk for project in projects if not project.is_gone)
    for register, moved_by in ((REGISTER, moved_by_reports), (RESOURCES, moved_by_resources)):
        moved = {project.pk: list(moved_by(reports[project.pk], lives[project.pk])) for project in projects}
        restate(sequence, register, moved)
