"""Merging two entries of one firm, and taking that back: each one sealed batch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sokhu.areas.projects.models import Enterprise, Investor, TwoFirms
from sokhu.areas.projects.registry import ENTERPRISES, INVESTORS, PROJECT_ENTERPRISES, PROJECT_INVESTORS
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import KIND, write
from sokhu.kit.registers.declaration import Reader, Register
from sokhu.kit.registers.history import values_at
from sokhu.kit.registers.models import Version
from sokhu.kit.registers.queries import thing_of
from sokhu.kit.sealing.actions import sealed_batch

# A register of firms and persons, and the roles in which its things are joined to projects.
ROLES: dict[str, tuple[Register, str]] = {
    ENTERPRISES.code: (PROJECT_ENTERPRISES, "enterprise"),
    INVESTORS.code: (PROJECT_INVESTORS, "investor"),
}


def merge(register: Register, who: Reader, keep_id: UUID, other_id: UUID, *, reason: str) -> Any:
    """One thing takes over the roles of another and what it lacks; the other leaves the register. Returns the kept one.

    Raises Problem("projects.merge_with_itself"), "register.reason_missing", what `thing_of` and the rights raise.
    """
    _must_say_why(reason)
    if keep_id == other_id:
        raise Problem("projects.merge_with_itself")
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        keep, other = thing_of(register, who, keep_id), thing_of(register, who, other_id)
        for thing in (keep, other):
            who.must("write", register.thing, thing.owner)
        roles, name = ROLES[register.code]
        taken_over = _taken_over(roles, name, keep, other)
        _fill(register, keep, other)
        other.merged_into, other.is_gone = keep, True
        write(batch, roles, taken_over)
        write(batch, register, [keep, other])
    return keep


def tell_apart(register: Register, who: Reader, one_id: UUID, other_id: UUID) -> None:
    """Keeps that two things are two, so that they are no longer offered as one. Said twice, it changes nothing.

    Raises Problem("projects.merge_with_itself"), what `thing_of` and the rights raise.
    """
    pair = _both(register, who, one_id, other_id)
    TwoFirms.objects.get_or_create(**pair, defaults={"author": who.author, "at": datetime.now(UTC)})


def offer_again(register: Register, who: Reader, one_id: UUID, other_id: UUID) -> None:
    """Takes back what `tell_apart` kept. Raises as that."""
    TwoFirms.objects.filter(**_both(register, who, one_id, other_id)).delete()


def _both(register: Register, who: Reader, one_id: UUID, other_id: UUID) -> dict[str, UUID]:
    if one_id == other_id:
        raise Problem("projects.merge_with_itself")
    for thing in (thing_of(register, who, one_id), thing_of(register, who, other_id)):
        who.must("write", register.thing, thing.owner)
    one, other = sorted((one_id, other_id))
    return {"one": one, "other": other}


def _taken_over(roles: Register, name: str, keep: Any, other: Any) -> list[Any]:
    """The other's roles; one that the kept thing has already in the same project from the same day leaves."""
    rows: QuerySet[Any] = roles.model._default_manager.filter(is_gone=False)
    held = {(role.project_id, role.starts) for role in rows.filter(**{name: keep})}
    found = list(rows.filter(**{name: other}))
    for role in found:
        setattr(role, name, keep)
        role.is_gone = (role.project_id, role.starts) in held
    return found


def _fill(register: Register, keep: Any, other: Any) -> None:
    for field in register.asked:
        if getattr(keep, field.attname) in (None, "") and getattr(other, field.attname) not in (None, ""):
            setattr(keep, field.attname, getattr(other, field.attname))


def unmerge(register: Register, who: Reader, other_id: UUID, *, reason: str) -> Any:
    """Takes a merger back: the thing, its roles and what was filled in are as they were. Returns the thing.

    What was changed after the merger stays so. Raises Problem("projects.not_merged"), "register.reason_missing".
    """
    _must_say_why(reason)
    with sealed_batch(KIND, author=who.author, reason=reason) as batch:
        model: type[Enterprise] | type[Investor] = register.model  # type: ignore[assignment]
        other = model._default_manager.filter(pk=other_id, is_gone=True).select_related("merged_into").first()
        if other is None or other.merged_into is None:
            raise Problem("projects.not_merged")
        keep, merged = other.merged_into, other.version
        who.must("write", register.thing, other.owner)
        roles, name = ROLES[register.code]
        given_back = _given_back(roles, name, other, merged)
        _empty(register, keep, other, merged)
        other.merged_into, other.is_gone = None, False
        write(batch, roles, given_back)
        write(batch, register, [keep, other])
    return other


def _given_back(roles: Register, name: str, other: Any, merged: int) -> list[Any]:
    """The roles that the merger took over and nobody changed since."""
    ids = Version.objects.filter(register=roles.code, batch=merged).values_list("thing", flat=True)
    found = list(roles.model._default_manager.filter(pk__in=list(ids), version=merged))
    for role in found:
        setattr(role, name, other)
        role.is_gone = False
    return found


def _empty(register: Register, keep: Any, other: Any, merged: int) -> None:
    """Takes out what the merger filled in, where it still says so."""
    before = values_at(register, keep.pk, merged - 1) or {}
    for field in register.asked:
        was_empty = before.get(field.name) in (None, "")
        if was_empty and getattr(keep, field.attname) == getattr(other, field.attname):
            setattr(keep, field.attname, None if field.null else "")


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise Problem("register.reason_missing")
