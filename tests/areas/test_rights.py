"""Role by scope by class by action: every cell of the table of rights, held against the real queries and actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from areas.rights_world import MATE, OLD, OWNERS, PEOPLE, Kept, everything, mine_as, person, relations, runs
from factories import HAI_PHONG, TODAY
from register_samples import a_thing
from sokhu.areas.accounts.models import Grant
from sokhu.areas.territory.queries import reach_for, reach_of
from sokhu.areas.territory.readers import readers_of
from sokhu.areas.zones.registry import LEASES
from sokhu.core.rights import ACTIONS, RIGHTS, ROLES, THINGS, scopes_of
from sokhu.kit.registers.queries import visible


@pytest.fixture(scope="module")
def world(catalogue: None, django_db_blocker: Any) -> Iterator[list[Kept]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield everything()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _files_are_not_laid_out() -> Iterator[None]:
    with patch("sokhu.areas.publications.actions._kept_file", return_value="0" * 64):
        yield


def granted(role: str, authority: str, one: Kept, action: str) -> bool:
    """What the table says of a cell, by the relations that the small book writes out."""
    return bool(relations(authority, one.owner, one.to) & set(scopes_of(role, one.thing, action)))


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "authority"), PEOPLE)
def test_a_query_returns_a_row_exactly_where_the_table_lets_it_be_read(
    world: list[Kept], role: str, authority: str
) -> None:
    mine = mine_as(role, authority)
    wrong = [one.name for one in world if one.seen(mine) != granted(role, authority, one, "read")]
    assert not wrong


@pytest.mark.parametrize("action", ["write", "issue", "declare"])
@pytest.mark.parametrize(("role", "authority"), PEOPLE)
def test_an_action_runs_exactly_where_the_table_lets_it(
    world: list[Kept], role: str, authority: str, action: str
) -> None:
    mine = mine_as(role, authority)
    doing = [(one, act) for one in world if (act := getattr(one, action))]
    assert doing
    wrong = [one.name for one, act in doing if runs(lambda act=act: act(mine)) != granted(role, authority, one, action)]
    assert not wrong


@pytest.mark.parametrize(("role", "authority"), PEOPLE)
def test_one_thing_is_answered_as_its_query_is(world: list[Kept], role: str, authority: str) -> None:
    mine = mine_as(role, authority)
    for one in world:
        for action in ACTIONS:
            to = [one.to] if one.to else []
            assert mine.may(action, one.thing, one.owner, to=to) == granted(role, authority, one, action), one.name


@pytest.mark.parametrize(("role", "authority"), PEOPLE)
def test_who_may_see_this_names_exactly_those_who_see_it(world: list[Kept], role: str, authority: str) -> None:
    mine = mine_as(role, authority)
    for one in world:
        readers = readers_of(one.thing, one.owner, to=[one.to] if one.to else [])
        named = any(who.scope == "everyone" or (authority in who.authorities and role in who.roles) for who in readers)
        assert named == one.seen(mine), (one.name, readers)


ZONE = "zone/kcn-dinh-vu"


@pytest.mark.parametrize(
    ("role", "owner", "about", "reads"),
    [
        ("developer", HAI_PHONG, (ZONE,), True),
        ("developer", OLD, (ZONE, "0101234567"), True),  # by succession, and a lease of the zone is about both
        ("developer", HAI_PHONG, ("zone/kcn-do-son",), False),
        ("developer", HAI_PHONG, (), False),
        ("developer", MATE, (ZONE,), False),  # a role given by one board opens nothing in another's book
        ("enterprise", HAI_PHONG, (ZONE,), True),
        ("administrator", HAI_PHONG, (ZONE,), False),
    ],
)
def test_a_role_with_a_subject_reads_the_records_about_it_in_the_book_of_its_authority(
    role: str, owner: str, about: tuple[str, ...], reads: bool
) -> None:
    user = person("", "")
    Grant.objects.create(user=user, role=role, authority=HAI_PHONG, subject=ZONE, starts=TODAY)
    mine = reach_of(user, TODAY)
    assert mine.may("read", "register_record", owner, about=about) == reads
    assert not mine.may("write", "register_record", owner, about=about)
    named = any(one.subject == ZONE for one in readers_of("register_record", owner, about=about))
    assert named == (ZONE in about)


@pytest.mark.parametrize("role", ["developer", "enterprise"])
def test_a_subject_opens_the_real_records_about_it_and_no_other(world: list[Kept], role: str) -> None:
    mine = reach_for(HAI_PHONG, TODAY)
    own, other = a_thing(LEASES, mine), a_thing(LEASES, mine, lessee_code="0101234567")
    subject = own.zone.place if role == "developer" else other.lessee_code
    user = person("", "")
    Grant.objects.create(user=user, role=role, authority=HAI_PHONG, subject=subject, starts=TODAY)
    seen = set(visible(LEASES, reach_of(user, TODAY)))
    expected = {one for one in visible(LEASES, mine) if subject in (one.zone.place, one.lessee_code)}
    assert seen == expected
    assert (own if role == "developer" else other) in seen


def test_every_role_is_somebody_of_the_small_book_and_every_owner_has_every_kind(world: list[Kept]) -> None:
    assert {role for role, _ in PEOPLE} == {*ROLES, ""}
    kinds = {one.thing for one in world}
    assert {(one.thing, one.owner) for one in world} == {(kind, owner) for kind in kinds for owner in OWNERS}


def test_nobody_writes_issues_declares_or_administers_as_everyone() -> None:
    assert {one.action for one in RIGHTS if "everyone" in one.scopes} == {"read"}


def test_who_writes_a_thing_reads_it() -> None:
    for thing in THINGS:
        for role in ROLES:
            for action in ACTIONS:
                read = set(scopes_of(role, thing, "read"))
                assert "everyone" in read or set(scopes_of(role, thing, action)) <= read, (role, thing, action)


def test_an_auditor_writes_nothing_at_all() -> None:
    assert not [thing for thing in THINGS for action in ACTIONS[1:] if scopes_of("auditor", thing, action)]


def test_an_auditor_of_a_board_reads_what_its_officer_reads(world: list[Kept]) -> None:
    officer, auditor = mine_as("officer", HAI_PHONG), mine_as("auditor", HAI_PHONG)
    seen = [one.name for one in world if one.seen(auditor)]
    assert seen == [one.name for one in world if one.seen(officer)]
    assert "proposed_figure of board/hai-phong-2025" in seen
