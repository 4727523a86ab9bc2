"""When invented projects were to be built and to begin their business, and when they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from sokhu.areas.projects.models import Milestone, MilestoneKind
from sokhu.cli.illustrative.chance import LAST, Chance, later
from sokhu.cli.illustrative.projects import MadeProject

BOTH_SINCE = date(2020, 1, 1)  # of older projects the book knows when they began their business
_DAYS = {MilestoneKind.CONSTRUCTION: 240, MilestoneKind.OPERATION: 800}  # after the certificate
_LATE = (0, 0, 0, 10, 45, 160)
REACHED = 0.97


def schedule(chance: Chance, projects: Sequence[MadeProject]) -> None:
    """Every project gets its milestones; some are late, a few are never reached."""
    rng = chance.stream("schedules")
    for one in projects:
        one.milestones = list(_milestones(chance, rng, one))


def _milestones(chance: Chance, rng: Random, one: MadeProject) -> Iterator[Milestone]:
    project, first = one.project, one.life.events[0]
    issued = first.certified or first.day
    late, goes_on = rng.choice(_LATE), True
    for kind, days in _DAYS.items():
        planned = later(issued, days * rng.uniform(0.7, 1.4))
        actual = later(planned, late + rng.randint(-20, 20))
        goes_on = goes_on and actual <= (one.life.ended or LAST) and rng.random() < REACHED
        if kind == MilestoneKind.OPERATION or issued >= BOTH_SINCE:
            yield Milestone(
                id=chance.id(project.pk, kind),
                owner=project.owner,
                project=project,
                kind=kind,
                planned=planned,
                actual=actual if goes_on else None,
            )
