"""Registers from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories import reach
from register_samples import a_thing
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import ZONES
from sokhu.cli.main import main
from sokhu.documents.spreadsheet import Sheet, workbook
from sokhu.kit.registers.declaration import registers

pytestmark = pytest.mark.usefixtures("book")


def a_workbook(folder: Path, *rows: list[str]) -> str:
    file = folder / "khu.xlsx"
    heads = [["Tên khu", "Loại khu", "Tỉnh, thành phố", "Diện tích (ha)"]]
    file.write_bytes(workbook([Sheet("Khu", heads, rows)]))
    return str(file)


def test_every_register_is_listed_with_its_count(capsys: pytest.CaptureFixture[str]) -> None:
    a_thing(ZONES, reach("an"))
    assert main(["registers"]) == 0
    lines = dict(line.split()[:2] for line in capsys.readouterr().out.splitlines())
    assert set(lines) == {one.code for one in registers()}
    assert lines["zones"] == "1"


def test_a_list_that_is_cut_says_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("KCN Cửa Lạch", "KCN Cửa Sót", "KCN Mũi Nhọn"):
        a_thing(ZONES, reach("an"), name=name)
    assert main(["register", "zones", "--find", "cua", "--limit", "1"]) == 0
    first, left = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["name"] == "KCN Cửa Lạch"
    assert left == {"left_off": 1}


def test_a_workbook_is_looked_at_before_it_is_stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reach("an")
    good = ["KCN Bãi Vàng", "khu công nghiệp", "Hải Phòng", "120,5"]
    bad = ["KCN Bãi Xanh", "khu gì đó", "Hải Phòng", "một trăm"]
    call = ["register", "zones", "--import", a_workbook(tmp_path, good, bad), "--as", "an"]
    assert main(call) == 1
    printed = capsys.readouterr().out
    assert "B3 (Loại khu)" in printed
    assert "D3 (Diện tích (ha))" in printed
    assert "new: 1" in printed
    assert not Zone.objects.exists()
    assert main([*call, "--write", "--reason", "theo bảng của phòng"]) == 1
    assert Zone.objects.get().name == "KCN Bãi Vàng"
    assert Zone.objects.get().area == 120_500_000


def test_a_register_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "khong-co"]) == 1
    assert "khong-co" in capsys.readouterr().err
