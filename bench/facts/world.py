"""The synthetic country: the real provinces, boards, blocks and events; zones and figures are made up."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb

from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import Indicator, load_indicators
from sokhu.core.makeup import makeup
from sokhu.core.place import Membership, Place, PlaceName, Span, ZoneKind
from sokhu.core.territory import Territory
from sokhu.core.territory_file import load_territory
from sokhu.engine.build import Said
from sokhu.engine.frame import Catalogue
from sokhu.engine.keys import Measure

MERGED = date(2025, 7, 1)
FIRST_YEAR, MONTHS = 2016, 120
SOURCE = "số liệu minh họa"
CHOSEN = ("capital_new", "land_leased", "industrial_land_area", "projects_new", "jobs_total", "projects_valid")


@dataclass(frozen=True, slots=True)
class Size:
    """zones x indicators x 2 ownerships x 120 months, a twentieth of them revised, another said by a second stream."""

    key: str
    name: str
    zones: int
    indicators: int


SIZES = [
    Size("tiny", "10^5", 48, 8),
    Size("small", "10^6", 475, 8),
    Size("usual", "10^7", 475, 80),
    Size("full", "10^8", 4750, 80),
]


def size() -> Size:
    return next(one for one in SIZES if one.key == (os.environ.get("BENCH") or "usual"))


def month_name(month: int) -> str:
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"


def quarter_name(quarter: int) -> str:
    return f"{FIRST_YEAR + quarter // 4}-Q{quarter % 4 + 1}"


def days_of(month: int) -> tuple[date, date]:
    first = date(FIRST_YEAR + month // 12, month % 12 + 1, 1)
    after = date(FIRST_YEAR + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


@cache
def indicators() -> list[Indicator]:
    """Indicators that add over places and are made of no others, the chosen ones first."""
    known = load_indicators()
    added = [one.code for one in known.values() if one.over_places == "sum" and not one.needs and not one.retired]
    return [known[code] for code in list(dict.fromkeys((*CHOSEN, *added)))[: size().indicators]]


def currency(one: Indicator) -> str:
    return "USD" if one.unit == "money" else ""


@cache
def territory() -> Territory:
    """The real one, with made-up zones in place of its own, spread evenly over the provinces and their boards."""
    real = load_territory()
    places = [one for one in real.places.values() if one.kind != "zone"]
    kept = {one.id for one in places}
    memberships = [one for one in real.memberships if {one.grouping, one.member} <= kept]
    provinces = [one.id for one in real.places_on("province", MERGED - timedelta(days=1))]
    turns: dict[str, int] = defaultdict(int)
    for number in range(size().zones):
        zone, province = f"zone/{number}", provinces[number % len(provinces)]
        name = PlaceName(f"KCN {number}", f"Zone {number}", Span())
        places.append(Place(zone, "zone", (name,), Span(), SOURCE, "BK-low", kinds=(ZoneKind("KCN"),)))
        memberships += _homes(real, zone, province, turns)
    return Territory(places, real.events, memberships, real.leads)


def _homes(real: Territory, zone: str, province: str, turns: dict[str, int]) -> Iterator[Membership]:
    """Of a province and, where it has several, of the boards in it in turn, before the merger and after it."""
    (after,) = real.successors(province, MERGED)
    turn = turns[province]
    turns[province] += 1
    for home, span in ((province, Span(None, MERGED - timedelta(days=1))), (after, Span(MERGED, None))):
        yield Membership(home, zone, span, SOURCE, "BK-low")
        day = MERGED if span.starts else MERGED - timedelta(days=1)
        boards = real.members(home, day, kind="board")
        if boards:
            yield Membership(boards[turn % len(boards)], zone, span, SOURCE, "BK-low")


@cache
def catalogue() -> Catalogue:
    return Catalogue(load_indicators(), load_dimensions(), territory())


def leaves(place: str, day: date) -> Iterator[str]:
    """The zones that a place is made of on a day, by way of whatever is between them."""
    for member in makeup(territory(), place, day).members:
        if member.startswith("zone/"):
            yield member
        else:
            yield from leaves(member, day)


GROUPINGS = ("province", "board", "block")


@cache
def places_by_kind() -> dict[str, list[str]]:
    return {kind: [one.id for one in territory().in_use(kind)] for kind in GROUPINGS}  # type: ignore[arg-type]


def place_number(place: str) -> int:
    kind = place.split("/", maxsplit=1)[0]
    return places_by_kind()[kind].index(place)


def organisation() -> list[tuple[int | None, ...]]:
    """(zone, first month, last month, province, board, block, province now): who a zone belonged to, as numbers."""
    now = _homes_on("province", days_of(MONTHS - 1)[1])
    rows: list[tuple[int | None, ...]] = []
    open_since: dict[str, tuple[int, tuple[int | None, ...]]] = {}
    for month in range(MONTHS + 1):
        homes = [_homes_on(kind, days_of(month)[1]) for kind in GROUPINGS] if month < MONTHS else []
        for zone in (f"zone/{number}" for number in range(size().zones)):
            state = tuple(home.get(zone) for home in homes)
            since, was = open_since.get(zone, (0, state))
            if state != was:
                rows.append((int(zone[5:]), since, month - 1, *was, now[zone]))
                since = month
            open_since[zone] = since, state
    return rows


@cache
def _homes_on(kind: str, day: date) -> dict[str, int]:
    """The place of a kind that each zone is in on a day. One that is not on the day's map is nobody's."""
    found = {}
    for place in territory().places_on(kind, day):  # type: ignore[arg-type]
        for zone in leaves(place.id, day):
            assert zone not in found, f"{zone} is in two places of kind {kind} on {day}"
            found[zone] = place_number(place.id)
    return found


RAW = """
CREATE TABLE raw AS
WITH cell AS (
  SELECT CAST(zone AS INTEGER) AS zone, CAST(indicator AS INTEGER) AS indicator, CAST(month AS INTEGER) AS month,
    CAST(ownership AS INTEGER) AS ownership, hash(zone, indicator, month, ownership) AS seed
  FROM range({months}) m(month), range({zones}) z(zone), range({indicators}) i(indicator), range(1, 3) o(ownership)),
said AS (
  SELECT *, 0 AS stream, 1 AS batch, seed % 100000000000 AS amount FROM cell
  UNION ALL SELECT *, 0, 2, (seed // 7) % 100000000000 FROM cell WHERE seed % 20 = 3
  UNION ALL SELECT *, 1, 3, (seed // 11) % 100000000000 FROM cell WHERE seed % 20 = 4)
SELECT zone, indicator, month, CAST(month // 3 AS INTEGER) AS quarter, ownership, CAST(stream AS INTEGER) AS stream,
  CAST(batch AS INTEGER) AS batch, CAST(amount AS DECIMAL(18,0)) AS amount
FROM said ORDER BY month, batch, zone, indicator, ownership"""
# What an analyst keeps: of each cell the newest of the stream that answers first.
CURRENT = """
CREATE TABLE current AS
SELECT indicator, month, quarter, zone, ownership, amount FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY zone, indicator, month, ownership ORDER BY stream, batch DESC) AS line FROM raw) ordered
WHERE line = 1 ORDER BY indicator, month, zone, ownership"""
ORGANISATION = "zone INTEGER, first_month INTEGER, last_month INTEGER, province INTEGER, board INTEGER, block INTEGER, province_now INTEGER"  # noqa: E501


def make_raw(folder: Path) -> int:
    """Writes raw.parquet, current.csv, organisation.csv and measure.csv; how many rows were said."""
    one, here = duckdb.connect(str(folder / "raw.duckdb")), size()
    one.execute(RAW.format(months=MONTHS, zones=here.zones, indicators=here.indicators))
    one.execute(f"COPY raw TO '{folder}/raw.parquet' (FORMAT parquet)")
    one.execute(f"CREATE TABLE organisation ({ORGANISATION})")
    one.executemany("INSERT INTO organisation VALUES (?, ?, ?, ?, ?, ?, ?)", organisation())
    one.execute("CREATE TABLE measure (id INTEGER, is_stock INTEGER)")
    one.executemany("INSERT INTO measure VALUES (?, ?)", list(_natures()))
    for table in ("organisation", "measure"):
        one.execute(f"COPY {table} TO '{folder}/{table}.csv' (HEADER false)")
    (count,) = one.execute("SELECT COUNT(*) FROM raw").fetchall()[0]
    one.close()
    return count


def _natures() -> Iterator[tuple[int, int]]:
    for number, one in enumerate(indicators()):
        yield number, int(one.nature == "stock")


def said(folder: Path) -> Iterator[Said]:
    """The same rows as the ledger hands them over."""
    reader = duckdb.connect(str(folder / "raw.duckdb"), read_only=True)
    measures = [Measure(one.code, currency=currency(one)) for one in indicators()]
    stocks = [one.nature == "stock" for one in indicators()]
    windows = [(month_name(month), *days_of(month)) for month in range(MONTHS)]
    rows = reader.execute("SELECT zone, indicator, month, ownership, stream, batch, amount::BIGINT FROM raw")
    while some := rows.fetchmany(10_000):
        for zone, indicator, month, ownership, stream, batch, amount in some:
            name, first, last = windows[month]
            yield Said(
                measures[indicator],
                ("", "FDI", "DDI")[ownership],
                f"zone/{zone}",
                name,
                last if stocks[indicator] else first,
                last,
                amount,
                "",
                "final",
                False,
                ("report", "press")[stream],
                (stream, zone),
                "",
                True,
                batch,
            )
    reader.close()
