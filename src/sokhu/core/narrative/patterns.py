"""Regular expressions looked for together: one pass over the text tells where any of them may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_EDGES = (r"(?<![^\W_])", r"(?<!\w)")  # the edges of words that most patterns begin with


class Patterns:
    """Patterns by name, several of which may share one; alternatives inside a pattern stand in brackets, and groups
    have names.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.rows = [(name, pattern, re.compile(pattern)) for name, pattern in rows]
        written = [pattern for _, pattern, _ in self.rows]
        used = [edge for edge in _EDGES if any(pattern.startswith(edge) for pattern in written)]
        self.openings = {edge: _opening(edge, written) for edge in used}

    def found_in(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """All matches, pattern after pattern, each as `finditer` gives them."""
        places = {edge: _places(*opening, text) for edge, opening in self.openings.items()}
        for number, (name, pattern, compiled) in enumerate(self.rows):
            edge = next((edge for edge in _EDGES if pattern.startswith(edge)), None)
            if edge is None:
                found = compiled.finditer(text)
            else:
                found = _matches(compiled, text, [place for place, first in places[edge] if first <= number])
            yield from ((name, match) for match in found)


def _opening(edge: str, patterns: Iterable[str]) -> tuple[re.Pattern[str], list[int]]:
    """Where some pattern of the edge matches, and which pattern each alternative is; the first that matches closes with
    a group of its own. The edge is looked at once for all of them, which is what costs.
    """
    beginning = {number: one.removeprefix(edge) for number, one in enumerate(patterns) if one.startswith(edge)}
    rest = (re.sub(r"\(\?P<\w+>", "(?:", one) + "()" for one in beginning.values())
    return re.compile(f"{edge}(?={'|'.join(rest)})"), list(beginning)


def _places(opening: re.Pattern[str], numbers: list[int], text: str) -> list[tuple[int, int]]:
    """Every place where some pattern matches, with the number of the first that does."""
    return [(match.start(), numbers[(match.lastindex or 1) - 1]) for match in opening.finditer(text)]


def _matches(pattern: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()
