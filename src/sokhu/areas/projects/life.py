"""What a project's page tells, read once: its life, what stands now, schedule, reports, what is due, what is odd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sokhu.areas.calendar.queries import calendar_now
from sokhu.areas.projects.chain import is_favoured, rows_of, steps_of
from sokhu.areas.projects.models import (
    CertificateEvent,
    ImplementationReport,
    Milestone,
    Project,
    ProjectInvestor,
)
from sokhu.areas.projects.reports import reported
from sokhu.core.certificates.chain import Step, state_after
from sokhu.core.certificates.oddities import oddities
from sokhu.core.certificates.ownership import Classified, Stake, classified
from sokhu.core.certificates.procedures import procedures
from sokhu.core.certificates.state import State
from sokhu.core.implementation import TOTAL, disagreements
from sokhu.core.place import Span
from sokhu.core.problems import Problem
from sokhu.core.working_days import Calendar, deadline

EXTENSION_MONTHS = 12  # an extension is applied for within the year before the term ends (NĐ 96/2026 điều 28)
TOLD_MONTHS = 36  # a term that ends later is no news
REPORT_DUE_DAY = 10  # of the month after a quarter (NĐ 96/2026 điều 94)


@dataclass(frozen=True, slots=True)
class Handled:
    """How long a procedure took. allowed: days of the law on the day of receipt; due: None while nothing is known."""

    received: dt.date
    done: dt.date
    days: int
    due: dt.date
    article: str

    @property
    def is_late(self) -> bool:
        return self.done > self.due


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is asked for by a day. kind: term, extension, milestone, report; is_late: that day is over."""

    kind: str
    day: dt.date
    what: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Life:
    """What stands about a project today. odd: what its chain cannot be (it was so before a rule was there).

    calendar: the working days by which its procedures are counted.
    """

    steps: tuple[Step, ...]
    rows: Mapping[str, CertificateEvent]
    state: State | None
    milestones: tuple[Milestone, ...]
    reports: tuple[ImplementationReport, ...]
    proposed: Classified | None
    odd: tuple[Problem, ...]
    due: tuple[Due, ...]
    calendar: Calendar


def life_of(project: Project, today: dt.date) -> Life:
    """Reads a project's life in as many questions however long it is. Raises Problems as `steps_of`."""
    rows = rows_of([project.pk])[project.pk]
    steps = tuple(steps_of(project, rows))
    state = state_after(steps, today)
    milestones = tuple(Milestone.objects.filter(project=project, is_gone=False).order_by("planned", "pk"))
    reports = tuple(ImplementationReport.objects.filter(project=project, is_gone=False).order_by("year", "quarter"))
    odd = [*oddities(steps, today, favoured=is_favoured(project)), *disagreements(reported(one) for one in reports)]
    return Life(
        steps,
        {str(row.pk): row for row in rows},
        state,
        milestones,
        reports,
        _proposed(project, steps, today),
        tuple(odd),
        tuple(sorted(_due(state, milestones, reports, today), key=lambda one: one.day)),
        calendar_now(),
    )


def _proposed(project: Project, steps: Sequence[Step], today: dt.date) -> Classified | None:
    """How the rule in force on the day of the first certificate would classify the investors of today."""
    stakes = [
        Stake(role.investor.country, role.share or role.usd or role.vnd, role.investor.is_foreign_controlled)
        for role in investors_on(project, today)
    ]
    day = project.began or today
    return classified(stakes, day) if stakes and steps else None


def investors_on(project: Project, day: dt.date) -> list[ProjectInvestor]:
    roles = ProjectInvestor.objects.filter(project=project, is_gone=False).select_related("investor")
    return [one for one in roles.order_by("starts", "pk") if Span(one.starts, one.ends).holds(day)]


def handled(row: CertificateEvent, calendar: Calendar) -> Handled | None:
    """The statutory days of an event's procedure; None without a day of receipt, or a rule of that time."""
    procedure = procedures().get(row.procedure)
    allowed = procedure.on(row.received) if procedure and row.received else None
    if row.received is None or allowed is None:
        return None
    try:
        due = deadline(row.received, allowed.days, calendar=calendar, counted=allowed.counted)
    except Problem:  # the days off of that year are not on file
        return None
    return Handled(row.received, row.day, allowed.days, due, allowed.article) if due else None


def is_delayed(milestone: Milestone, today: dt.date) -> bool:
    """Past its planned day and not reached, or reached late."""
    return milestone.planned < (milestone.actual or today)


def _due(
    state: State | None, milestones: Sequence[Milestone], reports: Sequence[ImplementationReport], today: dt.date
) -> Iterator[Due]:
    if state is None or not state.is_valid:
        return
    if state.term_ends and _months_before(state.term_ends, TOLD_MONTHS) <= today:
        opens = _months_before(state.term_ends, EXTENSION_MONTHS)
        yield Due("extension" if opens <= today else "term", state.term_ends, "", is_late=state.term_ends < today)
    for one in milestones:
        if one.actual is None:
            yield Due("milestone", one.planned, one.get_kind_display(), is_late=one.planned < today)
    quarter = _last_quarter(today)
    if not any((one.year, one.quarter) == (quarter[0], str(quarter[1])) for one in reports):
        day = _report_due(*quarter)
        yield Due("report", day, f"{quarter[0]}-Q{quarter[1]}", is_late=day < today)


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, 28))


def _last_quarter(today: dt.date) -> tuple[int, int]:
    quarter = (today.month - 1) // 3
    return (today.year, quarter) if quarter else (today.year - 1, 4)


def _report_due(year: int, quarter: int) -> dt.date:
    """Before the tenth of the first month after the quarter."""
    month = 3 * quarter + 1
    return dt.date(year + month // 13, (month - 1) % 12 + 1, REPORT_DUE_DAY)


def implemented(reports: Sequence[ImplementationReport], currency: str) -> int | None:
    """Capital put in since the certificate, as the latest report in a currency says; None where none does."""
    told = [one for one in reports if one.currency == currency]
    found = [amount for one in told if (amount := reported(one).said(TOTAL, "c")) is not None]
    return found[-1] if found else None
