"""What a report used of derived figures, entered with it: a closed period keeps its figures of that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID, uuid4

from django.utils import translation

from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.actions import IDS_AT_ONCE
from sokhu.areas.ledger.answers import facts_about, with_members
from sokhu.areas.ledger.models import Cell, Observation, Stream
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.cell import stream_id
from sokhu.core.fact import Fact
from sokhu.core.parts import in_parts
from sokhu.kit.sealing.actions import OpenBatch

REPORT = "report"


def derived_behind(reach: Reach, questions: Iterable[Question], at: int) -> list[Fact]:
    """The derived figures that the answers to these questions rest on, as known right after a batch, each once."""
    found: dict[object, Fact] = {}
    for asked in _by_days(questions):
        places = set().union(*(with_members(one.place, one) for one in asked))
        facts = facts_about(reach, places, asked[0].period.first, asked[0].period.last, at=at, asked=asked)
        for question in asked:
            found |= {fact.id: fact for fact in _leaves(facts.answer(question)) if fact.is_derived}
    return list(found.values())


def _by_days(questions: Iterable[Question]) -> list[list[Question]]:
    found: dict[tuple[object, object], list[Question]] = {}
    for one in questions:
        found.setdefault((one.period.first, one.period.last), []).append(one)
    return list(found.values())


def _leaves(answer: Answer) -> Iterator[Fact]:
    if answer.facts:
        yield answer.facts[0]
    for part in answer.parts:
        yield from _leaves(part)


def keep(batch: OpenBatch, facts: Sequence[Fact], speaker: str, locator: str) -> int:
    """Enters derived figures as observations of an authority's report, in the batch in which it is issued.

    What its reports say already of a cell is left alone where it is the same, and revised where it is not. Returns how
    many were entered. locator: what stands for a place in a document.
    """
    stream = Stream(id=stream_id(REPORT, speaker), kind=REPORT, speaker=speaker)
    by_cell = {fact.cell.id(): fact for fact in facts}
    known: set[UUID] = set()
    said: dict[UUID, Observation] = {}
    for ids in in_parts(sorted(by_cell), IDS_AT_ONCE):
        known |= set(Cell.objects.filter(pk__in=ids).values_list("pk", flat=True))
        own = Observation.objects.filter(cell__in=ids, stream=stream.pk, owner=speaker, is_public=False)
        said |= {one.cell_id: one for one in queries.current(own)}
    entered = [cell for cell, fact in by_cell.items() if cell not in said or said[cell].amount != fact.amount]
    if entered and not Stream.objects.filter(pk=stream.pk).exists():
        batch.add(stream)
    for cell in entered:
        if cell not in known:
            batch.add(Cell(id=cell, **by_cell[cell].cell.values()))
        batch.add(_observation(by_cell[cell], stream, said.get(cell), locator))
    return len(entered)


def _observation(fact: Fact, stream: Stream, before: Observation | None, locator: str) -> Observation:
    assert fact.amount is not None
    with translation.override("vi"):
        written = " ".join(shown.number_and_unit(fact.cell.indicator, fact.amount, fact.cell.currency))
    return Observation(
        id=uuid4(),
        cell_id=fact.cell.id(),
        stream_id=stream.pk,
        amount=fact.amount,
        as_written=written,
        approx=False,
        maturity=fact.maturity,
        replaces_id=before.pk if before else None,
        owner=stream.speaker,
        is_public=False,
        locator=locator,
    )
