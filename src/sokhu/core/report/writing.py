"""Sentences into runs of text: each figure knows the answers it rests on, and what could not be written is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sokhu.core.answer import Question
from sokhu.core.report.grammar import Clause, FigureField, NameField, Sentence
from sokhu.core.report.saying import Speaker

END_MARKS = (".", ":", "!", "?")
MAIN = ("figure", "number", "day", "last_year")  # placeholders whose absence is an absence of the figure itself


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a written sentence. rests: the questions its figure answers; none for plain text."""

    text: str
    rests: tuple[Question, ...] = ()
    is_known: bool = True


@dataclass(slots=True)
class Written:
    """runs: the sentence. unknown: placeholders without a figure, written as such or left out with their clause."""

    runs: list[Run] = field(default_factory=list)
    unknown: list[FigureField] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def has_words(self) -> bool:
        """Whether anything but marks between clauses is left."""
        return any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True, slots=True)
class Writer:
    """names: what the report's own placeholders say. place_kind: "block", "country" or "local", for conditions."""

    speaker: Speaker
    names: Mapping[str, str]
    place_kind: str

    def written(self, sentence: Sentence) -> Written:
        """The sentence in words, beginning with a capital; empty where no clause of it could be written."""
        found = Written()
        self._write(sentence, found)
        if not found.has_words:
            return Written(unknown=found.unknown)
        found.runs = _tidied(found.runs)
        return found

    def _write(self, sentence: Sentence, found: Written) -> None:
        for part in sentence:
            if isinstance(part, str):
                found.runs.append(Run(part))
            elif isinstance(part, NameField):
                found.runs.append(Run(self.names[part.name]))
            elif isinstance(part, FigureField):
                self._say(part, found)
            else:
                self._write(self._chosen(part, found), found)

    def _say(self, part: FigureField, found: Written) -> None:
        said = self.speaker.said(part)
        found.runs.append(Run(said.text, said.rests, said.is_known))
        if not said.is_known:
            found.unknown.append(part)

    def _chosen(self, clause: Clause, found: Written) -> Sentence:
        missing = [one for one in self._asked(clause) if not self.speaker.said(one).is_known]
        found.unknown += missing if clause.condition != "missing" else []
        return clause.then if self._holds(clause, bool(missing)) else clause.otherwise

    def _asked(self, clause: Clause) -> Iterable[FigureField]:
        """The figures that a clause depends on: the one it names, else its own, those of clauses within it excepted."""
        if clause.of is not None:
            return (clause.of,)
        if clause.condition != "known":
            return ()
        return (part for part in clause.then if isinstance(part, FigureField))

    def _holds(self, clause: Clause, is_missing: bool) -> bool:
        match clause.condition:
            case "known":
                return not is_missing
            case "missing":
                return is_missing
            case "up" | "down":
                assert clause.of is not None
                return self.speaker.grew(clause.of) == (1 if clause.condition == "up" else -1)
        return clause.condition == self.place_kind

    def missing_words(self, unknown: Iterable[FigureField], *, is_empty: bool) -> str:
        """The sentence that closes a section: what it asked for and nobody has said; "" where nothing is missing."""
        names = self.speaker.listed(one for one in unknown if one.how in MAIN)
        if not names:
            return ""
        key = "section_empty" if is_empty else "section_missing"
        return self.speaker.words.say(key, names="; ".join(names), period=self.names["period"])


def _tidied(runs: list[Run]) -> list[Run]:
    """What leaving clauses out spoils: double blanks, a blank before a mark, a small letter at the beginning."""
    made: list[Run] = []
    for run in runs:
        text = run.text
        before = made[-1].text if made else " "
        if before.endswith((" ", "(")):
            text = text.lstrip()
        if made and text[:1] in ",.;:)" and before.endswith(" ") and not made[-1].rests:
            made[-1] = Run(before.rstrip(), made[-1].rests, made[-1].is_known)
        if text:
            made.append(Run(text, run.rests, run.is_known))
    return _capital(_ended(made))


def _ended(runs: list[Run]) -> list[Run]:
    """Without a blank, a comma or a semicolon left at the end; with a full stop where there is no mark."""
    while runs and not runs[-1].rests and not runs[-1].text.rstrip(" ,;"):
        runs = runs[:-1]
    last = runs[-1]
    text = last.text if last.rests else last.text.rstrip(" ,;")
    return [*runs[:-1], Run(text, last.rests, last.is_known), *([] if text.endswith(END_MARKS) else [Run(".")])]


def _capital(runs: list[Run]) -> list[Run]:
    """The first letter of the paragraph, and one after a full stop that ended a clause, large."""
    made: list[Run] = []
    starts = True
    for run in runs:
        text = run.text
        place = next((index for index, letter in enumerate(text) if letter.isalnum()), None)
        if starts and place is not None and run.is_known:
            text = text[:place] + text[place].upper() + text[place + 1 :]
        if text.strip():
            starts = text.rstrip().endswith(".") and not run.rests
        made.append(Run(text, run.rests, run.is_known))
    return made
