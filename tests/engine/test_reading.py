"""The copy's one query finds the totals that are asked for and no others, however the numbers lie."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.period import standard_periods
from sokhu.core.territory_file import load_territory
from sokhu.engine.adapters import DuckDB
from sokhu.engine.frame import in_order
from sokhu.engine.keys import Keys
from sokhu.engine.reading import query

PLACES = 400


@pytest.fixture
def copy() -> DuckDB:
    adapter = DuckDB()
    adapter.run(
        "CREATE TABLE total AS SELECT 1 AS measure, 0 AS ownership, 2 AS period, CAST(range AS INTEGER) AS place,"
        f" range * 10 AS amount FROM range({PLACES})"
    )
    return adapter


@pytest.mark.parametrize(
    "places",
    [
        [],
        [7],
        [7, 8, 9],
        [9, 7],
        [7, 7, 9],
        [3, 4, 9, 10, 11, 30],
        list(range(0, 60, 3)),
        list(range(0, PLACES, 2)),
        list(range(PLACES)),
    ],
    ids=["none", "one", "in a row", "two apart", "one twice", "a few in rows", "twenty", "hundreds", "all"],
)
def test_what_is_asked_for(copy: DuckDB, places: list[int]) -> None:
    text, parameters = query([1], places, [0], [2], "place, amount")
    assert sorted(copy.rows(text, parameters)) == [(place, place * 10) for place in sorted(set(places))]


def test_periods_of_a_kind_follow_each_other_whenever_they_come() -> None:
    keys = Keys()
    for name in ("2025-Q3", "2024-12", "2021..2025", "2025-05-03", "2025", "2024-Q4", "2025-01..2025-09"):
        keys.period(name)
    quarters = [f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    first = keys.period(quarters[0])
    assert [keys.period(name) for name in quarters] == list(range(first, first + 8))


def test_the_places_of_a_kind_on_todays_map_follow_each_other_whenever_they_come() -> None:
    territory = load_territory()
    keys = Keys(order=in_order(territory))
    keys.place("zone/of-no-map")
    for kind in ("board", "province"):
        today = [one.id for one in territory.places_on(kind, date(2026, 11, 23))]
        numbers = sorted(keys.place(place) for place in reversed(today))
        assert numbers == list(range(numbers[0], numbers[0] + len(today)))


def test_no_two_periods_or_places_have_one_number() -> None:
    keys = Keys()
    names = [one.name for one in standard_periods(range(1990, 2031))] + ["2021..2025", "2025-05-03", "2025-05-04"]
    places = ["zone/a", "province/a", "board/a", "zone/b", "country/viet-nam", "block/a", "elsewhere"]
    assert len({keys.period(name) for name in names}) == len(names)
    for keys in (Keys(), Keys(order={"zone/b": 0, "province/a": 1, "board/a": 2})):
        assert len({keys.place(place) for place in places}) == len(places)
