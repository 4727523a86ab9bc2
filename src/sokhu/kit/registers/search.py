"""Finding things by words: with or without tone marks, by the beginnings of words, mistyped ones by the nearest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Max, QuerySet
from django.db.models.expressions import RawSQL
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from sokhu.core.folding import folded
from sokhu.kit.registers.declaration import Register
from sokhu.kit.registers.models import Found, Registered, Word
from sokhu.kit.storing import store_values

MOST_FOUND = 1000  # a search for more than that wants another word
NEAR, MOST_NEAR, WORD_LIMIT = 0.6, 3, 60
_NO_WORD = re.compile(r"[^0-9a-z]+")


def words_of(texts: Iterable[object]) -> str:
    """The words of some texts as they are kept: folded, of letters and digits, each once; codes also without marks."""
    found: dict[str, None] = {}
    for text in filter(None, texts):  # most things leave most of their fields empty
        plain = folded(str(text))
        found |= dict.fromkeys(word[:WORD_LIMIT] for word in _NO_WORD.sub(" ", plain).split())
        if " " not in plain and any(letter.isdigit() for letter in plain):
            found[_NO_WORD.sub("", plain)[:WORD_LIMIT]] = None
    return " ".join(found)


def keep_found(register: Register, things: Sequence[Registered], known: Collection[UUID]) -> None:
    """Makes things found by what their search fields say now; those that are gone no more. known: stored before."""
    Found.objects.filter(thing__in=known).delete()
    there = [thing for thing in things if not thing.is_gone]
    words = [words_of(getattr(thing, name) for name in register.search) for thing in there]
    of_it = [register.code] * len(there)
    store_values(Found, {"register": of_it, "thing": [thing.pk for thing in there], "words": words})
    each = sorted({word for some in words for word in some.split()})
    store_values(Word, {"register": [register.code] * len(each), "word": each}, if_new=True)


@dataclass(frozen=True, slots=True)
class Searched:
    """instead: what was looked for in place of words that nothing has; is_cut: there were more (`MOST_FOUND`)."""

    rows: QuerySet[Any]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_cut: bool = False


def searched(register: Register, rows: QuerySet[Any], text: str) -> Searched:
    """The rows that have all words of a text, or beginnings of them."""
    words = list(dict.fromkeys(_NO_WORD.sub(" ", folded(text)).split()))
    if not words:
        return Searched(rows)
    terms = [(word, _near(register.code, word[:WORD_LIMIT])) for word in words]
    if any(not near for _word, near in terms):
        return Searched(rows.none(), tuple((word, near) for word, near in terms if near != (word,)))
    found = list(_matching(register.code, [near for _word, near in terms])[: MOST_FOUND + 1])
    instead = tuple((word, near) for word, near in terms if near != (word,))
    return Searched(rows.filter(pk__in=found[:MOST_FOUND]), instead, len(found) > MOST_FOUND)


def _near(register: str, word: str) -> tuple[str, ...]:
    """The word itself where things have it, or words that begin so; else the nearest words; () for none."""
    begins = Word.objects.filter(register=register, word__gte=word, word__lt=word + "\uffff")
    if begins.exists():
        return (word,)
    newest = Word.objects.filter(register=register).aggregate(newest=Max("id"))["newest"] or 0
    near = process.extract(
        word,
        _words(register, newest),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=NEAR,
        limit=MOST_NEAR,
    )
    return tuple(one for one, score, _at in near if score >= near[0][1] - 0.05)


@lru_cache(maxsize=8)
def _words(register: str, newest: int) -> tuple[str, ...]:
    """Every word of a register up to one, read once per process."""
    return tuple(Word.objects.filter(register=register, pk__lte=newest).values_list("word", flat=True))


def _matching(register: str, terms: Sequence[Sequence[str]]) -> QuerySet[Found, Any]:
    found = Found.objects.filter(register=register)
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " | ".join(f"{word}:*" for word in near) + ")" for near in terms)
        has_them = "to_tsvector('simple', registers_found.words) @@ to_tsquery('simple', %s)"
        is_in = RawSQL(has_them, [query], output_field=BooleanField())
        return found.filter(is_in).values_list("thing", flat=True)
    query = " AND ".join("(" + " OR ".join(f'"{word}" *' for word in near) + ")" for near in terms)
    ids = RawSQL("SELECT rowid FROM registers_found_index WHERE registers_found_index MATCH %s", [query])
    return found.filter(pk__in=ids).values_list("thing", flat=True)
