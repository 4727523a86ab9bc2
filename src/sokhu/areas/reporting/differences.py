"""What the national system says beside what the ledger holds in other streams, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.queries import current, standing_in, visible_observations
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.queries import Reach

State = Literal["differs", "alone", "agrees"]
_ORDER: tuple[State, ...] = ("differs", "alone", "agrees")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the national system, and one of another stream in its cell; other: None where none says it."""

    national: Observation
    other: Observation | None

    @property
    def state(self) -> State:
        if self.other is None:
            return "alone"
        same = (self.national.amount, self.national.emptiness) == (self.other.amount, self.other.emptiness)
        return "agrees" if same else "differs"


def compared_with_national(reach: Reach) -> list[Compared]:
    """Every figure of the national system that the reader sees, against each other stream that says its cell.

    What differs first, then what only the national system says; within these the latest first.
    """
    seen = visible_observations(reach).filter(stream__kind=StreamKind.NATIONAL)
    national = list(
        current(seen).select_related("cell", "stream", "document").order_by("-cell__last", "cell__indicator", "pk")
    )
    held = standing_in(reach, [one.cell_id for one in national])
    pairs = [pair for one in national for pair in _pairs(one, held.get(one.cell_id, []))]
    return sorted(pairs, key=lambda one: _ORDER.index(one.state))


def _pairs(one: Observation, standing: list[Observation]) -> Iterator[Compared]:
    others = [other for other in standing if other.stream.kind != StreamKind.NATIONAL]
    if not others:
        yield Compared(one, None)
    yield from (Compared(one, other) for other in others)
