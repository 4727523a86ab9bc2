"""What one report of a project says that can hardly be: told to whoever enters it, refused by nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sokhu.core.implementation import CAPITAL, ITEMS, LOANS, TOTAL, Reported
from sokhu.core.problems import Problem
from sokhu.core.quantity import scaled, unscaled

IMPLEMENTED_MOST = Decimal("1.5")  # times the registered capital
REVENUE_MOST = 1000  # times the registered capital
PEOPLE_MOST = 200_000  # of one project
PEOPLE = ("workers_vn", "workers_foreign")
WIDER: tuple[tuple[str, str], ...] = (("a", "b"), ("b", "c"), ("a", "c"))


def doubts(report: Reported, registered: int | None) -> list[Problem]:
    """Problems with the name of the amount in `where`: "revenue_a".

    registered: the project's capital in the report's currency, None where it has none in it.
    Codes: projects.over_year_to_date, projects.over_since_start, projects.over_registered,
    projects.revenue_over_registered, projects.many_people, each with found and limit.
    """
    return [*_over_wider(report), *_over_registered(report, registered or 0), *_many_people(report)]


def _over_wider(report: Reported) -> Iterator[Problem]:
    """A period is part of its year, and the year of all since the certificate. Loans fall when they are paid back."""
    for item in (one for one in ITEMS if one not in LOANS):
        for narrow, wide in WIDER:
            found, limit = report.said(item, narrow), report.said(item, wide)
            if (narrow, wide) == ("a", "c") and report.said(item, "b") is not None:
                continue  # told of the year between them
            if found is not None and limit is not None and found > limit:
                code = "projects.over_year_to_date" if wide == "b" else "projects.over_since_start"
                yield Problem(code, f"{item}_{narrow}", **_two(found, limit))


def _over_registered(report: Reported, registered: int) -> Iterator[Problem]:
    implemented, revenue = report.said(TOTAL, "c"), report.said("revenue", "a")
    if not registered:
        return
    if implemented is not None and implemented > registered * IMPLEMENTED_MOST:
        largest = max(CAPITAL, key=lambda item: report.said(item, "c") or 0)
        yield Problem("projects.over_registered", f"{largest}_c", **_two(implemented, registered))
    if revenue is not None and revenue > registered * REVENUE_MOST:
        yield Problem("projects.revenue_over_registered", "revenue_a", **_two(revenue, registered))


def _many_people(report: Reported) -> Iterator[Problem]:
    people = [report.said(item, "a") or 0 for item in PEOPLE]
    if sum(people) > scaled(Decimal(PEOPLE_MOST), "workers"):
        where = PEOPLE[people.index(max(people))]
        yield Problem("projects.many_people", f"{where}_a", found=_shown(sum(people)), limit=Decimal(PEOPLE_MOST))


def _two(found: int, limit: int) -> Mapping[str, Decimal]:
    return {"found": _shown(found), "limit": _shown(limit)}


def _shown(amount: int) -> Decimal:
    return unscaled(amount).normalize()
