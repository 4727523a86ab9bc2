from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem
from sokhu.core.rates import Rate, converted, exchange_difference, rate_on, rates, rates_of

END_2019 = Rate("USD", date(2019, 12, 31), Decimal(23155), "x", "FOUND")
END_2020 = Rate("USD", date(2020, 12, 31), Decimal(23131), "x", "FOUND")
EURO = Rate("EUR", date(2020, 6, 30), Decimal("26042.50"), "x", "BK-low")
KNOWN = [END_2020, EURO, END_2019]


@pytest.mark.parametrize(
    ("day", "rate"),
    [(date(2019, 12, 31), END_2019), (date(2020, 12, 30), END_2019), (date(2021, 5, 1), END_2020)],
)
def test_the_latest_rate_on_or_before_the_day_is_taken(day: date, rate: Rate):
    assert rate_on(KNOWN, "USD", day) == rate


def test_a_rate_of_another_day_is_not_guessed():
    with pytest.raises(Problem) as caught:
        rate_on(KNOWN, "USD", date(2019, 12, 30), mode="event_date")
    assert caught.value.code == "rate.missing"
    assert caught.value.params == {"currency": "USD", "day": date(2019, 12, 30), "mode": "event_date"}


def test_a_rate_may_be_asked_for_of_a_certain_age():
    assert rate_on(KNOWN, "USD", date(2020, 1, 10), within_days=10) == END_2019
    with pytest.raises(Problem, match=r"rate\.missing"):
        rate_on(KNOWN, "USD", date(2020, 1, 11), within_days=10)


def test_a_conversion_names_the_rate_and_the_day_it_used():
    result = converted(1_000_000, "USD", "VND", rates=KNOWN, day=date(2021, 1, 2), mode="fixed_date")
    assert (result.amount, result.currency) == (23_131_000_000, "VND")
    assert (result.rate, result.day, result.mode) == (END_2020, date(2021, 1, 2), "fixed_date")


@pytest.mark.parametrize(
    ("amount", "currency", "into", "result"),
    [
        (23131, "VND", "USD", 1),
        (11566, "VND", "USD", 1),  # 0,50002 USD
        (11565, "VND", "USD", 0),
        (-11566, "VND", "USD", -1),
        (1, "EUR", "VND", 26043),  # 26.042,50 đồng, half up
        (-1, "EUR", "VND", -26043),
    ],
)
def test_a_conversion_rounds_half_up_to_whole_money(amount: int, currency: str, into: str, result: int):
    assert converted(amount, currency, into, rates=KNOWN, day=date(2020, 12, 31)).amount == result


@pytest.mark.parametrize(("currency", "into"), [("USD", "EUR"), ("VND", "VND")])
def test_money_is_converted_between_dong_and_one_other_currency(currency: str, into: str):
    with pytest.raises(Problem) as caught:
        converted(1, currency, into, rates=KNOWN, day=date(2020, 12, 31))
    assert (caught.value.code, caught.value.params) == ("rate.not_through_vnd", {"found": currency, "wanted": into})


def test_what_grows_too_large_is_refused():
    with pytest.raises(Problem) as caught:
        converted(10**17, "USD", "VND", rates=KNOWN, day=date(2020, 12, 31))
    assert caught.value.code == "quantity.too_large"


@given(st.integers(-(10**12), 10**12))
def test_there_and_back_gives_the_same_dollars(amount: int):
    there = converted(amount, "USD", "VND", rates=KNOWN, day=date(2020, 12, 31))
    back = converted(there.amount, "VND", "USD", rates=KNOWN, day=date(2020, 12, 31))
    assert back.amount == amount


@given(st.integers(-(10**12), 10**12))
def test_the_exchange_difference_bridges_the_two_rates(amount: int):
    opening = converted(amount, "USD", "VND", rates=[END_2019], day=END_2019.day).amount
    closing = converted(amount, "USD", "VND", rates=[END_2020], day=END_2020.day).amount
    assert opening + exchange_difference(amount, END_2019, END_2020) == closing


def test_rates_of_two_currencies_give_no_difference():
    with pytest.raises(Problem) as caught:
        exchange_difference(1, END_2019, EURO)
    assert (caught.value.code, caught.value.params) == ("rate.unlike_currencies", {"found": "USD", "wanted": "EUR"})


@pytest.mark.parametrize("per_unit", ["0", "-1"])
def test_a_rate_is_above_zero(per_unit: str):
    with pytest.raises(Problem, match=r"rate\.not_positive"):
        Rate("USD", date(2020, 12, 31), Decimal(per_unit), "x", "FOUND")


GOOD = {"currency": "USD", "day": date(2020, 1, 1), "per_unit_vnd": "1", "source": "x", "evidence": "FOUND"}


@pytest.mark.parametrize(
    "table",
    [
        pytest.param({"currency": "USD"}, id="no rate"),
        pytest.param({**GOOD, "colour": "blue"}, id="an unknown field"),
        pytest.param({**GOOD, "per_unit_vnd": "much"}, id="no number"),
    ],
)
def test_a_table_that_is_no_rate_is_told_by_its_place(table: dict[str, object]):
    with pytest.raises(Problem) as caught:
        rates_of([GOOD, table])
    assert (caught.value.code, caught.value.where) == ("rate.table", "[[rate]] 2")


def test_every_shipped_rate_says_its_source_and_how_sure_we_are():
    assert list(rates()) == sorted(rates(), key=lambda rate: (rate.currency, rate.day))
    assert len({(rate.currency, rate.day) for rate in rates()}) == len(rates())
    for rate in rates():
        assert rate.source
        assert rate.evidence in {"FOUND", "BK-high", "BK-medium", "BK-low"}
        assert 20_000 < rate.per_unit_vnd < 30_000


def test_the_end_of_2020_has_the_central_rate_of_that_day():
    assert rate_on(rates(), "USD", date(2020, 12, 31), within_days=0).per_unit_vnd == 23131


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_with_a_rate_has_its_sentence(lang: str):
    params = dict.fromkeys(["currency", "day", "mode", "found", "wanted", "where"], "x")
    assert all(text[lang].format(**params) for text in load_toml("problems/rate.toml").values())
