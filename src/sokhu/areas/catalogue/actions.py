"""Bringing the shipped catalogue into the book, as dated entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils import timezone

from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.queries import checked_catalogue, histories, newest_entries, newest_moment
from sokhu.areas.catalogue.stored import RETIRED, Version, shipped_items
from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.territory_file import load_territory
from sokhu.kit.sealing.actions import OpenBatch, sealed_batch
from sokhu.kit.sealing.models import Batch


@dataclass
class Loaded:
    """added: new, renewed and retired items; same: how many stay; kept: items that people of this book changed."""

    added: list[Entry] = field(default_factory=list)
    same: int = 0
    kept: list[str] = field(default_factory=list)


def load_shipped() -> Loaded:
    """Adds what this version ships and the book lacks. What was edited in the book is kept and named.

    What is no longer shipped is retired. Raises Problems, each with file, key and reason, when the shipped items and
    those kept contradict each other; the book then stays on the catalogue it has.
    """
    # A wrong file is refused here, with its line, before anything of it is stored.
    load_indicators(), load_dimensions(), load_territory()
    with sealed_batch("catalogue", author=None) as batch:
        loaded = _compared()
        if loaded.added:
            _check_together(loaded.added, batch)
        for entry in loaded.added:
            batch.add(entry)
    return loaded


def _compared() -> Loaded:
    loaded = Loaded()
    known = {(entry.kind, entry.key): entry for entry in newest_entries()}
    edited = set(Batch.objects.filter(author__isnull=False, kind="catalogue").values_list("sequence", flat=True))
    for order, ((path, key), data) in enumerate(_shipped_and_dropped(known)):
        entry = known.get((path, key))
        if entry is not None and entry.data == data:
            loaded.same += 1
        elif entry is not None and entry.batch_id in edited:
            loaded.kept.append(f"{path}: {key}")
        else:
            loaded.added.append(Entry(id=uuid4(), kind=path, key=key, order=order, data=data))
    return loaded


def _shipped_and_dropped(known: dict[tuple[str, str], Entry]) -> Iterator[tuple[tuple[str, str], str]]:
    shipped = {(path, key): data for path, key, data in shipped_items()}
    yield from shipped.items()
    yield from dict.fromkeys(sorted(known.keys() - shipped.keys()), RETIRED).items()


def _check_together(new: list[Entry], batch: OpenBatch) -> None:
    """Reads the catalogue as it would be after the batch. Raises Problems."""
    merged = histories(newest_moment())
    for entry in new:
        version = Version(entry.data, timezone.localdate(), batch.sequence, entry.order)
        merged.setdefault((entry.kind, entry.key), []).append(version)
    checked_catalogue(merged)
