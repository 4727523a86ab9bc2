"""Which places a grouping means on a map; the 63 -> 34 merger is the standing case."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.grouping import in_order, near, places_by, places_of_periods
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.core.territory_file import load_territory

TERRITORY = load_territory()
BEFORE, AFTER = date(2024, 12, 31), date(2026, 12, 31)
BLOCK = "block/dong-bang-song-hong"


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 63), (date(2025, 6, 30), 63), (date(2025, 7, 1), 34), (AFTER, 34)])
def test_provinces_are_those_of_the_map_of_the_day(day: date, count: int) -> None:
    assert len(places_by(TERRITORY, "province", day)) == count


@pytest.mark.parametrize("kind", ["country", "region", "group", "block", "province", "board", "zone"])
@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_everything_lies_in_the_country(kind: str, day: date) -> None:
    assert places_by(TERRITORY, kind, day, "country/viet-nam") == places_by(TERRITORY, kind, day)


def test_a_block_holds_its_boards_and_the_provinces_they_are_in() -> None:
    assert len(places_by(TERRITORY, "board", BEFORE, BLOCK)) == 11
    assert len(places_by(TERRITORY, "province", BEFORE, BLOCK)) == 11
    assert "province/ha-noi" in places_by(TERRITORY, "province", BEFORE, BLOCK)


def test_a_group_holds_its_provinces_of_the_map_of_the_day() -> None:
    assert [len(places_by(TERRITORY, "province", day, "group/ven-bien")) for day in (BEFORE, AFTER)] == [28, 21]
    assert places_by(TERRITORY, "group", AFTER) == ("group/ven-bien", "group/bien-gioi", "group/dong-bang")


def test_the_places_of_two_periods_are_those_of_each_ones_own_map() -> None:
    lists = places_of_periods(TERRITORY, "province", [named("2024"), named("2026")])
    assert [len(one) for one in lists.values()] == [63, 34]
    rows = in_order(TERRITORY, lists)
    assert len(rows) == len(set(rows)) == 86  # eleven provinces are on both maps
    assert "province/hai-phong" not in lists[named("2026")]


def test_on_the_map_of_a_day_every_period_has_the_same_places() -> None:
    lists = places_of_periods(TERRITORY, "province", [named("2024"), named("2026")], map_day=AFTER)
    assert lists[named("2024")] == lists[named("2026")]


def test_a_list_is_kept_in_its_order_and_whole_on_every_map() -> None:
    kept = "province/quang-ninh, province/hai-phong,province/quang-ninh"
    assert places_by(TERRITORY, kept, BEFORE) == ("province/quang-ninh", "province/hai-phong")
    assert places_by(TERRITORY, kept, AFTER) == ("province/quang-ninh", "province/hai-phong")
    lists = places_of_periods(TERRITORY, kept, [named("2024"), named("2025")])
    assert list(lists.values()) == [("province/quang-ninh", "province/hai-phong")] * 2


@pytest.mark.parametrize(("day", "suffix"), [(AFTER, ""), (BEFORE, "-2025")])
def test_a_listed_place_that_is_not_on_the_map_lies_where_it_lay_when_it_was(day: date, suffix: str) -> None:
    kept = f"province/hai-phong{suffix},province/ca-mau"
    assert places_by(TERRITORY, kept, day, f"region/dong-bang-song-hong{suffix}") == (f"province/hai-phong{suffix}",)


@pytest.mark.parametrize(
    ("by", "within", "code"),
    [
        ("tinh", "", "grouping.unknown"),
        ("province/hai-phog", "", "grouping.unknown_place"),
        ("province", "region/atlantis", "grouping.unknown_place"),
        ("province/hai-phong", "province/ha-noi", "grouping.nobody"),
        ("block", "province/ha-noi", "grouping.nobody"),
    ],
)
def test_a_grouping_that_nothing_is_in_says_why(by: str, within: str, code: str) -> None:
    with pytest.raises(Problem) as told:
        places_of_periods(TERRITORY, by, [named("2026")], within=within)
    assert told.value.code == code


def test_near_spellings_are_named() -> None:
    assert "province/hai-phong" in near("province/hải-phòg", TERRITORY.places)
    assert near("xyzxyz", TERRITORY.places) == ""
