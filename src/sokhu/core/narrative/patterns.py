"""Regular expressions looked for together: one pass over the text tells where any of them may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_EDGES = (r"(?<![^\W_])", r"(?<!\w)")  # the edges of words that most patterns begin with


class Patterns:
    """Patterns by name, several of which may share one; alternatives inside a pattern stand in brackets."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.rows = [(name, pattern, re.compile(pattern)) for name, pattern in rows]
        self.openings = {edge: self._opening(edge) for edge in _EDGES}

    def _opening(self, edge: str) -> re.Pattern[str]:
        """Where some pattern of the edge matches. The edge is looked at once for all of them, which is what costs."""
        rest = (pattern.removeprefix(edge) for _, pattern, _ in self.rows if pattern.startswith(edge))
        return re.compile(f"{edge}(?=" + ("|".join(re.sub(r"\(\?P<\w+>", "(?:", one) for one in rest) or "(?!)") + ")")

    def found_in(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """All matches, pattern after pattern, each as `finditer` gives them."""
        places = {edge: [match.start() for match in opening.finditer(text)] for edge, opening in self.openings.items()}
        for name, pattern, compiled in self.rows:
            edge = next((edge for edge in _EDGES if pattern.startswith(edge)), None)
            found = compiled.finditer(text) if edge is None else _matches(compiled, text, places[edge])
            yield from ((name, match) for match in found)


def _matches(pattern: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()
