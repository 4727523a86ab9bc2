"""Texts that somebody is writing: read, proofread, kept for their writer alone and never part of the book."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.findings.models import Draft
from sokhu.areas.findings.proofreading import STEPS, Mark, Progress, Proofread, no_progress, proofread
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.models import ProposedFigure, ProposedState
from sokhu.areas.ledger.reading import read_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.documents import extract
from sokhu.documents.extracted import Extracted, as_json, blocks_from_json
from sokhu.kit.sealing.queries import head
from sokhu.kit.wording import lang

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
    mine: Reach,
    extracted: Extracted,
    *,
    about: str = "",
    published: date | None = None,
    progress: Progress = no_progress,
) -> tuple[list[ProposedFigure], Proofread]:
    """A text as its reader's authority would say it: what contradicts its own earlier figures is an error."""
    progress(0, STEPS)
    figures = read_draft(extracted, about=about, published=published)
    progress(1, STEPS)
    stream = ("report", mine.home) if mine.home else DRAFT_VOICE
    return figures, proofread(mine, extracted.text, figures, stream=stream, progress=progress)


def keep_draft(user: User, data: bytes, filename: str, title: str, *, about: str, published: date | None) -> Draft:
    """Reads a text and keeps it for its writer. Raises what `extract` raises."""
    extracted = extract(data, filename)
    return Draft.objects.create(
        user=user,
        title=(title or extracted.title or filename)[:300],
        original=data if extracted.kind == "docx" else None,
        text=extracted.text,
        blocks=as_json(extracted)["blocks"],
        about=about,
        published=published or extracted.published,
        made_at=datetime.now(UTC),
    )


def checked_marks(mine: Reach, draft: Draft) -> Proofread:
    """The marks of a draft in the reader's language, made again when the ledger went on since."""
    if draft.sequence != head()[0] or lang() not in draft.marks:
        check_draft(mine, draft)
    marks = tuple(Mark(**{"suggestion": "", "url": "", **one}) for one in draft.marks[lang()])
    return Proofread(marks, draft.figures, draft.left_off)


def check_draft(mine: Reach, draft: Draft, progress: Progress = no_progress) -> None:
    """Makes the marks of a draft and keeps them; those of an older ledger are forgotten."""
    sequence = head()[0]
    extracted = Extracted("txt", draft.title, draft.text, blocks_from_json(draft.blocks), published=draft.published)
    _figures, result = proofread_draft(mine, extracted, about=draft.about, progress=progress)
    kept = draft.marks if draft.sequence == sequence else {}
    draft.marks = {**kept, lang(): [one.as_json() for one in result.marks]}
    draft.sequence, draft.figures, draft.left_off = sequence, result.figures, result.left_off
    draft.save(update_fields=["marks", "sequence", "figures", "left_off"])


def proofread_document(mine: Reach, document: Document) -> Proofread:
    """A document of the book: its figures as read, corrected or accepted, without those that were rejected."""
    figures = [one for one in queries.figures_in(mine, document) if one.state != ProposedState.REJECTED]
    return proofread(mine, document.text, figures, stream=(document.stream_kind, document.speaker))


def with_remarks(draft: Draft, marks: Iterable[Mark]) -> bytes:
    """A Word file of the draft with what was found as comments; what only agrees gets none."""
    from sokhu.documents.marked import Remark, annotated, marked

    remarks = [Remark(one.start, one.end, one.severity, one.message) for one in marks if one.is_worth_a_remark]
    if draft.original:
        return annotated(bytes(draft.original), draft.text, remarks)
    return marked(Extracted("txt", draft.title, draft.text, blocks_from_json(draft.blocks)), remarks)


def throw_away(draft: Draft) -> None:
    """A draft is no part of the book: its writer may have it gone."""
    draft.delete()
