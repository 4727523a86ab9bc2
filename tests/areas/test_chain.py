"""The chain over every sealed table: known bytes on every database, every column sealed, every table append-only."""

from __future__ import annotations

import itertools
import runpy
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from django.db import DatabaseError, connection, transaction

from sokhu.areas.catalogue.models import Entry
from sokhu.areas.ledger.models import Cell, Citation, Completeness, Observation, Stream, Withdrawal
from sokhu.areas.publications.models import Issue, Registration, Report
from sokhu.core.cell import CellKey, stream_id
from sokhu.kit.registers.models import Version
from sokhu.kit.sealing import actions
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.models import SealedRow, Words
from sokhu.kit.sealing.queries import export_lines, head, sealed_models, verify

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 40, 0, 123456, tzinfo=UTC)
SPACE = UUID("00000000-0000-0000-0000-00000000000a")
KNOWN = "17c5d083308d6b8a7377faf451a6914cefbd6e7175f8bf23bc79cf9b3105b76e"
TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"


def a_row_of_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same ids, times and salts on every database."""
    salts = (f"{number:032x}" for number in itertools.count())
    monkeypatch.setattr(actions, "new_salt", lambda: next(salts))
    key = CellKey("capital_new", "province/hai-phong", "2024", date(2024, 1, 1), date(2024, 12, 31), currency="VND")
    stream = Stream(id=stream_id("press", "Báo Hải Phòng"), kind="press", speaker="Báo Hải Phòng")
    first, second = uuid5(SPACE, "1"), uuid5(SPACE, "2")
    told = {"cell_id": key.id(), "stream_id": stream.pk, "maturity": "final", "owner": "board/hai-phong-2025"}
    with sealed_batch("accept", author=SPACE, reason="lý do", at=AT) as batch:
        batch.add(Entry(id=uuid5(SPACE, "e"), kind="indicators/x.toml", key="x", order=0, data='{"name":"Hải Phòng"}'))
        place = {"start": 3, "end": 9, "passage": batch.keep_words("8,5 triệu tỷ đồng"), "document_sha256": "0" * 64}
        written = {"amount": 8_500_000_000_000_001, "as_written": "8.500.000.000.000.001", "approx": True}
        batch.add(Observation(id=first, **told, **written, **place))  # points at rows that are added after it
        batch.add(Citation(id=uuid5(SPACE, "c"), observation_id=first, **place))
        batch.add(Cell(id=key.id(), **key.values()))
        batch.add(stream)
    with sealed_batch("correct", author=None, at=AT) as batch:
        nothing = {"emptiness": "withheld", "as_written": "…", "is_public": True}
        batch.add(Observation(id=second, replaces_id=first, **told, **nothing))
        batch.add(Withdrawal(id=uuid5(SPACE, "w"), observation_id=second))


def a_registered_thing() -> None:
    """A row of each sealed table of the registers."""
    with sealed_batch("register", author=SPACE, at=AT) as batch:
        batch.add(Version(id=uuid5(SPACE, "v"), register="zones", thing=SPACE, owner="board/x", data="{}"))
        batch.add(Completeness(id=uuid5(SPACE, "d"), authority="board/x", register="zones", starts=date(2024, 1, 1)))


def an_issued_report() -> None:
    """A row of each sealed table of publications."""
    report = Report.objects.create(authority="board/x", place="province/x", period="2024", begun_at=AT)
    named = {"authority": "board/x", "place": "province/x", "period": "2024", "lang": "vi"}
    digests = {"sha256": "a" * 64, "pdf_sha256": "b" * 64, "docx_sha256": "c" * 64}
    issue = Issue(id=uuid5(SPACE, "i"), report=report, **named, moment=2, code="AAAA", **digests)
    with sealed_batch("issue", author=SPACE, at=AT) as batch:
        batch.add(issue)
    with sealed_batch("register", author=SPACE, at=AT) as batch:
        row = Registration(issue_id=issue.pk, number="1", symbol="BC-BQL", day=date(2025, 1, 5), signed_sha256="d" * 64)
        batch.add(row)


def test_the_small_program_knows_issued_reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    a_row_of_every_kind(monkeypatch)
    an_issued_report()
    export = tmp_path / "chain.jsonl"
    export.write_bytes(b"\n".join(export_lines()))
    tool = runpy.run_path(str(TOOL))
    assert tool["first_difference"](tool["from_export"](export)) == (*head(), None)
    assert verify().broken is None


def test_equal_content_has_the_known_digest_on_every_database(monkeypatch: pytest.MonkeyPatch) -> None:
    a_row_of_every_kind(monkeypatch)
    assert head() == (2, KNOWN)
    assert verify().broken is None


def test_the_small_program_computes_the_same_from_the_export(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    a_row_of_every_kind(monkeypatch)
    export = tmp_path / "chain.jsonl"
    lines = list(export_lines())
    export.write_bytes(b"\n".join(lines))
    tool = runpy.run_path(str(TOOL))
    assert tool["first_difference"](tool["from_export"](export)) == (2, KNOWN, None)
    assert len(lines) == 2 + 7


@pytest.mark.parametrize("model", sealed_models(), ids=lambda model: model.__name__)
def test_every_column_of_a_sealed_table_is_sealed(model: type[SealedRow]) -> None:
    columns = {field.attname for field in model._meta.concrete_fields}
    assert columns == {*model.SEALED, "id", "batch_id"}


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", [model._meta.db_table for model in sealed_models()])
def test_no_migration_has_lost_the_refusal_of_a_sealed_table(
    table: str, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "TRUNCATE" in verb and connection.vendor != "postgresql":
        return  # SQLite has no such statement
    a_row_of_every_kind(monkeypatch)
    an_issued_report()
    a_registered_thing()
    connection.check_constraints()  # else PostgreSQL refuses to truncate for another reason: links still to be checked
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def past_the_triggers(statement: str) -> None:
    """Changes a stored row as somebody with the database's own keys would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "sequence", "code"),
    [
        ("UPDATE ledger_cell SET place = 'province/hai-duong'", 1, "ledger.digest_differs"),
        ("UPDATE ledger_observation SET is_public = NOT is_public WHERE batch_id = 2", 2, "ledger.digest_differs"),
        ("UPDATE sealing_batch SET author = NULL WHERE sequence = 1", 1, "ledger.digest_differs"),
        ("UPDATE sealing_batch SET previous = digest WHERE sequence = 2", 2, "ledger.chain_broken"),
        ("UPDATE sealing_batch SET sequence = 5 WHERE sequence = 1", 1, "ledger.batch_missing"),
        ("UPDATE ledger_stream SET batch_id = 0", 0, "ledger.row_without_batch"),
        ("UPDATE ledger_withdrawal SET batch_id = 9", 2, "ledger.digest_differs"),
        ("UPDATE sealing_chainhead SET sequence = 1", 1, "ledger.head_differs"),
        ("UPDATE sealing_chainhead SET digest = 'x'", 2, "ledger.head_differs"),
        ("UPDATE sealing_chainhead SET sequence = 7", 7, "ledger.head_differs"),
        ("DELETE FROM ledger_citation", 1, "ledger.digest_differs"),
    ],
)
def test_the_first_difference_is_named_with_its_entry(
    statement: str, sequence: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_row_of_every_kind(monkeypatch)
    savepoint = transaction.savepoint()
    past_the_triggers(statement)
    broken = verify().broken
    assert broken is not None
    assert (broken.sequence, broken.code) == (sequence, code)
    transaction.savepoint_rollback(savepoint)


ROW_OF_NO_ENTRY = f"INSERT INTO ledger_stream (id, kind, speaker, batch_id) VALUES ('{SPACE.hex}', 'a', 'b', 9)"
ENTRY_BEHIND_THE_HEAD = (
    "INSERT INTO sealing_batch (sequence, kind, at, author, reason, previous, digest) "
    "SELECT 3, kind, at, author, reason, digest, 'x' FROM sealing_batch WHERE sequence = 2"
)


@pytest.mark.parametrize(
    ("statement", "code"), [(ROW_OF_NO_ENTRY, "row_without_batch"), (ENTRY_BEHIND_THE_HEAD, "head_differs")]
)
def test_a_row_and_an_entry_slipped_in_behind_the_head_are_found(
    statement: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_row_of_every_kind(monkeypatch)
    savepoint = transaction.savepoint()
    past_the_triggers(statement)
    broken = verify().broken
    assert broken is not None
    assert broken.code == f"ledger.{code}"
    transaction.savepoint_rollback(savepoint)


def test_words_that_were_changed_under_their_digest_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    a_row_of_every_kind(monkeypatch)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER sealing_words_no_update")
        cursor.execute("UPDATE sealing_words SET text = 'lý do khác' WHERE text = 'lý do'")
    broken = verify().broken
    assert broken is not None
    assert broken.code == "ledger.words_differ"


def test_the_reason_of_a_batch_and_a_passage_are_words_that_can_be_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    a_row_of_every_kind(monkeypatch)
    before = head()
    for digest in list(Words.objects.values_list("pk", flat=True)):
        actions.erase_words(digest)
    assert not Words.objects.exclude(text=None).exists()
    assert (head(), verify().broken) == (before, None)


def test_what_is_written_while_a_check_runs_is_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    a_row_of_every_kind(monkeypatch)
    lines = export_lines()
    next(lines)
    with sealed_batch("test", author=None, at=AT) as batch:
        batch.add(Entry(id=uuid5(SPACE, "late"), kind="indicators/x.toml", key="y", order=0, data="{}"))
    assert b'"late"' not in b"\n".join(lines)
