"""`sokhu report`, and `sokhu work` on a book of real commits, with a worker that is killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book_fixtures import ScratchBook
from factories import a_document, a_figure, a_proposal, accept_all
from sokhu.areas.territory.queries import SYSTEM
from sokhu.cli.main import main
from sokhu.core.report.canonical import digest

HAI_PHONG = ("--place", "province/hai-phong", "--period", "2024")


@pytest.fixture
def figures(book: None, own_folder: None) -> None:
    some = [a_figure(str(number), other=f"sector={number}") for number in range(1, 61)]
    accept_all(SYSTEM, a_proposal(a_figure("100"), *some, document=a_document("", is_public=True)))


def made(capture: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    capture.readouterr()
    assert main(["report", *arguments]) == 0
    return capture.readouterr().out


@pytest.mark.usefixtures("figures")
def test_the_same_report_is_the_same_bytes_with_a_copy_and_without_one(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    first = made(capsysbinary, *HAI_PHONG, "--format", "json")
    sequence = str(json.loads(first)["moment"]["sequence"])
    assert main(["engine", "--rebuild"]) == 0
    assert made(capsysbinary, *HAI_PHONG, "--format", "json", "--at", sequence) == first


@pytest.mark.usefixtures("figures")
def test_text_and_files_are_written_in_either_language(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    assert "CỘNG HÒA" not in made(capsysbinary, *HAI_PHONG).decode()
    assert "BÁO CÁO" in made(capsysbinary, *HAI_PHONG).decode()
    assert "REPORT" in made(capsysbinary, *HAI_PHONG, "--lang", "en").decode()
    for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = tmp_path / f"a.{kind}"
        made(capsysbinary, *HAI_PHONG, "--format", kind, "--out", str(file))
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
@pytest.mark.usefixtures("book")
def test_a_wrong_call_is_told_with_a_way_out(
    capsysbinary: pytest.CaptureFixture[bytes], arguments: tuple[str, ...], told: str
) -> None:
    assert main(["report", *arguments]) == 1
    assert told in capsysbinary.readouterr().err.decode()


@pytest.mark.usefixtures("figures")
def test_an_issued_report_is_sealed_and_its_code_is_of_its_content(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    assert main(["report", *HAI_PHONG, "--issue", "--format", "json", "--out", str(file)]) == 0
    code, sha256 = capsysbinary.readouterr().err.decode().split()[:2]
    assert sha256 == digest(file.read_bytes())
    assert sha256.upper().startswith(code.replace("-", ""))
    assert main(["verify", "--no-totals"]) == 0


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
