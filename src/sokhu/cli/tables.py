"""`sokhu rollup`, `explain`: totals from the command line, and what lies behind the difference of two."""

from __future__ import annotations

import argparse
from typing import Any

AS_WAS = "as-was"
SIDES = ("left", "right")


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    _add_rollup(commands)
    _add_explain(commands)


def _add_rollup(commands: argparse._SubParsersAction[Any]) -> None:
    about = "cộng số liệu theo vùng, nhóm tỉnh, tỉnh, khối, ban, khu | add figures up over places of a kind"
    command = commands.add_parser("rollup", help=about, description=about)
    command.add_argument("--indicator", required=True, metavar="CODE[,CODE]", help="mã chỉ tiêu | codes of indicators")
    command.add_argument(
        "--by",
        required=True,
        metavar="GROUPING",
        help="country, region, group, block, province, board, zone, zone_kind, "
        "hoặc mã các nơi | or ids of places: a,b,c",
    )
    command.add_argument(
        "--in", dest="within", default="", metavar="PLACE", help="chỉ trong nơi này | only in this place"
    )
    command.add_argument(
        "--period", required=True, metavar="P[,P]", help="kỳ: 2024, 2024-Q1, 2024-H1 … | periods, e.g. 2024, 2024-Q1"
    )
    command.add_argument(
        "--ownership", default="", metavar="FDI,DDI,", help="phẩy ở cuối là cả hai | a comma at the end: both together"
    )
    _add_how(command)
    command.add_argument(
        "--with",
        dest="beside",
        default="",
        metavar="last-year,plan",
        help="đặt cạnh cùng kỳ năm trước, kế hoạch | beside last year, plan",
    )
    command.add_argument(
        "--estimate",
        action="store_true",
        help="kể riêng số gần nhất của nơi còn thiếu | list apart what missing members last said",
    )
    command.add_argument(
        "--contribution",
        action="store_true",
        help="ai góp bao nhiêu vào thay đổi so với cùng kỳ, đổi hạng ra sao | who moved the total, and ranks",
    )
    _add_format(command)
    command.set_defaults(run=run_rollup)


def _add_explain(commands: argparse._SubParsersAction[Any]) -> None:
    about = "vì sao hai tổng khác nhau: từng số làm nên chênh lệch | why two totals differ, figure by figure"
    more = (
        "Mỗi lựa chọn dùng chung cho hai bên; thêm left- hoặc right- cho riêng một bên, ví dụ --left-period 2023 "
        "--right-map 2026-12-31. | Each option is for both sides; with left- or right- for one of them."
    )
    command = commands.add_parser("explain", help=about, description=f"{about}. {more}")
    for side in ("", *SIDES):
        _add_side(command, side)
    command.add_argument(
        "--all", action="store_true", help="kể cả những số như nhau ở hai bên | also figures alike on both sides"
    )
    _add_format(command, ("table", "json"))
    command.set_defaults(run=run_explain)


# name, metavar, help; what a side of `explain` may say
_OF_SIDE = (
    ("indicator", "CODE", "mã chỉ tiêu | code of an indicator"),
    ("in", "PLACE[,PLACE]", "nơi; nhiều nơi thì cộng lại | place; several are added"),
    ("period", "P", "kỳ | period"),
    ("ownership", "FDI|DDI", "hình thức đầu tư | ownership"),
    ("kind", "plan|result", "kế hoạch hay kết quả | plan or result (result)"),
    ("zone-kind", "K", "loại khu | kind of zone"),
    ("map", "as-was|DATE", "bản đồ của kỳ, hoặc của một ngày | map of the period, or of a day (as-was)"),
    ("known-at", "MOMENT", "như sổ biết tại mục số, ngày, ngày giờ này | as known at an entry's number, day or time"),
    ("stream", "KIND[:SPEAKER]", "chỉ theo nguồn này, ví dụ report:board/hai-phong | only what this source says"),
    ("document", "ID", "chỉ theo tài liệu này | only what this document says"),
    ("currency", "USD|VND", "quy đổi hết về đồng tiền này | convert all into"),
    ("rate-day", "DATE", "theo tỷ giá ngày này, không theo cuối kỳ | at the rate of a day"),
)


def _add_side(command: argparse.ArgumentParser, side: str) -> None:
    group = command.add_argument_group({"left": "bên trái | left", "right": "bên phải | right"}.get(side, ""))
    for name, metavar, about in _OF_SIDE:
        flag = f"{side}-{name}" if side else name
        help_text = argparse.SUPPRESS if side else about
        group.add_argument(f"--{flag}", dest=flag.replace("-", "_"), metavar=metavar, help=help_text)
    if not side:
        _add_reader(command)


def _add_how(command: argparse.ArgumentParser) -> None:
    """Which part, which map, which moment, which currency: as a side of `explain` says it."""
    defaults = {"kind": "result", "map": AS_WAS}
    for name, metavar, about in _OF_SIDE:
        if name in ("kind", "zone-kind", "map", "known-at", "currency", "rate-day"):
            command.add_argument(f"--{name}", default=defaults.get(name, ""), metavar=metavar, help=about)
    _add_reader(command)


def _add_reader(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as", dest="user", default="", metavar="USER", help="như người dùng này được xem | as this user may see"
    )


def _add_format(command: argparse.ArgumentParser, formats: tuple[str, ...] = ("table", "csv", "json")) -> None:
    command.add_argument("--format", default="table", choices=formats, help="cách in | how it is printed (table)")


def run_rollup(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.rollup import print_rollup

    return print_rollup(options)


def run_explain(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.explain import print_explanation

    return print_explanation(options)
