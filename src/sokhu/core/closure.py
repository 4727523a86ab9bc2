"""Everything that hangs together by one kind of step: what an indicator is calculated from, what a place goes into."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def closure(starts: Iterable[T], step: Callable[[T], Iterable[T]]) -> set[T]:
    """The starts and all that steps lead to from them, each once; circles end by themselves.

    >>> sorted(closure([1], lambda number: [number * 2] if number < 8 else []))
    [1, 2, 4, 8]
    """
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = set(step(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return found
