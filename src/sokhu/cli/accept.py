"""`sokhu accept`: what the review screen does, on an explicit command."""

from __future__ import annotations

import argparse
import sys
from uuid import UUID

from django.utils import timezone

from sokhu.areas.accounts.queries import user_named
from sokhu.areas.ledger.actions import accept, propose
from sokhu.areas.ledger.lines import CERTAIN_STATE, lines_of
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.territory.queries import SYSTEM, known_place, reach_of
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded


def accept_from_file(options: argparse.Namespace) -> int:
    """Reads a document, shows its figures and accepts them: the certain ones, or all that are complete (--all).

    Returns 0 when everything that was asked for went in, 1 when something was left open.
    """
    user = user_named(options.user) if options.user else None
    mine = reach_of(user, timezone.localdate()) if user else SYSTEM
    described = Described(
        stream_kind=options.stream,
        speaker=options.speaker,
        about=known_place(options.about) if options.about else "",
    )
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise Problem("read.no_file", where=str(options.file), found=error.strerror or str(error)) from error
    document = add_document(mine, data, options.file.name, described, by=user, owner=mine.home)
    proposal = propose(document, by=user)
    figures = list(proposal.figures.all())
    lines = lines_of(mine, figures, document)
    for line in lines:
        print(f"{line.state:<10} {line.text:>16} {line.unit:<12} {line.indicator} · {line.breakdown} · {line.place} · {line.period}")
    if options.dry_run:
        return 0
    wanted = [UUID(line.id) for line in lines if line.state == CERTAIN_STATE or (options.all and line.state == "review")]
    result = accept(mine, proposal, wanted, reason=options.reason)
    print(f"mục | entry {result.sequence or '-'}: {result.new} mới | new, {result.cited} dẫn thêm | cited, {result.already} đã có | already")
    for _pk, problem in result.refused:
        print(worded(problem, options.lang), file=sys.stderr)
    return 1 if result.refused else 0
