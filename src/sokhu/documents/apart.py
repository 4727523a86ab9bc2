"""The reading process: a parser of untrusted files gets one file, limits, no settings of the server, no network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from sokhu.core.problems import Problem
from sokhu.documents.extracted import Limits, problem_from_json

# A parser that runs out of memory in C ends by one of these rather than by an exception.
_SPENT = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL, -signal.SIGXFSZ}


def read_apart(kind: str, data: bytes, filename: str, limits: Limits, options: Mapping[str, Any] | None = None) -> Any:
    """Run `sokhu.documents.child`; what its reader of this kind found, as JSON has it.

    Files rather than pipes carry the data: no reading thread, and a limit on size. options: named arguments of the
    reader, values of JSON. Raises the reader's Problem, or document.too_heavy, document.broken.
    """
    task = json.dumps(
        {"kind": kind, "filename": filename[-255:], "limits": asdict(limits), "options": dict(options or {})}
    )
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        code = _run(task, given, answer, limits)
        answer.seek(0)
        found = answer.read()
    if code in _SPENT:
        raise _too_heavy(limits)
    if code != 0:
        raise Problem("document.broken", found=kind)
    return _answer(json.loads(found), filename, limits)


def _run(task: str, given: Any, answer: Any, limits: Limits) -> int:
    """The exit code of the reading process; killed when its time is up, whatever it is doing.

    It holds a pipe that closes with it: `Popen.wait` with a time limit looks every 50 ms, and a small file takes less.
    """
    ended, held = Pipe(duplex=False)
    with ended:
        with held:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "sokhu.documents.child", task],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=tempfile.gettempdir(),
                start_new_session=True,
                pass_fds=[held.fileno()],
            )
        try:
            return process.wait(timeout=1) if ended.poll(limits.seconds) else -signal.SIGKILL
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    """No settings and no secrets of the server reach the reading process."""
    root = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}


def _answer(shape: dict[str, Any], filename: str, limits: Limits) -> Any:
    if "problem" not in shape:
        return shape["ok"]
    problem = problem_from_json(shape["problem"], filename)
    raise _too_heavy(limits) if problem.code == "document.too_heavy" else problem


def _too_heavy(limits: Limits) -> Problem:
    return Problem("document.too_heavy", seconds=limits.seconds, megabytes=limits.memory_bytes >> 20)
