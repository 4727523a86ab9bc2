"""Catalogue items as stored text: one table of a TOML file, as canonical JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sokhu.core.catalogue_check import packaged_files
from sokhu.core.data import load_toml, parsed_toml

FOLDERS = ("indicators", "dimensions", "territory")
FILES = ("rates.toml",)

Item = tuple[str, str, str]  # file, key, data


def shipped_items() -> Iterator[Item]:
    """Every item of the catalogue this version ships."""
    for folder in FOLDERS:
        for path, content in packaged_files(folder).items():
            yield from items_of(path, parsed_toml(content, where=path))
    for path in FILES:
        yield from items_of(path, load_toml(path))


def items_of(path: str, tables: Mapping[str, Any]) -> Iterator[Item]:
    """A file's tables one by one. The entries of an array have no name of their own; their content names them."""
    for name, table in tables.items():
        if isinstance(table, list) and all(isinstance(entry, dict) for entry in table):
            for entry in table:
                data = as_json(entry)
                yield path, f"{name}[{entry.get('id') or sha256(data.encode()).hexdigest()[:16]}]", data
        else:
            yield path, name, as_json(table)


def files_of(items: Iterable[Item]) -> dict[str, dict[str, Any]]:
    """The tables of each file, put together again from its items, in the order given."""
    files: dict[str, dict[str, Any]] = {}
    for path, key, data in items:
        name, is_entry, _ = key.partition("[")
        tables = files.setdefault(path, {})
        if is_entry:
            tables.setdefault(name, []).append(from_json(data))
        else:
            tables[name] = from_json(data)
    return files


def as_json(table: object) -> str:
    return json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_tagged)


def from_json(data: str) -> Any:
    return json.loads(data, object_hook=_untagged)


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(f"a catalogue item holds no {type(value).__name__}")


def _untagged(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table["$date"]) if set(table) == {"$date"} else table
