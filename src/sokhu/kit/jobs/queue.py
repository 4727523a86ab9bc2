"""Asking for work and taking it up. A job whose worker was killed is taken up again when its time to say so is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from sokhu.kit.jobs.models import Job, State

ALIVE = timedelta(seconds=15)  # how long a worker may be silent before its job is another's
MOST_ATTEMPTS = 3


def ask_for(kind: str, subject: str, params: Mapping[str, Any], *, author: UUID | None) -> Job:
    """Asks for work. What waits for the same subject already is done once, with the newest values."""
    with transaction.atomic():
        waiting = _locked(Job.objects.filter(kind=kind, subject=subject, state=State.WAITING)).first()
        if waiting is None:
            now = datetime.now(UTC)
            return Job.objects.create(kind=kind, subject=subject, params=dict(params), author=author, asked_at=now)
        waiting.params, waiting.author = dict(params), author
        waiting.save(update_fields=["params", "author"])
        return waiting


def newest_job(kind: str, subject: str) -> Job | None:
    return Job.objects.filter(kind=kind, subject=subject).order_by("-asked_at", "-id").first()


def take(worker: str, *, now: datetime | None = None) -> Job | None:
    """The oldest job that waits or that a silent worker left; None for none. A job left too often has failed.

    now: for tests of silence.
    """
    moment = now or datetime.now(UTC)
    left = Q(state=State.RUNNING, alive_until__lt=moment)
    with transaction.atomic():
        job = _locked(Job.objects.filter(Q(state=State.WAITING) | left)).order_by("asked_at", "id").first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            _end(job, State.FAILED, {"code": "jobs.given_up", "params": {"attempts": job.attempts}})
            return None
        job.state, job.worker, job.attempts = State.RUNNING, worker, job.attempts + 1
        job.alive_until, job.done, job.total = moment + ALIVE, 0, 0
        job.save()
        return job


def _locked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Rows locked until the transaction ends; on SQLite every transaction that may write locks the book already."""
    return jobs.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else jobs


def say_alive(job: Job, done: int | None = None, total: int | None = None) -> bool:
    """Tells how far a job is and that its worker lives; False when another worker has taken it meanwhile."""
    changes: dict[str, Any] = {"alive_until": datetime.now(UTC) + ALIVE}
    changes |= {} if done is None else {"done": done, "total": total or 0}
    mine = Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state=State.RUNNING)
    return bool(mine.update(**changes))


def finish(job: Job) -> None:
    _end(job, State.DONE, {})


def fail(job: Job, code: str, params: Mapping[str, Any]) -> None:
    _end(job, State.FAILED, {"code": code, "params": dict(params)})


def _end(job: Job, state: State, problem: dict[str, Any]) -> None:
    mine = Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts)
    mine.update(state=state, problem=problem, ended_at=datetime.now(UTC))
