"""Answering one question, rule by rule as `docs/answers.md` numbers them. Amounts are 10^-6 of the indicator's unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from sokhu.areas.ledger.recount.book import Book, Said
from sokhu.areas.ledger.recount.places import Places
from sokhu.areas.ledger.recount.registers import Registered

DAY = timedelta(days=1)
COUNTED_LATE = timedelta(days=31)
WEAKEST_FIRST = ("estimate", "preliminary", "final")
UNIT = 10**6
CURRENCIES = ("USD", "VND", "EUR", "JPY", "CNY", "KRW")
NOT_APPLICABLE = "not_applicable"
AWAITED = ("not_due", "not_reported", "not_available")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. period: its name, "2024-H1"; a breakdown left empty is the whole, a currency left empty is any."""

    indicator: str
    place: str
    period: str
    first: date
    last: date
    kind: str = "result"
    ownership: str = ""
    zone_kind: str = ""
    currency: str = ""
    country: str = ""
    sector: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. complete: nobody is missing in it; first, last: the days counted over; emptiness: why no amount."""

    amount: int | None = None
    currency: str = ""
    maturity: str = "final"
    complete: bool = False
    emptiness: str = ""
    first: date = date.min
    last: date = date.min


NOTHING = Found()


class Totals:
    """Answers from one book. Every answer is kept, so that a question that stands in many totals is worked out once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.places = Places(book)
        self.registered = Registered(book, self.places)
        self.known: dict[tuple[str, Asked], Found] = {}
        self.speakers: dict[tuple[str, str, frozenset[int]], set[str]] = {}

    def answer(self, asked: Asked) -> Found:
        """The first of the rules that is complete; where none is, the first that has an amount."""
        key = "answer", asked
        if key not in self.known:
            self.known[key] = self._answer(asked) if self.is_spoken_of(asked) else NOTHING
        return self.known[key]

    def _answer(self, asked: Asked) -> Found:
        best = NOTHING
        for rule in (self._own, self._over_places, self._by_formula, self._by_ownership, self._over_maps):
            found = rule(asked)
            if found.complete:
                return found
            if best.amount is None:
                best = found
        best = best if best.amount is not None else self._said(asked)
        is_of_kind = asked.zone_kind in self.places.kinds_of(asked.place, asked.last)
        return self.answer(replace(asked, zone_kind="")) if best == NOTHING and is_of_kind else best

    def is_spoken_of(self, asked: Asked) -> bool:
        """Whether anybody below the place ever said the indicator, or one that it is made of."""
        return asked.place in self.speaking(asked)

    def speaking(self, asked: Asked) -> set[str]:
        """The places of which that is so, whichever is asked about: on the same maps it is the same ones."""
        days = {self.places.map_of(day): day for day in _ends_within(asked.first, asked.last)}
        key = asked.indicator, asked.zone_kind, frozenset(days)
        if key not in self.speakers:
            codes = _made_of(self.book, asked.indicator) if asked.indicator in self.book.indicators else set()
            saying = {place for code, place in (*self.book.said, *self.registered.keys) if code in codes}
            self.speakers[key] = {
                place
                for place in self.book.places
                if any(not saying.isdisjoint(self.places.below(place, day, asked.zone_kind)) for day in days.values())
            }
        return self.speakers[key]

    def says(self, indicator: str, place: str) -> bool:
        return (indicator, place) in self.book.said or (indicator, place) in self.registered.keys

    def of(self, asked: Asked) -> list[Said]:
        """What stands about an indicator in a place: what was said, and what follows from its register."""
        key = asked.indicator, asked.place
        derived = self.registered.said(*key, asked.country, asked.sector) if key in self.registered.keys else []
        return [*self.book.said.get(key, []), *derived]

    # --- 1. own: what the place said of itself

    def _own(self, asked: Asked) -> Found:
        spoken = self._spoken(asked)
        return spoken if spoken.complete else self._together([self._spoken(part) for part in self._owners(asked)])

    def _spoken(self, asked: Asked) -> Found:
        """1.1 and 1.2: said of this very period, or of all the shorter ones that make it up."""
        if not self.says(asked.indicator, asked.place):
            return NOTHING
        key = "spoken", asked
        if key not in self.known:
            said = self._said(asked)
            self.known[key] = said if said.complete else self._joined(map(self._spoken, self._shorter(asked)))
        return self.known[key]

    def _said(self, asked: Asked) -> Found:
        """1.1. The figure of this very cell, by the stream that comes first, the later batch within a kind of stream.

        Not applicable and withheld are complete without an amount: nothing is put in their place.
        """
        said = [one for one in self.of(asked) if _is_of(one, asked)]
        having = self._of_period([one for one in said if one.emptiness not in AWAITED], asked)
        rows = having or self._of_period(said, asked)
        if not rows:
            return NOTHING
        one = min(rows, key=lambda row: (self._rank(row), -row.batch, row.id))
        return Found(one.amount, one.breakdown[3], one.maturity, bool(having), one.emptiness, one.first, one.last)

    def _of_period(self, said: list[Said], asked: Asked) -> list[Said]:
        """Of the very days; else of this name in another regime; else, of counts, the nearest.

        What is counted on a day is a stock, and a rate as of a day.
        """
        is_stock, is_rate = self._is(asked, "nature", "stock"), self._is(asked, "nature", "ratio")
        counts = [one for one in said if is_stock or (is_rate and one.first == one.last)]
        flows = [one for one in said if one not in counts]
        exact = [one for one in flows if (one.first, one.last) == (asked.first, asked.last)]
        return exact or [one for one in flows if one.period == asked.period] or _nearest(counts, asked)

    def _rank(self, one: Said) -> int:
        """The place of its kind of stream in the order in force on the last day of its window."""
        in_force = [(starts, order) for starts, order in self.book.orders if starts <= one.last]
        order = max(in_force)[1] if in_force else []
        return order.index(one.stream) if one.stream in order else len(order)

    # --- 2. over places

    def _over_places(self, asked: Asked) -> Found:
        members, is_whole = self.places.members(asked.place, asked.last, asked.zone_kind)
        if self._is(asked, "over_places", "recompute"):
            found = self._ratio_of_members(asked, members)
        elif self._is(asked, "over_places", "sum"):
            answers = [self.answer(replace(asked, place=member)) for member in members]
            found = self._added([one for one in answers if one.emptiness != NOT_APPLICABLE])
        else:
            return NOTHING
        return replace(found, complete=found.complete and is_whole)

    def _ratio_of_members(self, asked: Asked, members: Sequence[str]) -> Found:
        """From the members that have both parts, nobody missing in them."""
        found = []
        for parts in self._parts_of_ratio(asked):
            pairs = [[self.answer(replace(part, place=one)) for part in parts] for one in members]
            both = [pair for pair in pairs if all(map(_has_all, pair))]
            ratio = self._ratio(
                asked, self._added([above for above, _ in both]), self._added([below for _, below in both])
            )
            found.append(replace(ratio, complete=ratio.complete and len(both) == len(pairs)))
        return _first_of(found)

    # --- 3. by formula

    def _by_formula(self, asked: Asked) -> Found:
        """Only from complete parts: new without added is no part of what was attracted."""
        indicator = self.book.indicators[asked.indicator]
        if "numerator" in indicator:
            pairs = [[self.answer(part) for part in parts] for parts in self._parts_of_ratio(asked)]
            return _first_of([self._ratio(asked, *pair) for pair in pairs if all(map(_has_all, pair))])
        parts = [self.answer(replace(asked, indicator=code)) for code in indicator.get("plus", ())]
        taken = [self.answer(replace(asked, indicator=code)) for code in indicator.get("minus", ())]
        return self._together([*parts, *(replace(one, amount=one.amount and -one.amount) for one in taken)])

    def _parts_of_ratio(self, asked: Asked) -> list[tuple[Asked, Asked]]:
        """Numerator and denominator; in each currency where there is money in them and none was asked for."""
        indicator = self.book.indicators[asked.indicator]
        codes = indicator["numerator"], indicator["denominator"]
        has_money = any(map(self._has_currency, codes))
        currencies = CURRENCIES if has_money and not asked.currency else (asked.currency,)
        return [
            (self._part(asked, codes[0], currency), self._part(asked, codes[1], currency)) for currency in currencies
        ]

    def _part(self, asked: Asked, code: str, currency: str) -> Asked:
        return replace(asked, indicator=code, currency=currency if self._has_currency(code) else "")

    def _ratio(self, asked: Asked, above: Found, below: Found) -> Found:
        """factor x above / below, rounded half up once. Money by money has to be of one currency."""
        if above.amount is None or not below.amount:
            return NOTHING
        if above.currency and below.currency and above.currency != below.currency:
            return NOTHING
        exact = Fraction(self.book.indicators[asked.indicator].get("factor", 1) * UNIT * above.amount, below.amount)
        currency = above.currency if self._has_currency(asked.indicator) else ""
        return Found(
            amount=_half_up(exact),
            currency=currency,
            maturity=_weakest([above.maturity, below.maturity]),
            complete=above.complete and below.complete,
            first=min(above.first, below.first),
            last=max(above.last, below.last),
        )

    # --- 4. by ownership

    def _by_ownership(self, asked: Asked) -> Found:
        return self._together([self.answer(part) for part in self._owners(asked)])

    def _owners(self, asked: Asked) -> list[Asked]:
        """FDI and DDI together are all there is, of what can be added."""
        if asked.ownership or not self._is(asked, "over_places", "sum"):
            return []
        return [replace(asked, ownership=owner) for owner in ("FDI", "DDI")]

    # --- 5. over maps

    def _over_maps(self, asked: Asked) -> Found:
        parts = self._shorter(asked)
        made_of = {self.places.members(asked.place, part.last, asked.zone_kind) for part in parts}
        return self._joined(map(self.answer, parts)) if len(made_of) > 1 else NOTHING

    # --- adding

    def _shorter(self, asked: Asked) -> list[Asked]:
        """The fewest whole years, halves, quarters, months that make up a flow's period; none for anything else."""
        if not self._is(asked, "over_time", "sum"):
            return []
        return [
            replace(asked, period=name, first=first, last=last)
            for name, first, last in shorter(asked.first, asked.last)
        ]

    def _joined(self, periods: Iterable[Found]) -> Found:
        """Periods one after another, all of them complete: no day twice, none left out."""
        parts: list[Found] = []
        for found in periods:
            if not _has_all(found) or (parts and parts[-1].last + DAY != found.first):
                return NOTHING
            parts.append(found)
        return self._added(parts)

    def _together(self, parts: Sequence[Found]) -> Found:
        """Parts of one figure, all of them complete and counted over the same days."""
        days = {(one.first, one.last) for one in parts}
        return self._added(parts) if all(map(_has_all, parts)) and len(days) == 1 else NOTHING

    def _added(self, parts: Sequence[Found]) -> Found:
        """The sum of those that have an amount, as weak as the weakest of them; dollars and đồng are not added."""
        there = [part for part in parts if part.amount is not None]
        currencies = {part.currency for part in there}
        if len(currencies) != 1:
            return NOTHING
        return Found(
            amount=sum(part.amount or 0 for part in there),
            currency=currencies.pop(),
            maturity=_weakest(part.maturity for part in there),
            complete=len(there) == len(parts) and all(part.complete for part in parts),
            first=min(part.first for part in there),
            last=max(part.last for part in there),
        )

    def _is(self, asked: Asked, key: str, value: str) -> bool:
        return bool(self.book.indicators[asked.indicator][key] == value)

    def _has_currency(self, indicator: str) -> bool:
        return "currency" in self.book.indicators[indicator]["dimensions"]


def parts_of(book: Book, code: str) -> list[str]:
    """The indicators that one is calculated from."""
    data = book.indicators[code]
    parts = [data.get("numerator"), data.get("denominator"), *data.get("plus", ()), *data.get("minus", ())]
    return [part for part in parts if part in book.indicators]


def _made_of(book: Book, code: str) -> set[str]:
    return {code}.union(*(_made_of(book, part) for part in parts_of(book, code)))


@cache
def _ends_within(first: date, last: date) -> frozenset[date]:
    """The last day, and that of every shorter period that may be asked for."""
    return frozenset([last]).union(*(_ends_within(start, end) for _, start, end in shorter(first, last)))


def _has_all(found: Found) -> bool:
    return found.amount is not None and found.complete


def _is_of(one: Said, asked: Asked) -> bool:
    kind, ownership, zone_kind, currency, *rarer = one.breakdown
    if asked.currency and currency != asked.currency:
        return False
    wanted = (asked.kind, asked.ownership, asked.zone_kind), [asked.country, asked.sector, asked.other]
    return ((kind, ownership, zone_kind), rarer) == wanted


def _nearest(counts: list[Said], asked: Asked) -> list[Said]:
    """The last count in the period; where there is none, the first one in the 31 days after it that somebody gave."""
    within = [one.last for one in counts if asked.first <= one.last <= asked.last]
    if within:
        return [one for one in counts if one.last == max(within)]
    after = [one for one in counts if asked.last < one.last <= asked.last + COUNTED_LATE and not one.is_derived]
    return [one for one in after if one.last == min(late.last for late in after)]


def _first_of(found: Sequence[Found]) -> Found:
    """The first complete one; where there is none, the first that has an amount."""
    some = [one for one in found if one.amount is not None]
    return next((one for one in some if one.complete), some[0] if some else NOTHING)


@cache
def shorter(first: date, last: date) -> list[tuple[str, date, date]]:
    """The fewest whole calendar years, halves, quarters, months that make up these days; none for a month, or for days
    that are not whole months."""
    found: list[tuple[str, date, date]] = []
    start = first
    while start <= last:
        fitting = [part for part in _starting(start) if part[2] <= last and (part[1], part[2]) != (first, last)]
        if not fitting:
            return []
        found.append(fitting[0])
        start = fitting[0][2] + DAY
    return found


def _starting(day: date) -> list[tuple[str, date, date]]:
    """The year, half, quarter and month that start on this day, the longest first."""
    if day.day != 1:
        return []
    names = {12: f"{day.year}", 6: f"{day.year}-H{day.month // 6 + 1}", 3: f"{day.year}-Q{day.month // 3 + 1}"}
    lengths = [months for months in names if day.month % months == 1]
    month = (f"{day.year}-{day.month:02}", day, _end(day, 1))
    return [(names[months], day, _end(day, months)) for months in lengths] + [month]


def _end(day: date, months: int) -> date:
    month = day.month + months
    return date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - DAY


def _weakest(maturities: Iterable[str]) -> str:
    return min(maturities, key=WEAKEST_FIRST.index)


def _half_up(value: Fraction) -> int:
    """Rounded to a whole, a half away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole
