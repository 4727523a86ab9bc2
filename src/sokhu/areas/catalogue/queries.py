"""The running catalogue at a moment: indicators, territory, rates, precedence."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Exists, Max, OuterRef, QuerySet

from sokhu.areas.catalogue.models import RETIRED, Entry
from sokhu.areas.catalogue.stored import files_of
from sokhu.core.indicator import Indicator
from sokhu.core.territory import Territory


def newest_entries(at: int | None = None) -> QuerySet[Entry]:
    """The version in force of every item, as known right after batch `at`; retired ones are still in it."""
    entries = Entry.objects.all() if at is None else Entry.objects.filter(batch__lte=at)
    newer = entries.filter(kind=OuterRef("kind"), key=OuterRef("key"), batch__gt=OuterRef("batch"))
    return entries.filter(~Exists(newer))


def indicators(at: int | None = None) -> dict[str, Indicator]:
    return _catalogue(_moment(at)).indicators


def territory(at: int | None = None) -> Territory:
    return _catalogue(_moment(at)).territory


def _moment(at: int | None) -> int:
    """The newest catalogue batch not after `at`: the key under which its parsed form is kept in this process."""
    entries = Entry.objects.all() if at is None else Entry.objects.filter(batch__lte=at)
    return entries.aggregate(newest=Max("batch"))["newest"] or 0
