"""The registers that move indicators: what higher areas tell the ledger of themselves when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from sokhu.core.movement import Moved
from sokhu.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Gap:
    """Things of which a register says nothing. words: "khu chưa có dự án"; url: their list."""

    words: str
    count: int
    of: int
    url: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a register that is told quarter by quarter: a quarter is complete where everybody told it who was due.

    told: what each of these moves by one on the last day of the quarter, no indicator; due: the indicator that counts
    how many there are.
    """

    told: str
    due: str


def no_gaps(_authority: str) -> list[Gap]:
    return []


@dataclass(frozen=True, slots=True)
class MovingRegister:
    """A register whose things move indicators.

    name: to be translated when it is shown. indicators: codes of flows and stocks, each moved by this register only.
    page: the address of a thing's page; titles: what things are called. moved: every thing's movements, made again from
    the things themselves, for `sokhu verify`. of_all: those that an economic zone tells for all of itself, its area
    for one, so that those of the parks in it are not added. gaps: what of an authority's book would read as zero once
    the register is declared complete. tally: of one that is told quarter by quarter. undivided: those whose things say
    nothing by country and sector, though the indicator has them: whence foreign workers come, for one. of: the register
    whose things they are, where it is another one: what reports say moves with their project. may_fall: what may come
    to less once all is entered, so that no "at least" can be said of it.
    """

    code: str
    name: str | Promise
    indicators: tuple[str, ...]
    page: Callable[[UUID], str]
    titles: Callable[[Iterable[UUID]], dict[UUID, str]]
    moved: Callable[[], Iterable[tuple[UUID, Moved]]]
    of_all: frozenset[str] = frozenset()
    gaps: Callable[[str], list[Gap]] = no_gaps
    tally: Tally | None = None
    undivided: frozenset[str] = frozenset()
    may_fall: frozenset[str] = frozenset()
    of: str = ""

    @property
    def things(self) -> str:
        """The code of the register whose things they are."""
        return self.of or self.code

    @property
    def codes(self) -> frozenset[str]:
        """All that its movements may be of."""
        return frozenset((*self.indicators, self.tally.told) if self.tally else self.indicators)


_registers: dict[str, MovingRegister] = {}


def add_register(register: MovingRegister) -> None:
    """Called once by the area that keeps it. Two registers that move one indicator would be counted twice."""
    others = [one for one in _registers.values() if one.code != register.code]
    assert not set(register.indicators) & {code for one in others for code in one.indicators}, register.code
    _registers[register.code] = register


def registers() -> tuple[MovingRegister, ...]:
    return tuple(_registers.values())


def codes_of(register: str) -> frozenset[str]:
    """What a register moves; nothing for one that the program does not have."""
    return _registers[register].codes if register in _registers else frozenset()


def tallies() -> dict[str, Tally]:
    """By register, of those that are told quarter by quarter."""
    return {one.code: one.tally for one in registers() if one.tally}


def register_of(code: str) -> MovingRegister:
    """Raises Problem("completeness.no_such_register", found)."""
    if code not in _registers:
        raise Problem("completeness.no_such_register", found=code)
    return _registers[code]


def page_of(register: str, thing: UUID) -> str:
    """The address of a registered thing's page; "" where its area is not installed."""
    return _registers[register].page(thing) if register in _registers else ""
