"""Documents: where figures come from."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StreamKind(models.TextChoices):
    """Who says a figure, in the order in which they answer (the dated precedence of the catalogue decides)."""

    REGISTER = "register", _("Sổ bộ")
    RETURN = "return", _("Báo cáo nộp theo biểu")
    REPORT = "report", _("Báo cáo đã ký")
    NATIONAL = "national", _("Hệ thống quốc gia")
    OTHER_BODY = "other_body", _("Cơ quan khác")
    PRESS = "press", _("Báo chí")


TYPED = "typed"  # the kind of a document that is no file: a figure that a person typed


class Document(models.Model):
    """A document as it came in, with the text the figures were read from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    filename = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=8)  # txt, html, docx, pdf, xlsx, xls; TYPED
    sha256 = models.CharField(max_length=64)  # of the bytes as received
    text = models.TextField()
    blocks = models.JSONField(default=list)  # [{kind, start, end, page}], tables with their rows
    publisher = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    original = models.TextField(blank=True)  # what it is a summary or copy of
    stream_kind = models.CharField(max_length=16, choices=StreamKind.choices, default=StreamKind.PRESS)
    speaker = models.CharField(max_length=120)  # place id of the authority that speaks, or the publisher's name
    about = models.CharField(max_length=80, blank=True)  # place id its figures speak of where the text says none
    owner = models.CharField(max_length=80, blank=True)  # place id of the authority that brought it in
    is_public = models.BooleanField(default=False)
    is_illustrative = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "owner", "stream_kind", "speaker"], name="sources_same_file_once")
        ]

    def __str__(self) -> str:
        return self.title


class Addressee(models.Model):
    """Whom a document is submitted to: an authority (a place id) whose people read what was proposed, and no more."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="addressees")
    authority = models.CharField(max_length=80)

    class Meta:
        ordering = ["authority"]
        constraints = [models.UniqueConstraint(fields=["document", "authority"], name="sources_one_addressee")]
        indexes = [models.Index(fields=["authority"], name="sources_addressee_authority")]
