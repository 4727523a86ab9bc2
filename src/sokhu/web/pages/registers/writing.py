"""Who may enter things of a register: what pages offer, and what they say to whoever may not."""

from __future__ import annotations

from sokhu.areas.territory.queries import COUNTRY, Reach
from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Register, register_of
from sokhu.kit.registers.queries import writes_in


def must_write_in(register: Register, mine: Reach) -> None:
    """Raises Problem("access.no_authority"); "access.reads_only" or "access.not_your_authority" to who has a role."""
    if writes_in(register, mine):
        return
    if not mine.held:
        raise Problem("access.no_authority")
    if register.is_common:
        raise Problem("access.not_your_authority", owner=COUNTRY)
    raise Problem("access.reads_only", owner=mine.home)


def may_begin(register: Register, mine: Reach) -> bool:
    """Whether to offer somebody a new thing of a register.

    What belongs to another thing is in its book: a board begins both, the ministry has things to add to or has not.
    """
    if not writes_in(register, mine):
        return False
    if not register.parent or mine.home.startswith("board/") or mine.is_system:
        return True
    parent = register.field(register.parent).related_model
    assert isinstance(parent, type)
    return register_of(parent).model._default_manager.filter(owner__in=mine.own, is_gone=False).exists()
