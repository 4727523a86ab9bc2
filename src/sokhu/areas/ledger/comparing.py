"""A total beside what was before it: who moved it, and how much of it is there by its members' last known figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
    sought = [_Sought(total, _members(total, map_day)) for total in totals if _is_partial(total)]
    for back in (slice(0, 1), slice(1, 2), slice(2, None)):  # the period itself, the one before, all others
        questions = [question for one in sought for question in one.questions(back)]
        answers = answer_all(reach, questions, at=at, map_day=map_day) if questions else {}
        for one in sought:
            one.take(answers)
    return {one.total.question: weighed(one.members, one.told) for one in sought}


@dataclass
class _Sought:
    """A total whose members' last known figures are looked for.

    told: the answers found, those of its own period first, then the latest. asked: the questions put last, by period.
    """

    total: Answer
    members: tuple[str, ...]
    told: list[dict[str, Answer]] = field(default_factory=list)
    asked: list[dict[str, Question]] = field(default_factory=list)

    def questions(self, back: slice) -> Iterator[Question]:
        """Of these periods, counted back from its own, and of the members without an earlier figure so far."""
        earlier = self.told[1:]
        known = {place for answers in earlier for place, answer in answers.items() if answer.amount is not None}
        silent = [place for place in self.members if place not in known]
        own = self.total.question.period
        periods = [own, *earlier_periods(own)][back] if silent else []
        self.asked = [
            {place: replace(self.total.question, place=place, period=period) for place in silent} for period in periods
        ]
        yield from (question for by_place in self.asked for question in by_place.values())

    def take(self, answers: Mapping[Question, Answer]) -> None:
        self.told += [{place: answers[question] for place, question in by_place.items()} for by_place in self.asked]


def _is_partial(total: Answer) -> bool:
    """Whether members are missing in a sum over places; one converted is weighed in its own currencies only."""
    indicator = indicators()[total.question.indicator]
    return total.how == "places" and 0 < total.have < total.want and indicator.over_places == "sum"


def _members(total: Answer, map_day: date | None) -> tuple[str, ...]:
    question = total.question
    return expected_members(total, makeup_of(question.place, question.period, question.zone_kind, map_day).members)
