"""What boards reported over the years: the figures that their registers came to, and a few slips of the pen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, newest_moment, territory
from sokhu.areas.ledger.actions import accept, keep_proposal
from sokhu.areas.ledger.models import Movement
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.territory.queries import SYSTEM, name_of
from sokhu.cli.illustrative.chance import LAST, Chance
from sokhu.core.indicator import Indicator
from sokhu.core.movement import Series, series_of
from sokhu.core.numbers import format_number
from sokhu.core.period import Period, named, printed
from sokhu.core.quantity import unscaled
from sokhu.core.territory import Territory

REASON = "Số liệu minh họa, tạo từ một số hạt giống"
REPORTED = (
    "projects_new", "projects_revoked", "projects_corrected", "projects_valid", "capital_new", "capital_added",
    "capital_reduced", "capital_revoked", "capital_corrected", "capital_registered_total", "land_leased",
)  # fmt: skip
ONLY_WHERE_ANY = ("projects_corrected", "capital_corrected")  # nobody reports that nothing was set right
PARTS = ("Q1", "Q2", "Q3", "Q4", "H1", "")
ENDS_OF_STOCKS = ("Q1", "H1", "Q3", "")  # a stock of the end of June is one figure, whichever period names it
SLIPS = (10, 1000, 10)  # by how much a slip of the pen is too much
SLIPPING = "capital_new"

Shelf = tuple[str, str, str]  # indicator, ownership, currency


@dataclass(frozen=True, slots=True)
class Said:
    """One figure as a board reports it. amount: of the registers; factor: of a slip, else 1."""

    board: str
    period: str
    shelf: Shelf
    amount: int
    factor: int = 1

    @property
    def wrong(self) -> int:
        """How much less the registers come to than what was reported; 0 for a right figure."""
        return self.amount * (self.factor - 1)


@dataclass(slots=True)
class Reported:
    """How many figures in how many reports, and those that are wrong on purpose."""

    figures: int = 0
    reports: int = 0
    slips: list[Said] = field(default_factory=list)


def report(chance: Chance, since: int) -> Reported:
    """Writes the reports of every board that had zones, year by year; a few figures have a slip of the pen."""
    with pinned_catalogue(newest_moment()):
        done, books = Reported(), list(_books(since))
        slips = _slips(chance, books)
        for board, year, figures in books:
            said = [slips.get((one.board, one.period, one.shelf), one) for one in figures]
            done.slips += [one for one in said if one.factor > 1]
            _write(board, year, said)
            done.reports, done.figures = done.reports + 1, done.figures + len(said)
    return done


def _slips(chance: Chance, books: Sequence[tuple[str, int, list[Said]]]) -> dict[tuple[str, str, Shelf], Said]:
    """Figures that are reported too large: whole years, so that their quarters tell."""
    able = [
        one
        for _board, _year, figures in books
        for one in figures
        if one.shelf[0] == SLIPPING and one.period.isdecimal()
    ]
    able = [one for one in able if one.amount and one.amount < 10**12]
    chosen = chance.stream("slips").sample(able, min(len(SLIPS), len(able)))
    wrong = [Said(one.board, one.period, one.shelf, one.amount, by) for one, by in zip(chosen, SLIPS, strict=False)]
    return {(one.board, one.period, one.shelf): one for one in wrong}


def _books(since: int) -> Iterator[tuple[str, int, list[Said]]]:
    """Board, year and every figure of it, as the movements come to."""
    places, moved = territory(), _series()
    for year in range(since, LAST.year + 1):
        periods = [one for part in PARTS if (one := named(f"{year}-{part}".rstrip("-"))).last <= LAST]
        by_board: dict[str, list[Said]] = defaultdict(list)
        for period in periods:
            for board, zones in _zones_by_board(places, period.last).items():
                by_board[board] += _figures(board, period, [moved[zone] for zone in zones if zone in moved])
        for board, figures in by_board.items():
            yield board, year, figures


def _zones_by_board(places: Territory, day: date) -> dict[str, list[str]]:
    found = {board.id: list(places.members(board.id, day, kind="zone")) for board in places.places_on("board", day)}
    return {board: zones for board, zones in found.items() if zones}


def _series() -> dict[str, dict[Shelf, Series]]:
    """By zone, what moved each figure."""
    rows = Movement.objects.filter(until=None, indicator__in=REPORTED)
    moves: dict[str, dict[Shelf, list[tuple[date, int]]]] = defaultdict(lambda: defaultdict(list))
    names = ("place", "indicator", "ownership", "currency", "day")
    for place, *shelf, day, amount in rows.values_list(*names).annotate(total=Sum("amount")).order_by(*names):
        moves[place][tuple(shelf)].append((day, int(amount)))
    return {place: {shelf: series_of(some) for shelf, some in of.items()} for place, of in moves.items()}


def _figures(board: str, period: Period, zones: Sequence[dict[Shelf, Series]]) -> Iterator[Said]:
    part = period.name[5:]
    for shelf in sorted({shelf for one in zones for shelf in one}):
        is_stock = indicators()[shelf[0]].nature == "stock"
        if is_stock and part not in ENDS_OF_STOCKS:
            continue
        series = [one[shelf] for one in zones if shelf in one]
        amount = sum(one.up_to(period.last) if is_stock else one.within(period.first, period.last) for one in series)
        if amount or shelf[0] not in ONLY_WHERE_ANY:
            yield Said(board, period.name, shelf, amount)


def _write(board: str, year: int, figures: Iterable[Said]) -> None:
    title = f"Báo cáo năm {year} (minh họa): {name_of(board, date(year, 6, 30))}"
    text, fields = f"{title}\nSố liệu minh họa: mọi con số được tạo ra để thử.\n\n", []
    for one in figures:
        indicator, written = indicators()[one.shelf[0]], _written(one)
        text += f"- {indicator.name_vi}, {one.shelf[1]}, {printed(named(one.period))}: "
        fields.append(_fields(one, indicator, written, len(text)))
        text += f"{written}\n"
    described = Described(title=title, stream_kind="report", speaker=board, about=board, published=_signed(year))
    document = add_document(SYSTEM, text.encode(), f"bao-cao-{year}.txt", described, by=None, owner=board)
    proposal = keep_proposal(document, fields, by=None)
    result = accept(SYSTEM, proposal, proposal.figures.values_list("pk", flat=True), reason=REASON)
    assert not result.refused, result.refused[0]


def _signed(year: int) -> date:
    return min(date(year + 1, 1, 15), LAST)


def _unit(one: Said, indicator: Indicator) -> str:
    return one.shelf[2] or indicator.unit


def _value(one: Said) -> int:
    return one.amount * one.factor


def _written(one: Said) -> str:
    """ "12", "1.234,5 triệu USD", "345,67 ha": exact, as a report has it."""
    words = {"USD": " triệu USD", "VND": " triệu đồng"}.get(
        one.shelf[2], " ha" if one.shelf[0] == "land_leased" else ""
    )
    return f"{format_number(unscaled(_value(one)))}{words}"


def _fields(one: Said, indicator: Indicator, written: str, start: int) -> dict[str, Any]:
    unit = _unit(one, indicator)
    value = str(_value(one)) if one.shelf[2] else format(unscaled(_value(one)), "f")
    return {
        "start": start,
        "end": start + len(written),
        "quote": written,
        "as_written": written,
        "value": value,
        "unit": unit,
        "indicator": indicator.code,
        "place": one.board,
        "scope_as_read": name_of(one.board),
        "period": one.period,
        "ownership": one.shelf[1],
        "confidence": 1.0,
    }
