"""Explaining a difference: two totals asked with all their parts, and the observations between them looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of, rates
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.queries import EVERYBODY, Voice
from sokhu.areas.ledger.tables import currencies_asked
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.explain import Explanation, explained
from sokhu.core.measure import CURRENCIES
from sokhu.core.problems import Problem
from sokhu.core.rates import RateMode
from sokhu.core.table import TableQuestion, together


@dataclass(frozen=True, slots=True)
class SideAsked:
    """One of the two totals: a question, about one place or several that are added, and how it is to be answered.

    at, map_day, voice: as in `answers.facts_about`. into: the currency all is converted into, "" for each by itself;
    rate_day: at the rate of that day, else of the period's last.
    """

    question: Question
    places: tuple[str, ...]
    at: int | None = None
    map_day: date | None = None
    voice: Voice = EVERYBODY
    into: str = ""
    rate_day: date | None = None


def voice_of(stream: str, document: str) -> Voice:
    """ "report", "report:board/hai-phong", ":Báo Hải Phòng"; a document by its id; "" is everybody.

    Raises Problem("explain.unknown_stream", found, known) and Problem("explain.not_an_id", found).
    """
    kind, _, speaker = stream.partition(":")
    if kind and kind not in StreamKind.values:
        raise Problem("explain.unknown_stream", found=kind, known=", ".join(StreamKind.values))
    try:
        return Voice(kind, speaker, UUID(document) if document else None)
    except ValueError as wrong:
        raise Problem("explain.not_an_id", found=document) from wrong


def explanations(reach: Reach, left: SideAsked, right: SideAsked) -> list[Explanation]:
    """Why the right total is not the left one, for each currency in which either says anything; at least one.

    Raises Problem("catalogue.no_such_indicator", found), "explain.several_ratios" and what `explained` raises.
    """
    found = [_explanation(reach, left, right, currency) for currency in _currencies(left, right)]
    return [one for one in found if one.left.says_something or one.right.says_something] or found[:1]


def _explanation(reach: Reach, left: SideAsked, right: SideAsked, currency: str) -> Explanation:
    one, other = ([_answer(reach, side, place, currency) for place in side.places] for side in (left, right))
    return explained(one, other, indicators())


def _currencies(left: SideAsked, right: SideAsked) -> tuple[str, ...]:
    code = left.question.indicator
    if code not in indicators():
        raise Problem("catalogue.no_such_indicator", found=code)
    said = left.into or right.into or left.question.currency or right.question.currency
    if said or not indicators()[code].is_money:
        return (said,)
    asked = {*currencies_asked(left.at), *currencies_asked(right.at)}
    return tuple(one for one in CURRENCIES if one in asked)


def _answer(reach: Reach, side: SideAsked, place: str, currency: str) -> Answer:
    if indicators()[side.question.indicator].over_places != "sum" and len(side.places) > 1:
        raise Problem("explain.several_ratios", found=", ".join(side.places))
    question = replace(side.question, place=place)
    if not side.into:
        return _asked(reach, side, replace(question, currency=currency))
    answers = [_asked(reach, side, replace(question, currency=one)) for one in currencies_asked(side.at)]
    with pinned_catalogue(moment_of(side.at)):
        return together(answers, _conversion(side), rates())


def _asked(reach: Reach, side: SideAsked, question: Question) -> Answer:
    return answer(reach, question, at=side.at, map_day=side.map_day, voice=side.voice)


def _conversion(side: SideAsked) -> TableQuestion:
    one = side.question
    mode: RateMode = "fixed_date" if side.rate_day else "period_end"
    return TableQuestion(
        (one.indicator,), side.places, (one.period,), currency=side.into, rate_mode=mode, rate_day=side.rate_day
    )


def observations_of(reach: Reach, found: Iterable[Explanation]) -> dict[UUID, Observation]:
    """The observations that lines name, by id, with their documents and entries: one question to the database."""
    lines = [line for one in found for line in (*one.lines, *one.same)]
    facts = {side.fact.id for line in lines for side in (line.left, line.right) if side and side.fact}
    rows = queries.visible_observations(reach).filter(pk__in=facts).select_related("document", "batch", "stream")
    return {row.pk: row for row in rows}
