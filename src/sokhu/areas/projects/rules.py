"""What a thing of these registers may not say. What a chain of events may not be is said by `core.certificates`."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from sokhu.areas.projects.chain import CURRENCIES, event_of, is_favoured, rows_of, settle, steps_of
from sokhu.areas.projects.models import CertificateEvent, Enterprise, Project
from sokhu.core.certificates.chain import state_after
from sokhu.core.certificates.event import FIRST, MUST_SAY
from sokhu.core.certificates.oddities import OF_ONE_EVENT, change_to, oddities
from sokhu.core.problems import Problem
from sokhu.kit.registers.values import label_of

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


def check_event(event: CertificateEvent) -> None:
    """Fills in the change of capital where only the new total was given.

    Raises Problem("projects.event_ahead", found), "projects.received_after" (received, day), and
    "certificates.nothing_changed" (day) for an adjustment that names neither a content nor tells one in words.
    """
    if event.day > timezone.localdate():
        raise Problem("projects.event_ahead", _label(event, "day"), found=event.day)
    if event.received and event.received > event.day:
        raise Problem("projects.received_after", _label(event, "received"), received=event.received, day=event.day)
    for currency in CURRENCIES:
        _fill_change(event, currency)
    if event.kind in MUST_SAY and not event.summary and event_of(event).names_nothing:
        raise Problem("certificates.nothing_changed", _label(event, "kind"), day=event.day)


def doubts_of_event(event: CertificateEvent) -> list[Problem]:
    """What is unlikely of an event beside those that stand. Raises Problems as `steps_of`."""
    steps = steps_of(event.project, [*_others(event), event])
    told = oddities(steps, event.day, favoured=is_favoured(event.project))
    return [one for one in told if one.where == str(event.pk) and one.code in OF_ONE_EVENT]


def _fill_change(event: CertificateEvent, currency: str) -> None:
    up, down, total = (f"{currency.lower()}_{name}" for name in ("up", "down", "total"))
    wanted = getattr(event, total)
    if wanted is None or getattr(event, up) or getattr(event, down):
        return
    change = change_to(wanted, currency, _held_before(event, currency))
    if change:
        setattr(event, up if change.direction == "up" else down, change.amount)


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
