"""Reports as their readers may see them: drafts by those who write for the authority, issued ones also by its block."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from sokhu.areas.publications.assembling import Subject
from sokhu.areas.publications.models import Build, Issue, Registration, Report, Version
from sokhu.areas.territory.queries import Reach
from sokhu.core.problems import Problem
from sokhu.kit.scope import allowed


def visible_reports(reach: Reach) -> QuerySet[Report]:
    """Drafts of one's own authority; issued reports of the emulation block too, all of them for the ministry."""
    issued = Exists(Issue.objects.filter(report=OuterRef("pk")))
    drafts = allowed(reach, "read", "report_draft", owner="authority")
    return Report.objects.filter(drafts | issued & allowed(reach, "read", "issued_report", owner="authority"))


def visible_report(reach: Reach, report_id: UUID) -> Report:
    """Raises Problem("report.no_such_report")."""
    found = visible_reports(reach).filter(pk=report_id).first()
    if found is None:
        raise Problem("report.no_such_report")
    return found


def report_draft(reach: Reach, report_id: UUID) -> Report:
    """A report whose drafts its reader may read. Raises as `own_report`."""
    found = visible_report(reach, report_id)
    reach.must("read", "report_draft", found.authority)
    return found


def own_report(reach: Reach, report_id: UUID) -> Report:
    """A report that its reader may change. Raises Problem("report.no_such_report") and those of `Reach`."""
    found = visible_report(reach, report_id)
    reach.must("write", "report_draft", found.authority)
    return found


def with_state(reach: Reach) -> QuerySet[Report]:
    """Reports with their newest version, issue and registration (`newest_version`, `newest_issue`, `registered`)."""
    newest = Version.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    versions = Version.objects.filter(pk=Subquery(newest)).select_related("saved_by")
    registered = Registration.objects.order_by("-batch_id")
    issues = Issue.objects.select_related("batch").prefetch_related(Prefetch("registrations", registered, "registered"))
    return visible_reports(reach).prefetch_related(
        Prefetch("versions", versions, "newest_version"), Prefetch("issues", issues, "newest_issue")
    )


def version_of(report: Report, number: int) -> Version:
    """Raises Problem("report.no_such_report")."""
    found = report.versions.filter(number=number).first()
    if found is None:
        raise Problem("report.no_such_report")
    return found


def newest_version(report: Report) -> Version:
    return report.versions.select_related("saved_by").order_by("-number")[0]


def newest_build(report: Report) -> Build | None:
    return Build.objects.filter(version__report=report).select_related("version").order_by("-made_at", "id").first()


def issue_of(report: Report) -> Issue | None:
    return report.issues.select_related("batch").order_by("-batch_id").first()


def issue_by_code(code: str) -> Issue:
    """By its verification code, however it is typed. Raises Problem("report.no_such_code", found)."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    found = Issue.objects.filter(code="-".join(plain[start : start + 4] for start in range(0, len(plain), 4)))
    issue = found.select_related("batch").first()
    if issue is None:
        raise Problem("report.no_such_code", found=code[:40])
    return issue


def registration_of(issue: Issue) -> Registration | None:
    """What the clerk registered last."""
    return issue.registrations.select_related("batch").order_by("-batch_id").first()


def subject_of(report: Report | Issue) -> Subject:
    return Subject(report.authority, report.place, report.period, "en" if report.lang == "en" else "vi")
