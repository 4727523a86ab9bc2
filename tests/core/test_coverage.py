"""How much of a total is there, by what its members last said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sokhu.core.answer import Answer, Question
from sokhu.core.coverage import Weighed, earlier_periods, expected_members, weighed
from sokhu.core.period import named

MEMBERS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("period", "latest", "oldest", "count"),
    [
        ("2024", "2023", "2021", 3),
        ("2024-H1", "2023-H2", "2021-H1", 6),
        ("2024-Q1", "2023-Q4", "2021-Q1", 12),
        ("2024-02", "2024-01", "2021-02", 36),
        ("2024-01..2024-09", "2023-01..2023-09", "2021-01..2021-09", 3),
        ("2024-12-20", "2023-12-20", "2021-12-20", 3),
    ],
)
def test_earlier_periods_are_of_the_same_kind_and_at_most_three_years_old(
    period: str, latest: str, oldest: str, count: int
) -> None:
    found = earlier_periods(named(period))
    assert (found[0], found[-1], len(found)) == (named(latest), named(oldest), count)


def test_a_plan_of_five_years_has_no_earlier_period_that_is_near() -> None:
    assert earlier_periods(named("2021..2025")) == []


def an_answer(place: str, amount: int | None, year: str = "2023") -> Answer:
    return Answer(Question("projects_new", place, named(year)), "missing" if amount is None else "said", amount=amount)


def held_against(own: dict[str, int], *earlier: dict[str, int | None]) -> Weighed:
    """A total of what some members said of 2024, held against earlier years, the latest first."""
    years = [{place: an_answer(place, own.get(place), "2024") for place in MEMBERS}]
    for n, year in enumerate(earlier):
        years.append({place: an_answer(place, amount, str(2023 - n)) for place, amount in year.items()})
    return weighed(MEMBERS, years)


def test_the_weight_of_those_who_are_in_it_is_their_share_of_the_last_known_figures() -> None:
    found = held_against({"a": 5, "b": 5}, {"a": 60, "b": 32, "c": 8})
    assert (found.percent, found.estimate, found.unknown) == (Decimal("92.0"), 8, ())


def test_of_several_earlier_figures_the_latest_counts() -> None:
    found = held_against({"a": 5, "b": 5}, {"a": 50, "b": None, "c": None}, {"a": 1, "b": 40, "c": 10}, {"c": 99})
    assert (found.percent, found.estimate) == (Decimal("90.0"), 10)
    assert [answer.question.period.name for answer in found.last_known] == ["2022"]


def test_who_never_said_anything_before_weighs_what_they_say_now() -> None:
    assert held_against({"a": 1000}, {"b": 250}).percent == Decimal("80.0")


def test_missing_members_of_whom_nothing_is_known_are_named_and_weigh_nothing() -> None:
    found = held_against({"a": 5}, {"a": 60, "b": 20})
    assert (found.percent, found.estimate, found.unknown) == (Decimal("75.0"), 20, ("c",))


@pytest.mark.parametrize(("own", "earlier"), [({"a": 5}, {"a": 5}), ({"a": -5}, {"b": 30}), ({"a": 0}, {"b": 0})])
def test_where_nothing_is_known_of_the_missing_or_figures_are_below_zero_there_is_no_weight(
    own: dict[str, int], earlier: dict[str, int | None]
) -> None:
    assert held_against(own, earlier).percent is None


def test_a_member_that_the_figure_does_not_apply_to_is_not_expected() -> None:
    total = replace(an_answer("whole", 1), reasons=(("b", "not_applicable"), ("c", "withheld")))
    assert expected_members(total, MEMBERS) == ("a", "c")
