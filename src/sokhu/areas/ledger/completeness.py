"""Declaring registers complete: until a board does, what its register comes to is no figure but an "at least"."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.utils import timezone

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger.models import Completeness
from sokhu.areas.ledger.registers import Gap, register_of
from sokhu.areas.territory.queries import Reach, known_place
from sokhu.core.keeping import complete_days
from sokhu.core.problems import Problem
from sokhu.kit.sealing.actions import sealed_batch


def declare_complete(reach: Reach, authority: str, register: str, starts: date, reason: str) -> None:
    """Says for an authority that a register of its zones is complete from a day on. Said twice, it changes nothing.

    Raises as `must_be_declarable`.
    """
    must_be_declarable(reach, authority, register, starts, reason)
    _say(reach, authority, register, starts, reason)


def must_be_declarable(reach: Reach, authority: str, register: str, starts: date, reason: str) -> None:
    """Raises Problem("completeness.no_such_register"), "territory.no_such_place", "completeness.not_yet",
    "ledger.reason_missing" and those of `Reach.must`.
    """
    if starts > timezone.localdate():
        raise Problem("completeness.not_yet", found=starts)
    _must_be_sayable(reach, authority, register, reason)


def withdraw_complete(reach: Reach, authority: str, register: str, reason: str) -> None:
    """Takes the word back; figures that followed from it leave every answer. Taken back twice, it changes nothing."""
    _say(reach, authority, register, None, reason)


def _must_be_sayable(reach: Reach, authority: str, register: str, reason: str) -> None:
    reach.must("declare", "register_record", known_place(authority))
    register_of(register)
    if not reason.strip():
        raise Problem("ledger.reason_missing")


def _say(reach: Reach, authority: str, register: str, starts: date | None, reason: str) -> None:
    _must_be_sayable(reach, authority, register, reason)
    with sealed_batch("complete", author=reach.author, reason=reason) as batch:
        if declared(register).get(authority) != starts:
            batch.add(Completeness(id=uuid4(), authority=authority, register=register, starts=starts))


def declared_all(at: int | None = None) -> dict[str, dict[str, date]]:
    """By register and authority, from which day on it is declared complete, as known right after a batch."""
    rows = Completeness.objects.all() if at is None else Completeness.objects.filter(batch__lte=at)
    said = {
        (register, authority): starts
        for register, authority, starts in rows.order_by("batch_id").values_list("register", "authority", "starts")
    }
    found: dict[str, dict[str, date]] = {}
    for (register, authority), starts in said.items():
        if starts is not None:
            found.setdefault(register, {})[authority] = starts
    return found


def declared(register: str, at: int | None = None) -> dict[str, date]:
    return declared_all(at).get(register, {})


def spoken_for(authority: str, register: str, said: dict[str, dict[str, date]]) -> tuple[date | None, str]:
    """Since when an authority's register is declared complete, and by whom: by itself, else by who came after it."""
    declared_by = said.get(register, {})
    board = next((one for one in (authority, *_heirs(authority)) if one in declared_by), "")
    return declared_by.get(board), board


def gaps_of(authority: str, register: str) -> list[Gap]:
    """What would read as zero once the register is declared complete: of whoever has the authority's book today."""
    heirs = _heirs(authority)
    return [one for one in register_of(register).gaps(heirs[0] if heirs else authority) if one.count]


def _heirs(authority: str) -> tuple[str, ...]:
    return territory().successors(authority, timezone.localdate())


def complete_from(authority: str, register: str, day: date, at: int | None = None) -> date | None:
    """Since when the register of all zones that a board answers for on a day is complete; None where it is not.

    What its predecessors and successors declared counts for the zones that went from one to the other.
    """
    places, said = territory(at), declared(register, at)
    found = []
    for zone in places.members(authority, day, kind="zone"):
        spans = [span for span in complete_days(places, zone, said) if span.holds(day)]
        if not spans:
            return None
        found.append(spans[0].starts or date.min)
    return max(found, default=said.get(authority))
