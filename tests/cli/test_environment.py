"""Settings: every variable has a default, takes what is right, and refuses what is wrong with a clear sentence."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from book_fixtures import SOKHU
from sokhu.site.environment import Environment, WrongSetting


def read(tmp_path: Path, **values: str) -> Environment:
    return Environment.read({"SOKHU_DATA": str(tmp_path), **values})


def test_the_defaults_are_the_embedded_book_on_this_machine(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.book, found.data, found.database_url) == ("sourced", tmp_path / "sourced", "")
    assert (found.debug, found.https, found.demo, found.port) == (False, False, True, 8000)
    assert found.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


def test_an_empty_variable_is_one_that_is_not_set(tmp_path: Path) -> None:
    names = ("BOOK", "DATABASE_URL", "PORT", "SOKHU_DEBUG", "SOKHU_HTTPS", "SOKHU_DEMO", "SOKHU_ALLOWED_HOSTS")
    assert read(tmp_path, **dict.fromkeys(names, "")) == read(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("BOOK", "sourced", "book", "sourced"),
        ("DATABASE_URL", "postgres://u:p@db:5432/x", "database_url", "postgres://u:p@db:5432/x"),
        ("DATABASE_URL", "postgresql://u@/x?host=/tmp/s", "database_url", "postgresql://u@/x?host=/tmp/s"),
        ("DATABASE_URL", "sqlite:////tmp/x.sqlite3", "database_url", "sqlite:////tmp/x.sqlite3"),
        ("SOKHU_SECRET_KEY", "s", "secret_key", "s"),
        ("SOKHU_DEBUG", "1", "debug", True),
        ("SOKHU_HTTPS", "1", "https", True),
        ("SOKHU_DEMO", "0", "demo", False),
        ("SOKHU_ALLOWED_HOSTS", "so.vn, www.so.vn", "allowed_hosts", ("so.vn", "www.so.vn")),
        ("PORT", "8123", "port", 8123),
    ],
)
def test_a_right_value_is_taken(name: str, value: str, field: str, expected: object, tmp_path: Path) -> None:
    assert getattr(read(tmp_path, **{name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOOK", "khac"),
        ("BOOK", "../sourced"),
        ("DATABASE_URL", "mysql://u:secret@db/x"),
        ("DATABASE_URL", "book.sqlite3"),
        ("DATABASE_URL", "postgres://u:secret@db:port/x"),
        ("DATABASE_URL", "postgres://u:secret@[db/x"),
        ("SOKHU_DEBUG", "true"),
        ("SOKHU_HTTPS", "yes"),
        ("SOKHU_DEMO", "2"),
        ("SOKHU_ALLOWED_HOSTS", "http://so.vn"),
        ("SOKHU_ALLOWED_HOSTS", "a,,b"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "²"),
        ("PORT", "８０"),
        ("PORT", "-1"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_in_both_languages(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as told:
        read(tmp_path, **{name: value})
    vietnamese, english = str(told.value).splitlines()
    assert vietnamese.startswith(f"{name}=")
    assert english.startswith(f"{name}=")
    assert vietnamese != english
    assert "secret" not in str(told.value)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongSetting, match="SOKHU_DATA"):
        read(tmp_path / "file")
    with pytest.raises(WrongSetting, match="SOKHU_DATA"):
        read(tmp_path / "file" / "below")


def test_demo_accounts_are_off_where_a_database_is_given_unless_asked_for(tmp_path: Path) -> None:
    url = "postgres://u@db/x"
    assert not read(tmp_path, DATABASE_URL=url).demo
    assert read(tmp_path, DATABASE_URL=url, SOKHU_DEMO="1").demo


def test_the_book_keeps_its_own_secret_for_its_owner_only(tmp_path: Path) -> None:
    first = read(tmp_path)
    assert len(first.secret_key) >= 40
    assert read(tmp_path).secret_key == first.secret_key
    kept = first.data / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in first.data.iterdir()] == ["secret-key"]


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    code = "from sokhu.site.environment import Environment; print(Environment.read().secret_key)"
    env = {"SOKHU_DATA": str(tmp_path)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    secrets = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 40


def told_by_the_program(tmp_path: Path, **values: str) -> subprocess.CompletedProcess[str]:
    env = {"SOKHU_DATA": str(tmp_path), **values}
    return subprocess.run(
        [str(SOKHU), "--lang", "en", "verify"], env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"PORT": "x"}, "a port is a number"),
        ({}, "has not been made"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"}, "cannot be opened"),
    ],
)
def test_the_program_ends_with_the_sentence_and_no_trace(tmp_path: Path, values: dict[str, str], sentence: str) -> None:
    done = told_by_the_program(tmp_path, **values)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
