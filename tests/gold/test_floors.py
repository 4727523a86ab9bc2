"""The reader against the gold corpus: floors that may be raised and never lowered."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold.score import Scores, score_folders, table

HERE = Path(__file__).parent
FLOORS = {"value+unit": 0.985, "ownership": 0.92, "indicator": 0.88, "period": 0.82}
CERTAIN_PRECISION = 0.995
FOLDERS = {"read": ("read",), "unread": ("unread",), "together": ("read", "unread")}


@pytest.fixture(scope="module", params=list(FOLDERS))
def scores(request: pytest.FixtureRequest) -> Scores:
    return score_folders(*(HERE / name for name in FOLDERS[request.param]))


@pytest.mark.parametrize("step", list(FLOORS))
def test_figures_of_unseen_reports_are_right_above_the_floor_of_each_step(scores: Scores, step: str) -> None:
    assert scores.f1(step) >= FLOORS[step], f"{step} below {FLOORS[step]}\n{table(scores)}"


def test_what_the_reader_calls_certain_is_right_in_every_step(scores: Scores) -> None:
    assert scores.certain.count > 0, "the reader is certain of nothing: the threshold is of no use"
    assert scores.certain.precision >= CERTAIN_PRECISION, table(scores)
