"""A table over the places of a grouping: provinces of each period's own map, boards of a block, kinds of zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import dimensions, indicators, moment_of, territory
from sokhu.areas.ledger.comparing import weights
from sokhu.areas.ledger.tables import ask
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Question
from sokhu.core.contribution import Contribution, contribution
from sokhu.core.coverage import Weighed
from sokhu.core.grouping import ZONE_KINDS, known_place, listed_places, places_of_periods
from sokhu.core.period import Period
from sokhu.core.problems import Problem
from sokhu.core.table import Stamp, TableCell, TableQuestion

COUNTRY = "country/viet-nam"


@dataclass(frozen=True, slots=True)
class RollupAsked:
    """by: see `core.grouping.places_by`, or "zone_kind"; within: only places in this one.

    table: all else that is asked; its places are not used, the grouping gives them.
    """

    table: TableQuestion
    by: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Rollup:
    """cells: by indicator, ownership, place or kind of zone, period. weights: of the totals that lack members."""

    cells: tuple[TableCell, ...]
    stamp: Stamp
    weights: Mapping[Question, Weighed] = field(default_factory=dict)


def rollup(reach: Reach, asked: RollupAsked) -> Rollup:
    """Raises what `places_of_periods` and `tables.ask` raise."""
    with pinned_catalogue(moment_of(asked.table.at)):
        questions = list(_tables(asked))
        tables = [ask(reach, question) for question in questions]
        cells = [cell for table in tables for cell in table.cells]
        order = _order(asked, questions)
        cells.sort(key=lambda cell: order(cell.question))
        totals = [cell.answer for cell in cells]
        weighed = weights(reach, totals, at=asked.table.at, map_day=asked.table.map_day)
        return Rollup(tuple(cells), tables[0].stamp, weighed)


def _tables(asked: RollupAsked) -> Iterator[TableQuestion]:
    """A table for each list of places: on maps as they were, periods before and after a merger have their own."""
    if asked.by == ZONE_KINDS:
        place = known_place(territory(), asked.within or COUNTRY)
        days = [asked.table.map_day or period.last for period in asked.table.periods]
        words = dimensions().dimensions["zone_kind"].words.values()
        kinds = [word.key for word in words if any(word.holds_on(day) for day in days)]
        yield from (replace(asked.table, places=(place,), zone_kind=kind) for kind in kinds)
        return
    by_places: dict[tuple[str, ...], list[Period]] = defaultdict(list)
    for period, places in _lists(asked).items():
        by_places[places].append(period)
    for places, periods in by_places.items():
        yield replace(asked.table, places=places, periods=tuple(periods))


def _lists(asked: RollupAsked) -> dict[Period, tuple[str, ...]]:
    table = asked.table
    return places_of_periods(territory(), asked.by, table.periods, map_day=table.map_day, within=asked.within)


def _order(asked: RollupAsked, questions: list[TableQuestion]) -> Callable[[Question], tuple[int, ...]]:
    table = asked.table
    listed = () if asked.by == ZONE_KINDS else listed_places(territory(), asked.by)
    places = listed or tuple(territory().places)
    kinds = list(dict.fromkeys(question.zone_kind for question in questions))
    rank = {place: number for number, place in enumerate(places)}

    def order(one: Question) -> tuple[int, ...]:
        return (
            table.indicators.index(one.indicator),
            table.ownerships.index(one.ownership),
            rank[one.place],
            kinds.index(one.zone_kind),
            table.periods.index(one.period),
        )

    return order


def contributions(found: Rollup) -> dict[Question, Contribution]:
    """Who moved each total since the same period last year, by its question with no place.

    found: asked with last year. Raises Problem("asking.kinds_overlap") for kinds of zones: a zone may be of several.
    """
    groups: dict[Question, list[TableCell]] = defaultdict(list)
    members: dict[Question, list[str]] = defaultdict(list)  # in whichever currency they say something
    for cell in found.cells:
        total = replace(cell.question, place="")
        groups[total].append(cell)
        members[replace(total, currency="")].append(cell.question.place)
    if len({question.zone_kind for question in groups}) > 1:
        raise Problem("asking.kinds_overlap")
    return {
        question: contribution(
            {cell.question.place: cell.answer for cell in cells},
            {cell.question.place: cell.last_year for cell in cells if cell.last_year},
            better=indicators()[question.indicator].better,
            members=members[replace(question, currency="")],
        )
        for question, cells in groups.items()
    }
