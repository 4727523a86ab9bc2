"""`sokhu workbook`, `form`, `differences`: workbooks in and out, and the national system beside the ledger."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

STREAMS = ("return", "national", "other_body")


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    _add_workbook(commands)
    _add_form(commands)
    _add_differences(commands)


def _add_workbook(commands: argparse._SubParsersAction[Any]) -> None:
    about = "đọc bảng tính .xlsx .xls theo cách đọc, từng ô | read a workbook by a mapping, cell by cell"
    command = commands.add_parser("workbook", help=about, description=about)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--mapping", default="", metavar="NAME", help="2101, 2103, 2104, 2105 (tự nhận ra | recognised)"
    )
    command.add_argument(
        "--place", default="", help="nơi của số liệu nếu bảng không ghi | place, if the sheet says none"
    )
    command.add_argument("--period", default="", help="kỳ nếu bảng không ghi | period, if the sheet says none")
    command.add_argument("--unread", action="store_true", help="chỉ ô chưa hiểu | only cells not understood")
    command.add_argument("--json", action="store_true", help="một đối tượng JSON | one JSON object")
    command.add_argument(
        "--propose", action="store_true", help="đưa số ra duyệt trong sổ | put the figures up for review in the book"
    )
    command.add_argument(
        "--as", dest="user", default="", metavar="USER", help="thay mặt; đọc được cách đọc đã lưu | on behalf of"
    )
    command.add_argument("--stream", default="return", choices=STREAMS, help="bảng tính của ai | whose workbook it is")
    command.add_argument("--speaker", default="", help="cơ quan nói số này | who says it (other_body)")
    command.set_defaults(run=_read)


def _add_form(commands: argparse._SubParsersAction[Any]) -> None:
    about = "biểu của bộ điền từ sổ thành .xlsx | a form of the ministry filled from the ledger"
    command = commands.add_parser("form", help=about, description=about)
    command.add_argument("form", metavar="FORM", help="2101, 2103, 2104, 2105")
    command.add_argument("--place", required=True, help="ban hoặc tỉnh | board or province, e.g. board/hai-phong")
    command.add_argument("--period", required=True, help="kỳ | 2024, 2024-Q1")
    command.add_argument("--out", required=True, type=Path, metavar="FILE")
    command.add_argument("--as", dest="user", default="", metavar="USER", help="như người này xem | as this user sees")
    command.set_defaults(run=_form)


def _add_differences(commands: argparse._SubParsersAction[Any]) -> None:
    about = "số của hệ thống quốc gia lệch với sổ ở đâu | where the national system and the ledger differ"
    command = commands.add_parser("differences", help=about, description=about)
    command.add_argument(
        "--all", action="store_true", help="cả chỗ khớp và chỗ sổ chưa có | what agrees or stands alone"
    )
    command.add_argument("--json", action="store_true", help="mỗi dòng một JSON | one JSON object a line")
    command.add_argument("--as", dest="user", default="", metavar="USER", help="như người này xem | as this user sees")
    command.set_defaults(run=_differences)


def _read(options: argparse.Namespace) -> int:
    if not (options.propose or options.user):
        from sokhu.cli.cells import read_without_a_book

        return read_without_a_book(options)
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.forms import read_with_the_book

    return read_with_the_book(options)


def _form(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.forms import write_form

    return write_form(options)


def _differences(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.forms import print_differences

    return print_differences(options)
