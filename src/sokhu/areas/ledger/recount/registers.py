"""What registers come to, by `docs/answers.md` ("Derived figures"): every window and month's end, summed up plainly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from sokhu.areas.ledger.recount.book import Book, Moved, Said
from sokhu.areas.ledger.recount.places import Places, kind_of

DAY = timedelta(days=1)
KEPT = 2_000  # zones' figures of an indicator that are kept, some 200 KB each
LENGTHS = {1: range(1, 13), 3: (1, 4, 7, 10), 6: (1, 7), 9: (1,), 12: (1,)}  # months: those that a window starts in
Part = tuple[str, str]  # ownership, currency


class Registered:
    """The derived figures of a book, zone by zone and indicator by indicator. keys: those of which there are any."""

    def __init__(self, book: Book, places: Places) -> None:
        self.book, self.places = book, places
        self.register = {code: name for name, codes in book.registers.items() for code in codes}
        zones = [zone for zone in places.of_kind.get("zone", []) if zone in book.places]
        self.starts = {(name, zone): self._start(name, zone) for name in book.registers for zone in zones}
        self.keys = {
            (code, zone)
            for code, name in self.register.items()
            for zone in zones
            if code in book.indicators and self.starts[name, zone]
        }
        self.parks: dict[str, list[str]] = {}
        for park in zones:
            self.parks.setdefault(self.places.group_of(park, "zone", book.today), []).append(park)
        self.said = lru_cache(maxsize=KEPT)(self._said)

    def _start(self, register: str, zone: str) -> date | None:
        """The first day on which the register of a zone can be complete."""
        said = [day for board, day in self.book.declared.get(register, {}).items() if board in self._boards(zone)]
        return min(said, default=None)

    def _boards(self, zone: str) -> set[str]:
        """Every board that ever kept a zone."""
        days = [self.book.today, *(day - DAY for day in self.places.changes), *self.places.changes]
        return {board for day in days if (board := self.places.group_of(zone, "board", day))}

    def is_complete(self, code: str, zone: str, first: date, last: date) -> bool:
        """Whether the register is complete on every day: it changes where the map does, or where a board says so."""
        declared = self.book.declared.get(self.register[code], {})
        if not self._is_told(self.register[code], zone, first, last):
            return False
        days = {first, last} | {day for day in (*self.places.changes, *declared.values()) if first <= day <= last}
        return all(self._is_complete(declared, zone, day) for day in days)

    def _is_told(self, register: str, zone: str, first: date, last: date) -> bool:
        """Of what is told quarter by quarter: whether in each quarter of a window as many did as have to."""
        if register not in self.book.tallies:
            return True
        told, due = self.book.tallies[register]
        starts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in LENGTHS[3]]
        quarters = [(start, _end(start.year, start.month + 2)) for start in starts]
        within = [one for one in quarters if one[1] >= first and one[0] <= last]
        is_day = first == last and within[0][1] == last
        if not is_day and (within[0][0] != first or within[-1][1] != last):
            return False
        return all(
            sum(one.amount for one in self._rows(told, zone, end, end))
            == sum(one.amount for one in self._rows(due, zone, date.min, end, end))
            for _start, end in within
        )

    def _is_complete(self, declared: dict[str, date], zone: str, day: date) -> bool:
        board = self.places.group_of(zone, "board", day)
        family = self._line(board) & self._boards(zone) if board else set()
        return any(one in declared and declared[one] <= day for one in family)

    def _line(self, board: str) -> set[str]:
        """The board, those it came out of and those that came out of it, through every merger."""
        found, grown = {board}, True
        while grown:
            before = {a for e in self.book.events if set(e["to"]) & found for a in e["from"] if kind_of(a) == "board"}
            grown = not before <= found
            found |= before
        after, grown = {board}, True
        while grown:
            later = {b for e in self.book.events if set(e["from"]) & after for b in e["to"] if kind_of(b) == "board"}
            grown = not later <= after
            after |= later
        return found | after

    def _said(self, code: str, zone: str, country: str = "", sector: str = "") -> list[Said]:
        dimensions = self.book.indicators[code]["dimensions"]
        if (country and "country" not in dimensions) or (sector and "sector" not in dimensions):
            return []
        if (country or sector) and code in self.book.undivided:
            return []
        is_flow = self.book.indicators[code]["nature"] == "flow"
        found = []
        for name, first, last in self._windows(code, zone) if is_flow else self._days(code, zone):
            rows = self._rows(code, zone, first, last) if is_flow else self._rows(code, zone, date.min, last, last)
            rows = [one for one in rows if country in ("", one.country) and self._is_in(one.sector, sector)]
            of = country, sector
            found += [self._figure(code, zone, part, rows, (name, first, last), of) for part in self._parts(code, rows)]
        return found

    def _is_in(self, division: str, sector: str) -> bool:
        return sector in ("", division, self.book.sectors.get(division, {}).get("parent", ""))

    def _figure(
        self, code: str, zone: str, part: Part, rows: list[Moved], window: tuple[str, date, date], of: tuple[str, str]
    ) -> Said:
        owner, currency = part
        rows = [one for one in rows if one.currency == currency and owner in ("", one.ownership)]
        return Said(
            batch=self.book.sequence,
            id=f"{code} {zone}",
            amount=sum(one.amount for one in rows),
            emptiness="",
            maturity="final",
            stream="register",
            indicator=code,
            place=zone,
            period=window[0],
            first=window[1],
            last=window[2],
            breakdown=("result", owner, "", currency, *of, ""),
            is_derived=True,
        )

    def _parts(self, code: str, rows: list[Moved]) -> list[Part]:
        dimensions = self.book.indicators[code]["dimensions"]
        owners = ("", "FDI", "DDI") if "ownership" in dimensions else ("",)
        currencies = {"USD", "VND", *(one.currency for one in rows)} if "currency" in dimensions else {""}
        return [(owner, currency) for owner in owners for currency in currencies]

    def _rows(self, code: str, zone: str, first: date, last: date, on: date | None = None) -> list[Moved]:
        """What moved in the zone, and in the parks that were in it on the day of the movement, or on another."""
        own = self.book.moved.get((code, zone), [])
        tells_all = code in self.book.of_all and any(one.day <= last for one in own)
        inside = [
            one
            for park in (() if tells_all else self.parks.get(zone, ()))
            for one in self.book.moved.get((code, park), [])
            if self.places.group_of(park, "zone", on or one.day) == zone
        ]
        return [one for one in (*own, *inside) if first <= one.day <= last]

    def _windows(self, code: str, zone: str) -> Iterator[tuple[str, date, date]]:
        start, today = self.starts[self.register[code], zone], self.book.today
        for year in range(start.year, today.year + 1) if start else ():
            for months, firsts in LENGTHS.items():
                for month in firsts:
                    first, end = date(year, month, 1), _end(year, month + months - 1)
                    last = min(end, today)
                    if first <= today and self.is_complete(code, zone, first, last):
                        yield _name(year, month, months), first, last

    def _days(self, code: str, zone: str) -> Iterator[tuple[str, date, date]]:
        start, today = self.starts[self.register[code], zone], self.book.today
        ends = (
            [_end(year, month) for year in range(start.year, today.year + 1) for month in range(1, 13)] if start else []
        )
        for day in sorted({*(day for day in ends if day <= today), today}):
            if self.is_complete(code, zone, day, day):
                yield day.isoformat(), day, day


def _end(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - DAY


def _name(year: int, month: int, months: int) -> str:
    names = {
        1: f"{year}-{month:02}",
        3: f"{year}-Q{month // 3 + 1}",
        6: f"{year}-H{month // 6 + 1}",
        9: f"{year}-01..{year}-09",
        12: f"{year}",
    }
    return names[months]
