"""What truly happened in the invented block: projects by day, halves of months of business, land, people, zones."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from statistics import NormalDist

from planted.figures import Window

OWNERSHIPS = ("FDI", "DDI")
MILLION = 10**6
CAPITAL_FLOWS = (
    "capital_new",
    "capital_added",
    "capital_reduced",
    "capital_revoked",
    "capital_moved",
    "capital_corrected",
)
PROJECT_FLOWS = ("projects_new", "projects_revoked", "projects_moved", "projects_corrected")
RATE_FLOWS = ("revenue", "export_value", "capital_disbursed_in_period")
DONG_PER_DOLLAR = 24_000

Flow = tuple[str, str]  # indicator, ownership


@dataclass
class Happened:
    """Amounts of one flow by day, ready to be added over a window."""

    days: list[date] = field(default_factory=list)
    sums: list[int] = field(default_factory=lambda: [0])

    def add_all(self, events: list[tuple[date, int]]) -> None:
        for day, amount in sorted(events):
            self.days.append(day)
            self.sums.append(self.sums[-1] + amount)

    def within(self, first: date, last: date) -> int:
        return self.sums[bisect_right(self.days, last)] - self.sums[bisect_left(self.days, first)]


@dataclass
class Board:
    """One board: flows by what and whose, stocks it began with, and how large it is."""

    place: str
    size: float
    flows: dict[Flow, Happened]
    opening: dict[Flow, int]
    land: float
    female: float
    jobs: list[tuple[date, int]]
    land_leased: list[tuple[date, int]]
    zones: int

    def flow(self, code: str, ownership: str, window: Window) -> int:
        if code == "capital_new_and_added":
            return sum(self.flow(part, ownership, window) for part in ("capital_new", "capital_added"))
        return self.flows[code, ownership].within(window.first, window.last)

    def stock(self, code: str, ownership: str, day: date) -> int:
        plus, minus = MOVED_BY[code]
        since = Window("", date(2000, 1, 1), day)
        raised = sum(self.flow(one, ownership, since) for one in plus)
        return self.opening[code, ownership] + raised - sum(self.flow(one, ownership, since) for one in minus)


MOVED_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "capital_registered_total": (
        ("capital_new_and_added", "capital_moved", "capital_corrected"),
        ("capital_reduced", "capital_revoked"),
    ),
    "projects_valid": (("projects_new", "projects_moved", "projects_corrected"), ("projects_revoked",)),
    "capital_disbursed": (("capital_disbursed_in_period",), ()),
}


def count(chance: random.Random, mean: float) -> int:
    """A Poisson number; by the normal one where it is large."""
    if mean > 30:
        return max(0, round(chance.gauss(mean, mean**0.5)))
    left, found = exp(-mean), 0
    product = chance.random()
    while product > left:
        product *= chance.random()
        found += 1
    return found


def board(chance: random.Random, place: str, years: range) -> Board:
    size = chance.lognormvariate(0, 0.8)
    events: dict[Flow, list[tuple[date, int]]] = defaultdict(list)
    for ownership in OWNERSHIPS:
        share = size * chance.lognormvariate(0, 0.5)
        for year in years:
            _projects_of_a_year(chance, events, ownership, year, share)
    made = Board(
        place,
        size,
        {flow: Happened() for flow in _all_flows()},
        {},
        land=round(600 * size * chance.lognormvariate(0, 0.3), 2),
        female=chance.uniform(0.35, 0.7),
        jobs=[],
        land_leased=[],
        zones=2 + count(chance, 4 * size),
    )
    for ownership in OWNERSHIPS:
        _opening(chance, made, ownership)
        for code in RATE_FLOWS:
            events[code, ownership] = list(_rates(chance, made, code, ownership, years))
    for flow, said in events.items():
        made.flows[flow].add_all(said)
    made.jobs = _walk(chance, 15_000 * size, 0.04, years)
    made.land_leased = _walk(chance, made.land * 10_000 * chance.uniform(0.3, 0.6), 0.015, years)
    return made


def _all_flows() -> Iterator[Flow]:
    for code in (*CAPITAL_FLOWS, *PROJECT_FLOWS, *RATE_FLOWS):
        for ownership in OWNERSHIPS:
            yield code, ownership


def _projects_of_a_year(
    chance: random.Random, events: dict[Flow, list[tuple[date, int]]], ownership: str, year: int, share: float
) -> None:
    """Licences of a year: lognormal, and one in some years that is larger than all others together."""
    for _ in range(count(chance, 14 * share)):
        _happens(chance, events, "new", ownership, year, capital(chance, ownership))
    if chance.random() < 0.06:
        _happens(chance, events, "new", ownership, year, 60 * capital(chance, ownership))
    for _ in range(count(chance, 6 * share)):
        events["capital_added", ownership].append((a_day(chance, year), capital(chance, ownership) // 2))
    for _ in range(count(chance, 1.5 * share)):
        events["capital_reduced", ownership].append((a_day(chance, year), capital(chance, ownership) // 3))
    for _ in range(count(chance, 1.2 * share)):
        _happens(chance, events, "revoked", ownership, year, capital(chance, ownership) // 2)
    if chance.random() < 0.12:
        sign = chance.choice((-1, 1))
        _happens(chance, events, "corrected", ownership, year, sign * capital(chance, ownership) // 4, sign)


def _happens(
    chance: random.Random,
    events: dict[Flow, list[tuple[date, int]]],
    what: str,
    ownership: str,
    year: int,
    amount: int,
    projects: int = 1,
) -> None:
    day = a_day(chance, year)
    events[f"capital_{what}", ownership].append((day, amount))
    events[f"projects_{what}", ownership].append((day, projects))


def capital(chance: random.Random, ownership: str) -> int:
    """Of one project, in dollars or đồng, exact to the thousand or million."""
    million_dollars = chance.lognormvariate(1.5, 1.3)
    if ownership == "FDI":
        return max(1, round(million_dollars * 1000)) * 1000
    return max(1, round(million_dollars * DONG_PER_DOLLAR)) * MILLION


def a_day(chance: random.Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=chance.randrange(365))


def _opening(chance: random.Random, made: Board, ownership: str) -> None:
    projects = 20 + count(chance, 90 * made.size)
    total = sum(capital(chance, ownership) for _ in range(projects))
    made.opening["projects_valid", ownership] = projects
    made.opening["capital_registered_total", ownership] = total
    made.opening["capital_disbursed", ownership] = int(total * chance.uniform(0.3, 0.55)) // 1000 * 1000


def _rates(chance: random.Random, made: Board, code: str, ownership: str, years: range) -> Iterator[tuple[date, int]]:
    """What goes on all the time, told by halves of months up to the 20th and after it."""
    base = made.opening["capital_registered_total", ownership] * chance.lognormvariate(0, 0.3)
    if code != "capital_disbursed_in_period":
        base *= DONG_PER_DOLLAR if (code, ownership) == ("revenue", "FDI") else 1
        base /= DONG_PER_DOLLAR if (code, ownership) == ("export_value", "DDI") else 1
    else:
        base *= 0.05
    growth = chance.gauss(1.08, 0.05)
    for year in years:
        for month in range(1, 13):
            level = base * growth ** (year - years.start) / 12 * chance.lognormvariate(0, 0.12)
            yield date(year, month, 20), int(level * 0.64)
            yield date(year, month, monthrange(year, month)[1]), int(level * 0.36)


def _walk(chance: random.Random, start: float, step: float, years: range) -> list[tuple[date, int]]:
    """A stock that drifts upwards from month to month: (from this day on, so much)."""
    level, found = start, [(date(years.start, 1, 1), int(start))]
    for year in years:
        for month in range(1, 13):
            level *= 1 + abs(NormalDist(0, step).inv_cdf(0.001 + 0.998 * chance.random())) * 0.4
            found.append((date(year, month, 15), int(level)))
    return found


def on(walked: list[tuple[date, int]], day: date) -> int:
    """Where a walk stood on a day."""
    return next((level for since, level in reversed(walked) if since <= day), walked[0][1])


def transfers(chance: random.Random, boards: list[Board], years: range) -> None:
    """Projects that go from one board to another, and from domestic to foreign hands."""
    moved: dict[tuple[str, str], list[tuple[date, int, int]]] = defaultdict(list)
    for year in years:
        for _ in range(count(chance, 1.5)):
            here, there = chance.sample(boards, 2)
            ownership, day = chance.choice(OWNERSHIPS), a_day(chance, year)
            amount = capital(chance, ownership)
            moved[here.place, ownership].append((day, -amount, -1))
            moved[there.place, ownership].append((day, amount, 1))
        if chance.random() < 0.4:
            here, day, dollars = chance.choice(boards), a_day(chance, year), capital(chance, "FDI")
            moved[here.place, "FDI"].append((day, dollars, 1))
            moved[here.place, "DDI"].append((day, -dollars * DONG_PER_DOLLAR, -1))
    for one in boards:
        for ownership in OWNERSHIPS:
            events = moved[one.place, ownership]
            one.flows["capital_moved", ownership].add_all([(day, amount) for day, amount, _ in events])
            one.flows["projects_moved", ownership].add_all([(day, projects) for day, _, projects in events])
