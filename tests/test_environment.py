"""Settings from the environment: who is let in without a password, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sokhu.site.environment import Environment, WrongSetting


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "tám nghìn"),
        ("BOOK", "../etc"),
        ("SOKHU_DEMO", "có"),
        ("DATABASE_URL", "mysql://a/b"),
        ("SOKHU_ALLOWED_HOSTS", "https://so.example.vn"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read(tmp_path, **{name: value})


def test_a_wrong_database_address_is_refused_without_repeating_its_password(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as refused:
        read(tmp_path, DATABASE_URL="mysql://sokhu:bimat@db/sokhu")
    assert "bimat" not in str(refused.value)
