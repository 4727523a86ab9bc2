"""Which places a total is shown for: the provinces, boards, zones … of a map, or a list that somebody keeps.

A list has all its places in every period: what one that is not on the map was is restated, or said not to be.
A map is that of a day; "as it was" is the map of each period's own last day, so that two periods may have two lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import get_args

from sokhu.core.closure import closure
from sokhu.core.folding import folded
from sokhu.core.period import Period
from sokhu.core.place import PlaceKind
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
ZONE_KINDS = "zone_kind"  # the grouping that is no list of places: rows of one place
NEAR = 3  # how many near spellings a problem names


def places_by(places: Territory, by: str, day: date, within: str = "") -> tuple[str, ...]:
    """Ids of the places of a grouping on the map of a day, in catalogue order; () where the map has none.

    by: a kind of place, or place ids with commas between them, which are given whether on the map or not. within: only
    those in this place, at any depth, itself included; a listed one that is not on the map as long as it was on one.
    Raises Problem("grouping.unknown", found, known) and Problem("grouping.unknown_place", found, near).
    """
    chosen = listed_places(places, by) or _of_kind(places, by, day)
    if not within:
        return chosen
    place_id, days = known_place(places, within), {place: _day_on_the_map(places, place, day) for place in chosen}
    inner = {one: _within(places, place_id, one) for one in set(days.values())}
    return tuple(place for place in chosen if place in inner[days[place]])


def places_of_periods(
    places: Territory, by: str, periods: Iterable[Period], *, map_day: date | None = None, within: str = ""
) -> dict[Period, tuple[str, ...]]:
    """The places of each period: of the map of `map_day`, or, where it is None, of the period's last day.

    Raises what `places_by` raises and Problem("grouping.nobody", by, within, day) when no period has any.
    """
    found = {period: places_by(places, by, map_day or period.last, within) for period in periods}
    if not any(found.values()):
        days = [map_day or period.last for period in found]
        raise Problem("grouping.nobody", by=by, within=within or "…", day=days[-1] if days else "…")
    return found


def in_order(places: Territory, lists: Mapping[Period, Sequence[str]]) -> tuple[str, ...]:
    """Every place of several lists once, in catalogue order: a row for each."""
    wanted = {place for one in lists.values() for place in one}
    return tuple(place for place in places.places if place in wanted)


def listed_places(places: Territory, by: str) -> tuple[str, ...]:
    """The ids of a list "province/ha-noi,board/hai-phong"; () for the name of a kind of place.

    Raises Problem("grouping.unknown", found, known) and Problem("grouping.unknown_place", found, near).
    """
    if by in KINDS:
        return ()
    ids = [one.strip() for one in by.split(",") if one.strip()]
    if not any("/" in one for one in ids):
        raise Problem("grouping.unknown", found=by, known=", ".join((*KINDS, ZONE_KINDS)))
    return tuple(dict.fromkeys(known_place(places, one) for one in ids))


def known_place(places: Territory, place: str) -> str:
    """The id itself when the territory has it. Raises Problem("grouping.unknown_place", found, near)."""
    if place not in places.places:
        raise Problem("grouping.unknown_place", found=place, near=near(place, places.places))
    return place


def near(word: str, known: Iterable[str]) -> str:
    """The codes that are spelt most like a word, for a problem that says what was perhaps meant; "" for none.

    >>> near("captal_new", ["capital_new", "labour"])
    'capital_new'
    """
    return ", ".join(get_close_matches(folded(word), list(known), n=NEAR))


def _of_kind(places: Territory, kind: str, day: date) -> tuple[str, ...]:
    of_kind = (place.id for place in places.places.values() if place.kind == kind)
    return tuple(place for place in of_kind if places.exists_on(place, day))


def _day_on_the_map(places: Territory, place_id: str, day: date) -> date:
    """The day itself where a place is on its map, else the nearest day on which it was."""
    span = places.place(place_id).span
    if span.starts and day < span.starts:
        return span.starts
    return span.ends if span.ends and span.ends < day else day


def _within(places: Territory, place_id: str, day: date) -> frozenset[str]:
    """A place and everything in it on a day: of a block of boards also their provinces, of the country everything."""
    if places.place(place_id).kind == "country":
        return frozenset(places.places)
    starts = [place_id] if places.exists_on(place_id, day) else []
    found = closure(starts, lambda one: places.members(one, day))
    boards = [one for one in found if places.place(one).kind == "board"]
    return frozenset(found.union(*(places.groups_of(board, day, kind="province") for board in boards)))
