"""Asking for a table: the one way in which pages, reports, the API and the command line get totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, partial

from sokhu import __version__
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import catalogue_digest, dimensions, indicators, moment_of, rates
from sokhu.areas.ledger.answers import answers, facts_about, standing_facts, with_members
from sokhu.areas.ledger.copies import currencies_said, drop_broken, newest_copy, tail_since
from sokhu.areas.ledger.derived import registers_at
from sokhu.areas.ledger.small_cells import without_small
from sokhu.areas.territory.queries import Reach, makeup_of
from sokhu.core.answer import Answer, Question
from sokhu.core.indicator import Indicator, needs_of
from sokhu.core.table import Stamp, Table, TableQuestion, questions_of, table_of
from sokhu.engine.fresh import FreshFacts, Needed
from sokhu.engine.store import PUBLIC_OWNER, SEVERAL_OWNERS, BrokenCopy, Copy
from sokhu.kit.sealing.queries import head

SOURCES_SHOWN = 3000  # said figures of one answer whose sources are looked up with them


def ask(reach: Reach, asked: TableQuestion) -> Table:
    """The table, as its reader may see it. Raises Problem("catalogue.no_such_indicator", found)."""
    until = _until(asked.at)
    with pinned_catalogue(moment_of(asked.at)):
        known, copy = indicators(), newest_copy(asked.at)
        currencies = currencies_said(copy, until)
        questions = questions_of(asked, known, currencies)
        answers = without_small(reach, _answer_all(reach, questions, (asked.at, until), asked.map_day, copy), asked.at)
        stamp = Stamp(until, catalogue_digest(), __version__)
        return table_of(asked, answers, stamp, indicators=known, rates=rates(), currencies=currencies)


def currencies_asked(at: int | None = None) -> tuple[str, ...]:
    """In which currencies money is asked for: those in which anything was said by a moment."""
    return currencies_said(newest_copy(at), _until(at))


def _until(at: int | None) -> int:
    """The last batch that is known at a moment."""
    return head()[0] if at is None else at


def answer_all(
    reach: Reach, questions: Iterable[Question], *, at: int | None = None, map_day: date | None = None
) -> dict[Question, Answer]:
    """The answers to many questions, from the newest copy and what came after it; without one, from the ledger."""
    with pinned_catalogue(moment_of(at)):
        copy = newest_copy(at)
        until = _until(at) if copy else 0  # what came after a copy is asked for only where there is one
        found = _answer_all(reach, list(dict.fromkeys(questions)), (at, until), map_day, copy)
        return without_small(reach, found, at)


def answers_in_parts(
    reach: Reach, asked: list[Question], *, at: int | None = None, map_day: date | None = None
) -> dict[Question, Answer]:
    """The answers to several questions of one place and period, each with the parts that it is made of.

    The parts are the newest copy's where they can be, and then have no parts themselves.
    """
    with pinned_catalogue(moment_of(at)):
        copy = newest_copy(at)
        if copy is None:
            return answers(reach, asked[0], asked, at=at, map_day=map_day)
        found = _answer_all(reach, asked, (at, _until(at)), map_day, copy, taken_apart=frozenset(asked))
        return without_small(reach, found, at)


def _answer_all(
    reach: Reach,
    asked: list[Question],
    moment: tuple[int | None, int],
    map_day: date | None,
    copy: Copy | None,
    taken_apart: frozenset[Question] = frozenset(),
) -> dict[Question, Answer]:
    """moment: as asked for (None: now), and the last batch known then. taken_apart: not to be the copy's as a whole."""
    at, until = moment
    known = indicators(at)
    if copy is None or not asked:
        return _from_the_ledger(reach, asked, at, map_day)
    tail = tail_since(copy, until)

    registers = _registered(asked, at, known)

    may_see, sees_nothing = _eyes(reach, copy, known)

    @cache
    def hidden(question: Question) -> bool:
        return sees_nothing(question) and not tail.touches(question)

    @cache  # each question is met three times on its way
    def held(question: Question) -> bool:
        return (
            question not in taken_apart
            and copy.totals.holds(question)
            and may_see(question)
            and not tail.touches(question)
            and not _is_broken_down(question, registers, known)
        )

    windows = {(one.period.first, one.period.last) for one in asked}
    days = min(first for first, _last in windows), max(last for _first, last in windows)
    facts = FreshFacts(
        known, dimensions(at).precedence_on, partial(makeup_of, map_day=map_day), held=held, hidden=hidden
    )
    try:
        spoken = _look_up(facts, asked, copy, map_day, taken_apart)
    except BrokenCopy:
        drop_broken(copy)
        return _answer_all(reach, asked, moment, map_day, newest_copy(at), taken_apart)
    if facts.places:
        broken_down = {(one.country, one.sector) for one in asked}
        standing = standing_facts(
            reach, facts.places, *days, at=at, indicators=spoken, asked=windows, broken_down=broken_down
        )
        facts.add(standing)
    return {question: facts.answer(question) for question in asked}


def _registered(asked: Iterable[Question], at: int | None, known: Mapping[str, Indicator]) -> frozenset[str]:
    """The indicators that registers move, where anything is asked for by country or sector."""
    if not any(one.country or one.sector for one in asked):
        return frozenset()
    registers = registers_at(at)
    return frozenset(registers.indicators) if registers else frozenset()


def _is_broken_down(question: Question, registers: frozenset[str], known: Mapping[str, Indicator]) -> bool:
    """Whether a copy cannot know it: it holds derived figures of the whole only, not by country and sector."""
    if not (question.country or question.sector):
        return False
    return not registers.isdisjoint((question.indicator, *needs_of(question.indicator, known)))


def _look_up(
    facts: FreshFacts, asked: list[Question], copy: Copy, map_day: date | None, taken_apart: frozenset[Question]
) -> set[str]:
    """Brings in the totals of the copy, and says whose own observations are needed as well, of which indicators."""
    held, looked_up = facts.held, set[Question]()

    def bring_in(totals: set[Question]) -> None:
        facts.totals = {**facts.totals, **copy.totals.of(totals - looked_up)}
        looked_up.update(totals)

    def partial(totals: Iterable[Question]) -> list[Question]:
        return [one for one in totals if one in facts.totals and facts.totals[one].answer.missing]

    bring_in({one for one in asked if held(one) and not facts.hidden(one)})
    worded = {one for one, total in facts.totals.items() if total.needs_words}
    own_map = {one for one in asked if map_day is not None and not facts.makeup(one).says_itself}
    facts.held = lambda one: held(one) and one not in worded and one not in own_map
    needed = Needed(facts)
    needed.add(asked)
    needed.add_members(partial(asked))
    bring_in(needed.totals)
    parts = {part for one in taken_apart for part in needed.behind(one) if part in facts.totals}
    unclear = {one for one in parts if facts.totals[one].needs_words}
    worded |= unclear
    needed.add_anew(unclear)
    needed.add_members(partial(parts))
    bring_in(needed.totals)
    said = {one for one in (*asked, *parts) if one in facts.totals and facts.totals[one].answer.how == "said"}
    for one in said if len(said) <= SOURCES_SHOWN else ():
        needed.add_said(one)
    facts.places = frozenset(needed.places)
    return needed.indicators


_Sees = Callable[[Question], bool]


def _eyes(reach: Reach, copy: Copy, known: Mapping[str, Indicator]) -> tuple[_Sees, _Sees]:
    """Whether a reader may see every figure that a total of the copy can rest on; whether none of those there are."""
    if reach.sees_all or reach.is_system:
        return lambda _question: True, lambda _question: False
    readable = reach.covered("read", "accepted_figure").owners | reach.own | reach.block
    all_of, any_of = reach.own | reach.block | {PUBLIC_OWNER}, readable | {PUBLIC_OWNER, SEVERAL_OWNERS}

    @cache
    def owners(place: str, indicator: str) -> frozenset[str]:
        codes = (indicator, *needs_of(indicator, known))
        return frozenset(copy.audience[place, code] for code in codes if (place, code) in copy.audience)

    def may_see(question: Question) -> bool:
        return owners(question.place, question.indicator) <= all_of

    def sees_nothing(question: Question) -> bool:
        found = owners(question.place, question.indicator)
        return bool(found) and found.isdisjoint(any_of)

    return may_see, sees_nothing


def _from_the_ledger(
    reach: Reach, questions: Iterable[Question], at: int | None, map_day: date | None
) -> dict[Question, Answer]:
    """The answers without a copy: right, and as slow as the books are long."""
    by_period: dict[tuple[date, date], list[Question]] = defaultdict(list)
    for question in questions:
        by_period[question.period.first, question.period.last].append(question)
    answers: dict[Question, Answer] = {}
    for (first, last), asked in by_period.items():
        places = set().union(*(with_members(question.place, question, map_day) for question in asked))
        facts = facts_about(reach, places, first, last, at=at, map_day=map_day, asked=asked)
        answers |= {question: facts.answer(question) for question in asked}
    return answers
