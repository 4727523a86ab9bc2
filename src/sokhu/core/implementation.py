"""What enterprises report of a project: items of forms A.III.1 (quarter) and A.III.2 (year), and how they must add up.

Columns: A of the period, B since the year began, C since the certificate. Source: forms A.III.1, A.III.2 as the
national investment information system has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled
from sokhu.core.quarter import number_of

EQUITY = (
    "equity_vn_cash",
    "equity_vn_machinery",
    "equity_vn_other",
    "equity_foreign_cash",
    "equity_foreign_machinery",
    "equity_foreign_other",
)
LOANS = ("loan_domestic", "loan_parent", "loan_foreign")
REINVESTED = "reinvested"
CAPITAL = (*EQUITY, *LOANS, REINVESTED)  # item I of the forms is the sum of these
TOTAL = "capital"
ENERGY = ("electricity", "coal", "oil", "gas")
# Item to the columns it has; money but for those that say otherwise.
ITEMS: Mapping[str, str] = {
    **dict.fromkeys(CAPITAL, "abc"),
    **dict.fromkeys(("revenue", "exports", "imports", "taxes"), "ab"),
    "workers_vn": "a",
    "workers_foreign": "a",
    "income": "a",
    "profit": "a",
    "research": "ac",
    "environment": "ac",
    **dict.fromkeys(ENERGY, "a"),
    "land": "abc",
    "water": "abc",
}
# Items that are sums of others, and those that a form lists together: one that is left empty beside others is none.
SUMS: Mapping[str, tuple[str, ...]] = {
    TOTAL: CAPITAL,
    "equity": EQUITY,
    "loans": LOANS,
    "reinvestment": (REINVESTED,),
    "workers": ("workers_vn", "workers_foreign"),
    "land_and_water": ("land", "water"),
}
LISTED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("equity", "loans", "reinvestment"), CAPITAL),
    **dict.fromkeys(ENERGY, ENERGY),
}

# Indicator to the item and column that tell it.
BUSINESS: Mapping[str, tuple[str, str]] = {
    "capital_disbursed_in_period": (TOTAL, "a"),
    "capital_disbursed": (TOTAL, "c"),
    "equity_contributed": ("equity", "a"),
    "net_borrowing": ("loans", "a"),
    "profit_reinvested": ("reinvestment", "a"),
    "revenue": ("revenue", "a"),
    "export_value": ("exports", "a"),
    "import_value": ("imports", "a"),
    "budget_payment": ("taxes", "a"),
    "profit_after_tax": ("profit", "a"),
    "jobs_domestic": ("workers_vn", "a"),
    "jobs_foreign": ("workers_foreign", "a"),
    "jobs_total": ("workers", "a"),
}
RESOURCES: Mapping[str, tuple[str, str]] = {
    "electricity_used": ("electricity", "a"),
    "coal_used": ("coal", "a"),
    "oil_used": ("oil", "a"),
    "lng_used": ("gas", "a"),
    "land_water_used": ("land_and_water", "c"),
}
INDICATORS: Mapping[str, tuple[str, str]] = {**BUSINESS, **RESOURCES}
INFRASTRUCTURE = "capital_infrastructure_disbursed"  # what is disbursed of projects that build a zone's infrastructure
PEOPLE = frozenset({"jobs_domestic", "jobs_foreign", "jobs_total"})
COUNTS = PEOPLE | {"capital_disbursed", "land_water_used"}  # as of the end of the period
NO_MONEY = PEOPLE | frozenset(RESOURCES)
BY_OWNERSHIP_ONLY = NO_MONEY | {INFRASTRUCTURE, "equity_contributed", "net_borrowing", "profit_reinvested"}
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Reported:
    """One report. quarter: 1 to 4, 0 for that of a year. amounts: "revenue_a" to its amount, those that were said."""

    year: int
    quarter: int
    amounts: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else f"{self.year}"

    def said(self, item: str, column: str) -> int | None:
        """An amount, of a sum that of its parts; None where neither they nor what is listed with them was said."""
        parts = SUMS.get(item, (item,))
        if not any(f"{one}_{column}" in self.amounts for one in LISTED.get(item, parts)):
            return None
        return sum(self.amounts.get(f"{one}_{column}", 0) for one in parts)


def told_in(reports: Iterable[Reported], indicator: str, year: int, quarters: Sequence[int]) -> tuple[int, bool]:
    """What one project's reports say of an indicator in some quarters of a year, and whether all of it is there.

    The report of a whole year goes before its quarters. A count is that of the last of the quarters.
    """
    item, column = INDICATORS[indicator]
    known = {one.quarter: one.said(item, column) for one in reports if one.year == year}
    if tuple(quarters) == QUARTERS and known.get(0) is not None:
        return known[0] or 0, True
    needed = quarters[-1:] if indicator in COUNTS else quarters
    amounts = [known.get(quarter) for quarter in needed]
    return sum(amount or 0 for amount in amounts), None not in amounts


def last_told(
    reports: Iterable[Reported], indicator: str, year: int, quarters: Sequence[int]
) -> tuple[int, int] | None:
    """The last quarter of some in a year of which a report tells an indicator, and what it tells; None for none.

    The report of a whole year is that of its last quarter.
    """
    item, column = INDICATORS[indicator]
    known = {one.quarter: one.said(item, column) for one in reports if one.year == year}
    if tuple(quarters) == QUARTERS and known.get(0) is not None:
        return QUARTERS[-1], known[0] or 0
    return max(
        ((quarter, amount) for quarter, amount in known.items() if quarter in quarters and amount is not None),
        default=None,
    )


def disagreements(reports: Iterable[Reported]) -> list[Problem]:
    """Where reports do not add up, `where` the period: the year to date against its quarters, and since the start.

    Codes: projects.year_to_date, projects.since_start, each with item, said, sum. Nothing is said of a column that is
    empty, nor where a report between two is missing.
    """
    ordered = sorted((one for one in reports if one.quarter), key=lambda one: (one.year, one.quarter))
    found: list[Problem] = []
    for at, report in enumerate(ordered):
        before = ordered[at - 1] if at and _follows(ordered[at - 1], report) else None
        found += _against_quarters(report, ordered[:at])
        found += _against_before(report, before) if before else ()
    return found


def _follows(before: Reported, report: Reported) -> bool:
    return number_of(before.year, before.quarter) + 1 == number_of(report.year, report.quarter)


def _against_quarters(report: Reported, earlier: Sequence[Reported]) -> Iterator[Problem]:
    quarters = [*(one for one in earlier if one.year == report.year), report]
    if len(quarters) != report.quarter:
        return
    for item in _items_with("b"):
        amounts = [one.said(item, "a") for one in quarters]
        yield from _told("projects.year_to_date", report, item, report.said(item, "b"), amounts)


def _against_before(report: Reported, before: Reported) -> Iterator[Problem]:
    for item in _items_with("c"):
        amounts = [before.said(item, "c"), report.said(item, "a")]
        yield from _told("projects.since_start", report, item, report.said(item, "c"), amounts)


def _items_with(column: str) -> tuple[str, ...]:
    return (TOTAL, *(item for item, columns in ITEMS.items() if column in columns and item not in CAPITAL))


def _told(code: str, report: Reported, item: str, said: int | None, amounts: Sequence[int | None]) -> Iterator[Problem]:
    known = [amount for amount in amounts if amount is not None]
    if said is not None and len(known) == len(amounts) and sum(known) != said:
        yield Problem(code, report.name, item=item, said=_shown(said), sum=_shown(sum(known)))


def _shown(amount: int) -> Decimal:
    return unscaled(amount).normalize()
