"""Fit what each sign of doubt costs, and where "certain" begins, on labelled texts.

    python tests/gold/calibrate.py --folder tests/gold/read --folder <real texts> --weight 1 --weight 3 [--write]

Texts, not figures, are dealt into folds: costs are fitted on the texts of all other folds and tried on the fold left
out, so every figure is judged by costs that never saw its text. The threshold is then the lowest confidence above which
those held-out figures reach the precision asked for. `--write` puts costs fitted on all texts into `indicators.toml`.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from gold.score import STEPS, _depth, _pairs, load_gold, load_text

FOLDS = 10
ROUNDS = 80
LEAST = 0.15  # every sign of doubt costs something, whatever the texts at hand say
PRIOR = 0.8  # what a sign costs before the texts have spoken: never met in a wrong figure is not yet harmless
STRENGTH = 2.0  # how firmly the prior holds
DAMPING = 6.0  # about as many signs move together as one figure has
RARE = 6  # a sign met in fewer figures costs what "unknown" costs
COSTS = Path(__file__).parents[2] / "src/sokhu/catalogue/narrative/indicators.toml"

Costs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One figure read: its signs, whether all steps are right, its text, and how much it counts in the fit."""

    signs: tuple[str, ...]
    right: bool
    article: str
    weight: float
    place: str


def cases_of(folder: Path, weight: float) -> list[Case]:
    """Every figure read in the labelled texts of a folder, those left aside that match an optional label."""
    from sokhu.core.narrative import read

    cases = []
    for path in sorted(folder.glob("*.gold.jsonl")):
        article = path.name.removesuffix(".gold.jsonl")
        labels = load_gold(path)
        figures = read(load_text(path.with_name(f"{article}.txt")), article=article)
        rows = [figure.as_json() for figure in figures]
        label_of = {r: labels[g] for g, r in _pairs(labels, rows).items()}
        for index, figure in enumerate(figures):
            label = label_of.get(index)
            if label is not None and (label.get("status") == "repeat" or label.get("optional")):
                continue
            right = label is not None and _depth(label, rows[index]) == len(STEPS)
            where = f"{article}:{figure.start} {figure.quote}"
            cases.append(Case(figure.doubts, right, f"{folder.name}/{article}", weight, where))
    return cases


def fitted(cases: Sequence[Case]) -> Costs:
    """Logistic regression by gradient descent; no cost falls below LEAST, so that a sign of doubt never helps."""
    met = Counter(sign for case in cases for sign in case.signs)
    names = sorted(sign for sign, count in met.items() if count >= RARE)
    costs = dict.fromkeys(names, 0.5)
    start = 4.0
    kept = [(tuple(sign for sign in case.signs if sign in costs), case.right, case.weight) for case in cases]
    for _ in range(ROUNDS):
        slope, curve = dict.fromkeys(["", *names], 0.0), dict.fromkeys(["", *names], 0.05)
        for found, right, weight in kept:
            likely = 1 / (1 + exp(-start + sum(costs[sign] for sign in found)))
            for sign in ("", *found):
                slope[sign] += weight * (likely - right)
                curve[sign] += weight * likely * (1 - likely)
        start -= slope[""] / (DAMPING * curve[""])
        for sign in names:
            pull = slope[sign] - STRENGTH * (costs[sign] - PRIOR)
            costs[sign] = max(LEAST, costs[sign] + pull / (DAMPING * curve[sign] + STRENGTH))
    return {"start": start, "unknown": PRIOR, **costs}


def held_out(cases: Sequence[Case], folds: int = FOLDS) -> list[tuple[float, Case]]:
    """Each figure with the confidence that costs fitted without its text's fold give it."""
    from sokhu.core.narrative.confidence import chance

    judged = []
    for fold in range(folds):
        costs = fitted([case for case in cases if _fold(case, folds) != fold])
        judged += [(chance(costs, case.signs), case) for case in cases if _fold(case, folds) == fold]
    return judged


def _fold(case: Case, folds: int) -> int:
    return int(hashlib.sha256(case.article.encode()).hexdigest(), 16) % folds


def threshold(judged: Sequence[tuple[float, Case]], precision: float) -> float:
    """The lowest confidence above which as many figures are right as asked for; 1.0 where there is none."""
    best, right = 1.0, 0
    ordered = sorted(judged, key=lambda pair: -pair[0])
    for count, (sure, case) in enumerate(ordered, 1):
        right += case.right
        last = count == len(ordered) or ordered[count][0] < sure
        if last and right >= precision * count:
            best = sure
    return best


def written(text: str, costs: Mapping[str, float]) -> str:
    """The data file with its table of costs replaced."""
    lines = [f'"{name}" = {value:.3f}' if " " in name else f"{name} = {value:.3f}" for name, value in costs.items()]
    table = "[confidence.costs]\n" + "\n".join(lines) + "\n"
    return re.sub(r"\[confidence\.costs\]\n(?:[^\n\[]+\n?)*", lambda _: table, text)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Fit the costs of the signs of doubt by cross-validation over texts.")
    parser.add_argument("--folder", type=Path, action="append", required=True)
    parser.add_argument("--weight", type=float, action="append", default=[])
    parser.add_argument("--precision", type=float, default=0.995)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    weights = [*options.weight, *[1.0] * len(options.folder)]
    cases = [case for folder, weight in zip(options.folder, weights, strict=False) for case in cases_of(folder, weight)]
    judged = held_out(cases)
    limit = threshold(judged, options.precision)
    for folder in options.folder:
        of = [(sure, case) for sure, case in judged if case.article.startswith(f"{folder.name}/")]
        certain = [case for sure, case in of if sure >= limit]
        print(f"{folder.name}: {sum(c.right for c in certain)} of {len(certain)} certain are right, {len(of)} read")
    print(f"certain from {limit:.4f}; wrong with the highest confidence:")
    for sure, case in sorted((p for p in judged if not p[1].right), key=lambda pair: -pair[0])[:25]:
        print(f"  {sure:.4f} {case.place} {', '.join(case.signs)}")
    if options.write:
        COSTS.write_text(written(COSTS.read_text(encoding="utf-8"), fitted(cases)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
