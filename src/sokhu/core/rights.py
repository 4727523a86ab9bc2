"""Who may do what with which kind of thing: the one table (docs/access.md tells it in words).

A right says: people of these roles may do this with such things, as far as these scopes go. What is not here is denied.

    everyone     whoever can log in, with a role or without
    own          things of the authority that the role is held for
    predecessor  things of the authorities that it succeeded
    block        things of the emulation block it belongs to, or is, and of that block's members
    addressee    things that were submitted to it
    country      everybody's things, where the role is held for the country
    subject      things of its own authority that are about the role's subject: a zone, an enterprise
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

Role = Literal[
    "officer", "division_head", "head", "block_head", "ministry", "auditor", "developer", "enterprise", "administrator"
]
Thing = Literal[
    "public_figure",
    "accepted_figure",
    "proposed_figure",
    "public_document",
    "document",
    "mapping",
    "finding",
    "report_draft",
    "issued_report",
    "open_record",
    "register_record",
    "common_record",
    "personal_data",
    "user_account",
    "administrator_account",
    "security_event",
]
Action = Literal["read", "write", "issue", "declare", "administer"]
Scope = Literal["everyone", "own", "predecessor", "block", "addressee", "country", "subject"]

ROLES: tuple[Role, ...] = get_args(Role)
THINGS: tuple[Thing, ...] = get_args(Thing)
ACTIONS: tuple[Action, ...] = get_args(Action)
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Right:
    thing: Thing
    action: Action
    roles: tuple[Role, ...]
    scopes: tuple[Scope, ...]


OURS: tuple[Scope, ...] = ("own", "predecessor")
STAFF: tuple[Role, ...] = ("officer", "division_head", "head", "block_head", "ministry")
HEADS: tuple[Role, ...] = ("head", "block_head", "ministry")
OUTSIDE: tuple[Role, ...] = ("developer", "enterprise")
EVERYONE: tuple[Scope, ...] = ("everyone",)
READERS: tuple[Role, ...] = (*STAFF, "auditor")

RIGHTS: tuple[Right, ...] = (
    Right("public_figure", "read", ROLES, EVERYONE),
    Right("public_document", "read", ROLES, EVERYONE),
    Right("accepted_figure", "read", READERS, (*OURS, "block", "country")),
    Right("accepted_figure", "write", STAFF, OURS),
    Right("proposed_figure", "read", READERS, (*OURS, "addressee")),
    Right("proposed_figure", "write", STAFF, OURS),
    Right("document", "read", READERS, (*OURS, "addressee")),
    Right("document", "write", STAFF, OURS),
    Right("mapping", "read", READERS, OURS),
    Right("mapping", "write", STAFF, ("own",)),
    Right("finding", "read", READERS, (*OURS, "country")),
    Right("finding", "write", STAFF, OURS),
    Right("report_draft", "read", READERS, OURS),
    Right("report_draft", "write", STAFF, OURS),
    Right("report_draft", "issue", HEADS, OURS),
    Right("issued_report", "read", READERS, (*OURS, "block", "country")),
    Right("issued_report", "write", STAFF, OURS),  # the number and the signed file, which the clerk enters
    Right("open_record", "read", ROLES, EVERYONE),  # of a register that its declaration opens: zones, decisions
    Right("open_record", "write", STAFF, OURS),
    # A record tells of one enterprise: outside its board the ministry alone reads it, and no personal data in it.
    Right("register_record", "read", READERS, (*OURS, "country")),
    Right("register_record", "read", OUTSIDE, ("subject",)),
    Right("register_record", "write", STAFF, OURS),
    Right("register_record", "declare", ("division_head", *HEADS), OURS),
    Right("common_record", "read", ROLES, EVERYONE),  # what the central authority keeps for everybody: working days
    Right("common_record", "write", ("ministry",), ("own",)),
    Right("personal_data", "read", READERS, OURS),
    Right("personal_data", "read", ("enterprise",), ("subject",)),
    Right("personal_data", "write", STAFF, OURS),
    Right("user_account", "read", ("administrator", "auditor"), OURS),
    Right("user_account", "administer", ("administrator",), OURS),
    # The country's administrators name the first administrator of an authority, and nobody else in it.
    Right("administrator_account", "read", ("administrator", "auditor"), (*OURS, "country")),
    Right("administrator_account", "administer", ("administrator",), (*OURS, "country")),
    Right("security_event", "read", ("administrator", "auditor"), OURS),
)

# For which kinds of authorities a role is given: the first part of their place id.
HELD_FOR: dict[str, tuple[str, ...]] = {
    "officer": ("board", "block"),
    "division_head": ("board",),
    "head": ("board",),
    "block_head": ("block",),
    "ministry": ("country",),
    "auditor": ("board", "block", "country"),
    "developer": ("board",),
    "enterprise": ("board",),
    "administrator": ("board", "block", "country"),
}
# A scope of the table is nothing for a role that is never held for such an authority.
SCOPE_OF: dict[Scope, tuple[str, ...]] = {
    "predecessor": ("board",),
    "block": ("board", "block"),
    "country": ("country",),
}
WITH_SUBJECT: tuple[Role, ...] = OUTSIDE
APPROVING: tuple[Action, ...] = ("issue", "declare", "administer")


@cache
def scopes_of(role: str, thing: Thing, action: Action) -> tuple[Scope, ...]:
    """How far a role may do this, in the order of `SCOPES`; nothing where it may not. role: "" is who has none.

    >>> scopes_of("officer", "proposed_figure", "read")
    ('own', 'predecessor', 'addressee')
    >>> scopes_of("", "public_figure", "read")
    ('everyone',)
    """
    of_thing = [one for one in RIGHTS if one.thing == thing and one.action == action]
    found = {scope for one in of_thing for scope in one.scopes if role in one.roles or scope == "everyone"}
    return tuple(scope for scope in SCOPES if scope in found and _fits(role, scope))


def _fits(role: str, scope: Scope) -> bool:
    return scope not in SCOPE_OF or any(kind in SCOPE_OF[scope] for kind in HELD_FOR.get(role, ()))


def roles_that(actions: Iterable[Action], thing: Thing | None = None) -> tuple[Role, ...]:
    """The roles that may do one of these with some thing, or with this one.

    >>> roles_that(["issue"])
    ('head', 'block_head', 'ministry')
    """
    wanted = set(actions)
    found = {role for one in RIGHTS if one.action in wanted and thing in (None, one.thing) for role in one.roles}
    return tuple(role for role in ROLES if role in found)


def account_of(role: str) -> Thing:
    """The kind of account that holding a role makes: who administers it may give and end the role."""
    return "administrator_account" if role == "administrator" else "user_account"


def matrix() -> dict[tuple[Thing, Action], dict[Role, tuple[Scope, ...]]]:
    """The whole table: for every kind of thing and action that somebody may do, the scopes of every role."""
    cells = dict.fromkeys((thing, action) for thing in THINGS for action in ACTIONS)
    rows = {key: {role: scopes_of(role, *key) for role in ROLES} for key in cells}
    return {key: row for key, row in rows.items() if any(row.values())}
