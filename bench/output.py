"""docs/benchmarks.md and other pages, a part of them for each command that measures."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
OUTPUT = DOCS / "benchmarks.md"


def write_part(name: str, text: str, output: Path = OUTPUT) -> None:
    """Puts a text in place of the part of that name, or at the end."""
    old = output.read_text(encoding="utf-8") if output.exists() else "# Benchmarks\n"
    part = f"<!-- {name} -->\n{text.rstrip()}\n<!-- /{name} -->\n"
    marked = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->\n", re.DOTALL)
    new = marked.sub(lambda _: part, old) if marked.search(old) else f"{old.rstrip()}\n\n{part}"
    output.write_text(new, encoding="utf-8")
