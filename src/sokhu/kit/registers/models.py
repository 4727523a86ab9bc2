"""What every registered thing has in common, its sealed versions, and the words by which it is found."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.kit.sealing.models import SealedRow


def list_order(name: str, *fields: str) -> models.Index:
    """An index in the order of a register's list, which a page far down is read from without the rows before it."""
    return models.Index(fields=["is_gone", *fields, "id"], name=name)


class Registered(models.Model):
    """A thing of a register as it is now. What it was, by whom and why stands in its versions.

    owner: the authority whose book it is in; version: the sequence of the batch that changed it last. A thing that was
    removed stays, with `is_gone`, and is in no list. before: what stood, of a copy with other values.
    """

    before: Self | None = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=80, editable=False)
    version = models.BigIntegerField(default=0, editable=False)
    is_gone = models.BooleanField(default=False, editable=False)
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        abstract = True


class Version(SealedRow):
    """A thing as it was from a batch on. data: its values as canonical JSON, "" once it was removed."""

    SEALED = ("register", "thing", "owner", "data")

    register = models.CharField(max_length=32)
    thing = models.UUIDField()
    owner = models.CharField(max_length=80)
    data = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["thing", "batch"], name="registers_version_thing"),
            models.Index(fields=["register", "batch"], name="registers_version_register"),
        ]


class Found(models.Model):
    """The folded words of a thing; the database keeps an index of them (`migrations/0002_search.py`)."""

    register = models.CharField(max_length=32)
    thing = models.UUIDField(unique=True)
    words = models.TextField()


class Word(models.Model):
    """Every word that things of a register are found by, once: what a mistyped word is held against."""

    register = models.CharField(max_length=32)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "word"], name="registers_one_word")]


class Upload(models.Model):
    """A workbook that somebody wants to take into a register: looked at first, then taken in by a job."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=32)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    data = models.BinaryField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    taken = models.JSONField(default=dict)  # counts of what was taken in: {"new": 3, "changed": 1, …}
