"""An invented block: what its boards and the block itself reported over some years, all of it right as it was known."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from planted.boards import (
    ONE,
    STOCKS,
    as_guessed,
    before_it_was_late,
    comparisons,
    flow,
    operating_zones,
    report,
    stock,
)
from planted.figures import Figure
from planted.habits import BUSINESS, LICENCES, Habits, block_habits, habits
from planted.telling import Teller, adds_over_ownership, currency_of, standing_of
from planted.truth import MOVED_BY, OWNERSHIPS, Board, Flow, board, transfers
from planted.windows import on_day, year_of

BLOCK = "block/planted"
IN_THE_TABLE = (*LICENCES, *BUSINESS, "capital_registered_total", "projects_valid")


@dataclass(frozen=True, slots=True)
class Known:
    """A board as it was known when a year ended, and how it closed that year."""

    board: Board
    regime: str

    def amount(self, code: str, ownership: str, year: int) -> int:
        window = year_of(year, self.regime)
        if code in STOCKS:
            return stock(self.board, code, ownership, window.last)
        return flow(self.board, code, ownership, window)


@dataclass(frozen=True, slots=True)
class World:
    """figures: what stands, the last said of each cell by each speaker. members: places of the block."""

    figures: list[Figure]
    members: tuple[str, ...]


def world(seed: int) -> World:
    """A world of its own for each seed: six to twelve boards over three to five years."""
    chance = random.Random(seed)
    years = range(2018, 2018 + chance.choices((3, 4, 5), (8, 1, 1))[0])
    boards = [
        board(chance, f"board/b{number}", years) for number in range(chance.choices((6, 7, 8, 12), (8, 1, 1, 1))[0])
    ]
    transfers(chance, boards, years)
    figures: list[Figure] = []
    known: dict[int, list[Known]] = {year: [] for year in years}
    for one in boards:
        figures += _reports_of(chance, one, habits(chance, years), known)
    figures += _block(known, block_habits(chance, years))
    told = [one for one in standing_of(figures) if chance.random() > 0.01]
    return World(told, tuple(one.place for one in boards))


def _reports_of(chance: random.Random, one: Board, hand: Habits, known: dict[int, list[Known]]) -> list[Figure]:
    """All reports of a board; what the block knew of it when a year ended goes into `known`."""
    told: list[Figure] = []
    before: Board | None = None
    for year, table in known.items():
        fate = chance.choices(("final", "estimate", "late", "revised"), (78, 9, 5, 8))[0]
        if fate == "late" and year == max(known):
            continue
        seen = {"estimate": as_guessed, "revised": before_it_was_late}.get(fate, _as_it_was)(chance, one, year)
        if fate != "late":
            table.append(Known(seen, hand.regimes[year]))
        sequence = year * 10 + 5 * (fate == "late")
        maturity = "estimate" if fate == "estimate" else "final"
        day = chance.getrandbits(64)
        told += report(random.Random(day), seen, hand, year, sequence=sequence, maturity=maturity)
        told += comparisons(chance, seen, before, hand, year, sequence=sequence)
        before = seen
        if fate == "revised" or (fate == "estimate" and chance.random() < 0.6):
            after = chance.choice((5, 16))
            told += report(random.Random(day), one, hand, year, sequence=sequence + after, maturity="final")
            before = one if after == 5 else seen
    return told


def _as_it_was(chance: random.Random, known: Board, year: int) -> Board:
    return known


def _block(known: dict[int, list[Known]], hand: Habits) -> list[Figure]:
    """The block's tables: each member as it had reported, their sums, and what moved the block's stocks."""
    told: list[Figure] = []
    opening: dict[Flow, int] = {}
    for year, members in known.items():
        teller = Teller(BLOCK, ("block_report", BLOCK), hand, year * 10 + 2)
        _table(teller, members, year)
        for code in ("capital_registered_total", "projects_valid"):
            _movements(teller, members, year, code, opening)
        _zones(teller, members, year)
        told += teller.told
    return told


def _table(teller: Teller, members: list[Known], year: int) -> None:
    for code in IN_THE_TABLE:
        if code in BUSINESS and code not in teller.habits.tells:
            continue
        for ownership in (*OWNERSHIPS, "") if adds_over_ownership(code) else OWNERSHIPS:
            exact = {one.board.place: one.amount(code, ownership, year) for one in members}
            exact[BLOCK] = sum(exact.values())
            for place, amount in exact.items():
                _put(teller, code, ownership, year, amount, place)


def _movements(teller: Teller, members: list[Known], year: int, code: str, opening: dict[Flow, int]) -> None:
    """What the members told, and as a correction what came to light of the years before."""
    raised, lowered = MOVED_BY[code]
    seldom = tuple(one for one in raised if one.endswith(("_moved", "_corrected")))
    for ownership in OWNERSHIPS:
        sums = {one: sum(member.amount(one, ownership, year) for member in members) for one in (*raised, *lowered)}
        closing = sum(member.amount(code, ownership, year) for member in members)
        if (code, ownership) in opening:
            moved = sum(sums[one] for one in raised) - sum(sums[one] for one in lowered)
            sums[seldom[-1]] += closing - opening[code, ownership] - moved
        opening[code, ownership] = closing
        for one in (*lowered, *seldom) if teller.habits.movements == "all" else lowered:
            _put(teller, one, ownership, year, sums[one], BLOCK)


def _zones(teller: Teller, members: list[Known], year: int) -> None:
    """Two counts of the text of the block's report, with the kinds of zones it names."""
    window = year_of(year, teller.habits.regimes[year])
    operating = sum(operating_zones(one.board) for one in members)
    for code, number in (("zones_operating", operating), ("zones_wastewater_compliant", operating * 6 // 7)):
        figure = teller.say(code, on_day(window.last, window.regime), number * ONE)
        teller.told[-1] = replace(figure, passage=f"{figure.written} là KCN, KCX")


def _put(teller: Teller, code: str, ownership: str, year: int, amount: int, place: str) -> None:
    window = year_of(year, teller.habits.regimes[year])
    when = on_day(window.last, window.regime) if code in STOCKS else window
    teller.say(code, when, amount, ownership=ownership, currency=currency_of(code, ownership), place=place)
