"""The chain of sealed batches, and what every sealed table has in common."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class ChainHead(models.Model):
    """One row: the newest batch. Its lock orders all writers of the ledger."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="sealing_one_head")]


class Words(models.Model):
    """A person's words (a reason, a passage), outside the seal: the chain knows only their salted digest.

    Erasing sets salt and text to null and keeps the digest; the database refuses any other change.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=32, null=True)
    text = models.TextField(null=True)

    class Meta:
        verbose_name_plural = "words"


class Batch(models.Model):
    """One accepted change of the book. Its sequence number is the ledger's moment; `at` is only its label."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    author = models.UUIDField(null=True)
    reason = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]


class SealedRow(models.Model):
    """A row that is written once, in a batch, and sealed with it.

    SEALED names the columns that enter the canonical form (foreign keys by their column, `cell_id`).
    """

    SEALED: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def sealed_values(self) -> dict[str, object]:
        return {"id": self.id, **{name: getattr(self, name) for name in self.SEALED}}
