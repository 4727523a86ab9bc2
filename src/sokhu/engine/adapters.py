"""SQL engines behind one small face: create, load a file, run, fetch. DuckDB is embedded, PostgreSQL a server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from threading import local
from typing import Any, Final, Protocol

import duckdb

Row = tuple[Any, ...]
_CSV = """HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', AUTO_DETECT false"""
_FILLED = re.compile(r"(INSERT INTO|CREATE TABLE(?=\s\w+\sAS\b)) (?P<table>\w+)")
_BLOCK = 1 << 20
_FOR_READERS: Final = {"threads": "1", "disabled_optimizers": "statistics_propagation"}


class Adapter(Protocol):
    """What a copy is made on and asked through."""

    def run(self, statement: str) -> None: ...

    def load(self, table: str, path: Path) -> None:
        """Puts a headless CSV file, NULL for an empty field, into a table that exists."""

    def rows(self, query: str) -> list[Row]: ...

    def close(self) -> None: ...


class _OfThread(local):
    cursor: duckdb.DuckDBPyConnection | None = None


class DuckDB:
    """A file, or memory for an empty path. One process writes it; readers open it read-only.

    A reader's question is answered by one thread: to divide a small one takes longer than to find its rows, and most of
    a large one is handing them over. Nor are the statistics of all groups of rows put together for its plan.
    """

    def __init__(self, path: str = "", *, read_only: bool = False) -> None:
        config = _FOR_READERS if read_only else {}
        self.connection = duckdb.connect(path or ":memory:", read_only=read_only, config=dict(config))
        self._of_thread = _OfThread()

    @classmethod
    def making(cls, path: Path) -> DuckDB:
        """Works in memory, and beside the file where that is not enough; a table `kept.<name>` is made in the file."""
        one = cls()
        one.run(f"SET temp_directory = '{path.parent.as_posix()}'")
        one.run(f"ATTACH '{path.as_posix()}' AS kept")
        one.run("SET search_path = 'memory.main,kept.main'")
        return one

    def run(self, statement: str) -> None:
        self.connection.execute(statement)

    def load(self, table: str, path: Path) -> None:
        self.connection.execute(f"COPY {table} FROM '{path.as_posix()}' (FORMAT csv, {_CSV})")

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Each thread on a cursor of its own: those of a server ask one copy at once."""
        own = self._of_thread
        if own.cursor is None:
            own.cursor = self.connection.cursor()
        return own.cursor.execute(query, list(parameters)).fetchall()

    def close(self) -> None:
        """A thread that is still asking ends its question; the file is let go with the last of them."""
        self.connection.close()
        self._of_thread = _OfThread()


class PostgreSQL:
    """A schema of its own in a database; dropped, if it is there, and made anew."""

    def __init__(self, url: str, schema: str) -> None:
        import psycopg

        self.connection = psycopg.connect(url, autocommit=True)
        self.schema = schema
        self.run(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        self.run(f'CREATE SCHEMA "{schema}"')
        self.run(f'SET search_path TO "{schema}"')
        self.run("SET jit = off")  # many short statements

    def run(self, statement: str) -> None:
        """A table that was just filled has no statistics, and is joined as if it were empty: so they are taken."""
        self.connection.execute(statement.encode())
        if filled := _FILLED.match(statement):
            self.connection.execute(f"ANALYZE {filled['table']}".encode())

    def load(self, table: str, path: Path) -> None:
        command = f"COPY {table} FROM STDIN (FORMAT csv)".encode()
        with path.open("rb") as file, self.connection.cursor() as cursor, cursor.copy(command) as copy:
            while block := file.read(_BLOCK):
                copy.write(block)
        self.connection.execute(f"ANALYZE {table}".encode())

    def rows(self, query: str) -> list[Row]:
        return self.connection.execute(query.encode()).fetchall()

    def close(self) -> None:
        self.connection.close()

    def drop(self) -> None:
        self.run(f'DROP SCHEMA "{self.schema}" CASCADE')
