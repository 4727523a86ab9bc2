"""Two readers, a builder and a writer on one book: a total is never older than what was accepted before it was asked.

Run in a scratch book: scratch_fresh.py CHANGES.
"""

from __future__ import annotations

import os
import sys
import time
from multiprocessing import Value

from django.db import connection, connections
from scratch import in_child

from factories import a_document, a_figure, said
from sokhu.areas.ledger import copies
from sokhu.areas.ledger.actions import correct
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Question
from sokhu.core.period import named

CHANGES = int(sys.argv[1])
QUESTION = Question("capital_new", "country/viet-nam", named("2024"), currency="USD")
accepted, finished, asked, stale, built = (Value("q", 0) for _ in range(5))


def write() -> None:
    """Corrects one figure again and again to 1, 2, 3 … triệu USD."""
    one = said(SYSTEM, a_figure("0"), a_document("", is_public=True))
    for number in range(1, CHANGES + 1):
        one = correct(SYSTEM, one.pk, f"{number} triệu USD", "đếm tiếp")
        accepted.value = number
    finished.value = 1


def read() -> None:
    while not finished.value:
        before = accepted.value
        amount = answer_all(SYSTEM, [QUESTION])[QUESTION].amount or 0
        with asked.get_lock():
            asked.value += 1
        if amount < before * 1_000_000:
            with stale.get_lock():
                stale.value += 1


def build() -> None:
    while not finished.value:
        copies.make_copy()
        built.value += 1
        time.sleep(0.05)


def main() -> None:
    connections.close_all()
    children = [in_child(work) for work in (read, read, build, write)]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    amount = answer_all(SYSTEM, [QUESTION])[QUESTION].amount
    connection.close()
    print(f"stale: {stale.value} failed: {failed} asked: {asked.value} copies: {built.value}")
    assert amount == CHANGES * 1_000_000, amount


main()
