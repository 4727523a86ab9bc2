"""Asking the ledger: the observations of some places and days in one question to the database, answers from memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import cast

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import dimensions, indicators, moment_of
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.derived import derived_facts
from sokhu.areas.ledger.models import Cell, Observation
from sokhu.areas.ledger.queries import EVERYBODY, Voice
from sokhu.areas.ledger.small_cells import without_small
from sokhu.areas.ledger.standing import said_facts
from sokhu.areas.territory.queries import Reach, all_within_of, makeup_of
from sokhu.core.answer import Answer, Facts, Question
from sokhu.core.cell import CellKey
from sokhu.core.fact import STOCK_GRACE, Fact
from sokhu.core.indicator import Indicator, needs_of
from sokhu.core.period import cut, named
from sokhu.core.rollup import Maturity


def key_of(cell: Cell) -> CellKey:
    return CellKey(
        indicator=cell.indicator,
        place=cell.place,
        period=cell.period,
        first=cell.first,
        last=cell.last,
        regime=cell.regime,
        kind=cell.kind,
        ownership=cell.ownership,
        country=cell.country,
        sector=cell.sector,
        zone_kind=cell.zone_kind,
        currency=cell.currency,
        other=cell.other,
    )


def fact_of(one: Observation) -> Fact:
    return Fact(
        id=one.pk,
        cell=key_of(one.cell),
        amount=one.amount,
        emptiness=one.emptiness,
        maturity=cast(Maturity, one.maturity),
        approx=one.approx,
        stream=(one.stream.kind, one.stream.speaker),
        sequence=one.batch_id,
    )


def facts_about(
    reach: Reach,
    places: Iterable[str],
    first: date,
    last: date,
    *,
    at: int | None = None,
    map_day: date | None = None,
    voice: Voice = EVERYBODY,
    asked: Collection[Question] = (),
) -> Facts:
    """What stands about these places in cells that end within the days (and the weeks after), one database query.

    at: as known right after that batch; None: now. map_day: on the map of that day; None: of each figure's own day.
    voice: of its figures only. asked: the very questions, where no other will be asked.
    """
    needed = {code for one in asked for code in (one.indicator, *needs_of(one.indicator, indicators(at)))}
    windows = {(one.period.first, one.period.last) for one in asked}
    facts = Facts(indicators(at), dimensions(at).precedence_on, partial(makeup_of, map_day=map_day))
    standing = standing_facts(
        reach, places, first, last, at=at, voice=voice, indicators=needed, asked=windows,
        broken_down={(one.country, one.sector) for one in asked},
    )  # fmt: skip
    return facts.add(standing)


def standing_facts(
    reach: Reach,
    places: Iterable[str],
    first: date,
    last: date,
    *,
    at: int | None = None,
    voice: Voice = EVERYBODY,
    indicators: Iterable[str] = (),
    asked: Iterable[tuple[date, date]] = (),
    broken_down: Iterable[tuple[str, str]] = (),
) -> Iterator[Fact]:
    """What stands, as facts; see `facts_about`. indicators: only of these; none for all.

    Said figures, and those that follow from registers (`derived`). asked: the windows that will be asked about, first
    and last day, where there will be no others. broken_down: countries and sectors by which registers' are asked for.
    """
    where, codes = set(places), set(indicators)
    days = first, last + STOCK_GRACE
    asking = (reach, where, days, codes, at)
    said = said_facts(*asking) if voice == EVERYBODY else _said_by(voice, *asking)
    registered = derived_facts(
        reach, where, first, last, at=at, indicators=codes, voice=voice, asked=asked, broken_down=broken_down
    )
    return chain(said, registered)


def _said_by(
    voice: Voice, reach: Reach, places: set[str], days: tuple[date, date], indicators: set[str], at: int | None
) -> Iterator[Fact]:
    """What one voice says."""
    told = queries.standing(reach, at, voice).filter(cell__place__in=places, cell__last__range=days)
    if indicators:
        told = told.filter(cell__indicator__in=indicators)
    return map(fact_of, told.select_related("cell", "stream"))


def with_members(place: str, question: Question, map_day: date | None = None) -> set[str]:
    """The place and everything it is made of in the period or a part of it, down to the last zone."""
    days = {period.last for period in (question.period, *cut(question.period))}
    return all_within_of(place, days, question.zone_kind, map_day)


def answer(
    reach: Reach,
    question: Question,
    *,
    at: int | None = None,
    map_day: date | None = None,
    voice: Voice = EVERYBODY,
) -> Answer:
    """The answer to one question, with everything it could be made of looked up.

    at: as known right after that batch, places and their members included; None: now. map_day, voice: as in
    `facts_about`.
    """
    return answers(reach, question, [question], at=at, map_day=map_day, voice=voice)[question]


def answers(
    reach: Reach,
    about: Question,
    asked: Collection[Question],
    *,
    at: int | None = None,
    map_day: date | None = None,
    voice: Voice = EVERYBODY,
) -> dict[Question, Answer]:
    """The answers to several questions of one place and period, looked up together. about: that place and period."""
    with pinned_catalogue(moment_of(at)):
        places = with_members(about.place, about, map_day)
        days = about.period.first, about.period.last
        facts = facts_about(reach, places, *days, at=at, map_day=map_day, voice=voice, asked=asked)
        return without_small(reach, {one: facts.answer(one) for one in asked}, at)


def question_of(cell: CellKey) -> Question:
    return Question(
        indicator=cell.indicator,
        place=cell.place,
        period=named(cell.period, regime=cell.regime),
        ownership=cell.ownership,
        zone_kind=cell.zone_kind,
        country=cell.country,
        other=cell.other,
        kind=cell.kind,
        currency=cell.currency,
        sector=cell.sector,
    )


def wholes_of(cell: CellKey, groups: Iterable[str]) -> list[Question]:
    """The totals that a figure goes into: indicators calculated from it, both ownerships together, wider places."""
    own = question_of(cell)
    made: list[Indicator] = [one for one in indicators().values() if cell.indicator in one.needs]
    questions = [replace(own, indicator=one.code, currency=own.currency if one.unit == "money" else "") for one in made]
    if cell.ownership:
        questions.append(replace(own, ownership=""))
    if indicators()[cell.indicator].over_places == "sum":
        questions += [replace(own, place=group) for group in groups]
    return questions
