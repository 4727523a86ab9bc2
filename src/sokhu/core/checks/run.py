"""Carrying the checks out: the list of `catalogue/checks`, the findings, and which oddities are worth showing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sokhu.core.catalogue_check import (
    CatalogueFile,
    Complaints,
    Contents,
    Key,
    check_keys,
    packaged_files,
    parsed_files,
)
from sokhu.core.checks import continuity, due, history, parts, rates, registers, sets, streams  # noqa: F401  (they hold the rules)
from sokhu.core.checks.check import RULES, Check
from sokhu.core.checks.finding import SEVERITIES, Finding
from sokhu.core.checks.statement import Statements
from sokhu.core.indicator import EVIDENCE

NOTES_SHOWN = 3  # oddities of one report that are worth somebody's time

_TEXT = Key(str, required=True)
_KEYS = {
    "severity": Key(str, required=True, choices=frozenset(SEVERITIES)),
    "vi": _TEXT,
    "en": _TEXT,
    "reason_vi": _TEXT,
    "reason_en": _TEXT,
    "source": _TEXT,
    "evidence": Key(str, required=True, choices=EVIDENCE),
    "oddity": Key(bool),
    "parameters": Key(dict),
}


@dataclass(frozen=True, slots=True)
class Checks:
    """All checks by code, and the words that their sentences use: likely causes, sets of zones."""

    checks: Mapping[str, Check]
    words: Mapping[str, Mapping[str, str]]


@cache
def load_checks() -> Checks:
    """The packaged checks. Raises Problems, each with file and line."""
    return checked_checks(packaged_files("checks"))


def checked_checks(files: Contents) -> Checks:
    """The checks of files given as path -> content: tables `check.<code>` and `words.<key>`.

    Raises Problems: those of `check_keys`, and checks.no_rule for a check that no function carries out.
    """
    told = Complaints()
    checks: dict[str, Check] = {}
    words: dict[str, Mapping[str, str]] = {}
    for file in parsed_files(files, told):
        words |= file.tables.get("words", {})
        for code, table in file.tables.get("check", {}).items():
            if check_keys(table, _KEYS, file, ("check", code), told):
                checks[code] = Check(code, **table)
                _must_have_rule(code, file, told)
    told.tell()
    return Checks(checks, words)


def _must_have_rule(code: str, file: CatalogueFile, told: Complaints) -> None:
    if code not in RULES:
        told.add("checks.no_rule", file.at("check", code), found=code, known=", ".join(sorted(RULES)))


def findings(book: Statements, checks: Mapping[str, Check]) -> list[Finding]:
    """What the checks find in these figures, each finding once, the serious ones first."""
    found = {one.subject: one for code, check in checks.items() for one in RULES[code](book, check)}
    return sorted(found.values(), key=lambda one: (SEVERITIES.index(one.severity), -one.weight))


def most_telling(found: Iterable[Finding], checks: Mapping[str, Check]) -> tuple[list[Finding], int]:
    """The findings with at most `NOTES_SHOWN` oddities of each report, and how many oddities were left off."""
    kept: list[Finding] = []
    counts: dict[tuple[object, ...], int] = defaultdict(int)
    left_off = 0
    for one in found:
        report = (one.about[0].fact.stream, one.cell.last.year, one.about[0].is_draft)
        if checks[one.code].oddity:
            counts[report] += 1
            if counts[report] > NOTES_SHOWN:
                left_off += 1
                continue
        kept.append(one)
    return kept, left_off
