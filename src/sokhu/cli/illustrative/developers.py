"""The firms that build and run the infrastructure of invented parks, each with its project, as long as the park is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from sokhu.areas.projects.models import Project
from sokhu.cli.illustrative.chance import Chance, around
from sokhu.cli.illustrative.firms import Firms, rounded
from sokhu.cli.illustrative.lives import Life
from sokhu.cli.illustrative.projects import MadeProject, carried_out
from sokhu.cli.illustrative.zones import HA, Made

SECTOR = "68"
FOREIGN = 0.15
A_HECTARE = {"usd": 260_000, "vnd": 6_400_000_000}  # what an industrial park costs, in round figures


def develop(chance: Chance, firms: Firms, zones: Sequence[Made], first_number: int) -> Iterator[MadeProject]:
    """One project for each established park; the zone gets its developer's tax code."""
    rng = chance.stream("developers")
    parks = [(one, one.zone.established) for one in zones if one.zone.developer]
    established = [(made, day) for made, day in parks if day]
    for number, (made, day) in enumerate(established, start=first_number):
        yield _infrastructure(chance, rng, firms, made, number, day)


def _infrastructure(chance: Chance, rng: Random, firms: Firms, made: Made, number: int, day: date) -> MadeProject:
    zone, is_foreign = made.zone, rng.random() < FOREIGN
    currency = "usd" if is_foreign else "vnd"
    firm = firms.developer(zone.owner, zone.developer, SECTOR, day)
    zone.developer_code = firm.tax_code
    project = Project(
        id=chance.id("infrastructure", zone.place),
        owner=zone.owner,
        zone=zone,
        name=f"Hạ tầng Minh Họa {zone.name}",
        code=f"MH{number:08}",
        issuer="cơ quan minh họa",
        sector=SECTOR,
        ownership="FDI" if is_foreign else "DDI",
        ground="any_foreign" if is_foreign else "no_foreign",
        country="SG" if is_foreign else "",
        is_infrastructure=True,
        land=zone.area,
        term_years=50,
    )
    amount = rounded(currency, zone.area / HA * around(rng, A_HECTARE[currency], 0.3, 1, 10 * A_HECTARE[currency]))
    life = Life(chance, rng, project, currency, amount, [])
    life.begin(day)
    return carried_out(chance, firms, project, life, firm, day, amount)
