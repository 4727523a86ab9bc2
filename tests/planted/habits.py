"""How each speaker of the invented block writes: decimals, units, closing days, which figures and how often."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planted.windows import TO_20

LICENCES = ("projects_new", "capital_new", "capital_added", "capital_new_and_added")
BUSINESS = ("revenue", "export_value")
TOPICS = {"revenue": 0.5, "export_value": 0.3, "capital_disbursed": 0.4, "jobs": 0.5, "land": 0.5, "zones": 0.4}
CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Habits:
    """styles: by what is measured, words and decimals. tells: topics that it writes of.

    movements: all of them (zeros too), nonzero ones only, or some never.
    """

    styles: Mapping[str, tuple[str, int]]
    tells: frozenset[str]
    regimes: Mapping[int, str]
    by_quarter: tuple[str, ...]
    by_month: bool
    by_half: bool
    by_nine_months: bool
    movements: str
    counts_at_half: bool
    approx_jobs: bool


def habits(chance: random.Random, years: range) -> Habits:
    by_quarter = LICENCES * (chance.random() < 0.25) + BUSINESS * (chance.random() < 0.15)
    closing = chance.choices(("calendar", TO_20, "changing"), (65, 20, 15))[0]
    return Habits(
        styles=_styles(chance),
        tells=_topics(chance),
        regimes={year: _regime(chance, closing) for year in years},
        by_quarter=by_quarter,
        by_month=bool(by_quarter) and chance.random() < 0.1,
        by_half=chance.random() < 0.2,
        by_nine_months=chance.random() < 0.2,
        movements=chance.choices(("all", "nonzero", "some"), (55, 25, 20))[0],
        counts_at_half=chance.random() < 0.1,
        approx_jobs=chance.random() < 0.15,
    )


def block_habits(chance: random.Random, years: range) -> Habits:
    regime = chance.choice((CALENDAR, CALENDAR, TO_20))
    movements = chance.choice(("all", "some"))
    return Habits(
        _styles(chance), _topics(chance), dict.fromkeys(years, regime), (), False, False, False, movements, False, False
    )


def _topics(chance: random.Random) -> frozenset[str]:
    """What else than licences and stocks of projects and capital it tells of."""
    return frozenset(topic for topic, likely in TOPICS.items() if chance.random() < likely)


def _regime(chance: random.Random, closing: str) -> str:
    return chance.choice((CALENDAR, TO_20)) if closing == "changing" else closing


def _styles(chance: random.Random) -> dict[str, tuple[str, int]]:
    return {
        "USD": ("triệu USD", chance.choice((0, 1, 1, 2, 2, 3))),
        "VND": chance.choice((("tỷ đồng", 0), ("tỷ đồng", 1), ("tỷ đồng", 1), ("tỷ đồng", 2), ("triệu đồng", 0))),
        "revenue": chance.choice((("tỷ đồng", 0), ("tỷ đồng", 1), ("nghìn tỷ đồng", 1), ("nghìn tỷ đồng", 2))),
        "export_value": chance.choice((("triệu USD", 0), ("triệu USD", 1), ("tỷ USD", 2), ("tỷ USD", 3))),
        "ha": ("ha", chance.choice((1, 2, 2))),
        "%": ("%", chance.choice((1, 2, 2, 2))),
        "projects": ("dự án", 0),
        "jobs": ("lao động", 0),
        "zones": ("khu", 0),
    }


def counted_on(chance: random.Random, closing: date) -> date:
    """The day on which stocks of a year were counted: mostly the last one, some days before it or weeks after it."""
    days = (closing, closing.replace(day=15), closing.replace(day=25), date(closing.year + 1, 1, 10))
    return chance.choices(days, (84, 5, 6, 5))[0]
