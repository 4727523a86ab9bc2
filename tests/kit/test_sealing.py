"""The hash chain: what it seals, what it refuses, what it survives."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from sokhu.areas.catalogue.models import Entry
from sokhu.core.seal import GENESIS, salted_digest
from sokhu.kit.sealing.actions import erase_words, sealed_batch
from sokhu.kit.sealing.models import Batch, Words
from sokhu.kit.sealing.queries import export_lines, head, verify

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
AUTHOR = uuid.UUID(int=7)


def an_entry(key: str) -> Entry:
    return Entry(id=uuid.uuid5(uuid.NAMESPACE_URL, key), kind="note", key=key, order=0, data='{"name":"Hải Phòng"}')


def seal(*keys: str, reason: str = "") -> None:
    with sealed_batch("test", author=AUTHOR, reason=reason, at=AT) as batch:
        for key in keys:
            batch.add(an_entry(key))


def tamper(statement: str, *params: object) -> None:
    """Changes a stored row as somebody with the database's own keys would: past the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, params)


def test_an_empty_ledger_stands_at_the_genesis_digest() -> None:
    assert head() == (0, GENESIS)
    assert verify().broken is None


def test_equal_batches_have_the_known_digest_on_every_database() -> None:
    seal("a", "b")
    assert head() == (
        1,
        "84cb429e1ccc13f75531bc4819b7342fd62ef15c0784c60b7ed27d86e1b7925b",
    )  # by tools/verify_ledger.py


def test_a_batch_without_rows_leaves_no_trace() -> None:
    with sealed_batch("test", author=AUTHOR, reason="nothing") as _:
        pass
    assert head()[0] == 0
    assert not Words.objects.exists()


def test_an_error_in_a_batch_leaves_no_trace() -> None:
    def fails_half_way() -> None:
        with sealed_batch("test", author=None) as batch:
            batch.add(an_entry("a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_half_way()
    assert not Entry.objects.exists()
    assert head()[0] == 0


def test_batches_follow_each_other_and_verify() -> None:
    seal("a", reason="lần đầu")
    seal("b", "c")
    result = verify()
    assert (result.batches, result.rows, result.broken) == (2, 3, None)
    assert result.digest == Batch.objects.get(sequence=2).digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalogue_entry SET data = '{}'",
        "DELETE FROM catalogue_entry",
        "UPDATE sealing_batch SET kind = 'x'",
        "DELETE FROM sealing_batch",
        "UPDATE sealing_words SET text = 'khác'",
        "DELETE FROM sealing_words",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_sealed(statement: str) -> None:
    seal("a", reason="vì sao")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("table", "key"), [("catalogue_entry", "id"), ("sealing_batch", "sequence"), ("sealing_words", "digest")]
)
def test_sqlite_refuses_a_row_put_in_the_place_of_another(table: str, key: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows no INSERT OR REPLACE")
    seal("a", reason="vì sao")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key} IS NOT NULL")


def test_one_flipped_byte_is_found_and_its_batch_named() -> None:
    seal("a")
    seal("b")
    seal("c")
    tamper("UPDATE catalogue_entry SET data = %s WHERE key = 'b'", '{"name":"Hải Phònh"}')
    broken = verify().broken
    assert broken is not None
    assert (broken.sequence, broken.code) == (2, "ledger.digest_differs")


def test_a_row_slipped_in_or_taken_out_is_found() -> None:
    seal("a", "b")
    tamper("DELETE FROM catalogue_entry WHERE key = 'a'")
    broken = verify().broken
    assert broken is not None
    assert broken.sequence == 1


def test_erasing_a_persons_words_leaves_the_chain_valid() -> None:
    seal("a", reason="Bà Nguyễn Thị X báo số này qua điện thoại")
    digest = Batch.objects.get().reason
    words = Words.objects.get(pk=digest)
    assert digest == salted_digest(words.salt or "", words.text or "")
    erase_words(digest)
    assert Words.objects.get(pk=digest).text is None
    assert verify().broken is None


def test_the_export_carries_no_persons_words() -> None:
    seal("a", reason="Bà Nguyễn Thị X")
    exported = b"\n".join(export_lines()).decode()
    assert "Nguyễn" not in exported
    assert exported.count("\n") == 1
