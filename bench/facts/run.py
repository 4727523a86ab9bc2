"""`make bench-facts`: makes the cells, measures every engine on them; no time counts unless all answers are equal."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from output import write_part

from facts import world
from facts.measure import IN_A_ROW, RUNS, measured

TITLES = {
    "ours": "copy",
    "whole-rows": "copy, all its columns",
    "duckdb": "DuckDB, raw",
    "duckdb-subtotal": "DuckDB, subtotals",
    "postgresql": "PostgreSQL",
    "sqlite": "SQLite",
    "pandas": "pandas",
    "polars": "Polars",
}


def compare(results: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The one digest of each question. Ends the run where two engines do not agree to the đồng."""
    digests: dict[str, dict[str, list[str]]] = {}
    for engine, result in results.items():
        for name, found in result["found"].items():
            digests.setdefault(name, {}).setdefault(found["digest"], []).append(engine)
    for name, by in digests.items():
        if len(by) != 1:
            raise SystemExit(f"{name}: the engines do not agree: {by}")
    return {name: next(iter(by)) for name, by in digests.items()}


def shown(found: dict[str, Any] | None) -> str:
    if found is None:
        return "–"
    return f"{found['ms']:,.1f}" + ("*" if found["runs"] == 1 else "")


def report(results: dict[str, dict[str, Any]], rows: int, loads: list[float]) -> str:
    digests, names = compare(results), list(results["ours"]["found"])
    head = " | ".join(TITLES[engine] for engine in results)
    lines = [
        f"## Roll-ups over {rows:,} rows ({world.size().name} cells)",
        "",
        f"Made by `make bench-facts` (`BENCH={world.size().key}`). Load of the machine meanwhile: "
        f"{loads[0]:.1f} before, {loads[1]:.1f} after, on {os.cpu_count()} cores. Quote the ratios, not the times.",
        "",
        f"Median ms of {RUNS} turns after one warm-up (* one run only). The engines are asked in turn, what takes less"
        f" than a second {IN_A_ROW} times in a row: the last counts. All answers are equal to the unit (digest).",
        "",
        f"| question | rows | {head} | digest |",
        "|---" * (len(results) + 3) + "|",
    ]
    for name in names:
        cells = " | ".join(shown(result["found"].get(name)) for result in results.values())
        lines.append(f"| {name} | {results['ours']['found'][name]['rows']:,} | {cells} | `{digests[name]}` |")
    lines += [
        "",
        "How many times as long as the copy; in the last column, DuckDB on raw columns where each was asked right after"
        " the others had filled the processor's caches, the first of its times in a row:",
        "",
        f"| question | {head} | DuckDB, raw, caches cold |",
        "|---" * (len(results) + 2) + "|",
    ]
    for name in names:
        ours = results["ours"]["found"][name]["ms"]
        ratios = [result["found"].get(name) for result in results.values()]
        cold = results["duckdb"]["found"][name]["after"] / results["ours"]["found"][name]["after"]
        told = ["–" if one is None else f"{one['ms'] / ours:,.1f}" for one in ratios]
        lines.append(f"| {name} | {' | '.join(told)} | {cold:,.1f} |")
    lines += ["", "What it costs to make:", "", "| engine | s | on disk, MB | peak memory, MB |", "|---|---|---|---|"]
    for engine, result in results.items():
        made = result["made"]
        seconds = f"{made['totals']:.0f}" if "totals" in made else "–"
        if "export and frame" in made:
            seconds = f"{made['export and frame']:.0f} export and frame, {seconds} totals"
        memory = made["peak"] if isinstance(made["peak"], str) else f"{made['peak']:.0f}"
        lines.append(f"| {TITLES[engine]} | {seconds} | {made.get('MB', 0):.0f} | {memory} |")
    lines.append(f"\nThe copy holds {results['ours']['made']['rows']:,} totals.")
    if left_out := [TITLES[name] for name in TITLES if name not in results]:
        lines.append(f"\nLeft out, since it keeps all rows in memory: {', '.join(left_out)}.")
    return "\n".join(lines) + "\n"


def main() -> int:
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="sokhu-facts-") as name:
        rows = world.make_raw(Path(name))
        results = measured(Path(name))
        loads.append(os.getloadavg()[0])
    text = report(results, rows, loads)
    write_part("facts", text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
