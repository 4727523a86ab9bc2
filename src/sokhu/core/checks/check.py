"""What a check is: what the catalogue says of it (severity, sentence, reason), and the rule that carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sokhu.core.checks.finding import Finding, Severity
from sokhu.core.checks.statement import Statements


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of checks.toml. oddity: a statistical remark, of which only the most telling are shown."""

    code: str
    severity: Severity
    vi: str
    en: str
    reason_vi: str
    reason_en: str
    source: str
    evidence: str
    oddity: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[Statements, Check], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Makes a function the rule of the check that has its name."""
    RULES[function.__name__] = function
    return function
