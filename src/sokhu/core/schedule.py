"""Where a project stands in its schedule, and what moves with it: not started, being built, operating, delayed.

A valid project is one of the first three, or suspended, so that these add up to projects_valid. Source: form 2104
(projects in operation); Decree 96/2026 art. 28 (behind schedule).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sokhu.core.certificates.chain import Step, state_after
from sokhu.core.certificates.movements import ONE, Shelf, shelf_of
from sokhu.core.certificates.state import State
from sokhu.core.movement import Moved
from sokhu.core.place import DAY

NOT_STARTED, BUILDING, OPERATING = "projects_not_started", "projects_under_construction", "projects_operating"
DELAYED, STARTED = "projects_delayed", "projects_started_operation"
INDICATORS = (NOT_STARTED, BUILDING, OPERATING, DELAYED, STARTED)
BUILT = frozenset({"construction", "completion", "installation"})  # once one of these is reached, building has begun
OPERATION = "operation"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a schedule. planned: the day by which it was to be reached; reached: the day on which it was."""

    id: UUID
    kind: str
    planned: date
    reached: date | None

    def is_reached(self, day: date) -> bool:
        return self.reached is not None and self.reached <= day

    def is_late(self, day: date) -> bool:
        return self.planned < day and not self.is_reached(day)


def standing(state: State | None, milestones: Sequence[Milestone], day: date) -> dict[str, Shelf]:
    """The stocks that a project is in at the end of a day, and where it is counted; none once it has ended."""
    if state is None or not state.is_valid or state.suspended_since:
        return {}
    reached = {one.kind for one in milestones if one.is_reached(day)}
    stage = OPERATING if OPERATION in reached else NOT_STARTED if reached.isdisjoint(BUILT) else BUILDING
    shelf, is_delayed = shelf_of(state), any(one.is_late(day) for one in milestones)
    return {stage: shelf, DELAYED: shelf} if is_delayed else {stage: shelf}


def moved_by_schedule(milestones: Sequence[Milestone], steps: Sequence[Step]) -> Iterator[Moved]:
    """The movements of one project's milestones. steps: its life, which says where it is counted and until when."""
    if not steps:
        return
    sources = _days(milestones) | {step.day: step.source for step in steps}
    before: dict[str, Shelf] = {}
    for day in sorted(day for day in sources if day >= steps[0].day):
        after = standing(state_after(steps, day), milestones, day)
        for code in {**before, **after}:
            if before.get(code) != after.get(code):
                for shelf, amount in ((before.get(code), -ONE), (after.get(code), ONE)):
                    if shelf is not None:
                        yield _moved(code, shelf, day, amount, sources[day])
        before = after
    yield from _started(milestones, steps)


def _days(milestones: Sequence[Milestone]) -> dict[date, UUID]:
    """The days on which anything follows from milestones, and from which."""
    late = {one.planned + DAY: one.id for one in milestones}
    return late | {one.reached: one.id for one in milestones if one.reached}


def _started(milestones: Sequence[Milestone], steps: Sequence[Step]) -> Iterator[Moved]:
    """Operation begins once, with the first part of a project that does; before its certificate it is no news."""
    begun = [(one.reached, one.id) for one in milestones if one.kind == OPERATION and one.reached]
    if not begun:
        return
    day, source = min(begun)
    state = state_after(steps, day)
    if state is not None and state.is_valid:
        yield _moved(STARTED, shelf_of(state), day, ONE, source)


def _moved(code: str, shelf: Shelf, day: date, amount: int, source: UUID) -> Moved:
    return Moved(code, shelf.place, shelf.owner, day, amount, source, shelf.ownership, shelf.country, shelf.sector)
