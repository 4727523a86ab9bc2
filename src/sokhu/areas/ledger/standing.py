"""What stands for a reader, as facts, by one plain statement: every table asks it, and it is the same each time.

It says what `queries.standing` says of everybody; Django would take longer to put that together than a database to
answer it, and each row would be made into three records first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from sokhu.areas.ledger.models import Cell, Observation, Stream, Withdrawal
from sokhu.areas.territory.queries import Reach
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact

Condition = tuple[str, list[Any]]


def said_facts(
    reach: Reach, places: Collection[str], days: tuple[date, date], indicators: Collection[str], at: int | None
) -> Iterator[Fact]:
    """Of these places, in cells that end on one of the days. indicators: only of these; empty for all."""
    if not places:
        return iter(())
    observation, cell, stream = map(table_of, (Observation, Cell, Stream))
    conditions = [
        ('c."last" BETWEEN %s AND %s', [day.isoformat() for day in days]),
        _among("c.place", places),
        *([_among("c.indicator", indicators)] if indicators else []),
        *seen_by(reach),
        *_until("o", at),
        is_not_gone("o", at),
        _is_newest(at),
    ]
    query = f"""
        SELECT c.indicator, c.place, c.period, c."first", c."last", c.regime, c.kind, c.ownership, c.country, c.sector,
               c.zone_kind, c.currency, c.other,
               o.id, o.amount, o.emptiness, o.maturity, o.approx, s.kind, s.speaker, o.batch_id
        FROM {cell} c JOIN {observation} o ON o.cell_id = c.id JOIN {stream} s ON s.id = o.stream_id
        WHERE {" AND ".join(text for text, _values in conditions)}"""
    with connection.cursor() as cursor:
        cursor.execute(query, [value for _text, values in conditions for value in values])
        return map(_fact, cursor.fetchall())


def table_of(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _among(column: str, values: Collection[str]) -> Condition:
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


def seen_by(reach: Reach) -> Iterator[Condition]:
    """As `queries.visible_observations` has it."""
    covered = reach.covered("read", "accepted_figure")
    if reach.sees_all or reach.is_system or covered.everything:
        return
    owned, owners = _among("o.owner", covered.owners) if covered.owners else ("1 = 0", [])
    yield f"(o.is_public OR {owned})", owners


def _until(name: str, at: int | None) -> list[Condition]:
    return [] if at is None else [(f"{name}.batch_id <= %s", [at])]


def is_not_gone(name: str, at: int | None) -> Condition:
    known = " AND w.batch_id <= %s" if at is not None else ""
    text = f"NOT EXISTS (SELECT 1 FROM {table_of(Withdrawal)} w WHERE w.observation_id = {name}.id{known})"
    return text, [] if at is None else [at]


def _is_newest(at: int | None) -> Condition:
    """Of its cell, stream and shelf."""
    conditions = [*_until("later", at), is_not_gone("later", at)]
    text = f"""NOT EXISTS (
            SELECT 1 FROM {table_of(Observation)} later
            WHERE later.cell_id = o.cell_id AND later.stream_id = o.stream_id AND later.owner = o.owner
              AND later.is_public = o.is_public AND later.batch_id > o.batch_id
              AND {" AND ".join(text for text, _values in conditions)})"""
    return text, [value for _text, values in conditions for value in values]


def _fact(row: tuple[Any, ...]) -> Fact:
    key, amount, emptiness, maturity, approx, kind, speaker, batch = row[13:]
    return Fact(
        id=key if isinstance(key, UUID) else UUID(key),
        cell=CellKey(*row[:13]),
        amount=amount,
        emptiness=emptiness,
        maturity=maturity,
        approx=bool(approx),
        stream=(kind, speaker),
        sequence=batch,
    )
