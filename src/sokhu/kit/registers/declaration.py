"""A register in one short declaration, from which its list, form, history, import and export follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from sokhu.core.problems import Problem, Problems
from sokhu.core.reach import Covered
from sokhu.core.rights import Action, Thing
from sokhu.kit.registers.models import Registered
from sokhu.kit.registers.values import text_of
from sokhu.kit.sealing.actions import OpenBatch

Words = str | Promise
NOT_ASKED = frozenset({"id", "owner", "version", "is_gone"})


class Reader(Protocol):
    """Who reads and writes, as far as registers ask (`areas.territory.queries.Reach`)."""

    @property
    def author(self) -> UUID | None: ...
    @property
    def home(self) -> str: ...
    @property
    def own(self) -> frozenset[str]: ...
    @property
    def sees_all(self) -> bool: ...
    @property
    def is_system(self) -> bool: ...
    def covered(self, action: Action, thing: Thing) -> Covered: ...
    def may(self, action: Action, thing: Thing, owner: str) -> bool: ...
    def must(self, action: Action, thing: Thing, owner: str) -> None: ...


def no_check(_thing: Any) -> None:
    return


def all_of(*rules: Callable[[Any], None]) -> Callable[[Any], None]:
    """A check by several rules, each of which is asked: a thing with two faults is told both."""

    def check(thing: Any) -> None:
        told = [problem for rule in rules for problem in problems_of(rule, thing)]
        if told:
            raise told[0] if len(told) == 1 else Problems(told)

    return check


def problems_of(rule: Callable[[Any], None], thing: Any) -> list[Problem]:
    """What a rule raises of a thing."""
    try:
        rule(thing)
    except Problem as problem:
        return [problem]
    except Problems as problems:
        return problems.problems
    return []


def nothing_given(_thing: Any) -> None:
    return


def no_doubts(_thing: Any) -> list[Problem]:
    return []


def nothing_follows(_batch: OpenBatch, _things: Sequence[Any]) -> None:
    return


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a thing lies. position: degrees north and east of its middle; outline: GeoJSON in WGS 84, "" for none."""

    thing: UUID
    position: tuple[float, float]
    outline: str = ""


@dataclass(frozen=True, slots=True)
class ByKind:
    """Which fields only things of some kinds have. field: that says the kind; fields: those of each kind.

    A field that no kind names belongs to all.
    """

    field: str
    fields: Mapping[str, frozenset[str]]

    def has(self, name: str, kind: str) -> bool:
        named = any(name in names for names in self.fields.values())
        return not named or name in self.fields.get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Register:
    """One register.

    code: in addresses and versions, never changed; name, one: of the register and of a thing in it; title: the field
    that names a thing; codes: fields with a number by which it is pointed at as well; columns: of the list; search,
    filters: fields; key: fields by which an import knows a thing again, within an authority's book; parent: the field
    that points at the thing it belongs to, whose book it is then in. sections: (heading, fields) of form and page; all
    fields in one where none are given.
    shows: further registers whose things its page lists, with the field by which they point at its own.
    goes_with: the field that points at what takes it along into another book, where that is not its parent.
    derived: fields that follow from other things, shown and never asked for; internal: those of them that say nothing
    to people, which pages leave out and machines read; personal: fields with a person's data,
    which enter the chain as digests only. is_open: everybody who can log in reads it; else its authority and the
    ministry. is_common: the central authority alone writes it, for everybody. about: ways to what a developer's or an
    enterprise's role can be about, whose things they then read ("zone__place", "lessee_code"). subject: the group of
    registers it is shown in, "" for that of the register that it belongs to. begin: gives a new thing what nobody is
    asked for; check: raises Problem or Problems for a thing that contradicts itself; doubts: what a person has to
    confirm before it is entered; follow: what follows from changed things, in the same batch; help: words under a
    field. by_kind: fields that only some kinds have. marks: problem code -> the field that it is about, with its
    params in braces ("{currency}_down"). sheet: the row and the column of a field, where a section is laid out as the
    paper form is. placed: where things lie, for the map of the list; None for no map.
    """

    code: str
    model: type[Registered]
    name: Words
    one: Words
    title: str
    columns: tuple[str, ...]
    search: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    parent: str = ""
    shows: tuple[tuple[str, str], ...] = ()
    goes_with: str = ""
    order: tuple[str, ...] = ()
    sections: tuple[tuple[Words, tuple[str, ...]], ...] = ()
    sheet: Mapping[str, tuple[Words, Words]] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()
    internal: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    is_open: bool = False
    is_common: bool = False
    about: tuple[str, ...] = ()
    subject: Words = ""
    begin: Callable[[Any], None] = nothing_given
    by_kind: ByKind | None = None
    placed: Callable[[QuerySet[Any]], Iterable[Placed]] | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Any], None] = no_check
    doubts: Callable[[Any], list[Problem]] = no_doubts
    follow: Callable[[OpenBatch, Sequence[Any]], None] = nothing_follows
    help: Mapping[str, Words] = field(default_factory=dict)

    @property
    def thing(self) -> Thing:
        """What its things are in the table of rights."""
        if self.is_common:
            return "common_record"
        return "open_record" if self.is_open else "register_record"

    def field(self, name: str) -> models.Field[Any, Any]:
        found = self.model._meta.get_field(name)
        assert isinstance(found, models.Field)
        return found

    @property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """Every field of the thing itself, in the order of its model; its note last."""
        return _fields_of(self.model)

    @property
    def shown(self) -> tuple[models.Field[Any, Any], ...]:
        """The fields that a page shows."""
        return tuple(one for one in self.fields if one.name not in self.internal)

    @property
    def asked(self) -> tuple[models.Field[Any, Any], ...]:
        """The fields that people fill in."""
        return tuple(one for one in self.fields if one.name not in self.derived)

    @property
    def is_looked_through(self) -> bool:
        """Whether its things stand for themselves: on the rail, and in the one search box."""
        return not self.parent or bool(children_of(self))

    def has(self, name: str, kind: str) -> bool:
        """Whether things of a kind have a field."""
        return self.by_kind is None or self.by_kind.has(name, kind)

    def values(self, thing: Registered) -> dict[str, Any]:
        """Field name -> value; of a thing it points at, the id."""
        return {one.name: getattr(thing, one.attname) for one in self.fields}

    def title_of(self, thing: Registered) -> str:
        """What names a thing; where that is another thing, what names that one."""
        value = getattr(thing, self.title)
        return register_of(type(value)).title_of(value) if isinstance(value, Registered) else str(value)

    def named(self, thing: Registered) -> str:
        """A thing by its title in words: of a choice not its code."""
        return self.words_at(thing, self.title)

    def words_at(self, thing: Registered, name: str) -> str:
        """What a field of a thing says in words, "" for nothing; of a thing it points at, what names that one."""
        value = getattr(thing, name)
        if isinstance(value, Registered):
            return register_of(type(value)).named(value)
        return text_of(self.field(name), value)


@cache
def _fields_of(model: type[Registered]) -> tuple[models.Field[Any, Any], ...]:
    found = [one for one in model._meta.fields if one.name not in NOT_ASKED]
    return tuple(sorted(found, key=lambda one: one.name == "note"))


_registers: dict[str, Register] = {}


def keep(*registers: Register) -> None:
    """Makes registers known; called when an area is ready."""
    for one in registers:
        assert one.code not in _registers or _registers[one.code] is one, one.code
        _registers[one.code] = one
    _children_of.cache_clear()


def registers() -> tuple[Register, ...]:
    return tuple(_registers.values())


def register_named(code: str) -> Register:
    """Raises Problem("register.no_such_register", found=code)."""
    if code not in _registers:
        raise Problem("register.no_such_register", found=code)
    return _registers[code]


def register_of(model: type[models.Model]) -> Register:
    """The register of a model that a field points at."""
    return next(one for one in _registers.values() if one.model is model)


def by_subject(some: Iterable[Register]) -> dict[str, list[Register]]:
    """Registers under the words of their subjects, in the order in which these come up; those of none last."""
    found: dict[str, list[Register]] = {}
    for one in sorted(some, key=lambda one: not subject_of(one)):
        found.setdefault(str(subject_of(one)), []).append(one)
    return found


def subject_of(register: Register) -> Words:
    """Its own subject, else that of what its things belong to; "" for none."""
    if register.subject or not register.parent:
        return register.subject
    parent = register.field(register.parent).related_model
    assert isinstance(parent, type)
    return subject_of(register_of(parent))


def children_of(register: Register) -> tuple[tuple[Register, str], ...]:
    """The registers whose things belong to things of this one, with the field that says so."""
    return _children_of(register.model)


@cache
def _children_of(model: type[Registered]) -> tuple[tuple[Register, str], ...]:
    return tuple(
        (one, one.parent) for one in _registers.values() if one.parent and one.field(one.parent).related_model is model
    )


def listed_with(register: Register) -> tuple[tuple[Register, str], ...]:
    """The registers whose things the page of a thing of this one lists, with the field by which they point at it."""
    return (*children_of(register), *((register_named(code), field) for code, field in register.shows))
