#!/usr/bin/env python3
"""Checks a Sổ Khu ledger without any of the product's code: Python's standard library only.

    python3 verify_ledger.py book.sqlite3          the embedded book itself
    sokhu export-chain > chain.jsonl
    python3 verify_ledger.py chain.jsonl           an export, of any database

Prints the head digest, to be compared with the one printed on a published report, or the first difference.
The canonical form is specified in docs/ledger.md.
"""

import hashlib
import json
import sqlite3
import sys
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

# Sealed columns and how the embedded database stores them.
PLACE_IN_DOCUMENT = "document_id:uuid document_sha256:text start:int end:int passage:text locator:text"
TABLES = {
    "catalogue_entry": "id:uuid kind:text key:text order:int data:text",
    "ledger_cell": "id:uuid indicator:text place:text period:text first:text last:text regime:text kind:text "
    "ownership:text country:text sector:text zone_kind:text currency:text other:text",
    "ledger_stream": "id:uuid kind:text speaker:text",
    "ledger_observation": "id:uuid cell_id:uuid stream_id:uuid amount:int emptiness:text as_written:text approx:bool "
    "maturity:text replaces_id:uuid owner:text is_public:bool " + PLACE_IN_DOCUMENT,
    "ledger_citation": "id:uuid observation_id:uuid " + PLACE_IN_DOCUMENT,
    "ledger_withdrawal": "id:uuid observation_id:uuid",
    "ledger_completeness": "id:uuid authority:text register:text starts:text",
    "registers_version": "id:uuid register:text thing:uuid owner:text data:text",
    "publications_issue": "id:uuid report_id:uuid authority:text place:text period:text lang:text moment:int "
    "sha256:text code:text pdf_sha256:text docx_sha256:text",
    "publications_registration": "id:uuid issue_id:uuid number:text symbol:text day:text signed_sha256:text",
}
BATCH = "sequence:int kind:text at:time author:uuid reason:text previous:text digest:text"


def canonical(values):
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(batch, rows):
    head = {name: batch[name] for name in ("sequence", "kind", "at", "author", "reason", "previous")}
    lines = [canonical({**head, "rows": len(rows)}), *sorted(canonical(row) for row in rows)]
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def from_export(path):
    batch, rows = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.pop("batch", False):
                if batch is not None:
                    yield batch, rows
                batch, rows = row, []
            else:
                rows.append(row)
    if batch is not None:
        yield batch, rows


def from_sqlite(path):
    book = sqlite3.connect(Path(path).resolve().as_uri() + "?mode=ro", uri=True, isolation_level=None)
    book.execute("BEGIN")  # one moment of the book for all questions
    for batch in selected(book, "sealing_batch", BATCH, "1=1 ORDER BY sequence", ()):
        where = ("batch_id = ?", (batch["sequence"],))
        rows = [
            {"table": table, **row}
            for table, columns in TABLES.items()
            for row in selected(book, table, columns, *where)
        ]
        yield batch, rows
    yield book.execute("SELECT sequence, digest FROM sealing_chainhead").fetchone(), changed_words(book)


def changed_words(book):
    """Digest of the first words that are not those that were sealed; erased ones are none."""
    for digest, salt, text in book.execute("SELECT digest, salt, text FROM sealing_words ORDER BY digest"):
        if (salt, text) == (None, None):
            continue
        words = f"{salt}\n{unicodedata.normalize('NFC', text or '')}"
        if hashlib.sha256(words.encode()).hexdigest() != digest:
            return digest
    return None


def selected(book, table, columns, where, params):
    pairs = [column.split(":") for column in columns.split()]
    names = ", ".join(f'"{name}"' for name, _ in pairs)
    for row in book.execute(f"SELECT {names} FROM {table} WHERE {where}", params).fetchall():
        yield {name: plain(value, kind) for (name, kind), value in zip(pairs, row)}


def plain(value, kind):
    if value is None:
        return None
    if kind == "uuid":
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    if kind == "bool":
        return bool(value)
    if kind == "time":
        stored = datetime.fromisoformat(value).replace(tzinfo=timezone.utc)
        return stored.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return unicodedata.normalize("NFC", value) if kind == "text" else value


def first_difference(batches):
    """(number of batches, head digest, None) or (…, …, what differs first)."""
    previous, count = "0" * 64, 0
    for batch, rows in batches:
        if isinstance(batch, tuple):  # the head that an embedded book names, and words that were changed
            if batch != (count, previous):
                return count, previous, f"the head names entry {batch[0]} with {batch[1]}, the chain ends otherwise"
            return count, previous, f"words kept under {rows} were changed" if rows else None
        count += 1
        if batch["sequence"] != count:
            return count, previous, f"entry {count} is missing, entry {batch['sequence']} stands there"
        if batch["previous"] != previous:
            return count, previous, f"entry {count} does not follow the entry before"
        digest = digest_of(batch, rows)
        if digest != batch["digest"]:
            return count, previous, f"entry {count}: sealed {batch['digest']}, recomputed {digest}"
        previous = digest
    return count, previous, None


def main(path):
    with open(path, "rb") as file:
        is_sqlite = file.read(15) == b"SQLite format 3"
    count, digest, difference = first_difference(from_sqlite(path) if is_sqlite else from_export(path))
    print(f"first difference: {difference}" if difference else f"{count} entries, head digest {digest}")
    return 1 if difference else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
