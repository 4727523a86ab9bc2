"""How far a person's roles go: what every query and every action asks (docs/access.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sokhu.core.problems import Problem
from sokhu.core.rights import Action, Thing, scopes_of

# Streams in which an authority speaks for itself; the others only quote.
OWN_VOICE = ("register", "return", "report")

# What somebody of the right authority hears whose role does not do this.
OTHER_ROLE = {
    "read": "access.not_your_role",
    "write": "access.reads_only",
    "issue": "access.heads_issue",
    "declare": "access.heads_declare",
    "administer": "access.administrators_only",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force, and the authorities (place ids) that its scopes cover.

    predecessors: those its authority succeeded; block: its emulation block with all members; subject: "" or the id of
    the zone or enterprise that a developer's or an enterprise's role is about.
    """

    role: str
    authority: str
    predecessors: frozenset[str] = frozenset()
    block: frozenset[str] = frozenset()
    subject: str = ""

    @property
    def ours(self) -> frozenset[str]:
        return self.predecessors | {self.authority}


@dataclass(frozen=True, slots=True)
class Covered:
    """Which things of a kind somebody may do something with.

    everything: all of them; owners: those of these authorities; addressees: those submitted to one of these;
    subjects: those of an authority that are about a subject, as (authority, subject).
    """

    everything: bool = False
    owners: frozenset[str] = frozenset()
    addressees: frozenset[str] = frozenset()
    subjects: frozenset[tuple[str, str]] = frozenset()

    def holds(self, owner: str, to: Iterable[str] = (), about: Iterable[str] = ()) -> bool:
        """Whether a thing of this owner is among them. to: whom it is submitted to; about: its zones, enterprises."""
        if self.everything or owner in self.owners or not self.addressees.isdisjoint(to):
            return True
        return any((owner, one) in self.subjects for one in about)

    def __or__(self, other: Covered) -> Covered:
        return Covered(
            self.everything or other.everything,
            self.owners | other.owners,
            self.addressees | other.addressees,
            self.subjects | other.subjects,
        )


EVERYTHING = Covered(everything=True)


def covered_by(held: Held, action: Action, thing: Thing) -> Covered:
    """What one role covers, by the table of rights."""
    scopes = scopes_of(held.role, thing, action)
    if "everyone" in scopes or ("country" in scopes and held.authority.startswith("country/")):
        return EVERYTHING
    owners = {"own": frozenset({held.authority}), "predecessor": held.predecessors, "block": held.block}
    return Covered(
        owners=frozenset().union(*(owners[scope] for scope in scopes if scope in owners)),
        addressees=held.ours if "addressee" in scopes else frozenset(),
        # A role without its subject is about nothing, not about all records that leave the field empty.
        subjects=frozenset((one, held.subject) for one in held.ours if held.subject and "subject" in scopes),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a user may write and read, as place ids of authorities.

    home: the authority they work for; held: their roles in force. The rest follows from these by the table of rights:
    own: all they write for, predecessors included by succession; block: further authorities whose accepted figures
    they read; sees_all: they read every accepted figure. is_system: the command line.
    """

    author: UUID | None = None
    home: str = ""
    held: tuple[Held, ...] = ()
    own: frozenset[str] = frozenset()
    block: frozenset[str] = frozenset()
    sees_all: bool = False
    is_system: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(one.role for one in self.held)

    def covered(self, action: Action, thing: Thing) -> Covered:
        """Which things of a kind they may do this with."""
        if self.is_system:
            return EVERYTHING
        found = Covered(everything=bool(scopes_of("", thing, action)))
        for one in self.held:
            found |= covered_by(one, action, thing)
        return found

    def may(
        self, action: Action, thing: Thing, owner: str, *, to: Collection[str] = (), about: Collection[str] = ()
    ) -> bool:
        """Whether they may do this with a thing of an authority. to, about: see `Covered.holds`."""
        return self.covered(action, thing).holds(owner, to, about)

    def must(self, action: Action, thing: Thing, owner: str, *, about: Collection[str] = ()) -> None:
        """Raises Problem("access.no_authority" | "access.not_your_authority"), or that of another role's work."""
        if self.may(action, thing, owner, about=about):
            return
        if not self.held:
            raise Problem("access.no_authority")
        if any(owner in one.ours for one in self.held):
            raise Problem(OTHER_ROLE[action], owner=owner)
        raise Problem("access.not_your_authority", owner=owner)

    def may_write_for(self, owner: str) -> bool:
        return self.is_system or owner in self.own

    def must_write_for(self, owner: str) -> None:
        if not self.may_write_for(owner):
            self.must("write", "accepted_figure", owner)

    def must_speak(self, stream_kind: str, speaker: str) -> None:
        """A document about another place is quoted as press; it does not speak for that authority."""
        if stream_kind in OWN_VOICE and not self.is_system and speaker not in self.own:
            raise Problem("access.not_your_voice", speaker=speaker)


SYSTEM = Reach(is_system=True, sees_all=True)


def reach_over(held: Iterable[Held], *, author: UUID | None = None) -> Reach:
    """The reach that roles give together; the first of them is for the authority one works for."""
    roles = Reach(author=author, held=tuple(held))
    writes, reads = roles.covered("write", "accepted_figure"), roles.covered("read", "accepted_figure")
    home = roles.held[0].authority if roles.held else ""
    return Reach(author, home, roles.held, writes.owners, reads.owners - writes.owners, reads.everything)
