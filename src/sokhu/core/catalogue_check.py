"""Checks of catalogue files that name file, line and reason, and tell every problem of a file at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypeVar

from sokhu.core.data import parsed_toml
from sokhu.core.problems import Problem, Problems

_HEADER = re.compile(r"\[{1,2}\s*(?P<path>[^\[\]]+?)\s*\]{1,2}\s*$")
_NAME = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEY = re.compile(rf"\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")
_BLOCK_STRING = re.compile(r"\"\"\"|'''")

T = TypeVar("T")
KeyPath = tuple[str, ...]
# Path of a file to its text, or to its tables where they were parsed before.
Contents = Mapping[str, bytes] | Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One parsed file with the line of every table and key.

    lines: path of a table or key -> line, counted from 1. The n-th entry of an array of tables has "n" (from 0) in
    its path: `("event", "2", "day")`.
    """

    path: str
    tables: Mapping[str, Any]
    lines: Mapping[KeyPath, int]

    def at(self, *path: str) -> str:
        """`file:line` of a table or key; of the nearest table above it where the key has no line of its own.

        `file: table.key` where the tables came without lines, out of a book.
        """
        if not self.lines:
            return f"{self.path}: {'.'.join(path)}"
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return f"{self.path}:{self.lines[path[:length]]}"
        return f"{self.path}:1"


@dataclass(frozen=True, slots=True)
class Key:
    """What a key of a table may hold. choices: allowed words, of the value or of each entry of a list; empty = any."""

    kind: type
    required: bool = False
    choices: frozenset[str] = frozenset()


@dataclass(slots=True)
class Complaints:
    """The problems of one load, gathered so that all are told at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: str, **params: object) -> None:
        self.problems.append(Problem(code, where=where, **params))

    def tell(self) -> None:
        """Raises Problems when there is any, in the order of files and lines."""
        if self.problems:
            raise Problems(sorted(self.problems, key=_file_and_line))


def _file_and_line(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.where.rpartition(":")
    return file, int(line) if line.isdigit() else 0


def catalogue_file(path: str, content: bytes) -> CatalogueFile:
    """The file with its lines. Raises Problem("catalogue.syntax", where="file:line") when it is not TOML."""
    tables = parsed_toml(content, where=path)
    return CatalogueFile(path, tables, lines_of(content.decode("utf-8")))


def packaged_files(folder: str) -> dict[str, bytes]:
    """Every TOML file of a folder of the packaged catalogue, by its path below `sokhu/catalogue`, in name order."""
    home = resources.files("sokhu").joinpath("catalogue", *folder.split("/"))
    names = sorted(entry.name for entry in home.iterdir() if entry.name.endswith(".toml"))
    return {f"{folder}/{name}": home.joinpath(name).read_bytes() for name in names}


def is_retired(table: object) -> bool:
    """Whether an entry is out of use: still known by name and rules, for figures that stand; no choice for new ones."""
    return isinstance(table, Mapping) and "retired" in table


def with_retired(in_use: dict[str, T], retired: Mapping[str, T]) -> dict[str, T]:
    """Those in use, and the retired ones behind them. What moved to another file is retired there and in use here."""
    return in_use | {key: one for key, one in retired.items() if key not in in_use}


def parsed_files(files: Contents, complaints: Complaints) -> list[CatalogueFile]:
    """The files that are TOML; a file that is not becomes a problem and the others are still checked.

    Content that is tables already (a book keeps its catalogue so) has no lines to name.
    """
    parsed = []
    for path, content in files.items():
        try:
            whole = catalogue_file(path, content) if isinstance(content, bytes) else CatalogueFile(path, content, {})
            parsed.append(whole)
        except Problem as problem:
            complaints.problems.append(problem)
    return parsed


def lines_of(text: str) -> dict[KeyPath, int]:
    """Where each table and key of a valid TOML text stands; keys inside inline tables have no line of their own."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    depth, block = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        continues = depth > 0 or block != ""
        bare, block = _without_strings(line, block)
        depth_before, depth = depth, depth + _opened(bare)
        if continues:
            continue
        header = _HEADER.match(_without_comment(line).strip()) if line.lstrip().startswith("[") else None
        if header and depth == depth_before:
            table = _table_path(line.strip(), _parts(header["path"]), counts)
            lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault(table + _parts(key["path"]), number)
    return lines


def _table_path(line: str, path: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a header, with the entry's number where it is an array of tables."""
    if line.startswith("[["):
        index = counts.get(path, -1) + 1
        counts[path] = index
        return (*path, str(index))
    # A table below an array of tables belongs to the array's newest entry.
    for length in range(len(path) - 1, 0, -1):
        if path[:length] in counts:
            return (*path[:length], str(counts[path[:length]]), *path[length:])
    return path


def _parts(dotted: str) -> KeyPath:
    return tuple(next(word for word in match if word) for match in _PART.findall(dotted))


def _without_comment(line: str) -> str:
    kept = _STRING.sub(lambda match: "_" * len(match[0]), line)
    return line[: kept.index("#")] if "#" in kept else line


def _without_strings(line: str, block: str) -> tuple[str, str]:
    """The line without strings and comment, and the quote of a block string that stays open after it."""
    rest, bare = line, ""
    while True:
        if block:
            _, closed, rest = rest.partition(block)
            if not closed:
                return bare, block
            block = ""
            continue
        opening = _BLOCK_STRING.search(rest)
        if opening is None:
            return bare + _STRING.sub("", _without_comment(rest)), ""
        bare, block, rest = bare + _STRING.sub("", rest[: opening.start()]), opening[0], rest[opening.end() :]


def _opened(bare: str) -> int:
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def check_keys(
    table: Mapping[str, Any], keys: Mapping[str, Key], file: CatalogueFile, path: KeyPath, told: Complaints
) -> bool:
    """Whether a table has the keys it may and must have, each with a value of its kind; problems go to `told`.

    Codes: catalogue.unknown_key, catalogue.missing_key, catalogue.wrong_kind, catalogue.wrong_value,
    catalogue.empty_text.
    """
    before = len(told.problems)
    for name in table.keys() - keys.keys():
        told.add("catalogue.unknown_key", file.at(*path, name), found=name, known=", ".join(sorted(keys)))
    for name, key in keys.items():
        if name in table:
            _check_value(table[name], key, file, (*path, name), told)
        elif key.required:
            told.add("catalogue.missing_key", file.at(*path), found=path[-1] if path else "", missing=name)
    return len(told.problems) == before


# Shown as an example of what is expected, in the file's own notation, which needs no translation.
_KIND_EXAMPLES = {
    str: '"…"',
    bool: "true / false",
    int: "12",
    list: '["…", "…"]',
    dt.date: "2025-07-01",
    dict: "{ … }",
}


def _check_value(value: object, key: Key, file: CatalogueFile, path: KeyPath, told: Complaints) -> None:
    def tell(code: str, **params: object) -> None:
        told.add(code, file.at(*path), key=path[-1], **params)

    if not _is_of_kind(value, key.kind):
        tell("catalogue.wrong_kind", found=str(value), expected=_KIND_EXAMPLES[key.kind])
        return
    words: Iterable[object] = value if isinstance(value, list) else [value]
    for word in words:
        if key.choices and word not in key.choices:
            tell("catalogue.wrong_value", found=str(word), known=", ".join(sorted(key.choices)))
        elif isinstance(word, str) and not word.strip() and key.required:
            tell("catalogue.empty_text")


def _is_of_kind(value: object, kind: type) -> bool:
    # In Python True is an int and a datetime is a date; in a catalogue file neither passes for the other.
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    if isinstance(value, dt.datetime):
        return False
    if kind is list:
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, kind)
