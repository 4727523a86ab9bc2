"""Days off and days worked instead that were decided after the program was made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.kit.registers.models import Registered


class DayKind(models.TextChoices):
    OFF = "off", _("nghỉ")
    WORKED = "worked", _("làm việc")


class WorkingDayChange(Registered):
    """A day on which offices are closed, or work, other than `catalogue/working_days.toml` has it.

    By a decision of each year on days off around Tết and 2/9 and on swapped days (Bộ luật Lao động 2019 điều 112).
    """

    day = models.DateField(_("ngày"))
    kind = models.CharField(_("nghỉ hay làm việc"), max_length=8, choices=DayKind.choices)
    decision = models.CharField(_("theo văn bản"), max_length=80)
    decided = models.DateField(_("ngày văn bản"))
    occasion = models.CharField(_("nội dung"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["is_gone", "day"], name="calendar_change_day")]
