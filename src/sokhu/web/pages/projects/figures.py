"""What a project does to figures: each movement with its event."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger.movements import moved_by
from sokhu.areas.projects.models import Project
from sokhu.areas.territory.queries import name_of
from sokhu.core.indicator import Indicator
from sokhu.core.movement import Moved
from sokhu.core.quantity import shown
from sokhu.kit.wording import lang
from sokhu.web.pages.projects.life import event_url


def figures_panel(request: HttpRequest, project: Project) -> SafeString:
    known = indicators()
    moves = [one for one in moved_by("projects", project.pk) if known[one.indicator].nature == "flow"]
    today = timezone.localdate()
    context = {
        "rows": [_row(one, known[one.indicator]) for one in moves if one.day <= today],
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
