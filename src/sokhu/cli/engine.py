"""`sokhu engine`: the columnar copies that totals are read from."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

SECONDS_BETWEEN_LOOKS = 2


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "bản sao để tính tổng: xem, dựng lại | the copy that totals are read from: show it, make it anew"
    command = commands.add_parser("engine", help=about, description=about)
    what = command.add_mutually_exclusive_group()
    what.add_argument("--rebuild", action="store_true", help="dựng lại ngay | make a new one now")
    what.add_argument("--watch", action="store_true", help="dựng lại mỗi khi cần | make new ones as needed")
    command.set_defaults(run=keep_copies)


def keep_copies(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.areas.ledger.copies import make_copy

    if options.watch:
        return _watch()
    if options.rebuild:
        start = time.monotonic()
        path = make_copy(anew=True)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {time.monotonic() - start:.1f} s")
    return _show()


def _show() -> int:
    from sokhu.areas.ledger.copies import came_after, folder, newest_copy

    copy = newest_copy()
    if copy is None:
        print("chưa có bản sao dùng được, số lấy thẳng từ sổ | no copy to use, totals are made from the ledger")
        print(folder())
        return 0
    totals = copy.totals.count()
    print(
        f"bản sao của mục {copy.sequence}: {totals} tổng; {came_after(copy)} số vào sổ sau đó"
        f" | copy of entry {copy.sequence}: {totals} totals; {came_after(copy)} figures since"
    )
    return 0


def _watch() -> int:
    """Copies and findings are kept up to the ledger, until the process that started this is gone.

    A failure is told and tried again.
    """
    from django.db import DatabaseError, connection

    from sokhu.areas.findings import actions as findings
    from sokhu.areas.ledger.copies import refresh
    from sokhu.engine.store import BrokenCopy

    parent = os.getppid()
    try:
        while os.getppid() == parent:
            try:
                made = refresh()
                if made is not None:
                    print(f"== bản sao mới để tính tổng | new copy for totals: {made.name}", flush=True)
                findings.refresh()
            except DatabaseError as failure:
                print(
                    f"!! chưa rà được sổ, sẽ thử lại | the ledger was not checked, trying again: {failure}",
                    file=sys.stderr,
                )
            except (OSError, BrokenCopy) as failure:
                print(f"!! bản sao chưa dựng được, số vẫn lấy từ sổ | no copy made: {failure}", file=sys.stderr)
            connection.close()
            time.sleep(SECONDS_BETWEEN_LOOKS)
    except KeyboardInterrupt:
        pass
    return 0
