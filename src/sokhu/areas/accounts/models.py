"""Who uses the book, in which role, for which authority."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.full_name or self.username


class Role(models.TextChoices):
    OFFICER = "officer", _("Cán bộ tổng hợp")
    HEAD = "head", _("Lãnh đạo ban")
    BLOCK_HEAD = "block_head", _("Khối trưởng")
    MINISTRY = "ministry", _("Cơ quan trung ương")


class Grant(models.Model):
    """A role of a user for an authority (a place id: board, block or country), both days included."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    authority = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "authority", "starts"], name="accounts_one_grant")
        ]


class SavedView(models.Model):
    """A table that a user named: the query of its address, which is the same for whoever follows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.TextField()
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "saved_at"]
