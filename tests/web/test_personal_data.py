"""A person's data in a record are read in the book they are in, by the enterprise itself, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from register_samples import a_thing
from sokhu.areas.accounts.models import Grant, User
from sokhu.areas.projects.registry import ENTERPRISES
from sokhu.areas.territory.queries import reach_of
from sokhu.kit.registers.actions import change
from sokhu.kit.registers.declaration import Register, registers
from sokhu.kit.registers.queries import as_read, visible
from web.conftest import Login
from web.steps import MINISTRY, OFFICER, said

pytestmark = pytest.mark.usefixtures("book")
TODAY, BOARD = date(2026, 11, 23), "board/hai-phong-2025"
PERSON, CODE = "Phạm Thị Riêng", "0109876543"


@pytest.fixture
def enterprise(book: None) -> object:
    """An enterprise whose representative was named, and corrected once."""
    mine = reach_of(User.objects.get(username=OFFICER), TODAY)
    made = a_thing(ENTERPRISES, mine, tax_code=CODE, representative=f"{PERSON} A", phone="0900000000")
    change(ENTERPRISES, mine, made.pk, {"representative": PERSON}, reason="ghi đúng tên")
    return made


def told_to(client: Client, enterprise: object) -> str:
    """Everything that the pages, the list, the export and the JSON of an enterprise say."""
    here = [ENTERPRISES.code, enterprise.pk]  # type: ignore[attr-defined]
    pages = [reverse("thing", args=here), reverse("thing_json", args=here)]
    pages += [reverse(name, args=here[:1]) for name in ("register", "register_csv")]
    return "".join(said(client.get(page)) for page in pages)


def test_the_board_and_its_auditor_read_it_and_the_ministry_does_not(logged_in: Login, enterprise: object) -> None:
    for who, reads in ((OFFICER, True), ("kiemtra.haiphong", True), (MINISTRY, False)):
        told = told_to(logged_in(who), enterprise)
        assert CODE in told, who
        assert (PERSON in told) == reads, who
        assert ("0900000000" in told) == reads, who


def test_an_enterprise_reads_its_own_and_no_other(logged_in: Login, enterprise: object) -> None:
    user = User.objects.create(username="dn", is_demo=True)
    Grant.objects.create(user=user, role="enterprise", authority=BOARD, subject=CODE, starts=date(2020, 1, 1))
    assert PERSON in told_to(logged_in("dn"), enterprise)
    user.grants.update(subject="0100000000")
    other = logged_in("dn")
    assert other.get(reverse("thing", args=[ENTERPRISES.code, enterprise.pk])).status_code == 404  # type: ignore[attr-defined]
    assert PERSON not in said(other.get(reverse("register", args=[ENTERPRISES.code])))


def test_a_record_says_who_may_see_it(logged_in: Login, enterprise: object) -> None:
    address = reverse("thing", args=[ENTERPRISES.code, enterprise.pk])  # type: ignore[attr-defined]
    told = said(logged_in(OFFICER).get(address)).split("Ai được xem?")[1]
    assert "Cơ quan trung ương" in told
    assert "Doanh nghiệp" in told
    assert "Khối trưởng" not in told


WITH_PERSONS = [one for one in registers() if one.personal - {one.title}]


@pytest.mark.parametrize("register", WITH_PERSONS, ids=lambda one: one.code)
def test_no_register_shows_a_persons_data_outside_its_book(register: Register, book: None) -> None:
    mine = reach_of(User.objects.get(username=OFFICER), TODAY)
    a_thing(register, mine, **dict.fromkeys(register.personal - {register.title}, "x"))
    ministry = reach_of(User.objects.get(username=MINISTRY), TODAY)
    for name in register.personal - {register.title}:
        assert {getattr(as_read(register, ministry, one), name) for one in visible(register, ministry)} == {""}
        assert "x" in {getattr(as_read(register, mine, one), name) for one in visible(register, mine)}
