"""Reports made in the background, so that closing the browser loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sokhu.areas.publications.actions import build
from sokhu.areas.publications.models import Report
from sokhu.areas.publications.queries import newest_version
from sokhu.areas.territory.queries import Reach
from sokhu.kit.jobs.models import Job
from sokhu.kit.jobs.queue import ask_for, newest_job
from sokhu.kit.jobs.work import Progress, work_of

MAKE = "report.make"


def ask_to_make(reach: Reach, report: Report) -> Job:
    """Asks for the newest version with the newest figures. Raises those of `Reach`."""
    reach.must("write", "report_draft", report.authority)
    return ask_for(MAKE, str(report.pk), {"report": str(report.pk)}, author=reach.author)


def job_of(report: Report) -> Job | None:
    return newest_job(MAKE, str(report.pk))


@work_of(MAKE)
def make(params: Mapping[str, Any], progress: Progress) -> None:
    report = Report.objects.get(pk=params["report"])
    version = newest_version(report)
    build(report, version, by=version.saved_by, progress=progress)
