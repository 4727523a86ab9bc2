"""Before issuing: who is in, who is missing, what is estimated, what contradicts; then issuing and registering."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.confirming import confirmed
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.shown import enter_url
from sokhu.areas.publications.actions import issue, register
from sokhu.areas.publications.findings import open_findings
from sokhu.areas.publications.issued import figure_urls
from sokhu.areas.publications.jobs import job_of
from sokhu.areas.publications.models import Build, Issue, Report
from sokhu.areas.publications.pages.report import job_shown, page_head, waited
from sokhu.areas.publications.queries import (
    issue_of,
    newest_build,
    newest_version,
    own_report,
    registration_of,
    report_draft,
    subject_of,
)
from sokhu.areas.territory.queries import Reach, name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import Question
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.kit.htmx import is_part
from sokhu.kit.sealing.queries import head
from sokhu.kit.uploads import must_fit
from sokhu.kit.wording import worded

Errors = dict[str, list[str]]
MISSING_HOWS = ("figure", "number", "day", "last_year")


def check_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    mine = reach(request)
    found = report_draft(mine, report_id)
    if issue_of(found) is not None:
        return redirect("report", found.pk)
    if is_part(request):
        return waited(request, job_of(found))
    build = newest_build(found)
    context = page_head(mine, found, "check") | {
        "can_issue": mine.may("issue", "report_draft", found.authority),
        "build": build,
        "job": job_shown(job_of(found)),
        "is_stale": build is not None and build.version.number != newest_version(found).number,
        "entries_since": head()[0] - build.moment if build else 0,
        "report_id": found.pk,
    }
    if build is not None:
        context |= _checked(mine, found, build)
    return render(request, "publications/check.html", context)


def _checked(mine: Reach, found: Report, build: Build) -> dict[str, Any]:
    report = json.loads(build.canonical)
    urls = figure_urls(report)
    known = [one for one in report["figures"] if one["amount"] is not None]
    return {
        "coverage": [
            {"label": one["name"], "count": one["have"], "of": one["want"], "is_silent": not one["have"]}
            for one in report["coverage"]
        ],
        "partial": [
            {
                "name": _named(one),
                "url": urls[one["number"]],
                "have": one["have"],
                "want": one["want"],
                "missing": [name_of(place) for place in one["missing"] if "/" in place],
            }
            for one in known
            if one["missing"] and one["how"] != "said"
        ],
        "missing": _missing(found, report),
        "unsure": [
            {"name": _named(one), "text": one["text"], "url": urls[one["number"]]}
            for one in known
            if one["maturity"] != "final" or one["approx"]
        ],
        "findings": open_findings(mine, subject_of(found)),
        "figure_count": len(known),
    }


def _named(figure: dict[str, Any]) -> str:
    return " · ".join(filter(None, (figure["name"], figure["ownership"], figure["zone_kind"], figure["other"])))


def _missing(found: Report, report: dict[str, Any]) -> list[dict[str, str]]:
    """The figures that are not there, once each, with the form that enters them."""
    period, told = parse(found.period), {}
    for one in report["missing"]:
        if one["how"] in MISSING_HOWS:
            keys = {key: one[key] for key in ("indicator", "ownership", "zone_kind", "other", "currency")}
            question = Question(place=found.place, period=period, **keys)
            told[one["name"]] = {"name": one["name"], "enter_url": enter_url(question)}
    return list(told.values())


@require_POST
@confirmed
def issue_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Issues what the page showed: the build that the form names, and no newer one."""
    mine = reach(request)
    found = own_report(mine, report_id)
    build = newest_build(found)
    if build is None or str(build.pk) != request.POST.get("build"):
        raise Problem("report.stale_build", found=build.version.number if build else 0)
    issued = issue(mine, build)
    messages.success(request, _("Đã ban hành; mã kiểm tra %(code)s.") % {"code": issued.code})
    return redirect("report", found.pk)


def register_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What the clerk enters after signature: number, symbol, day, the signed file."""
    mine = reach(request)
    found = own_report(mine, report_id)
    issued = issue_of(found)
    if issued is None:
        raise Problem("report.no_such_report")
    if request.method != "POST":
        return _register_form(request, issued, {}, {})
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in ("number", "symbol", "day")}
    errors: Errors = {}
    try:
        day = parse(typed["day"]).last if typed["day"] else None
        register(mine, issued, number=typed["number"], symbol=typed["symbol"], day=day, signed=_signed(request))
    except (Problem, Problems) as wrong:
        for problem in wrong.problems if isinstance(wrong, Problems) else [wrong]:
            where = "day" if problem.code.startswith("period.") else problem.where or "all"
            errors.setdefault(where, []).append(worded(Problem(problem.code, "", **problem.params), shown.lang()))
        return _register_form(request, issued, typed, errors, status=422)
    messages.success(request, _("Đã ghi số, ký hiệu và ngày của văn bản."))
    return redirect("report", found.pk)


def _signed(request: HttpRequest) -> bytes | None:
    upload = request.FILES.get("signed")
    if upload is None:
        return None
    must_fit(upload, "signed")
    content: bytes = upload.read()
    return content


def _register_form(
    request: HttpRequest, issued: Issue, typed: dict[str, str], errors: Errors, *, status: int = 200
) -> HttpResponse:
    before = registration_of(issued)
    if before and not typed:
        typed = {"number": before.number, "symbol": before.symbol, "day": shown.day_words(before.day)}
    crumbs = [
        {"label": _("Báo cáo"), "url": reverse("reports")},
        {"label": issued.code, "url": reverse("report", args=[issued.report_id])},
        {"label": _("Văn thư")},
    ]
    context = {
        "title": _("Số, ký hiệu, ngày của văn bản"),
        "subtitle": _("Văn thư ghi sau khi ký; ghi lại thì bản ghi sau thay bản trước, cả hai còn trong sổ."),
        "crumbs": crumbs,
        "typed": typed,
        "errors": errors,
        "has_signed": bool(before and before.signed_sha256),
        "report_id": issued.report_id,
    }
    return render(request, "publications/register.html", context, status=status)
