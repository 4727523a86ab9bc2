"""A table: which single questions it needs, and how their answers stand beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sokhu.core.answer import Answer, How, Question
from sokhu.core.indicator import load_indicators
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.core.rates import Rate
from sokhu.core.table import (
    MOST_QUESTIONS,
    Stamp,
    Table,
    TableQuestion,
    change_percent,
    check_size,
    questions_of,
    table_of,
)

INDICATORS = load_indicators()
STAMP = Stamp(1, "digest", "0")
RATES = (
    Rate("USD", date(2024, 12, 31), Decimal(25_000), "ngân hàng", "FOUND"),
    Rate("USD", date(2020, 12, 31), Decimal(23_000), "ngân hàng", "FOUND"),
)
PLACE, YEAR = "province/hai-phong", named("2024")


def asked(*codes: str, **fields: object) -> TableQuestion:
    return TableQuestion(codes, **({"places": (PLACE,), "periods": (YEAR,)} | fields))  # type: ignore[arg-type]


def answered(question: TableQuestion, amounts: dict[tuple[str, str, str], int], **fields: object) -> Table:
    """Answers by (kind, currency, year), said, complete unless `fields` say otherwise; missing for the others."""
    answers = {}
    for one in questions_of(question, INDICATORS):
        amount = amounts.get((one.kind, one.currency, one.period.name))
        answers[one] = (
            Answer(one, "missing")
            if amount is None
            else replace(
                Answer(one, "said", amount, one.currency, first=one.period.first, last=one.period.last),
                **fields,  # type: ignore[arg-type]
            )
        )
    return table_of(question, answers, STAMP, indicators=INDICATORS, rates=RATES)


def test_money_is_asked_in_each_currency_and_other_figures_once() -> None:
    question = asked("capital_new", "projects_new")
    assert [one.currency for one in questions_of(question, INDICATORS, ("USD", "EUR"))] == ["USD", "EUR", ""]
    assert [one.currency for one in questions_of(question, INDICATORS)] == [*CURRENCIES, ""]


def test_a_currency_without_a_rate_leaves_no_total_in_another_and_says_so() -> None:
    cell = answered(asked("capital_new", currency="VND"), {("result", "EUR", "2024"): 5}).cells[0]
    assert cell.answer.amount is None
    assert [one.code for one in cell.answer.caveats] == ["rate.missing"]


def test_an_indicator_that_the_catalogue_does_not_know_is_refused() -> None:
    with pytest.raises(Problem) as told:
        questions_of(asked("nothing"), INDICATORS)
    assert told.value.code == "catalogue.no_such_indicator"


def test_last_year_and_plan_are_asked_once_however_many_cells_need_them() -> None:
    questions = questions_of(
        asked("projects_new", periods=(named("2023"), YEAR), with_last_year=True, with_plan=True), INDICATORS
    )
    assert [(one.kind, one.period.name) for one in questions] == [
        ("result", "2023"), ("result", "2022"), ("plan", "2023"), ("result", "2024"), ("plan", "2024"),
    ]  # fmt: skip


def test_growth_and_the_plan_reached_stand_beside_a_figure() -> None:
    question = asked("projects_new", with_last_year=True, with_plan=True)
    (cell,) = answered(
        question, {("result", "", "2024"): 110, ("result", "", "2023"): 100, ("plan", "", "2024"): 88}
    ).cells
    assert (cell.change_percent, cell.plan_percent) == (Decimal("10.00"), Decimal("125.00"))


def test_growth_over_nothing_or_of_a_total_with_gaps_is_not_told() -> None:
    question = asked("projects_new", with_last_year=True)
    assert answered(question, {("result", "", "2024"): 110}).cells[0].change_percent is None
    both = {("result", "", "2024"): 110, ("result", "", "2023"): 100}
    assert answered(question, both, missing=("province/x",)).cells[0].change_percent is None


def test_a_whole_that_one_of_its_parts_is_above_says_so() -> None:
    question = asked("projects_new", ownerships=("FDI", "DDI", ""))

    def told(**amounts: int) -> list[Answer]:
        questions = questions_of(question, INDICATORS)
        answers = {one: Answer(one, "said", amounts[one.ownership or "whole"]) for one in questions}
        return [cell.answer for cell in table_of(question, answers, STAMP, indicators=INDICATORS, rates=RATES).cells]

    fdi, ddi, whole = told(FDI=30, DDI=10, whole=20)
    assert [(one.code, one.params["of"], one.params["part"]) for one in whole.caveats] == [
        ("answer.part_exceeds", "FDI", 30)
    ]
    assert (fdi.caveats, ddi.caveats) == ((), ())
    assert told(FDI=30, DDI=10, whole=40)[2].caveats == ()


def test_a_plan_is_not_reached_by_an_unknown_part_of_it() -> None:
    question = asked("projects_new", with_plan=True)
    both = {("result", "", "2024"): 110, ("plan", "", "2024"): 88}
    assert answered(question, both).cells[0].plan_percent == Decimal("125.00")
    assert answered(question, both, missing=("province/x",)).cells[0].plan_percent is None


def test_the_months_of_a_year_that_runs_are_not_held_against_a_whole_year() -> None:
    before = Answer(Question("projects_new", "country/viet-nam", named("2023")), "said", 100, first=date(2023, 1, 1))
    now = Answer(Question("projects_new", "country/viet-nam", named("2024")), "said", 40, first=date(2024, 1, 1))
    whole, running = replace(before, last=date(2023, 12, 31)), replace(now, last=date(2024, 5, 20))
    assert change_percent(running, whole) is None
    assert change_percent(running, replace(before, last=date(2023, 5, 20))) == Decimal("-60.00")
    assert change_percent(replace(now, last=date(2024, 12, 20)), whole) == Decimal("-60.00")


def test_one_count_that_answers_for_two_years_is_no_growth() -> None:
    question = asked("projects_valid", with_last_year=True)
    both = {("result", "", "2024"): 110, ("result", "", "2023"): 110}
    assert answered(question, both, first=date(2024, 1, 16), last=date(2024, 1, 16)).cells[0].change_percent is None


def test_a_period_longer_than_a_year_has_no_year_before() -> None:
    (cell,) = answered(asked("projects_new", periods=(named("2021..2025"),), with_last_year=True), {}).cells
    assert cell.last_year is None


def test_a_cell_that_nobody_knows_stands_once_and_not_once_a_currency() -> None:
    assert len(answered(asked("capital_new"), {}).cells) == 1


def test_what_a_few_members_said_in_another_currency_is_no_total_of_a_whole_that_is_known() -> None:
    question = asked("capital_new")
    both = {("result", "USD", "2024"): 1, ("result", "VND", "2024"): 2}
    assert [cell.answer.currency for cell in answered(question, both).cells] == ["USD", "VND"]
    answers = {
        one: Answer(one, "said", 1, "USD") if one.currency == "USD" else Answer(one, "places", 2, "VND", missing=("x",))
        for one in questions_of(question, INDICATORS)
    }
    cells = table_of(question, answers, STAMP, indicators=INDICATORS, rates=RATES).cells
    assert [cell.answer.currency for cell in cells] == ["USD"]


MILLION = 1_000_000


def test_two_currencies_become_one_at_the_rate_of_the_periods_last_day_and_name_it() -> None:
    amounts = {("result", "USD", "2024"): 10 * MILLION, ("result", "VND", "2024"): 50_000 * MILLION}
    (cell,) = answered(asked("capital_new", currency="USD"), amounts).cells
    assert (cell.answer.amount, cell.answer.currency, cell.answer.how) == (12 * MILLION, "USD", "currencies")
    (told,) = cell.answer.caveats
    assert (told.code, told.params["rate"], told.params["day"]) == ("answer.converted", 25_000, date(2024, 12, 31))


def test_a_fixed_day_converts_every_period_at_its_rate() -> None:
    question = asked("capital_new", currency="VND", rate_mode="fixed_date", rate_day=date(2021, 1, 1))
    (cell,) = answered(question, {("result", "USD", "2024"): MILLION}).cells
    assert (cell.answer.amount, cell.answer.currency) == (23_000 * MILLION, "VND")


def test_a_figure_that_was_said_with_its_equivalent_counts_once() -> None:
    amounts = {("result", "USD", "2024"): 10 * MILLION, ("result", "VND", "2024"): 245_000 * MILLION}
    (cell,) = answered(asked("capital_new", currency="USD"), amounts).cells
    assert cell.answer.amount == 10 * MILLION


def test_without_a_rate_there_is_no_amount_and_the_reason_is_told() -> None:
    question = asked("capital_new", periods=(named("2019"),), currency="VND")
    (cell,) = answered(question, {("result", "USD", "2019"): MILLION}).cells
    assert (cell.answer.amount, [one.code for one in cell.answer.caveats]) == (None, ["rate.missing"])


def test_what_is_no_money_is_not_converted() -> None:
    (cell,) = answered(asked("projects_new", currency="USD"), {("result", "", "2024"): 7}).cells
    assert (cell.answer.amount, cell.answer.currency) == (7, "")


def test_a_figure_in_the_currency_asked_for_stays_as_it_was_said() -> None:
    (cell,) = answered(asked("capital_new", currency="USD"), {("result", "USD", "2024"): 10 * MILLION}).cells
    assert (cell.answer.amount, cell.answer.how, cell.answer.caveats) == (10 * MILLION, "said", ())


@pytest.mark.parametrize(
    ("usd", "vnd", "counted"),
    [
        (("said", 0, 0), ("said", 0, 0), (0, 0)),
        (("said", 0, 0), ("places", 1, 1), (1, 1)),  # its one zone in dong beside what the board said in dollars
        (("formula", 0, 0), ("places", 2, 63), (2, 63)),
        (("places", 1, 63), ("places", 2, 63), (1, 63)),
    ],
)
def test_converted_money_counts_the_members_of_its_totals_over_places_alone(
    usd: tuple[How, int, int], vnd: tuple[How, int, int], counted: tuple[int, int]
) -> None:
    question = asked("capital_new", currency="USD")
    made = {"USD": (10 * MILLION, *usd), "VND": (50_000 * MILLION, *vnd)}
    answers = {}
    for one in questions_of(question, INDICATORS):
        amount, how, have, want = made.get(one.currency, (None, "missing", 0, 0))
        answers[one] = Answer(one, how, amount, one.currency, have=have, want=want)  # type: ignore[arg-type]
    (cell,) = table_of(question, answers, STAMP, indicators=INDICATORS, rates=RATES).cells
    assert cell.answer.how == "currencies"
    assert (cell.answer.have, cell.answer.want) == counted


def test_two_other_currencies_are_no_equivalents_of_each_other() -> None:
    rates = (*RATES, Rate("EUR", date(2024, 12, 31), Decimal(27_000), "ngân hàng", "FOUND"))
    question = asked("capital_new", currency="VND")
    said = {"USD": 27 * MILLION, "EUR": 25 * MILLION}  # each 675 billion đồng
    answers = {
        one: Answer(one, "said", said[one.currency], one.currency) if one.currency in said else Answer(one, "missing")
        for one in questions_of(question, INDICATORS)
    }
    (cell,) = table_of(question, answers, STAMP, indicators=INDICATORS, rates=rates).cells
    assert cell.answer.amount == 2 * 675_000 * MILLION


@pytest.mark.parametrize(
    ("code", "period", "beside"),
    [
        ("capital_new", "2024-Q2", ("capital_new", "2024-H1")),
        ("projects_new", "2024", ("projects_valid", "2024")),
        ("projects_valid", "2024", None),
        ("land_leased", "2024-Q2", None),
    ],
)
def test_a_flow_runs_up_to_its_year_so_far_or_to_its_stock(
    code: str, period: str, beside: tuple[str, str] | None
) -> None:
    questions = questions_of(asked(code, periods=(named(period),), with_cumulative=True), INDICATORS, ("USD",))
    assert [(one.indicator, one.period.name) for one in questions[1:]] == ([beside] if beside else [])


def test_a_table_of_more_questions_than_a_page_can_answer_is_refused_before_it_is_asked() -> None:
    places = tuple(f"zone/{number}" for number in range(MOST_QUESTIONS))
    check_size(asked("projects_new", places=places))
    with pytest.raises(Problem) as told:
        questions_of(asked("projects_new", places=places, with_plan=True), INDICATORS)
    assert told.value.code == "table.too_large"
    assert told.value.params == {"found": 2 * MOST_QUESTIONS, "limit": MOST_QUESTIONS}
