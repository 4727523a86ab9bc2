"""Lists of registers where there are many things: what a search finds, and what a page is read from."""

from __future__ import annotations

import re

import pytest
from django.db import connection, models
from django.test import RequestFactory

from factories import reach
from sokhu.areas.projects.models import Enterprise
from sokhu.areas.projects.registry import ENTERPRISES
from sokhu.areas.territory.queries import SYSTEM
from sokhu.kit.paging import ByKey
from sokhu.kit.registers import search
from sokhu.kit.registers.actions import KIND, write
from sokhu.kit.registers.declaration import Register, registers
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.search import searched
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.web.pages.registers.lists import listed

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]


def enterprises(owner: str, *names: str, code: int = 9900012300) -> None:
    things = [
        Enterprise(owner=owner, name=name, form="limited", tax_code=str(code + at)) for at, name in enumerate(names)
    ]
    with sealed_batch(KIND, author=None, reason="thử") as batch:
        write(batch, ENTERPRISES, things)


def names_found(who: str, text: str) -> list[str]:
    found = searched(ENTERPRISES, visible(ENTERPRISES, reach(who)), text)
    return sorted(found.rows.values_list("name", flat=True))


@pytest.mark.parametrize("looked_up", [2, 100], ids=["of words that many have", "of rare words"])
def test_one_finds_ones_own_however_many_others_have_the_words(monkeypatch: pytest.MonkeyPatch, looked_up: int) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    monkeypatch.setattr(search, "MOST_LOOKED_UP", {connection.vendor: looked_up})
    enterprises(reach("an").home, *(f"Công ty Sao {at}" for at in range(6)))
    enterprises(reach("chi").home, "Công ty Sao Mai", "Xưởng Sao Hôm", code=9900099000)
    assert names_found("chi", "công ty sao") == ["Công ty Sao Mai"]
    assert names_found("chi", "sao") == ["Công ty Sao Mai", "Xưởng Sao Hôm"]
    everything = searched(ENTERPRISES, visible(ENTERPRISES, SYSTEM), "cong")
    assert everything.is_cut
    assert everything.rows.count() == 3


def test_a_slip_in_a_number_finds_the_number_and_two_slips_another_one() -> None:
    enterprises(reach("an").home, "Công ty Gió")
    for text in ("9900012030", "990001200", "99000123000", "9909012300"):
        assert names_found("an", text) == ["Công ty Gió"], text
    assert names_found("an", "9900012411") == []


def list_order(register: Register) -> models.Index | None:
    """The index that `kit.registers.models.list_order` made."""
    return next(
        (one for one in register.model._meta.indexes if (one.fields[0], one.fields[-1]) == ("is_gone", "id")), None
    )


@pytest.mark.parametrize("register", [one for one in registers() if list_order(one)], ids=lambda one: one.code)
def test_a_page_far_down_a_long_list_is_read_from_an_index_in_the_order_of_the_list(register: Register) -> None:
    order, index = [name for name in register.order if name != "pk"], list_order(register)
    assert index is not None
    assert index.fields == ["is_gone", *order, "id"]
    rows = listed(register, SYSTEM, RequestFactory().get("/")).rows
    if connection.vendor == "sqlite":  # the other one plans by how many rows there are
        assert re.search(rf"COVERING INDEX {index.name}\b", rows.values("pk")[9950:10000].explain())
    assert list(ByKey(rows)[0:50]) == list(rows[:50])
