"""A project's life: one line of it, and every event with what the certificate read before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.projects.life import Handled, Life, handled, is_delayed
from sokhu.areas.projects.models import CertificateEvent, Milestone, Project
from sokhu.areas.projects.registry import EVENTS, MILESTONES, PROJECTS
from sokhu.areas.territory.queries import name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.certificates.chain import Step
from sokhu.core.certificates.event import CapitalChange
from sokhu.core.quantity import shown
from sokhu.kit.registers.values import label_of, text_of
from sokhu.kit.timeline import Mark, Stretch, timeline
from sokhu.kit.wording import lang
from sokhu.web.pages.registers.papers import papers_of

NOT_COMPARED = frozenset({"investors", "owner", "certified", "ground"})


def life_panel(request: HttpRequest, project: Project, life: Life, today: date) -> SafeString:
    """The drawing of a project's life with what happened in words below it, by the same numbers."""
    papers = papers_of(request, (row.document for row in life.rows.values()))
    told = [(_mark(step, life, today), _step(step, life, papers)) for step in life.steps]
    told += [_milestone(one, today) for one in life.milestones]
    told.sort(key=lambda pair: pair[0].day)
    marks = [mark for mark, _words in told]
    context = {
        "timeline": timeline(marks, list(_stretches(life)), today, title=_("Vòng đời dự án")) if marks else None,
        "steps": [_common(mark) | words for mark, words in told],
        "may_write": reach(request).may("write", EVENTS.thing, project.owner),
        "new_event": f"{reverse('thing_new', args=[EVENTS.code])}?project={project.pk}",
        "new_milestone": f"{reverse('thing_new', args=[MILESTONES.code])}?project={project.pk}",
    }
    return render_to_string("projects/life.html", context, request)


def _mark(step: Step, life: Life, today: date) -> Mark:
    kind = "end" if step.after.ended else "capital" if step.event and step.event.capital else ""
    url = event_url(step.event.id) if step.event else ""
    return Mark(step.told_on, kind_of(step, life.rows), kind, url, is_ahead=step.day > today)


def _milestone(one: Milestone, today: date) -> tuple[Mark, dict[str, Any]]:
    kind = "late" if is_delayed(one, today) else "step"
    label = f"{one.get_kind_display()} {one.phase}".strip()
    url = reverse("thing", args=[MILESTONES.code, one.pk])
    mark = Mark(one.actual or one.planned, label, kind, url, is_ahead=one.actual is None)
    return mark, {"planned": f"{one.planned:%d/%m/%Y}", "is_late": kind == "late", "is_reached": one.actual is not None}


def _common(mark: Mark) -> dict[str, Any]:
    return {
        "day": f"{mark.day:%d/%m/%Y}",
        "kind": mark.label,
        "is_end": mark.kind == "end",
        "is_ahead": mark.is_ahead,
        "url": mark.url,
    }


def _stretches(life: Life) -> Iterator[Stretch]:
    """What held: valid, suspended; the term that lies ahead."""
    for step, after in zip(life.steps, [*life.steps[1:], None], strict=True):
        if step.after.is_valid:
            kind = "suspended" if step.after.suspended_since else "valid"
            yield Stretch(step.day, after.day if after else None, "", kind)


def _step(step: Step, life: Life, papers: Mapping[str, str]) -> dict[str, Any]:
    row = life.rows.get(str(step.event.id)) if step.event else None
    return {
        "paper": row.number if row else "",
        "paper_url": papers.get(row.document, "") if row else "",
        "summary": row.summary if row else "",
        "capital": [_capital(change) for change in (step.event.capital if step.event else ())],
        "total": [shown(amount, currency, lang()) for currency, amount in sorted(step.after.capital.items())],
        "changes": list(_changes(step)) if step.before and not step.after.ended else [],
        "handled": _handled(handled(row, life.calendar)) if row else "",
    }


def kind_of(step: Step, rows: Mapping[str, CertificateEvent]) -> str:
    if step.event is None:
        return _("hết thời hạn")
    return rows[str(step.event.id)].get_kind_display()


def event_url(event_id: object) -> str:
    return reverse("thing", args=[EVENTS.code, event_id])


def _capital(change: CapitalChange) -> dict[str, Any]:
    amount = shown(change.amount, change.currency, lang())
    return {"text": f"{'+' if change.direction == 'up' else '−'}{amount}", "is_down": change.direction == "down"}


def _changes(step: Step) -> Iterator[dict[str, str]]:
    """Terms that read otherwise after an event."""
    assert step.before is not None
    for one in fields(step.after.terms):
        before, after = getattr(step.before.terms, one.name), getattr(step.after.terms, one.name)
        if before != after and one.name not in NOT_COMPARED:
            yield {"label": _label(one.name), "before": _text(one.name, before), "after": _text(one.name, after)}


def _field(name: str) -> models.Field[Any, Any]:
    return EVENTS.field("zone" if name == "place" else name)


def _label(name: str) -> str:
    known = {"place": _("khu"), "term_years": _("thời hạn (năm)"), "term_ends": _("hết thời hạn")}
    if name in known:
        return known[name]
    return label_of(PROJECTS.field(name)).lower()


def _text(name: str, value: Any) -> str:
    if value is None:
        return "–"
    return name_of(value) if name == "place" else text_of(_field(name), value)


def _handled(one: Handled | None) -> dict[str, Any] | str:
    if one is None:
        return ""
    return {
        "received": f"{one.received:%d/%m/%Y}",
        "due": f"{one.due:%d/%m/%Y}",
        "days": one.days,
        "article": one.article,
        "is_late": one.is_late,
    }
