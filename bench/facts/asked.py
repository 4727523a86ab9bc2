"""The questions as a user meets them: `areas.ledger.tables.ask`, warm, over a book of 52,992 rows on SQLite.

The rows go into the book by bulk inserts: they are not sealed, and nothing here asks for the seal.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measuring import medians, new_book
from output import write_part

from facts.world import CHOSEN, days_of, month_name

MONTHS = range(96, 120)  # two years up to December 2025
RUNS = 25  # so many, since what is compared is asked one after the other


def fill() -> int:
    """Every zone that is in no other, six indicators, FDI and DDI, each month; how many rows."""
    from sokhu.areas.catalogue.queries import indicators, territory
    from sokhu.areas.ledger.models import Cell, Observation, Stream
    from sokhu.kit.sealing.queries import head

    batch, random, known, places = head()[0], Random(5), indicators(), territory()
    day = days_of(MONTHS[-1])[1]
    zones = [one.id for one in places.places_on("zone", day) if not places.groups_of(one.id, day, kind="zone")]
    stream = Stream.objects.create(kind="report", speaker="bench", batch_id=batch)

    def cells() -> Iterator[Cell]:
        for code in CHOSEN:
            is_stock, currency = known[code].nature == "stock", "USD" if known[code].unit == "money" else ""
            for zone in zones:
                for month in MONTHS:
                    first, last = days_of(month)
                    for ownership in ("FDI", "DDI"):
                        yield Cell(
                            id=uuid4(), batch_id=batch, indicator=code, place=zone, period=month_name(month),
                            first=last if is_stock else first, last=last, regime="calendar", kind="result",
                            ownership=ownership, currency=currency,
                        )  # fmt: skip

    made = Cell.objects.bulk_create(cells(), batch_size=2000)
    Observation.objects.bulk_create(
        (
            Observation(
                id=uuid4(), batch_id=batch, cell=cell, stream=stream, amount=random.randrange(10**11),
                as_written="", maturity="final", is_public=True,
            )
            for cell in made
        ),
        batch_size=2000,
    )  # fmt: skip
    return len(made)


def accept_one() -> None:
    """One more figure of the first zone, in a sealed batch of its own."""
    from sokhu.areas.ledger.models import Cell, Observation, Stream
    from sokhu.kit.sealing.actions import sealed_batch

    cell, stream = Cell.objects.filter(indicator=CHOSEN[0]).order_by("last").last(), Stream.objects.get(speaker="bench")
    assert cell is not None
    with sealed_batch("accept", author=None) as batch:
        batch.add(Observation(cell=cell, stream=stream, amount=5, as_written="5", maturity="final", is_public=True))


def report() -> str:
    from sokhu.areas.catalogue.queries import territory
    from sokhu.areas.ledger.copies import make_copy
    from sokhu.areas.ledger.tables import ask
    from sokhu.areas.territory.queries import SYSTEM
    from sokhu.core.period import named
    from sokhu.core.table import TableQuestion

    rows = fill()
    start = time.perf_counter()
    copy = make_copy()
    made = time.perf_counter() - start
    quarters = tuple(named(f"{year}-Q{quarter}") for year in (2024, 2025) for quarter in (1, 2, 3, 4))
    places = {
        kind: tuple(one.id for one in territory().places_on(kind, date(2025, 12, 31))) for kind in ("province", "block")
    }  # type: ignore[arg-type]
    zone = next(one.id for one in territory().places_on("zone", date(2025, 12, 31)))
    month = (named("2025-11"),)
    questions = {
        "yearbook: 6 indicators x 34 provinces x 8 quarters": TableQuestion(CHOSEN, places["province"], quarters),
        "drill: one flow by block x 8 quarters, last year beside": TableQuestion(
            CHOSEN[:1], places["block"], quarters, with_last_year=True
        ),
        "one form: 6 indicators of a board and month": TableQuestion(CHOSEN, ("board/ha-noi-2025",), month),
        "one figure": TableQuestion(CHOSEN[:1], (zone,), month),
    }
    before = {
        name: (medians(lambda asked=asked: ask(SYSTEM, asked), RUNS), ask(SYSTEM, asked))
        for name, asked in questions.items()
    }
    accept_one()
    after = {name: medians(lambda asked=asked: ask(SYSTEM, asked), RUNS) for name, asked in questions.items()}
    lines = [
        f"## Tables as a user meets them, {rows:,} rows in a book on SQLite",
        "",
        f"Made by `make bench-facts`, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. The copy was made "
        f"in {made:.0f} s, {copy.stat().st_size / 1e6:.0f} MB. Median ms of {RUNS} runs of "
        "`areas.ledger.tables.ask`; the ratio is that of processor times.",
        "",
        "| question | cells | ms | of the processor | after one more figure was accepted | of the processor | ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, ((clock, processor), table) in before.items():
        now = after[name]
        lines.append(
            f"| {name} | {len(table.cells)} | {clock:.1f} | {processor:.1f} | {now[0]:.1f} | {now[1]:.1f} "
            f"| {now[1] / processor:.2f} |"
        )
    return "\n".join(lines)


def main() -> int:
    with new_book("sokhu-asked-"):
        text = report()
    write_part("asked", text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
