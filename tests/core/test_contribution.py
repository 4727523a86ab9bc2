"""Who moved a total, by how much, and how ranks changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.answer import Answer, Question
from sokhu.core.contribution import Contribution, Lacking, contribution
from sokhu.core.indicator import Better
from sokhu.core.period import named

PLACES = ["a", "b", "c", "d"]


def answers(year: str, *amounts: int | None) -> dict[str, Answer]:
    """Of places a, b, c … in a year; None has no figure."""
    return {
        place: Answer(
            Question("projects_new", place, named(year)), "missing" if amount is None else "said", amount=amount
        )
        for place, amount in zip(PLACES, amounts, strict=False)
    }


def between(now: list[int | None], before: list[int | None], better: Better = "higher") -> Contribution:
    return contribution(answers("2024", *now), answers("2023", *before), better=better)


def test_members_stand_by_how_much_they_moved_the_total_with_their_share_of_it() -> None:
    found = between([10, 50, 70], [8, 60, 20])
    assert (found.before, found.now, found.change) == (88, 130, 42)
    assert [(one.place, one.change) for one in found.members] == [("c", 50), ("b", -10), ("a", 2)]
    assert [one.share for one in found.members] == [Decimal("119.0"), Decimal("-23.8"), Decimal("4.8")]


def test_ranks_tell_who_climbed_and_who_fell() -> None:
    found = {one.place: one for one in between([10, 50, 70, 50], [8, 60, 20, 5]).members}
    assert {place: (one.rank_before, one.rank, one.climbed) for place, one in found.items()} == {
        "a": (3, 4, -1),
        "b": (1, 2, -1),
        "c": (2, 1, 1),
        "d": (4, 2, 2),
    }


def test_where_less_is_better_the_least_is_first() -> None:
    assert {one.place: one.rank for one in between([10, 50], [1, 1], "lower").members} == {"a": 1, "b": 2}


def test_a_member_with_a_figure_on_one_side_only_moves_the_total_by_all_of_it_and_is_marked() -> None:
    found = {one.place: one for one in between([10, None, 5], [None, 7, 5]).members}
    assert {place: (one.change, one.is_one_sided, one.climbed) for place, one in found.items()} == {
        "a": (10, True, None),
        "b": (-7, True, None),
        "c": (0, False, 0),
    }


def test_a_member_without_any_figure_moves_nothing() -> None:
    assert [one.place for one in between([None, 1], [None, 1]).members] == ["b"]


def test_a_total_that_did_not_change_has_no_shares() -> None:
    assert [one.share for one in between([10, 5], [5, 10]).members] == [None, None]


def test_what_is_in_no_member_is_told_as_the_rest() -> None:
    whole = answers("2024", 100)["a"], answers("2023", 70)["a"]
    found = contribution(answers("2024", 10, 20), answers("2023", 10, 15), whole=whole)
    assert (found.change, found.rest) == (30, 25)


def test_a_total_says_who_is_not_in_it_and_a_member_what_it_lacks_itself() -> None:
    now = answers("2024", 10, None, None, 5)
    now["c"] = replace(now["c"], emptiness="not_applicable")
    now["d"] = replace(now["d"], have=1, want=2, missing=("d/one",))
    found = contribution(now, answers("2023", 10, 8), members=["a", "b", "c", "d", "elsewhere"])
    assert found.lacking == Lacking(2, 4, ("b", "elsewhere", "d/one"))
    assert found.lacking_before == Lacking(2, 5, ("c", "d", "elsewhere"))
    assert {one.place: one.lacking for one in found.members} == {
        "a": Lacking(), "b": Lacking(), "d": Lacking(1, 2, ("d/one",)),
    }  # fmt: skip


AMOUNTS = st.lists(st.none() | st.integers(-1000, 1000), min_size=4, max_size=4)


@given(AMOUNTS, AMOUNTS, st.none() | st.tuples(st.integers(), st.integers()))
def test_the_members_and_the_rest_add_up_to_the_change(
    now: list[int | None], before: list[int | None], totals: tuple[int, int] | None
) -> None:
    whole = (answers("2024", totals[0])["a"], answers("2023", totals[1])["a"]) if totals else None
    found = contribution(answers("2024", *now), answers("2023", *before), whole=whole)
    assert sum(one.change for one in found.members) + found.rest == found.change
    assert found.change == (found.now or 0) - (found.before or 0)
    assert whole is not None or found.rest == 0
