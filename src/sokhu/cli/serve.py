"""`sokhu prepare` and `sokhu serve`: a filled book, and the pages over it."""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sokhu.cli.illustrative.chance import SIZES

WORKERS, THREADS = 2, 4
# Ctrl-C reaches the workers too, besides the server that stops them; one of them may then wait for ever.
SECONDS_TO_END = 3


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "lập hoặc nâng cấp sổ: bảng, danh mục, sổ dẫn nguồn, tài khoản thử | make or upgrade the book"
    command = commands.add_parser("prepare", help=about, description=about)
    command.set_defaults(run=prepare_book)
    about = "làm đầy sổ minh họa từ một số hạt giống (BOOK=illustrative) | fill the illustrative book from a seed"
    command = commands.add_parser("illustrate", help=about, description=about)
    command.add_argument("--seed", type=int, default=None, metavar="N", help="số hạt giống | the seed")
    command.add_argument("--size", choices=SIZES, default=None, help="cỡ của sổ | how much of it")
    command.set_defaults(run=illustrate_book)
    about = "phục vụ các trang trên 127.0.0.1 (PORT=8000) | serve the pages"
    command = commands.add_parser("serve", help=about, description=about)
    command.set_defaults(run=serve_pages)


def prepare_book(options: argparse.Namespace) -> int:
    from sokhu.cli.book import prepare, with_django

    with_django()
    prepare(_at_once)
    return 0


def illustrate_book(options: argparse.Namespace) -> int:
    from sokhu.cli.book import prepare, with_django

    with_django()
    prepare(_at_once, seed=options.seed, size=options.size)
    return 0


def _at_once(line: str) -> None:
    """Progress is read while it is made, also through a pipe."""
    print(line, flush=True)


def serve_pages(options: argparse.Namespace) -> int:
    from sokhu.cli.book import demo_lines, with_django

    with_django()
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    port = settings.ENVIRONMENT.port
    if not _is_free(port):
        print(
            f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: make run PORT={port + 1}\n"
            f"Port {port} is in use by another program. Choose another one, e.g.: make run PORT={port + 1}",
            file=sys.stderr,
        )
        return 1
    print(f"\nSổ Khu: http://127.0.0.1:{port}/   (Ctrl-C để dừng | to stop)")
    for line in demo_lines():
        print(line)
    sys.stdout.flush()
    with _beside("engine"), _beside("work"):
        Granian(
            "sokhu.site.wsgi:application",
            address="127.0.0.1",
            port=port,
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS,
            backpressure=64,
            workers_kill_timeout=SECONDS_TO_END,
            log_level=LogLevels.warning,
            log_access=False,
        ).serve()
    return 0


@contextmanager
def _beside(command: str) -> Iterator[None]:
    """A process that works while the pages are served (copies, background work); it ends with the server."""
    process = subprocess.Popen([sys.executable, "-m", "sokhu.cli.main", command, "--watch"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
