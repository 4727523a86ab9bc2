"""What the ledger says of a figure of a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checks_book import book, said
from sokhu.core.answer import Answer, Question
from sokhu.core.checks.against import judged
from sokhu.core.checks.rates import is_borne_out
from sokhu.core.period import named

M = 10**6
QUESTION = Question("projects_new", "board/a", named("2020"))


def answer(amount: int | None = 330 * M, **changed: Any) -> Answer:
    return replace(Answer(QUESTION, "said", amount, last=date(2020, 12, 31)), **changed)


def draft(written: str = "330 dự án", **more: Any) -> Any:
    return said("projects_new", written, is_draft=True, **more)


def test_the_same_amount_is_confirmed_and_one_within_its_last_digit_rounded() -> None:
    assert judged(draft(), answer()).verdict == "confirmed"
    told = judged(said("revenue", "12,3 tỷ đồng"), answer(12_345_000_000, currency="VND"))
    assert (told.verdict, told.severity) == ("rounded", "note")


@pytest.mark.parametrize("nothing", [None, answer(None), answer(missing=("board/b",)), answer(currency="USD")], ids=str)
def test_what_the_ledger_does_not_know_in_full_it_neither_confirms_nor_contradicts(nothing: Answer | None) -> None:
    assert judged(draft(), nothing).verdict == "unknown"


def test_another_amount_is_contradicted_with_the_gap_and_what_it_should_be() -> None:
    told = judged(draft("303 dự án"), answer())
    assert (told.verdict, told.severity) == ("contradicted", "error")
    assert told.terms is not None
    assert told.terms["gap"].value == str(27 * M)
    assert told.suggestion == told.terms["ledger"]


@pytest.mark.parametrize("changed", [{"maturity": "estimate"}, {"approx": True}])
def test_an_estimate_or_an_approximate_answer_contradicts_by_a_warning(changed: dict[str, Any]) -> None:
    assert judged(draft("303 dự án"), answer(**changed)).severity == "warning"


def test_amounts_far_apart_are_likely_of_two_things() -> None:
    assert judged(draft("30 dự án"), answer()).severity == "warning"
    assert judged(draft("33.000 dự án"), answer()).severity == "error", "a power of ten apart is one gone wrong"


def test_another_day_or_a_part_without_a_name_cannot_be_compared() -> None:
    told = judged(draft("303 dự án"), answer(last=date(2020, 12, 20)))
    assert told.verdict == "otherwise"
    assert told.terms is not None
    assert told.terms["day"].value == "2020-12-20"
    assert judged(draft("303 dự án", passage="trong đó 303 dự án"), answer()).verdict == "otherwise"
    of_fdi = draft("303 dự án", passage="trong đó FDI 303 dự án", ownership="FDI")
    assert judged(of_fdi, answer()).verdict == "contradicted"


def test_growth_is_borne_out_by_the_figures_it_is_of() -> None:
    figures = [said("projects_new", "120 dự án"), said("projects_new", "100 dự án", period="2019")]
    growth, wrong = (said("growth_rate", rate, other="of=projects_new") for rate in ("20%", "22%"))
    assert is_borne_out(book(growth, *figures), growth)
    assert not is_borne_out(book(wrong, *figures), wrong)
    assert not is_borne_out(book(growth, figures[0]), growth)
