"""Doing the work: kinds of jobs, one job done with its worker's sign of life, a loop over them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, connection

from sokhu.core.problems import Problem, Problems
from sokhu.kit.jobs.models import Job
from sokhu.kit.jobs.queue import fail, finish, say_alive, take

SECONDS_BETWEEN_SIGNS = 5
Progress = Callable[[int, int], None]
Work = Callable[[Mapping[str, Any], Progress], None]
KINDS: dict[str, Work] = {}

log = logging.getLogger(__name__)


class TakenOver(Exception):
    """Another worker has this job now: this one leaves off."""


def work_of(kind: str) -> Callable[[Work], Work]:
    """Names the function that does a kind of jobs. It may be called again for a job that was left half done."""

    def keep(function: Work) -> Work:
        KINDS[kind] = function
        return function

    return keep


def do_next(worker: str) -> Job | None:
    """Takes up one job and does it; the job, or None when nothing waits."""
    job = take(worker)
    if job is not None:
        _do(job)
    return job


def _do(job: Job) -> None:
    ended = threading.Event()
    sign = threading.Thread(target=_signs, args=(job, ended), daemon=True)
    sign.start()
    try:
        KINDS[job.kind](job.params, lambda done, total: _tell(job, done, total))
        finish(job)
    except TakenOver:
        log.warning("job %s was taken over", job.pk)
    except (Problem, Problems) as told:
        problem = told if isinstance(told, Problem) else told.problems[0]
        fail(
            job, problem.code, {"where": problem.where, **{name: str(value) for name, value in problem.params.items()}}
        )
    except Exception:
        log.exception("job %s of kind %s failed", job.pk, job.kind)
        fail(job, "jobs.failed", {})
    finally:
        ended.set()
        sign.join()


def _tell(job: Job, done: int, total: int) -> None:
    if not say_alive(job, done, total):
        raise TakenOver


def _signs(job: Job, ended: threading.Event) -> None:
    """Says every few seconds that the worker lives, also while one step takes long."""
    try:
        while not ended.wait(SECONDS_BETWEEN_SIGNS):
            with suppress(DatabaseError):  # the book is busy: the next sign will do
                say_alive(job)
    finally:
        connection.close()
