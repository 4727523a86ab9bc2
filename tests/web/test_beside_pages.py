"""A board's registers beside what it reported: what differs, by how much and why; its word that one is complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import a_document, a_figure, a_person, reach, said
from registers import DAI_AN, DO_SON, NOMURA, certificate, declare, state, two_registers
from sokhu.areas.findings.beside import Beside, beside
from sokhu.areas.ledger.at_least import at_least
from sokhu.areas.ledger.completeness import declared
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.period import named

MERGED, BEFORE = "board/hai-phong-2025", "board/hai-phong"
MILLION = 10**6
YEAR = named("2024")
THING = uuid4()
FIRST = certificate(NOMURA, date(2024, 3, 5), 40)


@pytest.fixture(autouse=True)
def registers(book: None) -> Iterator[None]:
    with two_registers():
        state({THING: FIRST})
        yield


def reported(value: str, place: str = "province/hai-phong") -> None:
    figure = a_figure(value, place=place, ownership="FDI")
    said(SYSTEM, figure, a_document(BEFORE, ("report", BEFORE)), revise=True, reason="báo cáo")


def line(board: str = BEFORE) -> Beside:
    asked = ("capital_new", "FDI", "USD")
    lines = beside(SYSTEM, board, YEAR)
    return next(
        one for one in lines if (one.question.indicator, one.question.ownership, one.question.currency) == asked
    )


def test_until_a_register_is_declared_complete_it_comes_to_at_least_so_much() -> None:
    found = at_least(SYSTEM, [BEFORE], YEAR, ["capital_new"])["capital_new", "FDI", "USD"]
    assert (found.amount, NOMURA in found.missing) == (40 * MILLION, True)
    declare([BEFORE])
    assert at_least(SYSTEM, [BEFORE], YEAR)["capital_new", "", "USD"].missing == ()
    assert at_least(reach("chi"), [BEFORE], YEAR) == {}


def test_a_stock_at_least_is_that_of_the_periods_last_day() -> None:
    state({uuid4(): certificate(DO_SON, date(2025, 1, 1), 7)})
    found = at_least(SYSTEM, [BEFORE], YEAR, ["projects_valid"])
    assert found["projects_valid", "", ""].amount == MILLION


def test_what_was_entered_after_the_report_is_the_cause_of_the_difference() -> None:
    declare([BEFORE])
    reported("40")
    assert (line().gap, line().causes.late) == (0, (0, 0))
    state({uuid4(): certificate(DO_SON, date(2024, 6, 1), 5), uuid4(): certificate(DO_SON, date(2025, 6, 1), 9)})
    assert (line().gap, line().causes.late, line().causes.amount) == (5 * MILLION, (1, 5 * MILLION), 5 * MILLION)


def test_an_event_whose_day_went_to_another_year_is_told_as_that() -> None:
    declare([BEFORE])
    reported("40")
    state({THING: [replace(one, day=date(2025, 1, 3)) for one in FIRST]})
    assert (line().gap, line().causes.moved, line().causes.gone) == (-40 * MILLION, (1, -40 * MILLION), (0, 0))
    state({THING: []})
    assert (line().causes.moved, line().causes.gone) == ((0, 0), (1, -40 * MILLION))


def test_zones_without_a_complete_register_are_named() -> None:
    declare([BEFORE])
    reported("41")
    assert DAI_AN in line(MERGED).causes.missing
    assert line(BEFORE).causes.missing == ()


def page(name: str, address: str = "") -> str:
    client = Client()
    client.force_login(a_person(name))
    return client.get(address or reverse("derived_beside") + f"?ban={BEFORE}&ky=2024").content.decode()


def test_the_page_tells_what_differs_and_why() -> None:
    assert "(sổ bộ chưa đủ)" in page("an")
    declare([BEFORE])
    reported("38")
    state({uuid4(): certificate(DO_SON, date(2024, 6, 1), 5)})
    found = page("an")
    assert "+7 triệu USD" in found
    assert "1 biến động của kỳ ghi vào sổ sau báo cáo: +5 triệu USD" in found
    assert "còn +2 triệu USD chưa rõ vì sao" in found
    assert "(sổ bộ chưa đủ)" not in found


def test_the_page_asks_as_often_for_many_figures_as_for_few() -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page("an")
        counts.append(len(asked))
        state({uuid4(): certificate(DO_SON, date(2024, month, 1), 5, "DDI", "VND") for month in range(1, 13)})
        reported("44")
        reported("3", NOMURA)
    assert counts[1] - counts[0] <= 3


def test_a_head_declares_a_register_complete_on_the_page_and_an_officer_does_not() -> None:
    sent = {"ban": MERGED, "ky": "2024", "so": "projects", "tu": "01/01/2024", "ly-do": "đã rà"}
    clients = {name: Client() for name in ("an", "binh")}
    for name, client in clients.items():
        client.force_login(a_person(name))
    assert clients["an"].post(reverse("declare_complete"), sent).status_code in (403, 422)
    assert declared("projects") == {}
    clients["binh"].post(reverse("declare_complete"), sent)
    assert declared("projects") == {MERGED: date(2024, 1, 1)}
    assert clients["binh"].post(reverse("declare_complete"), sent | {"tu": "31/12/2199"}).status_code == 422
    clients["binh"].post(reverse("declare_complete"), sent | {"thoi": "1"})
    assert declared("projects") == {}
