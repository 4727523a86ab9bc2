"""`sokhu work`: does what pages asked for and did not wait for."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from sokhu.kit.jobs.models import Job

SECONDS_BETWEEN_LOOKS = 0.5


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "làm các việc chạy nền đang chờ | do the background work that waits"
    command = commands.add_parser("work", help=about, description=about)
    command.add_argument("--watch", action="store_true", help="làm tiếp khi có việc mới | go on as more comes")
    command.set_defaults(run=work)


def work(options: argparse.Namespace) -> int:
    """Until nothing waits; watching, until the process that started it is gone."""
    from sokhu.cli.book import with_django

    with_django()
    from django.db import connection

    name, parent = f"{os.getpid()}-{uuid4().hex[:8]}", os.getppid()
    try:
        while os.getppid() == parent:
            job = _next(name, goes_on=options.watch)
            if job is None and not options.watch:
                break
            if job is None:
                connection.close()
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except KeyboardInterrupt:
        pass
    return 0


def _next(name: str, *, goes_on: bool) -> Job | None:
    """The next job, done. goes_on: a book that is busy is told, and tried again."""
    from django.db import DatabaseError

    from sokhu.kit.jobs.work import do_next

    try:
        return do_next(name)
    except DatabaseError as failure:
        if not goes_on:
            raise
        print(f"!! chưa lấy được việc, sẽ thử lại | no work taken up, trying again: {failure}", file=sys.stderr)
        return None
