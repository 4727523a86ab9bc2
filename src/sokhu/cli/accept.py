"""`sokhu accept`: what the review screen does, on an explicit command."""

from __future__ import annotations

import argparse
import sys
from uuid import UUID

from django.utils import timezone, translation

from sokhu.areas.accounts.models import User
from sokhu.areas.accounts.queries import user_named
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger.actions import accept, propose
from sokhu.areas.ledger.lines import CERTAIN_STATE, Line, lines_of
from sokhu.areas.ledger.models import Proposal, ProposedFigure, ProposedState
from sokhu.areas.ledger.reading import read_document
from sokhu.areas.sources.actions import Described, add_document, unsaved_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import SYSTEM, Reach, known_place, reach_of
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded


def accept_from_file(options: argparse.Namespace) -> int:
    """Reads a document, shows its figures and accepts them: the certain ones, or all that are complete (--all).

    A dry run writes nothing at all. Returns 0 when everything that was asked for went in, 1 when something was left
    open.
    """
    user = user_named(options.user) if options.user else None
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        mine = reach_of(user, timezone.localdate()) if user else SYSTEM
        document, proposal = _brought_in(options, mine, user)
        figures = _unsaved_figures(document) if proposal is None else list(proposal.figures.all())
        lines = lines_of(mine, figures, document)
        for line in lines:
            about = " · ".join(part for part in (line.indicator, line.breakdown, line.place, line.period) if part)
            print(f"{line.state:<10} {line.text:>16} {line.unit:<12} {about}")
        return 0 if proposal is None else _accepted(options, mine, proposal, lines)


def _brought_in(options: argparse.Namespace, mine: Reach, user: User | None) -> tuple[Document, Proposal | None]:
    """The document with its proposal; without one in a dry run, where neither is stored."""
    about = known_place(options.about) if options.about else ""
    described = Described(stream_kind=options.stream, speaker=options.speaker, about=about)
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise Problem("read.no_file", where=str(options.file), found=error.strerror or str(error)) from error
    if options.dry_run:
        return unsaved_document(mine, data, options.file.name, described, by=user, owner=mine.home), None
    document = add_document(mine, data, options.file.name, described, by=user, owner=mine.home)
    return document, propose(document, by=user)


def _unsaved_figures(document: Document) -> list[ProposedFigure]:
    return [ProposedFigure(order=order, **fields) for order, fields in enumerate(read_document(document))]


def _accepted(options: argparse.Namespace, mine: Reach, proposal: Proposal, lines: list[Line]) -> int:
    states = (CERTAIN_STATE, ProposedState.ACCEPTED, *(("review",) if options.all else ()))
    wanted = [UUID(line.id) for line in lines if line.state in states]
    result = accept(mine, proposal, wanted, reason=options.reason)
    print(
        f"mục | entry {result.sequence or '-'}: {result.new} mới | new, {result.cited} dẫn thêm | cited, "
        f"{result.already} đã có | already"
    )
    for _pk, problem in result.refused:
        print(worded(problem, options.lang), file=sys.stderr)
    return 1 if result.refused else 0
