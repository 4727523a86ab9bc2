"""The territory files: read, checked with file, line and reason, and made into a `Territory`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args

from sokhu.core.catalogue_check import (
    CatalogueFile,
    Complaints,
    Contents,
    Key,
    check_keys,
    is_retired,
    packaged_files,
    parsed_files,
)
from sokhu.core.place import (
    BlockLead,
    Event,
    EventKind,
    Membership,
    Place,
    PlaceCode,
    PlaceKind,
    PlaceName,
    Position,
    Precision,
    Span,
    ZoneKind,
)
from sokhu.core.territory import Territory
from sokhu.core.territory_check import check_territory

_ID = re.compile(r"(?P<kind>[a-z]+)/[a-z0-9]+(?:-[a-z0-9]+)*")
_EVIDENCE = frozenset({"FOUND", "BK-high", "BK-medium", "BK-low"})
_TEXT = Key(str, required=True)
_DAY = Key(dt.date)
_SOURCED = {"source": _TEXT, "evidence": Key(str, required=True, choices=_EVIDENCE)}
_PLACE: Mapping[str, Key] = {
    "aliases": Key(list),
    "starts": _DAY,
    "ends": _DAY,
    "position": Key(dict),
    "details": Key(dict),
    "note": Key(str),
    "members": Key(list),
    "members_before": Key(list),
    "all_of": Key(str, choices=frozenset(get_args(PlaceKind))),
    "province": Key(str),
    "board": Key(str),
    "economic_zone": Key(str),
    "retired": _DAY,
    **_SOURCED,
}
_NAME: Mapping[str, Key] = {"vi": _TEXT, "en": _TEXT, "rank": Key(str), "starts": _DAY, "ends": _DAY}
_CODE: Mapping[str, Key] = {"code": _TEXT, "starts": _DAY, "ends": _DAY}
_KIND: Mapping[str, Key] = {"kind": _TEXT, "starts": _DAY, "ends": _DAY}
_PARTS = {"names": _NAME, "codes": _CODE, "kinds": _KIND}  # what a place says besides, in tables of its own
_POSITION: Mapping[str, Key] = {"lat": _TEXT, "lon": _TEXT, "evidence": Key(str, required=True, choices=_EVIDENCE)}
_EVENT: Mapping[str, Key] = {
    "kind": Key(str, required=True, choices=frozenset(get_args(EventKind))),
    "day": Key(dt.date, required=True),
    "precision": Key(str, choices=frozenset(get_args(Precision))),
    "from": Key(list, required=True),
    "to": Key(list, required=True),
    "decision": Key(str),
    "verified": Key(bool, required=True),
    "note": Key(str),
    "retired": _DAY,
    **_SOURCED,
}
_MEMBERSHIP: Mapping[str, Key] = {
    "grouping": _TEXT,
    "members": Key(list, required=True),
    "starts": _DAY,
    "ends": _DAY,
    "retired": _DAY,
    **_SOURCED,
}
_LEAD: Mapping[str, Key] = {
    "block": _TEXT,
    "year": Key(int, required=True),
    "head": _TEXT,
    "deputy": Key(str),
    "retired": _DAY,
    **_SOURCED,
}
# Groupings that a place names itself; it stays in them through their mergers.
_NAMED_GROUPINGS = ("province", "board", "economic_zone")
_STRONGEST_FIRST = ("FOUND", "BK-high", "BK-medium", "BK-low")
# A zone's board is named because it is the one board there; a decision that says so is written as a [[membership]].
_TAKEN_AS_RESPONSIBLE = "BK-medium"


@dataclass(slots=True)
class Draft:
    """What the files say, with file and line of each part, before it is checked as a whole."""

    places: dict[str, Place] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists_before: dict[str, tuple[str, ...]] = field(default_factory=dict)
    all_of: dict[str, str] = field(default_factory=dict)
    named: list[tuple[str, str, str]] = field(default_factory=list)  # member, grouping, where
    events: list[tuple[Event, str]] = field(default_factory=list)
    memberships: list[tuple[Membership, str]] = field(default_factory=list)
    leads: list[tuple[BlockLead, str]] = field(default_factory=list)


@cache
def load_territory() -> Territory:
    """The packaged places, events and memberships. Raises Problems, each with file, line and reason."""
    return checked_territory(packaged_files("territory"))


def checked_territory(files: Contents) -> Territory:
    """The territory of files given as path -> content.

    Tables: one per place by its id; `[[event]]`, `[[membership]]`, `[[lead]]`. docs/catalogue.md says what they hold.
    Raises Problems: those of `check_keys`, catalogue.duplicate, catalogue.not_a_table, territory.bad_id, retired_place
    and those of `check_territory`.
    """
    told = Complaints()
    draft, retired = Draft(), Draft()
    for file in parsed_files(files, told):
        for top, table in file.tables.items():
            if top in ("event", "membership", "lead"):
                _read_array(top, table, file, draft, retired, told)
            else:
                _read_place(top, table, file, retired if is_retired(table) else draft, told)
    told.tell()  # whole-map checks on half a map would only tell the same faults again
    _add_named(draft, told)
    _add_lists(draft, told)
    check_territory(
        draft.places, draft.where, events=draft.events, memberships=draft.memberships, leads=draft.leads, told=told
    )
    _name_retired(told, retired)
    told.tell()
    _add_retired(draft, retired)
    return Territory(
        draft.places.values(),
        [event for event, _ in draft.events],
        [one for one, _ in draft.memberships],
        [lead for lead, _ in draft.leads],
    )


def _read_place(place_id: str, table: object, file: CatalogueFile, draft: Draft, told: Complaints) -> None:
    kind = _ID.fullmatch(place_id)
    if not isinstance(table, dict):
        told.add("catalogue.not_a_table", file.at(place_id), found=place_id)
    elif kind is None or kind["kind"] not in get_args(PlaceKind):
        told.add("territory.bad_id", file.at(place_id), found=place_id)
    elif place_id in draft.places:
        told.add("catalogue.duplicate", file.at(place_id), found=place_id, first=draft.where[place_id])
    elif _place_is_well_formed(place_id, table, file, told):
        draft.where[place_id] = file.at(place_id)
        draft.places[place_id] = _place(place_id, table)
        draft.lists[place_id] = tuple(table.get("members", ()))
        draft.lists_before[place_id] = tuple(table.get("members_before", ()))
        draft.all_of[place_id] = table.get("all_of", "")
        named = [(name, table[name]) for name in _NAMED_GROUPINGS if name in table]
        draft.named += [(place_id, grouping, file.at(place_id, name)) for name, grouping in named]


def _place_is_well_formed(place_id: str, table: dict[str, Any], file: CatalogueFile, told: Complaints) -> bool:
    outer = {name: value for name, value in table.items() if name not in _PARTS}
    fine = check_keys(outer, _PLACE, file, (place_id,), told)
    for name, inner in _PARTS.items():
        fine &= _are_tables(table.get(name, []), name, inner, file, (place_id,), told)
    if not table.get("names"):
        told.add("catalogue.missing_key", file.at(place_id), found=place_id, missing="names")
        fine = False
    if isinstance(table.get("position"), dict):
        fine &= check_keys(table["position"], _POSITION, file, (place_id, "position"), told)
    return fine


def _are_tables(
    value: object, name: str, keys: Mapping[str, Key], file: CatalogueFile, path: tuple[str, ...], told: Complaints
) -> bool:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        told.add("catalogue.wrong_kind", file.at(*path, name), key=name, found=str(value), expected="[{ … }]")
        return False
    checks = [check_keys(entry, keys, file, (*path, name), told) for entry in value]  # each one tells its own faults
    return all(checks)


def _place(place_id: str, table: Mapping[str, Any]) -> Place:
    kind: Any = place_id.partition("/")[0]
    return Place(
        id=place_id,
        kind=kind,
        names=tuple(PlaceName(one["vi"], one["en"], _span(one), one.get("rank", "")) for one in table["names"]),
        span=_span(table),
        source=table["source"],
        evidence=table["evidence"],
        codes=tuple(PlaceCode(one["code"], _span(one)) for one in table.get("codes", ())),
        aliases=tuple(table.get("aliases", ())),
        kinds=tuple(ZoneKind(one["kind"], _span(one)) for one in table.get("kinds", ())),
        position=Position(**table["position"]) if "position" in table else None,
        details={name: str(value) for name, value in table.get("details", {}).items()},
        note=table.get("note", ""),
        retired=table.get("retired"),
    )


def _span(table: Mapping[str, Any]) -> Span:
    return Span(table.get("starts"), table.get("ends"))


def _read_array(top: str, tables: object, file: CatalogueFile, in_use: Draft, retired: Draft, told: Complaints) -> None:
    keys = {"event": _EVENT, "membership": _MEMBERSHIP, "lead": _LEAD}[top]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        told.add("catalogue.not_a_table", file.at(top), found=top)
        return
    for number, table in enumerate(tables):
        where = file.at(top, str(number))
        if not check_keys(table, keys, file, (top, str(number)), told):
            continue
        draft = retired if is_retired(table) else in_use
        if top == "event":
            draft.events.append((_event(table), where))
        elif top == "lead":
            draft.leads.append((_lead(table), where))
        else:
            draft.memberships += [(one, where) for one in _memberships(table)]


def _event(table: Mapping[str, Any]) -> Event:
    return Event(
        kind=table["kind"],
        day=table["day"],
        from_ids=tuple(table["from"]),
        to_ids=tuple(table["to"]),
        decision=table.get("decision", ""),
        verified=table["verified"],
        source=table["source"],
        evidence=table["evidence"],
        precision=table.get("precision", "day"),
        note=table.get("note", ""),
    )


def _lead(table: Mapping[str, Any]) -> BlockLead:
    return BlockLead(
        table["block"], table["year"], table["head"], table.get("deputy", ""), table["source"], table["evidence"]
    )


def _memberships(table: Mapping[str, Any]) -> list[Membership]:
    span, source, evidence = _span(table), table["source"], table["evidence"]
    return [Membership(table["grouping"], member, span, source, evidence) for member in table["members"]]


def _add_named(draft: Draft, told: Complaints) -> None:
    """Memberships that a place names itself (`province`, `board`, `economic_zone`), followed through mergers.

    A zone of a province that merges is a zone of the merged province from that day on: it lies within it. Across a
    merger whose decision was not found the membership is kept, with evidence no stronger than BK-medium.
    """
    merged = {from_id: event for event, _ in draft.events if event.kind == "merge" for from_id in event.from_ids}
    for member_id, first, where in draft.named:
        member, grouping, seen = draft.places[member_id], first, set[str]()
        evidence = _weakest(member.evidence, _TAKEN_AS_RESPONSIBLE if first.startswith("board/") else "FOUND")
        while grouping not in seen:
            seen.add(grouping)
            if grouping not in draft.places:
                told.add("territory.unknown_place", where, found=grouping)
                break
            span = member.span.within(draft.places[grouping].span)
            if span:
                draft.memberships.append((Membership(grouping, member_id, span, member.source, evidence), where))
            event = merged.get(grouping)
            if event and event.to_ids:
                evidence = evidence if event.verified else _weakest(evidence, event.evidence, "BK-medium")
                grouping = event.to_ids[0]


def _name_retired(told: Complaints, retired: Draft) -> None:
    """A place that is named and retired is no unknown one: territory.retired_place."""
    for problem in told.problems:
        if problem.code == "territory.unknown_place" and problem.params["found"] in retired.places:
            problem.code = "territory.retired_place"


def _weakest(*evidence: str) -> str:
    return max(evidence, key=_STRONGEST_FIRST.index)


def _add_lists(draft: Draft, told: Complaints) -> None:
    """Memberships that a grouping lists (`members`, `all_of`): as long as both the grouping and the member live."""
    of_kind: dict[str, list[str]] = {}
    for place in draft.places.values():
        of_kind.setdefault(place.kind, []).append(place.id)
    for grouping_id, members in draft.lists.items():
        grouping = draft.places[grouping_id]
        for member in (*members, *of_kind.get(draft.all_of[grouping_id], ())):
            if member not in draft.places:
                told.add("territory.unknown_place", draft.where[grouping_id], found=member)
            elif span := draft.places[member].span.within(grouping.span):
                one = Membership(grouping_id, member, span, grouping.source, grouping.evidence)
                draft.memberships.append((one, draft.where[grouping_id]))


def _add_retired(draft: Draft, retired: Draft) -> None:
    """Puts what is retired behind the map in use: its places, and what tells of them (events, memberships, leads).

    Nothing of it is checked again: it was while it was in use.
    """
    gone = {place_id: place for place_id, place in retired.places.items() if place_id not in draft.places}
    draft.places |= gone
    draft.where |= retired.where

    def tells(*ids: str) -> bool:
        return not gone.keys().isdisjoint(ids) and draft.places.keys() >= set(ids)

    draft.events += [pair for pair in retired.events if tells(*pair[0].from_ids, *pair[0].to_ids)]
    draft.memberships += [pair for pair in retired.memberships if tells(pair[0].grouping, pair[0].member)]
    draft.leads += [pair for pair in retired.leads if tells(pair[0].block, pair[0].head)]
    own = Draft(draft.places, draft.where, events=draft.events, memberships=draft.memberships)
    own.named = [one for one in retired.named if one[0] in gone]
    own.all_of = {grouping: retired.all_of.get(grouping, "") for grouping in draft.places}
    own.lists = {
        grouping: retired.lists[grouping] if grouping in gone else _gone_members(grouping, draft, gone)
        for grouping in draft.places
    }
    _add_named(own, Complaints())
    _add_lists(own, Complaints())


def _gone_members(grouping: str, draft: Draft, gone: Mapping[str, Place]) -> tuple[str, ...]:
    """The retired places that a grouping in use had as members, in its list or as all of their kind."""
    by_kind = (place.id for place in gone.values() if place.kind == draft.all_of[grouping])
    return (*(one for one in draft.lists_before[grouping] if one in gone), *by_kind)
