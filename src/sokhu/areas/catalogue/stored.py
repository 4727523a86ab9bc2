"""Catalogue items as stored text: one table of a TOML file, as canonical JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from sokhu.core.catalogue_check import packaged_files
from sokhu.core.data import load_toml, parsed_toml

FOLDERS = ("indicators", "dimensions", "territory")
FILES = ("rates.toml",)

RETIRED = ""  # data of an item that is no longer part of the catalogue
NEVER = date.min  # since when a place is retired that was entered by mistake: it is in no total of any day

Item = tuple[str, str, str]  # file, key, data


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item: what it said from a day on, RETIRED for nothing; order: its place in the catalogue."""

    data: str
    day: date
    batch: int
    order: int


# File and key of an item to its versions, the oldest first.
Histories = Mapping[tuple[str, str], Sequence[Version]]


@cache
def shipped_items() -> tuple[Item, ...]:
    """Every item of the catalogue this version ships."""
    return tuple(_shipped_items())


def _shipped_items() -> Iterator[Item]:
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


def known_items(histories: Histories) -> list[Item]:
    """Every item once, in catalogue order, as it was last in use. What no longer is says since when: `retired`."""
    newest = {name: versions[-1] for name, versions in histories.items()}
    in_order = sorted(newest, key=lambda name: (newest[name].order, -newest[name].batch, name[1]))
    return [(path, key, last_known(path, histories[path, key])) for path, key in in_order]


def last_known(path: str, versions: Sequence[Version]) -> str:
    """An item as it was last in use, marked with the day of its retirement; of one version, that one."""
    if len(versions) == 1:
        return versions[0].data
    folder, table = path.partition("/")[0], from_json(versions[0].data)
    for version in versions[1:]:
        new = from_json(version.data) if version.data != RETIRED else None
        if folder == "dimensions" and _holds_lists(table):
            table = _with_dropped_values(new or {}, table, version.day)
        elif new is None:
            table = table | {"retired": version.day}
        else:
            table = _with_members_before(new, table)
    return as_json(table)


def _holds_lists(table: dict[str, Any]) -> bool:
    """Whether a table of dimensions names lists of words; an order of streams is an entry by itself."""
    return all(isinstance(one, dict) for one in table.values())


def _with_dropped(new: dict[str, Any], old: dict[str, Any], day: date) -> dict[str, Any]:
    """The named tables, and those of the version before that are no longer among them, marked as retired."""
    return new | {key: {"retired": day, **table} for key, table in old.items() if key not in new}


def _with_dropped_values(new: dict[str, Any], old: dict[str, Any], day: date) -> dict[str, Any]:
    """Lists of words, with the lists and the words that the version before had."""
    both = {}
    for key in new.keys() & old.keys():
        words = _with_dropped(new[key].get("values", {}), old[key].get("values", {}), day)
        both[key] = new[key] | {"values": words}
    return _with_dropped(new | both, old, day)


def _with_members_before(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """A grouping's table with the members that it once listed: one that was retired stays in totals of its days."""
    listed = [*old.get("members_before", ()), *old.get("members", ())]
    before = [one for one in dict.fromkeys(listed) if one not in new.get("members", ())]
    return new | {"members_before": before} if before else new


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
