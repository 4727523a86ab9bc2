"""Score what the reader finds in Vietnamese reports against gold labels, step by step.

    python tests/gold/score.py --folder tests/gold/read [--errors]

Every `<name>.txt` of the folder is read. With `<name>.gold.jsonl` beside it the figures are scored; a text without
labels has its figures printed, so that any folder of real texts can be looked through.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]  # one figure, in the shape of one line of `sokhu read --jsonl`

STEPS = ("value+unit", "ownership", "indicator", "period", "scope")  # each step needs the ones before it
CONTEXT = 60  # characters shown on either side of a quote in the list of errors


@dataclass(frozen=True, slots=True)
class Step:
    """How many figures are right up to one step, of how many read and how many labelled."""

    right: int
    read: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else float(self.gold == 0)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.read + self.gold
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Certain:
    """The figures the reader calls certain: how many there are, and how many are right in all steps."""

    right: int
    count: int
    read: int

    @property
    def precision(self) -> float:
        return self.right / self.count if self.count else 1.0

    @property
    def share(self) -> float:
        return self.count / self.read if self.read else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """A label nobody read ("missing"), a figure nobody labelled ("false"), or a pair that parts at `kind`'s step."""

    kind: str
    gold: Row | None
    read: Row | None

    @property
    def at(self) -> Row:
        """The row that says where in which article the error is: the label where there is one."""
        row = self.gold if self.gold is not None else self.read
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class Scores:
    """Result of `score`: one `Step` per name in STEPS, the certain figures, and every error in reading order."""

    steps: dict[str, Step]
    certain: Certain
    errors: list[Error] = field(repr=False)

    def f1(self, step: str) -> float:
        return self.steps[step].f1


def score(gold: Iterable[Row], read: Iterable[Row], *, certain: float = 2.0) -> Scores:
    """Compare figures read with labels, over any number of articles.

    gold, read: rows in the shape of the contract; `article` says which belong together.
    certain: the confidence from which a figure counts as certain; the default counts none.
    A label with status "repeat" or with `optional` true need not be read: neither it nor its match is counted.
    """
    labels, figures = list(gold), list(read)
    pairs = _pairs(labels, figures)
    optional = {g for g, label in enumerate(labels) if label.get("status") == "repeat" or label.get("optional")}
    forgiven = {r for g, r in pairs.items() if g in optional}
    depth = {r: _depth(labels[g], figures[r]) for g, r in pairs.items() if g not in optional}
    counted_read, counted_gold = len(figures) - len(forgiven), len(labels) - len(optional)
    steps = {
        name: Step(sum(reached > level for reached in depth.values()), counted_read, counted_gold)
        for level, name in enumerate(STEPS)
    }
    sure = [r for r, row in enumerate(figures) if r not in forgiven and float(row.get("confidence") or 0) >= certain]
    right = sum(depth.get(r, 0) == len(STEPS) for r in sure)
    errors = _errors(labels, figures, pairs, optional, depth)
    return Scores(steps, Certain(right, len(sure), counted_read), errors)


def _errors(
    labels: Sequence[Row], figures: Sequence[Row], pairs: dict[int, int], optional: set[int], depth: dict[int, int]
) -> list[Error]:
    found = [Error("missing", row, None) for g, row in enumerate(labels) if g not in pairs and g not in optional]
    matched = set(pairs.values())
    found += [Error("false", None, row) for r, row in enumerate(figures) if r not in matched]
    by_read = {r: g for g, r in pairs.items()}
    found += [
        Error(STEPS[reached], labels[by_read[r]], figures[r]) for r, reached in depth.items() if reached < len(STEPS)
    ]
    return sorted(found, key=lambda error: (str(error.at["article"]), int(error.at["start"]), error.kind))


def _pairs(labels: Sequence[Row], figures: Sequence[Row]) -> dict[int, int]:
    """Label index to figure index: same article, ranges that overlap, equal value and unit; each used once.

    Where several would do (the same value twice in one quote) the pair that agrees in most steps comes first, then the
    one whose ranges share most.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    for r, row in enumerate(figures):
        by_article[str(row["article"])].append(r)
    candidates = []
    for g, label in enumerate(labels):
        for r in by_article[str(label["article"])]:
            shared = _overlap(label, figures[r])
            if shared > 0 and _same_value(label, figures[r]):
                candidates.append((-_depth(label, figures[r]), -shared, g, r))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, r in sorted(candidates):
        if g not in pairs and r not in taken:
            pairs[g] = r
            taken.add(r)
    return pairs


def _overlap(one: Row, other: Row) -> int:
    return min(int(one["end"]), int(other["end"])) - max(int(one["start"]), int(other["start"]))


def _same_value(label: Row, figure: Row) -> bool:
    try:
        return Decimal(str(label["value"])) == Decimal(str(figure["value"])) and label["unit"] == figure["unit"]
    except InvalidOperation:
        return False


def _depth(label: Row, figure: Row) -> int:
    """How many steps in a row agree, of a pair that agrees in value and unit (so at least 1)."""
    agrees = (
        label.get("ownership") == figure.get("ownership"),
        label.get("indicator") == figure.get("indicator"),
        same_period(label, figure),
        _name(label.get("scope")) == _name(figure.get("scope")),
    )
    return 1 + next((level for level, equal in enumerate(agrees) if not equal), len(agrees))


def _name(scope: object) -> object:
    return unicodedata.normalize("NFC", scope) if isinstance(scope, str) else scope


def same_period(label: Row, figure: Row) -> bool:
    """Equal strings; for a stock also a day inside the labelled month, or the month that holds the labelled day.

    `period_or` of the label lists further periods that the text allows as well.

    >>> same_period({"period": "2024-06", "asof": True}, {"period": "2024-06-20"})
    True
    >>> same_period({"period": "2024-06", "asof": False}, {"period": "2024-06-20"})
    False
    """
    accepted = [label.get("period"), *label.get("period_or", ())]
    return any(_same_window(wanted, figure.get("period"), bool(label.get("asof"))) for wanted in accepted)


def _same_window(wanted: object, found: object, is_stock: bool) -> bool:
    if wanted == found:
        return True
    if not is_stock or not isinstance(wanted, str) or not isinstance(found, str):
        return False
    month, day = sorted((wanted, found), key=len)
    return bool(re.fullmatch(r"\d{4}-\d{2}", month) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)) and day[:7] == month


def load_gold(path: Path) -> list[Row]:
    """Labels of one text: one JSON object per line, `article` filled in from the file's name where it is absent."""
    article = path.name.removesuffix(".gold.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{"article": article, **json.loads(line)} for line in lines if line.strip()]


def load_text(path: Path) -> str:
    """The text as it stands, line ends untouched: labels count code points of the file itself."""
    return path.read_bytes().decode("utf-8")


def read_rows(text: str, article: str) -> list[Row]:
    """What the product reads, as rows. Imported late, so that the scorer is usable without the reader."""
    from sokhu.core.narrative import read

    return [figure.as_json() for figure in read(text, article=article)]


def score_folders(*folders: Path) -> Scores:
    """Read and score every labelled text of the folders together."""
    from sokhu.core.narrative import CERTAIN

    gold: list[Row] = []
    found: list[Row] = []
    for labels in sorted(path for folder in folders for path in folder.glob("*.gold.jsonl")):
        gold += load_gold(labels)
        article = labels.name.removesuffix(".gold.jsonl")
        found += read_rows(load_text(labels.with_name(f"{article}.txt")), article)
    return score(gold, found, certain=CERTAIN)


def table(scores: Scores) -> str:
    """The scores as lines of text: precision, recall and F1 per step, then the certain figures."""
    lines = [f"{'step':<12} {'P':>7} {'R':>7} {'F1':>7} {'right':>7} {'read':>6} {'gold':>6}"]
    for name, step in scores.steps.items():
        measures = f"{step.precision:7.4f} {step.recall:7.4f} {step.f1:7.4f}"
        lines.append(f"{name:<12} {measures} {step.right:7} {step.read:6} {step.gold:6}")
    sure = scores.certain
    lines.append(
        f"certain: {sure.right} of {sure.count} right in all steps ({sure.precision:.4f}), {sure.share:.1%} of all"
    )
    return "\n".join(lines)


def told(error: Error, text: str) -> str:
    """One error in four lines: kind and place, what is labelled, what was read, and the passage."""
    start, end = int(error.at["start"]), int(error.at["end"])
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    passage = f"{before}⟦{text[start:end]}⟧{after}".replace("\n", "⏎")
    heading = f"{error.at['article']}:{start} {error.kind}"
    return "\n".join([heading, f"  gold {_short(error.gold)}", f"  read {_short(error.read)}", f"  … {passage} …"])


def _short(row: Row | None) -> str:
    if row is None:
        return "-"
    names = ("value", "unit", "ownership", "indicator", "period", "scope", "status", "confidence")
    return " | ".join(f"{row[name]}" for name in names if name in row)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: exit code 0 also when scores are low (the floors are held by pytest)."""
    parser = argparse.ArgumentParser(description="Score the reader against gold labels, or show what it reads.")
    parser.add_argument("--folder", type=Path, action="append", required=True, help="texts; may be given again")
    parser.add_argument("--errors", action="store_true", help="list every missing, false and unequal figure")
    options = parser.parse_args(arguments)
    texts = {path.stem: load_text(path) for folder in options.folder for path in sorted(folder.glob("*.txt"))}
    labelled = {
        path.name.removesuffix(".gold.jsonl") for folder in options.folder for path in folder.glob("*.gold.jsonl")
    }
    for article in sorted(texts.keys() - labelled):
        print(f"== {article}: no labels, figures read")
        for row in read_rows(texts[article], article):
            print(json.dumps(row, ensure_ascii=False))
    if labelled:
        scores = score_folders(*options.folder)
        if options.errors:
            print("\n\n".join(told(error, texts[str(error.at["article"])]) for error in scores.errors), end="\n\n")
        print(f"{len(labelled)} labelled texts")
        print(table(scores))
    return 0 if texts else _nothing_there(options.folder)


def _nothing_there(folders: Sequence[Path]) -> int:
    print(f"No .txt file in {', '.join(map(str, folders))}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
