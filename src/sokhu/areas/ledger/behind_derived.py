"""What stands behind a derived figure: the movements that it is the sum of, each of the thing that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from sokhu.areas.ledger.derived import Registers, breakdowns_of, derived_facts, registers_at
from sokhu.areas.ledger.models import Movement, Observation
from sokhu.areas.ledger.movements import standing
from sokhu.areas.ledger.queries import current, visible_observations
from sokhu.areas.ledger.registers import page_of, register_of
from sokhu.areas.ledger.small_cells import without_small
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer, Question
from sokhu.core.cell import CellKey
from sokhu.core.derived import Part
from sokhu.core.fact import Fact
from sokhu.core.period import named
from sokhu.core.problems import Problem

SHOWN = 100  # movements told one by one, the newest


@dataclass(frozen=True, slots=True)
class Step:
    """One movement with its thing. url: of the thing's page, "" for none."""

    day: date
    place: str
    amount: int
    thing: UUID
    title: str
    url: str
    since: int


@dataclass(frozen=True, slots=True)
class Path:
    """How a derived figure came about. rest: how many movements lie before those told, and what they come to."""

    register: str
    complete: tuple[date | None, date | None]
    steps: tuple[Step, ...]
    rest: tuple[int, int]


def derived_fact(reach: Reach, cell: CellKey, at: int | None = None) -> Fact:
    """The derived figure of a cell. Raises Problem("ledger.no_such_figure") where there is none that one may see."""
    days = cell.first, cell.last
    broken_down = [(cell.country, cell.sector)]
    found = derived_facts(
        reach, [cell.place], *days, at=at, indicators=[cell.indicator], asked=[days], broken_down=broken_down
    )
    for fact in found:
        if fact.cell.period == cell.period and _part(fact.cell) == _part(cell) and not _is_withheld(reach, fact, at):
            return fact
    raise Problem("ledger.no_such_figure")


def _is_withheld(reach: Reach, fact: Fact, at: int | None) -> bool:
    cell = fact.cell
    asked = Question(cell.indicator, cell.place, named(cell.period, regime=cell.regime), **_part(cell)._asdict())
    told = Answer(asked, "said", amount=fact.amount, facts=(fact,))
    return without_small(reach, {asked: told}, at)[asked].emptiness == "withheld"


def _part(cell: CellKey) -> Part:
    return Part(cell.ownership, cell.currency, cell.country, cell.sector)


def path_to(fact: Fact, at: int | None = None, *, tells_things: bool = True) -> Path:
    """The movements behind a derived figure, the newest first: three queries, and one for the names of the things.

    tells_things: whether its reader may read the records; else only how many there are.
    """
    known = registers_at(at)
    assert known is not None  # there would be no figure
    cell = fact.cell
    indicator, register = known.indicators[cell.indicator]
    rows = _rows(known, cell, is_flow=indicator.nature == "flow")
    told = list(rows.order_by("-day", "-pk")[: SHOWN if tells_things else 0])
    whole = rows.aggregate(count=Count("pk"), sum=Sum("amount"))
    rest = whole["count"] - len(told), int(whole["sum"] or 0) - sum(row.amount for row in told)
    titles = register_of(register).titles({row.thing for row in told})
    spans = [span for span in known.complete(cell.place, register) if span.holds(cell.last)]
    steps = tuple(
        Step(
            row.day,
            row.place,
            row.amount,
            row.thing,
            titles.get(row.thing, ""),
            page_of(register, row.thing),
            row.since,
        )
        for row in told
    )
    return Path(register, (spans[0].starts, spans[0].ends), steps, rest)


def _rows(known: Registers, cell: CellKey, *, is_flow: bool) -> QuerySet[Movement]:
    own = Q(place=cell.place)
    told = standing(known.sequence).filter(own, indicator=cell.indicator, day__lte=cell.last)
    inside = own if cell.indicator in known.of_all and told.exists() else own | _in_parks(known, cell, is_flow=is_flow)
    rows = standing(known.sequence).filter(inside, indicator=cell.indicator, currency=cell.currency, day__lte=cell.last)
    rows = rows.filter(ownership=cell.ownership) if cell.ownership else rows
    rows = rows.filter(country=cell.country) if cell.country else rows
    (_whole, *asked) = breakdowns_of([(cell.country, cell.sector)])
    rows = rows.filter(sector__in=asked[0].sectors) if cell.sector else rows
    return rows.filter(day__gte=cell.first) if is_flow else rows


def _in_parks(known: Registers, cell: CellKey, *, is_flow: bool) -> Q:
    found = Q(pk__in=[])
    for park, span in known.parks(cell.place):
        if is_flow:
            found |= Q(place=park, day__gte=span.starts or date.min, day__lte=span.ends or date.max)
        elif span.holds(cell.last):
            found |= Q(place=park)
    return found


def said_beside(reach: Reach, cell: CellKey) -> list[Observation]:
    """What other streams say in the same cell."""
    seen = visible_observations(reach).filter(cell=cell.id())
    return list(current(seen).select_related("stream", "document", "batch", "cell").order_by("batch_id"))
