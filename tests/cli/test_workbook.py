"""`sokhu workbook`, `form`, `differences`: the same as the pages, on explicit commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories import a_person, accept_all, reach
from sokhu.areas.ledger.models import Observation, Proposal
from sokhu.cli.main import main
from sokhu.documents import read_workbook
from workbook_files import ODD, WATER, Cells, Draft, xls, xlsx

Capture = pytest.CaptureFixture[str]


def a_file(folder: Path, cells: Cells, name: str = "bieu.xlsx") -> str:
    file = folder / name
    file.write_bytes((xls if name.endswith(".xls") else xlsx)([Draft("S", cells)]))
    return str(file)


@pytest.mark.parametrize("name", ["bieu.xlsx", "bieu.xls"])
def test_every_cell_is_told_without_any_book(tmp_path: Path, capsys: Capture, name: str) -> None:
    assert main(["workbook", "--json", a_file(tmp_path, WATER, name)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["mapping"], told["place"], told["period"]) == ("2105", "province/hai-phong", "2024")
    assert told["counts"] == {"taken": 2, "ignored": 6, "unknown": 0}
    assert told["cells"][-1]["figure"] == {
        "indicator": "wastewater_flow",
        "place": "zone/kcn-dinh-vu-deep-c-hai-phong-i",
        "period": "2024",
        "unit": "m3/day",
        "value": "1234.5",
        "emptiness": "",
    }
    assert {"cell": "S!A1", "value": "Kỳ báo cáo: năm 2024", "state": "ignored", "reason": "title"} in told["cells"]


def test_cells_that_are_not_understood_are_told_with_their_address(tmp_path: Path, capsys: Capture) -> None:
    assert main(["workbook", "--unread", a_file(tmp_path, ODD)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["S!A6", "S!B6", "2105:"]
    assert "KCN Lạ" in lines[0]
    assert main(["workbook", "--json", a_file(tmp_path, ODD)]) == 1
    assert '"code": "workbook.no_place"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--mapping", "9999"], "Không có cách đọc nào tên “9999”"),
        (["--place", "province/nowhere"], "province/nowhere"),
        (["--period", "bao giờ"], "bao giờ"),
    ],
)
def test_what_is_not_known_is_told(tmp_path: Path, capsys: Capture, arguments: list[str], words: str) -> None:
    assert main(["workbook", a_file(tmp_path, WATER), *arguments]) == 1
    assert words in capsys.readouterr().err


def test_a_workbook_of_no_form_and_a_missing_file_are_told(tmp_path: Path, capsys: Capture) -> None:
    assert main(["workbook", a_file(tmp_path, {(0, 0): "Tên", (1, 0): 5.0})]) == 1
    assert "Không nhận ra bảng tính này" in capsys.readouterr().err
    assert main(["workbook", str(tmp_path / "khong-co.xlsx")]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("book")
def test_figures_are_put_up_for_review_and_the_form_comes_back_filled(tmp_path: Path, capsys: Capture) -> None:
    a_person("an")
    assert main(["workbook", a_file(tmp_path, WATER), "--propose", "--as", "an"]) == 0
    proposal = Proposal.objects.get()
    assert f"{proposal.document_id}: 2 số chờ duyệt" in capsys.readouterr().out
    accept_all(reach("an"), proposal)
    out = tmp_path / "ra.xlsx"
    asked = ["--place", "province/hai-phong", "--period", "2024", "--out", str(out), "--as", "an"]
    assert main(["form", "2105", *asked]) == 0
    assert "4 / " in capsys.readouterr().out  # the zone's two and the totals of both columns
    values = [value for row in read_workbook(out.read_bytes(), "ra.xlsx").sheets[0].rows for value in row]
    assert 1234.5 in values
    assert main(["form", "9999", *asked]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("book")
def test_the_national_system_is_held_against_the_ledger(tmp_path: Path, capsys: Capture) -> None:
    a_person("an")
    main(["workbook", a_file(tmp_path, WATER), "--propose", "--as", "an"])
    main(["workbook", a_file(tmp_path, WATER | {(4, 1): 900.0}), "--propose", "--as", "an", "--stream", "national"])
    for proposal in Proposal.objects.all():
        accept_all(reach("an"), proposal)
    assert Observation.objects.count() == 4
    capsys.readouterr()
    assert main(["differences", "--json"]) == 1
    only = json.loads(capsys.readouterr().out)
    assert (only["national"], only["ledger"], only["where"]) == (900_000_000, 1_000_000_000, "S!B5")
    assert main(["differences", "--all"]) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["differs", "agrees"]


@pytest.mark.django_db
@pytest.mark.usefixtures("book")
def test_whose_workbook_it_is_has_to_be_said(tmp_path: Path, capsys: Capture) -> None:
    a_person("an")
    assert main(["workbook", a_file(tmp_path, WATER), "--propose", "--as", "an", "--stream", "other_body"]) == 1
    assert not Proposal.objects.exists()
