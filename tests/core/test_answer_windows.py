"""A total keeps the days its parts were counted over, so that it adds up with what was said over the same days."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sokhu.core.answer import Facts, Question
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.indicator import load_indicators
from sokhu.core.makeup import Makeup
from sokhu.core.period import Period, parse

TO_20_DECEMBER = (date(2020, 1, 1), date(2020, 12, 20))
WHOLE_YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def fact(indicator: str, place: str, amount: int, days: tuple[date, date], currency: str = "") -> Fact:
    cell = CellKey(indicator, place, "2020", *days, currency=currency)
    return Fact(uuid4(), cell, amount, "", "final", False, ("press", "Báo"), 1)


def members(place: str, _period: Period, _zone_kind: str) -> Makeup:
    return Makeup(("a", "b") if place == "block" else ())


def asked(*facts: Fact) -> Facts:
    return Facts(load_indicators(), lambda _day: ("press",), members).add(facts)


def test_a_formula_adds_a_total_over_places_to_what_was_said_over_the_same_days() -> None:
    facts = asked(
        fact("capital_new", "a", 10, TO_20_DECEMBER, "USD"),
        fact("capital_new", "b", 20, TO_20_DECEMBER, "USD"),
        fact("capital_added", "block", 5, TO_20_DECEMBER, "USD"),
    )
    answer = facts.answer(Question("capital_new_and_added", "block", parse("2020")))
    assert (answer.how, answer.amount, answer.first, answer.last) == ("formula", 35, *TO_20_DECEMBER)


def test_a_formula_refuses_a_total_over_places_and_a_figure_of_other_days() -> None:
    facts = asked(
        fact("capital_new", "a", 10, TO_20_DECEMBER, "USD"),
        fact("capital_new", "b", 20, TO_20_DECEMBER, "USD"),
        fact("capital_added", "block", 5, WHOLE_YEAR, "USD"),
    )
    answer = facts.answer(Question("capital_new_and_added", "block", parse("2020")))
    assert answer.amount is None
    assert "rollup.other_window" in [caveat.code for caveat in answer.caveats]
