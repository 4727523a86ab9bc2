"""Which of many values occur among the figures that a reader may see, each looked for until the first is found.

A list of all distinct values would read the whole ledger; an index answers for each value at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Literal

from django.db import connection

from sokhu.areas.ledger.models import Cell, Observation
from sokhu.areas.ledger.standing import Condition, is_not_gone, seen_by, table_of
from sokhu.areas.territory.queries import Reach


def occurring(reach: Reach, column: Literal["indicator", "place"], values: Collection[str]) -> set[str]:
    """Those of the values of which there is a figure that was not withdrawn."""
    if not values:
        return set()
    rows = ", ".join(["(%s)"] * len(values))
    found, parameters = _exists(reach, [(f"c.{column} = sought.value", []), is_not_gone("o", None)])
    query = f"WITH sought(value) AS (VALUES {rows}) SELECT value FROM sought WHERE {found}"
    return {value for (value,) in _rows(query, [*values, *parameters])}


def years_occurring(reach: Reach, places: Collection[str] | None = None) -> list[int]:
    """The years in which a figure of one of these places ends, of any place for None; the newest first."""
    if places is not None and not places:
        return []
    sought = f"WITH sought(place) AS (VALUES {', '.join(['(%s)'] * len(places))}) " if places else ""
    among: list[Condition] = [("c.place IN (SELECT place FROM sought)", [])] if places else []
    asked, parameters = [], list[Any](places or ())
    for year in _years():
        days = [date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()]
        found, values = _exists(reach, [('c."last" BETWEEN %s AND %s', days), *among])
        asked.append(f"SELECT {year} WHERE {found}")
        parameters += values
    rows = _rows(sought + " UNION ALL ".join(asked), parameters) if asked else []
    return sorted((year for (year,) in rows), reverse=True)


def _years() -> range:
    """From the year in which the first cell of the book ends to that of the last."""
    cell = table_of(Cell)
    ((first, last),) = _rows(f'SELECT (SELECT MIN("last") FROM {cell}), (SELECT MAX("last") FROM {cell})', [])
    return range(_year(first), _year(last) + 1) if first else range(0)


def _year(day: date | str) -> int:
    return date.fromisoformat(str(day)).year


def _exists(reach: Reach, conditions: Iterable[Condition]) -> Condition:
    all_of = [*conditions, *seen_by(reach)]
    text = f"""EXISTS (
        SELECT 1 FROM {table_of(Cell)} c JOIN {table_of(Observation)} o ON o.cell_id = c.id
        WHERE {" AND ".join(text for text, _values in all_of)})"""
    return text, [value for _text, values in all_of for value in values]


def _rows(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
