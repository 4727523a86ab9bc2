"""`sokhu check`: drafts and the ledger itself, checked from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "soát số liệu trong một văn bản: so với sổ và với nhau | proofread the figures of a draft"
    command = commands.add_parser("check", help=about, description=about)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true", help="một danh sách JSON | a JSON list of findings")
    command.add_argument("--as", dest="user", metavar="USER", help="với tư cách người dùng này | on behalf of")
    command.add_argument(
        "--about", default="", help="nơi mà văn bản nói tới | place the text speaks of, e.g. province/hai-phong"
    )
    command.add_argument("--published", default="", help="ngày của văn bản | day of the text, 31/12/2021")
    command.add_argument("--all", action="store_true", help="cả số khớp và số chưa có trong sổ | what agrees as well")
    command.add_argument("--out", type=Path, help="bản .docx có ghi chú bên lề | a .docx with comments")
    command.set_defaults(run=check_files)


def check_files(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.check import check

    return check(options)
