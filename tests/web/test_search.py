"""One search box: an indicator by its name comes first, and a number is looked for in every register."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import reach
from register_samples import a_thing
from sokhu.areas.zones.registry import DECISIONS, LEASES, ZONES

pytestmark = pytest.mark.usefixtures("book")


@pytest.mark.parametrize(("typed", "register"), [("123/QĐ-TTg", "decisions"), ("07/HĐTĐ", "leases")])
def test_a_decision_and_a_contract_are_found_by_their_numbers(officer: Client, typed: str, register: str) -> None:
    zone = a_thing(ZONES, reach("an"), name="KCN Tìm Thấy", kind="KCN", province="province/hai-phong-2025")
    decision = a_thing(DECISIONS, reach("an"), zone=zone, number="123/QĐ-TTg", day=date(2023, 3, 15))
    lease = a_thing(LEASES, reach("an"), zone=zone, contract="07/HĐTĐ")
    thing = decision if register == "decisions" else lease
    page = officer.get(reverse("search"), {"q": typed}).content.decode()
    assert reverse("thing", args=[register, thing.pk]) in page


def test_an_indicator_of_that_name_stands_before_things_that_are_spelled_nearly_so(officer: Client) -> None:
    page = officer.get(reverse("search"), {"q": "lấp đầy"}).content.decode()
    main = page[page.index("<main") :]
    heads = [part.split("</h2>")[0] for part in main.split("<h2>")[1:]]
    assert heads[0] == "Chỉ tiêu"
    assert "Tỷ lệ lấp đầy" in main
    assert "occupancy_rate<" not in main
