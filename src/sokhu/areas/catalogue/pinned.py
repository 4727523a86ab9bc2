"""One moment of the catalogue for the whole of a request, so that a page asks for it once and never mixes two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_pinned: ContextVar[int | None] = ContextVar("pinned_catalogue", default=None)


def pinned_moment() -> int | None:
    return _pinned.get()


@contextmanager
def pinned_catalogue(moment: int) -> Iterator[None]:
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
