"""Reports: drafts with their history, what was made of them, what was issued, what the clerk registered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.kit.sealing.models import SealedRow


class Language(models.TextChoices):
    VIETNAMESE = "vi", _("Tiếng Việt")
    ENGLISH = "en", _("Tiếng Anh")


class Report(models.Model):
    """A report being written, of an authority (a place id) about a place and a period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    lang = models.CharField(max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at", "id"]
        indexes = [models.Index(fields=["authority"], name="publications_report_authority")]


class Version(models.Model):
    """The words of a report as somebody left them: {"about", "recipients", "sections"}; never changed."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    change = models.CharField(max_length=24)  # what was done, a key of `shown.CHANGES`
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="publications_one_version")]


class Build(models.Model):
    """A version made with the figures of a moment: the canonical JSON, its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.CASCADE, related_name="builds")
    moment = models.BigIntegerField()
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "id"]


class Frozen(models.Model):
    """The canonical JSON of what was issued, beside the chain, which knows it by its digest (as of words)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    canonical = models.TextField()

    class Meta:
        verbose_name_plural = "frozen"


class Issue(SealedRow):
    """A report as it was issued; sha256: of its canonical JSON, which stands in `Frozen`."""

    SEALED = (
        "report_id",
        "authority",
        "place",
        "period",
        "lang",
        "moment",
        "sha256",
        "code",
        "pdf_sha256",
        "docx_sha256",
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    authority = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    lang = models.CharField(max_length=2, choices=Language.choices)
    moment = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=24, unique=True)
    pdf_sha256 = models.CharField(max_length=64)
    docx_sha256 = models.CharField(max_length=64)


class Registration(SealedRow):
    """Number, symbol and day that the clerk gave, with the digest of the signed file. The newest stands."""

    SEALED = ("issue_id", "number", "symbol", "day", "signed_sha256")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="registrations")
    number = models.CharField(max_length=20)
    symbol = models.CharField(max_length=60)
    day = models.DateField()
    signed_sha256 = models.CharField(max_length=64, blank=True)
