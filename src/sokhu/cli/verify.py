"""`sokhu verify`: the chain recomputed, registers held against it and their movements made again, totals recounted."""

from __future__ import annotations

import argparse
import sys
import time
from decimal import Decimal
from random import SystemRandom

from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.ledger.recount.compare import Difference, Recounted, recount
from sokhu.core.problems import Problem
from sokhu.core.quantity import PLACES
from sokhu.kit.registers.as_sealed import unlike_their_versions
from sokhu.kit.sealing.queries import verify
from sokhu.kit.wording import worded

NAMED = 20  # differences told one by one
QUIET_SECONDS = 1.0


def verify_book(options: argparse.Namespace) -> int:
    """Checks the chain, the registers and, unless left out, the totals; 1 for a break or a difference."""
    result = verify()
    if result.broken:
        found = result.broken
        problem = Problem(found.code, sequence=found.sequence, expected=found.expected, found=found.found)
        print(worded(problem, options.lang), file=sys.stderr)
        return 1
    print(f"{result.batches} mục, {result.rows} dòng, niêm phong | entries, rows, digest: {result.digest}")
    strays = max(_unlike(options.lang), _strays(options.lang))
    return strays if options.no_totals else max(strays, _recount(options))


def _unlike(lang: str) -> int:
    """Names the registered things that are not as they were sealed; 1 for any."""
    found = list(unlike_their_versions())
    for one in found[:NAMED]:
        problem = Problem(one.code, register=one.register, thing=one.thing, fields=", ".join(one.fields))
        print(worded(problem, lang), file=sys.stderr)
    print(f"{len(found)} hồ sơ khác bản niêm phong | things of registers unlike their sealed versions")
    return int(bool(found))


def _strays(lang: str) -> int:
    """Names the things whose movements are not what the registers left; 1 for any."""
    found = list(movements_checked())
    for one in found[:NAMED]:
        problem = Problem(one.code, register=one.register, thing=one.thing, count=one.count)
        print(worded(problem, lang), file=sys.stderr)
    print(f"{len(found)} mục sổ bộ có biến động sai | things of registers with wrong movements")
    return int(bool(found))


def _recount(options: argparse.Namespace) -> int:
    seed = options.seed if options.seed is not None else SystemRandom().randrange(10**6)
    if options.sample:
        print(f"mẫu ngẫu nhiên | random sample: {options.sample}, --seed {seed}")
    found = recount(sample=options.sample, seed=seed, told=_Progress().tell)
    for sentence in sentences_of(found, options.lang):
        print(sentence, file=sys.stderr)
    print(
        f"{found.asked} tổng tính lại, {found.there} có số, {len(found.differences)} khác"
        " | totals recounted, with an amount, different"
    )
    return 1 if found.differences else 0


def sentences_of(found: Recounted, lang: str) -> list[str]:
    """A sentence for each of the first differences, and how many more there are."""
    told = [worded(_problem(one), lang) for one in found.differences[:NAMED]]
    more = len(found.differences) - NAMED
    return [*told, worded(Problem("ledger.totals_differ_more", count=more), lang)] if more > 0 else told


def _problem(one: Difference) -> Problem:
    asked, answered, recounted = one.question, one.answered, one.recounted
    parts = (asked.indicator, asked.place, asked.period.name, asked.kind, asked.ownership, asked.zone_kind)
    rarer = (asked.currency, asked.country, asked.sector, asked.other)
    return Problem(
        "ledger.total_differs",
        found=" · ".join(part for part in (*parts, *rarer) if part),
        answered=_amount(answered.amount, answered.currency, answered.maturity, not answered.missing),
        recounted=_amount(recounted.amount, recounted.currency, recounted.maturity, recounted.complete),
    )


def _amount(amount: int | None, currency: str, maturity: str, is_complete: bool) -> str:
    """ "≥ 1234.5 USD (estimate)": exact, in the indicator's unit (money in millions)."""
    if amount is None:
        return "—"
    number = f"{Decimal(amount).scaleb(-PLACES).normalize():f}"
    return f"{'' if is_complete else '≥ '}{number}{currency and f' {currency}'} ({maturity})"


class _Progress:
    """Tells how far a long recount is, on standard error, once it takes longer than a second."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def tell(self, done: int, of: int) -> None:
        if time.monotonic() - self.last > QUIET_SECONDS:
            self.last = time.monotonic()
            print(f"… {done}/{of} tổng | totals", file=sys.stderr)
