"""Asking the ledger: what the reader sees, at any moment, and every amount to the last đồng on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import HAI_PHONG, a_document, a_figure, a_person, a_proposal, accept_all, reach, said
from sokhu.areas.catalogue import queries as catalogue
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.stored import as_json, from_json
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.answers import answer, facts_about, key_of, question_of, wholes_of, with_members
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
BLOCK = "block/dong-bang-song-hong"
YEAR = named("2024")


@pytest.fixture(autouse=True)
def fresh_moments() -> Iterator[None]:
    catalogue._catalogue.cache_clear()
    yield
    catalogue._catalogue.cache_clear()


def asked(indicator: str = "capital_new", place: str = "province/hai-phong", **fields: str) -> Question:
    return Question(indicator, place, YEAR, **fields)


def test_a_total_is_right_as_soon_as_a_figure_is_accepted_corrected_or_withdrawn() -> None:
    mine = reach("an")
    assert answer(mine, asked()).how == "missing"
    first = said(mine, a_figure("100"))
    assert answer(mine, asked()).amount == 100 * MILLION
    second = correct(mine, first.pk, "150 triệu USD", "sửa")
    assert answer(mine, asked()).amount == 150 * MILLION
    withdraw(mine, second.pk, "rút")
    assert answer(mine, asked()).amount == 100 * MILLION


def test_the_same_question_is_answered_as_it_was_known_at_a_past_batch() -> None:
    mine = reach("an")
    first = said(mine, a_figure("100"))
    moment = head()[0]
    second = correct(mine, first.pk, "150 triệu USD", "sửa")
    withdraw(mine, second.pk, "rút")
    known = [answer(mine, asked(), at=moment + step).amount for step in (-1, 0, 1, 2)]
    assert known == [None, 100 * MILLION, 150 * MILLION, 100 * MILLION]


@pytest.mark.parametrize("kinds", [("press", "report"), ("other_body", "return"), ("report", "register")])
def test_the_catalogues_precedence_of_streams_answers(kinds: tuple[str, str]) -> None:
    for value, kind in zip(("1", "2"), kinds, strict=True):
        said(reach("an"), a_figure(value), a_document(stream=(kind, HAI_PHONG)))
    found = answer(reach("an"), asked())
    assert found.amount == 2 * MILLION
    assert [fact.stream[0] for fact in found.facts] == [kinds[1], kinds[0]]


def test_an_answer_rests_on_what_its_reader_may_see() -> None:
    said(reach("an"), a_figure("100"))
    said(SYSTEM, a_figure("90"), a_document("", ("report", "ban"), is_public=True))
    assert answer(reach("an"), asked()).amount == 90 * MILLION
    assert len(answer(reach("an"), asked()).facts) == 2
    assert len(answer(reach("chi"), asked()).facts) == 1


def test_a_block_is_added_from_its_boards_provinces_and_names_who_is_missing() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    said(SYSTEM, a_figure("50", place="province/quang-ninh"), a_document(""))
    found = answer(SYSTEM, asked(place=BLOCK))
    assert (found.how, found.amount) == ("places", 150 * MILLION)
    assert "board/hai-phong" not in found.missing
    assert len(found.missing) == 9  # eleven boards, two of them reported


def test_a_province_of_today_is_the_sum_of_those_that_became_it() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    said(SYSTEM, a_figure("40", place="province/hai-duong"), a_document(""))
    found = answer(SYSTEM, asked(place="province/hai-phong-2025"))
    assert (found.how, found.amount) == ("places", 140 * MILLION)


def test_one_question_takes_a_few_questions_to_the_database_whatever_it_is_made_of() -> None:
    for place in ("province/hai-phong", "province/quang-ninh", "province/hai-duong"):
        said(SYSTEM, a_figure("100", place=place), a_document(""))
    answer(SYSTEM, asked(place=BLOCK))
    with CaptureQueriesContext(connection) as few:
        answer(SYSTEM, asked(place=BLOCK))
    assert len(few) <= 6


def test_a_past_moment_is_answered_by_the_catalogue_of_that_moment() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    said(SYSTEM, a_figure("50", indicator="capital_added"), a_document(""))
    moment = head()[0]
    old = catalogue.newest_entries().get(key="capital_new_and_added")
    only_new = as_json(from_json(old.data) | {"plus": ["capital_new"]})
    with sealed_batch("catalogue", author=None) as batch:
        batch.add(Entry(id=uuid4(), kind=old.kind, key=old.key, order=old.order, data=only_new))
    assert answer(SYSTEM, asked("capital_new_and_added"), at=moment).amount == 150 * MILLION
    assert answer(SYSTEM, asked("capital_new_and_added")).amount == 100 * MILLION


def test_a_figure_knows_the_totals_it_goes_into() -> None:
    observation = said(SYSTEM, a_figure("100", ownership="FDI"), a_document(""))
    cell = key_of(observation.cell)
    wholes = wholes_of(cell, ["region/dong-bang-song-hong"])
    assert {(one.indicator, one.place, one.ownership) for one in wholes} == {
        ("capital_new_and_added", cell.place, "FDI"),
        ("capital_new", cell.place, ""),
        ("capital_new", "region/dong-bang-song-hong", "FDI"),
    }
    assert question_of(cell) == asked(ownership="FDI", currency="USD")


def test_members_are_followed_down_to_the_last() -> None:
    places = with_members(BLOCK, asked(place=BLOCK))
    assert {BLOCK, "board/hai-phong", "province/hai-phong"} <= places


def test_only_cells_of_the_asked_days_and_the_weeks_after_are_looked_up() -> None:
    said(SYSTEM, a_figure("1", period="2023"), a_document(""))
    found = facts_about(SYSTEM, ["province/hai-phong"], date(2024, 1, 1), date(2024, 12, 31))
    assert found.standing_at("province/hai-phong", named("2023")) == []


def test_eight_and_a_half_quadrillion_dong_reach_the_page_to_the_dong() -> None:
    figure = a_figure("1", "VND") | {"value": "8500000000000001", "as_written": "8.500.000.000.000.001 đồng"}
    proposal = a_proposal(figure, document=a_document())
    accept_all(reach("an"), proposal)
    client = Client()
    client.force_login(a_person("an"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("figure", args=[proposal.figures.get().pk]))
    assert page.status_code == 200
    assert "8.500.000,000000001" in page.content.decode()  # tỷ đồng
    total = client.get(f"{reverse('total')}?chi-tieu=capital_new&noi=province/hai-phong&ky=2024&tien=VND")
    assert "8.500.000,000000001" in total.content.decode()
