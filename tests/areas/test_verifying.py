"""`sokhu verify` and the small program without the product's code say the same of a whole and of a changed ledger."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from book_fixtures import ScratchBook
from sokhu.kit.sealing.queries import sealed_models

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def exported(scratch_book: ScratchBook, tmp_path: Path) -> Path:
    return export_of(scratch_book, tmp_path)


def export_of(book: ScratchBook, folder: Path) -> Path:
    file = folder / "chain.jsonl"
    file.write_text(book.sokhu("export-chain").stdout, encoding="utf-8")
    return file


def outside(file: Path) -> subprocess.CompletedProcess[str]:
    """The outside check: -I and -S keep it from seeing any package of the product."""
    command = [sys.executable, "-I", "-S", str(TOOL), str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def digest_in(text: str) -> str:
    return DIGEST.findall(text)[-1]


@contextmanager
def changed(book: ScratchBook, what: str) -> Iterator[None]:
    book.run("scratch_flip.py", what, "on")
    try:
        yield
    finally:
        book.run("scratch_flip.py", what, "off")


def test_the_outside_program_knows_every_sealed_column_of_every_table() -> None:
    known = {table: {one.partition(":")[0] for one in columns.split()} for table, columns in tables_of_tool().items()}
    assert known == {model._meta.db_table: {"id", *model.SEALED} for model in sealed_models()}


def tables_of_tool() -> dict[str, str]:
    tables: dict[str, str] = runpy.run_path(str(TOOL))["TABLES"]
    return tables


def test_both_programs_agree_on_the_head_of_a_whole_ledger(scratch_book: ScratchBook, exported: Path) -> None:
    inside = scratch_book.sokhu("verify", "--no-totals")
    assert inside.returncode == 0, inside.stderr
    from_export = outside(exported)
    assert from_export.returncode == 0, from_export.stdout
    assert digest_in(from_export.stdout) == digest_in(inside.stdout)
    if not scratch_book.database_url:
        assert digest_in(outside(scratch_book.file).stdout) == digest_in(inside.stdout)


def test_one_changed_value_is_named_by_both_programs_with_its_entry(scratch_book: ScratchBook, tmp_path: Path) -> None:
    with changed(scratch_book, "amount"):
        inside = scratch_book.sokhu("--lang", "en", "verify", "--no-totals")
        from_export = outside(export_of(scratch_book, tmp_path))
        from_file = None if scratch_book.database_url else outside(scratch_book.file)
    assert inside.returncode == from_export.returncode == 1
    entry = re.search(r"Entry (\d+)", inside.stderr)
    assert entry is not None, inside.stderr
    assert f"entry {entry[1]}:" in from_export.stdout
    assert DIGEST.findall(inside.stderr) == DIGEST.findall(from_export.stdout)
    assert from_file is None or from_file.stdout == from_export.stdout
    assert scratch_book.sokhu("verify", "--no-totals").returncode == 0


def test_a_sample_of_the_totals_is_recounted_after_the_chain(scratch_book: ScratchBook) -> None:
    told = scratch_book.sokhu("verify", "--sample", "20", "--seed", "5")
    assert told.returncode == 0, told.stderr
    assert "--seed 5" in told.stdout
    assert "20 tổng tính lại" in told.stdout


def test_a_head_that_was_put_back_is_found(scratch_book: ScratchBook) -> None:
    with changed(scratch_book, "head"):
        inside = scratch_book.sokhu("verify", "--no-totals")
        from_file = None if scratch_book.database_url else outside(scratch_book.file)
    assert inside.returncode == 1
    assert from_file is None or from_file.returncode == 1


def test_any_flipped_letter_of_an_export_is_found_in_the_entry_it_is_in(exported: Path, tmp_path: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    rows = [number for number, line in enumerate(lines) if '"table"' in line]
    for number in (rows[0], rows[len(rows) // 2], rows[-1]):
        row = json.loads(lines[number])
        row["id"] = row["id"][:-1] + ("0" if row["id"][-1] != "0" else "1")
        changed_lines = [*lines[:number], json.dumps(row, ensure_ascii=False), *lines[number + 1 :]]
        file = tmp_path / f"flipped-{number}.jsonl"
        file.write_text("\n".join(changed_lines), encoding="utf-8")
        batches = [json.loads(line)["sequence"] for line in lines[:number] if '"batch":true' in line]
        told = outside(file)
        assert told.returncode == 1
        assert f"entry {batches[-1]}:" in told.stdout


def test_an_entry_taken_out_of_an_export_is_found(exported: Path, tmp_path: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if '"batch":true' in line]
    file = tmp_path / "short.jsonl"
    file.write_text("\n".join([*lines[: heads[1]], *lines[heads[2] :]]), encoding="utf-8")
    told = outside(file)
    assert told.returncode == 1
    assert "entry 2 is missing" in told.stdout


def test_erasing_a_persons_words_keeps_both_programs_content(scratch_book: ScratchBook, tmp_path: Path) -> None:
    batches = [json.loads(line) for line in scratch_book.sokhu("export-chain").stdout.splitlines()]
    reason = next(batch["reason"] for batch in batches if batch.get("kind") == "correct")
    before = digest_in(scratch_book.sokhu("verify", "--no-totals").stdout)
    for _ in range(2):  # erasing twice changes nothing
        assert scratch_book.sokhu("erase-words", reason).returncode == 0
    assert digest_in(scratch_book.sokhu("verify", "--no-totals").stdout) == before
    assert digest_in(outside(export_of(scratch_book, tmp_path)).stdout) == before


def test_erasing_words_that_are_not_there_says_so(scratch_book: ScratchBook) -> None:
    told = scratch_book.sokhu("--lang", "en", "erase-words", "abc")
    assert told.returncode == 1
    assert "abc" in told.stderr
