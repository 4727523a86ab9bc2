"""Workbooks that came in, and the mappings that people made to read them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from sokhu.areas.sources.models import Document


class BoardWorkbook(models.Model):
    """A workbook beside its document: the sheets as read, and by which mapping, of which place and period.

    grid, mapping: the shapes of `documents.workbook.as_json` and `core.workbook.mapping.as_table`.
    """

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="workbook")
    grid = models.JSONField()
    mapping = models.JSONField(null=True)
    place = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=24, blank=True)


class SavedMapping(models.Model):
    """A mapping made on screen, kept by the authority that made it; the next workbook like it is read by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    owner = models.CharField(max_length=80)
    content = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="reporting_one_mapping_per_name")]

    def __str__(self) -> str:
        return self.name
