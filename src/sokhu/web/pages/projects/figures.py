"""What a project does to figures: each movement with its event, and the issued reports that came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger.movements import moved_by
from sokhu.areas.projects.models import CertificateEvent, Project
from sokhu.areas.publications.models import Issue
from sokhu.areas.publications.queries import visible_reports
from sokhu.areas.territory.queries import Reach, name_of, name_within
from sokhu.areas.territory.scope import reach
from sokhu.core.indicator import Indicator
from sokhu.core.movement import Moved
from sokhu.core.period import named, printed
from sokhu.core.quantity import shown
from sokhu.kit.wording import lang
from sokhu.web.pages.projects.life import event_url

MOST_REPORTS = 20


def figures_panel(request: HttpRequest, project: Project) -> SafeString:
    known = indicators()
    moves = [one for one in moved_by("projects", project.pk) if known[one.indicator].nature == "flow"]
    today = timezone.localdate()
    context = {
        "rows": [_row(one, known[one.indicator]) for one in moves if one.day <= today],
        "reports": list(_touched(reach(request), project)),
    }
    return render_to_string("projects/figures.html", context, request)


def _row(one: Moved, indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator.name(lang()),
        "indicator_url": reverse("indicator", args=[one.indicator]),
        "day": f"{one.day:%d/%m/%Y}",
        "place": name_of(one.place),
        "ownership": one.ownership,
        "amount": shown(one.amount, one.currency or indicator.unit, lang()),
        "event_url": event_url(one.source),
    }


def _touched(mine: Reach, project: Project) -> Iterator[dict[str, str]]:
    """Issued reports whose days an event belongs to that the book did not know when they were issued."""
    events = list(CertificateEvent.objects.filter(project=project).values_list("version", "day", "pk"))
    for issue in _issues(mine, _places_above(project)):
        period = named(issue.period)
        late = [pk for version, day, pk in events if version > issue.moment and day <= period.last]
        if late:
            yield _report(issue, late)


def _issues(mine: Reach, places: Sequence[str]) -> Sequence[Issue]:
    rows = Issue.objects.filter(report__in=visible_reports(mine), place__in=places)
    return list(rows.select_related("batch").order_by("-batch_id")[:MOST_REPORTS])


def _places_above(project: Project) -> list[str]:
    """The places whose figures a project goes into, on the maps of then and of today."""
    days = {project.began or timezone.localdate(), timezone.localdate()}
    zones = [one.place for one in (project.zone, project.zone_now) if one is not None]
    return list(dict.fromkeys(place for zone in zones for day in days for place in _above(zone, day)))


def _above(zone: str, day: date) -> list[str]:
    places = territory()
    found: list[str] = [zone] if zone in places.places else []
    for place in found:
        found += [one for one in places.groups_of(place, day) if one not in found]
        found += [one for one in places.successors(place, timezone.localdate()) if one not in found]
    return found


def _report(issue: Issue, late: Sequence[UUID]) -> dict[str, str]:
    period = named(issue.period)
    return {
        "title": f"{name_within(issue.place, period.last)}, {printed(period, lang())}",
        "url": reverse("report", args=[issue.report_id]),
        "issued": f"{timezone.localtime(issue.batch.at):%d/%m/%Y}",
        "count": str(len(late)),
    }
