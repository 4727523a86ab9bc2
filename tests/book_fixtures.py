"""Books for tests of areas and commands: one that is rolled back, and a scratch book of real commits and processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import override_settings

from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.catalogue.queries import _catalogue, newest_moment
from sokhu.areas.ledger import copies

TESTS = Path(__file__).parent
SOKHU = Path(sys.executable).with_name("sokhu")


@pytest.fixture(scope="module")
def catalogue(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The shipped catalogue, brought in once for the tests of a file and rolled back after them."""
    uploads = tmp_path_factory.mktemp("uploads")
    with override_settings(UPLOADS=uploads, STATIC_ROOT=uploads), django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()  # moments of another test's book
        load_shipped()
        yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture
def book(catalogue: None, db: None) -> Iterator[None]:
    """A book with the catalogue; what a test writes is rolled back when it ends."""
    yield from as_it_was()


@pytest.fixture
def own_folder(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """A folder for the columnar copies of one test; none of them stays open."""
    settings.ENGINE_FOLDER = tmp_path / "engine"
    yield
    for copy in copies._open.values():
        copy.close()
    copies._open.clear()
    copies._tails.clear()


def as_it_was() -> Iterator[None]:
    """Forgets catalogues that a test's own changes made: the next test's have the same moments."""
    before = newest_moment()
    yield
    if newest_moment() != before:
        _catalogue.cache_clear()


@dataclass(frozen=True, slots=True)
class ScratchBook:
    """A book in a folder of its own, for what needs real commits: two processes, a killed one, a changed byte."""

    folder: Path
    database_url: str

    @property
    def file(self) -> Path:
        return self.folder / "sourced" / "book.sqlite3"

    @property
    def env(self) -> dict[str, str]:
        own = {"SOKHU_DATA": str(self.folder), "PYTHONPATH": str(TESTS), "PYTHONIOENCODING": "utf-8"}
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "COV_CORE_SOURCE")}
        return {**kept, **own, **({"DATABASE_URL": self.database_url} if self.database_url else {})}

    def sokhu(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _ran([str(SOKHU), *arguments], self.env)

    def run(self, script: str, *arguments: str) -> str:
        """Runs a script of tests/areas on this book and returns what it printed."""
        command = [sys.executable, str(TESTS / "areas" / script), *arguments]
        done = _ran(command, self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _ran(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs to the end, or for two minutes. Then its children end too: they hold its output open, and we would wait."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    try:
        out, err = process.communicate(timeout=120)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.fixture(scope="session")
def scratch_book() -> Iterator[ScratchBook]:
    with tempfile.TemporaryDirectory(prefix="sokhu-scratch-") as folder:
        server = os.environ.get("DATABASE_URL", "")
        name = f"sokhu_scratch_{uuid4().hex[:8]}"
        url = urlsplit(server)._replace(path=f"/{name}").geturl() if server.startswith("postgres") else ""
        if url:
            _on_server(server, f"CREATE DATABASE {name}")
        book = ScratchBook(Path(folder), url)
        try:
            book.run("scratch_prepare.py")
            yield book
        finally:
            if url:
                _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
