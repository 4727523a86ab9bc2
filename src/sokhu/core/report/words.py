"""The words of reports in one language: what placeholders may say, and how figures are said. Of catalogue/reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from sokhu.core.data import load_toml
from sokhu.core.numbers import Lang

# Conditions that ask about the place of the report and not about a figure.
OF_THE_PLACE = ("block", "country", "local")


@dataclass(frozen=True, slots=True)
class Words:
    """lang: of the report. opening: the word that begins a condition. The others: key to what is typed or written."""

    lang: Lang
    opening: str
    names: Mapping[str, str]
    written: Mapping[str, str]
    conditions: Mapping[str, str]
    said: Mapping[str, str]
    head: Mapping[str, Any]
    columns: Mapping[str, str]
    notes: Mapping[str, str]

    def name_of(self, typed: str) -> str:
        """The key of a name of the report's own, "" for anything else."""
        return _key_of(_plain(typed), self.names)

    def written_of(self, typed: str) -> tuple[str, str]:
        """("share", "capital_new:FDI") for "tỷ trọng trong capital_new:FDI"; "" for a word that there is not."""
        return _longest(_plain(typed), self.written, with_rest=("share", "round"))

    def condition_of(self, typed: str) -> tuple[str, str]:
        """("up", "capital_new:FDI") for "tăng capital_new:FDI"."""
        figures = [key for key in self.conditions if self.takes_figure(key)]
        return _longest(_plain(typed), self.conditions, with_rest=figures)

    def takes_figure(self, condition: str) -> bool:
        return condition not in OF_THE_PLACE

    def names_shown(self) -> list[str]:
        return list(self.names.values())

    def written_shown(self) -> str:
        return ", ".join(f"{words} …" if key in ("share", "round") else words for key, words in self.written.items())

    def conditions_shown(self) -> str:
        return ", ".join(f"{self.opening} {words}" for words in self.conditions.values())

    def say(self, key: str, **values: object) -> str:
        """One of the set phrases, with its values put in."""
        return self.said[key].format(**values)

    def note(self, key: str, **values: object) -> str:
        return self.notes[key].format(**values)


@cache
def words_of(lang: Lang) -> Words:
    """The words shipped for a language, each with all the keys of the others (held by a test)."""
    table: dict[str, Any] = load_toml("reports/words.toml")[lang]
    return Words(lang=lang, **table)


def _plain(typed: str) -> str:
    return " ".join(normalize("NFC", typed).split())


def _key_of(typed: str, known: Mapping[str, str]) -> str:
    return next((key for key, words in known.items() if words.casefold() == typed.casefold()), "")


def _longest(typed: str, known: Mapping[str, str], with_rest: list[str] | tuple[str, ...]) -> tuple[str, str]:
    """The longest phrase that a text is, or begins with where something may follow; and what follows."""
    for key, words in sorted(known.items(), key=lambda pair: -len(pair[1])):
        start, rest = typed[: len(words)], typed[len(words) :]
        if start.casefold() == words.casefold() and (not rest or (key in with_rest and rest.startswith(" "))):
            return key, rest.strip()
    return "", ""
