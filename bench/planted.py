"""`make bench-checks`: errors planted in invented worlds, and how many of them the checks find.

Prints the table and writes its part of docs/findings.md. `--runs` worlds are made, each from a seed of its own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from output import DOCS, write_part

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()

    from planted.measure import measured, table

    text = table(measured(asked.runs, asked.seed))
    print(text)
    command = f"`python bench/planted.py --runs {asked.runs} --seed {asked.seed}`"
    write_part("planted", f"Made by {command}.\n\n{text}", DOCS / "findings.md")


if __name__ == "__main__":
    main()
