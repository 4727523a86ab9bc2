"""The measurement: errors planted in invented worlds, how many are found, and what is found where nothing is wrong."""

from __future__ import annotations

import gc
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from planted.errors import ARITHMETIC_CODES, KINDS, Kind, Planted, Soil, planted_world
from planted.figures import Figure
from planted.held_against import all_found_in, cell, shown_of
from planted.world import World, world
from sokhu.core.checks.finding import Finding

PER_WORLD = 2  # errors planted in each, one at a time
PER = 10_000
GOALS = {"arithmetic": "100 %", "continuity": "100 %", "slip": "95 %", "other": "none set"}

Said = tuple[object, ...]


@dataclass
class Tally:
    """planted, found, as_error: by kind of error. clean: findings where nothing is wrong, by severity and by code."""

    worlds: int = 0
    figures: int = 0
    reports: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    as_error: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)
    clean_codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[int, str, Planted]] = field(default_factory=list)

    def share(self, group: str) -> float:
        """Found of what was planted of a group."""
        names = [kind.name for kind in KINDS if kind.group == group]
        planted = sum(self.planted[name] for name in names)
        return sum(self.found[name] for name in names) / planted if planted else 0.0

    @property
    def false_errors(self) -> float:
        """Per 10,000 clean figures."""
        return self.clean["error"] * PER / self.figures


def measured(runs: int, seed: int, *, per_world: int = PER_WORLD) -> Tally:
    """So many worlds from a seed on; kinds of errors take turns."""
    tally = Tally()
    gc.disable()  # nothing here is a circle, and looking for some takes a quarter of the time
    for number in range(runs):
        run(tally, seed, number, per_world)
    gc.enable()
    return tally


def run(tally: Tally, seed: int, number: int, per_world: int) -> None:
    """One world: what is found in it as it is, and with one error after another."""
    made = world(seed * 1_000_000 + number)
    clean = all_found_in(made.figures, made.members)
    _count_clean(tally, made, clean)
    soil = Soil(made, random.Random(seed * 1_000_000 + number))
    before = {_said(one) for one in clean}
    for kind, planted in _errors(soil, number * per_world, per_world):
        _count_planted(tally, kind, planted, _new(made, planted, before), number)


def _count_clean(tally: Tally, made: World, clean: list[Finding]) -> None:
    tally.worlds += 1
    tally.figures += len(made.figures)
    tally.reports += len({(one.stream, one.sequence // 10) for one in made.figures})
    for one in shown_of(clean):
        tally.clean[one.severity] += 1
        tally.clean_codes[one.severity, one.code] += 1


def _errors(soil: Soil, start: int, count: int) -> Iterator[tuple[Kind, Planted]]:
    """The next kinds in turn that this world has a place for."""
    for offset in range(len(KINDS)):
        kind = KINDS[(start + offset) % len(KINDS)]
        planted = kind.plant(soil)
        if planted:
            count -= 1
            yield kind, planted
        if not count:
            return


def _new(made: World, planted: Planted, before: set[Said]) -> list[Finding]:
    after = all_found_in(planted_world(made, planted), made.members)
    return [one for one in after if _said(one) not in before]


def _said(finding: Finding) -> Said:
    return (finding.subject, finding.severity, tuple(sorted(finding.terms.items())))


def _count_planted(tally: Tally, kind: Kind, planted: Planted, new: list[Finding], number: int) -> None:
    fitting = [one for one in new if _is_about(one, planted) and _fits(one, kind)]
    tally.planted[kind.name] += 1
    tally.found[kind.name] += bool(fitting)
    tally.as_error[kind.name] += any(one.severity == "error" for one in fitting)
    if not fitting:
        tally.missed.append((number, kind.name, planted))


def _fits(finding: Finding, kind: Kind) -> bool:
    if kind.group != "slip":
        return finding.code in kind.codes
    cause = finding.terms.get("cause")
    names_scale = cause is not None and cause.value.startswith("slip_")
    return names_scale or (finding.code in ARITHMETIC_CODES and finding.severity != "note")


def _is_about(finding: Finding, planted: Planted) -> bool:
    about = {(one.cell, one.fact.stream) for one in finding.about}
    figures: tuple[Figure, ...] = planted.about if planted.new is None else (*planted.about, planted.new)
    return any((cell(one), one.stream) in about for one in figures)


def table(tally: Tally) -> str:
    """In Markdown: per kind, per group beside its goal, and what was found where nothing is wrong."""
    lines = ["| kind of error | planted | found | as an error |", "|---|---|---|---|"]
    for kind in KINDS:
        counts = (tally.planted[kind.name], tally.found[kind.name], tally.as_error[kind.name])
        lines.append(f"| {kind.group}: {kind.name} | " + " | ".join(f"{count:,}" for count in counts) + " |")
    lines += ["", "| group | found | goal |", "|---|---|---|"]
    lines += [f"| {group} | {tally.share(group):.1%} | {goal} |" for group, goal in GOALS.items()]
    lines += ["", f"In {tally.figures:,} figures of {tally.reports:,} reports in which nothing is wrong:", ""]
    lines += ["| what is told | count | per 10,000 figures | per report |", "|---|---|---|---|"]
    for severity in ("error", "warning", "note"):
        count = tally.clean[severity]
        lines.append(f"| {severity}s | {count:,} | {count * PER / tally.figures:.2f} | {count / tally.reports:.2f} |")
    lines += ["", "Of these: " + "; ".join(_by_code(tally)) + "."]
    return "\n".join(lines)


def _by_code(tally: Tally) -> list[str]:
    counts = sorted(tally.clean_codes.items(), key=lambda pair: -pair[1])
    return [f"{code} {count:,} ({severity})" for (severity, code), count in counts]
