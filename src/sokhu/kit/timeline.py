"""A life on one line: stretches and marks by their days, as percentages of the width, for a plain SVG.

What stands close together is put on further rows below, so that names do not cover each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

TICKS = 8  # at most so many years are written below the line
STEPS = (1, 2, 5, 10, 20, 50)
ROWS = 3
NEAR = 9  # percent: marks closer than that go to another row
YEARS_AHEAD = 3  # what lies further ahead would press everything else together: it is told at the end of the line


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day. kind: a class of the stylesheet; is_ahead: it has not happened yet."""

    day: date
    label: str
    kind: str = ""
    url: str = ""
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which something held, both days included; ends None: it goes on."""

    starts: date
    ends: date | None
    label: str
    kind: str = ""


def timeline(
    marks: Sequence[Mark], stretches: Sequence[Stretch], today: date, *, title: str, id: str = "life"
) -> dict[str, Any]:
    """Context of `_timeline.html`. The events stand in words in a list below the drawing, by the same numbers."""
    marks = sorted(marks, key=lambda one: one.day)
    scale = _scale([*(one.day for one in marks), *(one.starts for one in stretches)], today)
    within = [one for one in marks if one.day < scale.last]
    return {
        "id": id,
        "title": title,
        "today": {"x": scale.percent(today), "label": f"{today:%d/%m/%Y}"},
        "stretches": [part for one in stretches for part in _drawn(one, scale, today)],
        "marks": _rows(within, scale),
        "beyond": [f"{one.label} {one.day:%d/%m/%Y}" for one in marks[len(within) :]],
        "ticks": [{"x": scale.percent(date(year, 1, 1)), "text": str(year)} for year in scale.years()],
        "said": "; ".join(f"{one.day:%d/%m/%Y} {one.label}" for one in marks),
    }


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def share(self, day: date) -> Decimal:
        return Decimal((day - self.first).days) * 100 / (self.last - self.first).days

    def percent(self, day: date) -> str:
        return f"{self.share(day):.2f}%"

    def years(self) -> range:
        count = self.last.year - self.first.year
        step = next(step for step in (*STEPS, count) if count <= step * TICKS)
        return range(self.first.year, self.last.year + 1, step)


def _scale(days: Sequence[date], today: date) -> _Scale:
    """Whole years, from that of the first day to that of the last one, or of a few years ahead."""
    furthest = min(max([today, *days]).year, today.year + YEARS_AHEAD)
    return _Scale(date(min([today, *days]).year, 1, 1), date(furthest + 1, 1, 1))


def _drawn(one: Stretch, scale: _Scale, today: date) -> Iterator[dict[str, str]]:
    """Up to today, and what lies ahead as a part of its own."""
    ends = min(one.ends, scale.last) if one.ends else scale.last
    until = max(one.starts, min(ends, today))
    for starts, stops, kind in ((one.starts, until, one.kind), (until, ends, f"{one.kind} ahead")):
        if starts < stops:
            wide = scale.share(stops) - scale.share(starts)
            yield {"x": scale.percent(starts), "wide": f"{wide:.2f}%", "kind": kind, "label": one.label}


def _rows(marks: Sequence[Mark], scale: _Scale) -> list[dict[str, Any]]:
    """Marks with the row of their number: the first row in which the one before is not near."""
    taken = [Decimal(-100)] * ROWS
    found = []
    for number, mark in enumerate(marks, 1):
        at = scale.share(mark.day)
        row = next(
            (row for row in range(ROWS) if at - taken[row] >= NEAR), min(range(ROWS), key=lambda row: taken[row])
        )
        taken[row] = at
        found.append(
            {
                "x": f"{at:.2f}%",
                "row": row,
                "number": number,
                "day": f"{mark.day:%d/%m/%Y}",
                "label": mark.label,
                "kind": mark.kind,
                "url": mark.url,
                "is_ahead": mark.is_ahead,
            }
        )
    return found
