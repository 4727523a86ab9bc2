"""Work in the background: done once, with progress, and taken up again when its worker was killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sokhu.core.problems import Problem
from sokhu.kit.jobs.models import Job, State
from sokhu.kit.jobs.queue import ALIVE, MOST_ATTEMPTS, ask_for, newest_job, say_alive, take
from sokhu.kit.jobs.work import KINDS, Progress, do_next, work_of

pytestmark = pytest.mark.django_db
done: list[Any] = []


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    done.clear()

    @work_of("test.write")
    def write(params: Mapping[str, Any], progress: Progress) -> None:
        progress(1, 2)
        done.append(params["words"])

    @work_of("test.refuse")
    def refuse(params: Mapping[str, Any], progress: Progress) -> None:
        raise Problem("period.unknown", found="2021-Q5")

    @work_of("test.fail")
    def fail(params: Mapping[str, Any], progress: Progress) -> None:
        raise ZeroDivisionError

    yield
    for kind in ("test.write", "test.refuse", "test.fail"):
        del KINDS[kind]


def asked(kind: str = "test.write", subject: str = "a", words: str = "x") -> Job:
    return ask_for(kind, subject, {"words": words}, author=None)


def later(minutes: float = 1) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for() -> None:
    for words in ("một", "hai", "ba"):
        asked(subject=words, words=words)
    while do_next("w"):
        pass
    assert done == ["một", "hai", "ba"]
    assert {job.state for job in Job.objects.all()} == {State.DONE}


def test_what_waits_for_a_subject_is_done_once_with_the_newest_values() -> None:
    assert asked(words="cũ").pk == asked(words="mới").pk
    asked(subject="b")
    do_next("w")
    assert done == ["mới"]


def test_a_job_tells_how_far_it_is() -> None:
    asked()
    job = take("w")
    assert job is not None
    assert say_alive(job, 3, 7)
    newest = newest_job("test.write", "a")
    assert newest is not None
    assert (newest.done, newest.total, newest.is_open) == (3, 7, True)


def test_a_job_of_a_silent_worker_is_taken_up_again_and_the_silent_one_leaves_off() -> None:
    asked()
    lost = take("killed")
    assert take("other") is None
    again = take("other", now=datetime.now(UTC) + ALIVE + timedelta(seconds=1))
    assert lost is not None
    assert again is not None
    assert again.pk == lost.pk
    assert not say_alive(lost, 1, 2)
    assert say_alive(again, 1, 2)


def test_a_job_that_was_left_too_often_has_failed() -> None:
    asked()
    for attempt in range(MOST_ATTEMPTS):
        assert take(f"w{attempt}", now=later(attempt)) is not None
    assert take("last", now=later(MOST_ATTEMPTS)) is None
    job = newest_job("test.write", "a")
    assert job is not None
    assert (job.state, job.problem["code"]) == (State.FAILED, "jobs.given_up")


def test_a_problem_is_kept_for_the_page_to_tell() -> None:
    asked("test.refuse")
    do_next("w")
    job = newest_job("test.refuse", "a")
    assert job is not None
    assert job.state == State.FAILED
    assert job.problem == {"code": "period.unknown", "params": {"where": "", "found": "2021-Q5"}}


def test_a_fault_of_the_program_ends_the_job_and_not_the_worker() -> None:
    asked("test.fail")
    asked(subject="b")
    do_next("w")
    do_next("w")
    failed = newest_job("test.fail", "a")
    assert failed is not None
    assert failed.problem["code"] == "jobs.failed"
    assert done == ["x"]
