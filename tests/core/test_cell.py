"""A cell has the same id everywhere, and a new figure meets what its stream already says by one rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.cell import CellKey, Meeting, Said, meeting, stream_id
from sokhu.core.folding import folded
from sokhu.core.problems import Problem

CELL = CellKey("capital_new", "province/hai-phong", "2024", date(2024, 1, 1), date(2024, 12, 31), currency="USD")
SAID = st.builds(
    Said,
    amount=st.none() | st.integers(-5, 5),
    emptiness=st.sampled_from(["", "withheld"]),
    maturity=st.sampled_from(["estimate", "preliminary", "final"]),
    approx=st.booleans(),
)


def test_a_cell_has_the_same_id_in_every_book() -> None:
    assert str(CELL.id()) == "28dc207a-c7ad-5470-a0bc-759705b3902d"
    assert str(stream_id("press", "Báo Hải Phòng")) == "3fb7bbc8-9f91-53fa-9fdd-b0a85b2f1a18"


def test_equal_cells_have_equal_ids() -> None:
    assert replace(CELL).id() == CELL.id()


@pytest.mark.parametrize(
    "change",
    [
        {"indicator": "capital_added"},
        {"place": "province/hai-phong-2025"},
        {"period": "2024-Q4"},
        {"first": date(2024, 1, 2)},
        {"last": date(2024, 12, 20)},
        {"regime": "statistical"},
        {"kind": "plan"},
        {"ownership": "FDI"},
        {"country": "JP"},
        {"sector": "C"},
        {"zone_kind": "KCN"},
        {"currency": "VND"},
        {"other": "of=capital_new"},
    ],
)
def test_every_part_of_a_cell_makes_another_cell(change: dict[str, object]) -> None:
    assert replace(CELL, **change).id() != CELL.id()  # type: ignore[arg-type]
    assert set(CELL.values()) >= set(change)


def test_composed_and_decomposed_letters_name_the_same_cell_and_stream() -> None:
    one, other = (replace(CELL, other=normalize(form, "ngành=dệt")) for form in ("NFC", "NFD"))
    assert one.other != other.other
    assert one.id() == other.id()
    assert stream_id("press", normalize("NFD", "Báo Hải Phòng")) == stream_id("press", "Báo Hải Phòng")


def test_kind_and_speaker_of_a_stream_are_not_glued_together() -> None:
    assert stream_id("press", "x") != stream_id("pres", "sx")


@given(SAID, st.booleans())
def test_the_first_figure_of_a_cell_and_stream_is_new(new: Said, revise: bool) -> None:
    assert meeting(None, new, revise=revise) is Meeting.NEW


@given(SAID, st.booleans(), st.booleans())
def test_the_same_figure_again_is_cited_whether_it_says_about_or_not(said: Said, approx: bool, revise: bool) -> None:
    assert meeting(said, replace(said, approx=approx), revise=revise) is Meeting.CITES


@given(SAID, SAID)
def test_another_figure_replaces_only_when_it_is_meant(current: Said, new: Said) -> None:
    if (current.amount, current.emptiness, current.maturity) == (new.amount, new.emptiness, new.maturity):
        return
    assert meeting(current, new, revise=True) is Meeting.REVISES
    with pytest.raises(Problem, match=r"ledger\.contradicts"):
        meeting(current, new)


def test_zero_is_not_nothing() -> None:
    assert meeting(Said(None, "withheld"), Said(0), revise=True) is Meeting.REVISES


@pytest.mark.parametrize("emptiness", ["not_due", "not_reported", "not_available"])
def test_a_figure_that_was_awaited_comes_without_contradicting(emptiness: str) -> None:
    assert meeting(Said(None, emptiness), Said(0, maturity="estimate")) is Meeting.REVISES


@pytest.mark.parametrize(
    ("current", "new"),
    [
        (Said(None, "not_applicable"), Said(0)),
        (Said(None, "withheld"), Said(0)),
        (Said(0), Said(None, "not_reported")),
        (Said(None, "not_due"), Said(None, "not_available")),
    ],
)
def test_a_reason_changes_into_another_or_takes_a_figures_place_only_when_it_is_meant(current: Said, new: Said) -> None:
    assert meeting(current, new, revise=True) is Meeting.REVISES
    with pytest.raises(Problem, match=r"ledger\.contradicts"):
        meeting(current, new)


def test_text_is_found_without_its_marks() -> None:
    assert folded("  KCN  Đình Vũ ") == folded(normalize("NFD", "kcn đình vũ")) == "kcn dinh vu"
