"""The register of changed working days, which the central authority keeps for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sokhu.areas.calendar.models import DayKind, WorkingDayChange
from sokhu.core.problems import Problem
from sokhu.core.working_days import SATURDAY
from sokhu.kit.registers.declaration import Register
from sokhu.kit.registers.values import label_of


def check_change(one: WorkingDayChange) -> None:
    """Raises Problem("working_days.weekend_off", found)."""
    if one.kind == DayKind.OFF and one.day.isoweekday() >= SATURDAY:
        raise Problem("working_days.weekend_off", where=label_of(WORKING_DAYS.field("day")), found=one.day)


WORKING_DAYS = Register(
    code="working-day-changes",
    model=WorkingDayChange,
    name=_("Ngày nghỉ, ngày làm bù"),
    one=_("ngày thay đổi"),
    title="day",
    columns=("day", "kind", "occasion", "decision", "decided"),
    search=("occasion", "decision"),
    filters=("day", "kind"),
    key=("day", "decision"),
    order=("day", "decided"),
    is_open=True,
    is_common=True,
    check=check_change,
    help={"day": _("ghi ngày khác với lịch đi kèm phần mềm; văn bản sau thay văn bản trước")},
)
REGISTERS = (WORKING_DAYS,)
