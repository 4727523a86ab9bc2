"""The reading process: takes one file on standard input, limits itself, and answers with JSON on standard output.

Run as `python -m sokhu.documents.child '{"kind": "html", "filename": "…", "limits": {…}}'`. Parsers of untrusted
files run here and not in the web server: a file that crashes or bloats a parser takes this process with it, no more.
"""

from __future__ import annotations

import contextlib
import gc
import json
import resource
import sys
from typing import Any, cast

from sokhu.core.problems import Problem
from sokhu.documents.extracted import Extracted, Limits, as_json, problem_as_json

# What a parser has no business doing: reaching the network, starting programs.
_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.system",
    "os.posix_spawn",
)


def main(arguments: list[str]) -> int:
    """Read the file on standard input; the answer is {"ok": …} or {"problem": …}. Returns the exit code."""
    task = json.loads(arguments[0])
    limits = Limits(**task["limits"])
    _confine(limits)
    data = sys.stdin.buffer.read()
    try:
        answer = {"ok": _answered(task["kind"], data, task["filename"], limits, task["options"])}
    except Problem as problem:
        answer = {"problem": problem_as_json(problem)}
    except MemoryError:
        answer = {"problem": {"code": "document.too_heavy", "where": "", "params": {}}}
    except RecursionError:
        answer = {"problem": {"code": "document.nested_too_deep", "where": "", "params": {"limit": limits.depth}}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.flush()
    return 0


def _confine(limits: Limits) -> None:
    """Memory, processor time and output are limited by the system; network and programs by an audit hook."""
    most_output = 16 * limits.characters + 64 * (limits.cells + limits.sheet_cells) + (1 << 20)
    wanted = (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, most_output),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in wanted:
        # macOS refuses RLIMIT_AS; the time limits still hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    # 256 nested elements take four calls each; the interpreter stops at 1000 by itself.
    sys.setrecursionlimit(4_000)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _answered(kind: str, data: bytes, filename: str, limits: Limits, options: dict[str, Any]) -> Any:
    """Import only the reader that is needed: start-up is most of the time of a small file."""
    if kind == "geo":
        from sokhu.documents.geo import reading, shape

        return shape.as_json(reading.shapes_in(data, filename, limits=limits, **options))
    if kind in ("xlsx", "xls"):
        from sokhu.documents import workbook

        gc.disable()  # a process that reads one file and ends; a large one has millions of values
        return workbook.as_json(workbook.read(cast(workbook.Kind, kind), data, limits))
    return as_json(_read(kind, data, filename, limits))


def _read(kind: str, data: bytes, filename: str, limits: Limits) -> Extracted:
    if kind == "pdf":
        from sokhu.documents import pdf

        return pdf.read(data, filename, limits)
    if kind == "html":
        from sokhu.documents import html

        return html.read(data, filename, limits)
    from sokhu.documents import word

    return word.read(data, filename, limits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
