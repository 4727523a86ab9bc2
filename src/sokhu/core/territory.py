"""Places and their history: provinces, regions and groups, boards, emulation blocks, zones, on the map of any day.

Provinces and boards are two maps with events of their own. An id never changes and is never used again: a unit that a
merger makes is another territory than its namesake before it, and has another id ("province/hai-phong" until
2025-06-30, "province/hai-phong-2025" after).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sokhu.core.place import (
    DAY,
    GROUPINGS,
    Added,
    BlockLead,
    Day,
    Event,
    EventKind,
    Lang,
    Membership,
    Place,
    PlaceCode,
    PlaceKind,
    PlaceName,
    Position,
    Span,
    ZoneKind,
)
from sokhu.core.place_name import folded, with_tones
from sokhu.core.problems import Problem

__all__ = [
    "Added",
    "BlockLead",
    "Event",
    "EventKind",
    "Membership",
    "Place",
    "PlaceCode",
    "PlaceKind",
    "PlaceName",
    "Position",
    "Span",
    "Territory",
    "ZoneKind",
]

T = TypeVar("T")


class Territory:
    """Every place, event and membership, with the questions one asks of them. Immutable once made."""

    __slots__ = ("_by_name", "_from", "_groups", "_members", "_to", "events", "leads", "memberships", "places")

    def __init__(
        self,
        places: Iterable[Place],
        events: Iterable[Event] = (),
        memberships: Iterable[Membership] = (),
        leads: Iterable[BlockLead] = (),
    ) -> None:
        self.places: Mapping[str, Place] = {place.id: place for place in places}
        self.events = tuple(sorted(events, key=lambda event: event.day))
        self.memberships = tuple(memberships)
        self.leads = tuple(leads)
        self._from = _by_id((event, event.from_ids) for event in self.events)
        self._to = _by_id((event, event.to_ids) for event in self.events)
        self._members = _by_id((one, (one.grouping,)) for one in self.memberships)
        self._groups = _by_id((one, (one.member,)) for one in self.memberships)
        self._by_name: dict[tuple[str, str], dict[str, None]] = {}
        for place in self.in_use():
            for name in _spellings(place):
                self._by_name.setdefault((place.kind, folded(name)), {})[place.id] = None

    def place(self, place_id: str) -> Place:
        """Raises Problem("territory.unknown_place", found=place_id)."""
        if place_id not in self.places:
            raise Problem("territory.unknown_place", found=place_id)
        return self.places[place_id]

    def in_use(self, kind: PlaceKind | None = None) -> tuple[Place, ...]:
        """The places of a kind, or all, on the map of any day, in catalogue order: without the retired ones."""
        return tuple(
            place for place in self.places.values() if place.retired is None and (kind is None or place.kind == kind)
        )

    def exists_on(self, place_id: str, day: Day) -> bool:
        """Whether a place is on the map of a day: within its life, and before it was retired."""
        place = self.place(place_id)
        return place.span.holds(day) and place.is_used_on(day)

    def places_on(self, kind: PlaceKind, day: Day) -> tuple[Place, ...]:
        """The places of a kind on the map of a day, to choose from, in catalogue order: retired ones are on none."""
        return tuple(place for place in self.in_use(kind) if place.span.holds(day))

    def name_on(self, place_id: str, day: Day, lang: Lang = "vi") -> str:
        """What a place was called on a day. Raises Problem("territory.not_then") for a day outside its life."""
        name = self.full_name_on(place_id, day)
        return name.vi if lang == "vi" else name.en

    def full_name_on(self, place_id: str, day: Day) -> PlaceName:
        """The name with its rank ("tỉnh", "thành phố"). Raises Problem("territory.not_then")."""
        place = self.place(place_id)
        for name in place.names:
            if place.span.holds(day) and name.span.holds(day):
                return name
        raise _not_then(place, day)

    def code_on(self, place_id: str, day: Day) -> str | None:
        """The official code of a place on a day; None where it has none. Raises Problem("territory.not_then")."""
        place = self.place(place_id)
        if not place.span.holds(day):
            raise _not_then(place, day)
        return next((code.code for code in place.codes if code.span.holds(day)), None)

    def by_code(self, kind: PlaceKind, code: str, day: Day) -> Place | None:
        """The place that has a code on a day: province 24 is Bắc Giang in 2024 and Bắc Ninh in 2026."""
        return next((place for place in self.places_on(kind, day) if self.code_on(place.id, day) == code), None)

    def find(self, kind: PlaceKind, name: str, day: Day) -> Place | None:
        """The one place of a kind that a text of the day means by a name; None for none, or for several.

        Spelling is free: with or without tone marks, Hòa or Hoà, KCN or khu công nghiệp, tỉnh/TP. before the name.
        """
        found = self.find_all(kind, name, day)
        return found[0] if len(found) == 1 else None

    def find_all(self, kind: PlaceKind, name: str, day: Day | None = None) -> tuple[Place, ...]:
        """Every place of a kind a name may mean, on a day or at any time; equal tone marks go before."""
        ids = self._by_name.get((kind, folded(name)), {})
        places = [self.places[place_id] for place_id in ids]
        alive = [place for place in places if day is None or place.span.holds(day)]
        exact = [place for place in alive if with_tones(name) in {with_tones(one) for one in _spellings(place)}]
        return tuple(exact or alive)

    def events_of(self, place_id: str) -> tuple[Event, ...]:
        """Events that a place came out of or went into, oldest first."""
        self.place(place_id)
        return tuple(event for event in self.events if place_id in event.from_ids or place_id in event.to_ids)

    def successors(self, place_id: str, day: Day) -> tuple[str, ...]:
        """What a place has become by a day: itself while it lives, else the places of that day that came out of it."""
        place = self.place(place_id)
        if place.span.ends is None or day <= place.span.ends:
            return (place_id,)
        event = self._end_of(place)
        ids = [later for next_id in (event.to_ids if event else ()) for later in self.successors(next_id, day)]
        return tuple(dict.fromkeys(ids))

    def predecessors(self, place_id: str) -> tuple[str, ...]:
        """The places that a place was made from; none for one that has no recorded beginning."""
        event = self._start_of(self.place(place_id))
        return event.from_ids if event else ()

    def members(self, grouping_id: str, day: Day, kind: PlaceKind | None = None) -> tuple[str, ...]:
        """Ids of the members of a grouping on a day, of one kind or of all, in catalogue order."""
        self.place(grouping_id)
        return tuple(
            one.member
            for one in self._members.get(grouping_id, ())
            if one.span.holds(day) and (kind is None or self.places[one.member].kind == kind)
        )

    def groups_of(self, place_id: str, day: Day, kind: PlaceKind | None = None) -> tuple[str, ...]:
        """Ids of the groupings a place is in on a day, of one kind or of all."""
        self.place(place_id)
        return tuple(
            one.grouping
            for one in self._groups.get(place_id, ())
            if one.span.holds(day) and (kind is None or self.places[one.grouping].kind == kind)
        )

    def memberships_of(self, place_id: str, kind: PlaceKind) -> tuple[Membership, ...]:
        """In which groupings of a kind a place ever was, and when, in catalogue order."""
        return tuple(one for one in self._groups.get(place_id, ()) if self.places[one.grouping].kind == kind)

    def memberships_in(self, grouping_id: str, kind: PlaceKind) -> tuple[Membership, ...]:
        """Which members of a kind a grouping ever had, and when, in catalogue order."""
        return tuple(one for one in self._members.get(grouping_id, ()) if self.places[one.member].kind == kind)

    def zones_of(self, place_id: str, day: Day) -> tuple[str, ...]:
        """Ids of the zones in a place on a day, at any depth, each once: of a province, a board, a region, a block.

        Zones inside an economic zone are listed besides it; to count each kind apart, filter by `Place.kinds`.
        """
        found: dict[str, None] = {}
        waiting, seen = [place_id], {place_id}
        while waiting:
            for member in self.members(waiting.pop(0), day):
                if self.places[member].kind == "zone":
                    found[member] = None
                if member not in seen:
                    seen.add(member)
                    waiting.append(member)
        return tuple(found)

    def lead_of(self, block_id: str, year: int) -> BlockLead | None:
        """Head and deputy of an emulation block in a year, where known."""
        return next((lead for lead in self.leads if (lead.block, lead.year) == (block_id, year)), None)

    def restatement(self, place_id: str, from_day: Day, to_day: Day) -> Added | Problem:
        """A place of the map of `to_day` as places of the map of `from_day`, whose figures are to be added.

        A merger adds its parts. Answered, not raised: Problem("territory.not_restatable") across a split or out of a
        larger unit (use figures of zones instead), Problem("territory.unverified") across an event whose decision was
        not found, Problem("territory.not_then") where the place does not exist on `to_day` or has no predecessor then.
        """
        place = self.place(place_id)
        if not place.span.holds(to_day):
            return _not_then(place, to_day)
        if place.kind in GROUPINGS:
            return self._all_of(self.members(place_id, to_day), from_day, to_day)
        if place.span.holds(from_day):
            return Added((place_id,))
        event = self._start_of(place) if from_day < to_day else self._end_of(place)
        if event is None:
            return _not_then(place, from_day)
        if not event.verified:
            return _told("territory.unverified", place, event, from_day, to_day)
        if event.kind == "merge" and from_day < to_day:
            return self._all_of(event.from_ids, from_day, event.day - DAY)
        if event.kind == "split" and from_day > to_day and event.from_ids == (place_id,):
            return self._all_of(event.to_ids, from_day, event.day)
        return _told("territory.not_restatable", place, event, from_day, to_day)

    def _all_of(self, ids: Iterable[str], from_day: Day, to_day: Day) -> Added | Problem:
        parts: list[str] = []
        for place_id in ids:
            answer = self.restatement(place_id, from_day, to_day)
            if isinstance(answer, Problem):
                return answer
            parts.extend(answer.parts)
        return Added(tuple(parts))

    def _start_of(self, place: Place) -> Event | None:
        return next((event for event in self._to.get(place.id, ()) if event.day == place.span.starts), None)

    def _end_of(self, place: Place) -> Event | None:
        after = place.span.ends + DAY if place.span.ends else None
        return next((event for event in self._from.get(place.id, ()) if event.day == after), None)


def _by_id(pairs: Iterable[tuple[T, tuple[str, ...]]]) -> dict[str, list[T]]:
    index: dict[str, list[T]] = {}
    for one, ids in pairs:
        for place_id in ids:
            index.setdefault(place_id, []).append(one)
    return index


def _spellings(place: Place) -> list[str]:
    return [word for name in place.names for word in (name.vi, name.en)] + list(place.aliases)


def _not_then(place: Place, day: Day) -> Problem:
    starts, ends = place.span.starts, place.span.ends
    return Problem(
        "territory.not_then",
        place=place.id,
        found=place.names[-1].vi,
        day=day,
        starts=starts or "…",
        ends=ends or "…",
    )


def _told(code: str, place: Place, event: Event, from_day: Day, to_day: Day) -> Problem:
    return Problem(
        code,
        place=place.id,
        found=place.names[-1].vi,
        from_day=from_day,
        to_day=to_day,
        day=event.day,
        decision=event.decision,
    )
