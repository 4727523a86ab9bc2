"""Movements follow the things that make them: what no longer holds ends, what holds is left alone, moments stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import HAI_PHONG
from registers import state
from sokhu.areas.ledger import registers
from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.movements import moved_by, restate, standing
from sokhu.areas.ledger.movements_checked import Stray, movements_checked
from sokhu.areas.ledger.registers import MovingRegister
from sokhu.core.movement import Moved
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.django_db
THING, OTHER = uuid4(), uuid4()
NEW = Moved("capital_new", "zone/nomura", HAI_PHONG, date(2024, 3, 5), 40_000_000, uuid4(), "FDI", currency="USD")
ADDED = replace(NEW, indicator="capital_added", day=date(2025, 2, 1), amount=5_000_000, source=uuid4())


def stands(thing: UUID = THING, at: int | None = None) -> list[Moved]:
    return moved_by("projects", thing, at)


def test_a_things_movements_are_those_last_stated() -> None:
    assert restate(1, "projects", {THING: [ADDED, NEW]}) == 2
    assert stands() == [NEW, ADDED]
    late = replace(NEW, day=date(2024, 4, 2))
    assert restate(2, "projects", {THING: [late, ADDED]}) == 2
    assert stands() == [late, ADDED]


def test_what_holds_already_is_left_alone() -> None:
    restate(1, "projects", {THING: [NEW, ADDED]})
    before = set(Movement.objects.values_list("pk", "since", "until"))
    assert restate(2, "projects", {THING: [ADDED, NEW]}) == 0
    assert set(Movement.objects.values_list("pk", "since", "until")) == before


def test_a_past_moment_has_the_movements_of_then() -> None:
    restate(1, "projects", {THING: [NEW]})
    restate(3, "projects", {THING: [ADDED]})
    restate(5, "projects", {THING: []})
    assert [stands(at=moment) for moment in range(6)] == [[], [NEW], [NEW], [ADDED], [ADDED], []]
    assert not standing().exists()


def test_two_equal_movements_of_a_thing_are_two() -> None:
    restate(1, "projects", {THING: [NEW, NEW]})
    assert stands() == [NEW, NEW]
    assert restate(2, "projects", {THING: [NEW]}) == 1
    assert stands() == [NEW]


def test_other_things_and_other_registers_are_not_touched() -> None:
    restate(1, "projects", {THING: [NEW], OTHER: [NEW]})
    restate(1, "another", {THING: [ADDED]})
    restate(2, "projects", {THING: []})
    assert (stands(), stands(OTHER), moved_by("another", THING)) == ([], [NEW], [ADDED])


def many(count: int, things: int) -> dict[UUID, list[Moved]]:
    moved: dict[UUID, list[Moved]] = {uuid4(): [] for _ in range(things)}
    each: Iterable[list[Moved]] = moved.values()
    for number, own in enumerate([*each] * (count // things)):
        own.append(replace(NEW, amount=number, day=date(2016 + number % 10, 1, 1)))
    return moved


def test_many_movements_are_stated_in_a_few_statements() -> None:
    moved = many(20_000, 5_000)
    restate(1, "projects", moved)
    changed = {thing: [replace(own[0], amount=-1), *own[1:]] for thing, own in moved.items()}
    with CaptureQueriesContext(connection) as asked:
        assert restate(2, "projects", changed) == 10_000
    verbs = [query["sql"].split()[0] for query in asked]
    assert [verb for verb in verbs if verb in ("SELECT", "UPDATE")] == ["SELECT", "UPDATE"]


def test_movements_that_no_entry_made_and_those_a_register_does_not_come_to_are_named(book: None) -> None:
    made = {THING: [NEW], OTHER: [NEW, ADDED]}
    kept = MovingRegister(
        "projects", "Dự án", ("capital_new", "capital_added"),
        page=str, titles=lambda _things: {}, moved=lambda: [(thing, one) for thing in made for one in made[thing]],
    )  # fmt: skip
    with patch.object(registers, "_registers", {"projects": kept}):
        state(made)
        assert list(movements_checked()) == []
        Movement.objects.filter(thing=THING).update(amount=1)
        assert list(movements_checked()) == [Stray("completeness.movements_differ", "projects", THING, 2)]
        Movement.objects.filter(thing=THING).update(amount=NEW.amount, since=10**6)
        assert list(movements_checked()) == [Stray("completeness.movement_without_batch", "projects", THING, 1)]
        restate(head()[0], "leases", {THING: [NEW]})
        assert Stray("completeness.unknown_register", "leases", THING, 1) in list(movements_checked())
