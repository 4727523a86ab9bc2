"""Who may see a thing: the table of rights, read from the thing's side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts.models import Role
from sokhu.areas.accounts.wording import SCOPES
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import authority_name, name_of
from sokhu.core.rights import HELD_FOR, ROLES, Scope, Thing, scopes_of


@dataclass(frozen=True, slots=True)
class Readers:
    """People who may see a thing: of these roles, held for one of these authorities (place ids), in this scope.

    subject: what their role has to be about, "" for any. In the scope "everyone" roles and authorities are empty.
    """

    scope: Scope
    authorities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    subject: str = ""


def readers_of(thing: Thing, owner: str, *, to: Iterable[str] = (), about: Iterable[str] = ()) -> list[Readers]:
    """Who may see a thing of an authority today, the nearest first.

    to: the authorities it is submitted to; about: the zones and enterprises it is about (of register records).
    """
    if scopes_of("", thing, "read"):
        return [Readers("everyone")]
    found = [one for scope, authorities in _near(owner, tuple(to)) for one in _who(thing, scope, authorities)]
    found += [one for subject in about for one in _who(thing, "subject", _holders(owner), subject)]
    return [one for one in found if one.roles]


def who_may_see(
    thing: Thing,
    owner: str,
    *,
    to: Iterable[str] = (),
    about: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The same for `_readers.html`: .who, .roles (names, may be "") and .why of each line.

    names: of enterprises that a role can be about, by tax code.
    """
    return [
        {
            "who": (names or {}).get(one.subject) or _named(one),
            "roles": ", ".join(str(Role(role).label) for role in one.roles),
            "why": str(SCOPES[one.scope]) if one.scope not in ("everyone", "own", "country") else "",
        }
        for one in readers_of(thing, owner, to=to, about=about)
    ]


def _near(owner: str, to: tuple[str, ...]) -> Iterator[tuple[Scope, tuple[str, ...]]]:
    """The authorities in every scope of a thing; of a block those that do not hold the thing itself."""
    holders = _holders(owner)
    yield ("own" if owner in holders else "predecessor"), holders
    yield "addressee", to
    for block in _blocks(holders):
        yield "block", tuple(one for one in block if one not in holders)
    yield "country", tuple(place.id for place in territory().places_on("country", timezone.localdate()))


def _holders(owner: str) -> tuple[str, ...]:
    """The authorities of today in whose book a thing is: its own, or those that succeeded it."""
    places, today = territory(), timezone.localdate()
    return places.successors(owner, today) if owner in places.places else ()


def _blocks(holders: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every emulation block that reads the thing, with its members."""
    places, today = territory(), timezone.localdate()
    blocks = [group for one in holders for group in places.groups_of(one, today, kind="block")]
    blocks += [one for one in holders if one.startswith("block/")]
    return [(block, *places.members(block, today)) for block in dict.fromkeys(blocks)]


def _who(thing: Thing, scope: Scope, authorities: tuple[str, ...], subject: str = "") -> Iterator[Readers]:
    """Readers in a scope; authorities of one kind share their roles."""
    for kind in dict.fromkeys(one.partition("/")[0] for one in authorities):
        of_kind = tuple(one for one in authorities if one.startswith(f"{kind}/"))
        roles = tuple(role for role in ROLES if kind in HELD_FOR[role] and scope in scopes_of(role, thing, "read"))
        yield Readers(scope, of_kind, roles, subject)


def _named(one: Readers) -> str:
    if one.scope == "everyone":
        return _("Mọi người có tài khoản")
    if one.subject:
        return name_of(one.subject)
    if len(one.authorities) > 1 and one.scope == "block":
        return _("%(count)s ban trong khối") % {"count": len(one.authorities)}
    return ", ".join(authority_name(authority) for authority in one.authorities)
