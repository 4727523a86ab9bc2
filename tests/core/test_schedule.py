"""Where projects stand in their schedule, on any day of any life, and what moves with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificate_chains import START, an_event, an_issue, chains
from sokhu.core.certificates.chain import history, state_after
from sokhu.core.certificates.event import Event
from sokhu.core.certificates.movements import ONE, moved_by
from sokhu.core.indicator import load_indicators
from sokhu.core.movement import Moved
from sokhu.core.schedule import (
    BUILDING,
    DELAYED,
    INDICATORS,
    NOT_STARTED,
    OPERATING,
    STARTED,
    Milestone,
    moved_by_schedule,
)

ISSUED = date(2024, 1, 10)
LIFE = history([an_issue(ISSUED)])
days = st.integers(-400, 4200).map(lambda days: START + timedelta(days=days))
milestones = st.lists(
    st.builds(
        Milestone, st.uuids(), st.sampled_from(["land", "construction", "completion", "operation"]), days,
        st.none() | days,
    ),
    max_size=4,
)  # fmt: skip


def a_milestone(kind: str, planned: date, reached: date | None = None, number: int = 7) -> Milestone:
    return Milestone(UUID(int=number), kind, planned, reached)


def told(moves: Sequence[Moved]) -> dict[str, list[tuple[date, int]]]:
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for one in moves:
        found[one.indicator].append((one.day, one.amount // ONE))
    return found


def stock(moves: Sequence[Moved], code: str, day: date) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for one in moves:
        if one.indicator == code and one.day <= day:
            found[one.place, one.owner, one.ownership, one.country, one.sector] += one.amount
    return {shelf: amount for shelf, amount in found.items() if amount}


def test_a_project_waits_is_built_and_runs_and_is_late_from_the_day_after_the_planned_one():
    building = a_milestone("construction", date(2024, 6, 1), date(2024, 6, 20), 1)
    running = a_milestone("operation", date(2025, 3, 1), date(2025, 2, 10), 2)
    moves = list(moved_by_schedule([building, running], LIFE))
    assert told(moves) == {
        NOT_STARTED: [(ISSUED, 1), (date(2024, 6, 20), -1)],
        DELAYED: [(date(2024, 6, 2), 1), (date(2024, 6, 20), -1)],
        BUILDING: [(date(2024, 6, 20), 1), (date(2025, 2, 10), -1)],
        OPERATING: [(date(2025, 2, 10), 1)],
        STARTED: [(date(2025, 2, 10), 1)],
    }
    assert {one.source for one in moves if one.indicator == OPERATING} == {running.id}
    assert {one.source for one in moves if one.day == ISSUED} == {LIFE[0].source}


def test_a_suspended_project_is_in_none_of_them_and_one_that_ended_in_none_any_more():
    life = history([
        an_issue(ISSUED), an_event(2, "suspend", date(2024, 5, 1)), an_event(3, "resume", date(2024, 8, 1)),
        an_event(4, "revoke", date(2025, 1, 1)),
    ])  # fmt: skip
    moves = list(moved_by_schedule([a_milestone("operation", date(2024, 3, 1), date(2024, 2, 1))], life))
    assert told(moves)[OPERATING] == [
        (date(2024, 2, 1), 1), (date(2024, 5, 1), -1), (date(2024, 8, 1), 1), (date(2025, 1, 1), -1),
    ]  # fmt: skip
    assert told(moves)[STARTED] == [(date(2024, 2, 1), 1)]


def test_what_began_before_the_certificate_of_the_book_runs_from_its_first_day_and_is_no_news():
    moves = list(moved_by_schedule([a_milestone("operation", date(2020, 1, 1), date(2021, 1, 1))], LIFE))
    assert told(moves) == {OPERATING: [(ISSUED, 1)]}


def test_operation_begins_once_though_a_later_part_of_the_project_begins_too():
    parts = [a_milestone("operation", day, day, day.year) for day in (date(2026, 1, 5), date(2025, 1, 5))]
    assert told(list(moved_by_schedule(parts, LIFE)))[STARTED] == [(date(2025, 1, 5), 1)]


@pytest.mark.unmeasured
@given(events=chains, schedule=milestones, day=days)
@settings(max_examples=150, deadline=None)
def test_waiting_built_running_and_suspended_are_the_valid_projects_of_every_shelf(
    events: list[Event], schedule: list[Milestone], day: date
):
    steps = history(events)
    moves, of_life = list(moved_by_schedule(schedule, steps)), [one for step in steps for one in moved_by(step)]
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for code in (NOT_STARTED, BUILDING, OPERATING):
        for shelf, amount in stock(moves, code, day).items():
            assert amount == ONE
            found[shelf] += amount
    state = state_after(steps, day)
    if state is not None and state.suspended_since and state.is_valid:
        assert not found
    else:
        assert found == stock(of_life, "projects_valid", day)
    assert stock(moves, DELAYED, day).items() <= found.items()


@pytest.mark.unmeasured
@given(events=chains, schedule=milestones)
@settings(max_examples=80, deadline=None)
def test_every_movement_names_an_indicator_that_has_its_breakdowns(events: list[Event], schedule: list[Milestone]):
    known = load_indicators()
    for one in moved_by_schedule(schedule, history(events)):
        assert one.indicator in INDICATORS
        assert {"ownership", "country", "sector"} <= set(known[one.indicator].dimensions)
        assert known[one.indicator].nature == ("flow" if one.indicator == STARTED else "stock")


def test_a_schedule_without_a_certificate_moves_nothing():
    assert list(moved_by_schedule([a_milestone("operation", ISSUED, ISSUED)], [])) == []
