"""Findings of the ledger: the list that an authority answers, one finding with its figures and its life."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.findings import actions, wording
from sokhu.areas.findings.models import Checked, Finding, FindingState
from sokhu.areas.findings.queries import LIVE, SERIOUS_FIRST, visible_findings
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.derived import derived_facts
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.pages.observations import row_of, row_of_derived
from sokhu.areas.ledger.queries import visible_observations
from sokhu.areas.territory.queries import Reach, authority_name, makeup_of
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones.registry import ZONES
from sokhu.core.checks.registers import OF_REGISTERS
from sokhu.core.numbers import format_number
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.paging import paged
from sokhu.kit.registers.queries import visible
from sokhu.kit.wording import worded

LISTS = {
    "": Q(state=FindingState.OPEN),
    "giai-thich": Q(state=FindingState.EXPLAINED),
    "xong": ~Q(state__in=LIVE),
}


def findings(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    if mine.home:
        actions.refresh_for(mine.home)
    seen = visible_findings(mine)
    chosen = request.GET.get("loai", "")
    chosen = chosen if chosen in LISTS else ""
    counts = seen.aggregate(**{f"in_{name}": Count("pk", filter=condition) for name, condition in LISTS.items()})
    ordered = seen.filter(LISTS[chosen]).order_by(SERIOUS_FIRST, "due", "-weight", "place", "indicator", "id")
    rows, pager = paged(request, ordered)
    here = reverse("findings")
    context = {
        "title": _("Phát hiện trong sổ"),
        "subtitle": _(
            "Những chỗ các con số không khớp nhau. Sửa số, hoặc trả lời vì sao các số vẫn đúng. "
            "Ngoài cơ quan của bạn chỉ có cơ quan trung ương thấy danh sách này."
        ),
        "chips": [
            {
                "label": _chip(name),
                "value": format_number(counts[f"in_{name}"], lang=shown.lang()),
                "url": f"{here}?loai={name}" if name else here,
                "active": name == chosen,
            }
            for name in LISTS
        ],
        "rows": [row(one) for one in rows],
        "with_authority": mine.sees_all,
        "pager": pager,
        "checked": _checked_words(mine),
    }
    return render(request, "findings/findings.html", context)


def _chip(name: str) -> str:
    return {"": _("Chờ trả lời"), "giai-thich": _("Đã giải thích"), "xong": _("Đã xong")}[name]


def row(one: Finding) -> dict[str, Any]:
    """What a list shows of a finding."""
    cell = wording.cell_of(one.cell)
    return {
        "url": reverse("finding", args=[one.pk]),
        "code": one.code,
        "severity": one.severity,
        "severity_words": one.get_severity_display(),
        "state": one.state,
        "state_words": one.get_state_display(),
        "indicator": shown.indicator_name(one.indicator),
        "about": wording.about(cell, shown.lang()),
        "sentence": wording.stored_sentence(one, shown.lang()),
        "authority": authority_name(one.authority),
        "due": shown.day_words(one.due),
        "is_late": one.state == FindingState.OPEN and one.due < timezone.localdate(),
    }


def _checked_words(mine: Reach) -> str:
    checked = Checked.objects.filter(pk=mine.home).first()
    if checked is None:
        return ""
    said = _("Đã rà đến mục sổ %(sequence)s.") % {"sequence": format_number(checked.sequence, lang=shown.lang())}
    if checked.left_off:
        said += " " + _("Còn %(count)s ghi chú thống kê không hiện: mỗi báo cáo chỉ hiện ba.") % {
            "count": format_number(checked.left_off, lang=shown.lang())
        }
    return said


def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding; POST answers it with a reason."""
    mine = reach(request)
    one = visible_findings(mine).filter(pk=finding_id).first()
    if one is None:
        raise Problem("findings.no_such_finding")
    error = ""
    if request.method == "POST":
        user = request.user if request.user.is_authenticated else None
        try:
            actions.explain(mine, one.pk, request.POST.get("words", ""), by=user)
        except Problem as problem:
            error = worded(problem, shown.lang())
        else:
            messages.success(request, _("Đã ghi câu trả lời."))
            return redirect("finding", one.pk)
    return render(request, "findings/finding.html", _one(mine, one, error), status=422 if error else 200)


def _one(mine: Reach, one: Finding, error: str) -> dict[str, Any]:
    figures = {
        str(said.pk): said
        for said in visible_observations(mine)
        .filter(pk__in=one.observations)
        .select_related("cell", "stream", "document")
    }
    events = list(one.events.all())
    people = names_of(event.by_id for event in events if event.by_id)
    return {
        "title": shown.indicator_name(one.indicator),
        "crumbs": [{"label": _("Phát hiện trong sổ"), "url": reverse("findings")}, {"label": _("Một phát hiện")}],
        "subtitle": wording.about(wording.cell_of(one.cell), shown.lang()),
        "finding": row(one),
        "reason": wording.reason(one.code, shown.lang()),
        "suggestion": wording.stored_suggestion(one, shown.lang()),
        "rows": [*(row_of(figures[pk]) for pk in one.observations if pk in figures), *_derived_rows(mine, one)],
        "correct_url": _correct_url(mine, one, figures),
        "record_url": _record_url(mine, one),
        "events": [
            {
                "at": shown.moment_words(event.at),
                "state": event.get_state_display(),
                "by": people.get(event.by_id, "") if event.by_id else "",
                "words": event.words,
                "sequence": format_number(event.sequence, lang=shown.lang()),
            }
            for event in events
        ],
        "can_answer": mine.may_write_for(one.authority) and one.state in LIVE,
        "readers": who_may_see("finding", one.authority),
        "error": error,
    }


def _derived_rows(mine: Reach, one: Finding) -> list[dict[str, Any]]:
    """The figures of registers among those that a finding is about, as they are now."""
    cell = wording.cell_of(one.cell)
    days = cell.first, cell.last
    places = {cell.place, *makeup_of(cell.place, named(cell.period, regime=cell.regime)).members}
    facts = derived_facts(mine, places, *days, indicators=[cell.indicator], asked=[days])
    return [row_of_derived(fact) for fact in facts if str(fact.id) in one.observations]


def _record_url(mine: Reach, one: Finding) -> str:
    """Where the record of the zone is, of a finding about what registers say of themselves."""
    zone = visible(ZONES, mine).filter(place=one.place).first() if one.code in OF_REGISTERS else None
    return reverse("thing", args=[ZONES.code, zone.pk]) if zone else ""


def _correct_url(mine: Reach, one: Finding, figures: dict[str, Observation]) -> str:
    """Where the figure to look at is corrected, for who may."""
    first = figures.get(one.observations[0]) if one.observations else None
    may = first is not None and one.state in LIVE and mine.may_write_for(first.owner)
    return reverse("figure_correct", args=[first.pk]) if first and may else ""
