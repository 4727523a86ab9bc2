"""`sokhu read`: the figures of documents, without touching any book."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sokhu.core.narrative import CERTAIN, Figure
from sokhu.core.problems import Problem


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "đọc số liệu trong tài liệu .txt .html .docx .pdf | read the figures of documents"
    command = commands.add_parser("read", help=about, description=about)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--jsonl", action="store_true", help="mỗi số một dòng JSON | one JSON object per figure")
    command.set_defaults(run=read_files)


def read_files(options: argparse.Namespace) -> int:
    """Reads every file; a file that cannot be read is told and does not stop the others."""
    failed = False
    for file in options.files:
        try:
            figures = figures_of(file)
        except Problem as problem:
            from sokhu.kit.wording import worded

            print(f"{file}: {worded(problem, options.lang)}", file=sys.stderr)
            failed = True
            continue
        if options.jsonl:
            for figure in figures:
                print(json.dumps(figure.as_json(), ensure_ascii=False))
        else:
            print_table(file, figures)
    return 1 if failed else 0


def figures_of(file: Path) -> list[Figure]:
    from sokhu.documents import extract
    from sokhu.documents.figures import read_extracted

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Problem("read.no_file", found=error.strerror or str(error)) from error
    return read_extracted(extract(data, file.name), article=file.stem)


def print_table(file: Path, figures: Iterable[Figure]) -> None:
    print(f"{file}")
    print(
        f"{'số | figure':<28} {'chỉ tiêu | indicator':<26} {'':<4} {'kỳ | period':<22} {'nơi | place':<28} tin | sure"
    )
    for one in figures:
        sure = "chắc chắn" if one.confidence >= CERTAIN else f"{one.confidence:.2f}"
        period = (one.period or "…") + (" *" if one.asof else "")
        written = one.as_written[:27] or str(one.value)
        print(
            f"{written:<28} {one.indicator or '…':<26} {one.ownership or '':<4} {period:<22} "
            f"{(one.scope or '…')[:27]:<28} {sure}"
        )
