"""Proofreading: every figure of a text against the ledger, against each other, and every comparison recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of
from sokhu.areas.findings.statements import book_of, of_derived, of_figures, of_observations
from sokhu.areas.findings.wording import filled, in_words, subject, worded
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.answers import question_of
from sokhu.areas.ledger.cells import as_cell
from sokhu.areas.ledger.models import ProposedFigure
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import Reach, makeup_of
from sokhu.core.answer import Answer, Question
from sokhu.core.checks.against import Judged, judged
from sokhu.core.checks.finding import SEVERITIES, Finding, Severity, Term
from sokhu.core.checks.rates import is_borne_out
from sokhu.core.checks.run import findings, load_checks, most_telling
from sokhu.core.checks.sets import kinds_named
from sokhu.core.checks.statement import OF, Statement, Statements
from sokhu.core.period import Period, as_of, named
from sokhu.core.problems import Problem
from sokhu.kit.wording import lang
from sokhu.kit.wording import worded as problem_worded

YEARS_BACK = 6  # how much of a place's past a text is held against
STEPS = 4  # reading, checks, the ledger, wording
Progress = Callable[[int, int], None]  # steps done, of how many
DAYS_AFTER = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing said of a figure: as `sokhu check --json` prints it, and as the page shows it.

    code: confirmed | rounded | contradicted | otherwise | unknown, or that of a check. start, end: characters of the
    text. suggestion: what it should read, "" where that does not follow. url: of the figure in the ledger.
    """

    code: str
    severity: Severity
    start: int
    end: int
    quote: str
    message: str
    params: dict[str, str]
    suggestion: str = ""
    url: str = ""

    @property
    def is_worth_a_remark(self) -> bool:
        """Whether somebody has to read it: what agrees, or is not in the ledger, only counts."""
        return self.code not in ("confirmed", "rounded", "unknown")

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "message": self.message,
            "params": self.params,
            **({"suggestion": self.suggestion} if self.suggestion else {}),
            **({"url": self.url} if self.url else {}),
        }


@dataclass(frozen=True, slots=True)
class Proofread:
    """marks: in reading order, every figure in at least one. left_off: oddities beyond the most telling."""

    marks: tuple[Mark, ...]
    figures: int
    left_off: int


def no_progress(done: int, of: int) -> None:
    """For who waits without being told."""


def proofread(
    mine: Reach,
    text: str,
    figures: Sequence[ProposedFigure],
    *,
    stream: tuple[str, str],
    progress: Progress = no_progress,
) -> Proofread:
    """The marks of a text. figures: as read out of it, in order; stream: who says them (kind and speaker)."""
    with pinned_catalogue(moment_of()):
        drafted = list(of_figures(figures, text, stream))
        book = _beside_the_ledger(mine, drafted)
        found, left_off = _found(book)
        progress(2, STEPS)
        told = {one.about[0].start for one in found if one.severity != "note"}
        marks = [_mark_of_finding(one, text) for one in found]
        marks += [_mark_of(one) for one in _held_against_ledger(mine, book, drafted) if _adds(one, told)]
        progress(3, STEPS)
        marks += _unread(figures, {one.start for one in drafted})
        ordered = sorted(marks, key=lambda one: (one.start, SEVERITIES.index(one.severity)))
        return Proofread(tuple(ordered), len(figures), left_off)


def _beside_the_ledger(mine: Reach, drafted: list[Statement]) -> Statements:
    """A draft's figures with those of the ledger that they are held against."""
    if not drafted:
        return book_of(())
    places = {place for one in drafted for place in (one.cell.place, *makeup_of(one.cell.place, one.period).members)}
    return book_of([*drafted, *of_observations(_around(mine, drafted)), *of_derived(mine, places, drafted)])


def _found(book: Statements) -> tuple[list[Finding], int]:
    """What the checks say of the draft's figures."""
    found = findings(book, load_checks().checks)
    mine_alone = [_turned(one) for one in found if any(said.is_draft for said in one.about)]
    return most_telling((one for one in mine_alone if one.code != "streams_differ"), load_checks().checks)


def _turned(finding: Finding) -> Finding:
    """With a figure of the draft in front: that is where it is marked."""
    ordered = sorted(finding.about, key=lambda one: not one.is_draft)
    return finding if finding.about[0].is_draft else replace(finding, about=tuple(ordered), suggestion=None)


def _around(mine: Reach, drafted: Iterable[Statement]) -> Any:
    """What stands about the places of a draft and their members, in its years and some before."""
    days = [one.cell.last for one in drafted]
    first, last = min(days), max(days)
    places: set[str] = set()
    for place, period in {(one.cell.place, one.period) for one in drafted}:
        places |= {place, *makeup_of(place, period).members}
    standing = queries.standing(mine).filter(
        cell__place__in=places,
        cell__last__gte=date(first.year - YEARS_BACK, 1, 1),
        cell__last__lte=min(last, date.max - DAYS_AFTER) + DAYS_AFTER,
    )
    return standing.select_related("cell", "stream")


def _held_against_ledger(mine: Reach, book: Statements, drafted: Sequence[Statement]) -> list[Judged]:
    """Each figure beside the ledger's answer; a comparison that its two figures bear out needs none."""
    questions = {id(one): _questions(one) for one in drafted}
    answers = answer_all(mine, [question for many in questions.values() for question in many])
    return [
        Judged(one, "confirmed", "note")
        if is_borne_out(book, one)
        else judged(one, _first_known(questions[id(one)], answers))
        for one in drafted
    ]


def _questions(one: Statement) -> list[Question]:
    """The figure's own cell, of the kind of zones first that its words name.

    A count is also asked for in its month and in its year, where it was taken another day.
    """
    indicator = indicators()[one.cell.indicator]
    is_of = one.cell.other.startswith(OF) and not indicator.comparison
    own = question_of(replace(one.cell, other="" if is_of else one.cell.other))
    kinds = kinds_named(one) if "zone_kind" in indicator.dimensions and not own.zone_kind else []
    asked = [replace(own, zone_kind=kinds[0]), own] if len(kinds) == 1 else [own]
    if indicator.nature != "stock":
        return asked
    day = one.cell.last
    wider: list[Period] = [as_of(day), named(f"{day:%Y-%m}"), named(f"{day:%Y}")]
    return [replace(question, period=period) for question in asked for period in wider]


def _first_known(questions: Sequence[Question], answers: dict[Question, Answer]) -> Answer | None:
    known = (answers[question] for question in questions if answers[question].amount is not None)
    return next(known, None)


def _adds(one: Judged, told: set[int]) -> bool:
    """Whether a judgement says something beside what the checks told of the figure."""
    return one.verdict == "contradicted" or one.statement.start not in told


def _mark_of(one: Judged) -> Mark:
    answer = one.answer
    terms = {**(one.terms or {}), "source": _source(answer)}
    sentence = filled(load_checks().words[f"verdict_{one.verdict}"][lang()], terms, lang())
    said = one.statement
    return Mark(
        code=one.verdict,
        severity=one.severity,
        start=said.start,
        end=said.end,
        quote=said.quote,
        message=f"{subject(said.cell, lang())}: {sentence}",
        params=_params(terms),
        suggestion=in_words(one.suggestion, lang()) if one.suggestion else "",
        url=shown.of_answer(answer).url if answer else "",
    )


def _mark_of_finding(one: Finding, text: str) -> Mark:
    said = one.about[0]
    return Mark(
        code=one.code,
        severity=one.severity,
        start=said.start,
        end=said.end,
        quote=text[said.start : said.end],
        message=worded(one, lang()),
        params=_params(one.terms),
        suggestion=in_words(one.suggestion, lang()) if one.suggestion else "",
    )


def _unread(figures: Sequence[ProposedFigure], known: set[int]) -> list[Mark]:
    """Figures that have no cell: nothing can be said of them, and why."""
    marks = []
    for figure in figures:
        if figure.start in known:
            continue
        try:
            as_cell(figure)
        except Problem as problem:
            why = problem_worded(problem, lang())
            marks.append(Mark("unknown", "note", figure.start, figure.end, figure.quote, why, {}))
    return marks


def _params(terms: Any) -> dict[str, str]:
    return {name: in_words(term, lang()) for name, term in terms.items() if term.kind != "words"}


def _source(answer: Answer | None) -> Term:
    if answer is None or answer.amount is None:
        return Term("text", "")
    return Term("text", shown.speaker_words(answer.facts[0].stream[1]) if answer.facts else shown.how_words(answer))
