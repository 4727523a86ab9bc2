"""A total beside what was before it: who moved it, and how much of it is there by its members' last known figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import Reach, makeup_of
from sokhu.core.answer import Answer, Question
from sokhu.core.contribution import Contribution, contribution
from sokhu.core.coverage import Weighed, earlier_periods, expected_members, weighed
from sokhu.core.table import last_year_of


def contribution_since_last_year(
    reach: Reach, total: Answer, *, at: int | None = None, map_day: date | None = None
) -> Contribution | None:
    """Who moved a total over places since the same period last year; None where nothing is known of that, or added.

    total: with its parts. Members are those of the total's own period, in both years.
    """
    before, indicator = last_year_of(total.question), indicators()[total.question.indicator]
    if before is None or total.how != "places" or indicator.over_places != "sum":
        return None
    now = {place: Answer(replace(total.question, place=place), "missing") for place in _members(total, map_day)}
    now |= {part.question.place: part for part in total.parts}
    asked = {place: replace(part.question, period=before.period) for place, part in now.items()}
    answers = answer_all(reach, [before, *asked.values()], at=at, map_day=map_day)
    members_before = {place: answers[question] for place, question in asked.items()}
    if all(answer.amount is None for answer in members_before.values()):
        return None
    return contribution(now, members_before, whole=(total, answers[before]), better=indicator.better)


def weights(
    reach: Reach, totals: Iterable[Answer], *, at: int | None = None, map_day: date | None = None
) -> dict[Question, Weighed]:
    """The weight of each total over places that has missing members, by its question."""
    partial = [total for total in totals if _is_partial(total)]
    asked = [(total, _earlier_of_members(total, map_day)) for total in partial]
    questions = [question for _, years in asked for year in years for question in year.values()]
    answers = answer_all(reach, questions, at=at, map_day=map_day)
    return {
        total.question: weighed(
            total,
            _members(total, map_day),
            [{place: answers[question] for place, question in year.items()} for year in years],
        )
        for total, years in asked
    }


def _earlier_of_members(total: Answer, map_day: date | None) -> list[dict[str, Question]]:
    """The members' questions for each earlier period, the latest first."""
    members = _members(total, map_day)
    return [
        {place: replace(total.question, place=place, period=period) for place in members}
        for period in earlier_periods(total.question.period)
    ]


def _is_partial(total: Answer) -> bool:
    """Whether members are missing in a sum over places; one converted is weighed in its own currencies only."""
    indicator = indicators()[total.question.indicator]
    return total.how == "places" and 0 < total.have < total.want and indicator.over_places == "sum"


def _members(total: Answer, map_day: date | None) -> tuple[str, ...]:
    question = total.question
    return expected_members(total, makeup_of(question.place, question.period, question.zone_kind, map_day).members)
