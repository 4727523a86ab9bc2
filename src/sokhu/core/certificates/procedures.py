"""How many days the law gives for a procedure about a certificate, on the day on which it was received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem
from sokhu.core.working_days import Counted


@dataclass(frozen=True, slots=True)
class Allowed:
    """Days allowed from a day on, with the article that allows them. counted: working or calendar days."""

    starts: dt.date
    days: int
    counted: Counted
    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure and its days through time, the oldest first."""

    code: str
    vi: str
    en: str
    allowed: tuple[Allowed, ...]

    def on(self, day: dt.date) -> Allowed | None:
        """What is allowed when it is received on a day; None where no rule of that time is on file."""
        in_force = [one for one in self.allowed if one.starts <= day]
        return in_force[-1] if in_force else None


@cache
def procedures() -> Mapping[str, Procedure]:
    """The shipped procedures by code, `catalogue/certificates/procedures.toml`."""
    return procedures_of(load_toml("certificates/procedures.toml"))


def procedures_of(tables: Mapping[str, Any]) -> Mapping[str, Procedure]:
    """Procedures from their tables. Raises Problem("certificates.table", where=code) for a table that is none."""
    found = {}
    for code, table in tables.items():
        try:
            allowed = sorted((Allowed(**one) for one in table["allowed"]), key=lambda one: one.starts)
            found[code] = Procedure(code, table["vi"], table["en"], tuple(allowed))
        except (KeyError, TypeError) as error:
            raise Problem("certificates.table", where=code, found=str(error)) from error
    return found
