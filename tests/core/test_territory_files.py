from datetime import date, timedelta

import pytest

from sokhu.core.dimension import load_dimensions
from sokhu.core.territory import Span, Territory
from sokhu.core.territory_file import load_territory
from territory_files import (
    IN_2020,
    IN_2026,
    checked,
    event,
    ids,
    membership,
    place_file,
    refused,
)

MAP = load_territory()


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
