"""Invented projects in invented zones: who carries them out, what happened to them, the land that they lease."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from sokhu.areas.projects.chain import put_shares, settle, steps_of
from sokhu.areas.projects.models import (
    Enterprise,
    ImplementationReport,
    Milestone,
    Project,
    ProjectEnterprise,
    ProjectInvestor,
)
from sokhu.areas.zones.models import Lease, Plot, Zone
from sokhu.cli.illustrative.chance import LAST, Chance, Size, around, later, one_of
from sokhu.cli.illustrative.firms import Firms, capital
from sokhu.cli.illustrative.lives import Life, days_of_issue
from sokhu.cli.illustrative.names import COUNTRIES, SECTORS, project_name
from sokhu.cli.illustrative.reporting import reports_of
from sokhu.cli.illustrative.zones import HA, HUNDREDTH, Made
from sokhu.core.certificates.chain import Step

DAY = timedelta(days=1)
WHOLE = 100_000_000  # all of it, in steps of 10^-6 percent
FOREIGN = 0.52
WITHOUT_LAND = 0.08  # of projects rent a ready-built factory
LEAST_LAND = 30 * HUNDREDTH


@dataclass(slots=True)
class MadeProject:
    """A project with everything of it. steps: its life as the core reads it."""

    project: Project
    life: Life
    steps: Sequence[Step]
    enterprises: list[ProjectEnterprise]
    investors: list[ProjectInvestor]
    lease: Lease | None = None
    milestones: list[Milestone] = field(default_factory=list)
    reports: list[ImplementationReport] = field(default_factory=list)


def make_projects(chance: Chance, size: Size, zones: Sequence[Made], firms: Firms) -> list[MadeProject]:
    """As many as the size says, in the order in which they were issued; each in a zone whose land was let by then."""
    rng = chance.stream("projects")
    finder = _Zones(rng, zones)
    days = sorted(days_of_issue(chance.stream("days"), size.projects))
    return [_project(chance, rng, firms, finder, number, day) for number, day in enumerate(days, start=1)]


def report_some(chance: Chance, size: Size, zones: Sequence[Made], projects: Sequence[MadeProject]) -> None:
    """All projects of some of the zones report."""
    rng = chance.stream("reporting")
    reported = {one.zone.place for one in _opened(zones)[:: round(1 / size.reporting)]}
    for one in projects:
        if one.project.zone.place in reported:
            one.reports = reports_of(chance, rng, one.project, one.life.currency, one.steps)


def _opened(zones: Sequence[Made]) -> list[Made]:
    """Those that let land, in the order in which they began to."""
    return sorted((one for one in zones if one.opens), key=lambda one: (one.opens, one.zone.place))


class _Zones:
    """The zones that let land, and which an investor takes: its place counts, and land left as a month began."""

    def __init__(self, rng: Random, zones: Sequence[Made]) -> None:
        self.rng = rng
        self.let = _opened(zones)
        self.drawn = {one.zone.place: rng.uniform(0.5, 1.6) for one in self.let}
        self.of_board: dict[str, list[Zone]] = defaultdict(list)
        self.month = (0, 0)
        self.opened: list[Made] = []
        self.weights: list[float] = []
        for one in self.let:
            self.of_board[one.zone.owner].append(one.zone)

    def find(self, day: date) -> tuple[Made, date]:
        """A zone, and the day: that which was asked for, or the first on which any zone is open."""
        if self.month != (day.year, day.month):
            self.month = day.year, day.month
            self._look(day)
        if not self.opened:
            first = self.let[0]
            return first, later(first.opens or day, 1)
        return self.rng.choices(self.opened, cum_weights=self.weights)[0], day

    def _look(self, day: date) -> None:
        self.opened = [one for one in self.let if one.opens and one.opens < day.replace(day=1)]
        for one in self.opened:
            if one.grows and one.grows[0] <= day:
                one.free, one.grows = one.free + one.grows[1], None
        weights = ((one.free / HA + 2) * self.drawn[one.zone.place] for one in self.opened)
        self.weights = list(accumulate(weights))


def _project(chance: Chance, rng: Random, firms: Firms, finder: _Zones, number: int, day: date) -> MadeProject:
    made, day = finder.find(day)
    zone = made.zone
    ownership = "FDI" if rng.random() < FOREIGN else "DDI"
    sector, country = one_of(rng, SECTORS), one_of(rng, COUNTRIES) if ownership == "FDI" else ""
    firm = firms.enterprise(zone.owner, ownership, sector, day)
    words, firm_number = firms.words[firm.tax_code]
    currency, amount = capital(rng, ownership)
    wanted = round(around(rng, 1.5, 0.85, 0.3, 60) * 100) * HUNDREDTH
    project = Project(
        id=chance.id("project", number),
        owner=zone.owner,
        zone=zone,
        name=project_name(sector, words, firm_number),
        code=f"MH{number:08}",
        issuer="cơ quan minh họa",
        sector=sector,
        ownership=ownership,
        ground="any_foreign" if ownership == "FDI" else "no_foreign",
        country=country,
        land=wanted,
        term_years=rng.choice((40, 45, 50, 50, 50)),
    )
    life = Life(chance, rng, project, currency, amount, finder.of_board[zone.owner])
    life.begin(day)
    life.go_on()
    lease = None if rng.random() < WITHOUT_LAND else _lease(chance, rng, made, project, firm, life, day, wanted)
    if lease is not None:
        project.plot, project.land = lease.plot, lease.area
    done = carried_out(chance, firms, project, life, firm, day, amount)
    done.lease = lease
    return done


def carried_out(
    chance: Chance, firms: Firms, project: Project, life: Life, firm: Enterprise, day: date, amount: int
) -> MadeProject:
    """A project as its events have left it, with who carries it out and who puts in how much."""
    investors = _investors(chance, firms, project, life, day, amount)
    put_shares(life.events, investors)
    steps = steps_of(project, life.events)
    settle(project, steps, life.events)
    project.enterprise_now = firm
    roles = [ProjectEnterprise(id=chance.id(project.pk, firm.pk), project=project, enterprise=firm, starts=day)]
    return MadeProject(project, life, steps, _owned(project, roles), _owned(project, investors))


def _owned(project: Project, things: list) -> list:  # type: ignore[type-arg]
    for one in things:
        one.owner = project.owner
    return things


def _investors(
    chance: Chance, firms: Firms, project: Project, life: Life, day: date, amount: int
) -> list[ProjectInvestor]:
    """One investor until the project is transferred, then the next."""
    starts = [day, *life.transferred]
    ends = [*(one - DAY for one in life.transferred), None]
    return [
        ProjectInvestor(
            id=chance.id(project.pk, "investor", at),
            project=project,
            investor=firms.investor(project.owner, project.country or "VN"),
            share=WHOLE,
            starts=first,
            ends=last,
            **({life.currency: amount} if at == 0 else {}),
        )
        for at, (first, last) in enumerate(zip(starts, ends, strict=True))
    ]


def _lease(
    chance: Chance,
    rng: Random,
    made: Made,
    project: Project,
    firm: Enterprise,
    life: Life,
    day: date,
    wanted: int,
) -> Lease | None:
    """A plot as large as it is asked for, while the zone has land; it is let again when its project has ended."""
    starts = later(day, rng.randint(20, 240))
    gone = min((one for one in (life.ended, life.moved) if one), default=None)
    if starts > LAST or (gone and gone <= starts):
        return None
    plot = _plot(chance, made, starts, wanted)
    if plot is None:
        return None
    if gone:
        made.returned.append((gone, plot))
    number = f"MH-{project.code[2:]}"
    return Lease(
        id=chance.id(project.pk, "lease"),
        owner=made.zone.owner,
        zone=made.zone,
        plot=plot,
        contract=number,
        lessee=firm.name,
        lessee_code=firm.tax_code,
        project_code=project.code,
        area=min(plot.area, wanted),
        ownership=project.ownership,
        starts=starts,
        ends=date(starts.year + 40, starts.month, min(starts.day, 28)),
        ended=gone,
    )


def _plot(chance: Chance, made: Made, day: date, wanted: int) -> Plot | None:
    """One that was given back and is about as large, else a new one of the land that is left."""
    for at, (since, plot) in enumerate(made.returned):
        if since < day and wanted * 3 // 4 <= plot.area <= wanted * 2:
            del made.returned[at]
            return plot
    area = min(wanted, made.free // HUNDREDTH * HUNDREDTH)
    return _new_plot(chance, made, area) if area >= LEAST_LAND else None


def _new_plot(chance: Chance, made: Made, area: int) -> Plot:
    code = f"L{len(made.plots) + 1:03}"
    plot = Plot(
        id=chance.id(made.zone.place, "plot", code),
        owner=made.zone.owner,
        zone=made.zone,
        code=code,
        area=area,
        use="industrial",
        ready=made.opens,
    )
    made.free -= area
    made.plots.append(plot)
    return plot


def unlet_plots(chance: Chance, zones: Sequence[Made]) -> None:
    """What is left of each zone's land, in plots that wait for somebody."""
    rng = chance.stream("unlet")
    for made in zones:
        while made.opens and made.free > 2 * HA and len(made.plots) < 400:
            _new_plot(chance, made, min(made.free, rng.randint(3, 25) * HA) // HUNDREDTH * HUNDREDTH)
