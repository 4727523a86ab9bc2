"""What a place is made of on a day and on a map; the 63 -> 34 merger is the standing case."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.makeup import Makeup, MakeupAsked, all_within, makeup
from sokhu.core.territory_file import load_territory

TERRITORY = load_territory()
BEFORE, AFTER = date(2024, 12, 31), date(2026, 12, 31)
BLOCK = "block/dong-bang-song-hong"


def made(place: str, day: date, map_day: date | None = None, kinds: frozenset[str] = frozenset()) -> Makeup:
    return makeup(TERRITORY, place, day, MakeupAsked(map_day, kinds))


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 63), (AFTER, 34)])
def test_the_country_is_made_of_the_provinces_of_the_day(day: date, count: int) -> None:
    assert len(made("country/viet-nam", day).members) == count
    assert made("country/viet-nam", day, AFTER) == made("country/viet-nam", day)


def test_a_province_that_was_not_there_yet_is_made_of_those_that_became_it() -> None:
    assert set(made("province/hai-phong-2025", BEFORE).members) == {"province/hai-phong", "province/hai-duong"}


def test_all_provinces_of_today_together_are_all_provinces_of_then_each_once() -> None:
    today = TERRITORY.places_on("province", AFTER)
    unchanged = [place.id for place in today if place.span.holds(BEFORE)]
    merged = [part for place in today if not place.span.holds(BEFORE) for part in made(place.id, BEFORE).members]
    assert sorted(unchanged + merged) == sorted(place.id for place in TERRITORY.places_on("province", BEFORE))


def test_a_province_that_is_no_more_can_only_be_told_from_its_zones() -> None:
    found = made("province/hai-phong", AFTER)
    assert found.refusal is not None
    assert found.refusal.code == "territory.not_restatable"
    assert all(member.startswith("zone/") for member in found.members)


def test_a_board_merger_without_a_decision_is_not_restated_across() -> None:
    found = made("board/bac-ninh-2025", date(2020, 12, 31))
    assert found.refusal is not None
    assert found.refusal.code == "territory.unverified"


def test_a_block_on_the_map_of_another_day_does_not_answer_with_its_own_total() -> None:
    then = date(2020, 12, 31)
    assert len(made(BLOCK, then).members) == 11
    assert made(BLOCK, then, date(2021, 6, 1)).says_itself
    found = made(BLOCK, then, AFTER)
    assert not found.says_itself
    assert found.refusal is not None
    assert found.members == ()


def test_a_region_of_today_before_its_beginning_is_made_of_the_provinces_of_then() -> None:
    found = made("region/dong-bang-song-hong-2025", BEFORE)
    assert "province/bac-giang" in found.members  # Bắc Ninh of today
    assert found.refusal is None


@pytest.mark.parametrize("group", ["group/ven-bien", "group/bien-gioi"])
def test_a_group_on_the_map_of_after_is_all_that_its_provinces_were_made_from(group: str) -> None:
    found = made(group, BEFORE, AFTER)
    same = [one for one in made(group, AFTER).members if TERRITORY.place(one).span.holds(BEFORE)]
    merged = [part for one in made(group, AFTER).members if one not in same for part in made(one, BEFORE).members]
    assert sorted(found.members) == sorted(same + merged)
    assert set(made(group, BEFORE).members) < set(found.members)  # Hải Dương has no coast, Hải Phòng of today has
    assert not found.says_itself


def test_a_group_of_before_is_not_told_from_the_provinces_of_after() -> None:
    found = made("group/ven-bien", AFTER, BEFORE)
    assert found.refusal is not None
    assert found.refusal.code == "territory.not_restatable"


def test_a_board_that_is_alone_in_its_province_is_its_province() -> None:
    assert made("board/hai-phong", BEFORE).members == ("province/hai-phong",)


def test_parks_inside_an_economic_zone_are_counted_in_it_and_not_beside_it() -> None:
    inner = [
        (zone.id, group)
        for zone in TERRITORY.places_on("zone", AFTER)
        for group in TERRITORY.groups_of(zone.id, AFTER, kind="zone")
    ]
    assert inner, "the catalogue has parks inside economic zones"
    for zone, economic_zone in inner:
        for province in TERRITORY.groups_of(zone, AFTER, kind="province"):
            assert zone not in made(province, AFTER).members
        assert zone in made(economic_zone, AFTER).members
        assert not made(economic_zone, AFTER).is_whole


def test_zones_of_one_kind_are_found_wherever_they_lie() -> None:
    province = "province/hai-phong"
    parks = made(province, BEFORE, kinds=frozenset({"KCN"})).members
    assert parks
    assert "zone/kkt-dinh-vu-cat-hai" not in parks


def test_a_place_that_the_territory_does_not_know_is_made_of_nothing() -> None:
    assert made("province/khong-co", BEFORE) == Makeup()


def test_all_within_a_board_are_its_zones_and_the_parks_inside_them() -> None:
    zone, economic_zone = next(
        (zone.id, group)
        for zone in TERRITORY.places_on("zone", AFTER)
        for group in TERRITORY.groups_of(zone.id, AFTER, kind="zone")
    )
    (board,) = TERRITORY.groups_of(economic_zone, AFTER, kind="board")
    found = all_within(TERRITORY, board, AFTER)
    assert {board, economic_zone, zone} <= found
    assert all_within(TERRITORY, economic_zone, AFTER) < found


def test_within_a_place_only_zones_of_the_kind_asked_for_are_found_each_with_its_own_whole() -> None:
    asked = MakeupAsked(kinds=frozenset({"KKT-VB"}))
    found = all_within(TERRITORY, "province/hai-phong", BEFORE, asked)
    economic_zone = "zone/kkt-dinh-vu-cat-hai"
    assert economic_zone in found
    assert set(made(economic_zone, BEFORE).members) <= found
    alone = [zone for zone in TERRITORY.zones_of("province/hai-phong", BEFORE) if zone not in found]
    assert alone
    assert not any(TERRITORY.groups_of(zone, BEFORE, kind="zone") for zone in alone)
