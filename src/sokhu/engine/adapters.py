"""SQL engines behind one small face: create, load a file, run, fetch. The embedded one is DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb

Row = tuple[Any, ...]
_CSV = """HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', AUTO_DETECT false"""


class Adapter(Protocol):
    """What a copy is made on and asked through."""

    def run(self, statement: str) -> None: ...

    def load(self, table: str, path: Path) -> None:
        """Puts a headless CSV file, NULL for an empty field, into a table that exists."""

    def rows(self, query: str) -> list[Row]: ...

    def close(self) -> None: ...


class DuckDB:
    """A file, or memory for an empty path. One process writes it; readers open it read-only."""

    def __init__(self, path: str = "", *, read_only: bool = False, threads: int = 0, memory_mb: int = 0) -> None:
        self.connection = duckdb.connect(path or ":memory:", read_only=read_only)
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")
        if memory_mb:
            self.connection.execute(f"SET memory_limit = '{int(memory_mb)}MB'")

    def run(self, statement: str) -> None:
        self.connection.execute(statement)

    def load(self, table: str, path: Path) -> None:
        self.connection.execute(f"COPY {table} FROM '{path.as_posix()}' (FORMAT csv, {_CSV})")

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        return self.connection.execute(query, list(parameters)).fetchall()

    def close(self) -> None:
        self.connection.close()
