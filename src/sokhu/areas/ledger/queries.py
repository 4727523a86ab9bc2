"""What stands in the ledger, at any moment, for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from sokhu.areas.ledger.cells import as_cell
from sokhu.areas.ledger.models import Cell, Citation, Observation, Proposal, ProposedFigure, ProposedState, Withdrawal
from sokhu.areas.sources.models import TYPED, Addressee, Document
from sokhu.areas.territory.queries import Reach
from sokhu.core.cell import CellKey
from sokhu.core.fact import STOCK_GRACE
from sokhu.core.problems import Problem
from sokhu.kit.scope import allowed


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose figures count: those of a kind of stream, of a speaker, of a document; "" and None are everybody's."""

    kind: str = ""
    speaker: str = ""
    document: UUID | None = None


EVERYBODY = Voice()


def visible_observations(reach: Reach) -> QuerySet[Observation]:
    """Accepted figures the reader may see: published to all; the rest to its own board, its block, the ministry."""
    if reach.sees_all or reach.is_system:
        return Observation.objects.all()
    return Observation.objects.filter(Q(is_public=True) | allowed(reach, "read", "accepted_figure"))


def visible_documents(reach: Reach) -> QuerySet[Document]:
    """Documents the reader may open: of their own authority, submitted to it, public, or with figures they see."""
    if reach.is_system:
        return Document.objects.all()
    standing = current(visible_observations(reach)).filter(document__isnull=False)
    quoted = Q(pk__in=standing.values("document"))
    return Document.objects.filter(Q(is_public=True) | _read_whole(reach) | quoted)


def submitted_to(reach: Reach, document: str = "") -> Q:
    """Documents that are submitted to the reader's authority. document: the way to them, "document__"."""
    mine = reach.covered("read", "document").addressees
    return Q(**{f"{document}pk__in": Addressee.objects.filter(authority__in=mine).values("document")})


def _read_whole(reach: Reach, document: str = "") -> Q:
    return allowed(reach, "read", "document", owner=f"{document}owner") | submitted_to(reach, document)


def visible_papers(reach: Reach) -> QuerySet[Document]:
    """The documents that came in as such: not the sheets that stand for typed figures."""
    return visible_documents(reach).exclude(kind=TYPED)


def proposals(reach: Reach) -> QuerySet[Proposal]:
    """Proposals are read by the authority that brought the document in, and by those it is submitted to.

    Only the former decides: actions ask `Reach.must_write_for`.
    """
    if reach.is_system:
        return Proposal.objects.all()
    mine = reach.covered("read", "proposed_figure").addressees
    submitted = Q(document__in=Addressee.objects.filter(authority__in=mine).values("document"))
    return Proposal.objects.filter(allowed(reach, "read", "proposed_figure", owner="document__owner") | submitted)


def figures_in(reach: Reach, document: Document) -> QuerySet[ProposedFigure]:
    """The figures of a document that the reader may see: all that were proposed to them, of others those accepted."""
    figures = ProposedFigure.objects.filter(proposal__document=document)
    return figures.filter(Q(proposal__in=proposals(reach)) | Q(state=ProposedState.ACCEPTED))


def reads_whole(reach: Reach, document: Document) -> bool:
    """Whether the whole text is the reader's to read, and not only the paragraphs of accepted figures."""
    if document.is_public or reach.may("read", "document", document.owner):
        return True
    return proposals(reach).filter(document=document).exists()


def undecided(figures: QuerySet[ProposedFigure]) -> QuerySet[ProposedFigure]:
    """Of these figures those that wait for a person."""
    return figures.filter(state=ProposedState.OPEN, is_repeat=False)


def proposed_figures(reach: Reach) -> QuerySet[ProposedFigure]:
    return ProposedFigure.objects.filter(proposal__in=proposals(reach)).select_related("proposal__document")


def current(observations: QuerySet[Observation], at: int | None = None) -> QuerySet[Observation]:
    """Of these observations those that stand: per cell, stream and shelf the newest that was not withdrawn.

    A shelf is an authority's book, its published and its unpublished figures apart: no board replaces what another
    accepted, and a working paper does not replace what everybody reads (decision 6).
    at: a ledger sequence number; the answer is what stood right after that batch. None: now.
    """
    until = Q() if at is None else Q(batch__lte=at)
    gone = Withdrawal.objects.filter(until, observation=OuterRef("pk"))
    later = Observation.objects.filter(
        until,
        ~Exists(Withdrawal.objects.filter(until, observation=OuterRef("pk"))),
        cell=OuterRef("cell"),
        stream=OuterRef("stream"),
        owner=OuterRef("owner"),
        is_public=OuterRef("is_public"),
        batch__gt=OuterRef("batch"),
    )
    return observations.filter(until, ~Exists(gone), ~Exists(later))


def standing(reach: Reach, at: int | None = None, voice: Voice = EVERYBODY) -> QuerySet[Observation]:
    """What stands for a reader, of everybody or of one voice. A document says what it says, also where it is revised.

    Raises Problem("sources.no_such_document") for a document that the reader may not open.
    """
    seen = visible_observations(reach)
    found = current(seen, at) if voice.document is None else _told_in(reach, seen, voice.document, at)
    of_kind = Q(stream__kind=voice.kind) if voice.kind else Q()
    return found.filter(of_kind, Q(stream__speaker=voice.speaker) if voice.speaker else Q())


def _told_in(
    reach: Reach, observations: QuerySet[Observation], document: UUID, at: int | None
) -> QuerySet[Observation]:
    if not visible_documents(reach).filter(pk=document).exists():
        raise Problem("sources.no_such_document")
    until = Q() if at is None else Q(batch__lte=at)
    cited = Citation.objects.filter(until, observation=OuterRef("pk"), document=document)
    gone = Withdrawal.objects.filter(until, observation=OuterRef("pk"))
    return observations.filter(until, Q(document=document) | Exists(cited), ~Exists(gone))


def history(observation: Observation) -> list[Observation]:
    """Everything this cell and stream ever said on this shelf, newest first, withdrawn ones included."""
    return list(
        Observation.objects.filter(cell=observation.cell_id, **_shelf(observation))
        .select_related("batch", "document", "withdrawal__batch")
        .order_by("-batch_id")
    )


def _shelf(observation: Observation) -> dict[str, Any]:
    return {"stream": observation.stream_id, "owner": observation.owner, "is_public": observation.is_public}


def citations_of(observation: Observation) -> list[Citation]:
    return list(
        Citation.objects.filter(observation=observation).select_related("document", "batch").order_by("batch_id", "id")
    )


def beside(reach: Reach, observation: Observation) -> list[Observation]:
    """What other streams, and other books, say in the same cell."""
    others = visible_observations(reach).filter(cell=observation.cell_id).exclude(**_shelf(observation))
    return list(current(others).select_related("stream", "document", "batch").order_by("batch_id"))


def cell_or_none(figure: ProposedFigure) -> CellKey | None:
    try:
        return as_cell(figure)
    except Problem:
        return None


def standing_in(reach: Reach, cell_ids: Iterable[UUID]) -> dict[UUID, list[Observation]]:
    """What the ledger already holds in these cells, every stream, by cell."""
    found: dict[UUID, list[Observation]] = {}
    standing = current(visible_observations(reach).filter(cell_id__in=set(cell_ids))).select_related("cell", "stream")
    for one in standing.order_by("batch_id", "id"):
        found.setdefault(one.cell_id, []).append(one)
    return found


def waiting_for(reach: Reach) -> Q:
    """Documents of the reader's authority with figures that wait for a person; addressees do not decide."""
    waiting = Q(pk__in=undecided(ProposedFigure.objects.all()).values("proposal__document"))
    return waiting if reach.is_system else waiting & Q(owner__in=reach.own)


def waiting_count(reach: Reach) -> int:
    return Document.objects.filter(waiting_for(reach)).count()


def written_as(text: str) -> Q:
    """Observations that a text writes with these characters, "61.206,6"."""
    return Q(as_written__icontains=text)


def newest_day(reach: Reach, places: list[str], indicators: Collection[str] = ()) -> date | None:
    """The last day of the newest result of any of these places; a count of January answers for the December before.

    indicators: of these only; none for all.
    """
    rows = visible_observations(reach).filter(cell__place__in=places, cell__kind="result", amount__isnull=False)
    rows = rows.filter(cell__indicator__in=indicators) if indicators else rows
    is_count = Q(cell__first=F("cell__last"))
    newest = rows.aggregate(count=Max("cell__last", filter=is_count), window=Max("cell__last", filter=~is_count))
    counted = newest["count"] - STOCK_GRACE if newest["count"] else None
    return max((day for day in (counted, newest["window"]) if day), default=None)


def speaking(reach: Reach, places: Iterable[str], first: date, last: date) -> set[str]:
    """Which of these places have a figure that ends within the days."""
    standing = current(visible_observations(reach)).filter(
        amount__isnull=False, cell__place__in=set(places), cell__last__range=(first, last)
    )
    return set(standing.values_list("cell__place", flat=True).distinct())


def said_anything_in(first: date, last: date, at: int | None = None) -> bool:
    """Whether the book has a cell that can answer for these days: one that ends within them, or a count soon after."""
    cells = Cell.objects.filter(last__gte=first, last__lte=last + STOCK_GRACE)
    return (cells if at is None else cells.filter(batch__lte=at)).exists()
