"""The text as the reader sees it: one spelling, lower case, in words and numbers that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

# Both placements of the tone mark are in use (hoà, hòa; uỷ, ủy), and y and i after some consonants (kí, ký; tỉ, tỷ).
_PAIRS = {
    first + toned: moved + last
    for first, last, before, after in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for toned, moved in zip(before, after, strict=True)
}
_PAIR = re.compile("|".join(_PAIRS))
_LETTER_FORMS = {"tỉ": "tỷ", "kí": "ký", "lí": "lý", "kĩ": "kỹ", "mĩ": "mỹ", "quí": "quý", "qui": "quy", "sỹ": "sĩ"}
_FORM = re.compile(r"(?<![^\W\d_])(?:" + "|".join(_LETTER_FORMS) + r")(?![^\W\d_])")
_PLAIN = {"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "–": "-", "—": "-", "−": "-"}
_PLAIN |= {"‐": "-", "‑": "-", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "ð": "đ"}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\s\w]|_")


@dataclass(slots=True)
class Token:
    """One word, number or mark: its text in lower case, its place in the folded text."""

    text: str
    start: int
    end: int
    number: bool
    capital: bool


@dataclass(frozen=True)
class Source:
    """The text as given, its folded form (NFC, one spelling, lower case) and the tokens of that form.

    Offsets of tokens count code points of `folded`; `span` leads back to the text as given, whatever its normal form.
    """

    given: str
    cased: str
    folded: str
    tokens: list[Token]
    origin: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the given text of a place in the folded one (end exclusive)."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]

    @cached_property
    def starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def words(self) -> list[str]:
        """The text of every token."""
        return [token.text for token in self.tokens]

    @cached_property
    def occurrences(self) -> dict[str, list[int]]:
        """The tokens at which each word stands."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            if word in found:
                found[word].append(at)
            else:
                found[word] = [at]
        return found

    def places_of(self, words: Iterable[str]) -> list[int]:
        """The tokens at which one of the words stands, in order; "#" stands for any number."""
        found: list[int] = []
        for word in words:
            found += self.numbers if word == "#" else self.occurrences.get(word, ())
        return sorted(found)

    @cached_property
    def numbers(self) -> list[int]:
        """The tokens that are numbers."""
        return [at for at, token in enumerate(self.tokens) if token.number]

    @cached_property
    def line(self) -> str:
        """All words in one line, a space before each and behind the last."""
        return f" {' '.join(self.words)} "

    @cached_property
    def places(self) -> list[int]:
        """Where each word starts in `line`, and where a further one would."""
        return list(accumulate((len(word) + 1 for word in self.words), initial=1))

    def text(self, start: int, end: int) -> str:
        """The words of a stretch of tokens with a space between them; "" for an empty stretch."""
        places = self.places
        if end >= len(places):
            end = len(places) - 1
        return self.line[places[start if start > 0 else 0] : places[end] - 1] if start < end else ""

    def word_at(self, offset: int) -> int:
        """The index of the word that stands at an offset of `line`."""
        return bisect_right(self.places, offset) - 1

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before the offset; -1 before the first."""
        return bisect_right(self.starts, offset) - 1


def source_of(text: str) -> Source:
    """Fold and cut the text. Time and memory are linear in its length."""
    cased, origin = _composed(text)
    for letter, plain in _PLAIN.items():
        cased = cased.replace(letter, plain)
    folded = _lowered(cased)
    folded = _PAIR.sub(lambda match: _one_spelling(folded, match), folded)
    folded = _FORM.sub(lambda match: _LETTER_FORMS[match[0]], folded)
    tokens = [
        Token(folded[start:end], start, end, "0" <= folded[start] <= "9", cased[start].isupper())
        for start, end in map(re.Match.span, _TOKEN.finditer(folded))
    ]
    return Source(text, cased, folded, tokens, origin)


def _lowered(text: str) -> str:
    """The text in lower case, as long as it was: İ would become two, and Σ differ by what follows."""
    return "İ".join(part.lower() for part in text.replace("Σ", "σ").split("İ"))


def _one_spelling(folded: str, match: re.Match[str]) -> str:
    # "quý", "quỳnh": the u belongs to the consonant; "toán", "hoàng": a closed syllable keeps its mark on the a.
    before = folded[match.start() - 1] if match.start() else ""
    after = folded[match.end()] if match.end() < len(folded) else ""
    return match[0] if after.isalpha() or before == "q" else _PAIRS[match[0]]


def _composed(text: str) -> tuple[str, list[int] | None]:
    """The text in NFC, and for each of its code points (and its end) the place in the text; None if nothing moved."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    origin: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        # A cluster is a letter with the marks after it; very long runs of marks are cut, they are no Vietnamese.
        if end < len(text) and unicodedata.combining(text[end]) and end - start < 32:
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        parts.append(composed)
        origin += [min(start + offset, end - 1) for offset in range(len(composed))]
        start = end
    return "".join(parts), [*origin, len(text)]
