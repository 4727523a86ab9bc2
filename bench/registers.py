"""A register of 100,000 things: list, search, filter as pages ask them, taking in a workbook; beside plain Django.

Both ways are asked in turn in one process on the same rows: SQLite in a folder of its own, or the PostgreSQL server of
DATABASE_URL. There the clock of the wall is read, since the server works in processes of its own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ |= {"SOKHU_DATA": tempfile.mkdtemp(prefix="sokhu-bench-"), "BOOK": "illustrative", "SOKHU_DEMO": "0"}
os.environ["DJANGO_SETTINGS_MODULE"] = "sokhu.site.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from output import write_part  # noqa: E402

from sokhu.areas.catalogue.actions import load_shipped  # noqa: E402
from sokhu.areas.projects.models import Enterprise  # noqa: E402
from sokhu.areas.projects.registry import ENTERPRISES  # noqa: E402
from sokhu.areas.territory.queries import SYSTEM  # noqa: E402
from sokhu.cli.book import REAL_ZONES  # noqa: E402
from sokhu.cli.illustrative.chance import Chance  # noqa: E402
from sokhu.cli.illustrative.names import firm_name, some_words  # noqa: E402
from sokhu.core.workbook.grid import Sheet  # noqa: E402
from sokhu.kit.paging import ByKey  # noqa: E402
from sokhu.kit.registers.actions import KIND, write  # noqa: E402
from sokhu.kit.registers.importing import look, take  # noqa: E402
from sokhu.kit.sealing.actions import sealed_batch  # noqa: E402

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
TAKEN, PLAIN = int(os.environ.get("BENCH_TAKEN", "20000")), 1000
RUNS, AT_ONCE, PAGE = 40, 5000, 50
PROMISED_MS, PROMISED_ROWS = 100, 2000
OWNER = "board/hai-phong-2025"
WORDS = (
    "Minh Họa Sao Sớm",
    "sao som 4711",
    "gio biec",
    "Công ty TNHH Minh Họa Trăng Bạc 99",
    "9900012345",
    "Công ty",
    "trang bcaq",
    "9900012354",
)
IS_SERVER = connection.vendor == "postgresql"
NOW = time.perf_counter if IS_SERVER else time.process_time
HOW = "on PostgreSQL. By the clock of the wall" if IS_SERVER else "on SQLite. Seconds of the processor"
TEXT = """Made by `make bench-registers` in this checkout, {how}; quote the ratios.

## A register of {rows:,} enterprises, in a warm process{on}

| what | p50 ms | p95 ms | queries | plain Django, p50 ms | ratio |
|---|---|---|---|---|---|
{lines}

Plain Django: the same rows of the same table by `icontains` over the search fields (which finds neither words
without their tone marks nor mistyped ones), the same filter and order without the register's indexes of words.

## Taking in {taken:,} rows{on}

| what | rows a second |
|---|---|
| a workbook looked at: every cell read, checked, held against the register | {looked:,.0f} |
| taken in: sealed versions, search words, what follows, in batches of a thousand | {stored:,.0f} |
| taken in again: nothing changes | {again:,.0f} |
| written in batches of {at_once:,} by `kit.registers.actions.write` (filling {rows:,} rows) | {filled:,.0f} |
| plain Django, row by row with `full_clean()` and `save()`, no versions, no search, one transaction | {plain:,.0f} |
"""


def main() -> int:
    call_command("migrate", verbosity=0)
    load_shipped(left_out=(REAL_ZONES,))
    filled = _fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a live server does by itself a minute later
    lines, worst = _asked()
    looked, stored, again = _taken()
    plain = _row_by_row()
    text = TEXT.format(
        how=HOW, on=" (PostgreSQL)" if IS_SERVER else "", rows=ROWS, lines="\n".join(lines), taken=TAKEN, looked=looked,
        stored=stored, again=again, filled=filled, plain=plain, at_once=AT_ONCE,
    )  # fmt: skip
    print(text)
    write_part("registers-postgresql" if IS_SERVER else "registers", text)
    return 0 if worst < PROMISED_MS and stored > PROMISED_ROWS else 1


def _enterprise(chance: Chance, rng: Any, number: int) -> Enterprise:
    return Enterprise(
        id=chance.id("bench", number),
        owner=OWNER,
        name=firm_name("limited", some_words(rng), number),
        tax_code=f"99{number:08}",
        form="limited" if number % 4 else "stock",
        address=f"Lô {number % 97}, khu {some_words(rng)}",
        sector=str(10 + number % 20),
    )


def _fill() -> float:
    chance, began = Chance(1), NOW()
    rng = chance.stream("bench")
    for start in range(0, ROWS, AT_ONCE):
        with sealed_batch(KIND, author=None, reason="đo") as batch:
            write(batch, ENTERPRISES, [_enterprise(chance, rng, start + one) for one in range(AT_ONCE)])
    return ROWS / (NOW() - began)


def _asked() -> tuple[list[str], float]:
    """Lines of the table, and the slowest p95 of ours."""
    plain = Enterprise.objects.order_by(*ENTERPRISES.order, "pk")
    filters = {"form": "stock", "sector": "14"}
    asked: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("the first page of the list", partial(_ours), partial(_page, plain)),
        ("page 200 of it", partial(_ours, number=200), partial(_page, plain, 200)),
        ("page 2,000 of it, the last", partial(_ours, number=2000), partial(_page, plain, 2000)),
        ("a filter: form and sector", partial(_ours, **filters), partial(_page, plain.filter(**filters))),
    ]
    fields = ENTERPRISES.search
    asked += [(f"search “{text}”", partial(_ours, q=text), partial(_plain_search, fields, text)) for text in WORDS]
    lines, worst = [], 0.0
    for name, ours, theirs in asked:
        with CaptureQueriesContext(connection) as seen:
            ours()
        mine, other = _times(ours, RUNS), _times(theirs, 5)
        p50, p95 = statistics.median(mine), sorted(mine)[int(len(mine) * 0.95)]
        beside = statistics.median(other)
        lines.append(f"| {name} | {p50:.1f} | {p95:.1f} | {len(seen)} | {beside:.1f} | {beside / p50:.1f} |")
        worst = max(worst, p95)
    return lines, worst


def _page(rows: Any, number: int = 1) -> object:
    """What a page needs: how many there are, and those of the page."""
    return rows.count(), list(rows[(number - 1) * PAGE : number * PAGE])


def _ours(number: int = 1, **query: str) -> object:
    """The same as the list's page asks it, by its address."""
    from sokhu.web.pages.registers.lists import listed

    return _page(ByKey(listed(ENTERPRISES, SYSTEM, RequestFactory().get("/", query)).rows), number)


def _plain_search(fields: tuple[str, ...], text: str) -> object:
    return _page(_plain(fields, text))


def _plain(fields: tuple[str, ...], text: str) -> Any:
    wanted = Q()
    for name in fields:
        wanted |= Q(**{f"{name}__icontains": text})
    return Enterprise.objects.filter(wanted, is_gone=False).order_by("name", "pk")


def _times(ask: Callable[[], object], runs: int) -> list[float]:
    ask()
    found = []
    for _run in range(runs):
        began = NOW()
        ask()
        found.append((NOW() - began) * 1000)
    return found


def _taken() -> tuple[float, float, float]:
    sheet = _sheet(ROWS + 1)
    began = NOW()
    looked = look(ENTERPRISES, SYSTEM, sheet)
    seen = NOW()
    assert len(looked.rows) == TAKEN, looked.faults[:3]
    take(ENTERPRISES, SYSTEM, looked.rows, reason="đo")
    stored = NOW()
    again = look(ENTERPRISES, SYSTEM, sheet)
    assert again.count("same") == TAKEN
    return TAKEN / (seen - began), TAKEN / (stored - seen), TAKEN / (NOW() - stored)


def _sheet(first: int) -> Sheet:
    rng = Chance(2).stream("sheet")
    rows: list[list[Any]] = [["name", "tax_code", "form", "sector", "address"]]
    rows += [
        [firm_name("limited", some_words(rng), number), f"99{number:08}", "limited", "25", f"Lô {number}"]
        for number in range(first, first + TAKEN)
    ]
    return Sheet("S", rows)


def _row_by_row() -> float:
    rng = Chance(3).stream("plain")
    began = NOW()
    with transaction.atomic():
        for number in range(PLAIN):
            one = _enterprise(Chance(3), rng, 2 * ROWS + number)
            one.full_clean()
            one.save()
    return PLAIN / (NOW() - began)


if __name__ == "__main__":
    sys.exit(main())
