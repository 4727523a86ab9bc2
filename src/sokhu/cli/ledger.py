"""`sokhu accept`, `verify`, `export`, `erase`: the ledger from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

STREAM_KINDS = ("register", "return", "report", "other_body", "press")


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "đọc tài liệu và nhận số vào sổ | read a document and accept its figures into the ledger"
    command = commands.add_parser("accept", help=about, description=about)
    command.add_argument("file", type=Path, metavar="FILE")
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--all", action="store_true", help="nhận cả số chưa chắc chắn | also figures that are not certain"
    )
    which.add_argument("--dry-run", action="store_true", help="chỉ xem, không nhận | only show, accept nothing")
    command.add_argument("--as", dest="user", metavar="USER", help="nhận với tư cách người dùng này | on behalf of")
    command.add_argument("--stream", default="press", choices=STREAM_KINDS, help="loại nguồn | kind of source (press)")
    command.add_argument("--speaker", default="", help="cơ quan hoặc nơi đăng nói số này | who says it")
    command.add_argument(
        "--about", default="", help="nơi mà văn bản nói tới | place the text speaks of, e.g. province/hai-phong"
    )
    command.add_argument("--reason", default="", help="lý do giữ cùng đợt nhận | reason kept with the batch")
    command.set_defaults(run=accept_file)

    about = "tính lại niêm phong của cả sổ | recompute the seal of the whole ledger"
    command = commands.add_parser("verify", help=about, description=about)
    command.set_defaults(run=verify_ledger)

    about = "xuất chuỗi niêm phong (JSON từng dòng) cho bên ngoài kiểm | export the chain for an outside check"
    command = commands.add_parser("export-chain", help=about, description=about)
    command.set_defaults(run=export_chain)

    about = "xóa lời của một người (theo mã), chuỗi vẫn khớp | erase a person's words; the chain stays valid"
    command = commands.add_parser("erase-words", help=about, description=about)
    command.add_argument("digest")
    command.set_defaults(run=erase)


def accept_file(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.accept import accept_from_file

    return accept_from_file(options)


def verify_ledger(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.core.problems import Problem
    from sokhu.kit.sealing.queries import verify
    from sokhu.kit.wording import worded

    result = verify()
    if result.broken:
        found = result.broken
        problem = Problem(found.code, sequence=found.sequence, expected=found.expected, found=found.found)
        print(worded(problem, options.lang), file=sys.stderr)
        return 1
    print(f"{result.batches} mục, {result.rows} dòng, niêm phong | entries, rows, digest: {result.digest}")
    return 0


def export_chain(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.kit.sealing.queries import export_lines

    for line in export_lines():
        sys.stdout.buffer.write(line + b"\n")
    return 0


def erase(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.kit.sealing.actions import erase_words

    erase_words(options.digest)
    return 0
