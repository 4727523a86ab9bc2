"""The running catalogue at a moment: indicators, dimensions and precedence, territory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.pinned import pinned_moment
from sokhu.areas.catalogue.stored import (
    NEVER,
    RETIRED,
    Histories,
    Item,
    Version,
    files_of,
    from_json,
    known_items,
)
from sokhu.core.catalogue_check import is_retired
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


def newest_tables(path: str, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """The items of a file as they say now, by key, or those of some keys; retired ones are left out."""
    entries = newest_entries().filter(kind=path)
    entries = entries if keys is None else entries.filter(key__in=list(keys))
    tables = {entry.key: from_json(entry.data) for entry in entries if entry.data != RETIRED}
    return {key: table for key, table in tables.items() if not is_retired(table)}


def indicators(at: int | None = None) -> dict[str, Indicator]:
    """Every indicator that was ever in use, by code; retired ones with their day and as they last were."""
    return _catalogue(moment_of(at)).indicators


def indicators_in_use() -> list[Indicator]:
    """Those that new figures may have."""
    return [one for one in indicators().values() if one.retired is None]


def name_and_mark(name: str, retired: date | None) -> str:
    """ "Vốn ghi nhớ (ngừng dùng từ 26/11/2026)": the name of whatever is out of use says so wherever it stands."""
    if retired == NEVER:
        return _("%(name)s (đã bỏ khỏi sổ bộ)") % {"name": name}
    return _("%(name)s (ngừng dùng từ %(day)s)") % {"name": name, "day": f"{retired:%d/%m/%Y}"} if retired else name


def dimensions(at: int | None = None) -> Dimensions:
    return _catalogue(moment_of(at)).dimensions


def territory(at: int | None = None) -> Territory:
    return _catalogue(moment_of(at)).territory


def rates(at: int | None = None) -> tuple[Rate, ...]:
    return _catalogue(moment_of(at)).rates


def catalogue_digest(at: int | None = None) -> str:
    """SHA-256 over the known items: two answers with the same one rest on the same catalogue."""
    return _catalogue(moment_of(at)).digest


def moment_of(at: int | None = None) -> int:
    """The newest catalogue batch not after `at`; within a request that pinned one, that one."""
    if at is None and (pinned := pinned_moment()) is not None:
        return pinned
    return newest_moment(at)


def newest_moment(at: int | None = None) -> int:
    """The newest catalogue batch not after `at`, whatever is pinned; 0 for an empty book.

    In plain SQL: nothing is asked as often, and putting the question together took longer than its answer.
    """
    until, values = ("", []) if at is None else (" WHERE batch_id <= %s", [at])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(batch_id) FROM {Entry._meta.db_table}{until}", values)
        return cursor.fetchone()[0] or 0


@lru_cache(maxsize=KEPT_MOMENTS)
def _catalogue(moment: int) -> Catalogue:
    """The catalogue right after a batch. Entries never change, so a moment is read and checked once per process."""
    return checked_catalogue(histories(moment))


def histories(at: int) -> dict[tuple[str, str], list[Version]]:
    """Every version of every item until a batch."""
    rows = Entry.objects.filter(batch__lte=at).order_by("batch_id")
    found: dict[tuple[str, str], list[Version]] = {}
    day_of = cache(timezone.localdate)  # of a batch, which most of its entries share
    for kind, key, order, data, batch, moment in rows.values_list(
        "kind", "key", "order", "data", "batch_id", "batch__at"
    ):
        found.setdefault((kind, key), []).append(Version(data, day_of(moment), batch, order))
    return found


def checked_catalogue(histories: Histories) -> Catalogue:
    """The catalogue that these versions come to. Raises Problems where its items contradict each other."""
    items = tuple(known_items(histories))
    lists = _dimensions_of(_in(items, "dimensions/"))
    return Catalogue(
        indicators=_indicators_of(_in(items, "indicators/"), lists.in_use),
        dimensions=lists,
        territory=_territory_of(_in(items, "territory/")),
        rates=rates_of(files_of(_in(items, "rates.toml")).get("rates.toml", {}).get("rate", ())),
        digest=sha256("\n".join("\t".join(item) for item in sorted(items)).encode()).hexdigest(),
    )


def check_territory(histories: Histories) -> None:
    """Raises Problems where the territory that these versions come to contradicts itself."""
    _territory_of(_in(tuple(known_items(histories)), "territory/"))


# A change of the catalogue is mostly one of places: what its other items say is kept, and what was checked before it
# was written is not read and checked again when it is first asked for.
@lru_cache(maxsize=KEPT_MOMENTS)
def _dimensions_of(items: tuple[Item, ...]) -> Dimensions:
    return checked_dimensions(files_of(items))


@lru_cache(maxsize=KEPT_MOMENTS)
def _indicators_of(items: tuple[Item, ...], dimensions: frozenset[str]) -> dict[str, Indicator]:
    return checked_indicators(files_of(items), dimensions=dimensions)


@lru_cache(maxsize=KEPT_MOMENTS)
def _territory_of(items: tuple[Item, ...]) -> Territory:
    return checked_territory(files_of(items))


def _in(items: tuple[Item, ...], start: str) -> tuple[Item, ...]:
    """The items of a folder, or of a file."""
    return tuple(item for item in items if item[0].startswith(start))
