"""What a place is made of on a day: the places whose figures add up to its own, on the map of then or of another day.

Provinces make up the country, the regions and groups, boards a block, zones a province or a board. A place that was not
there yet, or is no more, is made of those of its day by the recorded events, or it cannot be restated, with the reason
(design, promise 2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sokhu.core.closure import closure
from sokhu.core.place import GROUPINGS, Added, PlaceKind
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory

_MEMBER_KIND: dict[PlaceKind, PlaceKind] = {
    "country": "province",
    "region": "province",
    "group": "province",
    "block": "board",
}


@dataclass(frozen=True, slots=True)
class Makeup:
    """What a place is made of on a day, on the map asked for.

    members: places whose figures add up to its own; () for none. is_whole: they are all of it, as provinces are of the
    country; parks are not all of an economic zone. says_itself: what was said of the place by name answers for it,
    which the total of a block of eleven does not for the block of six. refusal: why its members cannot be added.
    is_of_kind: a zone of the kind asked for, which what was said of it as a whole is about.
    """

    members: tuple[str, ...] = ()
    is_whole: bool = True
    says_itself: bool = True
    refusal: Problem | None = None
    is_of_kind: bool = False


@dataclass(frozen=True, slots=True)
class MakeupAsked:
    """On which map: map_day None is the map of the figure's own day. kinds: a kind of zone and those under it."""

    map_day: date | None = None
    kinds: frozenset[str] = frozenset()


AS_WAS = MakeupAsked()
KEPT = 100_000  # answers: one page about the country asks for the same few thousand again and again


@lru_cache(maxsize=KEPT)
def makeup(places: Territory, place_id: str, day: date, asked: MakeupAsked = AS_WAS) -> Makeup:
    """What a place is made of on a day; nothing for a place the territory does not know.

    day: the last day of the period that figures are of. Retired members are counted on the days before.
    """
    if place_id not in places.places:
        return Makeup()
    found = _recorded(places, place_id, day, asked)
    used = tuple(member for member in found.members if places.place(member).is_used_on(day))
    return replace(found, members=used)


@lru_cache(maxsize=KEPT // 10)
def all_within(places: Territory, place_id: str, day: date, asked: MakeupAsked = AS_WAS) -> frozenset[str]:
    """The place and everything it is made of on a day, down to the last zone.

    A zone of the kind asked for answers with its own whole, whatever the zones in it are.
    """

    def members(one: str) -> tuple[str, ...]:
        made = makeup(places, one, day, asked)
        return makeup(places, one, day, replace(asked, kinds=frozenset())).members if made.is_of_kind else made.members

    return frozenset(closure([place_id], members))


def _recorded(places: Territory, place_id: str, day: date, asked: MakeupAsked) -> Makeup:
    place = places.place(place_id)
    if not place.span.holds(day):
        return _of_another_map(places, place_id, day, asked)
    if place.kind in GROUPINGS and asked.map_day is not None:
        return _grouping_on(places, place_id, day, asked.map_day)
    if place.kind in _MEMBER_KIND:
        return Makeup(places.members(place_id, day, kind=_MEMBER_KIND[place.kind]))
    if place.kind == "board":
        return _of_board(places, place_id, day, asked)
    return _of_zones(places, place_id, day, asked)


def _of_another_map(places: Territory, place_id: str, day: date, asked: MakeupAsked) -> Makeup:
    """A place before its beginning is what it was made from; after its end only its zones can tell."""
    span = places.place(place_id).span
    its_day = span.starts if span.starts is not None and day < span.starts else span.ends
    assert its_day is not None  # it does not hold the day, so it begins or ends
    restated = places.restatement(place_id, day, its_day)
    if isinstance(restated, Added):
        return Makeup(restated.parts)
    return Makeup(_zones_in(places, place_id, its_day, asked.kinds), refusal=restated)


def _grouping_on(places: Territory, place_id: str, day: date, map_day: date) -> Makeup:
    """A region, group or block as it is on another day; its own total counts only where its members are the same."""
    kind = _MEMBER_KIND[places.place(place_id).kind]
    then = places.members(place_id, day, kind=kind)
    if places.members(place_id, map_day, kind=kind) == then:
        return Makeup(then)
    restated = places.restatement(place_id, day, map_day)
    if isinstance(restated, Added):
        return Makeup(restated.parts, says_itself=set(restated.parts) == set(then))
    return Makeup(says_itself=False, refusal=restated)


def _of_board(places: Territory, board: str, day: date, asked: MakeupAsked) -> Makeup:
    """A board answers by its province where it is the only one there, else by its zones."""
    provinces = places.groups_of(board, day, kind="province")
    alone = tuple(one for one in provinces if _is_only_board(places, board, one, day))
    return Makeup(alone) if alone else _of_zones(places, board, day, asked)


def _is_only_board(places: Territory, board: str, province: str, day: date) -> bool:
    """Whether a board is the only one in a province; one that was retired is not another beside one in use."""
    is_retired = places.place(board).retired is not None
    boards = places.members(province, day, kind="board")
    return [one for one in boards if (places.place(one).retired is not None) == is_retired] == [board]


def _of_zones(places: Territory, place_id: str, day: date, asked: MakeupAsked) -> Makeup:
    is_zone = places.place(place_id).kind == "zone"
    is_of_kind = is_zone and _is_of(places, place_id, day, asked.kinds)
    return Makeup(_zones_in(places, place_id, day, asked.kinds), is_whole=not is_zone, is_of_kind=is_of_kind)


def _zones_in(places: Territory, place_id: str, day: date, kinds: frozenset[str]) -> tuple[str, ...]:
    """The zones directly in a place: parks inside an economic zone are counted in it, not beside it.

    kinds: of one of these kinds only, and then wherever they lie.
    """
    if kinds:
        return tuple(zone for zone in places.zones_of(place_id, day) if _is_of(places, zone, day, kinds))
    if places.place(place_id).kind == "zone":
        return places.members(place_id, day, kind="zone")
    zones = places.zones_of(place_id, day)
    return tuple(zone for zone in zones if not places.groups_of(zone, day, kind="zone"))


def _is_of(places: Territory, zone: str, day: date, kinds: frozenset[str]) -> bool:
    return any(one.kind in kinds and one.span.holds(day) for one in places.place(zone).kinds)
