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
    """A table or list that a user named: the query of its address, which is the same for whoever follows it.

    of: the page it is of, "explorer" or the code of a register.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    of = models.CharField(max_length=32, default="explorer")
    name = models.CharField(max_length=80)
    query = models.TextField()
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "saved_at"]
        indexes = [models.Index(fields=["user", "of"], name="accounts_view_of")]


class SecondFactor(models.Model):
    """What a person's telephone shares with the book for codes of six digits (TOTP, RFC 6238).

    secret: encrypted with the book's key; confirmed_at: none until the first code was right; last_step: of the last
    code that was used, so that none is used twice; failures: wrong codes in a row, until locked_until.
    """

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="second_factor")
    secret = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code for the day the telephone is lost: only its digest is kept, and it is used once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class LogIn(models.Model):
    """A session that a person began, on which device; seen_at: to the minute."""

    user = models.ForeignKey(User, models.PROTECT, related_name="log_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-seen_at", "-pk"]


class EventKind(models.TextChoices):
    LOGGED_IN = "logged_in", _("đăng nhập")
    LOGGED_OUT = "logged_out", _("thoát")
    FAILED = "failed", _("sai mật khẩu")
    LOCKED = "locked", _("tạm khóa vì sai nhiều lần")
    UNLOCKED = "unlocked", _("mở khóa")
    CODE_FAILED = "code_failed", _("sai mã xác thực")
    CODE_LOCKED = "code_locked", _("tạm khóa mã xác thực")
    CODE_SET = "code_set", _("lập mã xác thực")
    CODE_RESET = "code_reset", _("đặt lại mã xác thực")
    RECOVERY_USED = "recovery_used", _("dùng mã dự phòng")
    RECOVERY_MADE = "recovery_made", _("lập mã dự phòng mới")
    PASSWORD_SET = "password_set", _("đặt mật khẩu")
    LINK_MADE = "link_made", _("cấp liên kết đặt mật khẩu")
    SESSIONS_ENDED = "sessions_ended", _("kết thúc các phiên")
    INVITED = "invited", _("lập tài khoản")
    GIVEN = "given", _("giao vai trò")
    ENDED = "ended", _("thôi vai trò")
    STOPPED = "stopped", _("ngừng tài khoản")
    RESUMED = "resumed", _("mở lại tài khoản")


class SecurityEvent(models.Model):
    """Something that happened to an account. Rows are only added: both databases refuse to change them.

    user: whose account; by: who did it, none for the person without a log-in and for the command line; authority: of
    the role that was given or ended, else "".
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=EventKind.choices)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    authority = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="accounts_events_of_user")]
