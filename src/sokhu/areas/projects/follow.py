"""What follows when a project or an event of it changes: its standing, and the movements behind every figure."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sokhu.areas.projects.chain import restate_projects, rows_of, settle, steps_of
from sokhu.areas.projects.models import CertificateEvent, Project
from sokhu.kit.registers.actions import write
from sokhu.kit.sealing.actions import OpenBatch


def projects_changed(batch: OpenBatch, projects: Sequence[Project]) -> None:
    rows = rows_of(project.pk for project in projects)
    lives = {project.pk: steps_of(project, rows[project.pk]) for project in projects}
    restate_projects(batch.sequence, projects, lives)


def events_changed(batch: OpenBatch, events: Sequence[CertificateEvent]) -> None:
    """Every project with a changed event is settled anew in the same batch: a late event counts at once.

    Raises Problems when a chain cannot be, so that nothing of the batch is kept.
    """
    from sokhu.areas.projects.registry import PROJECTS

    wanted = {event.project_id for event in events}
    projects = list(Project.objects.filter(pk__in=wanted).select_related("zone"))
    rows = rows_of(wanted)
    for project in projects:
        settle(project, steps_of(project, rows[project.pk]))
    write(batch, PROJECTS, projects)
    as_before = [project for project in projects if project.version != batch.sequence]
    projects_changed(batch, as_before)


def number_entry(event: Any) -> None:
    """Events of one day count as they were entered: in microseconds since 1970."""
    event.entered = time.time_ns() // 1000
