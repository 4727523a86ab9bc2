"""What the milestones of projects move in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sokhu.areas.ledger.movements import restate
from sokhu.areas.projects.models import Milestone, Project
from sokhu.core import schedule
from sokhu.core.certificates.chain import Step
from sokhu.core.schedule import moved_by_schedule

REGISTER = "milestones"


def milestones_of(projects: Iterable[UUID]) -> defaultdict[UUID, list[schedule.Milestone]]:
    """The milestones of projects, for those that have any: one query. Removed ones are left out."""
    found: defaultdict[UUID, list[schedule.Milestone]] = defaultdict(list)
    for row in Milestone.objects.filter(project__in=set(projects), is_gone=False).order_by("planned", "pk"):
        found[row.project_id].append(schedule.Milestone(row.pk, row.kind, row.planned, row.actual))
    return found


def restate_milestones(sequence: int, projects: Sequence[Project], lives: Mapping[UUID, Sequence[Step]]) -> None:
    """Makes what follows from milestones be what they say now, of these projects; of one that was removed nothing."""
    there = [project for project in projects if not project.is_gone]
    milestones = milestones_of(project.pk for project in there)
    moved = {project.pk: list(moved_by_schedule(milestones[project.pk], lives[project.pk])) for project in there}
    restate(sequence, REGISTER, {project.pk: moved.get(project.pk, []) for project in projects})
