"""The stored rows of a book, read with plain SQL: what stands, and the catalogue, as known after a batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

NOT_WITHDRAWN = """
SELECT o.cell_id, o.stream_id, o.owner, o.is_public,
       o.batch_id, o.id, o.amount, o.emptiness, o.maturity, s.kind,
       c.indicator, c.place, c.period, c.first, c.last,
       c.kind, c.ownership, c.zone_kind, c.currency, c.country, c.sector, c.other
FROM ledger_observation o
JOIN ledger_cell c ON c.id = o.cell_id
JOIN ledger_stream s ON s.id = o.stream_id
WHERE o.batch_id <= %s
  AND NOT EXISTS (SELECT 1 FROM ledger_withdrawal w WHERE w.observation_id = o.id AND w.batch_id <= %s)
ORDER BY o.batch_id
"""
MOVED = """
SELECT indicator, place, day, amount, ownership, currency, country, sector
FROM ledger_movement WHERE since <= %s AND (until IS NULL OR until > %s)
"""
DECLARED = "SELECT register, authority, starts FROM ledger_completeness WHERE batch_id <= %s ORDER BY batch_id"
TIME = "SELECT at FROM sealing_batch WHERE sequence <= %s ORDER BY sequence DESC LIMIT 1"
ENTRIES = "SELECT kind, key, data FROM catalogue_entry WHERE batch_id <= %s ORDER BY batch_id"


@dataclass(frozen=True, slots=True)
class Said:
    """One figure that stands. breakdown: kind, ownership, zone kind, currency, country, sector, other of its cell."""

    batch: int
    id: str
    amount: int | None
    emptiness: str
    maturity: str
    stream: str
    indicator: str
    place: str
    period: str
    first: date
    last: date
    breakdown: tuple[str, ...]
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What a registered thing moved of an indicator in a zone on a day."""

    day: date
    amount: int
    ownership: str
    currency: str
    country: str = ""
    sector: str = ""


@dataclass
class Book:
    """What a moment knew. said: by indicator and place; orders: from a day on, stream kinds, the first one answers.

    Of registers: the indicators that each moves; moved: by indicator and zone; declared: by register and board, from
    when on it is complete; tallies: of those told quarter by quarter what counts who told, and the indicator of how
    many have to. sequence, today: of the moment.
    """

    said: dict[tuple[str, str], list[Said]] = field(default_factory=dict)
    indicators: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    memberships: list[dict[str, Any]] = field(default_factory=list)
    zone_kinds: dict[str, dict[str, Any]] = field(default_factory=dict)
    sectors: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: list[tuple[date, list[str]]] = field(default_factory=list)
    registers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    of_all: frozenset[str] = frozenset()
    undivided: frozenset[str] = frozenset()
    tallies: dict[str, tuple[str, str]] = field(default_factory=dict)
    moved: dict[tuple[str, str], list[Moved]] = field(default_factory=dict)
    declared: dict[str, dict[str, date]] = field(default_factory=dict)
    sequence: int = 0
    today: date = date.min


def read_book(
    at: int,
    registers: Mapping[str, tuple[str, ...]],
    of_all: Iterable[str] = (),
    undivided: Iterable[str] = (),
    tallies: Mapping[str, tuple[str, str]] | None = None,
) -> Book:
    """The book as known right after batch `at`, as the ministry sees it: every accepted figure.

    registers: the indicators that each of them moves; of_all: those that an economic zone tells for all of itself;
    undivided: those that they tell by no country or sector; tallies: as in `Book`.
    """
    book = Book(
        registers=dict(registers),
        of_all=frozenset(of_all),
        undivided=frozenset(undivided),
        tallies=dict(tallies or {}),
    )
    for one in _standing(at):
        book.said.setdefault((one.indicator, one.place), []).append(one)
    for (file, key), data in _entries(at).items():
        table = json.loads(data, object_hook=_with_days)
        if "retired" not in table:
            _put(book, file, key, table)
    _read_registers(book, at)
    return book


def _read_registers(book: Book, at: int) -> None:
    book.sequence = at
    for register, authority, starts in _rows(DECLARED, at):
        book.declared.setdefault(register, {}).pop(authority, None)
        if starts is not None:
            book.declared[register][authority] = _day(starts)
    for indicator, place, day, *rest in _rows(MOVED, at, at):
        book.moved.setdefault((indicator, place), []).append(Moved(_day(day), *rest))
    for (moment,) in _rows(TIME, at):
        time = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
        book.today = timezone.localdate(time if timezone.is_aware(time) else time.replace(tzinfo=UTC))


def _standing(at: int) -> list[Said]:
    """Per cell, stream and shelf (an owner's published or unpublished figures) the newest that was not withdrawn."""
    newest: dict[tuple[str, ...], Said] = {}
    for row in _rows(NOT_WITHDRAWN, at, at):
        batch, key, amount, emptiness, maturity, stream, indicator, place, period, first, last = row[4:15]
        newest[tuple(str(part) for part in row[:4])] = Said(
            batch=batch,
            id=str(key).replace("-", ""),
            amount=amount,
            emptiness=emptiness,
            maturity=maturity,
            stream=stream,
            indicator=indicator,
            place=place,
            period=period,
            first=_day(first),
            last=_day(last),
            breakdown=tuple(row[15:]),
        )
    return list(newest.values())


def _entries(at: int) -> dict[tuple[str, str], str]:
    """The newest version of every catalogue item; an item with no data any more is retired."""
    newest = {(file, key): data for file, key, data in _rows(ENTRIES, at)}
    return {item: data for item, data in newest.items() if data}


def _put(book: Book, file: str, key: str, data: Any) -> None:
    folder, name = file.split("/")[0], key.split("[")[0]
    if folder == "indicators":
        book.indicators[key] = data
    elif folder == "territory" and name == "event":
        book.events.append(data)
    elif folder == "territory" and name == "membership":
        book.memberships.append(data)
    elif folder == "territory" and name != "lead":
        book.places[key] = data
    elif folder == "dimensions" and name == "precedence":
        book.orders.append((data["starts"], data["order"]))
    elif folder == "dimensions" and name == "dimension":
        book.zone_kinds |= data.get("zone_kind", {}).get("values", {})
        book.sectors |= data.get("sector", {}).get("values", {})


def _rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _with_days(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table["$date"]) if set(table) == {"$date"} else table
