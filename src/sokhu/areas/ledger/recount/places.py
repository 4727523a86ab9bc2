"""What a place is made of on a day, by the table in `docs/answers.md`."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Any

from sokhu.areas.ledger.recount.book import Book

ALWAYS_BEFORE, ALWAYS_AFTER = date.min, date.max
OF_PROVINCES = ("region", "group")
Made = tuple[tuple[str, ...], bool]  # the members, and whether they are all of the place
NOTHING: Made = ((), False)


class Places:
    """The places of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.of_kind: dict[str, list[str]] = {}
        for place in book.places:
            self.of_kind.setdefault(kind_of(place), []).append(place)
        self.changes = sorted(_changes(book))
        self.made: dict[tuple[str, int, str], Made] = {}
        self.all_below: dict[tuple[str, int, str], set[str]] = {}
        self.groups: dict[tuple[str, str, date], str] = {}

    def members(self, place: str, day: date, zone_kind: str = "") -> Made:
        """The members of a place on the map of a day; with a kind of zones, those that hold the zones of this kind."""
        key = place, self.map_of(day), zone_kind
        if key not in self.made:
            self.made[key] = self._members(place, day, zone_kind)
        return self.made[key]

    def below(self, place: str, day: date, zone_kind: str = "") -> set[str]:
        """The place and everything that it is made of on a day, down to the last zone.

        A zone of the kind that is asked for answers with its own whole, and so with all that is in it.
        """
        key = place, self.map_of(day), zone_kind
        if zone_kind in self.kinds_of(place, day):
            return self.below(place, day)
        if key not in self.all_below:
            members, _ = self.members(place, day, zone_kind)
            self.all_below[key] = {place}.union(*(self.below(member, day, zone_kind) for member in members))
        return self.all_below[key]

    def map_of(self, day: date) -> int:
        """The number of the map that a day is on: between two changes nothing is another."""
        return bisect_right(self.changes, day)

    def _members(self, place: str, day: date, zone_kind: str) -> Made:
        data = self.book.places.get(place)
        if data is None:
            return NOTHING
        if not self.is_there(place, day):
            return self._of_another_day(place, day, zone_kind)
        kind = kind_of(place)
        if kind == "board":
            province = self.group_of(place, "province", day)
            if province and self._boards(province, day) == [place]:
                return (province,), True
        if kind in ("province", "board"):
            return self._zones(place, day, zone_kind)
        if kind == "zone":
            return self._inside(place, day, zone_kind), False
        return self._grouped(place, day), True

    def _of_another_day(self, place: str, day: date, zone_kind: str) -> Made:
        """A place that was not there yet is what it was made from, a region or group what its provinces were made from.

        One that is no more, or cannot be restated, is its zones of the nearest day on which it was there.
        """
        data = self.book.places[place]
        its_day = first_day(data) if day < first_day(data) else last_day(data)
        parts = self._grouped(place, its_day) if kind_of(place) in OF_PROVINCES else (place,)
        restated = [self._restated(one, day) for one in parts]
        if all(restated):
            return tuple(before for one in restated for before in one), True
        return self._zones(place, its_day, zone_kind)

    def _restated(self, place: str, day: date) -> tuple[str, ...]:
        """The places of a day that became this one by recorded mergers; () across anything else, or for a later day."""
        if self.is_there(place, day):
            return (place,)
        for event in self.book.events:
            if event["kind"] == "merge" and event["to"] == [place] and event["verified"] and day < event["day"]:
                before = [self._restated(one, day) for one in event["from"]]
                return tuple(one for parts in before for one in parts) if all(before) else ()
        return ()

    def _grouped(self, place: str, day: date) -> tuple[str, ...]:
        """Provinces of the country, of a region or of a group, boards of a block."""
        data = self.book.places[place]
        entries = [entry for entry in self.book.memberships if entry["grouping"] == place and _holds(entry, day)]
        dated = [one for entry in entries for one in entry["members"]]
        found = [*self.of_kind.get(data.get("all_of", ""), []), *data.get("members", []), *dated]
        return tuple(one for one in found if self.is_there(one, day))

    def _zones(self, place: str, day: date, zone_kind: str) -> Made:
        """Its zones; those inside an economic zone that is among them are counted in that."""
        by_provinces = kind_of(place) in OF_PROVINCES
        kind, among = ("province", self._grouped(place, day)) if by_provinces else (kind_of(place), (place,))
        zones = [zone for zone in self.of_kind.get("zone", []) if self.is_there(zone, day)]
        found = [zone for zone in zones if self.group_of(zone, kind, day) in among]
        if zone_kind:
            found = [zone for zone in found if zone_kind in self.kinds_of(zone, day)]
        outer = [zone for zone in found if self.group_of(zone, "zone", day) not in found]
        return tuple(outer), bool(outer)

    def _inside(self, zone: str, day: date, zone_kind: str) -> tuple[str, ...]:
        """The parks in an economic zone, of one kind or of all."""
        parks = [one for one in self.of_kind["zone"] if self.book.places[one].get("economic_zone") == zone]
        there = [one for one in parks if self.is_there(one, day) and self.group_of(one, "zone", day) == zone]
        return tuple(one for one in there if not zone_kind or zone_kind in self.kinds_of(one, day))

    def _boards(self, province: str, day: date) -> list[str]:
        boards = [board for board in self.of_kind.get("board", []) if self.is_there(board, day)]
        return [board for board in boards if self.group_of(board, "province", day) == province]

    def kinds_of(self, zone: str, day: date) -> set[str]:
        """The kinds that a zone is of on a day, and those that they are under."""
        found: set[str] = set()
        for entry in self.book.places.get(zone, {}).get("kinds", []):
            kind = entry["kind"] if _holds(entry, day) else ""
            while kind:
                found.add(kind)
                kind = self.book.zone_kinds.get(kind, {}).get("parent", "")
        return found

    def is_there(self, place: str, day: date) -> bool:
        return _holds(self.book.places[place], day)

    def group_of(self, place: str, kind: str, day: date) -> str:
        """The province, board or economic zone ("zone") that a place is in; "" for none."""
        key = place, kind, day
        if key not in self.groups:
            self.groups[key] = self._group_of(place, kind, day)
        return self.groups[key]

    def _group_of(self, place: str, kind: str, day: date) -> str:
        """What a dated membership says comes first; what the place itself names follows the mergers of its group."""
        for entry in self.book.memberships:
            if place in entry["members"] and kind_of(entry["grouping"]) == kind and _holds(entry, day):
                return str(entry["grouping"])
        group = self.book.places[place].get("economic_zone" if kind == "zone" else kind, "")
        while group and last_day(self.book.places[group]) < day:
            group = self._merged_into(group)
        return group if group and self.is_there(group, day) else ""

    def _merged_into(self, place: str) -> str:
        for event in self.book.events:
            if event["kind"] == "merge" and place in event["from"]:
                return str(event["to"][0])
        return ""


def kind_of(place: str) -> str:
    return place.split("/")[0]


def _changes(book: Book) -> set[date]:
    """The first days on which something is other than the day before."""
    kinds = [entry for data in book.places.values() for entry in data.get("kinds", [])]
    dated = [*book.places.values(), *book.memberships, *kinds]
    starts = {data["starts"] for data in dated if "starts" in data}
    return (
        starts
        | {data["ends"] + timedelta(days=1) for data in dated if "ends" in data}
        | {e["day"] for e in book.events}
    )


def _holds(data: dict[str, Any], day: date) -> bool:
    return first_day(data) <= day <= last_day(data)


def first_day(data: dict[str, Any]) -> date:
    found = data.get("starts", ALWAYS_BEFORE)
    assert isinstance(found, date)
    return found


def last_day(data: dict[str, Any]) -> date:
    found = data.get("ends", ALWAYS_AFTER)
    assert isinstance(found, date)
    return found
