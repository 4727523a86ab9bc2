"""Two registers for tests, in place of those that areas keep: certificates move capital and projects, leases land."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch
from uuid import UUID, uuid4

from sokhu.areas.ledger import registers
from sokhu.areas.ledger.models import Completeness
from sokhu.areas.ledger.movements import restate
from sokhu.areas.ledger.registers import MovingRegister, Tally
from sokhu.core.movement import Moved
from sokhu.core.quarter import last_day, quarter_of
from sokhu.kit.sealing.actions import sealed_batch

CERTIFICATES = ("projects_new", "capital_new", "capital_added", "projects_valid", "capital_registered_total")
LEASES = ("land_leased", "industrial_land_area")
NOMURA, DO_SON, DAI_AN = "zone/kcn-nomura-hai-phong", "zone/kcn-do-son", "zone/kcn-dai-an"
EPOCH = date(2000, 1, 1)


def a_register(code: str, name: str, indicators: tuple[str, ...], tally: Tally | None = None) -> MovingRegister:
    return MovingRegister(
        code,
        name,
        indicators,
        page=lambda thing: f"/thing/{thing}/",
        titles=lambda things: {thing: f"Dự án {str(thing)[:4]}" for thing in things},
        moved=lambda: (),
        tally=tally,
    )


REPORTS = a_register("reports", "Báo cáo", ("revenue", "jobs_domestic"), Tally("told", "projects_valid"))


@contextmanager
def two_registers(*also: MovingRegister) -> Iterator[None]:
    """The program with these two registers only, and what else is asked for."""
    with patch.object(registers, "_registers", {}):
        for one in (a_register("projects", "Dự án", CERTIFICATES), a_register("leases", "Thuê đất", LEASES), *also):
            registers.add_register(one)
        yield


def moved(
    indicator: str,
    place: str,
    day: date,
    amount: int,
    ownership: str = "FDI",
    currency: str = "",
    owner: str = "board/hai-phong-2025",
) -> Moved:
    """One movement, of whole units (money: of millions)."""
    return Moved(indicator, place, owner, day, amount * 10**6, uuid4(), ownership, currency=currency)


def certificate(place: str, day: date, millions: int, ownership: str = "FDI", currency: str = "USD") -> list[Moved]:
    """A new project: what it moves."""
    return [
        moved("projects_new", place, day, 1, ownership),
        moved("projects_valid", place, day, 1, ownership),
        moved("capital_new", place, day, millions, ownership, currency),
        moved("capital_registered_total", place, day, millions, ownership, currency),
    ]


def a_report(place: str, day: date, millions: int, people: int) -> list[Moved]:
    """What is told of the quarter of a day, by one that is due: what it moves."""
    quarter = quarter_of(day)
    return [
        moved("told", place, last_day(quarter), 1),
        moved("revenue", place, last_day(quarter), millions, currency="USD"),
        moved("jobs_domestic", place, last_day(quarter), people),
        moved("jobs_domestic", place, last_day(quarter + 1), -people),
    ]


def state(movements: Mapping[UUID, Sequence[Moved]], register: str = "projects", *also: Completeness) -> int:
    """Restates things in a batch of its own; returns its number. also: sealed with it, where nothing else is."""
    with sealed_batch("register", author=None) as batch:
        restate(batch.sequence, register, movements)
        for row in also or [Completeness(id=uuid4(), authority="board/test", register="test", starts=None)]:
            batch.add(row)
    return batch.sequence


def declare(authorities: Iterable[str], register: str = "projects", starts: date | None = EPOCH) -> int:
    with sealed_batch("complete", author=None) as batch:
        for authority in authorities:
            batch.add(Completeness(id=uuid4(), authority=authority, register=register, starts=starts))
    return batch.sequence
