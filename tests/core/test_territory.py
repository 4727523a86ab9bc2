import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.dimension import load_dimensions
from sokhu.core.place_name import folded, with_tones
from sokhu.core.problems import Problem, Problems
from sokhu.core.territory import Added, Span, Territory
from sokhu.core.territory_file import checked_territory, load_territory

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
IN_2020, IN_2026 = date(2020, 12, 31), date(2026, 1, 1)
DELTA = "block/dong-bang-song-hong"
MAP = load_territory()


def ids(places) -> list[str]:
    return [place.id for place in places]


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


# --- questions to a small map ------------------------------------------------------------------------------------


def place_file(place_id: str, *lines: str) -> str:
    keys = {line.partition(" =")[0] for line in lines}
    names = [] if "names" in keys else [f'names = [{{ vi = "{place_id}", en = "{place_id}" }}]']
    return "\n".join([f'["{place_id}"]', *names, *lines, SOURCED])


SOURCED = 'source = "x"\nevidence = "FOUND"\n'


def listed(ids: list[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in ids) + "]"


def event(kind: str, day: str, from_ids: list[str], to_ids: list[str]) -> str:
    places = f"from = {listed(from_ids)}\nto = {listed(to_ids)}\n"
    return f'[[event]]\nkind = "{kind}"\nday = {day}\n{places}decision = "d"\nverified = true\n{SOURCED}'


def membership(grouping: str, members: list[str], more: str = "") -> str:
    return f'[[membership]]\ngrouping = "{grouping}"\nmembers = {listed(members)}\n{more}{SOURCED}'


def checked(*texts: str) -> Territory:
    return checked_territory({f"territory/t{number}.toml": text.encode() for number, text in enumerate(texts)})


def refused(*texts: str) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        checked(*texts)
    return [(problem.code, problem.where) for problem in caught.value.problems]


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


# --- what files are refused --------------------------------------------------------------------------------------

A_THEN_B = [
    place_file("province/a", "ends = 2019-12-31", 'codes = [{ code = "1" }]'),
    place_file("province/b", "ends = 2019-12-31", 'codes = [{ code = "2" }]'),
    place_file("province/c", "starts = 2020-01-01", 'codes = [{ code = "1" }]'),
]
MERGE = event("merge", "2020-01-01", ["province/a", "province/b"], ["province/c"])


def test_a_code_may_be_used_again_once_its_place_is_gone():
    small = checked(*A_THEN_B, MERGE)
    assert small.by_code("province", "1", date(2020, 1, 1)).id == "province/c"


def test_a_grouping_that_a_place_names_is_followed_through_a_merger():
    small = checked(*A_THEN_B, MERGE, place_file("zone/z", 'province = "province/a"'))
    assert small.groups_of("zone/z", date(2019, 12, 31)) == ("province/a",)
    assert small.groups_of("zone/z", date(2020, 1, 1)) == ("province/c",)


def test_a_membership_that_follows_an_unverified_merger_has_its_weaker_evidence():
    unverified = MERGE.replace("verified = true", "verified = false").replace('"FOUND"', '"BK-low"')
    small = checked(*A_THEN_B, unverified, place_file("zone/z", 'province = "province/a"'))
    assert [one.evidence for one in small.memberships] == ["FOUND", "BK-low"]


def test_news_of_a_merger_is_no_decision():
    unverified = MERGE.replace("verified = true", "verified = false")
    small = checked(*A_THEN_B, unverified, place_file("zone/z", 'province = "province/a"'))
    assert [one.evidence for one in small.memberships] == ["FOUND", "BK-medium"]


def test_the_board_of_a_zone_is_taken_as_responsible_and_said_to_be_so():
    evidence = {
        one.evidence for one in MAP.memberships if one.member == "zone/kcn-dai-an" and one.grouping[:5] == "board"
    }
    assert evidence == {"BK-medium"}


def test_the_status_of_a_zone_is_one_of_the_list():
    known = set(load_dimensions().dimensions["zone_status"].words)
    assert {place.details.get("status", "planned") for place in MAP.places_on("zone", IN_2026)} <= known


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        (["x = 1"], ("catalogue.not_a_table", "territory/t0.toml:1")),
        (["event = 1"], ("catalogue.not_a_table", "territory/t0.toml:1")),
        (["event = [1]"], ("catalogue.not_a_table", "territory/t0.toml:1")),
        (["\n[[event]]\nkind = 'war'\n"], ("catalogue.wrong_value", "territory/t0.toml:3")),
        ([place_file("planet/a")], ("territory.bad_id", "territory/t0.toml:1")),
        ([place_file("province/Hà-Nội")], ("territory.bad_id", "territory/t0.toml:1")),
        ([place_file("zone/a"), place_file("zone/a")], ("catalogue.duplicate", "territory/t1.toml:1")),
        ([place_file("zone/a", "names = []")], ("catalogue.missing_key", "territory/t0.toml:1")),
        ([place_file("zone/a", "names = 1")], ("catalogue.wrong_kind", "territory/t0.toml:2")),
        ([place_file("zone/a", 'names = [{ vi = "x" }]')], ("catalogue.missing_key", "territory/t0.toml:2")),
        ([place_file("zone/a", "kinds = [{ kin = 1 }]")], ("catalogue.unknown_key", "territory/t0.toml:3")),
        ([place_file("zone/a", "position = { lat = 1 }")], ("catalogue.wrong_kind", "territory/t0.toml:3")),
        ([place_file("zone/a", "position = 1")], ("catalogue.wrong_kind", "territory/t0.toml:3")),
        ([place_file("zone/a", 'color = "red"')], ("catalogue.unknown_key", "territory/t0.toml:3")),
        (
            [place_file("zone/a", "starts = 2020-01-02", "ends = 2020-01-01")],
            ("territory.wrong_interval", "territory/t0.toml:1"),
        ),
        ([place_file("zone/a", "ends = 2020-01-01")], ("territory.no_end_event", "territory/t0.toml:1")),
        ([place_file("zone/a", 'province = "province/x"')], ("territory.unknown_place", "territory/t0.toml:3")),
        ([place_file("block/a", 'members = ["board/x"]')], ("territory.unknown_place", "territory/t0.toml:1")),
        ([membership("block/x", ["board/x"])], ("territory.unknown_place", "territory/t0.toml:1")),
        ([event("end", "2020-01-01", ["zone/x"], [])], ("territory.unknown_place", "territory/t0.toml:1")),
        (
            ['[[lead]]\nblock = "block/x"\nyear = 2020\nhead = "board/x"\nsource = "x"\nevidence = "FOUND"\n'],
            ("territory.unknown_place", "territory/t0.toml:1"),
        ),
        (
            [place_file("zone/a"), event("end", "2020-01-01", ["zone/a"], [])],
            ("territory.event_day", "territory/t1.toml:1"),
        ),
        (
            [place_file("zone/a"), event("found", "2020-01-01", [], ["zone/a"])],
            ("territory.event_day", "territory/t1.toml:1"),
        ),
        (
            [*A_THEN_B, MERGE.replace('decision = "d"\n', "")],
            ("territory.unverified_mark", "territory/t3.toml:1"),
        ),
        ([*A_THEN_B, MERGE.replace('"merge"', '"split"')], ("territory.event_shape", "territory/t3.toml:1")),
        (
            [
                place_file("province/a", "ends = 2019-12-31"),
                place_file("province/b", "ends = 2019-12-31"),
                event("merge", "2020-01-01", ["province/a", "province/b"], []),
                place_file("zone/z", 'province = "province/a"'),
            ],
            ("territory.event_shape", "territory/t2.toml:1"),
        ),
        (
            [place_file("zone/a"), place_file("zone/b"), event("rename", "2020-01-01", ["zone/a"], ["zone/b"])],
            ("territory.event_shape", "territory/t2.toml:1"),
        ),
        (
            [
                place_file("province/a", 'codes = [{ code = "1" }]'),
                place_file("province/b", 'codes = [{ code = "1" }]'),
            ],
            ("territory.code_twice", "territory/t1.toml:1"),
        ),
        (
            [place_file("province/a", "starts = 2020-01-01", 'codes = [{ code = "1", ends = 2019-12-31 }]')],
            ("territory.gap", "territory/t0.toml:1"),
        ),
        (
            [place_file("zone/a"), place_file("block/b"), *[membership("block/b", ["zone/a"])] * 2],
            ("territory.member_twice", "territory/t3.toml:1"),
        ),
        (
            [
                place_file("zone/a", 'province = "province/a"'),
                place_file("province/a"),
                place_file("province/b", 'members = ["zone/a"]'),
            ],
            ("territory.two_groupings", "territory/t2.toml:1"),
        ),
        (
            [place_file("zone/a", "starts = 2020-01-01"), place_file("block/b"), membership("block/b", ["zone/a"])],
            ("territory.member_outside", "territory/t2.toml:1"),
        ),
        (
            [
                place_file("zone/a"),
                place_file("block/b"),
                membership("block/b", ["zone/a"], "starts = 2020-01-02\nends = 2020-01-01\n"),
            ],
            ("territory.wrong_interval", "territory/t2.toml:1"),
        ),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_reason(texts: list[str], problem: tuple[str, str]):
    assert problem in refused(*texts)


def names(*spans: str) -> str:
    return "names = [" + ", ".join(f'{{ vi = "x", en = "x"{span} }}' for span in spans) + "]"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (names("", ""), "territory.overlap"),
        (names(", ends = 2020-01-01", ", starts = 2020-01-01"), "territory.overlap"),
        (names(", ends = 2020-01-01", ", starts = 2020-01-03"), "territory.gap"),
        (names(", starts = 2021-01-01", ", starts = 2020-01-01"), "territory.overlap"),
        (names(", starts = 2020-01-01"), "territory.gap"),
        (names(", ends = 2020-01-01"), "territory.gap"),
        (names(", starts = 2020-01-02, ends = 2020-01-01"), "territory.wrong_interval"),
    ],
)
def test_names_follow_each_other_without_gap_or_overlap(line: str, code: str):
    assert refused(place_file("zone/a", line))[0][0] == code


def test_names_that_follow_each_other_day_on_day_are_fine():
    small = checked(place_file("zone/a", names(", ends = 2020-01-01", ", starts = 2020-01-02")))
    assert len(small.place("zone/a").names) == 2


def test_a_list_of_members_holds_while_both_live():
    small = checked(
        place_file("block/a", "starts = 2010-01-01", 'members = ["board/b", "board/gone"]'),
        place_file("board/b", "starts = 2015-01-01"),
        place_file("board/gone", "ends = 2009-12-31"),
        event("end", "2010-01-01", ["board/gone"], []),
    )
    [one] = small.memberships
    assert (one.member, one.span) == ("board/b", Span(date(2015, 1, 1), None))


def test_lives_join_day_on_day_at_every_event():
    for one in MAP.events:
        if one.kind == "rename":
            continue
        assert {MAP.place(place_id).span.ends for place_id in one.from_ids} <= {one.day - timedelta(days=1)}
        assert {MAP.place(place_id).span.starts for place_id in one.to_ids} <= {one.day}


# --- what is retired ---------------------------------------------------------------------------------------------

RETIRED = "retired = 2026-11-26"


def retired_map() -> Territory:
    """Province c and its merger from a and b are out of use; a block had a and the retired board d."""
    return checked(
        place_file("province/a", "ends = 2019-12-31"),
        place_file("province/b", "ends = 2019-12-31"),
        place_file("province/c", "starts = 2020-01-01", RETIRED),
        place_file("province/e", "starts = 2020-01-01"),
        place_file("board/d", 'province = "province/c"', RETIRED),
        place_file("region/r", 'members = ["province/e"]', 'members_before = ["province/c", "province/a"]'),
        place_file("country/x", 'all_of = "province"'),
        place_file("block/k"),
        event("merge", "2020-01-01", ["province/a", "province/b"], ["province/e"]),
        event("merge", "2020-01-01", ["province/a", "province/b"], ["province/c"]) + RETIRED,
        event("merge", "2020-01-01", ["province/a", "province/b"], ["province/e"]) + RETIRED,
        membership("block/k", ["board/d"]) + RETIRED,
        membership("block/k", ["province/a"], "ends = 2010-12-31\n") + RETIRED,
    )


def test_a_retired_place_is_found_by_its_id_and_by_nothing_else():
    places = retired_map()
    assert places.place("province/c").retired == date(2026, 11, 26)
    assert places.name_on("province/c", IN_2020) == "province/c"
    assert places.find("province", "province/c", IN_2020) is None
    assert ids(places.places_on("province", IN_2020)) == ["province/e"]
    assert "province/c" not in ids(places.in_use())


def test_a_retired_place_keeps_what_it_was_in_and_made_of():
    places = retired_map()
    assert places.members("region/r", IN_2020) == ("province/e", "province/c")
    assert places.members("country/x", IN_2020) == ("province/e", "province/c")
    assert places.members("block/k", IN_2020) == ("board/d",)
    assert places.groups_of("board/d", IN_2020) == ("block/k", "province/c")
    assert places.predecessors("province/c") == ("province/a", "province/b")


def test_a_retired_entry_that_tells_of_no_retired_place_is_gone():
    places = retired_map()
    assert places.members("block/k", date(2010, 1, 1)) == ("board/d",)
    assert [event.to_ids for event in places.events] == [("province/e",), ("province/c",)]


def test_what_places_in_use_became_does_not_change_when_another_is_retired():
    assert retired_map().successors("province/a", IN_2020) == ("province/e",)


@pytest.mark.parametrize(
    "more",
    [
        place_file("board/f", 'province = "province/c"'),
        place_file("region/f", 'members = ["province/c"]'),
        membership("block/k", ["province/c"]),
        event("end", "2021-01-01", ["province/c"], []),
    ],
)
def test_a_place_in_use_that_names_a_retired_one_is_told_so(more: str):
    retired = place_file("province/c", RETIRED)
    assert "territory.retired_place" in {code for code, _ in refused(retired, place_file("block/k"), more)}


def test_a_place_that_moved_to_another_file_is_in_use():
    places = checked(place_file("province/c", RETIRED), place_file("province/c"))
    assert ids(places.in_use()) == ["province/c"]
