"""Writing an illustrative book: what was invented goes into the registers as people's entries do, in sealed batches."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from sokhu.areas.catalogue.actions import put_places
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.catalogue.stored import as_json
from sokhu.areas.infrastructure.follow import CLEARANCES, HOUSING, UTILITIES, WORKS
from sokhu.areas.infrastructure.follow import restate_zones as restate_infrastructure
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.movements import restate
from sokhu.areas.ledger.registers import registers
from sokhu.areas.projects import registry as of_projects
from sokhu.areas.projects.chain import restate_projects
from sokhu.areas.projects.models import CertificateEvent
from sokhu.areas.projects.reports import REGISTER as REPORTS
from sokhu.areas.projects.reports import RESOURCES, restate_reports
from sokhu.areas.projects.schedule import restate_milestones
from sokhu.areas.territory.queries import SYSTEM
from sokhu.areas.zones import registry as of_zones
from sokhu.areas.zones.follow import FILE
from sokhu.areas.zones.land import as_lease, as_plot, restate_plots, restate_zones
from sokhu.areas.zones.models import Plot, Responsibility, Zone
from sokhu.cli.illustrative.boards_reports import Said, report
from sokhu.cli.illustrative.chance import SIZES, Chance, Size
from sokhu.cli.illustrative.developers import develop
from sokhu.cli.illustrative.firms import Firms
from sokhu.cli.illustrative.infrastructure import DECLARED, make_infrastructure
from sokhu.cli.illustrative.late import enter, late_events
from sokhu.cli.illustrative.projects import MadeProject, make_projects, report_some, unlet_plots
from sokhu.cli.illustrative.reporting import FIRST_YEAR
from sokhu.cli.illustrative.schedules import schedule
from sokhu.cli.illustrative.zones import Made, make_zones
from sokhu.core.land.moves import lease_movements
from sokhu.core.movement import Moved
from sokhu.core.parts import in_parts
from sokhu.core.problems import Problem
from sokhu.kit.book import is_illustrative
from sokhu.kit.registers.actions import KIND, write
from sokhu.kit.registers.declaration import Register, nothing_follows
from sokhu.kit.sealing.actions import OpenBatch, sealed_batch

REASON = "Số liệu minh họa, tạo từ một số hạt giống"
PROJECTS_AT_ONCE, THINGS_AT_ONCE = 1_000, 5_000
STARTS = date(2016, 1, 1)
FROM = DECLARED | dict.fromkeys((REPORTS, RESOURCES), date(FIRST_YEAR, 1, 1))  # of registers that begin later
NOT_COMPLETE, EIGHTH = 3, 8  # one board of eight has not declared its registers complete
Say = Callable[[str], None]


@dataclass(slots=True)
class Planted:
    """Where reports and registers differ, on purpose: slips of the pen, and events entered after the report."""

    slips: list[Said] = field(default_factory=list)
    late: list[CertificateEvent] = field(default_factory=list)


@dataclass(slots=True)
class Written:
    """How many things of each register were written, and for how long."""

    counts: dict[str, int]
    planted: Planted
    seconds: float = 0.0


def is_empty() -> bool:
    return not Zone.objects.exists()


def illustrate(seed: int, size: str, say: Say) -> Written:
    """Fills the empty illustrative book from a seed, all of it or nothing.

    Raises Problem("book.not_illustrative", found) and "book.not_empty".
    """
    if not is_illustrative():
        raise Problem("book.not_illustrative", found=settings.BOOK)
    if not is_empty():
        raise Problem("book.not_empty")
    began = time.monotonic()
    with transaction.atomic():
        writer = _Writer(say)
        _fill(invent(seed, size), writer)
    _count_anew()
    return Written(writer.counts, writer.planted, time.monotonic() - began)


def _count_anew() -> None:
    """PostgreSQL plans by what it last counted; what came in one transaction it would count a minute later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@dataclass(frozen=True, slots=True)
class Invented:
    """A whole country, not yet written."""

    chance: Chance
    size: Size
    zones: list[Made]
    projects: list[MadeProject]
    firms: Firms
    infrastructure: list[Any]

    @property
    def plots(self) -> list[Plot]:
        return [plot for made in self.zones for plot in made.plots]

    @property
    def boards(self) -> list[str]:
        return sorted({made.zone.owner for made in self.zones})


def invent(seed: int, size: str) -> Invented:
    """What a seed comes to, on the map of the book; the same whenever and wherever it is asked."""
    chance = Chance(seed)
    zones = make_zones(chance, SIZES[size], territory())
    firms = Firms(chance, chance.stream("firms"))
    projects = make_projects(chance, SIZES[size], zones, firms)
    projects += develop(chance, firms, zones, len(projects) + 1)
    report_some(chance, SIZES[size], zones, projects)
    schedule(chance, projects)
    unlet_plots(chance, zones)
    return Invented(chance, SIZES[size], zones, projects, firms, make_infrastructure(chance, zones))


def _fill(made: Invented, writer: _Writer) -> None:
    writer.write_zones(made.zones)
    writer.write_infrastructure(made.infrastructure, [one.zone for one in made.zones])
    writer.write_all(of_projects.ENTERPRISES, made.firms.enterprises)
    writer.write_all(of_projects.INVESTORS, made.firms.investors)
    writer.write_plots(made.plots)
    writer.write_projects(made.projects)
    writer.write_leases(made.projects)
    declare(made.boards)
    writer.planted = writer.write_reports(made)


def declare(boards: Sequence[str]) -> None:
    """Most boards say from when on their registers are complete; some do not, and their totals read "at least"."""
    for at, board in enumerate(boards):
        if at % EIGHTH != NOT_COMPLETE:
            for register in registers():
                declare_complete(SYSTEM, board, register.code, FROM.get(register.code, STARTS), REASON)


class _Writer:
    """Writes things in batches, and says how it goes. What follows from them is stated once for each batch."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.counts: dict[str, int] = defaultdict(int)
        self.planted = Planted()

    def write_zones(self, zones: Sequence[Made]) -> None:
        with self._batch() as batch:
            put_places(batch, ((FILE, made.zone.place, as_json(made.table)) for made in zones))
        with self._batch() as batch:
            self._write(batch, of_zones.ZONES, [made.zone for made in zones])
            for register in (of_zones.DECISIONS, of_zones.KINDS, of_zones.STAGES, of_zones.PHASES, of_zones.LAND_USES):
                self._write(batch, register, [one for made in zones for one in made.of(register.model)])
            restate_zones(batch, [made.zone for made in zones])
        with self._batch() as batch:  # the boards that answer for a zone are part of the territory
            write(batch, of_zones.RESPONSIBILITIES, [one for made in zones for one in made.of(Responsibility)])
        self.say(f"   {len(zones)} khu | zones")

    def write_infrastructure(self, things: Sequence[Any], zones: Sequence[Zone]) -> None:
        for moving in (UTILITIES, WORKS, CLEARANCES, HOUSING):
            with self._batch() as batch:
                for register in (moving.register, moving.entries[0]):
                    self._write(batch, register, [one for one in things if isinstance(one, register.model)])
                restate_infrastructure(moving, batch, [zone.pk for zone in zones])
        self.say(f"   {len(things)} hồ sơ hạ tầng | infrastructure")

    def write_plots(self, plots: Sequence[Plot]) -> None:
        for some in in_parts(plots, THINGS_AT_ONCE):
            with self._batch() as batch:
                self._write(batch, of_zones.PLOTS, list(some))
                restate_plots(batch, [plot.pk for plot in some])
        self.say(f"   {len(plots)} {of_zones.PLOTS.one}")

    def write_projects(self, projects: Sequence[MadeProject]) -> None:
        for some in in_parts(projects, PROJECTS_AT_ONCE):
            with self._batch() as batch:
                self._write(batch, of_projects.PROJECTS, [one.project for one in some])
                self._write(batch, of_projects.PROJECT_ENTERPRISES, [role for one in some for role in one.enterprises])
                self._write(batch, of_projects.PROJECT_INVESTORS, [role for one in some for role in one.investors])
                self._write(batch, of_projects.EVENTS, [event for one in some for event in one.life.events])
                self._write(batch, of_projects.MILESTONES, [mark for one in some for mark in one.milestones])
                self._write(batch, of_projects.REPORTS, [report for one in some for report in one.reports])
                lives = {one.project.pk: one.steps for one in some}
                restate_projects(batch.sequence, [one.project for one in some], lives)
                restate_reports(batch.sequence, [one.project for one in some if one.reports], lives)
                restate_milestones(batch.sequence, [one.project for one in some], lives)
            self.say(f"   {self.counts['projects']} / {len(projects)} dự án | projects")

    def write_leases(self, projects: Sequence[MadeProject]) -> None:
        by_zone: dict[Zone, list[Any]] = defaultdict(list)
        for one in projects:
            if one.lease is not None:
                by_zone[one.lease.zone].append(one.lease)
        for some in in_parts(by_zone.items(), 50):
            with self._batch() as batch:
                self._write(batch, of_zones.LEASES, [lease for _zone, leases in some for lease in leases])
                moved: dict[UUID, list[Moved]] = {}
                for zone, leases in some:
                    plots = {lease.plot_id: as_plot(lease.plot) for lease in leases}
                    moved |= lease_movements(zone.place, zone.owner, list(map(as_lease, leases)), plots)
                restate(batch.sequence, "leases", moved)
                restate_plots(batch, {lease.plot_id for _zone, leases in some for lease in leases})
        self.say(f"   {self.counts['leases']} hợp đồng thuê đất | leases")

    def write_reports(self, made: Invented) -> Planted:
        done = report(made.chance, made.size.signed_since)
        self.counts["reports"] = done.reports
        self.say(f"   {done.reports} báo cáo, {done.figures} số liệu | reports, figures")
        late = late_events(made.chance, made.projects)
        with self._batch() as batch:
            enter(batch, late)
        return Planted(done.slips, late)

    def write_all(self, register: Register, things: Sequence[Any]) -> None:
        for some in in_parts(things, THINGS_AT_ONCE):
            with self._batch() as batch:
                self._write(batch, register, some)
        self.say(f"   {len(things)} {register.one}")

    def _write(self, batch: OpenBatch, register: Register, things: list[Any]) -> None:
        self.counts[register.code] += write(batch, replace(register, follow=nothing_follows), things)

    def _batch(self) -> Any:
        return sealed_batch(KIND, author=None, reason=REASON)
