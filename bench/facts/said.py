"""`make bench-said`: pages of a book on SQLite in which people said 10^6 figures (BENCH=small) or 10^7 (BENCH=usual).

The zones are those of the sourced book, the figures are made up: each indicator, month and ownership, and with 10^7
foreign ones by country as well. The rows go into the book without a seal, and nothing here asks for one.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from output import write_part

from facts.asked import median_ms
from facts.world import MONTHS, currency, days_of, indicators, month_name, size

COUNTRIES = ("Nhật Bản", "Hàn Quốc", "Trung Quốc", "Singapore")
OF_SIZE = {"tiny": (1, 0), "small": (24, 0), "usual": (80, len(COUNTRIES))}  # indicators, countries
READERS = {"canbo.haiphong": "a board's officer", "khoitruong": "the block's head", "bo": "the ministry"}
CELL = "id, batch_id, indicator, place, period, first, last, regime, kind, ownership, country, sector, zone_kind, currency, other"  # noqa: E501
OBSERVATION = "id, batch_id, cell_id, stream_id, amount, emptiness, as_written, approx, maturity, owner, is_public, document_sha256, passage, locator"  # noqa: E501


@dataclass(frozen=True, slots=True)
class Book:
    """cells: how many were said; fill, copy: the seconds that filling and the copy took; MB: of book and copy."""

    cells: int
    fill: float
    copy: float
    book_mb: float
    copy_mb: float


def fill(path: Path) -> int:
    """Puts the cells and their figures into the book's file, past every rule; how many there are."""
    from sokhu.areas.catalogue.queries import territory
    from sokhu.kit.sealing.queries import head

    day = days_of(MONTHS - 1)[1]
    zones = [
        one.id for one in territory().places_on("zone", day) if not territory().groups_of(one.id, day, kind="zone")
    ]
    chosen, countries = OF_SIZE[size().key]
    breakdowns = [("FDI", ""), ("DDI", ""), *(("FDI", one) for one in COUNTRIES[:countries])]
    batch, stream, random = head()[0], f"{1:032x}", Random(7)
    one = sqlite3.connect(path, isolation_level=None)
    one.execute("PRAGMA synchronous = OFF")
    one.execute("PRAGMA cache_size = -4000000")
    one.execute(
        "INSERT INTO ledger_stream (id, batch_id, kind, speaker) VALUES (?, ?, 'report', 'bench')", (stream, batch)
    )

    def cells() -> Iterator[tuple[object, ...]]:
        number = 1
        for known in indicators()[:chosen]:
            is_stock, money = known.nature == "stock", currency(known)
            for month in range(MONTHS):
                name, (first, last) = month_name(month), days_of(month)
                days = ((last if is_stock else first).isoformat(), last.isoformat())
                for zone in zones:
                    for ownership, country in breakdowns:
                        number += 1
                        yield (
                            f"{number:032x}", batch, known.code, zone, name, *days, "calendar", "result", ownership,
                            country, "", "", money, "",
                        )  # fmt: skip

    def figures(last: int) -> Iterator[tuple[object, ...]]:
        for number in range(2, last + 1):
            id = f"{number:032x}"
            yield id, batch, id, stream, random.randrange(10**11), "", "", 0, "final", "", 1, "", "", ""

    made = chosen * MONTHS * len(zones) * len(breakdowns)
    for table, columns, rows in (("cell", CELL, cells()), ("observation", OBSERVATION, figures(made + 1))):
        marks = ", ".join("?" * len(columns.split(",")))
        while some := list(islice(rows, 100_000)):
            one.execute("BEGIN")
            one.executemany(f"INSERT INTO ledger_{table} ({columns}) VALUES ({marks})", some)
            one.execute("COMMIT")
    one.execute("ANALYZE")
    one.close()
    return made


def filled() -> Book:
    from django.conf import settings
    from django.db import connection

    from sokhu.areas.ledger.copies import make_copy

    connection.close()
    path, start = Path(settings.DATABASES["default"]["NAME"]), time.perf_counter()
    cells = fill(path)
    full = time.perf_counter()
    copy = make_copy(anew=True)
    done = time.perf_counter()
    return Book(cells, full - start, done - full, path.stat().st_size / 1e6, copy.stat().st_size / 1e6)


def addresses() -> dict[str, str]:
    """The pages of a day's work, by name."""
    from sokhu.areas.ledger.models import Observation

    def explorer(**asked: str) -> str:
        return f"/kham-pha/?{urlencode(asked)}"

    known = [one.code for one in indicators()]
    one = Observation.objects.filter(stream__speaker="bench").order_by("id").first()
    assert one is not None
    eight = ",".join(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
    hai_phong, country = "province/hai-phong-2025", "country/viet-nam"
    total = {"chi-tieu": known[0], "noi": country, "ky": "2025", "tien": "USD"}
    return {
        "overview, the reader's own": "/",
        "overview of the country, 2025": "/?noi=country/viet-nam&nam=2025",
        "figures, the first page": "/so-lieu/",
        "figures of a province": f"/so-lieu/?noi={hai_phong}",
        "one figure": f"/so-lieu/{one.pk}/",
        "one total of the country, with its parts": f"/tong/?{urlencode(total)}",
        "explorer: six indicators in the trade's four columns": explorer(
            **{"chi-tieu": ",".join(known[:6]), "noi": hai_phong, "ky": "2025", "cot": "bon"}
        ),
        "explorer: one indicator, 34 provinces, eight quarters": explorer(
            **{"chi-tieu": known[1], "noi": country, "theo": "tinh", "ky": eight, "cot": "ky", "ban-do": "2025-12-31"}
        ),
        "explorer: eight indicators, 34 provinces, eight quarters": explorer(
            **{"chi-tieu": ",".join(known[:8]), "noi": country, "theo": "tinh", "ky": eight, "cot": "ky"}
        ),
        "explorer: one indicator, every zone of a province, twelve months": explorer(
            **{"chi-tieu": known[0], "noi": hai_phong, "theo": "khu", "ky": "2025", "chia": "thang", "cot": "ky"}
        ),
        "comparison of two years": f"/so-sanh/?{urlencode({'chi-tieu': ','.join(known[:6]), 'noi': hai_phong, 'ky': '2025', 'voi-ky': '2024'})}",  # noqa: E501
    }


def measured() -> Iterator[str]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sokhu.areas.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    clients = {name: Client() for name in READERS}
    for name, client in clients.items():
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    yield f"| page | {' | '.join(READERS.values())} | database queries |"
    yield "|---" * (len(READERS) + 2) + "|"
    for page, address in addresses().items():
        cells, queries = [], 0
        for client in clients.values():
            start = time.process_time()
            assert client.get(address).status_code == 200, address
            first = (time.process_time() - start) * 1000
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            queries = max(queries, len(seen))
            _clock, processor = median_ms(lambda address=address, client=client: client.get(address), 9)
            cells.append(f"{processor:.0f} ({first:.0f})")
            print(page, cells[-1], file=sys.stderr, flush=True)
        yield f"| {page} | {' | '.join(cells)} | {queries} |"


def report() -> str:
    book = filled()
    print(book, file=sys.stderr, flush=True)
    lines = list(measured())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = [
        f"## Pages of a book in which {book.cells:,} figures were said, on SQLite",
        "",
        f"Made by `make bench-said BENCH={size().key}`, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. The book "
        f"is {book.book_mb:,.0f} MB, filled in {book.fill:.0f} s; its copy {book.copy_mb:,.0f} MB, made in {book.copy:.0f} s;"
        f" peak memory {peak:,.0f} MB. Median ms of the processor of nine times, in brackets the first time; one warm process.",
        "",
    ]
    return "\n".join([*head, *lines])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="sokhu-said-") as folder:
        os.environ |= {"SOKHU_DATA": folder, "DJANGO_SETTINGS_MODULE": "sokhu.site.settings"}
        from sokhu.cli.book import prepare, with_django

        with_django()
        prepare(lambda line: None)
        text = report()
    write_part(f"said-{size().key}", text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
