"""Real processes on a book of real commits: two people at once, and one that is killed on the way."""

from __future__ import annotations

import json

import pytest

from book_fixtures import ScratchBook

FIGURES = 60


@pytest.mark.parametrize("tag", ["cung-luc-1", "cung-luc-2", "cung-luc-3"])
def test_two_people_who_accept_the_same_document_at_once_lose_nothing_and_double_nothing(
    scratch_book: ScratchBook, tag: str
) -> None:
    told = json.loads(scratch_book.run("scratch_race.py", tag))
    assert told == {
        "failed": [0, 0],
        "new": FIGURES,
        "already": FIGURES,
        "others": 0,
        "documents": 1,
        "proposals": 1,
        "observations": FIGURES,
    }


def test_two_people_who_contradict_each_other_at_once_are_told_the_second_one_comes_second(
    scratch_book: ScratchBook,
) -> None:
    told = json.loads(scratch_book.run("scratch_contradict.py", "cai-nhau"))
    assert sorted(told["accepted"]) == ["ledger.contradicts", "new"]
    assert sorted(told["corrected"]) == sorted([told["pk"], "ledger.not_current"])
    assert told["rows"] == 2


def test_killing_the_process_at_any_point_leaves_nothing_half_done(scratch_book: ScratchBook) -> None:
    told = json.loads(scratch_book.run("scratch_kills.py", "16", "seed"))
    assert told["half_done"] == []
    assert told["verified"]
    assert told["observations"] == told["expected"]
    assert told["killed"] >= 8  # else the kills came too late to prove anything
    assert scratch_book.sokhu("verify", "--no-totals").returncode == 0
