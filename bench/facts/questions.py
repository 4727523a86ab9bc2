"""The questions, each as a good analyst would write it, in a text for DuckDB, PostgreSQL and SQLite alike.

Every answer is rows of (indicator, place or zone, period, amount, beside): beside is the same quarter of last year, or
a ratio's denominator. `current` has the figure that answers for each cell, `organisation` who a zone belonged to.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from facts import world

DRILL, STOCK, UNDER = 0, 1, 2  # numbers of capital_new, land_leased and industrial_land_area in `world.CHOSEN`
LAST = world.MONTHS - 1
BOARD_MONTH = LAST - 1
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """subtotal: the same over `subtotal` (month x place), where a subtotal of whole places can answer it."""

    name: str
    raw: str
    subtotal: str = ""


_AS_WAS = "o.zone = c.zone AND c.quarter * 3 + 2 BETWEEN o.first_month AND o.last_month"


def _year_on_year(levels: dict[str, str]) -> str:
    """levels: a query of (quarter, amount, place) by level."""
    parts = " UNION ALL ".join(levels.values())
    return f"""WITH level AS ({parts})
SELECT {DRILL}, now.place, now.quarter, now.amount, before.amount
FROM level now LEFT JOIN level before ON before.place = now.place AND before.quarter = now.quarter - 4"""


def _raw_drill() -> str:
    """Places of three kinds are told apart by thousands."""

    def level(column: str, offset: int) -> str:
        return f"""SELECT c.quarter, o.{column} + {offset} AS place, SUM(c.amount) AS amount
FROM quarterly c JOIN organisation o ON {_AS_WAS} WHERE o.{column} IS NOT NULL GROUP BY c.quarter, o.{column}"""

    quarterly = f"""quarterly AS (
SELECT zone, quarter, SUM(amount) AS amount FROM current WHERE indicator = {DRILL} GROUP BY zone, quarter)"""
    country = "SELECT quarter, 0 AS place, SUM(amount) AS amount FROM quarterly GROUP BY quarter"
    levels = {"country": country, "block": level("block", 1000), "province": level("province", 2000)}
    return _year_on_year(levels).replace("WITH level", f"WITH {quarterly}, level")


def _ratio(table: str, join: str) -> str:
    return f"""SELECT {STOCK}, o.block, c.quarter,
  SUM(CASE WHEN c.indicator = {STOCK} THEN c.amount END), SUM(CASE WHEN c.indicator = {UNDER} THEN c.amount END)
FROM {table} c {join} WHERE c.indicator IN ({STOCK}, {UNDER}) AND c.month = c.quarter * 3 + 2
  AND o.block IS NOT NULL GROUP BY o.block, c.quarter"""


_JOINED = f"JOIN organisation o ON {_AS_WAS}"
_IN_TIME = "(m.is_stock = 0 OR c.month = c.quarter * 3 + 2)"
_NOW = f"JOIN organisation o ON o.zone = c.zone AND o.last_month = {LAST}"
_TWO_YEARS = f"c.quarter > {LAST // 3 - 8}"
_FORM = f"c.month = {BOARD_MONTH} AND {BOARD_MONTH} BETWEEN o.first_month AND o.last_month"


def _by(place: str, table: str, join: str, condition: str) -> str:
    return f"""SELECT c.indicator, {place}, c.quarter, SUM(c.amount), NULL
FROM {table} c JOIN measure m ON m.id = c.indicator {join}
WHERE {_IN_TIME} AND {condition} GROUP BY c.indicator, {place}, c.quarter"""


def asked(board: int, zone: int) -> list[Asked]:
    """The questions. board, zone: those of the form and of the one figure."""
    level = f"SELECT quarter, {{place}} AS place, SUM(amount) AS amount FROM subtotal o WHERE indicator = {DRILL}"
    subtotals = {
        "country": level.format(place="0") + " GROUP BY quarter",
        "block": level.format(place="block + 1000") + " AND block IS NOT NULL GROUP BY quarter, block",
        "province": level.format(place="province + 2000") + " GROUP BY quarter, province",
    }
    return [
        Asked("drill", _raw_drill(), _year_on_year(subtotals)),
        Asked(
            "stock on 34 provinces",
            f"""SELECT {STOCK}, o.province_now, c.quarter, SUM(c.amount), NULL FROM current c {_NOW}
WHERE c.indicator = {STOCK} AND c.month = c.quarter * 3 + 2 GROUP BY o.province_now, c.quarter""",
            f"""SELECT {STOCK}, o.province_now, o.quarter, SUM(o.amount), NULL FROM subtotal o
WHERE o.indicator = {STOCK} AND o.month = o.quarter * 3 + 2 GROUP BY o.province_now, o.quarter""",
        ),
        Asked(
            "ratio by block",
            _ratio("current", _JOINED),
            _ratio("subtotal", "").replace("c.", "o.").replace(" c ", " o "),
        ),
        Asked(
            "yearbook",
            _by("o.province_now", "current", _NOW, _TWO_YEARS),
            _by("c.province_now", "subtotal", "", _TWO_YEARS),
        ),
        Asked(
            "full scan",
            _by("o.board", "current", _JOINED, "o.board IS NOT NULL"),
            _by("c.board", "subtotal", "", "c.board IS NOT NULL"),
        ),
        Asked(
            "every zone",
            f"SELECT {DRILL}, c.zone, c.quarter, SUM(c.amount), NULL FROM current c WHERE c.indicator = {DRILL}"
            " GROUP BY c.zone, c.quarter",
        ),
        Asked(
            "one form",
            f"""SELECT c.indicator, o.board, c.month, SUM(c.amount), NULL FROM current c
JOIN organisation o ON o.zone = c.zone WHERE o.board = {board} AND {_FORM} GROUP BY c.indicator, o.board, c.month""",
            f"""SELECT o.indicator, o.board, o.month, SUM(o.amount), NULL FROM subtotal o
WHERE o.board = {board} AND o.month = {BOARD_MONTH} GROUP BY o.indicator, o.board, o.month""",
        ),
        Asked(
            "one figure",
            f"""SELECT {DRILL}, c.zone, c.month, SUM(c.amount), NULL FROM current c
WHERE c.indicator = {DRILL} AND c.zone = {zone} AND c.month = {BOARD_MONTH} GROUP BY c.zone, c.month""",
        ),
    ]


# Of the places of a month as they were; a quarter's flow is by the map of its last day, so by quarters as well.
SUBTOTAL = f"""CREATE TABLE subtotal AS
SELECT c.indicator, c.month, c.quarter, o.province, o.board, o.block, o.province_now, SUM(c.amount) AS amount
FROM current c {_JOINED}
GROUP BY c.indicator, c.month, c.quarter, o.province, o.board, o.block, o.province_now
ORDER BY c.indicator, c.month"""


def digest(rows: Rows) -> str:
    """Equal for equal rows in any order, whatever kind of whole number they are in."""
    lines = sorted("\t".join("" if value is None else str(int(value)) for value in row) for row in rows)
    return sha256("\n".join(lines).encode()).hexdigest()[:12]
