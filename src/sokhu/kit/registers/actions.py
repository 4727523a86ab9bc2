"""Writing registered things: each change in one sealed batch with its version, its words, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from sokhu.core.parts import in_parts
from sokhu.core.problems import Problem, Problems
from sokhu.core.seal import canonical
from sokhu.kit.registers import search
from sokhu.kit.registers.declaration import Reader, Register, all_of, children_of
from sokhu.kit.registers.models import Version
from sokhu.kit.registers.queries import thing_of, visible
from sokhu.kit.registers.values import Field, kept, label_of, must_be_within, text_of
from sokhu.kit.sealing.actions import OpenBatch, sealed_batch
from sokhu.kit.storing import store

KIND = "register"
HANDED_AT_ONCE = 10_000  # things in one statement


class Doubtful(Problems):
    """What a person has to confirm before it is entered: unlikely, not impossible."""


def create(
    register: Register, who: Reader, values: Mapping[str, Any], *, reason: str = "", is_sure: bool = True
) -> Any:
    """A new thing. values: by field name, as `values.read` gives them; what is left out stays at its default.

    It goes into the book of what it belongs to, else into that of its writer's authority.
    Raises what `must_hold` and `Reader.must` raise; Doubtful unless its writer is sure.
    """
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        thing = new_thing(register, who, values)
        _must_be_sure(register, [thing], is_sure)
        write(batch, register, [thing])
    return thing


def new_thing(register: Register, who: Reader, values: Mapping[str, Any]) -> Any:
    """A thing that is not stored yet, in the book that it belongs to; checked, and its writer's right to write it."""
    thing = _begun(register, who, values)
    must_be_the_only_one(register, thing)
    must_hold(register, thing)
    return thing


def new_by_key(register: Register, who: Reader, values: Mapping[str, Any]) -> Any:
    """`new_thing` for one whose key was looked for already, among many."""
    thing = _begun(register, who, values)
    must_hold(register, thing)
    return thing


def _begun(register: Register, who: Reader, values: Mapping[str, Any]) -> Any:
    thing = register.model(id=uuid4(), **_columns(register, values))
    thing.owner = _owner(register, who, thing)
    who.must("write", register.thing, thing.owner)
    register.begin(thing)
    return thing


def must_hold(register: Register, thing: Any) -> None:
    """Raises Problems with "register.not_of_kind" (kind) for each field that is filled and not its kind's to have;
    what `values.must_be_within` and `Register.check` raise.
    """
    if register.by_kind:
        _must_be_of_its_kind(register, register.by_kind.field, thing)
    limits = (partial(_must_be_within, one) for one in register.asked if getattr(one, "most", None) is not None)
    all_of(*limits, register.check)(thing)


def _must_be_within(field: Field, thing: Any) -> None:
    must_be_within(field, getattr(thing, field.attname))


def _must_be_of_its_kind(register: Register, kind_field: str, thing: Any) -> None:
    kind = getattr(thing, kind_field)
    filled = (one for one in register.asked if getattr(thing, one.attname) not in (None, "", False))
    if strange := [one for one in filled if not register.has(one.name, kind)]:
        words = text_of(register.field(kind_field), kind)
        raise Problems([Problem("register.not_of_kind", label_of(one), kind=words) for one in strange])


def _must_be_sure(register: Register, things: Iterable[Any], is_sure: bool) -> None:
    doubts = [] if is_sure else [one for thing in things for one in register.doubts(thing)]
    if doubts:
        raise Doubtful(doubts)


def must_be_the_only_one(register: Register, thing: Any) -> None:
    """Raises Problem("register.possible_duplicate", found, key, known) where its book has another of the same key.

    found: that one in words; key: the names of the fields that tell things apart; known: its id.
    """
    if register.key:
        key = {register.field(name).attname: getattr(thing, register.field(name).attname) for name in register.key}
        same = register.model._default_manager.filter(owner=thing.owner, is_gone=False, **key).exclude(pk=thing.pk)
        if (known := same.first()) is not None:
            names = dict.fromkeys((register.title, *register.key))
            found = " · ".join(words for name in names if (words := register.words_at(known, name)))
            labels = [label_of(register.field(name)) for name in register.key]
            raise Problem("register.possible_duplicate", found=found, key=labels, known=str(known.pk))


def _owner(register: Register, who: Reader, thing: Any) -> str:
    parent = getattr(thing, register.parent) if register.parent else None
    return parent.owner if parent is not None else who.home


def _columns(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """A thing that is pointed at may be given itself, or by its id."""
    return {name if isinstance(value, Model) else register.field(name).attname: value for name, value in values.items()}


def change(
    register: Register,
    who: Reader,
    thing_id: UUID,
    values: Mapping[str, Any],
    *,
    reason: str,
    seen: int | None = None,
    is_sure: bool = True,
) -> Any:
    """Changes fields of a thing; nothing is written where they say so already.

    seen: the version its writer looked at. Raises Problem("register.changed_meanwhile") when it is another one now,
    "register.reason_missing", "register.no_such_thing"; Doubtful unless its writer is sure.
    """
    return change_many(register, who, [thing_id], values, reason=reason, seen=seen, is_sure=is_sure)[0]


def change_many(
    register: Register,
    who: Reader,
    ids: Sequence[UUID],
    values: Mapping[str, Any],
    *,
    reason: str,
    seen: int | None = None,
    is_sure: bool = True,
) -> list[Any]:
    """Sets the same values on several things, all or none. Raises Problems, each with the thing's name in `where`."""
    _must_say_why(reason)
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        things = [_changed(register, who, thing_id, values, seen) for thing_id in ids]
        _check_all(register, things)
        _must_be_sure(register, things, is_sure)
        write(batch, register, things)
    return things


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise Problem("register.reason_missing")


def _changed(register: Register, who: Reader, thing_id: UUID, values: Mapping[str, Any], seen: int | None) -> Any:
    thing = thing_of(register, who, thing_id)
    who.must("write", register.thing, thing.owner)
    if seen is not None and thing.version != seen:
        raise Problem("register.changed_meanwhile", found=register.named(thing))
    return with_values(register, thing, values)


def with_values(register: Register, thing: Any, values: Mapping[str, Any]) -> Any:
    """A copy of a thing with other values; nothing is stored or checked."""
    changed = copy(thing)
    changed.before = thing
    for name, value in _columns(register, values).items():
        setattr(changed, name, value)
    return changed


def _check_all(register: Register, things: Iterable[Any]) -> None:
    found: list[Problem] = []
    for thing in things:
        try:
            must_be_the_only_one(register, thing)
            must_hold(register, thing)
        except Problem as problem:
            found.append(problem)
        except Problems as problems:
            found += problems.problems
    if found:
        raise Problems(found) if len(found) > 1 else found[0]


def remove(register: Register, who: Reader, thing_id: UUID, *, reason: str) -> None:
    """Takes a thing out of the register; its versions stay. Raises as `change`."""
    _must_say_why(reason)
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        thing = _changed(register, who, thing_id, {}, None)
        thing.is_gone = True
        write(batch, register, [thing])


def bring_back(register: Register, who: Reader, thing_id: UUID, *, reason: str) -> None:
    """Puts a removed thing back as it was. Raises Problem("register.possible_duplicate") where another took its key."""
    _must_say_why(reason)
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        thing = visible(register, who, gone=True).filter(pk=thing_id).first()
        if thing is None:
            raise Problem("register.no_such_thing")
        who.must("write", register.thing, thing.owner)
        must_be_the_only_one(register, thing)
        thing.is_gone = False
        write(batch, register, [thing])


def write(batch: OpenBatch, register: Register, things: Sequence[Any]) -> int:
    """Stores new and changed things with their versions in an open batch, and what follows; how many it stored.

    The caller has checked them and their writer. Things that are as they were are left alone.
    """
    before = register.model._default_manager.in_bulk([one.pk for one in things if one.version])
    changed = [thing for thing in things if _differs(register, thing, before.get(thing.pk))]
    _forget(batch, {one.pk for one in changed if one.pk in before and before[one.pk].version == batch.sequence})
    for thing in changed:
        batch.add(_version(batch, register, thing))
        thing.version = batch.sequence
    store([one for one in changed if one.pk not in before])
    store([one for one in changed if one.pk in before], known=True)
    search.keep_found(register, changed, before.keys() & {one.pk for one in changed})
    register.follow(batch, changed)
    return len(changed)


def seal_anew(batch: OpenBatch, register: Register, things: Sequence[Any]) -> None:
    """A new version of things as they are, where something else follows from them than did when they were sealed."""
    for thing in things:
        batch.add(_version(batch, register, thing))
        thing.version = batch.sequence
    store(things, known=True)
    register.follow(batch, things)


def _forget(batch: OpenBatch, things: set[Any]) -> None:
    """Drops what the batch says so far of things that it changes once more: of one thing it seals one version."""
    if things:
        batch.rows[:] = [row for row in batch.rows if not (isinstance(row, Version) and row.thing in things)]


def _differs(register: Register, thing: Any, before: Any) -> bool:
    if before is None or (before.is_gone, before.owner) != (thing.is_gone, thing.owner):
        return True
    return register.values(before) != register.values(thing)


def hand_over(batch: OpenBatch, register: Register, things: Sequence[Any], owner: str) -> None:
    """Puts things, with all that belongs to them, into the book of another authority: queries by register, not thing.

    What follows from them follows anew, for movements tell whose book they are in.
    """
    for thing in things:
        thing.owner = owner
    write(batch, register, things)
    for child, parent in children_of(register):
        name = child.goes_with or parent
        rows = child.model._default_manager.select_related(parent, name).exclude(owner=owner)
        for some in in_parts(things, HANDED_AT_ONCE):
            belonging = list(rows.filter(**{f"{name}__in": [one.pk for one in some]}))
            if belonging:
                hand_over(batch, child, belonging, owner)


def _version(batch: OpenBatch, register: Register, thing: Any) -> Version:
    values = {name: kept(value) for name, value in register.values(thing).items()}
    for name in register.personal:
        values[name] = batch.keep_words(str(values[name] or ""))
    data = "" if thing.is_gone else canonical(values).decode()
    return Version(id=uuid4(), register=register.code, thing=thing.pk, owner=thing.owner, data=data)
