"""The running catalogue at a moment: indicators, dimensions and precedence, territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db.models import Exists, Max, OuterRef, QuerySet

from sokhu.areas.catalogue.models import RETIRED, Entry
from sokhu.areas.catalogue.pinned import pinned_moment
from sokhu.areas.catalogue.stored import files_of
from sokhu.core.dimension import Dimensions, checked_dimensions
from sokhu.core.indicator import Indicator, checked_indicators
from sokhu.core.rates import Rate, rates_of
from sokhu.core.territory import Territory
from sokhu.core.territory_file import checked_territory

KEPT_MOMENTS = 4  # catalogues kept parsed in one process: now, and a few moments that people look back to


@dataclass(frozen=True, slots=True)
class Catalogue:
    indicators: dict[str, Indicator]
    dimensions: Dimensions
    territory: Territory
    rates: tuple[Rate, ...]
    digest: str


def newest_entries(at: int | None = None) -> QuerySet[Entry]:
    """The version in force of every item, as known right after batch `at`; retired ones are still in it."""
    entries = Entry.objects.all() if at is None else Entry.objects.filter(batch__lte=at)
    newer = entries.filter(kind=OuterRef("kind"), key=OuterRef("key"), batch__gt=OuterRef("batch"))
    return entries.filter(~Exists(newer))


def indicators(at: int | None = None) -> dict[str, Indicator]:
    return _catalogue(moment_of(at)).indicators


def dimensions(at: int | None = None) -> Dimensions:
    return _catalogue(moment_of(at)).dimensions


def territory(at: int | None = None) -> Territory:
    return _catalogue(moment_of(at)).territory


def rates(at: int | None = None) -> tuple[Rate, ...]:
    return _catalogue(moment_of(at)).rates


def precedence(day: date, at: int | None = None) -> tuple[str, ...]:
    """Stream kinds in the order in which they answer for a day."""
    return dimensions(at).precedence_on(day)


def catalogue_digest(at: int | None = None) -> str:
    """SHA-256 over the items in force: two answers with the same one rest on the same catalogue."""
    return _catalogue(moment_of(at)).digest


def moment_of(at: int | None = None) -> int:
    """The newest catalogue batch not after `at`; within a request that pinned one, that one."""
    if at is None and (pinned := pinned_moment()) is not None:
        return pinned
    return newest_moment(at)


def newest_moment(at: int | None = None) -> int:
    """The newest catalogue batch not after `at`, whatever is pinned; 0 for an empty book."""
    entries = Entry.objects.all() if at is None else Entry.objects.filter(batch__lte=at)
    return entries.aggregate(newest=Max("batch"))["newest"] or 0


@lru_cache(maxsize=KEPT_MOMENTS)
def _catalogue(moment: int) -> Catalogue:
    """The catalogue right after a batch. Entries never change, so a moment is read and checked once per process."""
    rows = (
        newest_entries(moment)
        .exclude(data=RETIRED)
        .order_by("order", "-batch_id", "key")
        .values_list("kind", "key", "data")
    )
    items = list(rows)
    files = files_of(items)
    in_folder = {
        folder: {path: tables for path, tables in files.items() if path.startswith(f"{folder}/")}
        for folder in ("indicators", "dimensions", "territory")
    }
    lists = checked_dimensions(in_folder["dimensions"])
    return Catalogue(
        indicators=checked_indicators(in_folder["indicators"], dimensions=lists.dimensions),
        dimensions=lists,
        territory=checked_territory(in_folder["territory"]),
        rates=rates_of(files.get("rates.toml", {}).get("rate", ())),
        digest=sha256("\n".join("\t".join(item) for item in sorted(items)).encode()).hexdigest(),
    )
