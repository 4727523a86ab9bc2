import pytest

from sokhu.core.implementation import CAPITAL, ITEMS, Reported, disagreements, last_told, told_in
from sokhu.core.implementation_doubts import doubts

M = 10**6


def a_report(quarter: int, year: int = 2025, **amounts: int) -> Reported:
    return Reported(year, quarter, {name: amount * M for name, amount in amounts.items()})


def codes(*reports: Reported) -> list[tuple[str, str, object]]:
    return [(one.code, one.where, one.params["item"]) for one in disagreements(reports)]


def test_implemented_capital_is_equity_loans_and_reinvested_profit():
    report = a_report(1, equity_vn_cash_a=3, loan_parent_a=-1, reinvested_a=2)
    assert report.said("capital", "a") == 4 * M
    assert report.said("capital", "c") is None


def test_the_year_to_date_is_the_sum_of_its_quarters():
    first, second = a_report(1, revenue_a=5, revenue_b=5), a_report(2, revenue_a=4, revenue_b=9)
    assert codes(first, second) == []
    assert codes(first, a_report(2, revenue_a=4, revenue_b=8)) == [("projects.year_to_date", "2025-Q2", "revenue")]


def test_the_sum_since_the_start_is_the_former_one_and_this_period():
    last, first = a_report(4, 2024, reinvested_c=10), a_report(1, reinvested_a=2, reinvested_b=2, reinvested_c=12)
    assert codes(last, first) == []
    wrong = a_report(1, reinvested_a=2, reinvested_b=2, reinvested_c=13)
    assert codes(last, wrong) == [("projects.since_start", "2025-Q1", "capital")]


def test_nothing_is_said_across_a_missing_report_or_of_an_empty_column():
    assert codes(a_report(1, revenue_a=5), a_report(3, revenue_a=4, revenue_b=99)) == []
    assert codes(a_report(1, reinvested_c=1), a_report(3, reinvested_a=1, reinvested_c=99)) == []
    assert codes(a_report(1, revenue_b=7)) == []


def test_the_report_of_a_year_is_not_held_against_quarters():
    assert codes(a_report(1, revenue_a=5, revenue_b=5), Reported(2025, 0, {"revenue_a": 99 * M})) == []


@pytest.mark.parametrize("item", CAPITAL)
def test_every_part_of_the_capital_has_all_three_columns(item: str):
    assert ITEMS[item] == "abc"


def doubted(registered: int | None = None, **amounts: int) -> list[tuple[str, str]]:
    found = doubts(a_report(2, **amounts), registered * M if registered else None)
    return [(one.code.removeprefix("projects."), one.where) for one in found]


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ({"revenue_a": 5, "revenue_b": 4}, [("over_year_to_date", "revenue_a")]),
        ({"reinvested_b": 5, "reinvested_c": 4}, [("over_since_start", "reinvested_b")]),
        ({"research_a": 5, "research_c": 4}, [("over_since_start", "research_a")]),
        ({"revenue_a": 5, "revenue_b": 5, "exports_a": 9}, []),
        ({"loan_parent_a": 2, "loan_parent_b": -1}, []),  # paid back in another quarter
        ({"workers_vn_a": 150_000, "workers_foreign_a": 50_001}, [("many_people", "workers_vn_a")]),
        ({"workers_vn_a": 200_000}, []),
        ({"equity_vn_cash_c": 9, "loan_foreign_c": 7}, [("over_registered", "equity_vn_cash_c")]),
        ({"equity_vn_cash_c": 9, "loan_foreign_c": 6}, []),
        ({"revenue_a": 10_001}, [("revenue_over_registered", "revenue_a")]),
        ({"revenue_a": 10_000}, []),
    ],
)
def test_what_a_report_can_hardly_say_is_doubted(amounts: dict[str, int], told: list[tuple[str, str]]):
    assert doubted(10, **amounts) == told


def test_capital_in_another_currency_is_held_against_nothing():
    assert doubted(None, equity_vn_cash_c=99, revenue_a=99_999) == []


QUARTERS = (1, 2, 3, 4)
A_YEAR = [a_report(quarter, revenue_a=quarter, workers_vn_a=10 * quarter) for quarter in QUARTERS]


def test_a_flow_is_the_sum_of_its_quarters_and_a_count_that_of_the_last():
    assert told_in(A_YEAR, "revenue", 2025, (1, 2)) == (3 * M, True)
    assert told_in(A_YEAR, "jobs_total", 2025, (1, 2)) == (20 * M, True)


def test_a_quarter_that_was_not_reported_is_told_to_be_missing():
    assert told_in(A_YEAR[1:], "revenue", 2025, (1, 2)) == (2 * M, False)
    assert told_in(A_YEAR[1:], "jobs_total", 2025, (1, 2)) == (20 * M, True)
    assert told_in(A_YEAR, "revenue", 2024, (1, 2)) == (0, False)


def test_the_report_of_a_whole_year_goes_before_its_quarters_where_it_says_the_item():
    whole = [*A_YEAR, a_report(0, revenue_a=99)]
    assert told_in(whole, "revenue", 2025, QUARTERS) == (99 * M, True)
    assert told_in(whole, "revenue", 2025, (1, 2, 3)) == (6 * M, True)
    assert told_in(whole, "jobs_total", 2025, QUARTERS) == (40 * M, True)


def test_the_last_quarter_that_tells_an_indicator_is_named():
    assert last_told(A_YEAR[:2], "revenue", 2025, QUARTERS) == (2, 2 * M)
    assert last_told([*A_YEAR[:2], a_report(3, exports_a=5)], "revenue", 2025, QUARTERS) == (2, 2 * M)
    assert last_told(A_YEAR, "revenue", 2025, (1,)) == (1, M)
    assert last_told(A_YEAR, "revenue", 2024, QUARTERS) is None
    assert last_told([*A_YEAR[:2], a_report(0, revenue_a=99)], "revenue", 2025, QUARTERS) == (4, 99 * M)
    assert last_told([*A_YEAR[:2], a_report(0, revenue_a=99)], "revenue", 2025, (1, 2)) == (2, 2 * M)


def test_a_report_is_named_by_its_quarter_or_its_year():
    assert (a_report(3).name, a_report(0).name) == ("2025-Q3", "2025")
