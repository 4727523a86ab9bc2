"""`sokhu accept`, `enter`, `verify`, `export`, `erase`: the ledger from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

STREAM_KINDS = ("register", "return", "report", "national", "other_body", "press")
EMPTINESSES = ("not_due", "not_reported", "not_available", "not_applicable", "withheld")


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

    _add_enter(commands)

    about = "tính lại niêm phong và mọi tổng của sổ | recompute the seal and every total of the book"
    command = commands.add_parser("verify", help=about, description=about)
    command.add_argument("--no-totals", action="store_true", help="chỉ niêm phong | only the seal")
    command.add_argument(
        "--sample", type=int, default=0, metavar="N", help="chỉ N tổng, chọn ngẫu nhiên | only N totals, by chance"
    )
    command.add_argument("--seed", type=int, help="chọn lại đúng mẫu trước | the same choice again")
    command.set_defaults(run=verify_ledger)

    about = "xuất chuỗi niêm phong (JSON từng dòng) cho bên ngoài kiểm | export the chain for an outside check"
    command = commands.add_parser("export-chain", help=about, description=about)
    command.set_defaults(run=export_chain)

    about = "xóa lời của một người (theo mã), chuỗi vẫn khớp | erase a person's words; the chain stays valid"
    command = commands.add_parser("erase-words", help=about, description=about)
    command.add_argument("digest")
    command.set_defaults(run=erase)


def _add_enter(commands: argparse._SubParsersAction[Any]) -> None:
    about = (
        "ghi một số không có văn bản, hoặc vì sao không có số | enter a figure without a document, or why there is none"
    )
    command = commands.add_parser("enter", help=about, description=about)
    said = command.add_mutually_exclusive_group(required=True)
    said.add_argument("as_written", nargs="?", default="", metavar="FIGURE", help="số và đơn vị | number and unit")
    said.add_argument(
        "--empty", dest="emptiness", default="", choices=EMPTINESSES, help="không có số vì | no figure because"
    )
    command.add_argument("--as", dest="user", required=True, metavar="USER", help="người ghi | on behalf of")
    command.add_argument("--indicator", required=True, help="mã chỉ tiêu | code, e.g. capital_new")
    command.add_argument("--place", required=True, help="nơi | e.g. province/hai-phong")
    command.add_argument("--period", required=True, help="kỳ | 2024, 2024-Q1, 31/12/2024")
    command.add_argument(
        "--note", required=True, help="số này từ đâu, lưu trong sổ | where it comes from, kept for good"
    )
    command.add_argument("--ownership", default="", help="FDI, DDI; để trống là chung | empty: both together")
    command.add_argument("--zone-kind", default="", help="loại khu | KCN, KKT …")
    command.add_argument("--currency", default="", help="loại tiền của ô không có số | of a cell without a figure")
    command.add_argument("--kind", default="result", choices=("result", "plan"))
    command.add_argument("--maturity", default="final", choices=("estimate", "preliminary", "final"))
    command.add_argument("--revise", action="store_true", help="thay số đang đứng | replace the figure that stands")
    command.set_defaults(run=enter_by_hand)


def enter_by_hand(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.enter import enter_figure

    return enter_figure(options)


def accept_file(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.accept import accept_from_file

    return accept_from_file(options)


def verify_ledger(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.verify import verify_book

    return verify_book(options)


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
