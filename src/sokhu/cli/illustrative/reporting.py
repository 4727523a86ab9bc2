"""What the enterprises of some zones report of their projects, quarter by quarter, adding up as the forms ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sokhu.areas.projects.models import ImplementationReport, Project
from sokhu.cli.illustrative.chance import Chance, later
from sokhu.cli.illustrative.firms import rounded
from sokhu.cli.illustrative.zones import HUNDREDTH
from sokhu.core.certificates.chain import Step, state_after
from sokhu.core.quarter import last_day, number_of, year_and_quarter

FIRST_YEAR = 2024
FIRST_QUARTER = number_of(FIRST_YEAR, 1)
QUARTERS = range(FIRST_QUARTER, FIRST_QUARTER + 11)
WHOLE = 10**6  # in millionths, as amounts of units are kept
_CUMULATED = ("revenue", "exports", "imports", "taxes")  # these have a column for the year so far


def reports_of(
    chance: Chance, rng: Random, project: Project, currency: str, steps: Sequence[Step]
) -> list[ImplementationReport]:
    """Capital put in, business and workers of each quarter at whose end the project is valid; what adds up follows."""
    capital = (project.capital_usd if currency == "usd" else project.capital_vnd) or 0
    origin = "foreign" if currency == "usd" else "vn"
    put_in, workers = rounded(currency, capital * rng.uniform(0.3, 0.6)), rng.randint(30, 1500)
    year_so_far: dict[str, int] = {}
    found = []
    for number in QUARTERS:
        state = state_after(steps, last_day(number))
        if state is None or not state.is_valid:
            continue
        year, quarter = year_and_quarter(number)
        if quarter == 1:
            year_so_far = {}
        now = _business(rng, currency, capital) | {
            f"equity_{origin}_cash": rounded(currency, capital * rng.uniform(0, 0.03))
        }
        put_in += now[f"equity_{origin}_cash"]
        for item, amount in now.items():
            year_so_far[item] = year_so_far.get(item, 0) + amount
        report = _report(chance, project, currency, year, quarter)
        for item, amount in now.items():
            setattr(report, f"{item}_a", amount)
            setattr(report, f"{item}_b", year_so_far[item])
        setattr(report, f"equity_{origin}_cash_c", put_in)
        profit = rounded(currency, now["revenue"] * rng.uniform(0.01, 0.09))
        people = {"workers_vn": workers * 10**6, "workers_foreign": workers // 40 * 10**6}
        for item, amount in ({"profit": profit} | people).items():
            setattr(report, f"{item}_a", amount)
        for item, amount in _resources(rng, project, workers).items():
            setattr(report, item, amount)
        workers = max(10, round(workers * rng.uniform(0.95, 1.07)))
        found.append(report)
    return found


def _business(rng: Random, currency: str, capital: int) -> dict[str, int]:
    revenue = capital * rng.uniform(0.05, 0.3)
    parts = zip(_CUMULATED, (1.0, 0.6, 0.4, 0.03), strict=True)
    return {item: rounded(currency, revenue * part * rng.uniform(0.8, 1.2)) for item, part in parts}


def _resources(rng: Random, project: Project, workers: int) -> dict[str, int]:
    """Electricity of the quarter, and land in use; no other energy, which the form leaves empty."""
    kwh = round(workers * 450 * rng.uniform(0.6, 1.4)) * WHOLE
    square_metres = (project.land or 0) // HUNDREDTH * 100 * WHOLE
    return {"electricity_a": kwh, "land_c": square_metres}


def _report(chance: Chance, project: Project, currency: str, year: int, quarter: int) -> ImplementationReport:
    due = last_day(number_of(year, quarter)) + timedelta(days=5)
    return ImplementationReport(
        id=chance.id(project.pk, "report", year, quarter),
        owner=project.owner,
        project=project,
        year=year,
        quarter=str(quarter),
        currency=currency.upper(),
        received=later(due, 0),
    )
