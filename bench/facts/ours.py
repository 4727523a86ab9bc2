"""The same questions on a copy of the columnar engine: its one query, asked for the numbers of measures and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from facts import world
from facts.questions import BOARD_MONTH, DRILL, LAST, STOCK, UNDER, Rows
from sokhu.engine.keys import Measure
from sokhu.engine.reading import query
from sokhu.engine.store import Copy

QUARTERS = range(world.MONTHS // 3)
NARROW = "measure, place, ownership, period, CAST(amount AS BIGINT) AS amount"  # what the other engines give


@dataclass(frozen=True, slots=True)
class Ours:
    """A warm copy. Rows come back in the engine's own numbers; `told` gives them those of the other engines."""

    copy: Copy
    columns: str = NARROW

    def _ask(self, measures: Iterable[int], places: Iterable[str], periods: Iterable[str]) -> Rows:
        totals = self.copy.totals
        text, numbers = query(
            [totals.measures[_measure(one)] for one in measures],
            [totals.places[one] for one in places if one in totals.places],
            [0],
            [totals.periods[one] for one in periods],
            self.columns,
        )
        return totals.adapter.rows(text, numbers)

    def questions(self, board: str, zone: int) -> dict[str, Callable[[], Rows]]:
        everything, quarters = range(len(world.indicators())), [world.quarter_name(one) for one in QUARTERS]
        kinds = world.places_by_kind()
        now = [one.id for one in world.territory().places_on("province", world.days_of(LAST)[1])]
        zones = [f"zone/{one}" for one in range(world.size().zones)]
        drilled = ["country/viet-nam", *kinds["block"], *kinds["province"]]
        month = world.month_name(BOARD_MONTH)
        return {
            "drill": lambda: self._ask([DRILL], drilled, quarters),
            "stock on 34 provinces": lambda: self._ask([STOCK], now, quarters),
            "ratio by block": lambda: self._ask([STOCK, UNDER], kinds["block"], quarters),
            "yearbook": lambda: self._ask(everything, now, quarters[-8:]),
            "full scan": lambda: self._ask(everything, kinds["board"], quarters),
            "every zone": lambda: self._ask([DRILL], zones, quarters),
            "one form": lambda: self._ask(everything, [board], [month]),
            "one figure": lambda: self._ask([DRILL], [f"zone/{zone}"], [month]),
        }

    def told(self, name: str, rows: Rows) -> Rows:
        """The rows of a question as the other engines give them."""
        measures = {self.copy.totals.measures[_measure(one)]: one for one in range(len(world.indicators()))}
        places = {number: code for code, number in self.copy.totals.places.items()}
        periods = {number: _period(period) for period, number in self.copy.totals.periods.items()}
        plain = {
            (measures[row[0]], _place(name, places[row[1]]), periods[row[3]]): row[4]
            for row in rows
            if _is_on_map(name, places[row[1]], periods[row[3]])
        }
        if name == "drill":
            return [(*key, amount, plain.get((key[0], key[1], key[2] - 4))) for key, amount in plain.items()]
        if name == "ratio by block":
            tops = ((key, amount) for key, amount in plain.items() if key[0] == STOCK)
            return [(*key, amount, plain.get((UNDER, *key[1:]))) for key, amount in tops]
        return [(*key, amount, None) for key, amount in plain.items()]


def _measure(number: int) -> Measure:
    one = world.indicators()[number]
    return Measure(one.code, currency=world.currency(one))


def _period(name: str) -> int:
    year, _, rest = name.partition("-")
    if rest.startswith("Q"):
        return (int(year) - world.FIRST_YEAR) * 4 + int(rest[1:]) - 1
    return (int(year) - world.FIRST_YEAR) * 12 + int(rest) - 1 if rest.isdigit() else -1


def _place(name: str, place: str) -> int:
    kind, _, rest = place.partition("/")
    if kind == "zone":
        return int(rest)
    if kind == "country":
        return 0
    number = world.place_number(place)
    return number + {"block": 1000, "province": 2000}.get(kind, 0) if name == "drill" else number


def _is_on_map(name: str, place: str, period: int) -> bool:
    """A question on the map as it was is not about places of another day, which have totals too."""
    if name in ("stock on 34 provinces", "yearbook") or place.startswith(("zone/", "country/")):
        return True
    month = period if name == "one form" else period * 3 + 2
    return world.territory().exists_on(place, world.days_of(month)[1])
