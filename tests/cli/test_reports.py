"""`sokhu report` and `sokhu work`, on a book of real commits, with a worker that is killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book_fixtures import SOKHU, ScratchBook
from sokhu.core.report.canonical import digest

HAI_PHONG = ("--place", "province/hai-phong", "--period", "2024")


def made(book: ScratchBook, *arguments: str) -> bytes:
    done = subprocess.run([str(SOKHU), "report", *arguments], env=book.env, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_same_report_is_the_same_bytes_with_a_copy_and_without_one(scratch_book: ScratchBook) -> None:
    first = made(scratch_book, *HAI_PHONG, "--format", "json")
    sequence = str(json.loads(first)["moment"]["sequence"])
    scratch_book.sokhu("engine", "--rebuild")
    assert made(scratch_book, *HAI_PHONG, "--format", "json", "--at", sequence) == first


def test_text_and_files_are_written_in_either_language(scratch_book: ScratchBook, tmp_path: Path) -> None:
    assert "CỘNG HÒA" not in made(scratch_book, *HAI_PHONG).decode()
    assert "BÁO CÁO" in made(scratch_book, *HAI_PHONG).decode()
    assert "REPORT" in made(scratch_book, *HAI_PHONG, "--lang", "en").decode()
    for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = tmp_path / f"a.{kind}"
        made(scratch_book, *HAI_PHONG, "--format", kind, "--out", str(file))
        assert file.read_bytes().startswith(magic)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--place", "province/hai-phongg", "--period", "2024"), "province/hai-phong"),
        (("--place", "province/hai-phong", "--period", "2024-Q5"), "2024-Q5"),
        ((*HAI_PHONG, "--format", "pdf"), "--out"),
        (("--place", "zone/kcn-dinh-vu", "--period", "2024"), "zone/"),
    ],
)
def test_a_wrong_call_is_told_with_a_way_out(scratch_book: ScratchBook, arguments: tuple[str, ...], told: str) -> None:
    done = scratch_book.sokhu("report", *arguments)
    assert done.returncode == 1
    assert told in done.stderr


def test_an_issued_report_is_sealed_and_its_code_is_of_its_content(scratch_book: ScratchBook, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    done = scratch_book.sokhu("report", *HAI_PHONG, "--issue", "--format", "json", "--out", str(file))
    assert done.returncode == 0, done.stderr
    code, sha256 = done.stderr.split()[:2]
    assert sha256 == digest(file.read_bytes())
    assert sha256.upper().startswith(code.replace("-", ""))
    assert scratch_book.sokhu("verify", "--no-totals").returncode == 0


def test_the_job_of_a_killed_worker_is_done_by_the_next(scratch_book: ScratchBook) -> None:
    scratch_book.run("scratch_jobs.py", "ask")
    worker = subprocess.Popen([sys.executable, scratch_book_script(), "hang"], env=scratch_book.env)
    try:
        waited(lambda: "running" in scratch_book.run("scratch_jobs.py", "state"))
    finally:
        worker.kill()
        worker.wait()
    scratch_book.run("scratch_jobs.py", "age")
    assert scratch_book.sokhu("work").returncode == 0
    assert scratch_book.run("scratch_jobs.py", "state").split() == ["done", "2"]


def scratch_book_script() -> str:
    return str(Path(__file__).parents[1] / "areas" / "scratch_jobs.py")


def waited(is_true: object, seconds: float = 30) -> None:
    assert callable(is_true)
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.1)
