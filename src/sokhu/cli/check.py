"""What `sokhu check` does: the figures of a draft against the ledger and against each other."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from django.utils import timezone, translation

from sokhu.areas.accounts.queries import user_named
from sokhu.areas.findings.drafts import proofread_draft
from sokhu.areas.findings.proofreading import Proofread
from sokhu.areas.territory.queries import SYSTEM, known_place, reach_of
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.documents import extract
from sokhu.documents.extracted import Extracted
from sokhu.documents.marked import Remark, annotated, marked

WIDTH = 28  # characters of the passage in the list


def check(options: argparse.Namespace) -> int:
    """Checks every file; 1 where an error was found, as compilers do."""
    with translation.override(options.lang):
        return max(_check_file(file, options) for file in options.files)


def _check_file(file: Path, options: argparse.Namespace) -> int:
    mine = reach_of(user_named(options.user), timezone.localdate()) if options.user else SYSTEM
    about = known_place(options.about) if options.about else ""
    published = parse(options.published).last if options.published else None
    extracted = _extracted(file)
    _figures, result = proofread_draft(mine, extracted, about=about, published=published)
    if options.out:
        options.out.write_bytes(_with_remarks(file, extracted, result))
    if options.json:
        print(json.dumps([one.as_json() for one in result.marks], ensure_ascii=False, indent=1))
    else:
        _print(file, result, with_agreeing=options.all)
    return int(any(one.severity == "error" for one in result.marks))


def _with_remarks(file: Path, extracted: Extracted, result: Proofread) -> bytes:
    remarks = [Remark(one.start, one.end, one.severity, one.message) for one in result.marks if one.is_worth_a_remark]
    if extracted.kind == "docx":
        return annotated(file.read_bytes(), extracted.text, remarks)
    return marked(extracted, remarks)


def _extracted(file: Path) -> Extracted:
    try:
        return extract(file.read_bytes(), file.name)
    except OSError as error:
        raise Problem("read.no_file", where=str(file), found=error.strerror or str(error)) from error


def _print(file: Path, result: Proofread, *, with_agreeing: bool) -> None:
    counts = Counter(one.code if one.severity == "note" else one.severity for one in result.marks)
    agreeing = counts["confirmed"] + counts["rounded"]
    print(
        f"{file}: {result.figures} số | figures; {counts['error']} lỗi | errors, {counts['warning']} cảnh báo | "
        f"warnings, {agreeing} khớp | agree, {counts['unknown']} chưa có trong sổ | not in the ledger"
    )
    for one in result.marks:
        if with_agreeing or one.is_worth_a_remark:
            suggestion = f" → {one.suggestion}" if one.suggestion else ""
            print(f"  {one.severity:<8} {one.start:>6}  {one.quote[:WIDTH]:<{WIDTH}} {one.message}{suggestion}")
    if result.left_off:
        print(f"  (+{result.left_off} ghi chú thống kê | statistical notes left off)", file=sys.stderr)
