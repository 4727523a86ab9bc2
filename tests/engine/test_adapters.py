"""The face of an SQL engine: what several threads of a server ask at once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sokhu.engine.adapters import DuckDB

THREADS, ASKED = 8, 100


def test_threads_that_ask_one_copy_at_once_each_get_their_own_rows() -> None:
    copy = DuckDB()
    copy.run("CREATE TABLE numbers AS SELECT range AS number FROM range(2000)")

    def ask(number: int) -> list[list[tuple[int]]]:
        return [copy.rows("SELECT number FROM numbers WHERE number = ?", [number]) for _ in range(ASKED)]

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))
    copy.close()
    assert answers == [[[(number,)]] * ASKED for number in range(THREADS)]


def test_a_copy_that_is_closed_lets_its_file_go_whoever_asked_it(tmp_path: Path) -> None:
    path = tmp_path / "copy.duckdb"
    made = DuckDB(str(path))
    made.run("CREATE TABLE numbers AS SELECT range AS number FROM range(2000)")
    made.close()
    copy = DuckDB(str(path), read_only=True)
    with ThreadPoolExecutor(THREADS) as pool:
        asked = pool.map(lambda number: copy.rows(f"SELECT number FROM numbers WHERE number = {number}"), range(99))
        assert [row for rows in asked for row in rows] == [(number,) for number in range(99)]
        copy.close()
        assert str(path) not in {os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()}
