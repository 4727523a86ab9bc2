"""What follows when a project or an event of it changes: its standing, and the movements behind every figure."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import F

from sokhu.areas.projects.chain import restate_projects, rows_of, settle, steps_of
from sokhu.areas.projects.models import (
    CertificateEvent,
    ImplementationReport,
    Investor,
    Milestone,
    OfProject,
    Project,
    ProjectEnterprise,
    ProjectInvestor,
)
from sokhu.areas.projects.reports import restate_reports
from sokhu.areas.projects.schedule import restate_milestones
from sokhu.core.certificates.chain import Step
from sokhu.kit.registers.actions import hand_over, write
from sokhu.kit.registers.declaration import nothing_follows, register_named
from sokhu.kit.sealing.actions import OpenBatch

PROJECTS = "projects"  # declared in `registry`, which names what follows


def projects_changed(batch: OpenBatch, projects: Sequence[Project]) -> None:
    rows = rows_of(project.pk for project in projects)
    lives = {project.pk: steps_of(project, rows[project.pk]) for project in projects}
    restate_projects(batch.sequence, projects, lives)
    restate_reports(batch.sequence, projects, lives)
    restate_milestones(batch.sequence, projects, lives)
    _handed_over(batch, projects)


def _handed_over(batch: OpenBatch, projects: Sequence[Project]) -> None:
    """A project is in the book of the board whose zone it is in now, with all that belongs to it."""
    by_owner: dict[str, list[Project]] = {}
    for project in projects:
        if project.zone_now and project.zone_now.owner != project.owner:
            by_owner.setdefault(project.zone_now.owner, []).append(project)
    for owner, some in by_owner.items():
        hand_over(batch, register_named(PROJECTS), some, owner)


def events_changed(batch: OpenBatch, events: Sequence[CertificateEvent]) -> None:
    """Every project with a changed event is settled anew in the same batch: a late event counts at once.

    Raises Problems when a chain cannot be, so that nothing of the batch is kept.
    """
    _settled(batch, {event.project_id for event in events})


def roles_changed(batch: OpenBatch, roles: Sequence[ProjectInvestor]) -> None:
    """Whose the capital is follows from who puts it in."""
    _settled(batch, {role.project_id for role in roles})


def reports_changed(batch: OpenBatch, reports: Sequence[ImplementationReport]) -> None:
    """What enterprises report of a project counts where it stands on the last day of a quarter."""
    restate_reports(batch.sequence, *_lives_of(reports))


def milestones_changed(batch: OpenBatch, milestones: Sequence[Milestone]) -> None:
    """Where a project stands in its schedule follows from the milestones that it reached, and those that it missed."""
    restate_milestones(batch.sequence, *_lives_of(milestones))


def _lives_of(things: Sequence[OfProject]) -> tuple[list[Project], dict[UUID, list[Step]]]:
    """The projects that things belong to, and what their certificates' events made of each."""
    projects = list(Project.objects.filter(pk__in={one.project_id for one in things}).select_related("zone"))
    rows = rows_of(project.pk for project in projects)
    return projects, {one.pk: steps_of(one, rows[one.pk]) for one in projects}


def investors_changed(batch: OpenBatch, investors: Sequence[Investor]) -> None:
    """An investor's country is that of its part of every project."""
    roles = ProjectInvestor.objects.filter(investor__in=[one.pk for one in investors], is_gone=False)
    _settled(batch, set(roles.values_list("project", flat=True)))


def _settled(batch: OpenBatch, wanted: Collection[UUID]) -> None:
    projects = list(Project.objects.filter(pk__in=wanted).select_related("zone", "zone_now"))
    rows = rows_of(wanted)
    for project in projects:
        settle(project, steps_of(project, rows[project.pk]), rows[project.pk])
    write(batch, replace(register_named(PROJECTS), follow=nothing_follows), projects)
    projects_changed(batch, projects)


def enterprises_changed(batch: OpenBatch, roles: Sequence[ProjectEnterprise]) -> None:
    """A project reads the enterprise whose role began last; one that is over does for want of another."""
    wanted = {role.project_id for role in roles}
    projects = list(Project.objects.filter(pk__in=wanted).select_related("zone"))
    newest: dict[UUID, ProjectEnterprise] = {}
    standing = ProjectEnterprise.objects.filter(project__in=wanted, is_gone=False).select_related("enterprise")
    for role in standing.order_by(F("ends").asc(nulls_last=True), F("starts").asc(nulls_first=True), "pk"):
        newest[role.project_id] = role
    for project in projects:
        found = newest.get(project.pk)
        project.enterprise_now = found.enterprise if found else None
    write(batch, register_named(PROJECTS), projects)


def number_entry(event: Any) -> None:
    """Events of one day count as they were entered: in microseconds since 1970."""
    event.entered = time.time_ns() // 1000
