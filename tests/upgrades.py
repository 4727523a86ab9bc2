"""Upgrades for tests: the shipped catalogue of a next version, and what people of the book changed before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from factories import a_person
from sokhu.areas.catalogue import actions, queries
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.stored import as_json, files_of, from_json, items_of, shipped_items
from sokhu.kit.sealing.actions import sealed_batch

Files = dict[str, dict[str, Any]]  # path of a catalogue file to its tables


@contextmanager
def shipping(change: Callable[[Files], None]) -> Iterator[None]:
    """Within it, this version ships the files after `change`, which edits them in place."""
    files = files_of(shipped_items())
    change(files)
    items = [item for path, tables in files.items() for item in items_of(path, tables)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "shipped_items", lambda: iter(items))
        yield


def ship(change: Callable[[Files], None]) -> actions.Loaded:
    """An upgrade to the files after `change`."""
    with shipping(change):
        return actions.load_shipped()


def without(*named: str) -> Callable[[Files], None]:
    """The next version drops these indicators, with the ratios made of them, and places, and names them nowhere."""

    def change(files: Files) -> None:
        tables = {key: table for tables in files.values() for key, table in tables.items() if isinstance(table, dict)}
        ratios = [key for key, table in tables.items() if {table.get("numerator"), table.get("denominator")} & {*named}]
        keys = (*named, *ratios)
        for path, tables in files.items():
            for key in keys:
                tables.pop(key, None)
            for name, table in tables.items():
                if path.startswith("territory/") and isinstance(table, list):
                    tables[name] = [kept for entry in table if (kept := _unnamed(entry, keys))]
                elif not path.startswith("dimensions/") and isinstance(table, dict):
                    tables[name] = _unnamed(table, keys)

    return change


def _unnamed(table: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The table without these names: out of its lists and keys; {} where it is about one of them."""
    if {"head", "from"} & table.keys():
        named = [
            table.get("block"),
            table.get("head"),
            table.get("deputy"),
            *table.get("from", ()),
            *table.get("to", ()),
        ]
        return {} if set(named) & set(keys) else table
    if table.get("grouping") in keys:
        return {}
    kept = {name: value for name, value in table.items() if not (isinstance(value, str) and value in keys)}
    return {
        name: [one for one in value if one not in keys] if isinstance(value, list) and name != "names" else value
        for name, value in kept.items()
        if not (name == "members" and set(value) <= set(keys))
    }


def edited_by_a_person(file: str, key: str, **fields: Any) -> None:
    """Giang changes fields of an item on the running book."""
    entry = queries.newest_entries().get(kind=file, key=key)
    data = as_json(from_json(entry.data) | fields)
    with sealed_batch("catalogue", author=a_person("giang").pk) as batch:
        batch.add(Entry(id=uuid4(), kind=file, key=key, order=entry.order, data=data))
