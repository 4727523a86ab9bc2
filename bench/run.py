"""`make bench`: reading, extraction, the ledger and the pages, each beside a named alternative on the same data.

Prints a table and writes its part of docs/benchmarks.md. Quote the ratios, not the times: they depend on the machine.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from measuring import medians, new_book
from output import write_part

HERE = Path(__file__).resolve().parent
RUNS, PAGE_RUNS = 5, 10
DENSE = ("Cấp mới 3 dự án, 5 triệu USD; ", "12 dự án 5 ha 7 % ")  # as many figures as can stand in a text


def median_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    return medians(work, runs)[0]


def long_text(characters: int) -> str:
    """The sourced book's own documents, repeated to a length."""
    folder = HERE.parent / "src" / "sokhu" / "books" / "sourced" / "documents"
    text = "\n\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt")))
    return (text * (characters // len(text) + 1))[:characters]


def dense_ms(unit: str) -> float:
    from sokhu.core.narrative import read

    text = unit * (300_000 // len(unit))
    return median_ms(lambda: read(text), 1)


def reading() -> list[str]:
    from sokhu.core.narrative import read

    amount = re.compile(r"\d[\d.,]*\s*(?:%|(?:nghìn |triệu |tỷ )?(?:USD|đồng|ha|dự án|lượt|người|khu|KCN|KKT|thủ tục))")
    text, double = long_text(300_000), long_text(600_000)
    ours, twice = median_ms(lambda: read(text), 3), median_ms(lambda: read(double), 3)
    plain = median_ms(lambda: amount.findall(text))
    dense = [(unit.strip(), dense_ms(unit)) for unit in DENSE]
    return [
        "## Reading a narrative report of 300,000 characters",
        "",
        "| what | ms | ratio |",
        "|---|---|---|",
        f"| `core.narrative.read`: figure, unit, owner, indicator, period, place, certainty | {ours:.0f} | 1 |",
        f"| the same, text twice as long (linear would be 2) | {twice:.0f} | {twice / ours:.2f} |",
        f"| one regular expression for number and unit only | {plain:.0f} | {plain / ours:.3f} |",
        *(f'| as long, of nothing but "{unit}" | {ms:.0f} | {ms / ours:.2f} |' for unit, ms in dense),
    ]


def extraction() -> list[str]:
    import docx

    from sokhu.documents import extract

    document = docx.Document()
    for paragraph in long_text(60_000).split("\n\n"):
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    data = buffer.getvalue()
    ours = median_ms(lambda: extract(data, "bao-cao.docx"))
    theirs = median_ms(lambda: "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs))
    return [
        "## Text out of a .docx of 60,000 characters",
        "",
        "| what | ms | ratio |",
        "|---|---|---|",
        f"| `documents.extract`, in a process of its own with limits | {ours:.0f} | 1 |",
        f"| python-docx in this process, no limits, no tables, no positions | {theirs:.0f} | {theirs / ours:.2f} |",
    ]


def ledger() -> list[str]:
    from django.db import connection

    from sokhu.areas.ledger import queries
    from sokhu.areas.ledger.models import Observation
    from sokhu.kit.sealing.queries import verify

    window = """
        SELECT COUNT(*) FROM (
          SELECT o.id, ROW_NUMBER() OVER (PARTITION BY o.cell_id, o.stream_id ORDER BY o.batch_id DESC) AS n
          FROM ledger_observation o LEFT JOIN ledger_withdrawal w ON w.observation_id = o.id WHERE w.id IS NULL
        ) AS ranked WHERE n = 1"""

    def by_window() -> object:
        with connection.cursor() as cursor:
            cursor.execute(window)
            return cursor.fetchone()

    rows = Observation.objects.count()
    ours = median_ms(lambda: queries.current(Observation.objects.all()).count())
    theirs = median_ms(by_window)
    seal = median_ms(verify, 3)
    return [
        f"## The ledger with {rows:,} observations",
        "",
        "| what | ms | ratio |",
        "|---|---|---|",
        f"| what stands now, by `queries.current` (anti-join on the index) | {ours:.1f} | 1 |",
        f"| the same by a window function over all rows | {theirs:.1f} | {theirs / ours:.2f} |",
        f"| `sokhu verify`: every digest recomputed | {seal:.0f} | |",
    ]


BLOCK = "noi=block/dong-bang-song-hong"
PAGES = {
    "overview": f"/?{BLOCK}&nam=2020",
    "observations": "/so-lieu/",
    "figure": "",
    "documents": "/tai-lieu/",
    "review": "",
    "indicators": "/danh-muc/chi-tieu/",
    "territory": "/danh-muc/dia-ban/",
    "total": f"/tong/?chi-tieu=capital_new&{BLOCK}&ky=2020&tien=USD",
    "explore": "/kham-pha/?chi-tieu=projects_new,capital_new&noi=country/viet-nam&theo=vung&ky=2020,2021&cot=ky",
    "compare": f"/so-sanh/?chi-tieu=projects_new,capital_new&{BLOCK}&ky=2020&voi-ky=2021",
}
BUDGETS = HERE.parent / "tests" / "web" / "budgets.toml"


def pages() -> tuple[list[str], list[str]]:
    """The table, and the pages that take longer than they may."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sokhu.areas.accounts.models import User
    from sokhu.areas.ledger.models import Observation, Proposal

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username="khoitruong"), backend="django.contrib.auth.backends.ModelBackend")
    told = Observation.objects.filter(document__isnull=False, cell__indicator="capital_new")
    one = told.order_by("batch_id", "cell__place", "cell__last", "cell__ownership").first()
    proposal = Proposal.objects.order_by("made_at").first()
    assert one and proposal
    addresses = PAGES | {"figure": f"/so-lieu/{one.pk}/", "review": f"/tai-lieu/{proposal.document_id}/"}
    budgets, over = tomllib.loads(BUDGETS.read_text(encoding="utf-8")), []
    lines = ["## Pages, warm, one process, sourced book, ms of the processor", ""]
    lines += ["| page | ms | at most | database queries |", "|---|---|---|---|"]
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
            queries = len(seen)
        taken, most = medians(lambda address=address: client.get(address), PAGE_RUNS)[1], budgets[name]["ms"]
        lines.append(f"| {name} | {taken:.0f} | {most} | {queries} |")
        over += [f"{name} took {taken:.0f} ms, and may take {most}"] if taken > most else []
    return lines, over


def main() -> int:
    with new_book("sokhu-bench-"):
        head = ["Made by `make bench-pages` in this checkout. Quote the ratios, not the times.", ""]
        of_pages, over = pages()
        parts = [reading(), extraction(), ledger(), of_pages]
        text = "\n".join([*head, *("\n".join(part) + "\n" for part in parts)])
    write_part("pages", text)
    print(text)
    print("\n".join(over), file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
