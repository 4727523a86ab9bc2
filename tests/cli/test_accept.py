"""`sokhu accept`: what the review screen does, on an explicit command."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from factories import HAI_PHONG, a_person, standing
from sokhu.areas.ledger.models import Observation, ProposedFigure
from sokhu.areas.sources.models import Document
from sokhu.cli.main import main
from sokhu.kit.sealing.models import Batch
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
# The first figure says everything; the second says no period and no place.
TEXT = "Năm 2024, Hải Phòng thu hút 4.943 triệu USD vốn FDI.\n\nTổng cộng 25 ha.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "tin.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def confidence(value: float) -> pytest.MonkeyPatch:
    patch = pytest.MonkeyPatch()
    patch.setattr("sokhu.areas.ledger.lines.CERTAIN", value)
    return patch


def test_only_what_is_certain_goes_in(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["accept", str(report), "--speaker", "Báo Hải Phòng"])
    states = dict(ProposedFigure.objects.values_list("order", "state"))
    certain = [one.order for one in ProposedFigure.objects.all() if one.state == "accepted"]
    assert "certain" in capsys.readouterr().out or not certain
    assert Observation.objects.count() == len(certain)
    assert states[1] == "open"


def test_nothing_below_the_threshold_goes_in_without_all(report: Path) -> None:
    patch = confidence(1.1)
    try:
        assert main(["accept", str(report)]) == 0
        assert not Observation.objects.exists()
        main(["accept", str(report), "--all"])
    finally:
        patch.undo()
    assert standing() == [4_943_000_000]


def test_all_takes_what_is_complete_and_tells_what_stays_open(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "accept", str(report), "--all", "--reason", "thử"]) == 1
    told = capsys.readouterr()
    assert "1 mới | new" in told.out
    assert "25 ha" in told.err
    assert standing() == [4_943_000_000]


def test_the_second_time_changes_nothing_and_says_so(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["accept", str(report), "--all"])
    before = head()
    capsys.readouterr()
    main(["accept", str(report), "--all"])
    assert head() == before
    assert "0 mới | new, 0 dẫn thêm | cited, 1 đã có | already" in capsys.readouterr().out


def test_a_dry_run_shows_the_figures_and_writes_nothing(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = head(), sorted(Path(settings.UPLOADS).rglob("*"))
    assert main(["accept", str(report), "--dry-run"]) == 0
    assert "4.943" in capsys.readouterr().out
    assert (head(), sorted(Path(settings.UPLOADS).rglob("*"))) == before
    assert not Document.objects.exists()


def test_a_person_accepts_for_their_own_authority(report: Path) -> None:
    an = a_person("an")
    main(["accept", str(report), "--all", "--as", "an"])
    assert Document.objects.get().owner == HAI_PHONG
    assert Batch.objects.get(kind="accept").author == an.pk
    assert Observation.objects.get().owner == HAI_PHONG


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--as", "khong-ai"], "khong-ai"),
        (["--as", "nga"], "published figures only"),
        (["--as", "an", "--stream", "report", "--speaker", "board/quang-ngai-2025"], "whom you do not represent"),
        (["--stream", "report"], "which authority speaks"),
        (["--about", "province/atlantis"], "province/atlantis"),
    ],
)
def test_what_may_not_be_done_is_told_in_a_sentence_and_not_done(
    options: list[str], sentence: str, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_person("an"), a_person("nga")
    assert main(["--lang", "en", "accept", str(report), "--all", *options]) == 1
    assert sentence in capsys.readouterr().err
    assert not Observation.objects.exists()
    assert not Document.objects.exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "accept", str(tmp_path / "x.txt")]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_a_text_that_names_no_place_speaks_of_the_given_one(tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text("Năm 2024 thu hút 100 triệu USD vốn FDI.", encoding="utf-8")
    main(["accept", str(file), "--all", "--about", "province/quang-ngai"])
    assert Observation.objects.get().cell.place == "province/quang-ngai"


def test_verify_and_export_work_on_the_open_book(report: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["accept", str(report), "--all"])
    assert main(["verify"]) == 0
    assert main(["export-chain"]) == 0
    printed = capfdbinary.readouterr().out
    assert head()[1].encode() in printed
    assert b'"table":"ledger_observation"' in printed
