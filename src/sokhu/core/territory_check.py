"""What has to hold of the whole map: lives without gaps, codes of one place at a time, events that fit the lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from sokhu.core.catalogue_check import Complaints
from sokhu.core.place import DAY, BlockLead, Event, Membership, Place, Span

# A place is in one of these at a time; it may be in several groups, a board, an economic zone and a block
# besides.
_ONE_AT_A_TIME = frozenset({"province", "region", "board"})


def check_territory(
    places: Mapping[str, Place],
    where: Mapping[str, str],
    *,
    events: Sequence[tuple[Event, str]],
    memberships: Sequence[tuple[Membership, str]],
    leads: Sequence[tuple[BlockLead, str]],
    told: Complaints,
) -> None:
    """Adds to `told` every fault of the map; where: file and line of each place, and of each event and membership.

    Codes: territory.wrong_interval, gap, overlap, code_twice, unknown_place, event_shape, event_day, unverified_mark,
    no_end_event, member_outside, member_twice, two_groupings.
    """
    for place in places.values():
        _check_life(place, where[place.id], told)
    _check_codes(places, where, told)
    for event, at in events:
        _check_event(event, at, places, told)
    _check_ends(places, where, [event for event, _ in events], told)
    _check_memberships(places, memberships, told)
    for lead, at in leads:
        _check_known((lead.block, lead.head, *filter(None, [lead.deputy])), at, places, told)


def _check_life(place: Place, at: str, told: Complaints) -> None:
    if _is_backwards(place.span):
        told.add("territory.wrong_interval", at, found=place.id)
        return
    _check_covering([name.span for name in place.names], place, at, "names", told)
    if place.codes:
        _check_covering([code.span for code in place.codes], place, at, "codes", told)


def _is_backwards(span: Span) -> bool:
    return span.starts is not None and span.ends is not None and span.ends < span.starts


def _check_covering(spans: Sequence[Span], place: Place, at: str, what: str, told: Complaints) -> None:
    """The spans, in the order given, follow each other day on day from the place's beginning to its end."""
    if any(_is_backwards(span) for span in spans):
        told.add("territory.wrong_interval", at, found=what)
        return
    for before, after in pairwise(spans):
        if before.ends is None or after.starts is None or after.starts <= before.ends:
            told.add("territory.overlap", at, found=what, place=place.id)
        elif after.starts != before.ends + DAY:
            told.add("territory.gap", at, found=what, place=place.id)
    starts, ends = spans[0].starts, spans[-1].ends
    if starts not in (None, place.span.starts) or ends not in (None, place.span.ends):
        told.add("territory.gap", at, found=what, place=place.id)


def _check_codes(places: Mapping[str, Place], where: Mapping[str, str], told: Complaints) -> None:
    held: dict[tuple[str, str], list[tuple[str, Span]]] = {}
    for place in places.values():
        for code in place.codes:
            span = code.span.within(place.span)
            if span:
                held.setdefault((place.kind, code.code), []).append((place.id, span))
    for (_, code_text), holders in held.items():
        for (first, one), (second, other) in combinations(holders, 2):
            if one.within(other):
                told.add("territory.code_twice", where[second], found=code_text, first=first, second=second)


def _check_known(ids: Iterable[str], at: str, places: Mapping[str, Place], told: Complaints) -> bool:
    unknown = [place_id for place_id in ids if place_id not in places]
    for place_id in unknown:
        told.add("territory.unknown_place", at, found=place_id)
    return not unknown


_SHAPES = {  # least and most places that go in and come out
    "merge": ((2, 99), (1, 1)),
    "split": ((1, 99), (2, 99)),
    "rename": ((1, 1), (1, 1)),
    "found": ((0, 0), (1, 99)),
    "end": ((1, 99), (0, 0)),
}


def _check_event(event: Event, at: str, places: Mapping[str, Place], told: Complaints) -> None:
    if not _check_known((*event.from_ids, *event.to_ids), at, places, told):
        return
    (least_in, most_in), (least_out, most_out) = _SHAPES[event.kind]
    fits = least_in <= len(event.from_ids) <= most_in and least_out <= len(event.to_ids) <= most_out
    if not fits or (event.kind == "rename" and event.from_ids != event.to_ids):
        told.add("territory.event_shape", at, found=event.kind)
    # Whoever relies on a merger must be able to look its decision up.
    if event.verified and not event.decision:
        told.add("territory.unverified_mark", at, found=event.kind)
    if event.kind == "rename":
        return
    for place_id in event.from_ids:
        if places[place_id].span.ends != event.day - DAY:
            told.add("territory.event_day", at, found=place_id, day=event.day)
    for place_id in event.to_ids:
        if places[place_id].span.starts != event.day:
            told.add("territory.event_day", at, found=place_id, day=event.day)


def _check_ends(
    places: Mapping[str, Place], where: Mapping[str, str], events: Iterable[Event], told: Complaints
) -> None:
    """A place that ended says what became of it."""
    ended = {place_id for event in events for place_id in event.from_ids}
    for place in places.values():
        if place.span.ends and place.id not in ended:
            told.add("territory.no_end_event", where[place.id], found=place.id)


def _check_memberships(
    places: Mapping[str, Place], memberships: Sequence[tuple[Membership, str]], told: Complaints
) -> None:
    by_member: dict[str, list[tuple[Membership, str]]] = {}
    for one, at in memberships:
        if not _check_known((one.grouping, one.member), at, places, told):
            continue
        if _is_backwards(one.span):
            told.add("territory.wrong_interval", at, found=one.member)
        for place_id in (one.grouping, one.member):
            if one.span.within(places[place_id].span) != one.span:
                told.add("territory.member_outside", at, found=one.member, grouping=one.grouping, place=place_id)
        by_member.setdefault(one.member, []).append((one, at))
    for held in by_member.values():
        for (first, _), (second, at) in combinations(held, 2):
            if first.span.within(second.span):
                _check_pair(first, second, at, places, told)


def _check_pair(first: Membership, second: Membership, at: str, places: Mapping[str, Place], told: Complaints) -> None:
    if first.grouping == second.grouping:
        told.add("territory.member_twice", at, found=second.member, grouping=second.grouping)
    elif places[first.grouping].kind == places[second.grouping].kind in _ONE_AT_A_TIME:
        told.add("territory.two_groupings", at, found=second.member, first=first.grouping, second=second.grouping)
