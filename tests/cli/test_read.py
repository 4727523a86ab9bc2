"""`sokhu read`: the contract's keys, a table for people, and files that cannot be read told without stopping."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from book_fixtures import SOKHU
from sokhu.cli.main import main

CONTRACT = {
    "article",
    "start",
    "end",
    "quote",
    "value",
    "unit",
    "indicator",
    "ownership",
    "scope",
    "period",
    "asof",
    "approx",
    "comparison",
    "status",
    "confidence",
}
FURTHER = {"maturity", "as_written", "window", "country", "zone_kind"}
TEXT = (
    "Năm 2024, Hải Phòng thu hút khoảng 4.943 triệu USD vốn FDI, tăng 12% so với cùng kỳ.\nCó 784 dự án còn hiệu lực.\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "bao-cao-2024.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_each_figure_is_one_line_with_the_keys_of_the_contract(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--jsonl", str(report)]) == 0
    figures = lines(capsys.readouterr().out)
    assert len(figures) >= 3
    for figure in figures:
        assert set(figure) >= CONTRACT
        assert set(figure) <= CONTRACT | FURTHER
        assert figure["article"] == "bao-cao-2024"
        assert TEXT[figure["start"] : figure["end"]] == figure["quote"]  # type: ignore[misc]
        assert isinstance(figure["value"], str)
        assert 0 <= figure["confidence"] <= 1  # type: ignore[operator]
    assert [figure["start"] for figure in figures] == sorted(figure["start"] for figure in figures)  # type: ignore[type-var]


def test_letters_are_written_as_they_are(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", "--jsonl", str(report)])
    assert "Hải Phòng" in capsys.readouterr().out


def test_the_table_shows_the_figure_as_it_was_written(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report)]) == 0
    table = capsys.readouterr().out
    assert str(report) in table
    assert "4.943 triệu USD" in table
    assert "2024" in table


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("khong-co.txt", None),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("gia.pdf", b"%PDF-1.4 nothing"),
        ("rong.txt", b""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_still_read(
    name: str, content: bytes | None, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = report.with_name(name)
    if content is not None:
        bad.write_bytes(content)
    assert main(["--lang", "en", "read", "--jsonl", str(bad), str(report)]) == 1
    told = capsys.readouterr()
    assert str(bad) in told.err
    assert "Traceback" not in told.err
    assert len(lines(told.out)) >= 3


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path)]) == 1
    assert "Không mở được tệp" in capsys.readouterr().err


def test_problems_are_told_in_the_asked_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "read", str(tmp_path / "x.txt")]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_reading_needs_no_book_and_makes_none(report: Path, tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "SOKHU_DATA": str(tmp_path / "no-book"), "LANG": "C"}
    done = subprocess.run(
        [str(SOKHU), "read", "--jsonl", str(report)],
        env=env,
        capture_output=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(lines(done.stdout.decode())) >= 3
    assert not (tmp_path / "no-book").exists()


def test_a_reader_that_goes_away_is_no_error(report: Path) -> None:
    command = f"{SOKHU} read --jsonl {' '.join([str(report)] * 400)} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("read", "accept", "verify", "export-chain", "erase-words", "prepare", "serve"):
        assert command in shown
    assert " | " in shown


def test_a_wrong_call_ends_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["accept", "x.txt", "--stream", "rumour"])
    assert ended.value.code == 2
    assert sys.argv
