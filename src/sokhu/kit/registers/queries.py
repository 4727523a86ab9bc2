"""Things of a register that a reader may see."""

from __future__ import annotations

from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Reader, Register
from sokhu.kit.scope import allowed


def visible(register: Register, who: Reader, *, gone: bool = False) -> QuerySet[Any]:
    """The things a reader may see, by the table of rights (`core/rights.py`: open_record, register_record).

    gone: those that were removed instead.
    """
    rows: QuerySet[Any] = register.model._default_manager.filter(is_gone=gone)
    return rows.filter(allowed(who, "read", register.thing, about=register.about))


def thing_of(register: Register, who: Reader, thing_id: UUID) -> Any:
    """One thing. Raises Problem("register.no_such_thing") also where it is not the reader's to see."""
    thing = visible(register, who).filter(pk=thing_id).first()
    if thing is None:
        raise Problem("register.no_such_thing")
    return thing


def writes_in(register: Register, who: Reader) -> bool:
    """Whether somebody writes things of a register at all, for whichever authority."""
    covered = who.covered("write", register.thing)
    return covered.everything or bool(covered.owners)


def hidden_from(register: Register, who: Reader, thing: Any) -> frozenset[str]:
    """The fields with a person's data that a reader of the record may not read; the title names it and stays."""
    fields = register.personal - {register.title}
    may = not fields or who.covered("read", "personal_data").holds(thing.owner, about=subjects_of(register, thing))
    return frozenset() if may else fields


def as_read(register: Register, who: Reader, thing: Any) -> Any:
    """The thing, to be shown and not to be stored, without what is hidden from its reader."""
    for name in hidden_from(register, who, thing):
        setattr(thing, name, "")
    return thing


def subjects_of(register: Register, thing: Any) -> list[str]:
    """What a role can be about whose holder reads this thing: its zone's place id, its enterprise's code."""
    found = [reduce(lambda one, name: getattr(one, name, None), way.split("__"), thing) for way in register.about]
    return [str(one) for one in found if one]


def belonging_to(register: Register, who: Reader, parent_id: UUID, parent: str = "") -> QuerySet[Any]:
    """The things of a register that belong to a thing of another, or point at it by the field `parent`."""
    return (
        visible(register, who)
        .filter(**{register.field(parent or register.parent).attname: parent_id})
        .order_by(*register.order, "pk")
    )
