"""Answers from a copy and from what came after it: right at once, whatever the copy's age (design, section 5).

A total that nothing accepted since the copy touches, and all of which its reader may see, is the copy's. Any other is
answered by the rules (`core.answer`) from the ledger's own observations and the totals of its members, which again are
the copy's where they can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sokhu.core.answer import OWNERSHIPS, Answer, Facts, Question
from sokhu.core.closure import closure
from sokhu.core.fact import STOCK_GRACE
from sokhu.core.indicator import Indicator, needs_of
from sokhu.core.period import Period, cut
from sokhu.engine.reading import Total
from sokhu.engine.store import Copy


@dataclass(frozen=True, slots=True)
class Change:
    """An observation that was accepted or withdrawn after the copy was made."""

    indicator: str
    place: str
    first: date
    last: date
    currency: str


@dataclass(frozen=True, slots=True)
class Tail:
    """What was touched since a copy was made, by place and indicator, everything it is added into included."""

    touched: Mapping[tuple[str, str], tuple[tuple[date, date], ...]]
    currencies: frozenset[str]

    def touches(self, question: Question) -> bool:
        windows = self.touched.get((question.place, question.indicator), ())
        period = question.period
        return any(first <= period.last + STOCK_GRACE and last >= period.first for first, last in windows)


def tail_of(changes: Iterable[Change], copy: Copy, indicators: Mapping[str, Indicator]) -> Tail:
    """Every (place, indicator) that the changes can have moved."""
    dependents = _dependents(indicators)
    touched: dict[tuple[str, str], list[tuple[date, date]]] = {}
    seen = set(changes)
    above = {place: closure([place], lambda one: copy.holders.get(one, ())) for place in {one.place for one in seen}}
    for change in seen:
        for place in above[change.place]:
            for code in dependents.get(change.indicator, {change.indicator}):
                touched.setdefault((place, code), []).append((change.first, change.last))
    currencies = frozenset(change.currency for change in seen)
    return Tail({key: tuple(dict.fromkeys(windows)) for key, windows in touched.items()}, currencies)


def _dependents(indicators: Mapping[str, Indicator]) -> dict[str, set[str]]:
    """Each indicator with those calculated from it, by way of others too."""
    found = {code: {code} for code in indicators}
    for code in indicators:
        for need in needs_of(code, indicators) & indicators.keys():
            found[need].add(code)
    return found


@dataclass(slots=True)
class FreshFacts(Facts):
    """Facts that answer from a copy where it is right. totals: those of the questions that `held` says yes to.

    hidden: whether nothing that could answer a question may be seen by its reader.
    """

    held: Callable[[Question], bool] = field(default=lambda _question: False)
    hidden: Callable[[Question], bool] = field(default=lambda _question: False)
    totals: Mapping[Question, Total] = field(default_factory=dict)
    places: frozenset[str] = frozenset()  # whose observations are loaded
    named: set[Question] = field(default_factory=set)  # totals whose members are looked up; of others some are missing

    def _answer(self, question: Question) -> Answer:
        if self.hidden(question):
            return self._nobody(question)
        if not self.held(question):
            return Facts._answer(self, question)
        total = self.totals.get(question)
        if total is None:
            return self._nobody(question)
        if total.answer.how == "said" and question.place in self.places:
            said = self.said(question)
            return said if said.how == "said" else total.answer
        if total.answer.missing and question in self.named:
            return replace(total.answer, missing=self._missing(question))
        return total.answer

    def _is_silent(self, code: str, place: str, period: Period, zone_kind: str) -> bool:
        """Never known from the facts that are loaded: the copy speaks for the others."""
        return False

    def _missing(self, question: Question) -> tuple[str, ...]:
        """The members that are not in a total, or not with all that they are made of."""
        makeup = self.makeup(question)
        absent = tuple(member for member in makeup.members if not self._is_whole(question, member))
        return absent if makeup.is_whole else (*absent, question.place)

    def _is_whole(self, question: Question, member: str) -> bool:
        return any(
            all((total := self.totals.get(one)) is not None and total.is_whole for one in needed)
            for needed in questions_of_member(self, question, member)
        )


@dataclass(slots=True)
class Needed:
    """What has to be looked up to answer questions: totals of the copy, and what was said where and of what."""

    facts: FreshFacts  # for its indicators, what places are made of, and which questions the copy answers
    totals: set[Question] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)
    _seen: set[Question] = field(default_factory=set)

    def add(self, questions: Iterable[Question]) -> None:
        waiting = list(questions)
        while waiting:
            question = waiting.pop()
            if question in self._seen:
                continue
            self._seen.add(question)
            if self.facts.hidden(question):
                continue
            if self.facts.held(question):
                self.totals.add(question)
            else:
                self.add_said(question)
                waiting.extend(self.behind(question))

    def add_anew(self, questions: set[Question]) -> None:
        """Questions that the copy is not to answer after all."""
        self._seen -= questions
        self.add(questions)

    def add_said(self, question: Question) -> None:
        self.places.add(question.place)
        self.indicators.add(question.indicator)

    def add_members(self, questions: Iterable[Question]) -> None:
        """The totals by which the missing members of these totals can be named."""
        for question in questions:
            self.facts.named.add(question)
            for member in self.facts.makeup(question).members:
                for needed in questions_of_member(self.facts, question, member):
                    self.totals.update(needed)

    def behind(self, question: Question) -> list[Question]:
        """The questions that the rules may ask to answer this one."""
        facts = self.facts
        indicator, makeup = facts.indicators.get(question.indicator), facts.makeup(question)
        found = [
            one
            for member in makeup.members
            for needed in questions_of_member(facts, question, member)
            for one in needed
        ]
        if question.zone_kind and makeup.is_of_kind:
            found.append(replace(question, zone_kind=""))
        if not question.ownership:
            found += [replace(question, ownership=ownership) for ownership in OWNERSHIPS]
        if indicator is not None and indicator.numerator:
            found += [one for pair in facts.pairs(question) for one in pair]
        elif indicator is not None:
            found += [replace(question, indicator=code) for code in indicator.needs]
        parts = [replace(question, period=period) for period in cut(question.period)]
        made = {(one.members, one.says_itself) for one in map(facts.makeup, parts)}
        return found + (parts if len(made) > 1 else [])


def questions_of_member(facts: Facts, question: Question, member: str) -> list[tuple[Question, ...]]:
    """What a total over places asks of a member: one question, or for a ratio both parts, in each currency."""
    indicator = facts.indicators.get(question.indicator)
    if indicator is not None and indicator.over_places == "recompute":
        return [tuple(replace(one, place=member) for one in pair) for pair in facts.pairs(question)]
    return [(replace(question, place=member),)]
