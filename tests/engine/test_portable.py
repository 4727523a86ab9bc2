"""One definition of every total, in a text that runs unchanged on DuckDB and on PostgreSQL and gives equal rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from engine.random_book import CATALOGUE, figures
from sokhu.engine.adapters import Adapter, DuckDB, PostgreSQL
from sokhu.engine.build import Prepared, make, prepare
from sokhu.engine.tables import AMOUNT, BY_FORMULA, BY_OWNERSHIP, BY_RATIO, OVER_PLACES, OVER_TIME, SAID, TOTAL

URL = os.environ.get("DATABASE_URL", "")
ALL = f"SELECT {', '.join(TOTAL)} FROM total ORDER BY measure, place, ownership, period"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, Path]:
    folder = tmp_path_factory.mktemp("book")
    return prepare(figures(1500), CATALOGUE, folder), folder


@pytest.fixture(scope="module")
def embedded(book: tuple[Prepared, Path]) -> Iterator[DuckDB]:
    adapter = DuckDB()
    make(adapter, *book)
    yield adapter
    adapter.close()


@pytest.fixture
def postgres() -> Iterator[PostgreSQL]:
    if not URL.startswith("postgres"):
        pytest.skip("these tests run on SQLite: there is no PostgreSQL server to compare with")
    adapter = PostgreSQL(URL, f"engine_{os.getpid()}")
    yield adapter
    adapter.drop()
    adapter.close()


def test_the_random_book_gives_work_to_every_rule(book: tuple[Prepared, Path], embedded: DuckDB) -> None:
    shape = book[0].shape
    made = {row[0] for row in embedded.rows("SELECT DISTINCT made FROM total")}
    assert made == {SAID, OVER_TIME, BY_OWNERSHIP, OVER_PLACES, BY_FORMULA, BY_RATIO}
    assert shape.straddles
    assert shape.has_kinds
    for marked in ("gap = 1", "differs = 1", "unlike = 1", "late = 1", "whole = 0 AND have > 0", "emptiness > 0"):
        assert embedded.rows(f"SELECT COUNT(*) FROM total WHERE {marked}")[0][0] > 0, marked


def test_adding_up_in_rounds_changes_no_total(
    embedded: DuckDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sokhu.engine.frame.FACTS_AT_ONCE", 400)
    prepared, adapter = prepare(figures(1500), CATALOGUE, tmp_path), DuckDB()
    make(adapter, prepared, tmp_path)
    assert prepared.shape.rounds > 2
    assert adapter.rows(ALL) == embedded.rows(ALL)
    adapter.close()


def test_every_total_is_equal_on_postgresql_row_by_row(
    book: tuple[Prepared, Path], embedded: DuckDB, postgres: PostgreSQL
) -> None:
    make(postgres, *book)
    for ours, theirs in zip(embedded.rows(ALL), postgres.rows(ALL), strict=True):
        assert ours == theirs


def test_random_amounts_add_up_to_the_unit_in_any_grouping_and_order(tmp_path: Path) -> None:
    adapter = DuckDB()
    _adds_up(adapter, tmp_path)
    adapter.close()


def test_random_amounts_add_up_to_the_unit_on_postgresql(tmp_path: Path, postgres: PostgreSQL) -> None:
    _adds_up(postgres, tmp_path)


def _adds_up(adapter: Adapter, folder: Path) -> None:
    """10^5 amounts of 18 digits, in two orders and four groupings: sums that no floating point number could hold."""
    random = Random(7)
    amounts = [random.randrange(-(10**18) + 1, 10**18) for _ in range(100_000)]
    for table, order in (("sorted_amount", sorted(amounts)), ("mixed_amount", amounts)):
        adapter.run(f"CREATE TABLE {table} (one INTEGER, other INTEGER, amount {AMOUNT})")
        lines = (f"{random.randrange(7)},{random.randrange(1000)},{amount}\n" for amount in order)
        (folder / table).write_text("".join(lines))
        adapter.load(table, folder / table)
        for groups in ("one", "other", "one, other", "amount"):
            inner = f"SELECT SUM(amount) AS part FROM {table} GROUP BY {groups}"
            assert adapter.rows(f"SELECT SUM(part) FROM ({inner}) grouped")[0][0] == sum(amounts)
