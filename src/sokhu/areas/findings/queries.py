"""Findings and drafts, for whom they are."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from sokhu.areas.accounts.models import User
from sokhu.areas.findings.models import Draft, Finding, FindingState
from sokhu.areas.territory.queries import Reach
from sokhu.core.checks.finding import SEVERITIES
from sokhu.kit.scope import allowed

SERIOUS_FIRST = Case(
    *(When(severity=severity, then=Value(place)) for place, severity in enumerate(SEVERITIES)),
    output_field=IntegerField(),
)
LIVE = (FindingState.OPEN, FindingState.EXPLAINED)


def visible_findings(reach: Reach) -> QuerySet[Finding]:
    """Those of the reader's own authority; the ministry sees everybody's. Nobody else: a finding is no public mark."""
    return Finding.objects.filter(allowed(reach, "read", "finding", owner="authority"))


def open_count(reach: Reach) -> int:
    """How many findings wait for an answer of the reader's own authority."""
    waiting = Q(state=FindingState.OPEN, severity__in=("error", "warning"))
    return Finding.objects.filter(waiting, authority__in=reach.own).count()


def drafts_of(user: User) -> QuerySet[Draft]:
    return Draft.objects.filter(user=user)
