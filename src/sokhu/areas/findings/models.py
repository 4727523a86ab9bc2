"""Findings with their life, and drafts that are proofread. Neither is sealed: figures are, remarks are not."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    ERROR = "error", _("lỗi")
    WARNING = "warning", _("cảnh báo")
    NOTE = "note", _("ghi chú")


class FindingState(models.TextChoices):
    OPEN = "open", _("chờ trả lời")
    EXPLAINED = "explained", _("đã giải thích")
    CORRECTED = "corrected", _("đã đính chính")
    CLOSED = "closed", _("đã hết nguyên nhân")


class Finding(models.Model):
    """What a check found in the ledger, for the authority that has to answer it.

    subject: rule, cell and voice, by which the same finding is known again. terms, suggestion: `core.checks.finding`.
    observations: ids of the figures in it, the one to look at first. seen: the last entry of the ledger at which it was
    found; solved_by: the entry that made it go.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=80)
    subject = models.CharField(max_length=240)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    state = models.CharField(max_length=12, choices=FindingState.choices, default=FindingState.OPEN)
    indicator = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    cell = models.JSONField()
    terms = models.JSONField()
    suggestion = models.JSONField(null=True)
    observations = models.JSONField()
    weight = models.FloatField(default=0)
    opened_at = models.DateTimeField()
    due = models.DateField()
    opened_by = models.BigIntegerField()
    seen = models.BigIntegerField()
    solved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "subject"], name="findings_one_per_subject")]
        indexes = [models.Index(fields=["authority", "state"], name="findings_authority_state")]


class FindingEvent(models.Model):
    """What happened to a finding: found, changed, explained, corrected, closed, found again. Rows are only added."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=FindingState.choices)
    words = models.TextField(blank=True)
    sequence = models.BigIntegerField()

    class Meta:
        ordering = ["at", "pk"]


class Checked(models.Model):
    """Up to which entry of the ledger an authority's figures were checked, and how many oddities were left off."""

    authority = models.CharField(primary_key=True, max_length=80)
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    left_off = models.IntegerField(default=0)


class Draft(models.Model):
    """A text that was proofread, for its writer alone. marks: by language, as of entry `sequence` of the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    title = models.CharField(max_length=300)
    original = models.BinaryField(null=True)  # a Word file, which gets its remarks put in
    text = models.TextField()
    blocks = models.JSONField()
    about = models.CharField(max_length=80, blank=True)
    published = models.DateField(null=True)
    made_at = models.DateTimeField()
    sequence = models.BigIntegerField(default=0)
    figures = models.IntegerField(default=0)
    left_off = models.IntegerField(default=0)
    marks = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_at"]
