"""The book's columnar copies: made from the ledger, opened when they are of it, and what came after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from sokhu.areas.catalogue.queries import dimensions, indicators, moment_of, newest_moment, territory
from sokhu.areas.ledger.derived import registers_at
from sokhu.areas.ledger.derived_in_copies import (
    derived_changes,
    derived_until,
    is_of_another_day,
    moves_after,
    seen_of,
    spoken_of,
)
from sokhu.areas.ledger.models import Cell, Movement, Observation, Stream, Withdrawal
from sokhu.core.derived import ZERO_CURRENCIES
from sokhu.core.indicator import Indicator
from sokhu.core.measure import CURRENCIES
from sokhu.engine.build import Said
from sokhu.engine.frame import Catalogue
from sokhu.engine.fresh import Change, Tail, tail_of
from sokhu.engine.keys import Measure
from sokhu.engine.renewing import Older, OtherWords, Seen
from sokhu.engine.store import BrokenCopy, Copy, Moment, is_of, newest, opened, remove_older, write
from sokhu.kit.sealing.models import Batch
from sokhu.kit.sealing.queries import head

NO_END = 2**62  # later than any batch
TAIL_LIMIT = 500  # figures after a copy that are answered from the ledger before a new one is worth making
KEPT = 2  # the newest copy, and the one before it that a reader may still have open
ROWS_AT_ONCE = 10_000
YEARS_RENEWED = 2  # of what is of more years, a copy made anew takes no longer
TAILS_KEPT = 8  # of the newest moments, and a few that people look back to
_open: dict[Path, Copy] = {}
_tails: dict[tuple[Path, int], Tail] = {}


def folder() -> Path:
    return Path(settings.ENGINE_FOLDER)


def make_copy(*, anew: bool = False) -> Path:
    """Makes the copy of the ledger as it is now; writers and readers go on meanwhile.

    anew: all of it, also where one could be made out of the one before.
    """
    sequence = head()[0]
    moment = Moment(sequence, _digest(sequence), newest_moment(sequence))
    catalogue = Catalogue(indicators(sequence), dimensions(sequence), territory(sequence))
    path = None if anew else _renewed(moment, catalogue)
    if path is None:
        path = write(folder(), moment, chain(said_until(sequence), derived_until(sequence)), catalogue)
    remove_older(folder(), KEPT)
    return path


def _renewed(moment: Moment, catalogue: Catalogue) -> Path | None:
    """The copy out of the one before, where what came or went since is of few days; else None."""
    older = _older(moment.sequence)
    if older is None:
        return None
    first, last = older.days()
    said = chain(said_until(moment.sequence, first, last), derived_until(moment.sequence, first, last))
    try:
        return write(folder(), moment, said, catalogue, older)
    except (OtherWords, BrokenCopy):
        return None


def _older(sequence: int) -> Older | None:
    copy = newest_copy(sequence)
    if copy is None or copy.sequence == sequence or _spoken(copy.sequence) != _spoken(sequence):
        return None
    days = [day for one in _changes(copy.sequence, sequence) for day in (one.first, one.last)]
    first, last = min(days, default=date.min), max(days, default=date.max)
    if last.year - first.year > YEARS_RENEWED:
        return None
    return Older(copy.path, first, last, _seen(sequence))


def _spoken(sequence: int) -> set[tuple[str, str]]:
    known = registers_at(sequence)
    return spoken_of(known) if known else set()


def _seen(sequence: int) -> list[Seen]:
    """Of what there are figures right after a batch, and whose."""
    standing = Observation.objects.filter(batch__lte=sequence).exclude(withdrawal__batch__lte=sequence)
    said = standing.values_list("cell__place", "cell__indicator", "owner", "is_public").distinct()
    known = registers_at(sequence)
    return [*said, *(seen_of(known) if known else ())]


def refresh() -> Path | None:
    """Makes a copy where there is none to use, or much came after it; None where there is nothing to do."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "making.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError:
            return None
        copy = newest_copy()
        return make_copy() if copy is None or _is_behind(copy) else None


def _is_behind(copy: Copy) -> bool:
    return came_after(copy) > TAIL_LIMIT or is_of_another_day(copy.sequence)


def came_after(copy: Copy) -> int:
    """How many figures were accepted, corrected or withdrawn, and how much registers moved, since a copy was made."""
    said = sum(model.objects.filter(batch__gt=copy.sequence).count() for model in (Observation, Withdrawal))
    return said + moves_after(copy.sequence).count()


def newest_copy(at: int | None = None) -> Copy | None:
    """The newest copy that is of this ledger and not after a moment; None where there is none that could be used.

    A copy of before the catalogue's last change is not used: places and rules may have other meanings now.
    """
    found = newest(folder(), NO_END if at is None else at)
    wanted = moment_of(at) if found else 0
    for sequence, catalogue, path in found:
        if catalogue == wanted and is_of(path, _digest(sequence)):
            return _opened(path, indicators(at))
    return None


def _opened(path: Path, known: Mapping[str, Indicator]) -> Copy | None:
    copy = _open.get(path)
    if copy is None:
        _close_those_taken_away()
        try:
            copy = _open[path] = opened(path, known)
        except BrokenCopy:
            with suppress(OSError):
                path.unlink()
    return copy


def _close_those_taken_away() -> None:
    """A file that was removed takes room on the disk while it is open; who still asks it is answered without it."""
    for path in [path for path in _open if not path.exists()]:
        if (copy := _open.pop(path, None)) is not None:
            copy.close()


def drop_broken(copy: Copy) -> None:
    """Takes a damaged copy away; the next one is made as if there had been none."""
    _open.pop(copy.path, None)
    with suppress(BrokenCopy):
        copy.close()
    with suppress(OSError):
        copy.path.unlink()


def tail_since(copy: Copy, until: int) -> Tail:
    """What was accepted, corrected or withdrawn, and what registers moved, after a copy, up to a batch."""
    key = (copy.path, until)
    tail = _tails.get(key)
    if tail is None:
        if len(_tails) >= TAILS_KEPT:
            _tails.clear()
        tail = _tails[key] = tail_of(_changes(copy.sequence, until), copy, copy.totals.indicators)
    return tail


def currencies_said(copy: Copy | None, until: int) -> tuple[str, ...]:
    """The currencies in which anything was said by a batch, or moved in a register."""
    said = _currencies(until, _digest(until)) if copy is None else copy.currencies | tail_since(copy, until).currencies
    return tuple(one for one in CURRENCIES if one in said) or CURRENCIES[:1]


@lru_cache(maxsize=4)
def _currencies(until: int, digest: str) -> frozenset[str]:
    """From the ledger itself. digest: of the chain at the batch, so that it is kept for this ledger only."""
    cells = Cell.objects.filter(batch__lte=until).order_by().values_list("currency", flat=True).distinct()
    moved = Movement.objects.filter(since__lte=until).order_by().values_list("currency", flat=True).distinct()
    found = frozenset(cells), frozenset(moved)
    return frozenset().union(*found, ZERO_CURRENCIES if found[1] else ())


def _changes(after: int, until: int) -> Iterator[Change]:
    fields = ("indicator", "place", "first", "last", "currency")
    cells = Observation.objects.filter(batch__gt=after, batch__lte=until).values_list(
        *(f"cell__{one}" for one in fields)
    )
    gone = Withdrawal.objects.filter(batch__gt=after, batch__lte=until)
    yield from (Change(*row) for row in cells)
    yield from (Change(*row) for row in gone.values_list(*(f"observation__cell__{one}" for one in fields)))
    yield from derived_changes(after, until)


def _digest(sequence: int) -> str:
    return Batch.objects.filter(pk=sequence).values_list("digest", flat=True).first() or ""


def said_until(sequence: int, first: date = date.min, last: date = date.max) -> Iterator[Said]:
    """Every observation up to a batch that was not withdrawn by then, straight from the tables.

    first, last: those of which some day is one of these.
    """
    observation, cell, stream, withdrawal = (
        connection.ops.quote_name(model._meta.db_table) for model in (Observation, Cell, Stream, Withdrawal)
    )
    query = f"""
        SELECT c.indicator, c.kind, c.country, c.sector, c.zone_kind, c.other, c.currency, c.ownership, c.place,
               c.period, c."first", c."last", o.amount, o.emptiness, o.maturity, o.approx, s.kind, o.stream_id, o.owner,
               o.is_public, o.batch_id
        FROM {observation} o
        JOIN {cell} c ON c.id = o.cell_id
        JOIN {stream} s ON s.id = o.stream_id
        LEFT JOIN {withdrawal} w ON w.observation_id = o.id AND w.batch_id <= %s
        WHERE o.batch_id <= %s AND w.id IS NULL AND c."first" <= %s AND c."last" >= %s"""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, [sequence, sequence, last.isoformat(), first.isoformat()])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield _said(row)


def _said(row: tuple[Any, ...]) -> Said:
    ownership, place, period, first, last, amount, emptiness, maturity, approx, kind, stream, owner, public, batch = (
        row[7:]
    )
    return Said(
        measure=Measure(*row[:7]),
        ownership=ownership,
        place=place,
        period=period,
        first=first,
        last=last,
        amount=amount,
        emptiness=emptiness,
        maturity=maturity,
        approx=bool(approx),
        stream_kind=kind,
        shelf=(stream, owner, public),
        owner=owner,
        is_public=bool(public),
        batch=batch,
    )
