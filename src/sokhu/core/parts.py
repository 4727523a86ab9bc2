"""Long rows of things, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The things in their order, so many at once; no more of them are taken from where they come."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part
