"""Reports of projects add up to zone, board and province; as long as one is missing the sum is an "at least"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import HAI_PHONG, reach
from register_samples import a_thing
from sokhu.areas.ledger import tables
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.at_least import at_least
from sokhu.areas.ledger.behind_derived import path_to
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.ledger.recount.compare import _book, differs
from sokhu.areas.ledger.recount.totals import Asked, Totals
from sokhu.areas.projects.implemented import implemented
from sokhu.areas.projects.models import Project
from sokhu.areas.projects.moving import RESOURCES
from sokhu.areas.projects.registry import EVENTS, PROJECTS, REPORTS
from sokhu.areas.territory.queries import SYSTEM
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import ZONES
from sokhu.core.answer import Answer, Question
from sokhu.core.implementation import INDICATORS, NO_MONEY, Reported, told_in
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import create, remove
from sokhu.kit.sealing.queries import head

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
MILLION = 10**6
REVENUE = ("revenue", "FDI", "USD")


@pytest.fixture
def zone() -> Zone:
    made: Zone = a_thing(ZONES, reach("an"), name="KCN Báo Cáo", kind="KCN", province="province/hai-phong-2025")
    return made


def a_project(zone: Zone, code: str) -> Project:
    values = {"zone": zone, "name": f"Nhà máy {code}", "code": code, "ownership": "FDI", "country": "JP"}
    project: Project = create(PROJECTS, reach("an"), values)
    create(EVENTS, reach("an"), {"project": project, "kind": "issue", "day": date(2023, 3, 1), "usd_up": 20 * MILLION})
    return project


def a_report(project: Project, quarter: int, **amounts: int) -> Any:
    return a_report_of(2025, project, quarter, **amounts)


def a_report_of(year: int, project: Project, quarter: int, **amounts: int) -> Any:
    values = {"project": project, "year": year, "quarter": str(quarter), "currency": "USD"}
    return create(REPORTS, reach("an"), values | {name: amount * MILLION for name, amount in amounts.items()})


def test_a_sum_over_projects_is_at_least_so_much_until_the_last_of_them_has_reported(zone: Zone) -> None:
    first, second = a_project(zone, "8700000001"), a_project(zone, "8700000002")
    a_report(first, 4, revenue_a=5, workers_vn_a=100, equity_vn_cash_a=2, loan_foreign_a=1, equity_vn_cash_c=9)
    for place in (zone.place, HAI_PHONG, "province/hai-phong-2025"):
        found = implemented(reach("an"), place, named("2025-Q4"))
        one = found.sums[REVENUE]
        assert (one.amount, one.projects, one.waiting) == (5 * MILLION, 1, 1)
        assert [project.pk for project in found.waiting] == [second.pk]
    assert found.sums["capital_disbursed_in_period", "FDI", "USD"].amount == 3 * MILLION
    assert found.sums["capital_disbursed", "FDI", "USD"].amount == 9 * MILLION
    a_report(second, 4, revenue_a=2, workers_vn_a=50)
    one = implemented(reach("an"), zone.place, named("2025-Q4")).sums[REVENUE]
    assert (one.amount, one.projects, one.waiting) == (7 * MILLION, 2, 0)
    assert implemented(reach("chi"), zone.place, named("2025-Q4")).sums == {}
    with pytest.raises(Problem, match=r"projects.not_quarters"):
        implemented(reach("an"), zone.place, named("2025-11"))


def test_as_many_queries_are_asked_for_one_project_as_for_three(zone: Zone) -> None:
    counts = []
    for codes in (["8700000011"], ["8700000012", "8700000013"]):
        for code in codes:
            a_report(a_project(zone, code), 4, revenue_a=5)
        with CaptureQueriesContext(connection) as caught:
            implemented(reach("an"), zone.place, named("2025-Q4"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("quarters", "told"),
    [((1,), (5, True)), ((1, 2), (12, True)), ((1, 2, 3, 4), (40, True)), ((1, 2, 3), (12, False))],
)
def test_a_years_report_goes_before_its_quarters_and_a_missing_quarter_is_told(
    quarters: tuple[int, ...], told: tuple[int, bool]
) -> None:
    amounts = {1: 5, 2: 7, 0: 40}
    reports = [Reported(2024, quarter, {"revenue_a": amount}) for quarter, amount in amounts.items()]
    assert told_in(reports, "revenue", 2024, quarters) == told


def test_a_count_is_that_of_the_last_quarter() -> None:
    reports = [Reported(2024, quarter, {"workers_vn_a": quarter * 100}) for quarter in (1, 2)]
    assert told_in(reports, "jobs_domestic", 2024, (1, 2)) == (200, True)


def test_in_a_running_year_whoever_told_anything_is_counted_and_a_count_is_that_of_the_last_quarter_told(
    zone: Zone,
) -> None:
    first, second, _third = (a_project(zone, f"870000003{number}") for number in range(3))
    for quarter in (1, 2, 3):
        a_report(first, quarter, revenue_a=5, workers_vn_a=100 * quarter)
    a_report(second, 2, revenue_a=7, workers_vn_a=40)
    sums = implemented(reach("an"), zone.place, named("2025")).sums
    one = sums[REVENUE]
    assert (one.amount, one.projects, one.waiting) == (22 * MILLION, 2, 3)
    people = sums["jobs_domestic", "FDI", ""]
    assert (people.amount, people.projects, people.waiting) == (340 * MILLION, 2, 3)
    assert people.days == {date(2025, 6, 30), date(2025, 9, 30)}


# --- as figures of the register, quarter by quarter

WHOLE = {
    "equity_vn_cash_a": 3, "equity_vn_cash_c": 9, "revenue_a": 5, "exports_a": 4, "imports_a": 2, "taxes_a": 1,
    "profit_a": 1, "workers_vn_a": 100, "workers_foreign_a": 2,
}  # fmt: skip


def told(place: str, period: str, indicator: str = "revenue", mine: str = "an", at: int | None = None) -> Answer:
    currency = "" if indicator.startswith("jobs") else "USD"
    return answer(reach(mine), Question(indicator, place, named(period), currency=currency), at=at)


def declare_all() -> None:
    for register in ("projects", REPORTS.code):
        declare_complete(reach("binh"), "board/hai-phong-2025", register, date(2026, 1, 1), "đã nhập đủ")


def test_what_everybody_due_reported_is_a_figure_of_the_register_of_whole_quarters_only(zone: Zone) -> None:
    first, second = a_project(zone, "8700000021"), a_project(zone, "8700000022")
    declare_all()
    a_report_of(2026, first, 1, **WHOLE)
    assert told(zone.place, "2026-Q1").how == "missing"
    a_report_of(2026, second, 1, **WHOLE | {"revenue_a": 7})
    found = told(zone.place, "2026-Q1")
    assert (found.amount, found.facts[0].stream) == (12 * MILLION, ("register", "board/hai-phong-2025"))
    assert {told(zone.place, period).how for period in ("2026-03", "2026-Q2", "2026")} == {"missing"}
    counted = told(zone.place, "2026-Q1", "jobs_domestic")
    assert (counted.amount, counted.last) == (200 * MILLION, date(2026, 3, 31))
    assert told(zone.place, "2026-Q1", "capital_disbursed").amount == 18 * MILLION
    for quarter in (2, 3):
        for project in (first, second):
            a_report_of(2026, project, quarter, **WHOLE)
    periods = ("2026-H1", "2026-01..2026-09", "2026-Q3")
    assert [told(zone.place, period).amount for period in periods] == [22 * MILLION, 32 * MILLION, 10 * MILLION]
    assert told(zone.place, "2026-10").how == "missing"


def test_a_late_project_and_a_report_taken_out_take_the_figure_back_and_a_moment_before_keeps_it(zone: Zone) -> None:
    declare_all()
    report = a_report_of(2026, a_project(zone, "8700000031"), 1, **WHOLE)
    before = head()[0]
    assert told(zone.place, "2026-Q1").amount == 5 * MILLION
    late = a_project(zone, "8700000032")
    assert told(zone.place, "2026-Q1").how == "missing"
    a_report_of(2026, late, 1, **WHOLE)
    assert told(zone.place, "2026-Q1").amount == 10 * MILLION
    remove(REPORTS, reach("an"), report.pk, reason="nhập nhầm")
    assert told(zone.place, "2026-Q1").how == "missing"
    assert told(zone.place, "2026-Q1", at=before).amount == 5 * MILLION


def test_the_path_of_a_figure_leads_to_the_projects_that_reported_and_beside_it_is_an_at_least(zone: Zone) -> None:
    project = a_project(zone, "8700000041")
    a_report_of(2026, project, 1, **WHOLE)
    amount, missing = beside_of(zone, "2026-Q1")
    assert (amount, zone.place in missing) == (5 * MILLION, True)
    assert at_least(reach("an"), [zone.place], named("2026-02"), ["revenue"]) == {}
    declare_all()
    assert beside_of(zone, "2026-Q1") == (5 * MILLION, ())
    path = path_to(told(zone.place, "2026-Q1").facts[0])
    assert [(step.thing, step.day, step.amount) for step in path.steps] == [
        (project.pk, date(2026, 3, 31), 5 * MILLION)
    ]


def beside_of(zone: Zone, period: str) -> tuple[int, tuple[str, ...]]:
    one = at_least(reach("an"), [zone.place], named(period), ["revenue"])["revenue", "", "USD"]
    return one.amount, one.missing


def test_movements_are_what_is_made_again_and_the_recount_agrees(zone: Zone) -> None:
    declare_all()
    for quarter in (1, 2, 3):
        a_report_of(2026, a_project(zone, f"870000005{quarter}"), 1, **WHOLE)
        for project in Project.objects.filter(zone=zone):
            if quarter > 1:
                a_report_of(2026, project, quarter, **WHOLE)
    for project in Project.objects.filter(zone=zone):
        a_report_of(2026, project, 0, **dict.fromkeys(WHOLE, 40))
    assert list(movements_checked()) == []
    totals = Totals(_book(head()[0]))
    periods = (*(f"2026-{month:02}" for month in range(1, 12)), "2026-Q1", "2026-Q2", "2026-Q3", "2026-H1", "2026")
    asked = [
        Question(code, place, named(period), currency="" if code in NO_MONEY else "USD")
        for place in (zone.place, "province/hai-phong-2025", HAI_PHONG)
        for code in INDICATORS
        for period in periods
    ]
    said = tables.answer_all(SYSTEM, asked)
    for one in asked:
        days = one.period.first, one.period.last
        again = totals.answer(Asked(one.indicator, one.place, one.period.name, *days, currency=one.currency))
        assert not differs(said[one], again), (one, said[one].amount, again.amount)
    assert sum(one.amount is not None for one in said.values()) > 4 * len(INDICATORS)


def test_energy_is_a_figure_of_its_own_register_though_the_rest_of_the_report_is_not_told(zone: Zone) -> None:
    project = a_project(zone, "8700000061")
    declare_all()
    declare_complete(reach("binh"), "board/hai-phong-2025", RESOURCES.code, date(2026, 1, 1), "đã nhập đủ")
    a_report_of(2026, project, 1, electricity_a=7, land_c=3)
    used = answer(reach("an"), Question("electricity_used", zone.place, named("2026-Q1")))
    assert (used.amount, used.how) == (7 * MILLION, "said")
    assert answer(reach("an"), Question("coal_used", zone.place, named("2026-Q1"))).amount == 0
    assert told(zone.place, "2026-Q1").how == "missing"


def test_foreign_workers_are_not_told_by_the_country_of_the_investor(zone: Zone) -> None:
    project = a_project(zone, "8700000062")
    declare_all()
    a_report_of(2026, project, 1, **WHOLE)
    assert told(zone.place, "2026-Q1", "jobs_foreign").amount == 2 * MILLION
    assert told(zone.place, "2026-Q1", "jobs_total").amount == 102 * MILLION
    by_country = Question("jobs_foreign", zone.place, named("2026-Q1"), country="JP")
    assert answer(reach("an"), by_country).how == "missing"
    money = Question("revenue", zone.place, named("2026-Q1"), country="JP", currency="USD")
    assert answer(reach("an"), money).amount == 5 * MILLION
    totals = Totals(_book(head()[0]))
    for one in (by_country, money):
        days = one.period.first, one.period.last
        asked = Asked(one.indicator, one.place, one.period.name, *days, currency=one.currency, country="JP")
        assert not differs(answer(reach("an"), one), totals.answer(asked))
