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
from sokhu.areas.ledger.models import Cell, Citation, Observation, Stream, Withdrawal
from sokhu.core.cell import CellKey, stream_id
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
    connection.check_constraints()  # else PostgreSQL refuses to truncate for another reason: links still to be checked
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


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
