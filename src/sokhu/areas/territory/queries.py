"""Places as the book knows them, and how far a user reaches over them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sokhu.areas.accounts.models import Role, User
from sokhu.areas.accounts.queries import grants_on
from sokhu.areas.catalogue.queries import dimensions, name_and_mark, territory
from sokhu.core.closure import closure
from sokhu.core.folding import folded
from sokhu.core.makeup import Makeup, MakeupAsked, all_within, makeup
from sokhu.core.period import Period
from sokhu.core.problems import Problem
from sokhu.core.reach import OWN_VOICE as OWN_VOICE
from sokhu.core.reach import SYSTEM as SYSTEM
from sokhu.core.reach import Held, reach_over
from sokhu.core.reach import Reach as Reach
from sokhu.core.territory import Territory

HEAD_OF = {"board": Role.HEAD, "block": Role.BLOCK_HEAD, "country": Role.MINISTRY}  # by kind of authority
COUNTRY, FIRST_BLOCK = "country/viet-nam", "block/dong-bang-song-hong"


def reach_of(user: User | AnonymousUser, today: date) -> Reach:
    """What a user may write and read today, by the roles in force."""
    held = [_held(one.role, one.authority, today, one.subject) for one in grants_on(user, today)]
    return reach_over(held, author=user.pk if user.is_authenticated else None)


def reach_for(authority: str, today: date) -> Reach:
    """What the people of an authority reach, whoever they are; the central department reads every accepted figure."""
    return reach_over([_held(HEAD_OF.get(authority.partition("/")[0], Role.OFFICER), authority, today)])


def _held(role: str, authority: str, today: date, subject: str = "") -> Held:
    places = territory()
    before = frozenset(_all_predecessors(places, authority))
    block = _block_mates(places, {authority, *before}, today)
    return Held(role, authority, before, frozenset(block), subject)


def places_answered_for(authorities: frozenset[str]) -> frozenset[str]:
    """Places authorities speak for, once or now: themselves, a board's provinces and zones, a country's groupings."""
    places, memberships = territory().places, territory().memberships
    found = set(authorities)
    found |= {one.grouping for one in memberships if one.member in found and places[one.grouping].kind == "province"}
    found |= {one.member for one in memberships if one.grouping in found and places[one.member].kind == "zone"}
    if any(authority.startswith("country/") for authority in authorities):
        found |= {place.id for place in places.values() if place.kind in ("region", "group")}
    return frozenset(found)


def addressees_for(authority: str, day: date) -> tuple[str, ...]:
    """Whom an authority may submit to on a day: the emulation blocks it belongs to, then the central department."""
    places = territory()
    if authority not in places.places:
        return ()
    blocks = places.groups_of(authority, day, kind="block")
    countries = tuple(place.id for place in places.places_on("country", day))
    return tuple(one for one in (*blocks, *countries) if one != authority and places.exists_on(one, day))


def authority_name(authority: str) -> str:
    """An authority by name; the central department, whose name changes, by its role."""
    return str(Role.MINISTRY.label) if authority.startswith("country/") else name_of(authority)


def told_by_name(problem: Problem) -> Problem:
    """The problem with authorities by name instead of by their place ids: what every sentence says."""
    named = {
        name: authority_name(str(value))
        for name, value in problem.params.items()
        if name in ("owner", "authority", "speaker") and "/" in str(value) and str(value) in territory().places
    }
    return Problem(problem.code, problem.where, **problem.params | named)


def home_places(mine: Reach) -> list[str]:
    """Where a reader looks first: a board's province, today's and those it was made from; a block; the country."""
    if not mine.home.startswith("board/"):
        return [mine.home or COUNTRY]
    provinces = territory().groups_of(mine.home, timezone.localdate(), kind="province")
    return [place for province in provinces for place in (province, *territory().predecessors(province))]


def home_block(mine: Reach) -> str:
    """The emulation block that a reader's authority is, or is in; the first of them for everybody else."""
    if mine.home.startswith("block/"):
        return mine.home
    groups = territory().groups_of(mine.home, timezone.localdate(), kind="block") if mine.home else ()
    return next(iter(groups), FIRST_BLOCK)


def name_of(place: str, day: date | None = None) -> str:
    """The place's name on that day (today when none is given), its last name outside its life, its id if unknown.

    The name of a retired place says since when.
    """
    found = territory().places.get(place)
    if found is None:
        return place
    on = day or timezone.localdate()
    name = next((name for name in found.names if name.span.holds(on)), found.names[-1])
    return name_and_mark(name.en if (get_language() or "vi").startswith("en") else name.vi, found.retired)


def name_within(place: str, day: date) -> str:
    """The place's name on that day; for a place that was not there yet, or no more, with the days it is of.

    A total on today's map of a year before it needs this: there were two Hải Phòng.
    """
    found = territory().places.get(place)
    return name_of(place, day) if found is None or found.span.holds(day) else dated_name(place)


def short_name_of(place: str) -> str:
    """For tabs: the shortest thing a block is called, where its full name is a sentence; else the dated name."""
    found = territory().places.get(place)
    if found is None or found.kind != "block" or (get_language() or "vi").startswith("en"):
        return dated_name(place)
    return min((dated_name(place), *found.aliases), key=len)


def known_place(place: str) -> str:
    """The id itself when the territory has it. Raises Problem("territory.no_such_place")."""
    if place not in territory().places:
        raise Problem("territory.no_such_place", found=place)
    return place


def makeup_of(place: str, period: Period, zone_kind: str = "", map_day: date | None = None) -> Makeup:
    """What a place is made of at the end of a period: boards of a block, provinces of a region or merger, zones.

    zone_kind: count zones of this kind and of those under it. map_day: the map asked for; None: that of the period.
    """
    return makeup(territory(), place, period.last, _asked(zone_kind, map_day))


def all_within_of(place: str, days: Iterable[date], zone_kind: str = "", map_day: date | None = None) -> set[str]:
    """The place and everything it is made of on one of the days, down to the last zone; else as `makeup_of`."""
    places, asked = territory(), _asked(zone_kind, map_day)
    return set().union(*(all_within(places, place, day, asked) for day in days))


def _asked(zone_kind: str, map_day: date | None) -> MakeupAsked:
    kinds = dimensions().dimensions["zone_kind"].within(zone_kind) if zone_kind else frozenset()
    return MakeupAsked(map_day, kinds)


def members_of(place: str, period: Period) -> tuple[str, ...]:
    """The members of a place that report for themselves: its zones are not among them."""
    return tuple(member for member in makeup_of(place, period).members if not member.startswith("zone/"))


def groups_containing(place: str, day: date) -> tuple[str, ...]:
    """Wider places that a place's figure is added into: its region and groups, the country, blocks, its successor."""
    places = territory()
    if place not in places.places or not places.exists_on(place, day):
        return ()
    groups = list(places.groups_of(place, day))
    for board in places.members(place, day, kind="board"):
        groups += places.groups_of(board, day, kind="block")
    groups += [after for after in places.successors(place, timezone.localdate()) if after != place]
    return tuple(dict.fromkeys(group for group in groups if places.places[group].kind != "zone"))


def place_ids_like(text: str) -> list[str]:
    """Ids of places with these words in a name, with or without tone marks."""
    words = folded(text)
    return [
        place.id
        for place in territory().places.values()
        if any(words in folded(name) for one in place.names for name in (one.vi, one.en)) or words in place.id
    ]


def place_choices(also: str = "") -> list[tuple[str, str]]:
    """(id, name) of the places a figure may be about, for a select: those of today and former ones.

    also: a place of another kind that is chosen already; a board, in front. Retired places are no choice.
    """
    order = {"board": -1, "country": 0, "block": 1, "region": 2, "group": 3, "province": 4, "zone": 5}
    chosen = [place for place in territory().in_use() if place.kind != "board" or place.id == also]
    chosen.sort(key=lambda place: (order[place.kind], place.span.ends is not None, folded(place.names[-1].vi)))
    return [(place.id, dated_name(place.id)) for place in chosen]


def dated_name(place_id: str) -> str:
    """A place's name for a list that holds places of both maps: "Hải Phòng (đến 30/06/2025)"."""
    place = territory().places[place_id]
    name = name_of(place_id, place.span.ends)
    if place.span.ends is not None:
        return _("%(name)s (đến %(day)s)") % {"name": name, "day": f"{place.span.ends:%d/%m/%Y}"}
    if place.span.starts is not None and place.kind == "province" and territory().predecessors(place_id):
        return _("%(name)s (từ %(day)s)") % {"name": name, "day": f"{place.span.starts:%d/%m/%Y}"}
    return name


def _all_predecessors(places: Territory, authority: str) -> set[str]:
    return closure(places.predecessors(authority), places.predecessors)


def _block_mates(places: Territory, own: set[str], today: date) -> set[str]:
    """Members of the emulation blocks that the authorities belong to, or are, with the blocks themselves.

    A member's books are also those of the boards it succeeded: years before a merger are compared too.
    """
    blocks = {group for authority in own for group in places.groups_of(authority, today) if group.startswith("block/")}
    blocks |= {authority for authority in own if authority.startswith("block/")}
    members = {member for block in blocks for member in places.members(block, today)}
    return blocks | members | {before for member in members for before in _all_predecessors(places, member)}
