"""What people do with figures: propose, edit, reject, accept, correct, withdraw. One verb, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from sokhu.areas.accounts.models import User
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.cells import as_cell, as_said, figure_of
from sokhu.areas.ledger.models import (
    Cell,
    Citation,
    Observation,
    ProposedFigure,
    ProposedState,
    Proposal,
    Stream,
    Withdrawal,
)
from sokhu.areas.ledger.reading import read_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.core.cell import CellKey, Meeting, Said, meeting, stream_id
from sokhu.core.problems import Problem
from sokhu.kit.sealing.actions import OpenBatch, locked_head, sealed_batch
from sokhu.kit.sealing.models import SealedRow


@dataclass
class Accepted:
    """What an acceptance did. refused: figures left open, each with its reason."""

    sequence: int | None = None
    new: int = 0
    cited: int = 0
    revised: int = 0
    already: int = 0
    refused: list[tuple[UUID, Problem]] = field(default_factory=list)


def propose(document: Document, *, by: User | None) -> Proposal:
    """Reads a document's figures and keeps them for review. Reading the same document again changes nothing."""
    known = Proposal.objects.filter(document=document).first()
    return known or keep_proposal(document, read_document(document), by=by)


def keep_proposal(document: Document, figures: Sequence[dict[str, Any]], *, by: User | None) -> Proposal:
    """Keeps figures (fields of `ProposedFigure`, in the document's order) for review, once per document."""
    with transaction.atomic():
        proposal, is_new = Proposal.objects.get_or_create(
            document=document, defaults={"made_by": by, "made_at": datetime.now(UTC)}
        )
        if is_new:
            rows = [ProposedFigure(proposal=proposal, order=order, **fields) for order, fields in enumerate(figures)]
            ProposedFigure.objects.bulk_create(rows, batch_size=500)
    return proposal


def edit_figure(reach: Reach, figure_id: UUID, changes: dict[str, object]) -> ProposedFigure:
    """Corrects a figure as read, before it is accepted. The changed figure counts as seen by a person."""
    with transaction.atomic():
        figure = _open_figure(reach, figure_id)
        for name, value in changes.items():
            setattr(figure, name, value)
        figure.is_edited = True
        as_cell(figure)  # raises the Problem that the person has to hear now, not at acceptance
        as_said(figure)
        figure.save()
    return figure


def reject_figure(reach: Reach, figure_id: UUID) -> ProposedFigure:
    with transaction.atomic():
        figure = _open_figure(reach, figure_id, states=(ProposedState.OPEN, ProposedState.REJECTED))
        figure.state = ProposedState.REJECTED
        figure.save(update_fields=["state"])
    return figure


def reopen_figure(reach: Reach, figure_id: UUID) -> ProposedFigure:
    with transaction.atomic():
        figure = _open_figure(reach, figure_id, states=(ProposedState.OPEN, ProposedState.REJECTED))
        figure.state = ProposedState.OPEN
        figure.save(update_fields=["state"])
    return figure


def _open_figure(
    reach: Reach, figure_id: UUID, states: Sequence[ProposedState] = (ProposedState.OPEN,)
) -> ProposedFigure:
    locked_head()  # an acceptance under way decides first
    figure = queries.proposed_figures(reach).filter(pk=figure_id).first()
    if figure is None:
        raise Problem("ledger.no_such_figure")
    reach.must_write_for(figure.proposal.document.owner)
    if figure.state not in states:
        raise Problem("ledger.figure_closed", state=figure.state)
    return figure


def accept(
    reach: Reach, proposal: Proposal, figure_ids: Iterable[UUID], *, revise: bool = False, reason: str = ""
) -> Accepted:
    """Puts figures of a proposal into the ledger, in one sealed batch.

    Figures accepted before count as `already`; a figure that lacks something, or contradicts what its stream
    says (unless `revise`), stays open and is named in `refused`. The others go in.
    """
    document = proposal.document
    reach.must_write_for(document.owner)
    reach.must_speak(document.stream_kind, document.speaker)
    result = Accepted()
    with sealed_batch("accept", author=reach.author, reason=reason) as batch:
        wanted = list(proposal.figures.filter(pk__in=set(figure_ids)).order_by("order"))
        writer = _Writer(batch, document.stream_kind, document.speaker, revise=revise)
        writer.prepare(wanted)
        for figure in wanted:
            _accept_one(writer, document, figure, result)
        ProposedFigure.objects.bulk_update(writer.decided, ["state", "observation_id"], batch_size=500)
        # Observations are stored at the end of the batch; the link to them is checked when the transaction ends.
        result.sequence = batch.sequence if batch.rows else None
    return result


def _accept_one(writer: _Writer, document: Document, figure: ProposedFigure, result: Accepted) -> None:
    if figure.state != ProposedState.OPEN:
        result.already += figure.state == ProposedState.ACCEPTED
        return
    try:
        key, said = as_cell(figure), as_said(figure)
        how, observation_id = writer.write(key, said, located(writer.batch, document, figure), figure.as_written, figure.pk)
    except Problem as problem:
        result.refused.append((figure.pk, problem))
        return
    figure.state, figure.observation_id = ProposedState.ACCEPTED, observation_id
    writer.decided.append(figure)
    match how:
        case Meeting.NEW:
            result.new += 1
        case Meeting.CITES:
            result.cited += 1
        case Meeting.REVISES:
            result.revised += 1


def located(batch: OpenBatch, document: Document, figure: ProposedFigure) -> dict[str, object]:
    """Where the figure stands. The passage itself is kept beside the chain, by its salted digest."""
    return {
        "document_id": document.pk,
        "document_sha256": document.sha256,
        "start": figure.start,
        "end": figure.end,
        "passage": batch.keep_words(figure.quote),
        "owner": document.owner,
        "is_public": document.is_public,
    }


def correct(reach: Reach, observation_id: UUID, as_written: str, reason: str) -> Observation:
    """Replaces a figure in its own cell and stream by what a person types, with the reason.

    as_written: number and unit ("61.206,6 triệu USD"); the unit may be left out and is then that of the cell.
    """
    if not reason.strip():
        raise Problem("ledger.reason_missing")
    with sealed_batch("correct", author=reach.author, reason=reason) as batch:
        old = _current_for_writing(reach, observation_id)
        said = Said(figure_of(as_written, old.cell), "", old.maturity, approx=False)
        if said.amount == old.amount:
            return old
        new = Observation(
            id=uuid4(),
            cell_id=old.cell_id,
            stream_id=old.stream_id,
            amount=said.amount,
            as_written=as_written.strip(),
            maturity=said.maturity,
            replaces_id=old.pk,
            owner=old.owner,
            is_public=old.is_public,
        )
        batch.add(new)
    return new


def withdraw(reach: Reach, observation_id: UUID, reason: str) -> None:
    """Takes a figure back; what it had replaced stands again. Withdrawing twice changes nothing."""
    if not reason.strip():
        raise Problem("ledger.reason_missing")
    with sealed_batch("withdraw", author=reach.author, reason=reason) as batch:
        if Withdrawal.objects.filter(observation_id=observation_id).exists():
            return
        observation = _current_for_writing(reach, observation_id)
        batch.add(Withdrawal(id=uuid4(), observation_id=observation.pk))


def _current_for_writing(reach: Reach, observation_id: UUID) -> Observation:
    observation = queries.visible_observations(reach).filter(pk=observation_id).select_related("cell", "stream").first()
    if observation is None:
        raise Problem("ledger.no_such_figure")
    reach.must_write_for(observation.owner)
    reach.must_speak(observation.stream.kind, observation.stream.speaker)
    if not queries.current(Observation.objects.filter(pk=observation_id)).exists():
        raise Problem("ledger.not_current")
    return observation


class _Writer:
    """Puts figures of one stream into an open batch, each against what the stream says already."""

    def __init__(self, batch: OpenBatch, kind: str, speaker: str, *, revise: bool) -> None:
        self.batch = batch
        self.revise = revise
        self.stream = Stream(id=stream_id(kind, speaker), kind=kind, speaker=speaker)
        self.stream_known = Stream.objects.filter(pk=self.stream.pk).exists()
        self.known_cells: set[UUID] = set()
        self.current: dict[UUID, tuple[UUID, Said]] = {}
        self.decided: list[ProposedFigure] = []
        self.written_now: set[UUID] = set()

    def prepare(self, figures: Iterable[ProposedFigure]) -> None:
        """Loads what is known of the figures' cells: two questions to the database, however many figures."""
        ids = [cell.id() for cell in map(queries.cell_or_none, figures) if cell]
        self.known_cells = set(Cell.objects.filter(pk__in=ids).values_list("pk", flat=True))
        standing = queries.current(Observation.objects.filter(cell_id__in=ids, stream_id=self.stream.pk))
        for one in standing:
            self.current[one.cell_id] = (one.pk, Said(one.amount, one.emptiness, one.maturity, one.approx))

    def write(
        self, key: CellKey, said: Said, place: dict[str, object], as_written: str, new_id: UUID
    ) -> tuple[Meeting, UUID]:
        cell_id = key.id()
        current_id, current = self.current.get(cell_id, (None, None))
        how = meeting(current, said, revise=self.revise and cell_id not in self.written_now)
        if how is Meeting.CITES:
            assert current_id is not None
            cited = {name: place[name] for name in place if name not in ("owner", "is_public")}
            self._add(Citation(id=uuid4(), observation_id=current_id, **cited))
            return how, current_id
        if cell_id not in self.known_cells:
            self._add(Cell(id=cell_id, **key.values()))
            self.known_cells.add(cell_id)
        self._add(
            Observation(
                id=new_id,
                cell_id=cell_id,
                stream_id=self.stream.pk,
                amount=said.amount,
                emptiness=said.emptiness,
                as_written=as_written,
                approx=said.approx,
                maturity=said.maturity,
                replaces_id=current_id,
                **place,
            )
        )
        self.current[cell_id] = (new_id, said)
        self.written_now.add(cell_id)
        return how, new_id

    def _add(self, row: SealedRow) -> None:
        if not self.stream_known:
            self.batch.add(self.stream)
            self.stream_known = True
        self.batch.add(row)
