"""The list of reports, and beginning one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.models import User
from sokhu.areas.ledger import shown
from sokhu.areas.publications.actions import begin
from sokhu.areas.publications.assembling import Subject, places_to_report
from sokhu.areas.publications.jobs import ask_to_make
from sokhu.areas.publications.models import Issue, Language, Report
from sokhu.areas.publications.queries import with_state
from sokhu.areas.territory.queries import Reach, authority_name, dated_name, home_places
from sokhu.areas.territory.scope import reach
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem
from sokhu.kit.paging import paged
from sokhu.kit.wording import worded

Errors = dict[str, list[str]]
FIELD_OF = {"territory": "place", "report": "place", "period": "period"}


def author_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def reports(request: HttpRequest) -> HttpResponse:
    return _listed(request, {}, {})


@require_POST
def new_report(request: HttpRequest) -> HttpResponse:
    """Begins a report and goes to it; a wrong place or period is told beside its field."""
    mine = reach(request)
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in ("place", "period", "lang")}
    subject = Subject(mine.home, typed["place"], typed["period"], "en" if typed["lang"] == "en" else "vi")
    try:
        report = begin(mine, subject, by=author_of(request))
    except Problem as problem:
        if problem.code.startswith("access."):
            raise
        field = FIELD_OF.get(problem.code.partition(".")[0], "all")
        return _listed(request, typed, {field: [worded(problem, shown.lang())]}, status=422)
    ask_to_make(mine, report)
    messages.success(request, _("Đã lập dự thảo; số liệu đang được lấy từ sổ."))
    return redirect("report", report.pk)


def _listed(request: HttpRequest, typed: dict[str, str], errors: Errors, *, status: int = 200) -> HttpResponse:
    mine = reach(request)
    rows, pager = paged(request, with_state(mine))
    context = {
        "title": _("Báo cáo"),
        "subtitle": _("Báo cáo tổng hợp viết từ số liệu trong sổ: soạn, kiểm tra, ban hành."),
        "rows": [_row(row) for row in rows],
        "pager": pager,
        "form": _form(mine, typed, errors) if mine.own else None,
    }
    return render(request, "publications/reports.html", context, status=status)


def _row(row: Report) -> dict[str, Any]:
    issued: Issue | None = next(iter(row.newest_issue), None)  # type: ignore[attr-defined]
    version = row.newest_version[0]  # type: ignore[attr-defined]
    registered = issued.registered[0] if issued and issued.registered else None  # type: ignore[attr-defined]
    return {
        "about": version.content["about"],
        "id": row.pk,
        "place": dated_name(row.place),
        "authority": authority_name(row.authority),
        "period": printed(parse(row.period), shown.lang()),
        "state": "issued" if issued else "draft",
        "code": issued.code if issued else "",
        "number": f"{registered.number}/{registered.symbol}" if registered else "",
        "saved_at": shown.moment_words(issued.batch.at if issued else version.saved_at),
        "saved_by": str(version.saved_by or ""),
    }


def _form(mine: Reach, typed: dict[str, str], errors: Errors) -> dict[str, Any]:
    chosen = typed.get("place") or home_places(mine)[0]
    last_year = str(timezone.localdate().year - 1)
    return {
        "places": [
            {"value": one, "label": dated_name(one), "selected": one == chosen} for one in places_to_report(mine.own)
        ],
        "languages": [
            {"value": value, "label": label, "selected": value == typed.get("lang", "vi")}
            for value, label in Language.choices
        ],
        "period": typed.get("period", last_year),
        "errors": errors,
    }
