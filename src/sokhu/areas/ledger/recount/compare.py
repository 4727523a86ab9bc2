"""Laying the recounted totals beside those that the product gives."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import accumulate, groupby
from random import Random

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger import tables
from sokhu.areas.ledger.recount.book import Book, Said, read_book
from sokhu.areas.ledger.recount.places import Places, kind_of
from sokhu.areas.ledger.recount.totals import COUNTED_LATE, Asked, Found, Totals, parts_of
from sokhu.areas.ledger.registers import registers
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Answer, Question
from sokhu.core.closure import closure
from sokhu.core.period import named
from sokhu.kit.sealing.queries import head

AT_ONCE = 2_000  # questions in one list: a few seconds' work

Told = Callable[[int, int], None]  # how many of how many are done


@dataclass(frozen=True, slots=True)
class Difference:
    """A question with the product's answer and the recounted one."""

    question: Question
    answered: Answer
    recounted: Found


@dataclass(frozen=True, slots=True)
class Recounted:
    """asked: how many totals were recounted; there: how many of them have an amount."""

    asked: int
    there: int
    differences: list[Difference]


def recount(*, sample: int = 0, seed: int = 0, told: Told = lambda done, of: None) -> Recounted:
    """Recounts every total that the book can answer for, as it stands now, as the ministry sees it.

    sample: only so many of them, drawn by `seed`; 0: all.
    """
    until = head()[0]
    totals = Totals(_book(until))
    questions = askable(totals, sample, seed)
    with pinned_catalogue(moment_of(until)):
        return _compared(totals, questions, until, told)


def _book(until: int) -> Book:
    moved = {one.code: one.indicators for one in registers()}
    tallies = {one.code: (one.tally.told, one.tally.due) for one in registers() if one.tally}
    of_all, undivided = (
        [code for one in registers() for code in getattr(one, name)] for name in ("of_all", "undivided")
    )
    return read_book(until, moved, of_all, undivided, tallies)


def _compared(totals: Totals, questions: Sequence[Asked], until: int, told: Told) -> Recounted:
    there, differences = 0, []
    for start in range(0, len(questions), AT_ONCE):
        some = {asked: question_of(asked) for asked in questions[start : start + AT_ONCE]}
        answers = tables.answer_all(SYSTEM, some.values(), at=until)
        for asked, question in some.items():
            found = totals.answer(asked)
            there += found.amount is not None
            if differs(answers[question], found):
                differences.append(Difference(question, answers[question], found))
        told(start + len(some), len(questions))
    return Recounted(len(questions), there, differences)


def differs(answer: Answer, found: Found) -> bool:
    """Whether amount, or what an amount comes with, is another: its currency, maturity, or that somebody is missing."""
    if answer.amount is None or found.amount is None:
        return answer.amount != found.amount
    told = (answer.amount, answer.currency, answer.maturity, not answer.missing)
    return told != (found.amount, found.currency, found.maturity, found.complete)


def question_of(asked: Asked) -> Question:
    return Question(
        indicator=asked.indicator,
        place=asked.place,
        period=named(asked.period),
        ownership=asked.ownership,
        zone_kind=asked.zone_kind,
        country=asked.country,
        other=asked.other,
        kind=asked.kind,
        currency=asked.currency,
        sector=asked.sector,
    )


# --- what a book can answer for


def askable(totals: Totals, sample: int = 0, seed: int = 0) -> list[Asked]:
    """What occurs in cells, or follows from it, over every place that reports or is reported on, period by period.

    sample: as in `recount`; of a big book there are more questions than are worth holding to draw some.
    """
    shapes = sorted(_without_place(totals), key=repr)
    ends = list(accumulate(len(_speaking(totals, one)) for one in shapes))
    count = ends[-1] if ends else 0
    drawn: Iterable[int] = sorted(Random(seed).sample(range(count), sample)) if 0 < sample < count else range(count)
    found = []
    for at, numbers in groupby(drawn, key=partial(bisect_right, ends)):
        places = _speaking(totals, shapes[at])
        found += [replace(shapes[at], place=places[number - ends[at]]) for number in numbers]  # from its last one back
    return sorted(found, key=lambda one: (one.first, one.last, one.period, one.place, repr(one)))


def _without_place(totals: Totals) -> Iterable[Asked]:
    book, places = totals.book, totals.places
    known = [figure for (code, _), said in book.said.items() if code in book.indicators for figure in said]
    known += _derived(totals)
    said = {one for figure in known for one in _kinds_of(book, places, figure)}
    wholes = _wholes(book)
    return closure(said, lambda one: (_made_with(book, one, code) for code in wholes[one.indicator]))


def _derived(totals: Totals) -> Iterator[Said]:
    """What registers come to: of each indicator in one zone of each kind, since all others ask the same."""
    places, seen = totals.book.places, set()
    for code, zone in sorted(totals.registered.keys):
        kind = code, repr(places[zone].get("kinds")), totals.registered.starts[totals.registered.register[code], zone]
        if kind not in seen:
            seen.add(kind)
            yield from totals.registered.said(code, zone)


def _wholes(book: Book) -> Mapping[str, list[str]]:
    """By indicator, those that are calculated from it."""
    wholes: dict[str, list[str]] = defaultdict(list)
    for code in book.indicators:
        for part in set(parts_of(book, code)):
            wholes[part].append(code)
    return wholes


def _made_with(book: Book, asked: Asked, code: str) -> Asked:
    """The question about an indicator that the one asked about is a part of; a plain number is in no currency."""
    has_currency = "currency" in book.indicators[code]["dimensions"]
    return replace(asked, indicator=code, currency=asked.currency if has_currency else "")


def _speaking(totals: Totals, asked: Asked) -> list[str]:
    """Every place that can have an answer; zones speak for themselves."""
    return sorted(place for place in totals.speaking(asked) if kind_of(place) != "zone")


def _kinds_of(book: Book, places: Places, figure: Said) -> Iterator[Asked]:
    """The figure's own breakdown and the whole it is in by ownership and kind of zones, in its period and its years."""
    kind, ownership, zone_kind, currency, country, sector, other = figure.breakdown
    for name in _periods_of(book, figure):
        period = named(name)
        for owner in {ownership, ""}:
            for zones in {zone_kind, *places.kinds_of(figure.place, figure.last)}:
                yield Asked(
                    indicator=figure.indicator,
                    place="",
                    period=name,
                    first=period.first,
                    last=period.last,
                    kind=kind,
                    ownership=owner,
                    zone_kind=zones,
                    currency=currency,
                    country=country,
                    sector=sector,
                    other=other,
                )


def _periods_of(book: Book, figure: Said) -> set[str]:
    """Its own period, unless that is a day; the year it ends in; for a count, the year it may be late for."""
    days: list[date] = [figure.last]
    if book.indicators[figure.indicator]["nature"] != "flow":
        days.append(figure.last - COUNTED_LATE)
    own = set() if figure.first == figure.last else {figure.period}
    return own | {str(day.year) for day in days}
