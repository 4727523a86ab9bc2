"""Asking for a table: the one way in which pages, reports, the API and the command line get totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sokhu import __version__
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import catalogue_digest, indicators, moment_of, rates
from sokhu.areas.ledger.answers import facts_about, with_members
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.table import Stamp, Table, TableQuestion, questions_of, table_of
from sokhu.kit.sealing.queries import head


def ask(reach: Reach, asked: TableQuestion) -> Table:
    """The table, as its reader may see it. Raises Problem("catalogue.no_such_indicator", found)."""
    sequence = head()[0] if asked.at is None else asked.at
    with pinned_catalogue(moment_of(asked.at)):
        known = indicators()
        answers = answer_all(reach, questions_of(asked, known), at=asked.at, map_day=asked.map_day)
        stamp = Stamp(sequence, catalogue_digest(), __version__)
        return table_of(asked, answers, stamp, indicators=known, rates=rates())


def answer_all(
    reach: Reach, questions: Iterable[Question], *, at: int | None = None, map_day: date | None = None
) -> dict[Question, Answer]:
    """The answers to many questions."""
    by_period: dict[tuple[date, date], list[Question]] = defaultdict(list)
    for question in questions:
        by_period[question.period.first, question.period.last].append(question)
    answers: dict[Question, Answer] = {}
    for (first, last), asked in by_period.items():
        places = set().union(*(with_members(question.place, question, map_day) for question in asked))
        facts = facts_about(reach, places, first, last, at=at, map_day=map_day)
        answers |= {question: facts.answer(question) for question in asked}
    return answers
