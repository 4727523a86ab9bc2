"""The scorer itself: what counts as the same figure, and what an error costs."""

from __future__ import annotations

from typing import Any

import pytest

from gold.score import STEPS, score


def a_figure(**differing: Any) -> dict[str, Any]:
    return {
        "article": "a",
        "start": 10,
        "end": 20,
        "quote": "29 dự án",
        "value": "29",
        "unit": "projects",
        "indicator": "projects_new",
        "ownership": "FDI",
        "scope": "Hải Phòng",
        "period": "2021",
        "asof": False,
        "status": "fact",
        "confidence": 0.9,
    } | differing


def right(gold: list[dict[str, Any]], read: list[dict[str, Any]]) -> list[int]:
    scores = score(gold, read)
    return [scores.steps[name].right for name in STEPS]


def test_a_figure_read_as_labelled_is_right_in_every_step() -> None:
    assert right([a_figure()], [a_figure(value="29.0", start=12, end=14)]) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"value": "30"}, [0, 0, 0, 0, 0]),
        ({"unit": "adjustments"}, [0, 0, 0, 0, 0]),
        ({"article": "b"}, [0, 0, 0, 0, 0]),
        ({"start": 20, "end": 25}, [0, 0, 0, 0, 0]),
        ({"ownership": None}, [1, 0, 0, 0, 0]),
        ({"indicator": "projects_valid"}, [1, 1, 0, 0, 0]),
        ({"period": "2020"}, [1, 1, 1, 0, 0]),
        ({"scope": None}, [1, 1, 1, 1, 0]),
        ({"ownership": None, "period": "2020"}, [1, 0, 0, 0, 0]),
    ],
)
def test_each_step_needs_the_ones_before_it(wrong: dict[str, Any], expected: list[int]) -> None:
    assert right([a_figure()], [a_figure(**wrong)]) == expected


def test_one_label_is_matched_by_one_figure_only() -> None:
    step = score([a_figure()], [a_figure(), a_figure()]).steps["value+unit"]
    assert (step.right, step.read, step.gold) == (1, 2, 1)
    assert step.precision == 0.5
    assert step.recall == 1


def test_two_equal_values_in_one_quote_are_paired_to_agree_best() -> None:
    gold = [a_figure(indicator="projects_valid"), a_figure(ownership="DDI")]
    assert right(gold, list(reversed(gold))) == [2, 2, 2, 2, 2]


def test_a_repeat_is_neither_missing_nor_false() -> None:
    gold = [a_figure(status="repeat"), a_figure(start=50, end=60)]
    only_second = score(gold, [a_figure(start=50, end=60)]).steps["scope"]
    both_read = score(gold, [a_figure(ownership=None), a_figure(start=50, end=60)]).steps["scope"]
    assert (only_second.f1, both_read.f1) == (1, 1)
    assert both_read.read == 1


@pytest.mark.parametrize(
    ("labelled", "read", "equal"),
    [
        ("2024-06", "2024-06-20", True),
        ("2024-06-20", "2024-06", True),
        ("2024-06-20", "2024-06-30", False),
        ("2024", "2024-06", False),
        ("2024-06", None, False),
    ],
)
def test_the_day_and_the_month_of_a_count_are_one_period(labelled: str, read: str | None, equal: bool) -> None:
    gold = [a_figure(period=labelled, asof=True)]
    assert right(gold, [a_figure(period=read, asof=True)])[3] == int(equal)


@pytest.mark.parametrize(("read", "equal"), [("2024-07-03", True), ("2024-06", True), ("2023", False)])
def test_either_period_is_right_where_the_text_allows_both(read: str, equal: bool) -> None:
    gold = [a_figure(period="2024-06", asof=True, period_or=["2024-07-03", None])]
    assert right(gold, [a_figure(period=read, asof=True)])[3] == int(equal)


def test_an_optional_label_costs_nothing_when_left_out() -> None:
    assert score([a_figure(optional=True)], []).steps["value+unit"].gold == 0


def test_a_flow_has_no_day_for_its_month() -> None:
    assert right([a_figure(period="2024-06")], [a_figure(period="2024-06-20")])[3] == 0


def test_certain_figures_count_as_right_only_when_right_in_all_steps() -> None:
    gold = [a_figure(), a_figure(start=50, end=60), a_figure(start=80, end=90)]
    read = [a_figure(confidence=0.99), a_figure(start=50, end=60, confidence=0.99, scope="Huế"), gold[2]]
    certain = score(gold, read, certain=0.95).certain
    assert (certain.right, certain.count, certain.read) == (1, 2, 3)


def test_every_error_is_named_once_at_the_step_where_it_parts() -> None:
    gold = [a_figure(), a_figure(start=50, end=60), a_figure(start=80, end=90)]
    read = [a_figure(period="1999"), a_figure(start=80, end=90), a_figure(start=95, end=99)]
    assert [error.kind for error in score(gold, read).errors] == ["period", "missing", "false"]
