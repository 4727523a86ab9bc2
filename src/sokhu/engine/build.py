"""Making a copy: facts and frame into files, files into tables, tables into totals."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sokhu.core.cell import AWAITED
from sokhu.engine.adapters import Adapter
from sokhu.engine.definition import Shape, statements
from sokhu.engine.frame import Catalogue, Frame, in_order
from sokhu.engine.keys import EMPTINESSES, MATURITIES, OWNERSHIPS, PUBLIC, SEVERAL, Keys, Measure
from sokhu.engine.renewing import Older, OtherWords
from sokhu.engine.tables import FRAME, TOTAL, ddl

_OWNERSHIP, _EMPTINESS, _MATURITY = (
    {word: number for number, word in enumerate(words)} for words in (OWNERSHIPS, EMPTINESSES, MATURITIES)
)


class Said(NamedTuple):
    """One observation that was not withdrawn, as the ledger has it. shelf: whatever tells its shelf from others."""

    measure: Measure
    ownership: str
    place: str
    period: str
    first: date | str
    last: date | str
    amount: int | None
    emptiness: str
    maturity: str
    approx: bool
    stream_kind: str
    shelf: object
    owner: str
    is_public: bool
    batch: int
    is_derived: bool = False


@dataclass
class Prepared:
    """A copy's files and what its numbers mean. audience: whose a place's figures of an indicator are, if any."""

    keys: Keys
    shape: Shape
    audience: dict[tuple[str, str], int]
    holdings: set[tuple[str, str]]
    facts: int


def prepare(said: Iterable[Said], catalogue: Catalogue, folder: Path, older: Older | None = None) -> Prepared:
    """Writes a file for each table of the frame. older: a copy that totals are taken over from.

    Raises Problem("catalogue.no_precedence", day), OtherWords.
    """
    keys = older.keys() if older else Keys()
    keys.order = in_order(catalogue.territory)
    words = len(keys.measures), len(keys.places)
    owners: dict[tuple[str, str], int] = {}
    for place, indicator, owner, is_public in older.seen if older else ():
        _note_owner(owners, (place, indicator), PUBLIC if is_public else keys.owner(owner))
    facts = _write_facts(said, catalogue, folder, keys, owners)
    frame = Frame(catalogue, keys, facts)
    tables = frame.tables()
    if older and words != (len(keys.measures), len(keys.places)):
        raise OtherWords
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    audience = _audience(owners, frame)
    return Prepared(keys, frame.shape(tables), audience, frame.holdings(), facts)


def _write_facts(
    said: Iterable[Said], catalogue: Catalogue, folder: Path, keys: Keys, owners: dict[tuple[str, str], int]
) -> int:
    turns: dict[tuple[str, int], int] = {}
    shelves: dict[object, int] = {}
    count = 0
    with (folder / "fact.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        for one in said:
            window = keys.window(one.period, one.first, one.last)
            turn_key = (one.stream_kind, window.last)
            if turn_key not in turns:
                turns[turn_key] = _turn(catalogue, one.stream_kind, date.fromordinal(window.last))
            keys.has_awaited |= one.emptiness in AWAITED
            keys.has_derived |= one.is_derived
            owner = PUBLIC if one.is_public else keys.owner(one.owner)
            _note_owner(owners, (one.place, one.measure.indicator), owner)
            writer.writerow(
                (
                    keys.measure(one.measure),
                    keys.place(one.place),
                    _OWNERSHIP[one.ownership],
                    window.period,
                    window.unlike,
                    window.first,
                    window.last,
                    one.amount,
                    _EMPTINESS[one.emptiness],
                    _MATURITY[one.maturity],
                    int(one.approx),
                    turns[turn_key],
                    shelves.setdefault(one.shelf, len(shelves)),
                    one.batch,
                    int(one.is_derived),
                )
            )
            count += 1
    return count


def _note_owner(owners: dict[tuple[str, str], int], seen: tuple[str, str], owner: int) -> None:
    if owners.setdefault(seen, owner) != owner:
        owners[seen] = SEVERAL


def _turn(catalogue: Catalogue, stream_kind: str, day: date) -> int:
    order = catalogue.dimensions.precedence_on(day)
    return order.index(stream_kind) if stream_kind in order else len(order)


def _audience(owners: Mapping[tuple[str, str], int], frame: Frame) -> dict[tuple[str, str], int]:
    """The one owner of all figures that a place's total of an indicator can rest on, PUBLIC of those for all to see."""
    holders: dict[str, set[str]] = defaultdict(set)
    for holder, members in frame.members_ever.items():
        for member in members:
            holders[member].add(holder)
    found = dict(owners)
    for place in sorted(frame.keys.places, key=frame.tier):
        own = [(code, owner) for (at, code), owner in found.items() if at == place] if place in holders else []
        for holder in holders.get(place, ()):
            for code, owner in own:
                if found.setdefault((holder, code), owner) != owner:
                    found[holder, code] = SEVERAL
    return found


def make(adapter: Adapter, prepared: Prepared, folder: Path, *, total: str = "total") -> None:
    """Makes the totals on an engine from a prepared folder. total: the name of its table."""
    adapter.run(ddl(total, TOTAL))
    for table, columns in FRAME.items():
        adapter.run(ddl(table, columns))
        adapter.load(table, folder / f"{table}.csv")
    for statement in statements(prepared.shape):
        adapter.run(statement)
