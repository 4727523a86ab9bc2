"""Paragraphs and sentences of the text, and how deep in brackets each word stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from sokhu.core.narrative.source import Source

_NO_END = frozenset(
    {"tp", "ts", "ths", "pgs", "gs", "tx", "th", "ks", "bs", "q", "p", "ub", "tt", "mr", "st", "no", "tnhh", "co"}
)
_CONTINUES = frozenset(
    {",", "là", "đạt", "với", "có", "và", "của", "được", "hơn", "gần", "khoảng", "trên", "tăng", "giảm", "các", "gồm"}
)
_STOPS = frozenset(".!?…")
_LINE_BREAKS = re.compile(r"[\n\r]+")
_OPEN, _CLOSE = "([{", ")]}"
_NUMERALS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "a", "b", "c", "d", "đ", "e"})
MAX_TOKENS = 400  # a longer sentence is none: it is cut, so that time stays linear in the length of the text
MAX_DEPTH = 8  # deeper brackets are read as if they stood at this depth


@dataclass(slots=True)
class Sentence:
    """Tokens from start to end (exclusive); `paragraph` numbers the line it stands in."""

    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class Layout:
    """Sentences in order, and for every token its bracket depth inside its sentence."""

    sentences: list[Sentence]
    depth: list[int]
    shuts: list[int]  # for every token the first one behind it that stands less deep
    starts: list[int]

    def closed(self, start: int, end: int) -> bool:
        """The bracket around the token at `start` has closed before `end`."""
        return self.shuts[start] < end

    def sentence_of(self, token: int) -> int:
        return bisect_right(self.starts, token) - 1


def layout_of(source: Source) -> Layout:
    """Cut the tokens into sentences. One pass."""
    tokens = source.tokens
    sentences: list[Sentence] = []
    start = paragraph = 0
    for index in _breaks(source):
        while index - start > MAX_TOKENS:
            sentences.append(Sentence(start, start + MAX_TOKENS, paragraph))
            start, paragraph = start + MAX_TOKENS, paragraph + 1
        if index == len(tokens):
            sentences.append(Sentence(start, index, paragraph))
            break
        new_line = _new_line(source, index) or index - start >= MAX_TOKENS
        if new_line or (_ends(source, index) and not _list_mark(source, start, index)):
            sentences.append(Sentence(start, index, paragraph))
            start = index
            paragraph += new_line
    depth = _depths(source, sentences)
    return Layout(sentences, depth, _shuts(depth), [sentence.start for sentence in sentences])


def _breaks(source: Source) -> list[int]:
    """The tokens before which a sentence may end: those behind a full stop or line break, and the end of the text."""
    lines = {source.token_at(match.start()) + 1 for match in _LINE_BREAKS.finditer(source.folded)}
    stops = {at + 1 for at in source.places_of(_STOPS)}
    return sorted(index for index in lines | stops | {len(source.tokens)} if 0 < index <= len(source.tokens))


def _new_line(source: Source, index: int) -> bool:
    """A line break that ends the paragraph: not one that only wraps a running sentence."""
    before, after = source.tokens[index - 1], source.tokens[index]
    gap = source.folded[before.end : after.start]
    if "\n" not in gap and "\r" not in gap:
        return False
    if len(re.findall(r"\n", gap[:8])) > 1:
        return True
    wrapped = after.text[0].islower() and not after.capital and not after.number
    return not ((wrapped and before.text not in ".!?:;") or before.text in _CONTINUES)


def _ends(source: Source, index: int) -> bool:
    """A full stop before a capital letter, a number or a quotation mark; not one after an abbreviation."""
    before, after = source.tokens[index - 1], source.tokens[index]
    if before.text in "!?…" and index > 1:
        return after.capital
    if before.text != "." or before.end == after.start:
        return before.text == "." and before.end == after.start and _glued_sentences(source, index)
    named = source.tokens[index - 2]
    if named.text in _NO_END and named.end == before.start:
        return False
    if len(named.text) == 1 and named.capital and not named.number:  # an initial
        return False
    return after.capital or after.number or not after.text.isalpha()


def _list_mark(source: Source, start: int, index: int) -> bool:
    """The full stop belongs to the number of a heading or list: "1.", "2.2.", "IV.", "a."."""
    words = source.tokens[start : index - 1]
    return len(words) <= 3 and all(word.number or word.text in _NUMERALS or word.text in ".-" for word in words)


def _glued_sentences(source: Source, index: int) -> bool:
    """No space after the full stop ("... tỷ đồng.Có 70 dự án"): a word of two letters or more on both sides."""
    named, after = source.tokens[index - 2], source.tokens[index]
    return index > 1 and named.text not in _NO_END and len(named.text) > 1 and after.capital and len(after.text) > 1


def _depths(source: Source, sentences: list[Sentence]) -> list[int]:
    depth, words = [0] * len(source.words), source.words
    brackets = source.places_of(_OPEN + _CLOSE)
    for sentence in sentences:
        there = brackets[bisect_left(brackets, sentence.start) : bisect_left(brackets, sentence.end)]
        level = 0
        for at, after in pairwise([*there, sentence.end]):
            shut = words[at] in _CLOSE
            level = max(0, level - 1) if shut else level + 1
            stands = min(level, MAX_DEPTH)
            depth[at:after] = [stands] * (after - at)
            if not shut:
                depth[at] = min(level - 1, MAX_DEPTH)
    return depth


def _shuts(depth: list[int]) -> list[int]:
    shuts = [len(depth)] * len(depth)
    nearest = [len(depth)] * (MAX_DEPTH + 2)  # for every level the first token behind that stands less deep
    for index in range(len(depth) - 2, -1, -1):
        level, after = depth[index], depth[index + 1]
        if after < level:
            nearest[after + 1 :] = [index + 1] * (MAX_DEPTH + 1 - after)
        shuts[index] = nearest[level]
    return shuts
