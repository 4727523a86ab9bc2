"""Who is let in without a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from sokhu.site.environment import Environment


def read(folder: Path, **values: str) -> Environment:
    return Environment.read({"SOKHU_DATA": str(folder), "SOKHU_SECRET_KEY": "x", **values})


def test_a_book_on_its_own_machine_offers_demo_accounts(tmp_path: Path) -> None:
    assert read(tmp_path).demo


@pytest.mark.parametrize(
    "setting",
    [
        {"DATABASE_URL": "postgres://sokhu@db/sokhu"},
        {"SOKHU_ALLOWED_HOSTS": "so.example.vn"},
        {"SOKHU_HTTPS": "1"},
    ],
)
def test_a_book_that_serves_others_offers_no_demo_accounts_unless_told(tmp_path: Path, setting: dict[str, str]) -> None:
    assert not read(tmp_path, **setting).demo
    assert read(tmp_path, **setting, SOKHU_DEMO="1").demo
