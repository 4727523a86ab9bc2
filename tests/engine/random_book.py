"""A book of random figures in which every rule has work: all tiers, both ownerships, streams, gaps, kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.period import Period, named
from sokhu.core.territory_file import load_territory
from sokhu.engine.build import Said
from sokhu.engine.frame import Catalogue
from sokhu.engine.keys import EMPTINESSES, MATURITIES, Measure

CATALOGUE = Catalogue(load_indicators(), load_dimensions(), load_territory())
INDICATORS = (
    *("capital_new", "capital_added", "projects_new", "jobs_total", "land_leased", "industrial_land_area"),
    *("capital_registered_total", "projects_valid", "occupancy_rate", "export_value", "import_value", "trade_balance"),
)
PERIODS = [named(f"{year}{part}") for year in (2024, 2025) for part in ("-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "")]
PROVINCES = ("province/hai-phong", "province/hai-duong", "province/bac-ninh", "province/bac-giang", "province/ha-noi")


def places(around: tuple[str, ...] = PROVINCES) -> list[str]:
    """Some provinces with everything that is in them, what they became, and what they are in."""
    territory, found = CATALOGUE.territory, set(around)
    found |= {after for one in around for after in territory.successors(one, date(2026, 1, 1))}
    for one in territory.memberships:
        if one.grouping in found or one.member in found:
            found |= {one.grouping, one.member}
    return sorted(found)


def figures(count: int, seed: int = 1) -> Iterator[Said]:
    """count: whole cells, each of them said once or more."""
    random, where = Random(seed), places()
    zones = [one for one in where if one.startswith("zone/")]
    for batch in range(1, count + 1):
        # Mostly zones, or nothing would be left to add up.
        place = random.choice(zones if random.random() < 0.8 else where)
        yield from _said_of(random, place, batch)


def _said_of(random: Random, place: str, batch: int) -> Iterator[Said]:
    indicator = CATALOGUE.indicators[random.choice(INDICATORS)]
    currency = random.choice(("VND", "USD", "USD", "EUR")) if indicator.unit == "money" else ""
    kind = random.choice(("", "", "", "KCN", "KKT")) if not place.startswith("zone/") else ""
    measure = Measure(indicator.code, zone_kind=kind, currency=currency)
    first, last, period = _window(random, random.choice(PERIODS), indicator.nature == "stock")
    for ownership in random.choice((("",), ("FDI", "DDI"), ("FDI",), ("", "FDI", "DDI"))):
        for stream in random.choice((("report",), ("report",), ("press",), ("report", "press"))):
            empty = random.choice(EMPTINESSES[1:]) if random.random() < 0.05 else ""
            yield Said(
                measure,
                ownership,
                place,
                period,
                first,
                last,
                amount=None if empty else random.randrange(0, 10**12),
                emptiness=empty,
                maturity=random.choice(MATURITIES),
                approx=random.random() < 0.1,
                stream_kind=stream,
                shelf=(stream, place),
                owner=place,
                is_public=random.random() < 0.5,
                batch=batch,
            )


def _window(random: Random, period: Period, is_count: bool) -> tuple[date, date, str]:
    """Now and then not the days that the period is named for; of a count the one day, in it or in the weeks after."""
    if is_count:
        day = period.last + timedelta(days=random.choice((0, 0, 0, 10, -40)))
        return day, day, f"{day:%Y-%m}"
    shift = timedelta(days=random.choice((0, 0, 0, 0, -10)))
    return period.first, period.last + shift, period.name
