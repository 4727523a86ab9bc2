"""Stretches that hold digits but no figures: document numbers, clocks, phones, ranks; titles of other articles."""

from __future__ import annotations

import re

from sokhu.core.narrative.patterns import Patterns
from sokhu.core.narrative.source import Source

LONG_LINE = 200  # a line this long is a report's own again, whatever stood above it


def masked(source: Source, masks: Patterns, related: re.Pattern[str]) -> set[int]:
    """The tokens that belong to no figure, whatever noun follows. The patterns are in
    catalogue/narrative/masks.toml.
    """
    taken: set[int] = set()
    for _, match in masks.found_in(source.folded):
        taken.update(_tokens(source, match.start(), match.end()))
    return taken | _related(source, related)


def _related(source: Source, headings: re.Pattern[str]) -> set[int]:
    """Titles of other articles under "Tin liên quan" and the like, up to the next long line."""
    taken: set[int] = set()
    covered = 0
    for match in headings.finditer(source.folded):
        if match.start() < covered:
            continue
        covered = match.end()
        while covered < len(source.folded):
            stop = source.folded.find("\n", covered)
            stop = len(source.folded) if stop < 0 else stop
            if stop - covered > LONG_LINE:
                break
            covered = stop + 1
        taken.update(_tokens(source, match.start() + 1, min(covered, len(source.folded))))
    return taken


def _tokens(source: Source, start: int, end: int) -> range:
    return range(max(source.token_at(start), 0), source.token_at(end - 1) + 1)
