"""Answers from the observations that stand: what was said, or what follows from it by the indicator's own rules.

What a place said of itself answers: of the whole, over time (the quarters of a year), as FDI and DDI. Otherwise it is
made, in this order: over places (the members of a block), by its formula (new + added), of both ownerships, over the
maps of a year in which provinces merged. Whatever is missing is named, and nothing is estimated. Where it was only said
that the figure is awaited, what can be made answers.
The rules: design promises 3, 4 and 6; docs/answers.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Literal

from sokhu.core import rollup
from sokhu.core.cell import AWAITED, CellKey
from sokhu.core.fact import Fact, Told, fitting
from sokhu.core.indicator import Indicator, needs_of
from sokhu.core.makeup import Makeup
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import Period, cut
from sokhu.core.problems import Problem
from sokhu.core.rollup import Maturity, Part, Total

How = Literal["said", "formula", "ratio", "breakdown", "places", "time", "currencies", "missing"]
OWNERSHIPS = ("FDI", "DDI")


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator, place and period; dimensions as in a cell, "" being the whole."""

    indicator: str
    place: str
    period: Period
    ownership: str = ""
    zone_kind: str = ""
    country: str = ""
    other: str = ""
    kind: str = "result"
    currency: str = ""
    sector: str = ""
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Worked out once: a table looks each of its questions up a score of times."""
        if not self._hash:
            key = (*_key(self), self.currency, self.period)
            object.__setattr__(self, "_hash", hash(key))
        return self._hash


@dataclass(frozen=True, slots=True)
class Answer:
    """amount: scaled, None when there is none. facts: what was said, the answering one first, other streams after it.

    parts: what it was made from; missing: places, periods or codes whose figure is not there; caveats: coded.
    reasons: (place, emptiness) of the members that said why they have none; one it does not apply to is not missing.
    first, last: the days that were counted over, which need not be those of the period asked for; None for no amount.
    have, want: of a total over places, how many members are in it and how many make up the place; 0 for the others.
    """

    question: Question
    how: How
    amount: int | None = None
    currency: str = ""
    maturity: Maturity = "final"
    approx: bool = False
    emptiness: str = ""
    facts: tuple[Fact, ...] = ()
    parts: tuple[Answer, ...] = ()
    missing: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    caveats: tuple[Problem, ...] = ()
    first: date | None = None
    last: date | None = None
    have: int = 0
    want: int = 0

    @property
    def is_awaited(self) -> bool:
        return self.emptiness in AWAITED

    @property
    def is_complete(self) -> bool:
        return self.amount is not None and not self.missing


Members = Callable[[str, Period, str], Makeup]  # place, period, kind of zone ("" for all)
_Key = tuple[str, str, str, str, str, str, str, str]


@dataclass(slots=True)
class Facts:
    """Observations that stand, ready to be asked.

    precedence: of a day, stream kinds, the one that answers first in front. members: what makes up a place in a period.
    """

    indicators: Mapping[str, Indicator]
    precedence: Callable[[date], Sequence[str]]
    members: Members
    _by_key: dict[_Key, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    _by_currency: dict[tuple[_Key, str], list[Fact]] = field(default_factory=lambda: defaultdict(list))
    _answers: dict[Question, Answer] = field(default_factory=dict)  # a page asks for the same part many times
    _makeups: dict[tuple[str, Period, str], Makeup] = field(default_factory=dict)
    _speaking: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # places by indicator
    _given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # the same, of what somebody said
    _silent: dict[tuple[str, str, Period, str], bool] = field(default_factory=dict)

    def add(self, facts: Iterable[Fact]) -> Facts:
        self._answers.clear()
        self._silent.clear()
        for fact in facts:
            key = _key(fact.cell)
            self._by_key[key].append(fact)
            self._by_currency[key, fact.cell.currency].append(fact)
            self._speaking[fact.cell.indicator].add(fact.cell.place)
            if not fact.is_derived:
                self._given[fact.cell.indicator].add(fact.cell.place)
        return self

    def standing_at(self, place: str, period: Period) -> list[Fact]:
        """Every observation about a place that answers for the period or ends within it, in no order.

        Derived figures only answer: there are some of every month, and of every day that is asked for.
        """
        asked = [_question_of(key, period) for key in self._by_key if key[1] == place]
        answering = [fact for question in asked for fact, _caveat in self._fitting(question)]
        known = {fact.id for fact in answering}
        within = [
            fact
            for key, facts in self._by_key.items()
            if key[1] == place
            for fact in facts
            if period.first <= fact.cell.last <= period.last and fact.id not in known and not fact.is_derived
        ]
        return answering + within

    def answer(self, question: Question) -> Answer:
        """The answer to a question; how="missing" when nothing is known of it."""
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _answer(self, question: Question) -> Answer:
        answer = self._by_rules(question)
        if answer.how == "missing" and question.zone_kind and self.makeup(question).is_of_kind:
            return replace(self.answer(replace(question, zone_kind="")), question=question)
        return answer

    def _by_rules(self, question: Question) -> Answer:
        if self._is_silent(question.indicator, question.place, question.period, question.zone_kind):
            return self._nobody(question)
        own = self._own(question)
        if own.how != "missing" and not own.is_awaited:
            return self._beside_its_parts(own)
        made = []
        for way in (self.by_places, self.by_formula, self.by_ownership, self.by_maps):
            made.append(way(question))
            if made[-1].is_complete:
                return made[-1]
        partial = next((one for one in made if one.amount is not None), None)
        if own.is_awaited:
            return partial or own
        refused = next((one for one in (own, *made) if one.caveats), None)
        return partial or refused or next((one for one in made if one.missing), own)

    def _is_silent(self, code: str, place: str, period: Period, zone_kind: str) -> bool:
        """Whether nobody said anything that an answer could be made of: most places of a country about most things."""
        key = (code, place, period, zone_kind)
        if key not in self._silent:
            self._silent[key] = self._says_nothing(*key)
        return self._silent[key]

    def _says_nothing(self, code: str, place: str, period: Period, zone_kind: str) -> bool:
        if any(place in self._speaking.get(one, ()) for one in (code, *needs_of(code, self.indicators))):
            return False
        if zone_kind and self._makeup_of(place, period, zone_kind).is_of_kind:  # answers with its own whole
            return self._is_silent(code, place, period, "")
        periods = (period, *cut(period))
        made = {self._makeup_of(place, period, zone_kind).members: period for period in periods}
        return all(
            self._is_silent(code, member, period, zone_kind) for members, period in made.items() for member in members
        )

    def _nobody(self, question: Question) -> Answer:
        """No answer, and whose figures it would take."""
        makeup = self.makeup(question)
        # The total it was said to have is that of other members, so without theirs there is nothing to restate.
        needed = None if makeup.says_itself else Problem("answer.members_needed", count=len(makeup.members))
        refused = makeup.refusal or needed
        caveats = (refused,) if refused else ()
        return Answer(question, "missing", missing=makeup.members, caveats=caveats, want=len(makeup.members))

    def makeup(self, question: Question) -> Makeup:
        return self._makeup_of(question.place, question.period, question.zone_kind)

    def _makeup_of(self, place: str, period: Period, zone_kind: str) -> Makeup:
        key = (place, period, zone_kind)
        if key not in self._makeups:
            self._makeups[key] = self.members(*key)
        return self._makeups[key]

    def _own(self, question: Question) -> Answer:
        """What the place said of itself: of the whole, of shorter periods, of FDI and DDI."""
        is_spoken_of = question.place in self._speaking.get(question.indicator, ())
        if not is_spoken_of or not self.makeup(question).says_itself:
            return Answer(question, "missing")
        spoken = self._spoken(question)
        if spoken.how != "missing" and not spoken.is_awaited:
            return spoken
        both = self.by_breakdown(question)
        return both if both.how != "missing" or (both.caveats and not spoken.is_awaited) else spoken

    def _spoken(self, question: Question) -> Answer:
        said = self.said(question)
        if said.how == "said" and not said.is_awaited:
            return said
        over_time = self.by_time(question)
        return said if said.is_awaited and not over_time.is_complete else over_time

    def _beside_its_parts(self, whole: Answer) -> Answer:
        """A whole that was said answers; where its parts were said too and add up to something else, it says so."""
        indicator = self.indicators.get(whole.question.indicator)
        is_ratio = (
            indicator is not None and indicator.nature == "ratio"
        )  # said rounded, made exactly: they always differ
        if whole.how != "said" or whole.amount is None or whole.approx or is_ratio:
            return whole
        others = {"answer.periods_differ": self.by_time, "answer.places_differ": self.by_places}
        ways = {
            "answer.parts_differ": self.by_breakdown,
            **({} if self._is_of_register(whole) else others),
        }
        gaps = [_gap(whole, way(whole.question), code) for code, way in ways.items()]
        return replace(whole, caveats=(*whole.caveats, *(gap for gap in gaps if gap)))

    def _is_of_register(self, whole: Answer) -> bool:
        """Whether a register tells the whole and nobody else says anything of it: its months come to the same."""
        asked = whole.question
        return whole.facts[0].is_derived and asked.place not in self._given.get(asked.indicator, ())

    def said(self, question: Question) -> Answer:
        """What was said of this very cell, by the precedence of streams; the later batch first within a stream kind.

        A figure that is awaited by one stream and said by another answers, and is no difference.
        """
        fitting = self._fitting(question)
        if not fitting:
            return Answer(question, "missing")
        fitting.sort(key=self._order)
        first, caveat = fitting[0]
        others = tuple(fact for fact, _ in fitting[1:] if fact.cell == first.cell)
        return Answer(
            question,
            "said",
            amount=first.amount,
            currency=first.cell.currency,
            maturity=first.maturity,
            approx=first.approx,
            emptiness=first.emptiness,
            facts=(first, *others),
            caveats=tuple(one for one in (caveat, _difference(first, others)) if one),
            first=first.cell.first,
            last=first.cell.last,
        )

    def _order(self, fitting: Told) -> tuple[bool, bool, int, int, str]:
        fact, caveat = fitting
        return fact.is_awaited, caveat is not None, self._rank(fact), -fact.sequence, str(fact.id)

    def _rank(self, fact: Fact) -> int:
        order = self.precedence(fact.cell.last)
        return order.index(fact.stream[0]) if fact.stream[0] in order else len(order)

    def _fitting(self, question: Question) -> list[Told]:
        """The facts that answer for the period, of a count those nearest to its end."""
        indicator = self.indicators.get(question.indicator)
        return fitting(self._told(question), indicator.nature if indicator is not None else "flow", question.period)

    def _told(self, question: Question) -> Sequence[Fact]:
        """What stands in the cells of a question, of whichever days; in its currency, where it asks for one."""
        key = _key(question)
        return self._by_currency.get((key, question.currency), ()) if question.currency else self._by_key.get(key, ())

    def by_formula(self, question: Question) -> Answer:
        """From its own formula: others added and taken off, or factor x numerator / denominator."""
        indicator = self.indicators.get(question.indicator)
        if indicator is None or not indicator.needs:
            return Answer(question, "missing")
        if indicator.numerator:
            return self._first_whole(
                question, [self._ratio(question, indicator, pair) for pair in self.pairs(question)]
            )
        answers = [self.answer(replace(question, indicator=code)) for code in indicator.needs]
        if not all(answer.is_complete for answer in answers):
            return Answer(question, "missing")
        found, plus = [_part(answer) for answer in answers], len(indicator.plus)
        return _made(question, "formula", answers, lambda: rollup.by_formula(indicator, found[:plus], found[plus:]))

    def _ratio(self, question: Question, indicator: Indicator, pair: Sequence[Question]) -> Answer:
        answers = [self.answer(one) for one in pair]
        if not all(answer.is_complete for answer in answers):
            return Answer(question, "missing")
        top, bottom = ([_part(answer)] for answer in answers)
        return _made(question, "ratio", answers, lambda: rollup.recomputed(indicator, top, bottom))

    def pairs(self, question: Question) -> list[tuple[Question, Question]]:
        """Numerator and denominator; a share of money by money is asked for in each currency, which is its own."""
        indicator = self.indicators[question.indicator]
        money = [self._is_money(code) for code in (indicator.numerator, indicator.denominator)]
        currencies = [question.currency] if question.currency or not any(money) else list(CURRENCIES)
        return [
            (
                replace(question, indicator=indicator.numerator, currency=currency if money[0] else ""),
                replace(question, indicator=indicator.denominator, currency=currency if money[1] else ""),
            )
            for currency in currencies
        ]

    def _is_money(self, code: str) -> bool:
        return code in self.indicators and self.indicators[code].is_money

    def _first_whole(self, question: Question, answers: Sequence[Answer]) -> Answer:
        whole = next((one for one in answers if one.is_complete), None)
        some = next((one for one in answers if one.amount is not None), None)
        told = next((one for one in answers if one.caveats or one.missing), None)
        return whole or some or told or Answer(question, "missing")

    def by_breakdown(self, question: Question) -> Answer:
        """FDI and DDI as the place said them; a breakdown by country or sector is never taken as complete."""
        return self._both(question, self._spoken)

    def by_ownership(self, question: Question) -> Answer:
        """FDI and DDI, each as it can be answered."""
        return self._both(question, self.answer)

    def _both(self, question: Question, way: Callable[[Question], Answer]) -> Answer:
        indicator = self.indicators.get(question.indicator)
        if question.ownership or indicator is None or indicator.over_places != "sum":
            return Answer(question, "missing")
        answers = [way(replace(question, ownership=ownership)) for ownership in OWNERSHIPS]
        if not all(answer.is_complete for answer in answers):
            return Answer(question, "missing")
        return _made(question, "breakdown", answers, lambda: rollup.by_formula(indicator, list(map(_part, answers))))

    def by_places(self, question: Question) -> Answer:
        """Over the members of a place by the indicator's rule; those without a figure are named."""
        indicator, makeup = self.indicators.get(question.indicator), self.makeup(question)
        if indicator is None or not makeup.members:
            return Answer(question, "missing", caveats=(makeup.refusal,) if makeup.refusal else ())
        if indicator.over_places == "recompute":
            return self._ratio_over_places(question, indicator, makeup)
        answers = {member: self.answer(replace(question, place=member)) for member in makeup.members}
        reasons = tuple((member, answer.emptiness) for member, answer in answers.items() if answer.emptiness)
        found = [answer for answer in answers.values() if answer.amount is not None]
        members = tuple(one for one in makeup.members if answers[one].emptiness != "not_applicable")
        if not found:
            return replace(self._nobody(question), missing=members, reasons=reasons)
        expected = members if makeup.is_whole else (*members, question.place)
        total = _made(
            question, "places", found, lambda: rollup.over_places(indicator, list(map(_part, found)), expected)
        )
        return replace(total, reasons=reasons, have=len(found), want=len(expected))

    def _ratio_over_places(self, question: Question, indicator: Indicator, makeup: Makeup) -> Answer:
        pairs = self.pairs(question)
        return self._first_whole(question, [self._ratio_of(question, indicator, pair, makeup) for pair in pairs])

    def _ratio_of(self, question: Question, indicator: Indicator, pair: Sequence[Question], makeup: Makeup) -> Answer:
        """Only members that have both parts, nobody missing in them: half of one by all of the other is no ratio."""
        tops, bottoms = ([self.answer(replace(one, place=member)) for member in makeup.members] for one in pair)
        both = [
            (top, bottom)
            for top, bottom in zip(tops, bottoms, strict=True)
            if top.is_complete and bottom.is_complete  # nothing let yet is 0 ha, and it counts
        ]
        if not both:
            return Answer(question, "missing", missing=makeup.members)
        expected = makeup.members if makeup.is_whole else (*makeup.members, question.place)
        above, below = [_part(top) for top, _ in both], [_part(bottom) for _, bottom in both]
        parts = [answer for pair in both for answer in pair]
        total = _made(question, "ratio", parts, lambda: rollup.recomputed(indicator, above, below, expected))
        return replace(total, have=len(both), want=len(expected))

    def by_time(self, question: Question) -> Answer:
        """Over the halves, quarters or months that the place said, when all of them are there. Flows only."""
        own, period = self._told(question), question.period
        if all(fact.cell.period == period.name or _days(fact) == (period.first, period.last) for fact in own):
            return Answer(question, "missing")  # of this very period, and of no shorter one
        return self._over_time(question, self._spoken)

    def by_maps(self, question: Question) -> Answer:
        """Over shorter periods where the place was made of others in some of them: a year in which provinces merged."""
        periods = cut(question.period)
        makeups = [self._makeup_of(question.place, period, question.zone_kind) for period in periods]
        if len({(one.members, one.says_itself) for one in makeups}) < 2:
            return Answer(question, "missing")
        return self._over_time(question, self.answer)

    def _over_time(self, question: Question, way: Callable[[Question], Answer]) -> Answer:
        indicator = self.indicators.get(question.indicator)
        periods = cut(question.period)
        if indicator is None or indicator.over_time != "sum" or not periods:
            return Answer(question, "missing")
        answers = [way(replace(question, period=period)) for period in periods]
        if not all(answer.is_complete for answer in answers):
            refusals = [caveat for answer in answers if answer.how == "missing" for caveat in answer.caveats]
            return Answer(question, "missing", caveats=tuple(refusals))
        return _made(question, "time", answers, lambda: rollup.over_time(indicator, list(map(_part, answers))))


def _days(fact: Fact) -> tuple[date, date]:
    return fact.cell.first, fact.cell.last


_OF_KEY = ("indicator", "place", "ownership", "zone_kind", "country", "other", "kind", "sector")
_key: Callable[[Question | CellKey], _Key] = attrgetter(*_OF_KEY)


def _question_of(key: _Key, period: Period) -> Question:
    return Question(period=period, **dict(zip(_OF_KEY, key, strict=True)))


def _gap(whole: Answer, parts: Answer, code: str) -> Problem | None:
    """The problem `code` with both amounts (scaled), where complete parts add up to something else than the whole."""
    if not parts.is_complete or parts.approx or parts.currency != whole.currency or parts.amount == whole.amount:
        return None
    indicator = whole.question.indicator
    return Problem(code, sum=parts.amount, whole=whole.amount, indicator=indicator, currency=whole.currency)


def _difference(first: Fact, others: Sequence[Fact]) -> Problem | None:
    """Streams that say something else of the same cell: the answer stands, the difference is told."""
    unlike = [fact for fact in others if fact.amount != first.amount and not fact.is_awaited]
    if not unlike:
        return None
    return Problem("answer.streams_differ", count=len(unlike), speaker=unlike[0].stream[1])


def _part(answer: Answer) -> Part:
    """An answer as a part of a total, with the days it was counted over."""
    period = answer.question.period
    return Part(
        place=answer.question.place,
        first=answer.first or period.first,
        last=answer.last or period.last,
        value=answer.amount,
        maturity=answer.maturity,
        currency=answer.currency,
        approx=answer.approx,
    )


def _made(question: Question, how: How, parts: Sequence[Answer], add: Callable[[], Total]) -> Answer:
    """What parts add up to; where the rules refuse the addition, no amount and the refusal as a caveat."""
    told = {str(caveat): caveat for answer in parts for caveat in answer.caveats}
    gaps = [gap for answer in parts for gap in answer.missing]
    try:
        total = add()
    except Problem as refusal:
        return Answer(question, "missing", parts=tuple(parts), missing=tuple(gaps), caveats=(refusal, *told.values()))
    told |= {str(caveat): caveat for caveat in total.caveats}
    return Answer(
        question,
        how,
        amount=total.value,
        currency=total.currency,
        maturity=total.maturity,
        approx=total.approx,
        parts=tuple(parts),
        missing=tuple(dict.fromkeys((*total.coverage.missing, *gaps))),
        caveats=tuple(told.values()),
        first=total.first,
        last=total.last,
    )
