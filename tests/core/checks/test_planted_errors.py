"""The goals of the checks, in small: `bench/planted.py` measures them over a thousand worlds."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import planted
from planted.equations import equations
from planted.errors import KINDS
from planted.measure import Tally, measured, table
from planted.world import world

RUNS = 20
pytestmark = pytest.mark.unmeasured


@cache
def tally() -> Tally:
    return measured(RUNS, 7, per_world=3)


def test_a_world_as_it_is_breaks_none_of_what_must_hold() -> None:
    made = world(1)
    broken = [one for some in equations(made).values() for one in some if not one.can_hold()]
    assert broken == []
    assert {kind for kind, some in equations(made).items() if some} >= {"ownership", "formula", "members", "balance"}


def test_the_same_seed_makes_the_same_world() -> None:
    assert world(5).figures == world(5).figures
    assert world(5).figures != world(6).figures


@pytest.mark.parametrize("group", ["arithmetic", "continuity"])
def test_every_planted_error_of_arithmetic_and_continuity_is_found(group: str) -> None:
    missed = [(number, name) for number, name, _ in tally().missed if name in _names(group)]
    assert missed == []
    assert sum(tally().planted[name] for name in _names(group)) >= 6


def test_slips_of_a_factor_of_ten_or_more_are_found() -> None:
    assert tally().share("slip") >= 0.95


def test_right_figures_make_less_than_one_error_in_ten_thousand() -> None:
    assert tally().figures > 20_000
    assert tally().false_errors < 1


def test_every_kind_of_error_is_planted() -> None:
    assert {kind.name for kind in KINDS} == set(tally().planted)
    assert "| arithmetic | 100.0% | 100 % |" in table(tally())


def _names(group: str) -> list[str]:
    return [kind.name for kind in KINDS if kind.group == group]


def test_what_plants_shares_no_code_with_what_checks() -> None:
    folder = Path(planted.__file__).parent
    apart = {path.stem for path in folder.glob("*.py")} - {"held_against", "measure"}
    for name in apart:
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
        assert not [one for one in (*froms, *named) if one.startswith(("sokhu", "planted.held", "planted.measure"))]
