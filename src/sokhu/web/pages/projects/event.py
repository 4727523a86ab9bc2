"""What an event left behind, on its own page, and the way on: to the project's life, to the next event."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from sokhu.areas.projects.chain import rows_of, steps_of
from sokhu.areas.projects.models import CertificateEvent
from sokhu.areas.projects.registry import EVENTS, PROJECTS
from sokhu.areas.territory.scope import reach
from sokhu.core.quantity import shown
from sokhu.kit.wording import lang


def event_panel(request: HttpRequest, event: CertificateEvent) -> SafeString | str:
    project = event.project
    steps = steps_of(project, rows_of([project.pk])[project.pk])
    step = next((one for one in steps if one.event and one.event.id == event.pk), None)
    if step is None:
        return ""
    context = {
        "project": project.name_now,
        "project_url": f"{reverse('thing', args=[PROJECTS.code, project.pk])}#vong-doi",
        "may_write": reach(request).may("write", EVENTS.thing, project.owner),
        "new_event": f"{reverse('thing_new', args=[EVENTS.code])}?project={project.pk}",
        "held": [shown(amount, currency, lang()) for currency, amount in sorted(step.after.capital.items())],
    }
    return render_to_string("projects/event.html", context, request)
