"""Writing sealed batches: one lock, one transaction, one digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from unicodedata import normalize
from uuid import UUID

from django.db import transaction

from sokhu.core.problems import Problem
from sokhu.core.seal import Header, batch_digest, new_salt, salted_digest
from sokhu.kit.sealing.models import Batch, ChainHead, SealedRow, Words
from sokhu.kit.storing import store


@dataclass
class OpenBatch:
    """A batch being written. Rows are kept until the block ends, then sealed and stored together."""

    sequence: int
    rows: list[SealedRow] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def add(self, row: SealedRow) -> None:
        """Keeps a row for this batch, its texts composed (NFC), so that what is stored is what is sealed."""
        row.batch_id = self.sequence
        for name in row.SEALED:
            value = getattr(row, name)
            if isinstance(value, str):
                setattr(row, name, normalize("NFC", value))
        self.rows.append(row)

    def keep_words(self, text: str) -> str:
        """Stores a person's words beside the chain; returns the digest that is sealed ("" for no words)."""
        if not text:
            return ""
        salt, text = new_salt(), normalize("NFC", text).replace("\x00", "")
        self.words.append(Words(digest=salted_digest(salt, text), salt=salt, text=text))
        return self.words[-1].digest


@contextmanager
def sealed_batch(
    kind: str, *, author: UUID | None, reason: str = "", at: datetime | None = None
) -> Iterator[OpenBatch]:
    """Opens the ledger for one change; other writers wait. An error, or no row added, leaves no trace.

    kind: the verb ("accept", "correct", "withdraw", "catalogue"). at: aware; now when not given.
    """
    with transaction.atomic():
        head = locked_head()
        batch = OpenBatch(head.sequence + 1)
        yield batch
        if batch.rows:
            _seal(head, batch, kind, author, batch.keep_words(reason), at or datetime.now(UTC))


def locked_head() -> ChainHead:
    """The newest batch, locked until the transaction ends (SQLite locks the whole book: BEGIN IMMEDIATE)."""
    return ChainHead.objects.select_for_update().get(pk=1)


def _seal(head: ChainHead, open_batch: OpenBatch, kind: str, author: UUID | None, reason: str, at: datetime) -> None:
    header = Header(open_batch.sequence, kind, at, author, reason, head.digest)
    digest = batch_digest(header, [(row._meta.db_table, row.sealed_values()) for row in open_batch.rows])
    store(open_batch.words)
    Batch.objects.create(
        sequence=header.sequence,
        kind=kind,
        at=at,
        author=author,
        reason=reason,
        previous=head.digest,
        digest=digest,
    )
    # One statement per table. Rows may point at each other in any order: foreign keys of both databases
    # are checked when the transaction ends.
    by_model: dict[type[SealedRow], list[SealedRow]] = defaultdict(list)
    for row in open_batch.rows:
        by_model[type(row)].append(row)
    for rows in by_model.values():
        store(rows)
    head.sequence, head.digest = header.sequence, digest
    head.save(update_fields=["sequence", "digest"])


def erase_words(digest: str) -> None:
    """Forgets a person's words and their salt; the chain stays valid. Erasing twice changes nothing.

    Raises Problem("ledger.no_such_words", found=digest).
    """
    if not Words.objects.filter(pk=digest).update(salt=None, text=None):
        raise Problem("ledger.no_such_words", found=digest)
