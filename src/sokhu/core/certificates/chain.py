"""The life of a certificate, event by event: what stood before and after each, and what stands on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sokhu.core.certificates.event import Event, in_order
from sokhu.core.certificates.state import State, begun, changed, ended
from sokhu.core.problems import Problem, Problems


@dataclass(frozen=True, slots=True)
class Step:
    """What one event did. event: None for the end of the term, which happens by itself on `day`."""

    day: dt.date
    before: State | None
    after: State
    event: Event | None

    @property
    def source(self) -> UUID:
        """The event that made it; of the end of a term the one before it."""
        return self.event.id if self.event else self.after.last

    @property
    def told_on(self) -> dt.date:
        """The day by which people call it: the end of a term by its last day, on which the project still counts."""
        return self.day if self.event else self.day - dt.timedelta(days=1)


def history(events: Iterable[Event]) -> list[Step]:
    """Every event with the state before and after it, and the end of the term behind them, which may lie ahead.

    Raises Problems with every event that cannot be, `where` its id; the others are judged as if it were not there.
    """
    steps: list[Step] = []
    problems: list[Problem] = []
    state: State | None = None
    for event in in_order(events):
        try:
            after = changed(state, event) if state else begun(event)
        except Problem as problem:
            problems.append(Problem(problem.code, str(event.id), **problem.params))
            continue
        steps.append(Step(event.day, state, after, event))
        state = after
    if problems:
        raise Problems(problems)
    return [*steps, *_end_of_term(steps)]


def _end_of_term(steps: list[Step]) -> Iterator[Step]:
    """A term that an event makes end before the event itself was known to end on its day, and not before."""
    last = steps[-1] if steps else None
    if last and last.after.is_valid and last.after.term_ends:
        day = max(last.after.term_ends, last.day) + dt.timedelta(days=1)
        yield Step(day, last.after, ended(last.after, day, "expired"), None)


def state_on(events: Iterable[Event], day: dt.date) -> State | None:
    """What stood at the end of a day; None before the first event. Raises as `history`, for events of any day."""
    return state_after(history(events), day)


def state_after(steps: Iterable[Step], day: dt.date) -> State | None:
    """What stood at the end of a day, out of a history."""
    reached = [step.after for step in steps if step.day <= day]
    return reached[-1] if reached else None
