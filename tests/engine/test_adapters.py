"""The face of an SQL engine: what several threads of a server ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

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
