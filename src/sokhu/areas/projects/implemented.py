"""What enterprises report of their projects, added over the projects of a place: at least, until all have reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of
from sokhu.areas.ledger.answers import with_members
from sokhu.areas.projects.models import ImplementationReport, Project, Status
from sokhu.areas.projects.registry import PROJECTS, REPORTS
from sokhu.areas.projects.reports import reported
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Question
from sokhu.core.implementation import COUNTS, INDICATORS, QUARTERS, Reported, last_told, told_in
from sokhu.core.period import Period, named, parts
from sokhu.core.problems import Problem
from sokhu.kit.registers.queries import visible

Kind = tuple[str, str, str]  # indicator, ownership, currency


@dataclass(slots=True)
class Sum:
    """amount: of those that reported; projects: how many told any of it; waiting: how many have not told all of it.

    days: of a count, the days on which it was told: of each project the last quarter of the period that it told.
    """

    amount: int = 0
    projects: int = 0
    waiting: int = 0
    days: set[date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Implemented:
    """reports: behind the sums; waiting: the projects without a report that is due for the period."""

    sums: dict[Kind, Sum] = field(default_factory=dict)
    reports: tuple[ImplementationReport, ...] = ()
    waiting: tuple[Project, ...] = ()
    expected: int = 0


def implemented(reach: Reach, place: str, period: Period) -> Implemented:
    """The sums of a place over whole quarters of one year, as far as its reader may read the reports: two queries.

    Raises Problem("projects.not_quarters", found).
    """
    year, quarters = quarters_of(period)
    with pinned_catalogue(moment_of()):
        return _implemented(reach, _projects(reach, place, period), year, quarters)


def _implemented(reach: Reach, projects: Sequence[Project], year: int, quarters: Sequence[int]) -> Implemented:
    rows = visible(REPORTS, reach).filter(project__in=[one.pk for one in projects], year=year).select_related("project")
    reports = [one for one in rows.order_by("quarter", "project", "pk") if _is_of(int(one.quarter), quarters)]
    by_project: dict[UUID, list[ImplementationReport]] = defaultdict(list)
    for report in reports:
        by_project[report.project_id].append(report)
    sums: dict[Kind, Sum] = {}
    for project in projects:
        _add(sums, project, by_project[project.pk], year, quarters)
    waiting = tuple(one for one in projects if not _has_told(by_project[one.pk], quarters))
    return Implemented(sums, tuple(reports), waiting, len(projects))


def quarters_of(period: Period) -> tuple[int, tuple[int, ...]]:
    """Year and quarters of a period. Raises Problem("projects.not_quarters", found) for any other."""
    try:
        found = parts(period, "quarter")
    except Problem:
        found = []
    if not found or period.first.year != period.last.year:
        raise Problem("projects.not_quarters", found=period.name)
    return period.first.year, tuple((one.first.month + 2) // 3 for one in found)


def _projects(reach: Reach, place: str, period: Period) -> list[Project]:
    """Those with a certificate in the period, in the zones that the place is made of, parks of economic zones too."""
    places = with_members(place, Question("", place, period))
    rows = visible(PROJECTS, reach).filter(began__lte=period.last).select_related("zone_now")
    found = rows.filter(zone_now__place__in=places) | rows.filter(zone_now__inside__place__in=places)
    standing = (Status.VALID, Status.SUSPENDED)
    return [
        one
        for one in found.distinct().order_by("name_now", "pk")
        if one.status in standing or (one.last_event and one.last_event >= period.first)
    ]


def _is_of(quarter: int, quarters: Sequence[int]) -> bool:
    return quarter in quarters or (quarter == 0 and tuple(quarters) == QUARTERS)


def _has_told(reports: Sequence[ImplementationReport], quarters: Sequence[int]) -> bool:
    told = {int(one.quarter) for one in reports}
    return 0 in told or told >= set(quarters)


def _add(
    sums: dict[Kind, Sum], project: Project, rows: Sequence[ImplementationReport], year: int, quarters: Sequence[int]
) -> None:
    """A project's reports of each currency; where it gave none, it is waited for in its capital's."""
    usual = "VND" if project.capital_usd is None and project.capital_vnd is not None else "USD"
    by_currency: dict[str, list[Reported]] = {usual: []} if not rows else {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(reported(row))
    for code in INDICATORS:
        for currency, reports in by_currency.items():
            kind = code, project.ownership_now, currency if indicators()[code].is_money else ""
            one = sums.setdefault(kind, Sum())
            amount, is_whole = told_in(reports, code, year, quarters)
            last = last_told(reports, code, year, quarters)
            if last and code in COUNTS:
                amount = last[1]
                one.days.add(named(f"{year}-Q{last[0]}").last)
            one.amount += amount
            one.projects += last is not None
            one.waiting += not is_whole
