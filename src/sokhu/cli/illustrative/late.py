"""Events that were entered after the reports of their period were signed: what a findings page is there to find."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sokhu.areas.projects.models import CertificateEvent, EventKind
from sokhu.areas.projects.registry import EVENTS
from sokhu.cli.illustrative.chance import Chance
from sokhu.cli.illustrative.projects import MadeProject
from sokhu.kit.registers.actions import write
from sokhu.kit.sealing.actions import OpenBatch

DAY = date(2024, 5, 15)
MOST = 4
AMOUNT = {"usd": 1_230_000, "vnd": 45_600_000_000}


def late_events(chance: Chance, projects: Sequence[MadeProject]) -> list[CertificateEvent]:
    """Raises of capital in projects that nothing has happened to since."""
    able = [one for one in projects if one.project.status == "valid" and one.life.events[-1].day < DAY]
    rng = chance.stream("late")
    return [_event(chance, one) for one in rng.sample(able, min(MOST, len(able)))]


def _event(chance: Chance, one: MadeProject) -> CertificateEvent:
    return CertificateEvent(
        id=chance.id(one.project.pk, "late"),
        owner=one.project.owner,
        project=one.project,
        kind=EventKind.ADJUST,
        day=DAY,
        number="MH-ghi muộn",
        entered=len(one.life.events) + 1,
        **{f"{one.life.currency}_up": AMOUNT[one.life.currency]},
    )


def enter(batch: OpenBatch, events: list[CertificateEvent]) -> None:
    """As a person does: the projects are settled anew, their movements and every derived figure with them."""
    write(batch, EVENTS, events)
