"""Everything random in an illustrative book, out of its seed: the same seed draws the same book, on every machine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID, uuid5

# The days that the book's life runs over, both included: it does not depend on when it is made.
FIRST, LAST = date(2016, 1, 1), date(2026, 10, 31)
_SPACE = UUID("6f0c6b0e-4f6e-5a59-9a27-0c1f5d3f8a11")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """boards: how many of those of before the mergers, 0 for all; reporting: the part of projects that report.

    signed_since: the first year of boards' reports.
    """

    boards: int
    zones: int
    projects: int
    reporting: float
    signed_since: int = FIRST.year


SIZES: Mapping[str, Size] = {
    "small": Size(boards=6, zones=18, projects=150, reporting=0.08, signed_since=2023),
    "medium": Size(boards=0, zones=430, projects=6_000, reporting=0.05),
    "full": Size(boards=0, zones=430, projects=25_000, reporting=0.05),
}


@dataclass(frozen=True, slots=True)
class Chance:
    """The source of chance of a book: a stream of numbers for each subject, and ids that stay."""

    seed: int

    def stream(self, subject: str) -> Random:
        return Random(f"{self.seed}/{subject}")

    def id(self, *of: object) -> UUID:
        return uuid5(_SPACE, "/".join(map(str, (self.seed, *of))))


def one_of(rng: Random, weights: Mapping[T, float]) -> T:
    return rng.choices(list(weights), list(weights.values()))[0]


def around(rng: Random, median: float, spread: float, least: float, most: float) -> float:
    """A positive size, log-normal about its median, within bounds."""
    return min(max(rng.lognormvariate(math.log(median), spread), least), most)


def later(day: date, days: float) -> date:
    """The working day so many days after a day."""
    found = day + timedelta(days=int(days))
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole parts by weights, one at least for each where there are as many."""
    left, rest = total - len(weights), sum(weights)
    exact = [left * weight / rest for weight in weights]
    parts = [1 + int(one) for one in exact]
    largest = sorted(range(len(exact)), key=lambda at: int(exact[at]) - exact[at])
    for at in largest[: total - sum(parts)]:
        parts[at] += 1
    return parts
