"""Texts that somebody is writing: read, proofread, kept for their writer alone and never part of the book."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.findings.proofreading import Proofread, proofread
from sokhu.areas.ledger.models import ProposedFigure
from sokhu.areas.ledger.reading import read_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.documents.extracted import Extracted, as_json

DRAFT_VOICE = ("draft", "")  # of a text whose writer speaks for no authority


def read_draft(extracted: Extracted, *, about: str = "", published: date | None = None) -> list[ProposedFigure]:
    """The figures of a text as they would be proposed, none of them stored."""
    document = Document(
        text=extracted.text,
        blocks=as_json(extracted)["blocks"],
        about=about,
        published=published or extracted.published,
        added_at=datetime.now(UTC),
    )
    with pinned_catalogue(moment_of()):
        return [ProposedFigure(order=order, **fields) for order, fields in enumerate(read_document(document))]


def proofread_draft(
    mine: Reach, extracted: Extracted, *, about: str = "", published: date | None = None
) -> tuple[list[ProposedFigure], Proofread]:
    """A text as its reader's authority would say it: what contradicts its own earlier figures is an error."""
    figures = read_draft(extracted, about=about, published=published)
    stream = ("report", mine.home) if mine.home else DRAFT_VOICE
    return figures, proofread(mine, extracted.text, figures, stream=stream)
