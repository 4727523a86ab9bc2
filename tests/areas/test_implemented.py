"""Reports of projects add up to zone, board and province; as long as one is missing the sum is an "at least"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import HAI_PHONG, reach
from register_samples import a_thing
from sokhu.areas.projects.implemented import implemented
from sokhu.areas.projects.models import Project
from sokhu.areas.projects.registry import EVENTS, PROJECTS, REPORTS
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import ZONES
from sokhu.core.implementation import Reported, told_in
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import create

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
    values = {"project": project, "year": 2025, "quarter": str(quarter), "currency": "USD"}
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
