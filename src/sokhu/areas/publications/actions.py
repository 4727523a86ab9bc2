"""What people do with reports: begin, change, make, issue, register. One verb, one transaction."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sokhu.areas.accounts.models import User
from sokhu.areas.publications.assembling import (
    Progress,
    Subject,
    first_content,
    is_reported_on,
    report_made,
    vocabulary,
)
from sokhu.areas.publications.files import keep_file, verification
from sokhu.areas.publications.laid_out import written_as
from sokhu.areas.publications.models import Build, Frozen, Issue, Registration, Report, Version
from sokhu.areas.publications.queries import issue_of, newest_version, registration_of, subject_of
from sokhu.areas.publications.snapshot import derived_used, keep_used
from sokhu.areas.territory.queries import Reach, known_place, places_answered_for
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.core.report.canonical import canonical, digest, verification_code
from sokhu.core.report.content import LONGEST_HEADING, content_of, parsed_content
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head

NUMBER_LIMIT, SYMBOL_LIMIT, RECIPIENTS_LIMIT = 20, 60, 20


def begin(reach: Reach, subject: Subject, *, by: User | None) -> Report:
    """A new report with the shipped summary.

    Raises Problem("report.not_your_place", place), Problem("report.no_such_kind"), those of the period and of `Reach`.
    """
    reach.must("write", "report_draft", subject.authority)
    _must_answer_for(reach, subject)
    period = parse(subject.period).name
    now = datetime.now(UTC)
    with transaction.atomic():
        report = Report.objects.create(
            authority=subject.authority,
            place=subject.place,
            period=period,
            lang=subject.lang,
            begun_by=by,
            begun_at=now,
        )
        content = first_content(subject_of(report))
        Version.objects.create(report=report, number=1, content=content, change="begin", saved_by=by, saved_at=now)
    return report


def _must_answer_for(reach: Reach, subject: Subject) -> None:
    place = known_place(subject.place)
    if not is_reported_on(place):
        raise Problem("report.no_such_kind", place=place)
    if not reach.is_system and place not in places_answered_for(reach.own):
        raise Problem("report.not_your_place", place=place)


def save_version(
    reach: Reach, report: Report, content: dict[str, Any], change: str, *, base: int, by: User | None
) -> Version:
    """Keeps a changed content as the next version. base: the number of the version that was changed.

    Raises Problems of the grammar, all at once, Problem("report.changed_meanwhile", found) where somebody saved another
    version since, "report.issued", "report.no_about".
    """
    reach.must("write", "report_draft", report.authority)
    _must_read(report, content)
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        newest = newest_version(locked)
        if issue_of(locked) is not None:
            raise Problem("report.issued")
        if newest.number != base:
            raise Problem("report.changed_meanwhile", found=newest.number, base=base)
        return Version.objects.create(
            report=locked,
            number=newest.number + 1,
            content=content,
            change=change,
            saved_by=by,
            saved_at=datetime.now(UTC),
        )


def _must_read(report: Report, content: dict[str, Any]) -> None:
    sections = content_of(content["sections"])
    if not content["about"].strip():
        raise Problem("report.no_about", "about")
    longest = max((one.heading for one in sections), key=len, default="")
    if max(len(longest), len(content["about"])) > 2 * LONGEST_HEADING or len(content["recipients"]) > RECIPIENTS_LIMIT:
        raise Problem("report.too_long", found=max(len(longest), len(content["about"])), limit=2 * LONGEST_HEADING)
    parsed_content(sections, vocabulary(subject_of(report).lang))


def build(
    report: Report, version: Version, *, by: User | None, at: int | None = None, progress: Progress | None = None
) -> Build:
    """Makes a version with the figures of a moment (now when none is given). The same again is the one there is."""
    moment = head()[0] if at is None else at
    text = canonical(report_made(subject_of(report), version.content, at=moment, progress=progress))
    same = Build.objects.filter(version=version, moment=moment, sha256=digest(text)).first()
    return same or Build.objects.create(
        version=version,
        moment=moment,
        canonical=text.decode(),
        sha256=digest(text),
        made_by=by,
        made_at=datetime.now(UTC),
    )


def issue(reach: Reach, made: Build) -> Issue:
    """Freezes what was made: sealed in the chain, with its verification code. A report is issued once.

    The derived figures that it used are entered in the same batch, as what the authority's report says.

    Raises Problem("report.stale_build", found) where the words changed since, Problem("report.issued"), and those of
    `Reach` for who is no head of the authority.
    """
    report = made.version.report
    reach.must("issue", "report_draft", report.authority)
    code = verification_code(made.sha256)
    files = {wanted: _kept_file(made, wanted) for wanted in ("pdf", "docx")}
    used = derived_used(made, json.loads(made.canonical), timezone.localdate())
    with sealed_batch("issue", author=reach.author) as batch:
        if issue_of(report) is not None:
            raise Problem("report.issued")
        if newest_version(report).pk != made.version_id:
            raise Problem("report.stale_build", found=made.version.number)
        row = Issue(
            report=report,
            authority=report.authority,
            place=report.place,
            period=report.period,
            lang=report.lang,
            moment=made.moment,
            sha256=made.sha256,
            code=code,
            pdf_sha256=files["pdf"],
            docx_sha256=files["docx"],
        )
        Frozen.objects.get_or_create(sha256=made.sha256, defaults={"canonical": made.canonical})
        batch.add(row)
        keep_used(batch, used, row)
    return row


def _kept_file(made: Build, wanted: str) -> str:
    """Lays the report out with its verification and keeps the file, before anything is sealed; its SHA-256."""
    lang = subject_of(made.version.report).lang
    content = written_as(wanted, json.loads(made.canonical), verification(made.sha256, lang))
    return keep_file(content)


def register(
    reach: Reach, issued: Issue, *, number: str, symbol: str, day: date | None, signed: bytes | None
) -> Registration:
    """What the clerk enters after signature; entering it again corrects it. signed: the signed file, None to keep it.

    Raises Problems with where="number" | "symbol" | "day" | "signed".
    """
    reach.must("write", "issued_report", issued.authority)
    number, symbol = " ".join(number.split()), " ".join(symbol.split())
    _must_be_registered(number, symbol, day, signed)
    assert day is not None
    before = registration_of(issued)
    kept_file = keep_file(signed) if signed else ""
    kept = before.signed_sha256 if before else ""
    with sealed_batch("register", author=reach.author) as batch:
        row = Registration(
            issue=issued,
            number=number,
            symbol=symbol,
            day=day,
            signed_sha256=kept_file or kept,
        )
        batch.add(row)
    return row


def _must_be_registered(number: str, symbol: str, day: date | None, signed: bytes | None) -> None:
    problems = [
        Problem("report.field_missing", name)
        for name, value in (("number", number), ("symbol", symbol), ("day", day))
        if not value
    ]
    if len(number) > NUMBER_LIMIT or len(symbol) > SYMBOL_LIMIT:
        problems.append(Problem("report.too_long", "symbol", found=len(symbol), limit=SYMBOL_LIMIT))
    if signed is not None and not signed.startswith(b"%PDF-"):
        problems.append(Problem("report.not_a_pdf", "signed"))
    if problems:
        raise Problems(problems)


def made_again(issued: Issue) -> bytes:
    """The canonical JSON of an issued report, made anew from the ledger as of its moment and from the same words."""
    version = newest_version(issued.report)
    return canonical(report_made(subject_of(issued), version.content, at=issued.moment))
