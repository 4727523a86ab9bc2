"""`make spark`: the definition of all totals on Spark, unchanged, on a book of random figures, beside DuckDB.

Runs in an environment of its own (pyspark is no package of the product); DuckDB's side runs in the product's own.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ALL = "SELECT {} FROM total ORDER BY measure, place, ownership, period"
FIGURES = 60


def digest(rows: list[tuple[Any, ...]]) -> str:
    lines = ("\t".join("" if value is None else str(int(value)) for value in row) for row in rows)
    return sha256("\n".join(lines).encode()).hexdigest()


def on_duckdb(folder: Path) -> None:
    """Prepares the book, makes its totals, and leaves for Spark what it needs: files, statements, types."""
    sys.path[:0] = [str(HERE.parent / "tests")]
    from engine.random_book import CATALOGUE, figures
    from sokhu.engine.adapters import DuckDB
    from sokhu.engine.build import make, prepare
    from sokhu.engine.definition import statements
    from sokhu.engine.tables import FRAME, TOTAL, ddl

    prepared = prepare(figures(FIGURES), CATALOGUE, folder)
    adapter = DuckDB()
    make(adapter, prepared, folder)
    query = ALL.format(", ".join(TOTAL))
    rows = adapter.rows(query)
    tables = {table: ddl(table, columns) for table, columns in FRAME.items()}
    left = tables, ddl("total", TOTAL), list(statements(prepared.shape)), query
    (folder / "work.pickle").write_bytes(pickle.dumps(left))
    print(f"DuckDB: {prepared.facts} facts, {len(rows)} totals, {digest(rows)}", flush=True)


# A small book: what takes its time is planning, compiling and scheduling, so as little as may be of each.
OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.default.parallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.legacy.createHiveTableByDefault": "false",
}


def on_spark(folder: Path) -> None:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    for name, value in OPTIONS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    tables, total, statements, query = pickle.loads((folder / "work.pickle").read_bytes())
    for table, definition in tables.items():
        columns = definition[definition.index("(") + 1 : -1]
        spark.read.csv(str(folder / f"{table}.csv"), schema=columns).write.saveAsTable(table)
    spark.sql(total)
    for number, statement in enumerate(statements):
        try:
            spark.sql(statement)
            print(f"\r{number + 1} of {len(statements)} statements", end="", file=sys.stderr, flush=True)
        except Exception as problem:
            raise SystemExit(f"Spark refuses statement {number}:\n{statement}\n{str(problem)[:600]}") from problem
    rows = [tuple(row) for row in spark.sql(query).collect()]
    print(f"Spark {spark.version}: {len(statements)} statements, {len(rows)} totals, {digest(rows)}", flush=True)


def _told(python: Path, side: str, folder: str) -> str:
    command = [str(python), __file__, side, folder]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder).stdout


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="sokhu-spark-") as folder:
        product, own = HERE.parent / ".venv/bin/python", HERE.parent / ".venv/spark/bin/python"
        told = [_told(python, side, folder) for python, side in ((product, "duckdb"), (own, "spark"))]
    print(*told, sep="", end="")
    digests = {line.split()[-1] for line in told}
    print("equal" if len(digests) == 1 else "NOT EQUAL")
    return len(digests) - 1


if __name__ == "__main__":
    if sys.argv[1:]:
        {"duckdb": on_duckdb, "spark": on_spark}[sys.argv[1]](Path(sys.argv[2]))
    else:
        sys.exit(main())
