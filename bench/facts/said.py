"""`make bench-said`: pages of a book on SQLite in which people said 10^6 figures (BENCH=small) or 10^7 (BENCH=usual).

The zones are those of the sourced book, the figures are made up: each indicator, month and ownership, and with 10^7
foreign ones by country as well. What a zone reports of a month is one batch. The rows go into the book without a seal,
and nothing here asks for one.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from random import Random
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measuring import medians, new_book
from output import write_part

from facts.world import MONTHS, currency, days_of, indicators, month_name, size

COUNTRIES = ("Nhật Bản", "Hàn Quốc", "Trung Quốc", "Singapore")
OF_SIZE = {"tiny": (1, 0), "small": (24, 0), "usual": (80, len(COUNTRIES))}  # indicators, countries
READERS = {"canbo.haiphong": "a board's officer", "khoitruong": "the block's head", "bo": "the ministry"}
RUNS, ROWS_AT_ONCE = 9, 100_000
BATCH = "sequence, kind, at, reason, previous, digest"
CELL = (
    "id, batch_id, indicator, place, period, first, last, regime, kind, ownership, country, sector, zone_kind,"
    " currency, other"
)
OBSERVATION = (
    "id, batch_id, cell_id, stream_id, amount, emptiness, as_written, approx, maturity, owner, is_public,"
    " document_sha256, passage, locator"
)
STREAM = f"{1:032x}"
Rows = Iterator[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class World:
    """What is said in which batch: each zone, month by month, of each indicator and breakdown."""

    zones: list[str]
    breakdowns: list[tuple[str, str]]  # ownership, country
    indicators: int
    before: int  # the newest batch of the book

    @property
    def of_batch(self) -> int:
        return self.indicators * len(self.breakdowns)

    @property
    def batches(self) -> range:
        return range(self.before + 1, self.before + 1 + MONTHS * len(self.zones))

    @property
    def cells(self) -> int:
        return self.of_batch * len(self.batches)

    def batch_rows(self) -> Rows:
        return ((batch, "accept", "2026-01-10 08:00:00", "", "", f"{batch:064x}") for batch in self.batches)

    def cell_rows(self) -> Rows:
        number = 0
        for batch, (month, zone) in zip(self.batches, product(range(MONTHS), self.zones), strict=True):
            first, last = days_of(month)
            for known, (ownership, country) in product(indicators()[: self.indicators], self.breakdowns):
                days = (last if known.nature == "stock" else first).isoformat(), last.isoformat()
                yield (
                    f"{number:032x}", batch, known.code, zone, month_name(month), *days, "calendar", "result",
                    ownership, country, "", "", currency(known), "",
                )  # fmt: skip
                number += 1

    def observation_rows(self) -> Rows:
        random = Random(7)
        for number in range(self.cells):
            key, batch = f"{number:032x}", self.batches[number // self.of_batch]
            yield key, batch, key, STREAM, random.randrange(10**11), "", "", 0, "final", "", 1, "", "", ""


def world() -> World:
    from sokhu.areas.catalogue.queries import territory
    from sokhu.kit.sealing.queries import head

    day, places = days_of(MONTHS - 1)[1], territory()
    zones = [one.id for one in places.places_on("zone", day) if not places.groups_of(one.id, day, kind="zone")]
    chosen, countries = OF_SIZE[size().key]
    return World(zones, [("FDI", ""), ("DDI", ""), *(("FDI", one) for one in COUNTRIES[:countries])], chosen, head()[0])


def fill(path: Path, said: World) -> None:
    """Puts batches, cells and figures into the book's file, past every rule."""
    one = sqlite3.connect(path, isolation_level=None)
    one.execute("PRAGMA synchronous = OFF")
    one.execute("PRAGMA cache_size = -4000000")
    tables = {
        f"sealing_batch ({BATCH})": said.batch_rows(),
        "ledger_stream (id, batch_id, kind, speaker)": iter([(STREAM, said.before, "report", "bench")]),
        f"ledger_cell ({CELL})": said.cell_rows(),
        f"ledger_observation ({OBSERVATION})": said.observation_rows(),
    }
    for table, rows in tables.items():
        marks = ", ".join("?" * (table.count(",") + 1))
        while some := list(islice(rows, ROWS_AT_ONCE)):
            one.execute("BEGIN")
            one.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
            one.execute("COMMIT")
    newest = said.batches[-1]
    one.execute("UPDATE sealing_chainhead SET sequence = ?, digest = ?", (newest, f"{newest:064x}"))
    one.execute("ANALYZE")
    one.close()


def filled() -> str:
    """Fills the book and makes its copy; what that took."""
    from django.conf import settings
    from django.db import connection

    from sokhu.areas.ledger.copies import make_copy

    said, path = world(), Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    start = time.perf_counter()
    fill(path, said)
    full = time.perf_counter()
    copy = make_copy(anew=True)
    made = time.perf_counter() - full
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{said.cells:,} figures in {len(said.batches):,} batches: a book of {path.stat().st_size / 1e6:,.0f} MB, made"
        f" in {full - start:.0f} s; its copy of {copy.stat().st_size / 1e6:,.0f} MB made in {made:.0f} s with at most"
        f" {peak:,.0f} MB of memory."
    )


def addresses() -> dict[str, str]:
    """The pages of a day's work, by name."""
    from sokhu.areas.ledger.models import Observation

    def explorer(places: str, *codes: str, **asked: str) -> str:
        return f"/kham-pha/?{urlencode({'chi-tieu': ','.join(codes), 'noi': places, **asked})}"

    known = [one.code for one in indicators()]
    one = Observation.objects.filter(stream=STREAM).order_by("id").first()
    assert one is not None
    eight = ",".join(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
    hai_phong, country = "province/hai-phong-2025", "country/viet-nam"
    today = {"theo": "tinh", "ky": eight, "cot": "ky", "ban-do": "2025-12-31"}
    total = {"chi-tieu": known[0], "noi": country, "ky": "2025", "tien": "USD"}
    compared = {"chi-tieu": ",".join(known[:6]), "noi": hai_phong, "ky": "2025", "voi-ky": "2024"}
    return {
        "overview, the reader's own": "/",
        "overview of the country, 2025": f"/?noi={country}&nam=2025",
        "figures, the first page": "/so-lieu/",
        "figures of a province": f"/so-lieu/?noi={hai_phong}",
        "figures of an indicator": f"/so-lieu/?chi-tieu={known[0]}",
        "one figure": f"/so-lieu/{one.pk}/",
        "one total of the country, with its parts": f"/tong/?{urlencode(total)}",
        "explorer: six indicators, the trade's four columns": explorer(hai_phong, *known[:6], ky="2025"),
        "explorer: one indicator, 34 provinces, eight quarters": explorer(country, known[1], **today),
        "explorer: eight indicators, 34 provinces, eight quarters": explorer(country, *known[:8], **today),
        "explorer: one indicator, a province's zones, twelve months": explorer(
            hai_phong, known[0], theo="khu", ky="2025", chia="thang", cot="ky"
        ),
        "comparison of two years": f"/so-sanh/?{urlencode(compared)}",
    }


def pages() -> Iterator[str]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sokhu.areas.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    clients = [Client() for _name in READERS]
    for name, client in zip(READERS, clients, strict=True):
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    yield f"| page | {' | '.join(READERS.values())} | database queries |"
    yield "|---" * (len(READERS) + 2) + "|"
    for page, address in addresses().items():
        cells, queries = [], 0
        for client in clients:
            start = time.process_time()
            assert client.get(address).status_code == 200, address
            first = (time.process_time() - start) * 1000
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            queries = max(queries, len(seen))
            _clock, processor = medians(lambda address=address, client=client: client.get(address), RUNS)
            cells.append(f"{processor:.0f} ({first:.0f})")
        print(page, cells, file=sys.stderr, flush=True)
        yield f"| {page} | {' | '.join(cells)} | {queries} |"


def report() -> str:
    lines = [
        f"## Pages of a book of {size().name} said figures, on SQLite",
        "",
        f"Made by `make bench-said BENCH={size().key}`, load {os.getloadavg()[0]:.1f}. {filled()}",
        "",
        f"Ms of the processor, in one process: the median of {RUNS} times, in brackets the first time.",
        "",
        *pages(),
    ]
    return "\n".join(lines)


def main() -> int:
    with new_book("sokhu-said-"):
        text = report()
    write_part(f"said-{size().key}", text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
