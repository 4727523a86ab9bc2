"""Reading the chain: its head, its check, its export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.core.seal import GENESIS, Header, batch_digest, canonical, salted_digest
from sokhu.kit.sealing.models import Batch, ChainHead, SealedRow, Words


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the stored ledger differs from what was sealed."""

    sequence: int
    code: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    batches: int
    rows: int
    digest: str
    broken: Break | None


def head() -> tuple[int, str]:
    """Sequence and digest of the newest batch."""
    row = ChainHead.objects.get(pk=1)
    return row.sequence, row.digest


def moment_named(text: str) -> int:
    """The sequence number that a person means: itself, or the last batch at or before a time, or by the end of a day.

    text: "1234", "2026-11-23", "23/11/2026", "2026-11-23 09:40". A time without a zone is local.
    Raises Problem("moment.unknown", found), "moment.not_yet" (head) and "moment.too_early" (first).
    """
    if text.isdecimal():
        if int(text) > (newest := head()[0]):
            raise Problem("moment.not_yet", found=text, head=newest)
        return int(text)
    until = _time_named(text)
    last = Batch.objects.filter(at__lte=until).order_by("-sequence").values_list("sequence", flat=True).first()
    if last is None:
        first = Batch.objects.order_by("sequence").first()
        raise Problem("moment.too_early", found=text, first=timezone.localdate(first.at) if first else "…")
    return last


def _time_named(text: str) -> datetime:
    try:
        found = parse_datetime(text) if ":" in text else datetime.combine(parse(text).last, time.max)
    except (ValueError, Problem):
        found = None
    if found is None:
        raise Problem("moment.unknown", found=text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def sealed_models() -> list[type[SealedRow]]:
    return sorted(
        (model for model in apps.get_models() if issubclass(model, SealedRow)), key=lambda model: model._meta.db_table
    )


def verify() -> Verified:
    """Recomputes every digest from the stored rows, up to the head as it is now, and names the first difference.

    Writers go on meanwhile: what stands in the chain up to a head is never changed by a later batch.
    """
    until, digest_of_head = head()
    previous, sequence, count = GENESIS, 0, 0
    streams = [_RowStream(model, until) for model in sealed_models()]
    for batch in Batch.objects.filter(sequence__lte=until).order_by("sequence").iterator():
        rows = [row for stream in streams for row in stream.of(batch.sequence)]
        count += len(rows)
        sequence += 1
        if broken := _difference(batch, sequence, previous, rows, _stray(streams, batch.sequence)):
            return Verified(sequence, count, previous, broken)
        previous = batch.digest
    broken = _stray(streams, until + 1) or _end_difference(sequence, previous, until, digest_of_head)
    return Verified(sequence, count, previous, broken or _changed_words())


def _difference(
    batch: Batch, sequence: int, previous: str, rows: list[tuple[str, dict[str, object]]], stray: Break | None
) -> Break | None:
    if batch.sequence != sequence:
        return Break(sequence, "ledger.batch_missing", str(sequence), str(batch.sequence))
    if batch.previous != previous:
        return Break(sequence, "ledger.chain_broken", previous, batch.previous)
    if stray is not None:
        return stray
    header = Header(batch.sequence, batch.kind, batch.at, batch.author, batch.reason, batch.previous)
    digest = batch_digest(header, rows)
    return None if digest == batch.digest else Break(sequence, "ledger.digest_differs", batch.digest, digest)


def _stray(streams: list[_RowStream], sequence: int) -> Break | None:
    """A row that waits for a batch before this one: that batch does not exist."""
    for stream in streams:
        if stream.waiting is not None and stream.waiting.batch_id < sequence:
            return Break(stream.waiting.batch_id, "ledger.row_without_batch", "", str(stream.waiting.pk))
    return None


def _end_difference(sequence: int, digest: str, until: int, digest_of_head: str) -> Break | None:
    if (until, digest_of_head) != (sequence, digest):
        return Break(until, "ledger.head_differs", digest_of_head, digest)
    beyond = Batch.objects.filter(sequence__gt=until).order_by("-sequence").first()
    # A batch and the head that names it come in one transaction: a batch beyond the head of now was slipped in.
    if beyond is not None and beyond.sequence > (now := head())[0]:
        return Break(now[0], "ledger.head_differs", now[1], beyond.digest)
    batch_of_row = Batch.objects.filter(pk=OuterRef("batch_id"))
    for model in sealed_models():
        stray = model._default_manager.filter(~Exists(batch_of_row), batch_id__gt=until).first()
        if stray is not None:
            return Break(stray.batch_id, "ledger.row_without_batch", "", str(stray.pk))
    return None


def _changed_words() -> Break | None:
    """Words that are still there have to be those that were sealed by their digest."""
    for words in Words.objects.exclude(text=None, salt=None).order_by("pk").iterator():
        found = "" if words.salt is None or words.text is None else salted_digest(words.salt, words.text)
        if found != words.digest:
            return Break(0, "ledger.words_differ", words.digest, found)
    return None


class _RowStream:
    """Rows of one table in batch order, so that a verification reads each table once."""

    def __init__(self, model: type[SealedRow], until: int) -> None:
        self.table = model._meta.db_table
        self.rows = model._default_manager.filter(batch_id__lte=until).order_by("batch_id").iterator()
        self.waiting = next(self.rows, None)

    def of(self, sequence: int) -> Iterator[tuple[str, dict[str, object]]]:
        while self.waiting is not None and self.waiting.batch_id == sequence:
            yield self.table, self.waiting.sealed_values()
            self.waiting = next(self.rows, None)


def export_lines() -> Iterator[bytes]:
    """The whole chain as JSON lines: a batch, then its rows, with sealed values only; for outside verifiers."""
    until, _digest = head()
    streams = [_RowStream(model, until) for model in sealed_models()]
    for batch in Batch.objects.filter(sequence__lte=until).order_by("sequence").iterator():
        names = ("sequence", "kind", "at", "author", "reason", "previous", "digest")
        yield canonical({"batch": True, **{name: getattr(batch, name) for name in names}})
        for stream in streams:
            for table, values in stream.of(batch.sequence):
                yield canonical({"table": table, **values})
