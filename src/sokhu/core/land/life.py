"""The life of a zone: planned, established, under construction, operating, converting, ended; what it counts in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sokhu.core.data import load_toml
from sokhu.core.movement import Moved
from sokhu.core.problems import Problem

ONE = 1_000_000  # one zone, in steps of 10^-6
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class State:
    """code: of the dimension zone_status; counts: indicators that a zone in this state is one of.

    lasting: it stays in them in the states after.
    """

    code: str
    counts: tuple[str, ...]
    source: str
    evidence: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on a zone is in a state. source: the decision, or what else says so."""

    day: date
    state: str
    source: UUID


@cache
def states() -> Mapping[str, State]:
    """The states of a zone's life in their order, `catalogue/land/life.toml`."""
    tables = load_toml("land/life.toml")["state"]
    return {code: State(code, **{**table, "counts": tuple(table["counts"])}) for code, table in tables.items()}


def state_on(steps: Iterable[Step], day: date) -> str:
    """The state on a day; "" before the first step."""
    taken = [step for step in _in_order(steps) if step.day <= day]
    return taken[-1].state if taken else ""


def life_movements(place: str, owner: str, steps: Iterable[Step]) -> list[Moved]:
    """The counts that a zone enters and leaves, step by step. Raises Problem("land.state_unknown", found)."""
    moves: list[Moved] = []
    now: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    for step in _in_order(steps):
        state = states().get(step.state)
        if state is None:
            raise Problem("land.state_unknown", found=step.state)
        lasting = frozenset() if step.state == ENDED else lasting | frozenset(state.counts if state.lasting else ())
        after = frozenset(state.counts) | lasting
        moves += [Moved(one, place, owner, step.day, ONE, step.source) for one in sorted(after - now)]
        moves += [Moved(one, place, owner, step.day, -ONE, step.source) for one in sorted(now - after)]
        now = after
    return moves


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """By day; of one day in the order of a zone's life."""
    order = list(states())
    return sorted(steps, key=lambda step: (step.day, order.index(step.state) if step.state in order else -1))
