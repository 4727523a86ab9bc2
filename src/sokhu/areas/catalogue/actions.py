"""Bringing the shipped catalogue into the book, as dated entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from sokhu.areas.catalogue.models import RETIRED, Entry
from sokhu.areas.catalogue.queries import newest_entries
from sokhu.areas.catalogue.stored import shipped_items
from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.territory_file import load_territory
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.models import Batch


@dataclass
class Loaded:
    """added: new or renewed items; kept: items that people of this book changed, left as they are."""

    added: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)


def load_shipped() -> Loaded:
    """Adds what this version ships and the book lacks. What was edited in the book is kept and named."""
    # A wrong file is refused here, with its line, before anything of it is stored.
    load_indicators(), load_dimensions(), load_territory()
    loaded = Loaded()
    with sealed_batch("catalogue", author=None) as batch:
        known = {(entry.kind, entry.key): entry for entry in newest_entries()}
        edited = set(Batch.objects.filter(author__isnull=False, kind="catalogue").values_list("sequence", flat=True))
        shipped = {(path, key): data for path, key, data in shipped_items()}
        dropped = dict.fromkeys(sorted(known.keys() - shipped.keys()), RETIRED)
        for order, ((path, key), data) in enumerate({**shipped, **dropped}.items()):
            entry = known.get((path, key))
            if entry is not None and entry.data == data:
                loaded.same += 1
            elif entry is not None and entry.batch_id in edited:
                loaded.kept.append(f"{path}: {key}")
            else:
                batch.add(Entry(id=uuid4(), kind=path, key=key, order=order, data=data))
                loaded.added += 1
    return loaded
