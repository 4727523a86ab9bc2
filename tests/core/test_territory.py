import random
from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.dimension import load_dimensions
from sokhu.core.place_name import folded, with_tones
from sokhu.core.problems import Problem
from sokhu.core.territory import Added
from sokhu.core.territory_file import load_territory
from territory_files import (
    AFTER,
    BEFORE,
    IN_2020,
    IN_2026,
    checked,
    ids,
    place_file,
)

DELTA = "block/dong-bang-song-hong"
MAP = load_territory()


# --- the packaged map --------------------------------------------------------------------------------------------


def test_there_were_63_provinces_and_there_are_34():
    assert len(MAP.places_on("province", BEFORE)) == 63
    assert len(MAP.places_on("province", AFTER)) == 34


def test_every_province_of_before_went_into_exactly_one_of_after():
    successors = {place.id: MAP.successors(place.id, AFTER) for place in MAP.places_on("province", BEFORE)}
    assert all(len(after) == 1 for after in successors.values())
    assert {after[0] for after in successors.values()} == set(ids(MAP.places_on("province", AFTER)))


def test_23_provinces_were_made_and_11_stayed_as_they_were():
    both = set(ids(MAP.places_on("province", BEFORE))) & set(ids(MAP.places_on("province", AFTER)))
    assert len(both) == 11
    assert "province/hue" in both
    assert sum(len(MAP.predecessors(place.id)) > 1 for place in MAP.places_on("province", AFTER)) == 23


@pytest.mark.parametrize("day", [date(2008, 8, 1), BEFORE, AFTER, IN_2026])
def test_a_code_belongs_to_one_province_on_a_day(day: date):
    codes = Counter(MAP.code_on(place.id, day) for place in MAP.places_on("province", day))
    assert set(codes.values()) == {1}
    assert None not in codes


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("15", "Yên Bái", "Lào Cai"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
        ("01", "Hà Nội", "Hà Nội"),
    ],
)
def test_a_code_may_have_another_meaning_after_the_merger(code: str, before: str, after: str):
    old, new = MAP.by_code("province", code, BEFORE), MAP.by_code("province", code, AFTER)
    assert old is not None
    assert new is not None
    assert (MAP.name_on(old.id, BEFORE), MAP.name_on(new.id, AFTER)) == (before, after)


def test_a_code_of_before_alone_is_nobodys_after():
    assert MAP.by_code("province", "27", AFTER) is None


def test_every_day_of_a_life_has_one_name():
    for place in MAP.places.values():
        spans = [name.span.within(place.span) for name in place.names]
        assert None not in spans, place.id
        for first, second in combinations(spans, 2):
            assert first.within(second) is None, place.id
        for day in (place.span.starts, place.span.ends):
            assert day is None or MAP.name_on(place.id, day)


def test_hue_has_its_new_name_and_rank_from_the_new_year_of_2025():
    assert MAP.name_on("province/hue", date(2024, 12, 31)) == "Thừa Thiên Huế"
    assert MAP.name_on("province/hue", date(2025, 1, 1)) == "Huế"
    assert MAP.full_name_on("province/hue", date(2025, 1, 1)).rank == "thành phố"
    assert MAP.name_on("province/hue", date(2025, 1, 1), "en") == "Hue"


def test_every_province_is_in_one_region_on_every_day():
    for day in (IN_2020, BEFORE, AFTER, IN_2026):
        for place in MAP.places_on("province", day):
            assert len(MAP.groups_of(place.id, day, "region")) == 1, place.id


def test_six_regions_before_and_six_after():
    assert len(MAP.places_on("region", BEFORE)) == len(MAP.places_on("region", AFTER)) == 6


@pytest.mark.parametrize(
    ("group", "before", "after"),
    [("group/ven-bien", 28, 21), ("group/bien-gioi", 25, 22), ("group/dong-bang", 24, 11)],
)
def test_a_group_has_its_provinces_of_each_map(group: str, before: int, after: int):
    assert [len(MAP.members(group, day)) for day in (IN_2020, BEFORE, AFTER)] == [before, before, after]


@pytest.mark.parametrize("group", ["group/ven-bien", "group/bien-gioi"])
def test_a_group_of_after_is_what_its_provinces_of_before_went_into(group: str):
    went_into = {after for one in MAP.members(group, BEFORE) for after in MAP.successors(one, AFTER)}
    assert set(MAP.members(group, AFTER)) == went_into


def test_the_deltas_are_the_two_regions_of_that_name_on_each_map():
    for day, year in ((BEFORE, ""), (AFTER, "-2025")):
        regions = (f"region/dong-bang-song-hong{year}", f"region/dong-bang-song-cuu-long{year}")
        of_regions = {one for region in regions for one in MAP.members(region, day)}
        assert set(MAP.members("group/dong-bang", day)) == of_regions


def test_a_province_may_be_in_several_groups_beside_its_region():
    assert set(MAP.groups_of("province/quang-ninh", IN_2026)) == {
        "country/viet-nam",
        "region/dong-bang-song-hong-2025",
        "group/ven-bien",
        "group/bien-gioi",
        "group/dong-bang",
    }


def test_the_delta_of_after_holds_bac_giang_and_not_vinh_phuc():
    after = MAP.restatement("region/dong-bang-song-hong-2025", IN_2020, IN_2026)
    assert isinstance(after, Added)
    assert "province/bac-giang" in after.parts
    assert "province/vinh-phuc" not in after.parts
    assert "province/vinh-phuc" in MAP.members("region/dong-bang-song-hong", IN_2020)


def test_the_country_has_every_province_of_the_day():
    assert len(MAP.members("country/viet-nam", IN_2020)) == 63
    assert len(MAP.members("country/viet-nam", IN_2026, "province")) == 34


def test_the_block_had_eleven_boards_and_its_heads_are_known():
    members = MAP.members(DELTA, IN_2020)
    assert len(members) == 11
    assert {"board/ha-noi", "board/hai-duong", "board/vinh-phuc"} <= set(members)
    lead = MAP.lead_of(DELTA, 2020)
    assert lead is not None
    assert (lead.head, lead.deputy) == ("board/bac-ninh", "board/ha-noi")
    assert MAP.lead_of(DELTA, 1999) is None


def test_every_lead_names_a_member_of_its_block():
    for lead in MAP.leads:
        members = MAP.members(lead.block, date(lead.year, 12, 31))
        assert {lead.head, lead.deputy or lead.head} <= set(members), lead


def test_the_block_of_after_the_mergers_is_marked_as_not_found():
    later = [one for one in MAP.memberships if one.grouping == DELTA and one.span.holds(IN_2026)]
    assert len(later) == 6
    assert {one.evidence for one in later} == {"BK-medium"}


@pytest.mark.parametrize(
    ("block", "count"),
    [("trung-du-mien-nui-phia-bac", 7), ("bac-trung-bo", 6), ("tay-nguyen", 5), ("dong-nam-bo", 9)],
)
def test_the_other_blocks_have_the_members_that_were_seen(block: str, count: int):
    assert len(MAP.members(f"block/{block}", IN_2020)) == count


def test_every_province_of_before_has_a_board_except_one_of_which_none_is_known():
    without = [place.id for place in MAP.places_on("province", BEFORE) if not MAP.members(place.id, BEFORE, "board")]
    assert without == ["province/dien-bien"]


def test_some_provinces_have_several_boards():
    assert {"board/binh-duong", "board/vsip"} <= set(MAP.members("province/binh-duong", IN_2020, "board"))
    assert {"board/ha-noi", "board/hoa-lac"} <= set(MAP.members("province/ha-noi", IN_2020, "board"))
    assert len(MAP.members("province/dak-lak-2025", IN_2026, "board")) == 3


def test_boards_merge_on_days_of_their_own():
    # Bình Dương was part of Hồ Chí Minh from 1 July; its board lived on until the decision of 28 July.
    assert MAP.groups_of("board/binh-duong", date(2025, 7, 10), "province") == ("province/ho-chi-minh-2025",)
    assert not MAP.exists_on("board/binh-duong", date(2025, 7, 28))
    assert MAP.successors("board/binh-duong", date(2025, 7, 28)) == ("board/ho-chi-minh-2025",)


def test_a_board_merger_is_verified_only_where_its_decision_was_found():
    boards = [event for event in MAP.events if event.kind == "merge" and event.to_ids[0].startswith("board/")]
    verified = {event.to_ids[0] for event in boards if event.verified}
    assert verified == {
        f"board/{name}-2025"
        for name in ("gia-lai", "quang-ngai", "dong-nai", "ho-chi-minh", "vinh-long", "ca-mau", "tuyen-quang")
    }
    assert all(event.decision for event in boards if event.verified)
    assert len(boards) - len(verified) == 15


def test_there_are_212_zones_each_in_one_province_and_one_board_on_a_day():
    for day in (IN_2020, BEFORE, AFTER, IN_2026):
        zones = MAP.places_on("zone", day)
        assert len(zones) == 212
        for zone in zones:
            assert len(MAP.groups_of(zone.id, day, "province")) == 1, zone.id
            assert len(MAP.groups_of(zone.id, day, "board")) == 1, zone.id


def test_a_zone_follows_its_province_into_the_merger():
    assert MAP.groups_of("zone/kcn-dai-an", BEFORE, "province") == ("province/hai-duong",)
    assert MAP.groups_of("zone/kcn-dai-an", AFTER, "province") == ("province/hai-phong-2025",)


def test_the_zones_of_a_merged_province_are_those_of_its_parts():
    parts = ("province/hai-phong", "province/hai-duong")
    before = {zone for part in parts for zone in MAP.zones_of(part, BEFORE)}
    assert set(MAP.zones_of("province/hai-phong-2025", AFTER)) == before
    assert len(before) == 29


def test_a_park_inside_an_economic_zone_is_listed_once_besides_it():
    inside = MAP.members("zone/kkt-dinh-vu-cat-hai", IN_2026)
    assert "zone/kcn-vsip-hai-phong" in inside
    assert Counter(MAP.zones_of("province/hai-phong-2025", IN_2026)).most_common(1)[0][1] == 1


def test_the_zones_of_a_block_are_those_of_its_boards():
    zones = MAP.zones_of(DELTA, IN_2020)
    assert len(zones) == 117
    assert set(zones) == {zone for board in MAP.members(DELTA, IN_2020) for zone in MAP.zones_of(board, IN_2020)}


def test_the_zones_of_quang_nam_parted_with_its_board():
    day = date(2025, 8, 18)
    assert MAP.groups_of("zone/kkt-mo-chu-lai", day, "board") == ("board/chu-lai",)
    assert MAP.groups_of("zone/kcn-dien-nam-dien-ngoc", day, "board") == ("board/da-nang-2025",)


def test_every_kind_of_a_zone_is_in_the_list_of_kinds():
    known = set(load_dimensions().dimensions["zone_kind"].words)
    assert {kind.kind for place in MAP.places.values() for kind in place.kinds} <= known


def test_every_position_of_a_zone_is_marked_as_background_knowledge_and_lies_in_the_country():
    for place in MAP.places.values():
        if place.position:
            assert 8 < float(place.position.lat) < 23.5, place.id
            assert 102 < float(place.position.lon) < 110, place.id
            assert place.kind != "zone" or place.position.evidence.startswith("BK"), place.id


def test_ids_fit_the_ledgers_column():
    assert max(map(len, MAP.places)) <= 80


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "day", "found"),
    [
        ("province", "Hải Phòng", IN_2020, "province/hai-phong"),
        ("province", "Hải Phòng", IN_2026, "province/hai-phong-2025"),
        ("province", "hai phong", IN_2020, "province/hai-phong"),
        ("province", "TP.Hải Phòng", IN_2020, "province/hai-phong"),
        ("province", "thành phố Hải Phòng", IN_2020, "province/hai-phong"),
        ("province", "tỉnh Hoà Bình", IN_2020, "province/hoa-binh"),
        ("province", "Hòa Bình", IN_2020, "province/hoa-binh"),
        ("province", "Ho\u0300a Bi\u0300nh", IN_2020, "province/hoa-binh"),
        ("province", "Khánh Hoà", IN_2026, "province/khanh-hoa-2025"),
        ("province", "Hà Tĩnh", IN_2020, "province/ha-tinh"),
        ("province", "tỉnh Hà Tĩnh", IN_2020, "province/ha-tinh"),
        ("province", "Đăk Lăk", IN_2020, "province/dak-lak"),
        ("province", "Đắc Lắc", IN_2020, "province/dak-lak"),
        ("province", "Bà Rịa – Vũng Tàu", IN_2020, "province/ba-ria-vung-tau"),
        ("province", "BR-VT", IN_2020, "province/ba-ria-vung-tau"),
        ("province", "TP.HCM", IN_2026, "province/ho-chi-minh-2025"),
        ("province", "Thừa Thiên - Huế", IN_2026, "province/hue"),
        ("province", "Hải Dương", IN_2026, None),
        ("province", "Atlantis", IN_2020, None),
        ("province", "", IN_2020, None),
        ("board", "Ban Quản lý Khu kinh tế Hải Phòng", IN_2020, "board/hai-phong"),
        ("board", "BQL KKT Hải Phòng", IN_2020, "board/hai-phong"),
        ("board", "Ban quản lý các KCN tỉnh Nam Định", IN_2020, "board/nam-dinh"),
        ("board", "Ban Quản lý các KCN và CX Hà Nội", IN_2020, "board/ha-noi"),
        ("board", "HEPZA", IN_2020, "board/ho-chi-minh"),
        ("board", "Ban Quản lý Khu kinh tế Đông Nam – Nghệ An", IN_2020, "board/nghe-an"),
        ("zone", "Khu công nghiệp Nam Cầu Kiền", IN_2020, "zone/kcn-nam-cau-kien"),
        ("zone", "KKT Dung Quất", IN_2020, "zone/kkt-dung-quat"),
        ("region", "ĐBSH", IN_2020, "region/dong-bang-song-hong"),
        ("country", "cả nước", IN_2020, "country/viet-nam"),
    ],
)
def test_a_place_is_found_by_the_names_people_type(kind, name: str, day: date, found: str | None):
    place = MAP.find(kind, name, day)
    assert (place.id if place else None) == found


def test_a_name_that_several_places_had_is_found_for_each_of_them():
    assert ids(MAP.find_all("province", "Hải Phòng")) == ["province/hai-phong", "province/hai-phong-2025"]
    assert MAP.find_all("province", "Hải Dương", IN_2026) == ()
    assert ids(MAP.find_all("province", "Hải Dương")) == ["province/hai-duong"]


def test_no_two_places_of_a_kind_answer_to_the_same_name_on_a_day():
    for kind in ("province", "region", "group", "board", "block", "zone"):
        for day in (IN_2020, IN_2026):
            for place in MAP.places_on(kind, day):
                assert MAP.find(kind, MAP.name_on(place.id, day), day) is place, place.id


def test_tone_marks_decide_between_names_that_are_alike_without_them():
    text = place_file("zone/a", 'names = [{ vi = "KCN Hóa", en = "x" }]') + place_file(
        "zone/b", 'names = [{ vi = "KCN Hòa", en = "y" }]'
    )
    small = checked(text)
    assert small.find("zone", "KCN Hoà", IN_2020).id == "zone/b"
    assert small.find("zone", "kcn hoa", IN_2020) is None
    assert len(small.find_all("zone", "kcn hoa")) == 2


def test_the_tone_mark_may_stand_on_either_vowel():
    assert with_tones("Hòa") == with_tones("Hoà") != with_tones("Hóa")
    assert with_tones("Hoa") != with_tones("Hòa")


def test_a_name_of_only_dropped_words_is_still_a_name():
    assert folded("TP") == "tp"
    assert folded("các") == "cac"


# --- restatement -------------------------------------------------------------------------------------------------


def test_a_merged_province_is_the_sum_of_its_parts():
    assert MAP.restatement("province/hai-phong-2025", IN_2020, IN_2026) == Added(
        ("province/hai-duong", "province/hai-phong")
    )


@given(st.randoms(use_true_random=False))
def test_a_merger_adds(chance: random.Random):
    old = {place.id: chance.randrange(10**12) for place in MAP.places_on("province", BEFORE)}
    new = [MAP.restatement(place.id, BEFORE, AFTER) for place in MAP.places_on("province", AFTER)]
    assert all(isinstance(answer, Added) for answer in new)
    assert sum(old[part] for answer in new for part in answer.parts) == sum(old.values())


@given(st.randoms(use_true_random=False))
def test_regions_and_country_keep_the_total_too(chance: random.Random):
    old = {place.id: chance.randrange(10**12) for place in MAP.places_on("province", BEFORE)}
    regions = [MAP.restatement(place.id, BEFORE, AFTER) for place in MAP.places_on("region", AFTER)]
    assert sum(old[part] for answer in regions for part in answer.parts) == sum(old.values())


def test_a_place_that_did_not_change_is_itself():
    assert MAP.restatement("province/ha-noi", IN_2020, IN_2026) == Added(("province/ha-noi",))
    assert MAP.restatement("province/hai-duong", IN_2020, BEFORE) == Added(("province/hai-duong",))


@pytest.mark.parametrize(
    ("place", "from_day", "to_day", "code"),
    [
        ("province/hai-duong", IN_2026, IN_2020, "territory.not_restatable"),
        ("province/hai-duong", IN_2020, IN_2026, "territory.not_then"),
        ("board/hai-phong-2025", IN_2020, IN_2026, "territory.unverified"),
        ("board/hai-phong", IN_2026, IN_2020, "territory.unverified"),
        ("board/da-nang-2025", IN_2020, IN_2026, "territory.not_restatable"),
        ("board/quang-nam", IN_2026, IN_2020, "territory.not_restatable"),
        ("region/dong-bang-song-hong", IN_2026, IN_2020, "territory.not_restatable"),
        (DELTA, IN_2020, IN_2026, "territory.unverified"),
        ("province/ha-noi", date(1990, 1, 1), IN_2026, "territory.not_then"),
    ],
)
def test_what_cannot_be_restated_is_answered_with_the_reason(place: str, from_day: date, to_day: date, code: str):
    answer = MAP.restatement(place, from_day, to_day)
    assert isinstance(answer, Problem)
    assert answer.code == code


def test_the_reason_names_the_event():
    answer = MAP.restatement("province/hai-duong", IN_2026, IN_2020)
    assert isinstance(answer, Problem)
    assert answer.params == {
        "place": "province/hai-duong",
        "found": "Hải Dương",
        "from_day": IN_2026,
        "to_day": IN_2020,
        "day": AFTER,
        "decision": "Nghị quyết 202/2025/QH15 ngày 12/06/2025",
    }


def test_a_merger_of_boards_whose_decision_was_found_adds_its_parts():
    assert MAP.restatement("board/ho-chi-minh-2025", IN_2020, IN_2026) == Added(
        ("board/ho-chi-minh", "board/binh-duong", "board/ba-ria-vung-tau")
    )


def test_what_a_grouping_ever_had_is_what_ever_was_in_it():
    territory = load_territory()
    provinces = territory.memberships_in("group/ven-bien", "province")
    assert {one.member for one in provinces} > set(territory.members("group/ven-bien", date(2026, 1, 1)))
    for one in provinces:
        assert one in territory.memberships_of(one.member, "group")
    assert territory.memberships_in("group/ven-bien", "zone") == ()
