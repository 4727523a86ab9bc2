"""The canonical form of the ledger and its hash chain.

Every accepted batch is sealed over bytes that are equal on every database: JSON with sorted keys, no spaces, NFC
text, UTC times, amounts as scaled integers. Names, reasons and passages enter only as salted digests, so that a
person's words can be erased (with their salt) and the chain still holds. `tools/verify_ledger.py` computes the
same without this package; `docs/ledger.md` is the specification both follow.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

GENESIS = "0" * 64

PlainValue = str | int | bool | None
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def plain(value: object) -> PlainValue:
    """A stored value as it stands in the canonical form.

    str: NFC; int, bool, None: as they are; date: 2020-12-20; datetime (aware): 2026-11-22T09:40:00.000000Z;
    UUID: with dashes, lower case. Anything else (floats above all) raises TypeError: it has no exact form.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise TypeError("a time without its zone has no canonical form")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical(values: Mapping[str, object]) -> bytes:
    """One row as canonical JSON, UTF-8."""
    return _as_json({name: plain(value) for name, value in values.items()}).encode()


@dataclass(frozen=True, slots=True)
class Header:
    """What a batch says of itself. previous: digest of the batch before, GENESIS for the first."""

    sequence: int
    kind: str
    at: datetime
    author: UUID | None
    reason: str  # salted digest of the reason, "" when none was given
    previous: str


def batch_digest(header: Header, rows: Iterable[tuple[str, Mapping[str, object]]]) -> str:
    """SHA-256 over the header and its rows, hexadecimal.

    rows: (table, values) pairs in any order; they are sorted by their canonical bytes, since databases do not
    promise an order.
    """
    lines = sorted(canonical({"table": table, **values}) for table, values in rows)
    head = canonical(
        {
            "sequence": header.sequence,
            "kind": header.kind,
            "at": header.at,
            "author": header.author,
            "reason": header.reason,
            "previous": header.previous,
            "rows": len(lines),
        }
    )
    return hashlib.sha256(b"\n".join([head, *lines])).hexdigest()


def new_salt() -> str:
    """32 hexadecimal digits from the system's random source."""
    return secrets.token_hex(16)


def salted_digest(salt: str, text: str) -> str:
    """Digest of a person's words; without the salt they cannot be guessed back, not even by trying names."""
    return hashlib.sha256(f"{salt}\n{unicodedata.normalize('NFC', text)}".encode()).hexdigest()
