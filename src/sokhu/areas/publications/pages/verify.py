"""The public page behind the code on a report: what was issued, when, and whether a file is that report."""

from __future__ import annotations

import hashlib

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.publications.files import verification
from sokhu.areas.publications.issued import report_of
from sokhu.areas.publications.models import Issue
from sokhu.areas.publications.queries import issue_by_code, registration_of
from sokhu.core.problems import Problem
from sokhu.kit.uploads import must_fit
from sokhu.kit.wording import worded

CHUNK = 1 << 16


@login_not_required
def find_code(request: HttpRequest) -> HttpResponse:
    """Asks for a code; a wrong one is told here."""
    typed = request.GET.get("ma", "").replace("\x00", "").strip()
    context = {"title": _("Kiểm tra báo cáo"), "typed": typed, "problem": ""}
    if typed:
        try:
            return redirect("verify", issue_by_code(typed).code)
        except Problem as problem:
            context["problem"] = worded(problem, shown.lang())
    return render(request, "publications/find_code.html", context, status=404 if typed else 200)


@login_not_required
def verify(request: HttpRequest, code: str) -> HttpResponse:
    issued = issue_by_code(code)
    report, registered = report_of(issued), registration_of(issued)
    context = {
        "title": _("Kiểm tra báo cáo"),
        "about": report["head"]["about"],
        "authority": report["authority"]["name"],
        "place": report["place"]["name"],
        "period": report["period"]["words"],
        "issued": issued,
        "issued_at": shown.moment_words(issued.batch.at),
        "registered": registered,
        "registered_day": shown.day_words(registered.day) if registered else "",
        "qr": _picture(issued),
        "checked": _checked(request, issued, registered.signed_sha256 if registered else ""),
    }
    return render(request, "publications/verify.html", context)


def _picture(issued: Issue) -> str:
    """The code as it is printed, for holding a paper against the page."""
    address = verification(issued.sha256, "vi").address
    return str(segno.make(address, error="m", micro=False).svg_inline(border=1, scale=4, omitsize=False))


def _checked(request: HttpRequest, issued: Issue, signed_sha256: str) -> dict[str, str] | None:
    """Which file of the report the uploaded one is, by its digest; None where none was uploaded. Nothing is kept.

    Raises Problem("document.too_large", where=name, found, limit).
    """
    upload = request.FILES.get("file") if request.method == "POST" else None
    if upload is None:
        return None
    must_fit(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
    known = {
        issued.sha256: _("số liệu của báo cáo (JSON chuẩn)"),
        issued.pdf_sha256: _("bản PDF của Sổ Khu"),
        issued.docx_sha256: _("bản Word của Sổ Khu"),
    } | ({signed_sha256: _("bản đã ký do văn thư tải lên")} if signed_sha256 else {})
    return {"sha256": digest.hexdigest(), "what": known.get(digest.hexdigest(), ""), "name": upload.name or ""}
