"""What reports move: flows of a quarter, counts as read on its last day, and who told all of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID, uuid4

from certificate_chains import an_event, an_issue
from sokhu.core.certificates.chain import Step, history
from sokhu.core.implementation import BUSINESS, ENERGY, INFRASTRUCTURE, SUMS, Reported
from sokhu.core.implementation_movements import RESOURCES_TOLD, TOLD, Report, moved_by_reports, moved_by_resources
from sokhu.core.movement import Moved

LIFE = history([an_issue(date(2023, 5, 10))])
ENDS = {1: date(2024, 3, 31), 2: date(2024, 6, 30), 3: date(2024, 9, 30), 4: date(2024, 12, 31)}
WHOLE = {f"{part}_{column}": 1 for item, column in BUSINESS.values() for part in SUMS.get(item, (item,))}


def a_report(quarter: int, year: int = 2024, currency: str = "USD", **amounts: int) -> Report:
    return Report(uuid4(), currency, Reported(year, quarter, amounts))


def a_whole(quarter: int, year: int = 2024, **amounts: int) -> Report:
    return a_report(quarter, year, **(WHOLE | amounts))


def days(moves: list[Moved], code: str) -> dict[date, int]:
    found: dict[date, int] = defaultdict(int)
    for one in moves:
        if one.indicator == code:
            found[one.day] += one.amount
    return {day: amount for day, amount in found.items() if amount}


def moved(*reports: Report, steps: list[Step] = LIFE) -> list[Moved]:
    return list(moved_by_reports(reports, steps))


def test_a_flow_moves_on_the_last_day_of_its_quarter_in_the_money_of_the_report():
    report = a_report(2, revenue_a=5, exports_a=3)
    moves = moved(report)
    assert [(one.indicator, one.day, one.amount, one.currency, one.source) for one in moves] == [
        ("revenue", ENDS[2], 5, "USD", report.id),
        ("export_value", ENDS[2], 3, "USD", report.id),
    ]


def test_a_count_goes_when_the_next_quarter_ends_and_comes_again_where_that_is_told():
    first, second, fourth = (a_report(quarter, workers_vn_a=count) for quarter, count in ((1, 100), (2, 130), (4, 90)))
    moves = moved(first, second, fourth)
    assert days(moves, "jobs_domestic") == {
        ENDS[1]: 100, ENDS[2]: 30, ENDS[3]: -130, ENDS[4]: 90, date(2025, 3, 31): -90,
    }  # fmt: skip
    assert {one.currency for one in moves} == {""}


def test_people_are_counted_on_whatever_the_money_of_the_reports_is_in():
    moves = moved(a_report(1, workers_vn_a=100), a_report(2, currency="VND", workers_vn_a=100))
    assert days(moves, "jobs_domestic") == {ENDS[1]: 100, ENDS[3]: -100}


def test_the_report_of_a_year_closes_the_fourth_quarter_once_the_others_are_told():
    quarters = [a_report(one, revenue_a=10) for one in (1, 2, 3)]
    year = a_report(0, revenue_a=37)
    assert days(moved(*quarters, year), "revenue") == dict.fromkeys(list(ENDS.values())[:3], 10) | {ENDS[4]: 7}
    assert days(moved(*quarters, a_report(4, revenue_a=9), year), "revenue")[ENDS[4]] == 7
    assert days(moved(*quarters[1:], year), "revenue") == {ENDS[2]: 10, ENDS[3]: 10}
    assert moved(year) == []


def test_the_count_of_a_years_report_goes_before_that_of_its_fourth_quarter():
    quarters = [a_report(one, workers_vn_a=10) for one in (1, 2, 3, 4)]
    assert days(moved(*quarters, a_report(0, workers_vn_a=12)), "jobs_domestic")[ENDS[4]] == 2


def test_quarters_before_the_certificate_are_not_waited_for():
    begun = history([an_issue(date(2024, 8, 1))])
    moves = moved(a_report(3, revenue_a=4), a_report(0, revenue_a=9), steps=begun)
    assert days(moves, "revenue") == {ENDS[3]: 4, ENDS[4]: 5}


def test_a_quarter_is_told_where_everything_is_and_the_project_is_valid():
    assert days(moved(a_whole(1), a_whole(2)), TOLD) == {ENDS[1]: 10**6, ENDS[2]: 10**6}
    empty = {name: amount for name, amount in WHOLE.items() if name != "profit_a"}
    assert days(moved(a_report(1, **empty)), TOLD) == {}
    by_year = moved(*(a_whole(one) for one in (1, 2, 3)), a_whole(0, **dict.fromkeys(WHOLE, 3)))
    assert days(by_year, TOLD) == dict.fromkeys(ENDS.values(), 10**6)
    ended = history([an_issue(date(2023, 5, 10)), an_event(2, "terminate", date(2024, 5, 2))])
    moves = moved(a_whole(1), a_whole(2), steps=ended)
    assert days(moves, TOLD) == {ENDS[1]: 10**6}
    assert days(moves, "revenue") == {ENDS[1]: 1, ENDS[2]: 1}
    assert days(moves, "jobs_domestic") == {ENDS[1]: 1, ENDS[2]: -1}


def test_a_project_is_counted_where_it_lay_when_the_quarter_ended():
    move = an_event(2, "move", date(2024, 5, 2), place="zone/b", owner="board/y")
    life = history([an_issue(date(2023, 5, 10)), move])
    places = {one.day: one.place for one in moved(a_report(1, revenue_a=1), a_report(2, revenue_a=1), steps=life)}
    assert places == {ENDS[1]: "zone/a", ENDS[2]: "zone/b"}


def test_a_project_without_certificate_or_reports_moves_nothing():
    assert moved(a_whole(1), steps=[]) == []
    assert moved() == []


def test_every_movement_names_the_report_that_made_it():
    reports = [a_whole(one) for one in (1, 2, 3, 0)]
    sources: set[UUID] = {one.source for one in moved(*reports)}
    assert sources <= {one.id for one in reports}


def test_what_is_disbursed_of_infrastructure_is_counted_beside_by_ownership_only():
    reports = [a_report(1, reinvested_c=40), a_report(2, reinvested_c=55)]
    of_infrastructure = history([an_issue(date(2023, 5, 10), is_infrastructure=True)])
    moves = moved(*reports, steps=of_infrastructure)
    assert days(moves, INFRASTRUCTURE) == days(moves, "capital_disbursed") == {
        ENDS[1]: 40, ENDS[2]: 15, ENDS[3]: -55,
    }  # fmt: skip
    assert {(one.ownership, one.country) for one in moves if one.indicator == INFRASTRUCTURE} == {("FDI", "")}
    assert {one.country for one in moves if one.indicator == "capital_disbursed"} == {"JP"}
    assert days(moved(*reports), INFRASTRUCTURE) == {}


def test_parts_of_the_capital_are_told_with_it_and_one_that_is_left_empty_is_none():
    moves = moved(a_report(1, equity_vn_cash_a=5, equity_foreign_cash_a=7, loan_foreign_a=-3, workers_vn_a=9))
    quarter = {code: days(moves, code).get(ENDS[1]) for code in ("equity_contributed", "net_borrowing", "jobs_total")}
    assert quarter == {"equity_contributed": 12, "net_borrowing": -3, "jobs_total": 9}
    assert days(moves, "profit_reinvested") == {}
    whole = {name: amount for name, amount in WHOLE.items() if name != "reinvested_a"}
    assert days(moved(a_report(1, **whole)), TOLD) == {ENDS[1]: 10**6}
    without = {name: amount for name, amount in whole.items() if name[:-2] not in SUMS["capital"] or name[-1] == "c"}
    assert days(moved(a_report(1, **without)), TOLD) == {}


def test_energy_and_land_are_complete_for_themselves_in_units_of_their_own():
    reports = [a_report(1, electricity_a=50, land_c=900, water_c=100), a_report(2, currency="VND", gas_a=4, land_c=950)]
    moves = list(moved_by_resources(reports, LIFE))
    assert days(moves, "electricity_used") == {ENDS[1]: 50}
    assert days(moves, "lng_used") == {ENDS[2]: 4}
    assert days(moves, "land_water_used") == {ENDS[1]: 1000, ENDS[2]: -50, ENDS[3]: -950}
    assert days(moves, RESOURCES_TOLD) == {ENDS[1]: 10**6, ENDS[2]: 10**6}
    assert {(one.currency, one.country) for one in moves if one.indicator != RESOURCES_TOLD} == {("", "")}
    no_energy = {name: amount for name, amount in WHOLE.items() if name[:-2] not in ENERGY}
    assert days(list(moved_by_resources([a_report(1, **no_energy)], LIFE)), RESOURCES_TOLD) == {}
    assert list(moved_by_resources([], LIFE)) == []
