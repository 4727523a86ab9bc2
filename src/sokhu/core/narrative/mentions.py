"""Where phrases stand in a text, to ask whether one stands in a stretch of it without reading the stretch again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sokhu.core.narrative.source import Source


class Mentions:
    """All places of some phrases in the line of words. A phrase is found inside longer words too; a space at its front
    keeps it to the beginning of a word.
    """

    def __init__(self, source: Source, phrases: Iterable[str]) -> None:
        spans = sorted(span for phrase in phrases for span in _spans(source, phrase))
        self.starts = [start for start, _ in spans]
        self.ends = list(accumulate((end for _, end in reversed(spans)), min))[::-1]  # the first end from there on

    def within(self, start: int, end: int) -> bool:
        """Some phrase lies inside the tokens from start to end."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.ends[at] <= end


def _spans(source: Source, phrase: str) -> Iterator[tuple[int, int]]:
    space = phrase.startswith(" ")
    at = source.line.find(phrase)
    while at >= 0:
        yield source.word_at(at + space), source.word_at(at + len(phrase) - 1) + 1
        at = source.line.find(phrase, at + 1)
