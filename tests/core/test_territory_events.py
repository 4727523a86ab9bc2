from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.problems import Problem
from sokhu.core.territory import Added, Span, Territory
from sokhu.core.territory_file import load_territory
from territory_files import (
    AFTER,
    BEFORE,
    IN_2020,
    checked,
    event,
    place_file,
)

MAP = load_territory()


def split_map() -> Territory:
    return checked(
        place_file("province/a", "ends = 2019-12-31"),
        place_file("province/b", "starts = 2020-01-01", "ends = 2021-12-31"),
        place_file("province/c", "starts = 2020-01-01"),
        place_file("province/d", "starts = 2022-01-01"),
        place_file("province/e", "ends = 2021-12-31"),
        event("split", "2020-01-01", ["province/a"], ["province/b", "province/c"]),
        event("merge", "2022-01-01", ["province/b", "province/e"], ["province/d"]),
    )


def test_a_split_adds_back_to_what_it_parted():
    assert split_map().restatement("province/a", date(2021, 1, 1), date(2019, 1, 1)) == Added(
        ("province/b", "province/c")
    )


def test_a_part_of_a_split_cannot_be_read_off_the_whole():
    answer = split_map().restatement("province/c", date(2019, 1, 1), date(2021, 1, 1))
    assert isinstance(answer, Problem)
    assert answer.code == "territory.not_restatable"


def test_a_merger_over_a_split_cannot_be_restated():
    answer = split_map().restatement("province/d", date(2019, 1, 1), date(2023, 1, 1))
    assert isinstance(answer, Problem)
    assert (answer.code, answer.params["found"]) == ("territory.not_restatable", "province/b")


def test_what_a_split_parted_and_a_merger_swallowed_cannot_be_added_back():
    answer = split_map().restatement("province/a", date(2023, 1, 1), date(2019, 1, 1))
    assert isinstance(answer, Problem)
    assert (answer.code, answer.params["found"]) == ("territory.not_restatable", "province/b")


def test_successors_go_on_through_later_events():
    small = split_map()
    assert small.successors("province/a", date(2019, 1, 1)) == ("province/a",)
    assert small.successors("province/a", date(2019, 12, 31)) == ("province/a",)
    assert small.successors("province/a", date(2020, 1, 1)) == ("province/b", "province/c")
    assert small.successors("province/a", date(2023, 1, 1)) == ("province/d", "province/c")
    assert small.predecessors("province/d") == ("province/b", "province/e")
    assert small.predecessors("province/a") == ()


def test_two_mergers_after_each_other_add_all_their_parts():
    small = checked(
        place_file("province/a", "ends = 2019-12-31"),
        place_file("province/b", "ends = 2019-12-31"),
        place_file("province/c", "starts = 2020-01-01", "ends = 2021-12-31"),
        place_file("province/d", "ends = 2021-12-31"),
        place_file("province/e", "starts = 2022-01-01"),
        event("merge", "2020-01-01", ["province/a", "province/b"], ["province/c"]),
        event("merge", "2022-01-01", ["province/c", "province/d"], ["province/e"]),
    )
    assert small.restatement("province/e", date(2019, 1, 1), date(2023, 1, 1)) == Added(
        ("province/a", "province/b", "province/d")
    )
    assert [one.day.year for one in small.events_of("province/c")] == [2020, 2022]


def test_a_place_that_was_founded_has_no_figures_of_before():
    small = checked(
        place_file("board/a", "starts = 2020-01-01", "ends = 2020-12-31"),
        event("found", "2020-01-01", [], ["board/a"]),
        event("end", "2021-01-01", ["board/a"], []),
    )
    for from_day in (date(2019, 1, 1), date(2022, 1, 1)):
        answer = small.restatement("board/a", from_day, date(2020, 6, 1))
        assert isinstance(answer, Problem)
        assert answer.code == "territory.not_restatable"
    assert small.successors("board/a", date(2022, 1, 1)) == ()


def test_a_place_without_a_recorded_beginning_was_not_there_before():
    small = checked(place_file("zone/a", "starts = 2020-01-01"))
    answer = small.restatement("zone/a", date(2019, 1, 1), date(2021, 1, 1))
    assert isinstance(answer, Problem)
    assert answer.params["starts"] == date(2020, 1, 1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: MAP.name_on("province/hai-duong", AFTER),
        lambda: MAP.name_on("province/hai-phong-2025", BEFORE),
        lambda: MAP.code_on("province/hai-duong", AFTER),
    ],
)
def test_a_place_outside_its_life_has_no_name_and_no_code(ask):
    with pytest.raises(Problem) as caught:
        ask()
    assert caught.value.code == "territory.not_then"


def test_a_place_without_a_code_has_none():
    assert MAP.code_on("board/hai-phong", IN_2020) is None


@pytest.mark.parametrize("ask", ["place", "events_of", "predecessors"])
def test_an_unknown_id_is_told(ask: str):
    with pytest.raises(Problem) as caught:
        getattr(MAP, ask)("province/atlantis")
    assert caught.value.code == "territory.unknown_place"


def test_a_map_that_goes_in_circles_is_still_walked_to_the_end():
    small = checked(
        place_file("zone/a", 'economic_zone = "zone/b"'),
        place_file("zone/b", 'economic_zone = "zone/a"'),
    )
    assert set(small.zones_of("zone/a", IN_2020)) == {"zone/a", "zone/b"}


DAYS = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1)))


@given(DAYS, DAYS, DAYS, DAYS, st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_the_days_two_spans_share_are_those_both_hold(a, b, c, d, day: date):
    one, other = Span(a, b), Span(c, d)
    common = one.within(other)
    assert (common is not None and common.holds(day)) == (one.holds(day) and other.holds(day))
