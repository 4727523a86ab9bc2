"""A copy made out of an older one of the same catalogue: only what came or went since is added up anew.

A total rests on what was said within its period and, of counts, in the weeks after it. So a change moves the totals of
the periods that it touches and no others: these are made from the facts of their days, the rest is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sokhu.core.fact import STOCK_GRACE
from sokhu.core.period import named, standard_periods
from sokhu.engine.adapters import DuckDB
from sokhu.engine.keys import Keys, Measure
from sokhu.engine.tables import TOTAL

Seen = tuple[str, str, str, bool]  # a place, an indicator, whose figures of it there are, whether all may see them


class OtherWords(Exception):
    """Something is said of a place or a measure that the older copy does not know: a new one has to be made."""


@dataclass(frozen=True, slots=True)
class Older:
    """An older copy, and the first and last day of all that came or went since. seen: of the whole ledger."""

    path: Path
    first: date
    last: date
    seen: Iterable[Seen] = ()

    def touches(self, name: str) -> bool:
        period = named(name)
        return period.first <= self.last and self.first <= period.last + STOCK_GRACE

    def days(self) -> tuple[date, date]:
        """The days on which the totals that are touched rest."""
        periods = standard_periods(range(self.first.year - 1, self.last.year + 1))
        touched = [one for one in periods if self.touches(one.name)]
        return min(one.first for one in touched), max(one.last for one in touched) + STOCK_GRACE

    def keys(self) -> Keys:
        """The words of the copy, by the numbers that they have there."""
        adapter = DuckDB(str(self.path), read_only=True)
        try:
            measures = adapter.rows("SELECT * FROM key_measure")
            held = "SELECT name FROM key_period JOIN period ON period.id = key_period.id WHERE period.era >= 0"
            return Keys(
                {Measure(*(word or "" for word in words)): number for number, *words in measures},
                {place: number for number, place in adapter.rows("SELECT * FROM key_place")},
                {name: number for number, name in adapter.rows("SELECT * FROM key_period")},
                {owner or "": number for number, owner in adapter.rows("SELECT * FROM key_owner")},
                years=_years([name for (name,) in adapter.rows(held)]),
            )
        finally:
            adapter.close()

    def take_over(self, adapter: DuckDB, keys: Keys) -> None:
        """Into `kept.total`: the older totals of periods that nothing touched, and those of `total` of the others."""
        touched = ", ".join(str(number) for name, number in keys.periods.items() if self.touches(name)) or "-1"
        columns, rows = ", ".join(TOTAL), ", ".join(f"total.{name}" for name in TOTAL)
        adapter.run(f"ATTACH '{self.path.as_posix()}' AS older (READ_ONLY)")
        into = f"INSERT INTO kept.total ({columns}) SELECT {rows} FROM"
        adapter.run(f"{into} older.total AS total WHERE period NOT IN ({touched})")
        adapter.run(
            f"{into} memory.total AS total JOIN memory.place AS place ON place.id = total.place"
            f" WHERE period IN ({touched}) ORDER BY ownership, kind, period, measure, total.place"
        )
        adapter.run("DETACH older")


def _years(names: Iterable[str]) -> tuple[int, int] | None:
    years = [named(name).last.year for name in names]
    return (min(years), max(years)) if years else None
