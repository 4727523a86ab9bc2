"""What hangs together by steps: all of it, each once, whatever circles there are."""

from __future__ import annotations

import pytest

from sokhu.core.closure import closure

STEPS = {"a": "bc", "b": "d", "c": "d", "d": "", "x": "y", "y": "x"}


@pytest.mark.parametrize(
    ("starts", "found"),
    [("a", "abcd"), ("d", "d"), ("", ""), ("x", "xy"), ("bx", "bdxy")],
    ids=["a way and two ways", "no step", "no start", "a circle", "several starts"],
)
def test_everything_that_steps_lead_to_is_found_with_the_starts(starts: str, found: str) -> None:
    assert closure(starts, STEPS.__getitem__) == set(found)
