"""Where phrases stand in a text, to ask whether one stands in a stretch of it without reading the stretch again."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from sokhu.core.narrative.source import Source

NOWHERE = sys.maxsize  # behind every text


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """Phrases that a rule asks for together; each such set is itself and no other, whatever it holds.

    A phrase is found inside longer words too; a space at its front keeps it to the beginning of a word.
    """

    phrases: tuple[str, ...]


def any_of(*phrases: str) -> AnyOf:
    """The phrases as a rule asks for them."""
    return AnyOf(phrases)


class Mentions:
    """All places of some phrases in the line of words."""

    def __init__(self, source: Source, sought: AnyOf) -> None:
        spans = sorted(span for phrase in sought.phrases for span in _spans(source, phrase))
        self.starts = [start for start, _ in spans]
        self.ends = list(accumulate((end for _, end in reversed(spans)), min, initial=NOWHERE))[::-1]

    @property
    def found(self) -> bool:
        """The text says one of the phrases anywhere."""
        return bool(self.starts)

    def first_end(self, start: int) -> int:
        """Where the phrases that begin at the token or behind it first end; NOWHERE if there are none."""
        return self.ends[bisect_left(self.starts, start)]

    def within(self, start: int, end: int) -> bool:
        """Some phrase lies inside the tokens from start to end."""
        return self.ends[bisect_left(self.starts, start)] <= end


def _spans(source: Source, phrase: str) -> Iterator[tuple[int, int]]:
    space = phrase.startswith(" ")
    at = source.line.find(phrase)
    while at >= 0:
        yield source.word_at(at + space), source.word_at(at + len(phrase) - 1) + 1
        at = source.line.find(phrase, at + 1)
