"""A finding: which rule found what, in which figures, how serious it is, and the amounts its sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from sokhu.core.cell import CellKey
from sokhu.core.checks.statement import Found, Statement, is_solid
from sokhu.core.quantity import whole_steps

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
Kind = Literal[
    "amount",
    "bounds",
    "number",
    "indicator",
    "indicators",
    "place",
    "period",
    "day",
    "words",
    "kinds",
    "text",
]


class Term(NamedTuple):
    """A value of a finding's sentence, worded by the face: an amount with its unit, a code to be named, a day.

    value: a scaled amount as digits ("bounds": two of them with a space between), a code, an ISO day; "words": a key
    of `[words]` in checks.toml.
    """

    kind: Kind
    value: str
    unit: str = ""


def amount(value: Fraction | int, unit: str) -> Term:
    return Term("amount", str(whole_steps(Fraction(value))), unit)


def bounds(low: Fraction, high: Fraction, unit: str) -> Term:
    return Term("bounds", f"{whole_steps(low)} {whole_steps(high)}", unit)


def number(value: int) -> Term:
    return Term("number", str(value))


def indicator(code: str) -> Term:
    return Term("indicator", code)


def indicators(codes: Iterable[str]) -> Term:
    return Term("indicators", " ".join(codes))


def place(code: str) -> Term:
    return Term("place", code)


def period(name: str) -> Term:
    return Term("period", name)


def day(value: date) -> Term:
    return Term("day", value.isoformat())


def words(key: str) -> Term:
    return Term("words", key)


@dataclass(frozen=True, slots=True)
class Finding:
    """about: the figures in it, first the one to look at. suggestion: what that one should say, where it follows.

    weight: of oddities, the larger the odder; the most telling are shown. thing: of a register's matter, what tells it
    from others of its place.
    """

    code: str
    severity: Severity
    about: tuple[Statement, ...]
    terms: Mapping[str, Term] = field(default_factory=dict)
    suggestion: Term | None = None
    weight: float = 0.0
    thing: str = ""

    @property
    def cell(self) -> CellKey:
        return self.about[0].cell

    @property
    def subject(self) -> str:
        """The same for the same finding tomorrow: the rule, the cell and voice, or the thing, whatever the amounts."""
        if self.thing:
            return f"{self.code}|{self.cell.place}|{self.thing}"
        kind, speaker = self.about[0].fact.stream
        return f"{self.code}|{self.cell.id()}|{kind}|{speaker}"


def no_worse_than(severity: Severity, limit: Severity) -> Severity:
    return max(severity, limit, key=SEVERITIES.index)


def severity_of(base: Severity, whole: Statement, others: Iterable[Found]) -> Severity:
    """An error only among figures of one voice that are final and exact, of the same days and known at the time.

    A warning among two voices, estimates or approximate figures; a note where days or moments explain it.
    """
    beside = tuple(others)
    if not all(one.is_timely for one in beside):
        return no_worse_than(base, "note")
    if is_solid(whole) and all(one.is_own for one in beside):
        return base
    return no_worse_than(base, "warning")
