"""The calendar by which statutory days are counted: the shipped one with what was decided since."""

from __future__ import annotations

from sokhu.areas.calendar.models import DayKind, WorkingDayChange
from sokhu.core.working_days import Calendar, working_calendar


def calendar_now() -> Calendar:
    """One query; of several changes of a day the one that was decided last counts."""
    rows = WorkingDayChange.objects.filter(is_gone=False).order_by("decided", "version", "pk")
    changes = rows.values_list("day", "kind")
    return working_calendar().changed({day: kind == DayKind.WORKED for day, kind in changes})
