"""Who uses the book, in which role, for which authority."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)  # enters without a password, where that is allowed

    def __str__(self) -> str:
        return self.full_name or self.username


class Role(models.TextChoices):
    """The names of the roles; what each may do stands in `core/rights.py`."""

    OFFICER = "officer", _("Cán bộ tổng hợp")
    DIVISION_HEAD = "division_head", _("Trưởng phòng")
    HEAD = "head", _("Lãnh đạo ban")
    BLOCK_HEAD = "block_head", _("Khối trưởng")
    MINISTRY = "ministry", _("Cơ quan trung ương")
    AUDITOR = "auditor", _("Thanh tra, kiểm tra")
    DEVELOPER = "developer", _("Chủ đầu tư hạ tầng")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    ADMINISTRATOR = "administrator", _("Quản trị viên")


class Grant(models.Model):
    """A role of a user for an authority (a place id: board, block or country), both days included.

    subject: the zone (place id) of a developer, the enterprise (its id in the register, or its tax code) of an
    enterprise; a developer of two zones has two grants. A grant is never deleted: whoever ends it is kept with it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    authority = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True, default="")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "authority", "subject", "starts"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_one_standing_grant",
            )
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
