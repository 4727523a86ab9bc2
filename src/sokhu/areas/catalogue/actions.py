"""Bringing the shipped catalogue into the book, as dated entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.db.models import Max, Q
from django.utils import timezone

from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.queries import check_territory, checked_catalogue, histories, newest_entries, newest_moment
from sokhu.areas.catalogue.stored import RETIRED, Histories, Item, Version, shipped_items
from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.territory_file import load_territory
from sokhu.kit.sealing.actions import OpenBatch, sealed_batch

KIND = "catalogue"  # of batches that bring in what is shipped; what people change stands in others


@dataclass
class Loaded:
    """added: new, renewed and retired items; same: how many stay; kept: items that people of this book changed."""

    added: list[Entry] = field(default_factory=list)
    same: int = 0
    kept: list[str] = field(default_factory=list)


def load_shipped(left_out: Collection[str] = ()) -> Loaded:
    """Adds what this version ships and the book lacks. What was edited in the book is kept and named.

    left_out: files that this book has nothing of; what it keeps under their names itself stays as it is.
    What is no longer shipped is retired. Raises Problems, each with file, key and reason, when the shipped items and
    those kept contradict each other; the book then stays on the catalogue it has.
    """
    # A wrong file is refused here, with its line, before anything of it is stored.
    load_indicators(), load_dimensions(), load_territory()
    with sealed_batch(KIND, author=None) as batch:
        loaded = _compared(left_out)
        if loaded.added:
            checked_catalogue(_with(loaded.added, batch))
        for entry in loaded.added:
            batch.add(entry)
    return loaded


def _compared(left_out: Collection[str]) -> Loaded:
    loaded = Loaded()
    known = {(one.kind, one.key): one for one in newest_entries() if one.kind not in left_out}
    by_people = Q(batch__author__isnull=False) | ~Q(batch__kind=KIND)
    edited = set(Entry.objects.filter(by_people).values_list("batch_id", flat=True))
    for order, ((path, key), data) in enumerate(_shipped_and_dropped(known, left_out)):
        entry = known.get((path, key))
        if entry is not None and entry.data == data:
            loaded.same += 1
        elif entry is not None and entry.batch_id in edited:
            loaded.kept.append(f"{path}: {key}")
        else:
            loaded.added.append(Entry(id=uuid4(), kind=path, key=key, order=order, data=data))
    return loaded


def _shipped_and_dropped(
    known: dict[tuple[str, str], Entry], left_out: Collection[str]
) -> Iterator[tuple[tuple[str, str], str]]:
    shipped = {(path, key): data for path, key, data in shipped_items() if path not in left_out}
    yield from shipped.items()
    yield from dict.fromkeys(sorted(known.keys() - shipped.keys()), RETIRED).items()


def _with(new: list[Entry], batch: OpenBatch) -> Histories:
    """Every version of every item, as it would be after the batch."""
    merged = histories(newest_moment())
    for entry in new:
        version = Version(entry.data, timezone.localdate(), batch.sequence, entry.order)
        merged.setdefault((entry.kind, entry.key), []).append(version)
    return merged


def put_places(batch: OpenBatch, items: Iterable[Item]) -> int:
    """Puts items of the territory into an open batch where they say something new; how many those are.

    Raises Problems where the territory would contradict itself; nothing of the batch is then written.
    """
    wanted = {(path, key): data for path, key, data in items}
    rows = [*newest_entries().filter(key__in={key for _path, key in wanted}), *_said_already(batch)]
    known = {(one.kind, one.key): one for one in rows}
    new = [
        Entry(id=uuid4(), kind=path, key=key, order=_order(path, key, known), data=data)
        for (path, key), data in wanted.items()
        if data != (known[path, key].data if (path, key) in known else RETIRED)
    ]
    if new:
        check_territory(_with(new, batch))
    again = {(entry.kind, entry.key) for entry in new}
    batch.rows[:] = [row for row in batch.rows if not (isinstance(row, Entry) and (row.kind, row.key) in again)]
    for entry in new:
        batch.add(entry)
    return len(new)


def _said_already(batch: OpenBatch) -> list[Entry]:
    """What the batch says so far: of one item it seals one entry, the last."""
    return [row for row in batch.rows if isinstance(row, Entry)]


def _order(path: str, key: str, known: dict[tuple[str, str], Entry]) -> int:
    """A known item keeps its place in the catalogue; a new one comes last."""
    if (path, key) in known:
        return known[path, key].order
    return (Entry.objects.aggregate(last=Max("order"))["last"] or 0) + 1
