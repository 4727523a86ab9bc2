"""What contradicts what in the figures of a report, to be read before it is issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sokhu.areas.findings.actions import refresh_for
from sokhu.areas.findings.models import Finding
from sokhu.areas.findings.queries import LIVE, SERIOUS_FIRST, visible_findings
from sokhu.areas.findings.wording import about, cell_of, stored_sentence
from sokhu.areas.ledger.shown import indicator_name
from sokhu.areas.publications.assembling import Subject
from sokhu.areas.territory.queries import Reach, members_of
from sokhu.core.fact import STOCK_GRACE
from sokhu.core.period import Period, parse


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """One finding as the page lists it. severity: "error", "warning" or "note"; is_explained: answered already."""

    severity: str
    sentence: str
    url: str
    is_explained: bool


def open_findings(reach: Reach, subject: Subject) -> list[OpenFinding]:
    """The findings about a report's place, its members and its period that are not solved, the serious ones first."""
    refresh_for(subject.authority)
    period = parse(subject.period)
    places = {subject.place, subject.authority, *members_of(subject.place, period)}
    found = visible_findings(reach).filter(state__in=LIVE, place__in=places).order_by(SERIOUS_FIRST, "-weight", "id")
    return [_listed(one, subject) for one in found if _is_of(period, one)]


def _is_of(period: Period, one: Finding) -> bool:
    """Whether a figure of the finding ends in the period, or is a count of the weeks after it."""
    return period.first <= date.fromisoformat(one.cell["last"]) <= period.last + STOCK_GRACE


def _listed(one: Finding, subject: Subject) -> OpenFinding:
    said = f"{indicator_name(one.indicator)}, {about(cell_of(one.cell), subject.lang)}"
    return OpenFinding(
        severity=one.severity,
        sentence=f"{said}: {stored_sentence(one, subject.lang)}",
        url=reverse("finding", args=[one.pk]),
        is_explained=one.state == "explained",
    )
