"""`sokhu report`: the summary of a place and a period, written from the ledger; issued when asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sokhu.core.problems import Problem

FORMATS = ("text", "json", "docx", "pdf")
ON_SCREEN = ("text", "json")


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "viết báo cáo tổng hợp một kỳ từ sổ | write the summary of a period from the ledger"
    command = commands.add_parser("report", help=about, description=about)
    command.add_argument("--place", required=True, metavar="MÃ/ID", help="khối, tỉnh, ban, cả nước | block, province …")
    command.add_argument("--period", required=True, metavar="KỲ/PERIOD", help="2020, 2024-Q1 …")
    command.add_argument("--authority", default="", metavar="MÃ/ID", help="cơ quan báo cáo | whose report it is")
    # A name of its own, since `sokhu --lang` is the language of messages.
    command.add_argument(
        "--lang",
        choices=("vi", "en"),
        default="vi",
        dest="written_in",
        help="ngôn ngữ báo cáo | language of the report",
    )
    command.add_argument("--at", default="", metavar="MỤC/MOMENT", help="tại mục sổ, ngày | as of an entry, a day")
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument("--out", default="", metavar="TỆP/FILE", help="ghi vào tệp | write to a file")
    command.add_argument("--issue", action="store_true", help="ban hành: niêm vào sổ | issue it: seal it in the book")
    command.set_defaults(run=write_report)


def write_report(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    if options.format not in ON_SCREEN and not options.out:
        raise Problem("report.needs_file", found=options.format)
    with_django()
    from sokhu.areas.publications.assembling import first_content, report_made
    from sokhu.cli import asking
    from sokhu.kit.sealing.queries import head

    subject, at = _subject(options), asking.moment(options.at)
    if options.issue:
        return _issue(subject, at, options)
    made = report_made(subject, first_content(subject), at=head()[0] if at is None else at)
    _put(_formatted(made, options.format), options.out)
    return 0


def _subject(options: argparse.Namespace) -> Any:
    from sokhu.areas.publications.assembling import Subject, authority_for, is_reported_on
    from sokhu.cli import asking

    place, period = asking.places(options.place)[0], asking.periods(options.period)[0]
    if not is_reported_on(place):
        raise Problem("report.no_such_kind", place=place)
    authority = asking.places(options.authority)[0] if options.authority else authority_for(place, period.last)
    return Subject(authority, place, period.name, options.written_in)


def _issue(subject: Any, at: int | None, options: argparse.Namespace) -> int:
    from sokhu.areas.publications.actions import begin, build, issue
    from sokhu.areas.publications.issued import report_of, verification_of
    from sokhu.areas.publications.queries import newest_version
    from sokhu.areas.territory.queries import SYSTEM

    report = begin(SYSTEM, subject, by=None)
    issued = issue(SYSTEM, build(report, newest_version(report), by=None, at=at))
    print(f"{issued.code}  {issued.sha256}  mục sổ | entry {issued.batch_id}", file=sys.stderr)
    _put(_formatted(report_of(issued), options.format, verification_of(issued)), options.out)
    return 0


def _formatted(made: Mapping[str, Any], wanted: str, verification: Any = None) -> bytes:
    from sokhu.areas.publications.laid_out import written_as

    return written_as(wanted, made, verification)


def _put(content: bytes, out: str) -> None:
    if out:
        Path(out).write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
