"""Places as the book knows them, and how far a user reaches over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sokhu.areas.accounts.models import Role, User
from sokhu.areas.accounts.queries import grants_on
from sokhu.areas.catalogue.queries import territory
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory

# Streams in which an authority speaks for itself; the others only quote.
OWN_VOICE = ("register", "return", "report")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a user may write and read, as place ids of authorities (`docs/access.md`).

    home: the authority they work for; own: all they write for, predecessors included by succession; block: authorities whose accepted
    figures they read; sees_all: the ministry reads every accepted figure; is_system: the explicit command line.
    """

    author: UUID | None = None
    home: str = ""
    roles: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    block: frozenset[str] = frozenset()
    sees_all: bool = False
    is_system: bool = False

    def may_write_for(self, owner: str) -> bool:
        return self.is_system or owner in self.own

    def must_write_for(self, owner: str) -> None:
        if not self.may_write_for(owner):
            raise Problem("access.not_your_authority", owner=owner)

    def must_speak(self, stream_kind: str, speaker: str) -> None:
        """A document about another place is quoted as press; it does not speak for that authority."""
        if stream_kind in OWN_VOICE and not self.is_system and speaker not in self.own:
            raise Problem("access.not_your_voice", speaker=speaker)


SYSTEM = Reach(is_system=True, sees_all=True)


def reach_of(user: User | AnonymousUser, today: date) -> Reach:
    grants = grants_on(user, today)
    if not grants:
        return Reach(author=user.pk if user.is_authenticated else None)
    places = territory()
    direct = {grant.authority for grant in grants}
    own = direct | {before for authority in direct for before in _all_predecessors(places, authority)}
    return Reach(
        author=user.pk,
        home=grants[0].authority,
        roles=frozenset(grant.role for grant in grants),
        own=frozenset(own),
        block=frozenset(_block_mates(places, own, today)),
        sees_all=any(grant.role == Role.MINISTRY for grant in grants),
    )


def name_of(place: str, day: date | None = None) -> str:
    """The place's name on that day (today when none is given); its id where the catalogue has no such place."""
    try:
        return territory().name_on(place, day or timezone.localdate())
    except Problem:
        return place


def _all_predecessors(places: Territory, authority: str) -> set[str]:
    found: set[str] = set()
    waiting = [authority]
    while waiting:
        for before in places.predecessors(waiting.pop()):
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def _block_mates(places: Territory, own: set[str], today: date) -> set[str]:
    """Members of the emulation blocks that the authorities belong to, or are, with the blocks themselves."""
    blocks = {group for authority in own for group in places.groups_of(authority, today) if group.startswith("block/")}
    blocks |= {authority for authority in own if authority.startswith("block/")}
    return blocks | {member for block in blocks for member in places.members(block, today)}
