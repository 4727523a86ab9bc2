"""The closed grammar of report sentences: text, {placeholders}, [clauses]. What people type is never evaluated.

    In {period} [certificates went to {projects_new:FDI} [({projects_new:FDI; change})]|nothing is known of projects].

A placeholder is a name of the report's own ({period}) or an indicator with parts (`:FDI`, `:KCN`, `:USD`) and words
(`; change`). A clause in brackets is written where its figures are known, else what follows its "|", else nothing, and
what was left out is told. A clause may name its condition: `[if up capital_new:FDI: …]`. A backslash
before a mark makes it plain text. Source: docs/reports.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from sokhu.core.indicator import Indicator
from sokhu.core.measure import CURRENCIES
from sokhu.core.problems import Problem
from sokhu.core.report.words import Words

LONGEST, DEEPEST, MOST_FIELDS, MOST_PLACES = 4000, 4, 60, 6
_MARKS = re.compile(r"\\[{}\[\]|\\]|[{}\[\]|]")
_NAMES_SHOWN = 12
MOST_SHOWN = 80  # characters of what was found that a message repeats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a placeholder may name. parts: values of dimensions, each with its dimension ("FDI": "ownership")."""

    indicators: Mapping[str, Indicator]
    parts: Mapping[str, str]
    words: Words


@dataclass(frozen=True, slots=True)
class FigureField:
    """A placeholder of an indicator. how: what is written of it, "figure" with its unit when nothing is said.

    of: the whole of a share. places: decimals asked for; None writes what there is (ratios: two).
    """

    indicator: str
    ownership: str = ""
    zone_kind: str = ""
    currency: str = ""
    other: str = ""
    how: str = "figure"
    places: int | None = None
    of: FigureField | None = field(default=None)


@dataclass(frozen=True, slots=True)
class NameField:
    """A placeholder of the report's own: "period", "place", "members" …"""

    name: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence under a condition: "known" (of its own figures where `of` is None), "missing", "up", …"""

    condition: str
    of: FigureField | None
    then: Sentence
    otherwise: Sentence


Part = str | FigureField | NameField | Clause
Sentence = tuple[Part, ...]


def parsed(text: str, vocabulary: Vocabulary) -> Sentence:
    """The sentence that a text is, its blanks made single.

    Raises Problem("report.too_long" | "report.too_many", found, limit), Problem("report.unclosed", found, at),
    Problem("report.stray", found, at), Problem("report.too_deep", at, limit), Problem("report.condition_open"),
    Problem("report.unknown_condition", found, at, known) and those of a placeholder (`figure_field`), each with
    `at`: the character, counted from 1.
    """
    if len(text) > LONGEST:
        raise Problem("report.too_long", found=len(text), limit=LONGEST)
    reader = _Reader(text, vocabulary)
    sentence = reader.sentence(0)
    if len(reader.fields) > MOST_FIELDS:
        raise Problem("report.too_many", found=len(reader.fields), limit=MOST_FIELDS)
    return sentence


def fields_of(sentence: Sentence) -> Iterator[FigureField]:
    """Every figure that a sentence may need, those of conditions and of shares included."""
    for part in sentence:
        if isinstance(part, FigureField):
            yield part
        elif isinstance(part, Clause):
            if part.of:
                yield part.of
            yield from fields_of(part.then)
            yield from fields_of(part.otherwise)


@dataclass(slots=True)
class _Reader:
    text: str
    vocabulary: Vocabulary
    position: int = 0
    fields: list[FigureField] = field(default_factory=list)

    def sentence(self, depth: int, until: str = "") -> Sentence:
        """Parts up to one of the marks of `until`, or to the end of the text for the outermost."""
        parts: list[Part] = []
        while (mark := _MARKS.search(self.text, self.position)) is not None:
            parts.append(self.text[self.position : mark.start()])
            self.position = mark.end()
            if len(mark[0]) == 2:
                parts.append(mark[0][1])
            elif mark[0] in until:
                self.position = mark.start()
                return _joined(parts)
            else:
                parts.append(self.part(mark[0], mark.start(), depth))
        parts.append(self.text[self.position :])
        self.position = len(self.text)
        return _joined(parts)

    def part(self, mark: str, start: int, depth: int) -> Part:
        match mark:
            case "{":
                return self.placeholder(start)
            case "[" if depth >= DEEPEST:
                raise Problem("report.too_deep", at=start + 1, limit=DEEPEST)
            case "[":
                return self.clause(start, depth)
        raise Problem("report.stray", found=mark, at=start + 1)

    def placeholder(self, start: int) -> FigureField | NameField:
        end = self.text.find("}", self.position)
        if end < 0:
            raise Problem("report.unclosed", found="{", at=start + 1)
        inside, self.position = self.text[self.position : end], end + 1
        name = self.vocabulary.words.name_of(inside)
        if name:
            return NameField(name)
        return self.kept(figure_field(inside, self.vocabulary, at=start + 1))

    def kept(self, one: FigureField) -> FigureField:
        self.fields.append(one)
        return one

    def clause(self, start: int, depth: int) -> Clause:
        condition, of = self.condition(start)
        then: Sentence = self.sentence(depth + 1, "|]")
        otherwise: Sentence = ()
        if self.text[self.position : self.position + 1] == "|":
            self.position += 1
            otherwise = self.sentence(depth + 1, "]")
        if self.position >= len(self.text):
            raise Problem("report.unclosed", found="[", at=start + 1)
        self.position += 1
        return Clause(condition, of, then, otherwise)

    def condition(self, start: int) -> tuple[str, FigureField | None]:
        """The condition a clause opens with: "if up capital_new:FDI:". Without one its own figures have to be known."""
        words = self.vocabulary.words
        opening = re.compile(rf"\s*{re.escape(words.opening)}\s+", re.IGNORECASE).match(self.text, self.position)
        if opening is None:
            return "known", None
        found = re.compile(r"(?P<said>[^{}\[\]|]*?):(?=\s|$|\[|\{)").match(self.text, opening.end())
        if found is None:
            raise Problem("report.condition_open", found=words.opening, at=start + 1)
        self.position = found.end()
        while self.text[self.position : self.position + 1] == " ":
            self.position += 1
        condition, rest = words.condition_of(found["said"])
        if not condition:
            raise Problem(
                "report.unknown_condition",
                found=found["said"][:MOST_SHOWN],
                at=start + 1,
                known=words.conditions_shown(),
            )
        if not words.takes_figure(condition):
            return condition, None
        return condition, self.kept(figure_field(rest, self.vocabulary, at=start + 1))


def _joined(parts: list[Part]) -> Sentence:
    """Neighbouring texts made one; empty ones left out."""
    made: list[Part] = []
    for part in parts:
        if isinstance(part, str) and made and isinstance(made[-1], str):
            made[-1] += part
        elif part != "":
            made.append(part)
    return tuple(re.sub(r"\s+", " ", part) if isinstance(part, str) else part for part in made)


def figure_field(text: str, vocabulary: Vocabulary, *, at: int = 1) -> FigureField:
    """A placeholder of an indicator, without its braces: "capital_new:FDI; change".

    Raises Problem("report.unknown_name", found, at, near, known), "report.no_figure" (retired, or a comparison),
    "report.unknown_part" (found, at, known), "report.no_dimension" (found, indicator, at), "report.part_twice",
    "report.unknown_word" (found, at, known), "report.bad_round", "report.no_whole".
    """
    body, *asked = [piece.strip() for piece in text.split(";")]
    code, *parts = [piece.strip() for piece in body.split(":")]
    one = _indicator(code, vocabulary, at)
    made: dict[str, str] = {}
    for part in parts:
        dimension = _dimension(part, one, vocabulary, at)
        if dimension in made:
            raise Problem("report.part_twice", found=part, first=made[dimension], at=at)
        made[dimension] = part
    how, places, whole = "figure", None, None
    for word in asked:
        said, rest = vocabulary.words.written_of(word)
        if said == "round":
            places = _places(rest, word, at)
        elif said == "share":
            how, whole = "share", _whole(rest, vocabulary, at)
        elif said:
            how = said
        else:
            raise Problem("report.unknown_word", found=word[:MOST_SHOWN], at=at, known=vocabulary.words.written_shown())
    return FigureField(one.code, **made, how=how, places=places, of=whole)


def _indicator(code: str, vocabulary: Vocabulary, at: int) -> Indicator:
    one = vocabulary.indicators.get(code)
    if one is None:
        near = get_close_matches(code[:MOST_SHOWN], [*vocabulary.indicators, *vocabulary.words.names_shown()], n=3)
        known = ", ".join(vocabulary.words.names_shown()[:_NAMES_SHOWN])
        raise Problem("report.unknown_name", found=code[:MOST_SHOWN], at=at, near=", ".join(near), known=known)
    if one.comparison or one.retired:
        raise Problem("report.no_figure", found=code, at=at)
    return one


def _dimension(part: str, one: Indicator, vocabulary: Vocabulary, at: int) -> str:
    """Which field a part fills: a listed value by its dimension, a currency of money, a rarer breakdown."""
    dimension = "currency" if part in CURRENCIES else vocabulary.parts.get(part, "")
    if not dimension:
        known = [value for value, of in vocabulary.parts.items() if of in one.dimensions]
        known += CURRENCIES[:2] if one.is_money else ()
        raise Problem("report.unknown_part", found=part, at=at, indicator=one.code, known=", ".join(known) or "…")
    if (dimension == "currency" and not one.is_money) or (dimension in FILLED and dimension not in one.dimensions):
        raise Problem("report.no_dimension", found=part, at=at, indicator=one.code)
    return dimension


FILLED = ("ownership", "zone_kind")


def _places(rest: str, word: str, at: int) -> int:
    if not (rest.isascii() and rest.isdigit()) or int(rest) > MOST_PLACES:
        raise Problem("report.bad_round", found=word, at=at, limit=MOST_PLACES)
    return int(rest)


def _whole(rest: str, vocabulary: Vocabulary, at: int) -> FigureField:
    if not rest:
        raise Problem("report.no_whole", at=at)
    return figure_field(rest, vocabulary, at=at)
