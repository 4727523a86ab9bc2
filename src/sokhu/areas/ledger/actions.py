"""What people do with figures: propose, edit, reject, accept, correct, withdraw. One verb, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of, newest_moment
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.cells import as_cell, as_said, figure_of
from sokhu.areas.ledger.models import (
    Cell,
    Citation,
    Emptiness,
    Maturity,
    Observation,
    Proposal,
    ProposedFigure,
    ProposedState,
    Stream,
    Withdrawal,
)
from sokhu.areas.ledger.reading import read_document
from sokhu.areas.sources.actions import address, must_submit
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.core.cell import CellKey, Meeting, Said, meeting, stream_id
from sokhu.core.parts import in_parts
from sokhu.core.problems import Problem
from sokhu.kit.sealing.actions import OpenBatch, locked_head, sealed_batch
from sokhu.kit.sealing.models import SealedRow
from sokhu.kit.storing import store

IDS_AT_ONCE = 500  # databases take so many values in one question


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
    if known is not None:
        return known
    with pinned_catalogue(moment_of()):
        figures = read_document(document)
    return keep_proposal(document, figures, by=by)


def keep_proposal(document: Document, figures: Sequence[dict[str, Any]], *, by: User | None) -> Proposal:
    """Keeps figures (fields of `ProposedFigure`, in the document's order) for review, once per document."""
    with transaction.atomic():
        proposal, is_new = Proposal.objects.get_or_create(
            document=document, defaults={"made_by": by, "made_at": datetime.now(UTC)}
        )
        if is_new:
            rows = [ProposedFigure(proposal=proposal, order=order, **fields) for order, fields in enumerate(figures)]
            store(rows)
    return proposal


def submit(reach: Reach, document: Document, addressees: Iterable[str]) -> None:
    """Says anew to whom a document is submitted, until all of its figures are decided.

    Raises Problem("sources.not_an_addressee") and Problem("sources.all_decided").
    """
    wanted = set(addressees)
    reach.must_write_for(document.owner)
    with transaction.atomic():
        locked_head()  # an acceptance under way decides first
        must_submit(reach.home, wanted - set(document.addressees.values_list("authority", flat=True)))
        if not queries.undecided(ProposedFigure.objects.filter(proposal__document=document)).exists():
            raise Problem("sources.all_decided")
        address(document, wanted)


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
    says (unless `revise`, which needs a reason), stays open and is named in `refused`. The others go in.
    """
    document = proposal.document
    reach.must_write_for(document.owner)
    reach.must_speak(document.stream_kind, document.speaker)
    if revise and not reason.strip():
        raise Problem("ledger.reason_missing")
    result = Accepted()
    with sealed_batch("accept", author=reach.author, reason=reason) as batch, pinned_catalogue(newest_moment()):
        wanted = _wanted(proposal, set(figure_ids))
        writer = _Writer(batch, document, revise=revise)
        writer.prepare(wanted)
        for figure in wanted:
            _accept_one(writer, document, figure, result)
        _keep_decided(proposal, writer.decided)
        result.sequence = batch.sequence if batch.rows else None
    return result


def _keep_decided(proposal: Proposal, decided: Sequence[ProposedFigure]) -> None:
    """Links figures to their observations, which are stored at the end of the batch; foreign keys wait until then."""
    for ids in in_parts([figure.pk for figure in decided if figure.observation_id == figure.pk], IDS_AT_ONCE):
        proposal.figures.filter(pk__in=ids).update(state=ProposedState.ACCEPTED, observation=F("pk"))
    citing = [figure for figure in decided if figure.observation_id != figure.pk]
    store(citing, known=True)


def _wanted(proposal: Proposal, ids: set[UUID]) -> list[ProposedFigure]:
    found = [figure for some in in_parts(sorted(ids), IDS_AT_ONCE) for figure in proposal.figures.filter(pk__in=some)]
    return sorted(found, key=lambda figure: figure.order)


def _accept_one(writer: _Writer, document: Document, figure: ProposedFigure, result: Accepted) -> None:
    if figure.state != ProposedState.OPEN:
        result.already += figure.state == ProposedState.ACCEPTED
        return
    try:
        key, said = as_cell(figure), as_said(figure)
        how, observation_id = writer.write(key, said, figure)
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
        "locator": figure.locator,
    }


def correct(
    reach: Reach, observation_id: UUID, as_written: str, reason: str, *, maturity: str = "", emptiness: str = ""
) -> Observation:
    """Replaces a figure in its own cell and stream by what a person types, with the reason.

    as_written: number and unit ("61.206,6 triệu USD"); the unit may be left out and is then that of the cell, but not
    for money. maturity: as before when not given. emptiness: why there is no figure any more, instead of a number.
    """
    if not reason.strip():
        raise Problem("ledger.reason_missing")
    with sealed_batch("correct", author=reach.author, reason=reason) as batch:
        old = _for_writing(reach, observation_id)
        if not queries.current(Observation.objects.filter(pk=observation_id)).exists():
            raise Problem("ledger.not_current")
        said = _as_typed(old, as_written, maturity, emptiness)
        # The same amount without "about" is a correction too: it says more.
        if said == Said(old.amount, old.emptiness, old.maturity, old.approx):
            return old
        new = Observation(
            id=uuid4(),
            cell_id=old.cell_id,
            stream_id=old.stream_id,
            amount=said.amount,
            emptiness=said.emptiness,
            as_written="" if emptiness else " ".join(as_written.split())[:120],
            maturity=said.maturity,
            replaces_id=old.pk,
            owner=old.owner,
            is_public=old.is_public,
        )
        batch.add(new)
    return new


def _as_typed(old: Observation, as_written: str, maturity: str, emptiness: str) -> Said:
    if emptiness:
        return Said(None, one_of(Emptiness.values, emptiness))
    return Said(figure_of(as_written, old.cell), "", one_of(Maturity.values, maturity or old.maturity))


def one_of(choices: Sequence[str], chosen: str) -> str:
    """Raises Problem("ledger.not_a_choice", found=chosen)."""
    if chosen not in choices:
        raise Problem("ledger.not_a_choice", found=chosen)
    return chosen


def withdraw(reach: Reach, observation_id: UUID, reason: str) -> None:
    """Takes a figure back; what it had replaced stands again. Withdrawing twice changes nothing.

    A figure that was replaced since may be taken back as well: nothing changes now, but it will not stand again.
    """
    if not reason.strip():
        raise Problem("ledger.reason_missing")
    with sealed_batch("withdraw", author=reach.author, reason=reason) as batch:
        observation = _for_writing(reach, observation_id)
        if not Withdrawal.objects.filter(observation_id=observation.pk).exists():
            batch.add(Withdrawal(id=uuid4(), observation_id=observation.pk))


def _for_writing(reach: Reach, observation_id: UUID) -> Observation:
    observation = queries.visible_observations(reach).filter(pk=observation_id).select_related("cell", "stream").first()
    if observation is None:
        raise Problem("ledger.no_such_figure")
    reach.must_write_for(observation.owner)
    reach.must_speak(observation.stream.kind, observation.stream.speaker)
    return observation


class _Writer:
    """Puts figures of one document into an open batch, each against what its stream says already on this shelf."""

    def __init__(self, batch: OpenBatch, document: Document, *, revise: bool) -> None:
        kind, speaker = document.stream_kind, document.speaker
        self.batch = batch
        self.document = document
        self.revise = revise
        self.stream = Stream(id=stream_id(kind, speaker), kind=kind, speaker=speaker)
        self.stream_known = Stream.objects.filter(pk=self.stream.pk).exists()
        self.known_cells: set[UUID] = set()
        self.current: dict[UUID, tuple[UUID, Said]] = {}
        self.decided: list[ProposedFigure] = []
        self.said_now: set[UUID] = set()

    def prepare(self, figures: Iterable[ProposedFigure]) -> None:
        """Loads what is known of the figures' cells: two questions to the database for 500 of them."""
        shelf = {"stream_id": self.stream.pk, "owner": self.document.owner, "is_public": self.document.is_public}
        cells = sorted({cell.id() for cell in map(queries.cell_or_none, figures) if cell})
        for ids in in_parts(cells, IDS_AT_ONCE):
            self.known_cells |= set(Cell.objects.filter(pk__in=ids).values_list("pk", flat=True))
            for one in queries.current(Observation.objects.filter(cell_id__in=ids, **shelf)):
                self.current[one.cell_id] = (one.pk, Said(one.amount, one.emptiness, one.maturity, one.approx))

    def write(self, key: CellKey, said: Said, figure: ProposedFigure) -> tuple[Meeting, UUID]:
        """One figure: a new observation, which gets the figure's id, or one more citation of the one that stands."""
        cell_id = key.id()
        current_id, current = self.current.get(cell_id, (None, None))
        # A document that says two things of one cell replaces nothing: a person has to choose.
        how = meeting(current, said, revise=self.revise)
        if how is Meeting.REVISES and cell_id in self.said_now:
            raise Problem("ledger.contradicts", new=said.amount)
        self.said_now.add(cell_id)
        place = located(self.batch, self.document, figure)
        if how is Meeting.CITES:
            assert current_id is not None
            self._add(Citation(id=uuid4(), observation_id=current_id, **place))
            return how, current_id
        if cell_id not in self.known_cells:
            self._add(Cell(id=cell_id, **key.values()))
            self.known_cells.add(cell_id)
        self._add(
            Observation(
                id=figure.pk,
                cell_id=cell_id,
                stream_id=self.stream.pk,
                amount=said.amount,
                emptiness=said.emptiness,
                as_written=figure.as_written,
                approx=said.approx,
                maturity=said.maturity,
                replaces_id=current_id,
                owner=self.document.owner,
                is_public=self.document.is_public,
                **place,
            )
        )
        self.current[cell_id] = (figure.pk, said)
        return how, figure.pk

    def _add(self, row: SealedRow) -> None:
        if not self.stream_known:
            self.batch.add(self.stream)
            self.stream_known = True
        self.batch.add(row)
