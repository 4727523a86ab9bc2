"""The term of a project: from which day it counts, to which day it goes, how long it may be."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from typing import Any

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem


def term_start(
    certificate: dt.date, land_decided: dt.date | None = None, handed_over: dt.date | None = None
) -> dt.date:
    """The first day of a term: of the handover on the ground, else the decision on the land, else the certificate.

    Source: Nghị định 96/2026/NĐ-CP điều 28. A handover before the certificate (land that was there) does not count.

    >>> term_start(dt.date(2026, 5, 4), dt.date(2026, 9, 1))
    datetime.date(2026, 9, 1)
    """
    return max(certificate, handed_over or land_decided or certificate)


def last_day_of_term(start: dt.date, years: int) -> dt.date:
    """The day before the anniversary.

    >>> last_day_of_term(dt.date(2026, 9, 1), 50)
    datetime.date(2076, 8, 31)
    """
    year = start.year + years
    day = min(start.day, monthrange(year, start.month)[1])
    return dt.date(year, start.month, day) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermLimit:
    """How many years a term may have, from a day on. where: "any", or places that the law favours."""

    starts: dt.date
    years: int
    favoured_years: int
    suspension_months: int
    source: str
    evidence: str


@cache
def term_limits() -> tuple[TermLimit, ...]:
    """The shipped limits, `catalogue/certificates/terms.toml`, the oldest first."""
    return term_limits_of(load_toml("certificates/terms.toml"))


def term_limits_of(tables: dict[str, Any]) -> tuple[TermLimit, ...]:
    """Limits from their tables. Raises Problem("certificates.table", where) for a table that is none."""
    try:
        found = [TermLimit(**table) for table in tables["limit"]]
    except (KeyError, TypeError) as error:
        raise Problem("certificates.table", where="terms.toml", found=str(error)) from error
    return tuple(sorted(found, key=lambda limit: limit.starts))


def term_limit_on(day: dt.date) -> TermLimit:
    """The limit in force on a day. Raises Problem("certificates.no_rule", day) before the first."""
    in_force = [limit for limit in term_limits() if limit.starts <= day]
    if not in_force:
        raise Problem("certificates.no_rule", day=day)
    return in_force[-1]
