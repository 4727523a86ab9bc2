"""Random small books: a small country around the mergers of 2025, and figures for it, put in as sealed batches.

`a_small_country` is the shipped catalogue with ten provinces of its territory left, so that totals of regions and
of the country can be complete. `books` draws what is said in it, `fill` puts it into the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.stored import Item, as_json, from_json, shipped_items
from sokhu.areas.ledger.models import Cell, Observation, Stream, Withdrawal
from sokhu.core.cell import CellKey, stream_id
from sokhu.core.indicator import load_indicators
from sokhu.core.period import as_of, instant, named
from sokhu.kit.sealing.actions import OpenBatch, sealed_batch

PROVINCES_BEFORE = ("hai-phong", "hai-duong", "da-nang", "quang-nam", "quang-ngai", "kon-tum")
PROVINCES = ("ha-noi", *PROVINCES_BEFORE, "hai-phong-2025", "da-nang-2025", "quang-ngai-2025")
BOARDS = (*PROVINCES, "hoa-lac", "ha-noi-2025", "chu-lai")  # mergers with a decision and without one, and a split
ZONES = (
    "kcn-thang-long",
    "kcn-ho-tro-nam-ha-noi-hanssip-giai-doan-1",
    "kkt-dinh-vu-cat-hai",
    "kcn-trang-due-gd-1-2",  # inside the economic zone before it
    "kcn-do-son",
    "kcn-dai-an",
    "kkt-mo-chu-lai",
    "kcn-dien-nam-dien-ngoc",
    "kcn-hoa-khanh",
    "kkt-dung-quat",
)
GROUPS = (
    "country/viet-nam",
    "group/ven-bien",
    "group/bien-gioi",
    "group/dong-bang",
    "block/dong-bang-song-hong",
    "block/tay-nguyen",
)
REGIONS = ("dong-bang-song-hong", "bac-trung-bo-va-duyen-hai-mien-trung", "tay-nguyen")
REGIONS_AFTER = ("dong-bang-song-hong-2025", "duyen-hai-nam-trung-bo-va-tay-nguyen-2025")
KEPT = frozenset(
    [
        *GROUPS,
        *(f"region/{name}" for name in (*REGIONS, *REGIONS_AFTER)),
        *(f"province/{name}" for name in PROVINCES),
        *(f"board/{name}" for name in BOARDS),
        *(f"zone/{name}" for name in ZONES),
    ]
)


def a_small_country() -> None:
    """Brings the catalogue with this territory into an empty book."""
    with sealed_batch("catalogue", author=None) as batch:
        for order, (path, key, data) in enumerate(_kept(shipped_items())):
            batch.add(Entry(id=uuid4(), kind=path, key=key, order=order, data=data))


def _kept(items: Iterator[Item]) -> Iterator[Item]:
    for path, key, data in items:
        if not path.startswith("territory/"):
            yield path, key, data
        elif (table := _of_the_small_country(key, from_json(data))) is not None:
            yield path, key, as_json(table)


def _of_the_small_country(key: str, table: dict[str, Any]) -> dict[str, Any] | None:
    """A territory item without the places that were left out; None where nothing is left of it."""
    if key.startswith("event"):
        there = {side: [place for place in table[side] if place in KEPT] for side in ("from", "to")}
        return table | there if any(there.values()) else None
    if key.startswith("lead"):
        return None
    if (table.get("grouping") or key) not in KEPT:
        return None
    if "members" not in table:
        return table
    members = [place for place in table["members"] if place in KEPT]
    return {**table, "members": members} if members else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a random book. amount: 10^-6 of the indicator's unit; None with a reason in `emptiness`."""

    indicator: str
    place: str
    period: str
    amount: int | None
    currency: str = ""
    ownership: str = ""
    zone_kind: str = ""
    kind: str = "result"
    regime: str = "calendar"
    maturity: str = "final"
    emptiness: str = ""
    stream: str = "report"
    owner: str = ""
    is_public: bool = False

    def cell(self) -> CellKey:
        period = named(self.period, regime=self.regime)
        if INDICATORS[self.indicator].nature == "stock":
            period = as_of(instant(period), regime=self.regime)
        return CellKey(
            self.indicator,
            self.place,
            period.name,
            period.first,
            period.last,
            period.regime,
            self.kind,
            self.ownership,
            zone_kind=self.zone_kind,
            currency=self.currency,
        )


Book = Sequence[Sequence[Figure]]  # batches, each of them what was accepted at once
INDICATORS = load_indicators()


def fill(book: Book, *, withdrawn: int = 0) -> list[UUID]:
    """Puts the batches in, then takes back every `withdrawn`-th observation (0: none). Returns the observations' ids.

    A figure said before in the same cell, stream and batch is left out; one said before in another batch is revised.
    """
    known = {*Cell.objects.values_list("pk", flat=True), *Stream.objects.values_list("pk", flat=True)}
    shelves = Observation.objects.order_by("batch_id").values_list("cell_id", "stream_id", "owner", "is_public", "pk")
    standing = {(cell, stream, owner, is_public): pk for cell, stream, owner, is_public, pk in shelves}
    for figures in book:
        with sealed_batch("accept", author=None) as batch:
            said = {(one.cell().id(), one.stream): one for one in figures}
            for (cell_id, _), one in said.items():
                _add(batch, one, cell_id, known, standing)
    ids = list(standing.values())
    taken = ids[::withdrawn] if withdrawn else []
    if taken:
        with sealed_batch("withdraw", author=None) as batch:
            for one in taken:
                batch.add(Withdrawal(id=uuid4(), observation_id=one))
    return ids


def _add(
    batch: OpenBatch,
    one: Figure,
    cell_id: UUID,
    known: set[UUID],
    standing: dict[tuple[UUID, UUID, str, bool], UUID],
) -> None:
    stream = stream_id(one.stream, "Ban")
    if stream not in known:
        batch.add(Stream(id=stream, kind=one.stream, speaker="Ban"))
    if cell_id not in known:
        batch.add(Cell(id=cell_id, **one.cell().values()))
    known |= {stream, cell_id}
    shelf = cell_id, stream, one.owner, one.is_public
    new = Observation(
        id=uuid4(),
        cell_id=cell_id,
        stream_id=stream,
        amount=one.amount,
        emptiness=one.emptiness,
        as_written=str(one.amount),
        maturity=one.maturity,
        replaces_id=standing.get(shelf),
        owner=one.owner,
        is_public=one.is_public,
    )
    batch.add(new)
    standing[shelf] = new.id


# --- what is said: families of figures that can make a whole, with some of them missing or said otherwise

MONEY = ("capital_new", "capital_added", "capital_new_and_added", "export_value", "import_value", "trade_balance")
MONEY_STOCKS = ("capital_disbursed", "capital_registered_total")
COUNTS = ("projects_new", "jobs_total", "land_leased", "industrial_land_area")
NOT_ADDED = ("source_countries", "occupancy_rate", "disbursement_rate", "jobs_net_change")
# Said together, so that what is made of them can be whole.
TOGETHER = (
    ("capital_new", "capital_added"),
    ("export_value", "import_value"),
    MONEY_STOCKS,
    ("land_leased", "industrial_land_area"),
)
PLACES = (
    *((place,) for place in sorted(KEPT)),
    tuple(f"province/{name}" for name in ("ha-noi", *PROVINCES_BEFORE)),
    tuple(f"province/{name}" for name in ("ha-noi", "hai-phong-2025", "da-nang-2025", "quang-ngai-2025")),
    ("province/hai-phong", "province/hai-duong"),
    ("province/hai-phong", "province/hai-duong", "province/hai-phong-2025"),
    ("board/quang-ngai", "board/kon-tum", "board/quang-ngai-2025"),
    tuple(f"zone/{name}" for name in ZONES),
)
PERIODS = (
    *((name,) for name in ("2024", "2025", "2026", "2025-H1", "2025-H2", "2025-Q3", "2025-07", "2025-01..2025-09")),
    ("2025-H1", "2025-H2"),
    ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"),
    ("2025-H1", "2025-Q3", "2025-Q4"),
    ("2025-H1", "2025-07", "2025-08", "2025-09", "2025-Q4"),
    tuple(f"2025-{month:02}" for month in range(1, 13)),
    ("2021", "2022", "2023", "2024", "2025"),
)
DAYS = (
    *((day,) for day in ("2024-12-31", "2025-06-30", "2025-12-31", "2026-01-20", "2026-02-05")),
    ("2025-06-30", "2025-12-31"),
    ("2025-12-31", "2026-01-20"),
)
EMPTY = ("not_due", "not_reported", "not_available", "not_applicable", "withheld")


@st.composite
def families(draw: DrawFn) -> list[Figure]:
    """Figures of one indicator, or of two that belong together, over some places and periods, by one stream."""
    single = st.sampled_from((*MONEY, *MONEY_STOCKS, *COUNTS, *NOT_ADDED)).map(lambda code: (code,))
    codes = draw(st.one_of(single, st.sampled_from(TOGETHER)))
    places, owners = draw(st.sampled_from(PLACES)), draw(st.sampled_from((("",), ("FDI",), ("FDI", "DDI"))))
    common = Figure(
        codes[0],
        places[0],
        "",
        None,
        zone_kind=draw(st.sampled_from(("", "", "", "KCN", "KKT", "KCNHT"))),
        kind=draw(st.sampled_from(("result", "result", "result", "plan"))),
        regime=draw(st.sampled_from(("calendar", "calendar", "calendar", "to_20_december", "administrative"))),
        maturity=draw(st.sampled_from(("final", "final", "preliminary", "estimate"))),
        stream=draw(st.sampled_from(("report", "register", "press"))),
        owner=draw(st.sampled_from(("", "board/hai-phong-2025"))),
        is_public=draw(st.booleans()),
    )
    currency = draw(st.sampled_from(("USD", "USD", "VND", "JPY")))
    stock = INDICATORS[codes[0]].nature == "stock"
    periods = draw(st.sampled_from(DAYS if stock else PERIODS))
    whole = [
        replace(common, indicator=code, place=place, period=period, ownership=owner)
        for code in codes
        for place in places
        for period in periods
        for owner in owners
    ]
    return [_with_amount(draw, one, currency) for one in whole[:40] if draw(st.integers(0, 11))]


def _with_amount(draw: DrawFn, one: Figure, currency: str) -> Figure:
    has_currency = "currency" in INDICATORS[one.indicator].dimensions
    spoken = replace(one, currency=currency if has_currency else "")
    if draw(st.integers(0, 14)) == 0:
        return replace(spoken, emptiness=draw(st.sampled_from(EMPTY)))
    return replace(spoken, amount=draw(st.integers(0, 10**9)))


def books() -> SearchStrategy[list[list[Figure]]]:
    """A few families, each a batch."""
    return st.lists(families().filter(bool), min_size=1, max_size=5)
