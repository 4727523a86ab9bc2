"""`sokhu derived`: what a board's registers come to, beside what was reported."""

from __future__ import annotations

import argparse
from typing import Any


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "số suy ra từ sổ bộ, cạnh số đã báo cáo | figures of the registers beside those reported"
    command = commands.add_parser("derived", help=about, description=about)
    command.add_argument("--board", required=True, metavar="ID", help="ban quản lý | e.g. board/hai-phong-2025")
    command.add_argument("--period", required=True, help="kỳ | e.g. 2024, 2024-Q1")
    command.add_argument("--as", dest="user", metavar="USER", help="với tư cách người dùng này | on behalf of")
    command.set_defaults(run=derived)


def derived(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.derived_beside import print_beside

    return print_beside(options)
