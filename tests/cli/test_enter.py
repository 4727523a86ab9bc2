"""`sokhu enter`: a figure without a document, from the command line."""

from __future__ import annotations

import pytest

from factories import HAI_PHONG, a_person, standing
from sokhu.areas.ledger.models import Observation
from sokhu.cli.main import main
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
CELL = ["--indicator", "capital_new", "--place", "province/hai-phong", "--period", "2024", "--as", "an"]
NOTE = ["--note", "Phòng Đầu tư báo"]


@pytest.fixture(autouse=True)
def an() -> None:
    a_person("an")


def test_a_figure_is_entered_for_the_users_authority(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["enter", *CELL, *NOTE, "--ownership", "FDI", "100 triệu USD"]) == 0
    one = Observation.objects.get()
    assert (one.owner, one.stream.kind, one.cell.ownership, one.amount) == (HAI_PHONG, "return", "FDI", 100_000_000)
    assert f"mục | entry {one.batch_id}: 100 triệu USD · {one.pk}" in capsys.readouterr().out


def test_why_there_is_none_is_entered_and_a_figure_after_it() -> None:
    assert main(["enter", *CELL, *NOTE, "--empty", "not_due", "--currency", "USD"]) == 0
    assert standing() == [None]
    assert main(["enter", *CELL, *NOTE, "100 triệu USD"]) == 0
    assert standing() == [100_000_000]


def test_another_figure_is_refused_unless_it_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    main(["enter", *CELL, *NOTE, "100 triệu USD"])
    assert main(["enter", *CELL, *NOTE, "101 triệu USD"]) == 1
    assert "Cùng nguồn này đang có số khác" in capsys.readouterr().err
    assert main(["enter", *CELL, *NOTE, "101 triệu USD", "--revise"]) == 0
    assert standing() == [101_000_000]


def test_all_that_is_wrong_is_told_with_its_field_and_nothing_written(capsys: pytest.CaptureFixture[str]) -> None:
    before = head()
    assert main(["enter", *CELL, "--note", " ", "mười con gà"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told] == ["as_written", "note"]
    assert head() == before


def test_a_call_with_neither_a_figure_nor_a_reason_or_with_both_is_a_wrong_call() -> None:
    for said in ([], ["100 triệu USD", "--empty", "not_due"]):
        with pytest.raises(SystemExit) as ended:
            main(["enter", *CELL, *NOTE, *said])
        assert ended.value.code == 2
