"""What a thing of these registers may not say. What a chain of events may not be is said by `core.certificates`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import MAXYEAR
from typing import Any

from django.utils import timezone

from sokhu.areas.projects.chain import CURRENCIES, event_of, is_favoured, rows_of, settle, steps_of
from sokhu.areas.projects.models import CertificateEvent, Enterprise, ImplementationReport, Milestone, Project
from sokhu.areas.projects.reports import reported
from sokhu.areas.zones.models import Zone
from sokhu.core.certificates.chain import state_after
from sokhu.core.certificates.event import FIRST, MUST_SAY
from sokhu.core.certificates.oddities import OF_ONE_EVENT, change_to, oddities
from sokhu.core.implementation_doubts import doubts
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled
from sokhu.core.quarter import first_day, number_of, quarter_of
from sokhu.kit.registers.declaration import all_of
from sokhu.kit.registers.values import label_of

_PROJECT_CODE = re.compile(r"\d{10}")
_TAX_CODE = re.compile(r"\d{10}(-?\d{3})?|\d{12}")


def check_enterprise(enterprise: Enterprise) -> None:
    """Raises Problem("projects.not_a_tax_code", found): ten digits, three more for a branch; twelve of a person."""
    if enterprise.tax_code and not _TAX_CODE.fullmatch(enterprise.tax_code):
        raise Problem("projects.not_a_tax_code", _label(enterprise, "tax_code"), found=enterprise.tax_code)


def check_project(project: Project) -> None:
    """Settles what follows from its events. Raises Problem("zones.other_zone"), Problems of `core.certificates`."""
    if project.plot is not None and project.plot.zone_id != project.zone_id:
        raise Problem("zones.other_zone", _label(project, "plot"), found=project.plot.code)
    rows = rows_of([project.pk])[project.pk] if project.version else ()
    settle(project, steps_of(project, rows), rows)


def doubts_of_enterprise(enterprise: Enterprise) -> list[Problem]:
    """Another entry of the same book with this tax code: the same firm twice, or a slip of a digit."""
    if not enterprise.tax_code:
        return []
    others = Enterprise.objects.filter(tax_code=enterprise.tax_code, owner=enterprise.owner, is_gone=False)
    other = others.exclude(pk=enterprise.pk).order_by("pk").first()
    where = _label(enterprise, "tax_code")
    return [Problem("projects.tax_code_of_another", where, found=other.name)] if other is not None else []


def doubts_of_project(project: Project) -> list[Problem]:
    """A code unlike those of the national system; more land than its zone has."""
    found = _land_doubts(project, project.zone)
    if project.code and not _PROJECT_CODE.fullmatch(project.code):
        found.append(Problem("projects.not_a_project_code", _label(project, "code"), found=project.code))
    return found


def _land_doubts(thing: Project | CertificateEvent, zone: Zone) -> list[Problem]:
    if not thing.land or not zone.area or thing.land <= zone.area:
        return []
    found, limit = unscaled(thing.land).normalize(), unscaled(zone.area).normalize()
    return [Problem("projects.land_over_zone", _label(thing, "land"), found=found, limit=limit, zone=zone.name)]


def check_event(event: CertificateEvent) -> None:
    """Fills in the change of capital where only the new total was given.

    Raises Problem("projects.event_ahead", found), "projects.received_after" (received, day), and
    "certificates.nothing_changed" (day) for an adjustment that names neither a content nor tells one in words.
    """
    all_of(_must_have_been, _must_be_received_before, _must_say_something)(event)


def _must_have_been(event: CertificateEvent) -> None:
    if event.day > timezone.localdate():
        raise Problem("projects.event_ahead", _label(event, "day"), found=event.day)


def _must_be_received_before(event: CertificateEvent) -> None:
    if event.received and event.received > event.day:
        raise Problem("projects.received_after", _label(event, "received"), received=event.received, day=event.day)


def _must_say_something(event: CertificateEvent) -> None:
    for currency in CURRENCIES:
        _fill_change(event, currency)
    if event.kind in MUST_SAY and not event.summary and event_of(event).names_nothing:
        raise Problem("certificates.nothing_changed", _label(event, "kind"), day=event.day)


def doubts_of_event(event: CertificateEvent) -> list[Problem]:
    """What is unlikely of an event beside those that stand. Raises Problems as `steps_of`."""
    steps = steps_of(event.project, [*_others(event), event])
    told = oddities(steps, event.day, favoured=is_favoured(event.project))
    of_event = [one for one in told if one.where == str(event.pk) and one.code in OF_ONE_EVENT]
    return of_event + _land_doubts(event, event.zone or event.project.zone_now or event.project.zone)


def check_milestone(milestone: Milestone) -> None:
    """Raises Problem("projects.milestone_ahead", found): reached on a day that is yet to come."""
    if milestone.actual and milestone.actual > timezone.localdate():
        raise Problem("projects.milestone_ahead", _label(milestone, "actual"), found=milestone.actual)


def doubts_of_milestone(milestone: Milestone) -> list[Problem]:
    """A step of the schedule that was reached before the first certificate: a slip in the year hides a delay."""
    began, found = milestone.project.began, milestone.actual
    if not (began and found and found < began):
        return []
    return [Problem("projects.milestone_before_certificate", _label(milestone, "actual"), found=found, began=began)]


def check_report(report: ImplementationReport) -> None:
    """Raises Problem("projects.report_ahead") and "projects.report_before_certificate" (found, began)."""
    first = number_of(report.year, int(report.quarter) or 1)
    last = first if int(report.quarter) else first + 3
    where, period = _label(report, "year"), _period_words(report)
    if not 1 <= report.year < MAXYEAR or first_day(first) > timezone.localdate():
        raise Problem("projects.report_ahead", where, found=period)
    began = report.project.began
    if began and last < quarter_of(began):
        raise Problem("projects.report_before_certificate", where, found=period, began=began)


def doubts_of_report(report: ImplementationReport) -> list[Problem]:
    """What is unlikely of a report, at the amount that says it."""
    registered = report.project.capital_vnd if report.currency == "VND" else report.project.capital_usd
    told = doubts(reported(report), registered)
    return [Problem(one.code, _label(report, one.where), **one.params, currency=report.currency) for one in told]


def _period_words(report: ImplementationReport) -> str:
    """ "quý II/2026", "năm 2026"."""
    return f"{report.get_quarter_display()}/{report.year}" if int(report.quarter) else str(report.year)


def _fill_change(event: CertificateEvent, currency: str) -> None:
    up, down, total = (f"{currency.lower()}_{name}" for name in ("up", "down", "total"))
    wanted = getattr(event, total)
    if wanted is None:
        return
    if _changed_only(event, total, (up, down)):
        setattr(event, up, None)
        setattr(event, down, None)
    if getattr(event, up) or getattr(event, down):
        return
    change = change_to(wanted, currency, _held_before(event, currency))
    if change:
        setattr(event, up if change.direction == "up" else down, change.amount)


def _changed_only(event: CertificateEvent, name: str, beside: Iterable[str]) -> bool:
    """Whether a value differs from what stood, while those beside it are as they were: they followed from it."""
    before = event.before
    if before is None or getattr(before, name) == getattr(event, name):
        return False
    return all(getattr(before, one) == getattr(event, one) for one in beside)


def _held_before(event: CertificateEvent, currency: str) -> int:
    """What stood before an event of this day: at its end, other events of the day included."""
    if event.kind in FIRST:
        return 0
    state = state_after(steps_of(event.project, _others(event)), event.day)
    return state.capital.get(currency, 0) if state else 0


def _others(event: CertificateEvent) -> list[CertificateEvent]:
    return [row for row in rows_of([event.project_id])[event.project_id] if row.pk != event.pk]


def _label(thing: Any, name: str) -> str:
    return label_of(thing._meta.get_field(name))
