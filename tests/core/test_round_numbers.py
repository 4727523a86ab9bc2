"""Ticks and class limits are round, cover every value, and keep like values together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.round_numbers import STEPS, classes, ticks

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(st.lists(amounts, max_size=40))
def test_ticks_cover_every_value_and_zero_at_equal_distances(values: list[Decimal]) -> None:
    found = ticks(values)
    assert found[0] <= min([Decimal(0), *values]) <= max([Decimal(0), *values]) <= found[-1]
    assert 0 in found
    assert len({high - low for low, high in pairwise(found)}) == 1
    assert 2 <= len(found) <= 9


def test_ticks_of_nothing_are_still_an_axis() -> None:
    assert ticks([]) == (0, 1)


@given(st.lists(amounts, min_size=1, max_size=70))
def test_every_value_lies_in_the_range_of_its_colour(values: list[Decimal]) -> None:
    found = classes(values)
    assert found is not None
    by_step = {one.step: one for one in found.ranges()}
    assert len(by_step) == len(found.ranges()) <= STEPS
    for value in values:
        one = by_step[found.step_of(value)]
        assert one.low is None or one.low <= value
        assert one.high is None or (value <= one.high if found.is_whole else value < one.high)


@given(st.lists(amounts, min_size=2, max_size=70))
def test_a_higher_value_never_has_a_lighter_colour(values: list[Decimal]) -> None:
    found = classes(values)
    assert found is not None
    steps = [found.step_of(value) for value in sorted(values)]
    assert steps == sorted(steps)


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        (range(1, 101), [20, 40, 60, 80]),
        ([1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 23], [2, 4, 6, 10]),
        ([5, 5, 5], []),
        ([Decimal("0.013"), Decimal("0.018"), Decimal("0.021"), Decimal("0.4"), Decimal("0.94")], None),
    ],
)
def test_limits_are_round_numbers(values: list[Decimal], limits: list[int] | None) -> None:
    found = classes(values)
    assert found is not None
    if limits is not None:
        assert list(found.limits) == limits
    assert all(len(limit.normalize().as_tuple().digits) <= 2 for limit in found.limits)


def test_whole_numbers_are_told_by_both_ends_and_others_by_where_the_next_begins() -> None:
    whole, broken = (
        classes(range(1, 101)),
        classes([Decimal("0.5"), Decimal(3), Decimal(47), Decimal(300), Decimal(900)]),
    )
    assert whole is not None
    assert broken is not None
    assert [(one.low, one.high) for one in whole.ranges()][:2] == [(1, 19), (20, 39)]
    assert broken.ranges()[0].low is None
    assert broken.ranges()[-1].high is None


def test_few_classes_use_the_lightest_and_the_darkest_colour() -> None:
    two = classes([1, 2])
    assert two is not None
    assert [one.step for one in two.ranges()] == [0, STEPS - 1]


def test_nothing_has_no_classes() -> None:
    assert classes([]) is None
