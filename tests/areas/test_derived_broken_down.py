"""Registers' figures by country and sector: for every question alike, adding up to the whole, in few queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registers import DAI_AN, NOMURA, certificate, declare, state, two_registers
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.behind_derived import derived_fact, path_to
from sokhu.areas.ledger.copies import make_copy
from sokhu.areas.ledger.recount.compare import _book
from sokhu.areas.ledger.recount.totals import Asked, Totals
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Question
from sokhu.core.movement import Moved
from sokhu.core.period import named
from sokhu.kit.sealing.queries import head

MERGED, PROVINCE = "board/hai-phong-2025", "province/hai-phong-2025"
COUNTRIES, SECTORS = ("JP", "KR", "SG"), ("26", "27", "10", "68")
MILLION = 10**6


@pytest.fixture(autouse=True)
def registers(book: None) -> Iterator[None]:
    with two_registers():
        yield


def of(moves: list[Moved], country: str, sector: str) -> list[Moved]:
    return [replace(one, country=country, sector=sector) for one in moves]


def a_book(rng: Random, projects: int = 25) -> None:
    declare([MERGED], starts=date(2025, 1, 1))
    state({
        uuid4(): of(
            certificate(rng.choice((NOMURA, DAI_AN)), date(2025, rng.randint(1, 12), 5), rng.randint(1, 90)),
            rng.choice(COUNTRIES), rng.choice(SECTORS),
        )
        for _ in range(projects)
    })  # fmt: skip


def asked(indicator: str = "capital_new", place: str = PROVINCE, **fields: str) -> Question:
    currency = {"currency": "USD"} if indicator.startswith("capital") else {}
    return Question(indicator, place, named("2025"), **(currency | fields))


def every_question() -> list[Question]:
    kinds = [{"country": one} for one in COUNTRIES] + [{"sector": one} for one in (*SECTORS, "C", "L")]
    codes = ("capital_new", "projects_valid")
    return [asked(code, place, **kind) for code in codes for place in (PROVINCE, NOMURA) for kind in kinds]


def test_countries_and_sectors_add_up_to_the_whole_and_a_section_holds_its_divisions() -> None:
    a_book(Random(5))
    for code in ("capital_new", "projects_valid", "capital_registered_total"):
        whole = answer(SYSTEM, asked(code)).amount
        assert whole
        assert sum(answer(SYSTEM, asked(code, country=one)).amount or 0 for one in COUNTRIES) == whole
        assert sum(answer(SYSTEM, asked(code, sector=one)).amount or 0 for one in ("C", "L")) == whole
    by_division = [answer(SYSTEM, asked(sector=one)).amount or 0 for one in ("26", "27", "10")]
    assert sum(by_division) == answer(SYSTEM, asked(sector="C")).amount
    assert answer(SYSTEM, asked(country="FR")).amount == 0


def test_a_copy_the_ledger_and_the_recount_answer_alike_now_and_then() -> None:
    a_book(Random(6))
    make_copy()
    questions, before = every_question(), head()[0]
    first = answer_all(SYSTEM, questions)
    state({uuid4(): of(certificate(NOMURA, date(2025, 3, 9), 7), "JP", "26")})
    now = answer_all(SYSTEM, questions)
    totals = Totals(_book(head()[0]))
    for one in questions:
        assert now[one].amount == answer(SYSTEM, one).amount == totals.answer(_asked(one)).amount
    assert now[asked(country="JP")].amount != first[asked(country="JP")].amount
    assert {one: found.amount for one, found in answer_all(SYSTEM, questions, at=before).items()} == {
        one: found.amount for one, found in first.items()
    }


def _asked(one: Question) -> Asked:
    fields = {name: getattr(one, name) for name in ("indicator", "place", "country", "sector", "currency")}
    return Asked(**fields, period=one.period.name, first=one.period.first, last=one.period.last)


def test_the_number_of_queries_is_the_same_for_one_country_and_for_all_and_its_path_is_its_own_movements() -> None:
    a_book(Random(7))
    counts = []
    for some in ([asked(country="JP")], every_question()[:14]):
        with CaptureQueriesContext(connection) as caught:
            answer_all(SYSTEM, some)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    fact = answer(SYSTEM, asked(place=NOMURA, country="JP")).facts[0]
    assert derived_fact(SYSTEM, fact.cell).id == fact.id
    assert sum(step.amount for step in path_to(fact).steps) == fact.amount
