"""What enterprises' reports of a project move: flows on the last day of a quarter, counts as they were on that day.

A quarter is told where each indicator of its group is (`implementation.BUSINESS`, `RESOURCES`). The report of a whole
year closes the fourth quarter (what it says less the quarters before) once these are told; until then it cannot be
parted into quarters and moves nothing. Source: forms A.III.1 (quarter) and A.III.2 (year).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sokhu.core.certificates.chain import Step, state_after
from sokhu.core.certificates.movements import ONE, Shelf, shelf_of
from sokhu.core.implementation import (
    BUSINESS,
    BY_OWNERSHIP_ONLY,
    COUNTS,
    INDICATORS,
    INFRASTRUCTURE,
    NO_MONEY,
    QUARTERS,
    RESOURCES,
    Reported,
)
from sokhu.core.movement import Moved
from sokhu.core.quarter import last_day, number_of

TOLD, RESOURCES_TOLD = "implementation_told", "resources_told"  # tallies: projects that told all of a quarter


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a project, with its id and currency."""

    id: UUID
    currency: str
    said: Reported


class Amount(NamedTuple):
    """What a report says of an indicator. quarter: counted on from the year 0, four to a year."""

    quarter: int
    amount: int
    source: UUID


def moved_by_reports(reports: Sequence[Report], steps: Sequence[Step]) -> Iterator[Moved]:
    """What reports say of capital, business and people. steps: its life: where it stood when a quarter ended."""
    if not (reports and steps):
        return
    yield from _moved_by_group(BUSINESS, TOLD, reports, steps)
    if steps[0].after.terms.is_infrastructure:
        for currency, some in _by_currency("capital_disbursed", reports):
            yield from _counts(INFRASTRUCTURE, currency, _amounts("capital_disbursed", some, steps), steps)


def moved_by_resources(reports: Sequence[Report], steps: Sequence[Step]) -> Iterator[Moved]:
    """What they say of energy, land and water, which is due and complete for itself."""
    if reports and steps:
        yield from _moved_by_group(RESOURCES, RESOURCES_TOLD, reports, steps)


def _moved_by_group(
    group: Iterable[str], tally: str, reports: Sequence[Report], steps: Sequence[Step]
) -> Iterator[Moved]:
    told: list[set[int]] = []
    for code in group:
        quarters: set[int] = set()
        for currency, some in _by_currency(code, reports):
            amounts = _amounts(code, some, steps)
            quarters |= {one.quarter for one in amounts}
            yield from (_counts if code in COUNTS else _flows)(code, currency, amounts, steps)
        told.append(quarters)
    sources = {_number(one.said): one.id for one in sorted(reports, key=lambda one: one.said.quarter, reverse=True)}
    for quarter in sorted(set.intersection(*told)):
        if _is_valid(steps, quarter):
            yield _moved(tally, _shelf(steps, quarter), last_day(quarter), ONE, sources[quarter])


def _by_currency(code: str, reports: Sequence[Report]) -> Iterable[tuple[str, Sequence[Report]]]:
    """People, energy and land are counted whatever the money of a report is in."""
    if code in NO_MONEY:
        return [("", reports)]
    return [(one, [report for report in reports if report.currency == one]) for one in sorted(_currencies(reports))]


def _currencies(reports: Iterable[Report]) -> set[str]:
    return {one.currency for one in reports}


def _amounts(code: str, reports: Sequence[Report], steps: Sequence[Step]) -> list[Amount]:
    """What is told of an indicator quarter by quarter; what the report of a year adds to its fourth comes beside it."""
    item, column = INDICATORS[code]
    said: dict[tuple[int, int], Amount] = {}
    for report in reports:
        amount = report.said.said(item, column)
        if amount is not None:
            said[report.said.year, report.said.quarter] = Amount(_number(report.said), amount, report.id)
    found = {key: one for key, one in said.items() if key[1]}
    for (year, quarter), whole in said.items():
        if quarter == 0 and all((year, one) in said or not _is_valid(steps, number_of(year, one)) for one in (1, 2, 3)):
            parts = [one for key, one in said.items() if key[0] == year and key[1]]
            if code in COUNTS:
                found[year, QUARTERS[-1]] = whole
            else:
                found[year, 0] = whole._replace(amount=whole.amount - sum(one.amount for one in parts))
    return list(found.values())


def _flows(code: str, currency: str, amounts: Iterable[Amount], steps: Sequence[Step]) -> Iterator[Moved]:
    for one in amounts:
        if one.amount:
            yield _moved(code, _shelf(steps, one.quarter), last_day(one.quarter), one.amount, one.source, currency)


def _counts(code: str, currency: str, amounts: Iterable[Amount], steps: Sequence[Step]) -> Iterator[Moved]:
    """A count comes with the last day of its quarter and goes with that of the next, when it is counted again."""
    nets: dict[tuple[date, Shelf], tuple[int, UUID]] = {}
    for one in sorted(amounts):
        if _is_valid(steps, one.quarter):
            shelf = _shelf(steps, one.quarter)
            for quarter, amount in ((one.quarter, one.amount), (one.quarter + 1, -one.amount)):
                key = last_day(quarter), shelf
                nets[key] = nets.get(key, (0, one.source))[0] + amount, one.source
    for (day, shelf), (amount, source) in nets.items():
        if amount:
            yield _moved(code, shelf, day, amount, source, currency)


def _moved(code: str, shelf: Shelf, day: date, amount: int, source: UUID, currency: str = "") -> Moved:
    country, sector = ("", "") if code in BY_OWNERSHIP_ONLY else (shelf.country, shelf.sector)
    return Moved(code, shelf.place, shelf.owner, day, amount, source, shelf.ownership, country, sector, currency)


def _is_valid(steps: Sequence[Step], quarter: int) -> bool:
    state = state_after(steps, last_day(quarter))
    return state is not None and state.is_valid


def _shelf(steps: Sequence[Step], quarter: int) -> Shelf:
    """Where the project is counted on the last day of a quarter; before its certificate where that put it first."""
    return shelf_of(state_after(steps, last_day(quarter)) or steps[0].after)


def _number(said: Reported) -> int:
    return number_of(said.year, said.quarter or QUARTERS[-1])
