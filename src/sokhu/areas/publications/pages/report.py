"""A report: as it reads now, its files, its history."""

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

from sokhu.areas.ledger import shown
from sokhu.areas.ledger.registers import register_of
from sokhu.areas.publications.actions import save_version
from sokhu.areas.publications.files import kept_file
from sokhu.areas.publications.issued import canonical_of, corrections, report_of
from sokhu.areas.publications.jobs import ask_to_make, job_of
from sokhu.areas.publications.laid_out import written_as
from sokhu.areas.publications.models import Build, Issue, Report
from sokhu.areas.publications.pages.reports import author_of
from sokhu.areas.publications.queries import (
    issue_of,
    newest_build,
    newest_version,
    own_report,
    registration_of,
    report_draft,
    version_of,
    visible_report,
)
from sokhu.areas.publications.screen import on_screen
from sokhu.areas.publications.snapshot import Since, moved_since
from sokhu.areas.publications.wording import change_words
from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.rights import Action, Thing
from sokhu.kit.htmx import is_part
from sokhu.kit.jobs.models import Job, State
from sokhu.kit.wording import worded

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}
SUFFIX = {"text": "txt"}
REGISTERED: tuple[Action, Thing] = ("read", "register_record")


def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    mine, found = reach(request), visible_report(reach(request), report_id)
    issued = issue_of(found)
    if issued is not None:
        return _issued_page(request, mine, found, issued)
    report_draft(mine, report_id)
    build, job = newest_build(found), job_of(found)
    if is_part(request):
        return waited(request, job)
    context = page_head(mine, found, "view") | {
        "report": on_screen(json.loads(build.canonical)) if build else None,
        "readers": who_may_see("report_draft", found.authority),
        "build": _build_words(build),
        "job": job_shown(job),
        "is_stale": build is not None and build.version.number != newest_version(found).number,
        "report_id": found.pk,
    }
    return render(request, "publications/report.html", context)


def waited(request: HttpRequest, job: Job | None) -> HttpResponse:
    """How far the job is, asked for by the page that waits; once it is done, that page loads itself again."""
    response = render(request, "publications/_job.html", {"job": job_shown(job)})
    if job is None or not job.is_open:
        response["HX-Refresh"] = "true"
    return response


def page_head(mine: Reach, found: Report, here: str) -> dict[str, Any]:
    """Title, crumbs and tabs of the pages of a draft; who may change it."""
    can_write = mine.may("write", "report_draft", found.authority)
    tabs = (
        ("view", _("Xem"), "report"),
        *([("edit", _("Sửa"), "report_edit")] if can_write else []),
        ("check", _("Kiểm tra và ban hành"), "report_check"),
        ("history", _("Lịch sử"), "report_history"),
    )
    return {
        "title": newest_version(found).content["about"],
        "can_write": can_write,
        "crumbs": [{"label": _("Báo cáo"), "url": reverse("reports")}, {"label": _("Dự thảo")}],
        "tabs": [
            {"label": label, "url": reverse(name, args=[found.pk]), "active": key == here} for key, label, name in tabs
        ],
    }


def _build_words(build: Build | None) -> dict[str, Any] | None:
    if build is None:
        return None
    moment = {"sequence": build.moment, "at": shown.moment_words(build.made_at), "version": build.version.number}
    return moment | {"sha256": build.sha256}


def job_shown(job: Job | None) -> dict[str, Any] | None:
    """A job that is still to be waited for, or that failed; None for one that is done."""
    if job is None or job.state == State.DONE:
        return None
    problem = job.problem
    sentence = worded(Problem(problem["code"], **problem.get("params", {})), shown.lang()) if problem else ""
    return {"is_open": job.is_open, "done": job.done, "total": job.total, "problem": sentence}


def _issued_page(request: HttpRequest, mine: Reach, found: Report, issued: Issue) -> HttpResponse:
    registered = registration_of(issued)
    context = {
        "title": report_of(issued)["head"]["about"],
        "crumbs": [{"label": _("Báo cáo"), "url": reverse("reports")}, {"label": _("Đã ban hành")}],
        "report": on_screen(report_of(issued)),
        "issued": issued,
        "issued_at": shown.moment_words(issued.batch.at),
        "verify_url": reverse("verify", args=[issued.code]),
        "registered": registered,
        "registered_day": shown.day_words(registered.day) if registered else "",
        "readers": who_may_see("issued_report", found.authority),
        "can_register": mine.may("write", "issued_report", found.authority),
        "corrections": corrections(issued),
        "moved": [_since(one) for one in moved_since(issued)] if mine.may(*REGISTERED, found.authority) else [],
        "report_id": found.pk,
    }
    return render(request, "publications/issued.html", context)


def _since(one: Since) -> dict[str, Any]:
    register = str(register_of(one.register).name)
    return {"title": one.title, "url": one.url, "register": register, "sequence": format_number(one.sequence)}


@require_POST
def make_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(reach(request), report_id)
    ask_to_make(reach(request), found)
    return redirect("report", found.pk)


def report_file(request: HttpRequest, report_id: UUID, wanted: str) -> HttpResponse:
    """The report as a file: of an issued one the bytes that were kept then, of a draft its newest build."""
    found = visible_report(reach(request), report_id)
    issued = issue_of(found)
    content = _issued_file(issued, wanted) if issued else _draft_file(found, reach(request), wanted)
    response = HttpResponse(content, content_type=TYPES[wanted])
    name = f"bao-cao-{found.place.partition('/')[2]}-{found.period}.{SUFFIX.get(wanted, wanted)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _issued_file(issued: Issue, wanted: str) -> bytes:
    kept = {"pdf": issued.pdf_sha256, "docx": issued.docx_sha256}.get(wanted)
    return kept_file(kept) if kept else canonical_of(issued) if wanted == "json" else _text(issued)


def _text(issued: Issue) -> bytes:
    return written_as("text", report_of(issued))


def _draft_file(found: Report, mine: Reach, wanted: str) -> bytes:
    build = newest_build(report_draft(mine, found.pk))
    if build is None:
        raise Problem("report.not_made")
    return build.canonical.encode() if wanted == "json" else written_as(wanted, json.loads(build.canonical))


def signed_file(request: HttpRequest, report_id: UUID) -> HttpResponse:
    issued = issue_of(visible_report(reach(request), report_id))
    registered = registration_of(issued) if issued else None
    if registered is None or not registered.signed_sha256:
        raise Problem("report.no_such_report")
    response = HttpResponse(kept_file(registered.signed_sha256), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="ban-ky.pdf"'
    return response


def report_history(request: HttpRequest, report_id: UUID) -> HttpResponse:
    mine = reach(request)
    found = report_draft(mine, report_id)
    versions = list(found.versions.select_related("saved_by"))
    chosen = next((one for one in versions if str(one.number) == request.GET.get("ban")), None)
    context = page_head(mine, found, "history") | {
        "versions": [
            {
                "number": one.number,
                "what": change_words(one.change),
                "who": str(one.saved_by or _("dòng lệnh")),
                "when": shown.moment_words(one.saved_at),
                "url": f"?ban={one.number}",
                "active": one is chosen,
            }
            for one in versions
        ],
        "chosen": chosen,
        "can_restore": bool(
            mine.may("write", "report_draft", found.authority)
            and chosen
            and chosen is not versions[0]
            and issue_of(found) is None
        ),
        "base": versions[0].number,
        "report_id": found.pk,
    }
    return render(request, "publications/history.html", context)


@require_POST
def restore_version(request: HttpRequest, report_id: UUID, number: int) -> HttpResponse:
    mine = reach(request)
    found = own_report(mine, report_id)
    base = int(request.POST.get("base", "0")) if request.POST.get("base", "0").isdecimal() else 0
    old = version_of(found, number)
    save_version(mine, found, old.content, "restore", base=base, by=author_of(request))
    ask_to_make(mine, found)
    messages.success(request, _("Đã lấy lại lời văn của bản %(number)d.") % {"number": number})
    return redirect("report", found.pk)
