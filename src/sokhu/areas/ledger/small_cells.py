"""Figures of registers that would tell what one enterprise has, withheld from readers who may not read its records.

A figure of a zone, or of a country or sector anywhere, that rests on fewer than three things (design: cells so small
that they reveal one enterprise are withheld outside its board). Wider totals hold them all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sokhu.areas.ledger.derived import Registers, breakdowns_of, registers_at
from sokhu.areas.ledger.movements import standing
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.derived import Breakdown, Part
from sokhu.core.rights import Thing
from sokhu.kit.registers.declaration import registers

FEWEST = 3  # things that a figure must rest on
RECORD: Thing = "register_record"


def without_small(reach: Reach, answers: Mapping[Question, Answer], at: int | None) -> dict[Question, Answer]:
    """The answers as their reader may have them; queries only where one may rest on records that they may not read."""
    found = dict(answers)
    asked = () if may_read_all(reach) else [one for answer in found.values() for one in _of_zones(answer)]
    known = registers_at(at) if asked else None
    if known is None:
        return found
    zones = {one.question.place for one in asked if _is_derived(one, known)}
    hidden = {zone for zone in zones if not may_read(reach, known.keeper(zone))}
    if not hidden:
        return found
    things = _Things.of(known, hidden, {one.indicator for one in found})
    return {question: _masked(answer, things) for question, answer in found.items()}


def may_read_all(reach: Reach) -> bool:
    return reach.is_system or reach.covered("read", RECORD).everything


def may_read(reach: Reach, keeper: str) -> bool:
    """Whether a reader may read the records that a board's figures rest on."""
    return reach.may("read", RECORD, keeper)


def _of_zones(answer: Answer) -> Iterator[Answer]:
    """What of an answer is of zones and may be what registers come to."""
    if answer.question.place.startswith("zone/") and _may_be_derived(answer):
        yield answer
    for part in answer.parts:
        yield from _of_zones(part)


def _may_be_derived(answer: Answer) -> bool:
    """Whether registers may tell it; a copy does not say of its totals who told them."""
    if answer.amount is None:
        return False
    return answer.facts[0].is_derived if answer.facts else answer.how in ("said", "time", "breakdown")


def _is_derived(answer: Answer, known: Registers) -> bool:
    """Whether it is what records come to that not everybody reads: leases and projects, not zones and decisions."""
    moved = known.indicators.get(answer.question.indicator)
    return moved is not None and not _is_open(moved[1]) and _may_be_derived(answer)


def _is_open(register: str) -> bool:
    return any(one.code == register and one.is_open for one in registers())


@dataclass(slots=True)
class _Things:
    """The things behind figures of zones that are hidden from a reader."""

    known: Registers
    zones: frozenset[str]
    rows: dict[tuple[str, str], list[tuple[Part, date, UUID]]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Registers, zones: Iterable[str], codes: Iterable[str]) -> _Things:
        found = cls(known, frozenset(zones))
        places = {place for zone in zones for place in known.with_parks(zone)}
        needed = [code for code in known.indicators if code in set(codes)] or list(known.indicators)
        rows = standing(known.sequence).filter(place__in=places, indicator__in=needed)
        for place, code, *part, day, thing in rows.values_list("place", "indicator", *Part._fields, "day", "thing"):
            found.rows.setdefault((place, code), []).append((Part(*part), day, thing))
        return found

    def behind(self, one: Question) -> int:
        """How many things a zone's figure rests on."""
        is_flow = self.known.indicators[one.indicator][0].nature == "flow"
        first = one.period.first if is_flow else None
        of: Breakdown = breakdowns_of([(one.country, one.sector)])[-1]
        rows = [row for place in self.known.with_parks(one.place) for row in self.rows.get((place, one.indicator), ())]
        return len({
            thing
            for part, day, thing in rows
            if day <= one.period.last and (first is None or day >= first)
            if one.ownership in ("", part.ownership) and one.currency in ("", part.currency) and of.holds(part)
        })  # fmt: skip


def _masked(answer: Answer, things: _Things) -> Answer:
    question = answer.question
    is_zone = question.place in things.zones and _is_derived(answer, things.known)
    if is_zone and 0 < things.behind(question) < FEWEST:
        return _withheld(answer)
    if (question.country or question.sector) and 0 < _behind(answer, things) < FEWEST:
        return _withheld(answer)
    return replace(answer, parts=tuple(_masked(part, things) for part in answer.parts)) if answer.parts else answer


def _behind(answer: Answer, things: _Things) -> int:
    """How many things a total rests on, as far as they are of hidden zones; enough of them where others are in it."""
    if answer.question.place in things.zones and _is_derived(answer, things.known):
        return things.behind(answer.question)
    if not answer.parts:
        return FEWEST if answer.amount else 0
    return sum(_behind(part, things) for part in answer.parts)


def _withheld(answer: Answer) -> Answer:
    return replace(answer, how="said", amount=None, emptiness="withheld", facts=(), parts=(), missing=(), caveats=())
