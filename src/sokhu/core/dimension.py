"""Dimensions of a figure (ownership, country, currency …), their values, and other short dated lists of words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from sokhu.core.catalogue_check import (
    CatalogueFile,
    Complaints,
    Contents,
    Key,
    check_keys,
    is_retired,
    packaged_files,
    parsed_files,
    with_retired,
)
from sokhu.core.problems import Problem

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a list: its key in data, and what people call it. starts, ends: both days included, None = open.

    parent: the wider value it belongs to (a coastal economic zone is an economic zone).
    weight: for lists that are ordered, 0 first; maturity counts from the weakest.
    retired: the day from which it takes no new figures; those that stand keep it.
    """

    key: str
    vi: str
    en: str
    starts: dt.date | None = None
    ends: dt.date | None = None
    parent: str = ""
    weight: int = 0
    also: tuple[str, ...] = ()
    source: str = ""
    evidence: str = ""
    retired: dt.date | None = None

    def name(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is a choice on a day; a retired one never is."""
        in_force = (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)
        return in_force and self.retired is None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A list of words. is_open: values that are not listed are allowed too (sector codes, customs offices).

    retired: the day from which no new figure is broken down by it.
    """

    key: str
    vi: str
    en: str
    is_open: bool
    words: Mapping[str, Word]
    retired: dt.date | None = None

    def on(self, day: dt.date) -> tuple[Word, ...]:
        """The values in use on a day, in catalogue order."""
        return tuple(word for word in self.words.values() if word.holds_on(day))

    def within(self, key: str) -> frozenset[str]:
        """The value and every narrower one: within("KKT") holds "KKT", "KKT-VB", "KKT-CK" …"""
        found = {key}
        while narrower := {word.key for word in self.words.values() if word.parent in found} - found:
            found |= narrower
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Precedence:
    """Which kind of stream answers first, from a day on; the others stand beside it."""

    starts: dt.date
    order: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Dimensions:
    """dimensions: what a cell may be broken down by. lists: other word lists (maturity, emptiness, stream kinds)."""

    dimensions: Mapping[str, Dimension]
    lists: Mapping[str, Dimension]
    precedences: tuple[Precedence, ...] = field(default=())

    @property
    def in_use(self) -> frozenset[str]:
        """Keys of the dimensions that an indicator may name."""
        return frozenset(key for key, one in self.dimensions.items() if one.retired is None)

    def precedence_on(self, day: dt.date) -> tuple[str, ...]:
        """Stream kinds in the order in which they answer on a day. Raises Problem("catalogue.no_precedence", day)."""
        in_force = [one for one in self.precedences if one.starts <= day]
        if not in_force:
            raise Problem("catalogue.no_precedence", found=day)
        return max(in_force, key=lambda one: one.starts).order


_TEXT = Key(str, required=True)
_LIST: Mapping[str, Key] = {
    "vi": _TEXT,
    "en": _TEXT,
    "open": Key(bool, required=True),
    "values": Key(dict),
    "retired": Key(dt.date),
}
_WORD: Mapping[str, Key] = {
    "vi": _TEXT,
    "en": _TEXT,
    "starts": Key(dt.date),
    "ends": Key(dt.date),
    "parent": Key(str),
    "weight": Key(int),
    "also": Key(list),
    "source": Key(str),
    "evidence": Key(str, choices=frozenset({"FOUND", "BK-high", "BK-medium", "BK-low"})),
    "retired": Key(dt.date),
}
_PRECEDENCE: Mapping[str, Key] = {
    "starts": Key(dt.date, required=True),
    "order": Key(list, required=True),
    "source": _TEXT,
    "retired": Key(dt.date),
}


@cache
def load_dimensions() -> Dimensions:
    """The packaged lists. Raises Problems, each with file and line."""
    return checked_dimensions(packaged_files("dimensions"))


def checked_dimensions(files: Contents) -> Dimensions:
    """The lists of files given as path -> content: tables `dimension.<key>`, `list.<key>`, `[[precedence]]`.

    Retired lists and values stand behind those in use. Raises Problems: those of `check_keys`, catalogue.unknown_table,
    unknown_parent, wrong_interval, duplicate, unknown_stream.
    """
    told = Complaints()
    found: dict[str, dict[str, Dimension]] = {"dimension": {}, "list": {}}
    retired: dict[str, dict[str, Dimension]] = {"dimension": {}, "list": {}}
    precedences: dict[str, Precedence] = {}  # by file and line
    for file in parsed_files(files, told):
        for top, tables in file.tables.items():
            if top == "precedence":
                precedences |= _precedences(tables, file, told)
            elif top in found:
                _add_lists(top, tables, found[top], retired[top], file, told)
            else:
                told.add("catalogue.unknown_table", file.at(top), found=top, known="dimension, list, precedence")
    _check_streams(precedences, found["list"], told)
    told.tell()
    dimensions, lists = (with_retired(found[top], retired[top]) for top in ("dimension", "list"))
    return Dimensions(dimensions, lists, tuple(precedences.values()))


def _add_lists(
    top: str,
    tables: Mapping[str, Any],
    found: dict[str, Dimension],
    retired: dict[str, Dimension],
    file: CatalogueFile,
    told: Complaints,
) -> None:
    for key, table in tables.items():
        into = retired if is_retired(table) else found
        if key in into:
            told.add("catalogue.duplicate", file.at(top, key), found=key, first=top)
        elif check_keys(table, _LIST, file, (top, key), told):
            words = _words(table.get("values", {}), file, (top, key, "values"), told)
            into[key] = Dimension(key, table["vi"], table["en"], table["open"], words, table.get("retired"))


def _words(values: Mapping[str, Any], file: CatalogueFile, path: tuple[str, ...], told: Complaints) -> dict[str, Word]:
    words = {}
    for key, table in values.items():
        if not isinstance(table, dict):
            told.add("catalogue.not_a_table", file.at(*path, key), found=key)
        elif check_keys(table, _WORD, file, (*path, key), told):
            fields: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
            words[key] = Word(key=key, **fields)
    in_use = {key for key, table in values.items() if not is_retired(table)}
    for key, word in words.items():
        if word.parent and word.retired is None and (word.parent not in in_use or word.parent == key):
            told.add("catalogue.unknown_parent", file.at(*path, key), found=word.parent)
        if word.starts and word.ends and word.ends < word.starts:
            told.add("catalogue.wrong_interval", file.at(*path, key), found=key)
    return words


def _precedences(tables: object, file: CatalogueFile, told: Complaints) -> dict[str, Precedence]:
    if not isinstance(tables, list):
        told.add("catalogue.not_a_table", file.at("precedence"), found="precedence")
        return {}
    return {
        file.at("precedence", str(number)): Precedence(table["starts"], tuple(table["order"]), table["source"])
        for number, table in enumerate(tables)
        if check_keys(table, _PRECEDENCE, file, ("precedence", str(number)), told) and not is_retired(table)
    }


def _check_streams(precedences: Mapping[str, Precedence], lists: Mapping[str, Dimension], told: Complaints) -> None:
    """Each precedence orders every stream kind there is, once."""
    words = lists["stream"].words.values() if "stream" in lists else ()
    kinds = sorted(word.key for word in words if word.retired is None)
    for where, one in precedences.items():
        if sorted(one.order) != kinds:
            told.add("catalogue.unknown_stream", where, found=", ".join(one.order), known=", ".join(kinds))
