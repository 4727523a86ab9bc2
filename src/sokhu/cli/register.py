"""`sokhu registers`, `register`: what the registers hold, searched, out as lines, and a workbook into one of them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sokhu.areas.territory.queries import Reach
    from sokhu.kit.registers.declaration import Register


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "các sổ bộ và số hồ sơ trong đó | the registers and how many records they hold"
    command = commands.add_parser("registers", help=about, description=about)
    command.add_argument("--as", dest="user", default="", metavar="USER", help="như người này xem | as this user sees")
    command.set_defaults(run=_registers)
    about = "một sổ bộ: tìm, xuất, xem lược đồ, nhập bảng tính | a register: search, list, schema, import a workbook"
    command = commands.add_parser("register", help=about, description=about)
    command.add_argument("code", metavar="REGISTER", help="zones, projects … (sokhu registers)")
    command.add_argument("--find", default="", metavar="TEXT", help="tìm, không dấu cũng được | search")
    command.add_argument("--limit", type=int, default=50, help="nhiều nhất bao nhiêu dòng | at most so many lines")
    command.add_argument("--schema", action="store_true", help="lược đồ JSON | JSON schema")
    command.add_argument("--import", dest="file", type=Path, metavar="FILE", help="bảng tính .xlsx .xls | a workbook")
    command.add_argument("--write", action="store_true", help="ghi thật, không chỉ xem trước | store, not only look")
    command.add_argument("--reason", default="", help="lý do, căn cứ | why")
    command.add_argument("--as", dest="user", default="", metavar="USER", help="thay mặt người này | on behalf of")
    command.set_defaults(run=_register)


def _registers(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.asking import reader
    from sokhu.kit.registers.declaration import registers
    from sokhu.kit.registers.queries import visible

    mine = reader(options.user)
    for one in registers():
        print(f"{one.code:<22} {visible(one, mine).count():>8}  {one.name}")
    return 0


def _register(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.cli.asking import reader
    from sokhu.kit.registers.declaration import register_named
    from sokhu.kit.registers.schema import schema_of

    register, mine = register_named(options.code), reader(options.user)
    if options.schema:
        print(json.dumps(schema_of(register), ensure_ascii=False, indent=2))
        return 0
    if options.file:
        return _import(register, mine, options)
    return _list(register, mine, options)


def _list(register: Register, mine: Reach, options: argparse.Namespace) -> int:
    from sokhu.kit.registers.queries import visible
    from sokhu.kit.registers.schema import as_json
    from sokhu.kit.registers.search import searched

    found = searched(register, visible(register, mine), options.find)
    rows = found.rows.order_by(*register.order, "pk")
    for thing in rows[: options.limit]:
        print(json.dumps(as_json(register, thing), ensure_ascii=False))
    left = rows.count() - options.limit
    if left > 0:
        print(json.dumps({"left_off": left}))
    return 0


def _import(register: Register, mine: Reach, options: argparse.Namespace) -> int:
    from sokhu.documents.extract import read_workbook
    from sokhu.kit.registers.importing import CHANGED, NEW, SAME, first_sheet, look, take
    from sokhu.kit.wording import worded

    looked = look(register, mine, first_sheet(read_workbook(options.file.read_bytes(), options.file.name)))
    for problem in looked.faults:
        print(worded(problem, options.lang))
    print(", ".join(f"{state}: {looked.count(state)}" for state in (NEW, CHANGED, SAME)))
    if options.write:
        take(register, mine, looked.rows, reason=options.reason or options.file.name)
    return 1 if looked.faults else 0
