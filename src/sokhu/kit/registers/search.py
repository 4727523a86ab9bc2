"""Finding things by words: with or without tone marks, by the beginnings of words, mistyped ones by the nearest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from json import dumps
from math import ceil
from operator import or_
from string import ascii_lowercase, digits
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sokhu.core.folding import folded
from sokhu.core.parts import in_parts
from sokhu.kit.registers.declaration import Register
from sokhu.kit.registers.models import Found, Registered, Word
from sokhu.kit.storing import store_values

MOST_FOUND = 1000  # a search for more than that wants another word
MOST_LOOKED_UP = {"sqlite": 10_000, "postgresql": 2_000}  # what the one takes for so many, the other takes for less
MOST_WORDS = 20  # of a text, that tell which registers to search
NEAR, MOST_NEAR, WORD_LIMIT = 0.6, 3, 60
SIGNS = digits + ascii_lowercase
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


Terms = Sequence[Sequence[str]]  # of each word those that will do for it, whole or as beginnings


def searched(register: Register, rows: QuerySet[Any], text: str) -> Searched:
    """The rows that have all words of a text, or beginnings of them."""
    words = _asked(text)
    if not words:
        return Searched(rows)
    there = _there([(register.code, word) for word in words])
    terms = [(word,) if is_there else _near(register.code, word) for word, is_there in zip(words, there, strict=True)]
    instead = tuple((word, near) for word, near in zip(words, terms, strict=True) if near != (word,))
    found = _found(register.code, rows, terms) if all(terms) else []
    return Searched(rows.filter(pk__in=_these(found[:MOST_FOUND])), instead, len(found) > MOST_FOUND)


def with_words(some: Sequence[Register], text: str) -> list[Register]:
    """The registers to search, asked for at once: those that have all words; where none has, all that hold anything."""
    words = ["", *_asked(text)[:MOST_WORDS]]  # every word begins with ""
    there = _there([(one.code, word) for one in some for word in words])
    told = list(in_parts(there, len(words)))
    found = [one for one, has in zip(some, told, strict=True) if all(has)]
    return found or [one for one, has in zip(some, told, strict=True) if has[0]]


def _asked(text: str) -> list[str]:
    return [word[:WORD_LIMIT] for word in dict.fromkeys(_NO_WORD.sub(" ", folded(text)).split())]


def _there(asked: Sequence[tuple[str, str]]) -> Sequence[bool]:
    """Of each register and word, whether things of it have it, or words that begin so."""
    one = "EXISTS (SELECT 1 FROM registers_word WHERE register = %s AND word >= %s AND word < %s)"
    values = [value for register, word in asked for value in (register, word, word + "\uffff")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([one] * len(asked)), values)
        row: Sequence[bool] = cursor.fetchone()
    return row


def _near(register: str, word: str) -> tuple[str, ...]:
    """The words nearest to one that nothing has; () for none.

    One with digits is held against those that are a slip away: a number with two wrong digits is another one.
    """
    known = Word.objects.filter(register=register)
    if any(letter.isdigit() for letter in word):
        some = known.filter(word__in=_a_slip_away(word))
    else:
        least, most = ceil(len(word) * NEAR), int(len(word) / NEAR)
        some = known.filter(word__gte="a").alias(length=Length("word")).filter(length__gte=least, length__lte=most)
    words = some.values_list("word", flat=True)
    near = process.extract(word, words, scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=MOST_NEAR)
    return tuple(one for one, score, _at in near if score >= near[0][1] - 0.05)


def _a_slip_away(word: str) -> set[str]:
    """All that a word becomes by a sign too few or too many, another one, or two that changed places."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    few = {left + right[1:] for left, right in parts}
    turned = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    others = {left + sign + right[skip:] for left, right in parts for sign in SIGNS for skip in (0, 1)}
    return few | turned | others


def _found(register: str, rows: QuerySet[Any], terms: Terms) -> list[Any]:
    """The keys of the rows that have the words, one more than `MOST_FOUND` at most.

    Rare words are looked up in the index of words, and the rows among what they are in; of words that a good part of
    all things has, the index tells little: the rows are gone through until there are enough of them.
    """
    (statement, values), most = _matching(register, terms), MOST_LOOKED_UP[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %s", [*values, most])
        there = cursor.fetchall()
    are_rare = len(there) < most
    having = Q(pk__in=_these([_key(one) for (one,) in there])) if are_rare else Exists(_with_words(register, terms))
    return list(rows.filter(having).order_by().values_list("pk", flat=True)[: MOST_FOUND + 1])


def _key(stored: UUID | str) -> UUID:
    """SQLite keeps keys as text."""
    return stored if isinstance(stored, UUID) else UUID(stored)


def _matching(register: str, terms: Terms) -> tuple[str, list[str]]:
    """The things with these words, by the database's index of words."""
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " | ".join(f"{word}:*" for word in near) + ")" for near in terms)
        has_them = "to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
        return f"SELECT thing FROM registers_found WHERE register = %s AND {has_them}", [register, query]
    query = " AND ".join("(" + " OR ".join(f'"{word}" *' for word in near) + ")" for near in terms)
    found = "registers_found_index CROSS JOIN registers_found ON id = registers_found_index.rowid"
    return f"SELECT thing FROM {found} WHERE registers_found_index MATCH %s AND register = %s", [query, register]


def _with_words(register: str, terms: Terms) -> QuerySet[Found]:
    """The words of a thing, where they are these: looked through, without the index."""
    found = Found.objects.filter(register=register, thing=OuterRef("pk"))
    found = found.alias(text=Concat(Value(" "), "words", output_field=TextField()))
    for near in terms:
        found = found.filter(reduce(or_, (Q(text__contains=f" {word}") for word in near)))
    return found


def _these(keys: Sequence[UUID]) -> RawSQL:
    """A list of keys as one value: each as a value of its own takes longer to say than to look up."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::uuid[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [dumps([key.hex for key in keys])])
