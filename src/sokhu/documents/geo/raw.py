"""What the readers of the three formats hand over: areas in the file's own coordinates, counted as they come."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sokhu.core.problems import Problem
from sokhu.documents.geo.systems import System

LARGEST = 1e8  # metres; beyond it no coordinate lies on the earth
MOST_SHAPES = 5_000
MOST_POINTS = 500_000
_NAMES = ("name", "ten", "tên", "ten_khu", "tenkhu", "tên khu", "ten_kcn", "tenkcn", "ten_lo", "lo", "title", "label")
_MOST_PROPERTIES, _MOST_LETTERS = 40, 200


@dataclass(slots=True)
class Area:
    """Polygons as the file has them, rings of (x, y), not yet looked at."""

    name: str
    polygons: list[list[list[tuple[float, float]]]]
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """Areas of a file and what it says of their system. needs_system: its format does not settle what degrees mean."""

    areas: list[Area] = field(default_factory=list)
    system: System | None = None
    needs_system: bool = False
    unknown: Problem | None = None
    left_out: int = 0
    closed_lines: int = 0
    points: int = 0

    def add(self, area: Area) -> None:
        """Raises Problem("geo.too_many_shapes", limit)."""
        if len(self.areas) >= MOST_SHAPES:
            raise Problem("geo.too_many_shapes", limit=MOST_SHAPES)
        self.areas.append(area)

    def point(self, x: object, y: object, where: str) -> tuple[float, float]:
        """Two numbers that may be coordinates. Raises Problem: geo.not_a_coordinate, geo.too_many_points."""
        self.points += 1
        if self.points > MOST_POINTS:
            raise Problem("geo.too_many_points", limit=MOST_POINTS)
        if _is_number(x) and _is_number(y):
            return float(x), float(y)  # type: ignore[arg-type]
        raise Problem("geo.not_a_coordinate", where=where, found=f"{x}, {y}"[:60])


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST and math.isfinite(value)
    )


def words(pairs: Iterable[tuple[object, object]]) -> dict[str, str]:
    """Attributes as short texts; what is nested, empty or too much is left out."""
    kept: dict[str, str] = {}
    for key, value in pairs:
        if isinstance(value, str | int | float) and len(kept) < _MOST_PROPERTIES:
            text = " ".join(str(value).replace("\x00", " ").split())[:_MOST_LETTERS]
            if text:
                kept[str(key)[:60]] = text
    return kept


def name_in(properties: Mapping[str, str]) -> str:
    """The attribute that names the area, in the usual spellings; empty when there is none."""
    by_key = {key.strip().lower(): value for key, value in properties.items()}
    return next((by_key[key] for key in _NAMES if key in by_key), "")
