"""The reader's words, from `catalogue/narrative/*.toml`, in a form that finds all of them in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sokhu.core.data import load_toml
from sokhu.core.narrative.mentions import AnyOf, any_of
from sokhu.core.narrative.numerals import in_words
from sokhu.core.narrative.patterns import Patterns
from sokhu.core.narrative.source import Source, source_of

FILES = ("units", "ownership", "status", "topics", "indicators", "places", "times", "masks")
_TRANSPARENT = frozenset("\"'*_")  # marks inside a phrase that change nothing


@dataclass(slots=True)
class Node:
    """One step in the tree of phrases: what ends here, and what may follow."""

    meanings: list[str] = field(default_factory=list)
    next: dict[str, Node] = field(default_factory=dict)


class Phrases:
    """Phrases with their meanings; a walk over the tokens finds the longest at each place in one pass."""

    def __init__(self, meanings: Mapping[str, Iterable[str]] | None = None) -> None:
        self.root = Node()
        for meaning, phrases in (meanings or {}).items():
            for phrase in phrases:
                self.add(phrase, meaning)

    def add(self, phrase: str, meaning: str) -> None:
        node = self.root
        for token in _cut(phrase):
            node = node.next.setdefault(token, Node())
        if meaning not in node.meanings:
            node.meanings.append(meaning)

    def longest(self, source: Source, at: int) -> tuple[int, list[str]] | None:
        """The end (exclusive) and the meanings of the longest phrase that starts at the token, if any does."""
        words, node, found = source.words, self.root, None
        index, limit = at, len(words)
        while index < limit:
            word = words[index]
            following = node.next.get("#" if "#" in node.next and "0" <= word[0] <= "9" else word)
            if following is not None:
                node, index = following, index + 1
                if node.meanings:
                    found = (index, node.meanings)
            elif index > at and word in _TRANSPARENT:
                index += 1
            else:
                break
        return found

    def openings(self, source: Source) -> list[int]:
        """The tokens with which some phrase begins."""
        return source.places_of(self.root.next)

    def all_in(self, source: Source) -> Iterator[tuple[int, int, list[str]]]:
        """Every longest phrase as (start, end, meanings); phrases do not overlap."""
        end = 0
        for start in self.openings(source):
            if start >= end and (found := self.longest(source, start)):
                end, meanings = found
                yield start, end, meanings


@dataclass(frozen=True)
class Topic:
    """What a figure may be about: the indicator it makes for each kind of unit, and how telling its words are."""

    name: str
    indicators: Mapping[str, str]
    weight: float


@dataclass(frozen=True)
class Vocabulary:
    """All words of the reader. `Vocabulary.packaged()` is the one shipped; others are made from the same tables."""

    units: Mapping[str, Any]
    number_words: Mapping[str, int]
    ownership: Phrases
    status: Phrases
    topics: Mapping[str, Topic]
    topic_phrases: Phrases
    indicators: Mapping[str, Any]
    places: Mapping[str, Any]
    countries: tuple[str, ...]
    country_openings: AnyOf
    unit_phrases: Phrases
    per_phrases: Phrases
    not_units: Mapping[str, Phrases]
    approx: Phrases
    stocks: frozenset[str]
    time_forms: Patterns
    masks: Patterns
    related: re.Pattern[str]

    @staticmethod
    def packaged() -> Vocabulary:
        """The vocabulary that is shipped, read once. Raises Problem("catalogue.syntax") when a file is broken."""
        return _packaged()

    @staticmethod
    def of(tables: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
        """A vocabulary from tables by file name ("units", "topics" ...), as `load_toml` gives them."""
        units, topics = tables["units"], tables["topics"]
        return Vocabulary(
            units=units,
            number_words=in_words(units["words"], units["words_behind_ten"]),
            ownership=Phrases(tables["ownership"]),
            status=Phrases(tables["status"]),
            topics={name: _topic(name, table) for name, table in topics.items()},
            topic_phrases=Phrases({name: table["phrases"] for name, table in topics.items()}),
            indicators={**tables["indicators"], "confidence": _with_sets(tables["indicators"]["confidence"])},
            places=tables["places"],
            countries=tuple(name.lower() for name in tables["places"]["countries"]["names"]),
            country_openings=any_of(*(f" {name.lower()}" for name in tables["places"]["countries"]["names"])),
            unit_phrases=Phrases(units["units"]),
            per_phrases=Phrases(units["per"]),
            not_units={name: Phrases({"no": phrases}) for name, phrases in units["not_a_unit"].items()},
            approx=Phrases({"approx": units["approx"]["before"]}),
            stocks=frozenset(tables["indicators"]["stock"]),
            time_forms=_time_forms(tables["times"]),
            masks=Patterns((row["what"], row["pattern"]) for row in tables["masks"]["masks"]),
            related=re.compile(r"(?:^|\n)[ \t*]{0,4}(?:" + "|".join(tables["masks"]["related"]["headings"]) + ")"),
        )


def _time_forms(table: Mapping[str, Any]) -> Patterns:
    """The patterns with their pieces put in; a piece may hold another, once."""
    pieces: dict[str, str] = {name: _filled(piece, table["pieces"]) for name, piece in table["pieces"].items()}
    return Patterns((row["form"], _filled(row["pattern"], pieces)) for row in table["forms"])


def _filled(pattern: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        pattern = pattern.replace(f"<{name}>", piece)
    return pattern


def _with_sets(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its lists as sets, which are asked for every figure."""
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()}


def _topic(name: str, table: Mapping[str, Any]) -> Topic:
    indicators = {key: value for key, value in table.items() if key not in ("phrases", "weight")}
    if money := indicators.pop("money", None):
        indicators |= {"USD": money, "VND": money}
    return Topic(name, indicators, float(table.get("weight", 1.0)))


@cache
def _packaged() -> Vocabulary:
    return Vocabulary.of({name: load_toml(f"narrative/{name}.toml") for name in FILES})


@cache
def _cut(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, cut and folded as the text is; "#" stands for any number."""
    parts: list[str] = []
    for piece in phrase.split():
        parts += ["#"] if piece == "#" else [token.text for token in source_of(piece).tokens]
    return tuple(parts)
