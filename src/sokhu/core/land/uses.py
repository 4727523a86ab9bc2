"""What land is for: uses in the plan of a park, functions in an economic zone. `catalogue/land/uses.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar

from sokhu.core.data import load_toml
from sokhu.core.place import Span
from sokhu.core.problems import Problem

Counts = Literal["industrial", "public", "reserved_small"]
T = TypeVar("T", bound="LandFunction")


@dataclass(frozen=True, slots=True, kw_only=True)
class LandFunction:
    """One entry of a dated list. source, evidence: how we know."""

    code: str
    vi: str
    en: str
    source: str
    evidence: str
    starts: date | None = None
    ends: date | None = None
    form_2108: str = ""

    @property
    def span(self) -> Span:
        return Span(self.starts, self.ends)

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True, kw_only=True)
class LandUse(LandFunction):
    """counts: totals that its hectares add to; reserved: part of another use, not added to the plan's sum again."""

    counts: tuple[Counts, ...] = ()
    reserved: bool = False


@cache
def uses() -> Mapping[str, LandUse]:
    """The uses of parks' land by code, in the order in which plans list them."""
    return entries(LandUse, "use")


@cache
def functions() -> Mapping[str, LandFunction]:
    """The functions of economic zones by code, in the order of forms 2108 and 2110."""
    return entries(LandFunction, "function")


def entries(made: type[T], kind: str) -> dict[str, T]:
    """Raises Problem("land.table", where) for a table that is none."""
    found = {}
    tables: Mapping[str, Mapping[str, Any]] = load_toml("land/uses.toml")[kind]
    for code, table in tables.items():
        try:
            values: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
            }
            found[code] = made(code=code, **values)
        except TypeError as error:
            raise Problem("land.table", where=f"land/uses.toml [{kind}.{code}]", found=str(error)) from error
    return found


def counts_as(code: str, counts: Counts) -> bool:
    """Whether hectares of a use add to this total; those of an unknown use add to none."""
    return code in uses() and counts in uses()[code].counts


def in_use_on(listed: Iterable[T], day: date) -> list[T]:
    """Those a plan of the day may be written with."""
    return [one for one in listed if one.span.holds(day)]
