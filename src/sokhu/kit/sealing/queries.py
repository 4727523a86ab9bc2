"""Reading the chain: its head, its check, its export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from sokhu.core.seal import GENESIS, Header, batch_digest, canonical
from sokhu.kit.sealing.models import Batch, ChainHead, SealedRow


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


def sealed_models() -> list[type[SealedRow]]:
    return sorted(
        (model for model in apps.get_models() if issubclass(model, SealedRow)), key=lambda model: model._meta.db_table
    )


def verify() -> Verified:
    """Recomputes every digest from the stored rows and names the first difference."""
    previous, sequence, count = GENESIS, 0, 0
    streams = [_RowStream(model) for model in sealed_models()]
    for batch in Batch.objects.order_by("sequence").iterator():
        rows = [row for stream in streams for row in stream.of(batch.sequence)]
        count += len(rows)
        sequence += 1
        broken = _difference(batch, sequence, previous, rows)
        if broken:
            return Verified(sequence, count, previous, broken)
        previous = batch.digest
    return Verified(sequence, count, previous, _end_difference(sequence, previous, streams))


def _difference(batch: Batch, sequence: int, previous: str, rows: list[tuple[str, dict[str, object]]]) -> Break | None:
    if batch.sequence != sequence:
        return Break(sequence, "ledger.batch_missing", str(sequence), str(batch.sequence))
    if batch.previous != previous:
        return Break(sequence, "ledger.chain_broken", previous, batch.previous)
    header = Header(batch.sequence, batch.kind, batch.at, batch.author, batch.reason, batch.previous)
    digest = batch_digest(header, rows)
    return None if digest == batch.digest else Break(sequence, "ledger.digest_differs", batch.digest, digest)


def _end_difference(sequence: int, digest: str, streams: list[_RowStream]) -> Break | None:
    head_sequence, head_digest = head()
    if (head_sequence, head_digest) != (sequence, digest if sequence else GENESIS):
        return Break(head_sequence, "ledger.head_differs", head_digest, digest)
    for stream in streams:
        if stream.waiting is not None:
            return Break(stream.waiting.batch_id, "ledger.row_without_batch", "", str(stream.waiting.pk))
    return None


class _RowStream:
    """Rows of one table in batch order, so that a verification reads each table once."""

    def __init__(self, model: type[SealedRow]) -> None:
        self.table = model._meta.db_table
        self.rows = model._default_manager.order_by("batch_id").iterator()
        self.waiting = next(self.rows, None)

    def of(self, sequence: int) -> Iterator[tuple[str, dict[str, object]]]:
        while self.waiting is not None and self.waiting.batch_id == sequence:
            yield self.table, self.waiting.sealed_values()
            self.waiting = next(self.rows, None)


def export_lines() -> Iterator[bytes]:
    """The whole chain as JSON lines: a batch, then its rows, with sealed values only; for outside verifiers."""
    streams = [_RowStream(model) for model in sealed_models()]
    for batch in Batch.objects.order_by("sequence").iterator():
        names = ("sequence", "kind", "at", "author", "reason", "previous", "digest")
        yield canonical({"batch": True, **{name: getattr(batch, name) for name in names}})
        for stream in streams:
            for table, values in stream.of(batch.sequence):
                yield canonical({"table": table, **values})
