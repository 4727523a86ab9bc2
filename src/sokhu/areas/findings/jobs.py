"""Long texts are proofread in the background: the page may be closed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone, translation

from sokhu.areas.accounts.models import User
from sokhu.areas.findings.drafts import check_draft
from sokhu.areas.findings.models import Draft
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.kit.jobs.models import Job
from sokhu.kit.jobs.queue import ask_for, newest_job
from sokhu.kit.jobs.work import Progress, work_of
from sokhu.kit.sealing.queries import head
from sokhu.kit.wording import lang

CHECK = "draft.check"
LONG = 60_000  # characters from which on a text is checked in the background: some twenty pages, about a second


def is_ready(draft: Draft) -> bool:
    """Whether the marks in the reader's language are there, as of the ledger's head."""
    return draft.sequence == head()[0] and lang() in draft.marks


def ask_to_check(reach: Reach, draft: Draft) -> Job:
    """The job that makes the marks of a long draft; one that is open already is not asked for again."""
    known = newest_job(CHECK, str(draft.pk))
    if known and (known.is_open or (known.problem and known.params.get("sequence") == head()[0])):
        return known
    params = {"draft": str(draft.pk), "lang": lang(), "sequence": head()[0]}
    return ask_for(CHECK, str(draft.pk), params, author=reach.author)


@work_of(CHECK)
def check(params: Mapping[str, Any], progress: Progress) -> None:
    draft = Draft.objects.filter(pk=params["draft"]).first()
    if draft is None:
        return  # thrown away meanwhile
    user: User = draft.user
    with translation.override(params["lang"]):
        check_draft(reach_of(user, timezone.localdate()), draft, progress)
