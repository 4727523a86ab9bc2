"""A report asked for, a worker that hangs in it, how far the job is: scratch_jobs.py ask|hang|age|state."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import scratch

assert scratch

from sokhu.areas.publications import jobs  # noqa: E402
from sokhu.areas.publications.actions import begin  # noqa: E402
from sokhu.areas.publications.assembling import Subject  # noqa: E402
from sokhu.areas.publications.models import Build  # noqa: E402
from sokhu.areas.territory.queries import SYSTEM  # noqa: E402
from sokhu.kit.jobs.models import Job  # noqa: E402
from sokhu.kit.jobs.work import KINDS, do_next  # noqa: E402

step = sys.argv[1]
if step == "ask":
    report = begin(SYSTEM, Subject("board/hai-phong", "province/hai-phong", "2024", "vi"), by=None)
    jobs.ask_to_make(SYSTEM, report)
elif step == "hang":
    KINDS[jobs.MAKE] = lambda _params, progress: (progress(1, 9), time.sleep(600))[0]
    do_next("hanging")
elif step == "age":
    Job.objects.filter(state="running").update(alive_until=datetime(2020, 1, 1, tzinfo=UTC))
else:
    newest = Job.objects.order_by("-asked_at")[0]
    print(newest.state, newest.attempts)
    assert newest.state != "done" or Build.objects.filter(version__report=newest.subject).exists()
