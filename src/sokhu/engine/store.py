"""A copy on disk: one DuckDB file for one moment of the ledger, made aside and put in place whole.

Its name tells the moment and the digest of the chain there, so that a copy of another book, or of a ledger that was
changed behind its back, is never taken. What the numbers mean stands in the file itself.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sokhu.core.indicator import Indicator
from sokhu.engine.adapters import DuckDB
from sokhu.engine.build import Prepared, Said, make, prepare
from sokhu.engine.frame import Catalogue
from sokhu.engine.keys import PUBLIC, SEVERAL, Measure
from sokhu.engine.reading import Totals
from sokhu.engine.renewing import Older
from sokhu.engine.tables import TOTAL, ddl

FORMAT = 12  # raised with every change of what a copy holds; older copies are made anew
_NAME = re.compile(r"(?P<sequence>[0-9]+)-(?P<digest>[0-9a-f]{16})-(?P<catalogue>[0-9]+)-(?P<format>[0-9]+)\.duckdb")
_KEYS = {
    "key_measure": {
        "id": "INTEGER",
        **dict.fromkeys(Measure._fields, "VARCHAR"),
    },
    "key_place": {"id": "INTEGER", "code": "VARCHAR"},
    "key_period": {"id": "INTEGER", "name": "VARCHAR"},
    "key_owner": {"id": "INTEGER", "owner": "VARCHAR"},
    "holding": {"member": "VARCHAR", "holder": "VARCHAR"},
    "audience": {"place": "VARCHAR", "indicator": "VARCHAR", "owner": "INTEGER"},
}
SEVERAL_OWNERS, PUBLIC_OWNER = "*", "everybody"  # no ids of authorities
BrokenCopy = duckdb.Error


@dataclass(frozen=True, slots=True)
class Moment:
    """What a copy is of: the ledger's sequence, the digest of its batch, the newest catalogue batch."""

    sequence: int
    digest: str
    catalogue: int

    @property
    def filename(self) -> str:
        return f"{self.sequence}-{self.digest[:16]}-{self.catalogue}-{FORMAT}.duckdb"


@dataclass(frozen=True, slots=True)
class Copy:
    """An open copy. audience: the one owner of what a total rests on, else SEVERAL_OWNERS; PUBLIC_OWNER for all to see.

    holders: what each place is, or ever was, added into, directly. currencies: in which anything was said.
    """

    path: Path
    sequence: int
    totals: Totals
    audience: Mapping[tuple[str, str], str]
    holders: Mapping[str, frozenset[str]]
    currencies: frozenset[str]

    def close(self) -> None:
        self.totals.adapter.close()


def write(folder: Path, moment: Moment, said: Iterable[Said], catalogue: Catalogue, older: Older | None = None) -> Path:
    """Makes the copy of a moment. A failure, a full disk among them, leaves no file that could be taken for one.

    older: a copy whose totals it takes over, but for those of the days that are `said`. Raises OtherWords.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / moment.filename
    with tempfile.TemporaryDirectory(prefix="making-", dir=folder) as aside:
        prepared = prepare(said, catalogue, Path(aside), older)
        made = Path(aside) / "copy.duckdb"
        adapter = DuckDB.making(made)
        try:
            if older:
                adapter.run(ddl("kept.total", TOTAL))
                make(adapter, prepared, Path(aside))
                older.take_over(adapter, prepared.keys)
            else:
                make(adapter, prepared, Path(aside), total="kept.total")
            _keep_keys(adapter, prepared, Path(aside))
            adapter.run("CHECKPOINT kept")
        finally:
            adapter.close()
        os.replace(made, target)
    return target


def _keep_keys(adapter: DuckDB, prepared: Prepared, folder: Path) -> None:
    keys = prepared.keys
    rows: dict[str, Iterable[Iterable[object]]] = {
        "key_measure": ((number, *measure) for measure, number in keys.measures.items()),
        "key_place": ((number, place) for place, number in keys.places.items()),
        "key_period": ((number, name) for name, number in keys.periods.items()),
        "key_owner": ((number, owner) for owner, number in keys.owners.items()),
        "holding": prepared.holdings,
        "audience": ((*seen, owner) for seen, owner in prepared.audience.items()),
    }
    for table, columns in _KEYS.items():
        with (folder / f"{table}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows[table])
        adapter.run(ddl(f"kept.{table}", columns))
        adapter.load(f"kept.{table}", folder / f"{table}.csv")
    adapter.run("CREATE TABLE kept.period AS SELECT * FROM period")


def newest(folder: Path, at: int) -> list[tuple[int, int, Path]]:
    """(sequence, catalogue, path) of the copies not after a moment, newest first."""
    found = []
    for path in folder.glob("*.duckdb") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match and int(match["format"]) == FORMAT and int(match["sequence"]) <= at:
            found.append((int(match["sequence"]), int(match["catalogue"]), path))
    return sorted(found, reverse=True)


def is_of(path: Path, digest: str) -> bool:
    """Whether a copy was made of a ledger whose batch at that moment has this digest."""
    match = _NAME.fullmatch(path.name)
    return match is not None and match["digest"] == digest[:16]


def opened(path: Path, indicators: Mapping[str, Indicator]) -> Copy:
    """Raises BrokenCopy for a file that is damaged or no copy at all."""
    match = _NAME.fullmatch(path.name)
    assert match is not None
    adapter = DuckDB(str(path), read_only=True)
    places = {code: number for number, code in adapter.rows("SELECT id, code FROM key_place")}
    held = "SELECT name, key_period.id FROM key_period JOIN period ON period.id = key_period.id WHERE period.era >= 0"
    owners = {number: owner or "" for number, owner in adapter.rows("SELECT id, owner FROM key_owner")}
    owners |= {PUBLIC: PUBLIC_OWNER, SEVERAL: SEVERAL_OWNERS}
    measures = {
        Measure(*(word or "" for word in words)): number for number, *words in adapter.rows("SELECT * FROM key_measure")
    }
    holders: dict[str, set[str]] = {}
    for member, holder in adapter.rows("SELECT member, holder FROM holding"):
        holders.setdefault(member, set()).add(holder)
    return Copy(
        path,
        int(match["sequence"]),
        Totals(
            adapter,
            measures,
            places,
            dict(adapter.rows(held)),
            indicators,
        ),
        {
            (place, indicator): owners[owner]
            for place, indicator, owner in adapter.rows("SELECT place, indicator, owner FROM audience")
        },
        {member: frozenset(above) for member, above in holders.items()},
        frozenset(measure.currency for measure in measures),
    )


def remove_older(folder: Path, keep: int) -> None:
    """Keeps the newest copies; a reader that has an older one open goes on reading it."""
    for _sequence, _catalogue, path in newest(folder, at=2**62)[keep:]:
        with suppress(OSError):
            path.unlink()
