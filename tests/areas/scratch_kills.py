"""Kills processes at random points of bringing in and accepting a document; prints what is half-done afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time

from scratch import FIGURES, brought_in, in_child

from factories import ids_of
from sokhu.areas.ledger.actions import accept
from sokhu.areas.territory.queries import SYSTEM

kills, chance = int(sys.argv[1]), random.Random(sys.argv[2])
HALF = FIGURES // 2


def do(tag: str) -> None:
    proposal = brought_in(tag)
    ids = ids_of(proposal)
    accept(SYSTEM, proposal, ids[:HALF], reason="nửa đầu")
    accept(SYSTEM, proposal, ids[HALF:], reason="nửa sau")


def timed(tag: str) -> float:
    began = time.monotonic()
    pid = in_child(lambda: do(tag))
    assert os.waitpid(pid, 0)[1] == 0
    return time.monotonic() - began


whole = min(timed("tron-ven-1"), timed("tron-ven-2"))
killed = 0
for number in range(kills):
    pid = in_child(lambda number=number: do(f"giet-{number}"))
    time.sleep(chance.uniform(0.05, 1.0) * whole)
    os.kill(pid, signal.SIGKILL)
    killed += os.waitpid(pid, 0)[1] == signal.SIGKILL

from django.conf import settings  # noqa: E402

from sokhu.areas.ledger.models import Observation, ProposedFigure  # noqa: E402
from sokhu.areas.sources.models import Document  # noqa: E402
from sokhu.kit.sealing.queries import verify  # noqa: E402

half_done = []
reached = set()
for document in Document.objects.filter(filename__startswith="giet-"):
    figures = ProposedFigure.objects.filter(proposal__document=document)
    accepted = figures.filter(state="accepted")
    rows = Observation.objects.filter(pk__in=accepted.values("observation")).count()
    counts = (figures.count(), accepted.count(), Observation.objects.filter(document=document).count())
    reached.add(counts[1])
    is_whole = counts[0] in (0, FIGURES) and counts[1] in (0, HALF, FIGURES) and counts[1] == counts[2] == rows
    upload = settings.UPLOADS / document.sha256[:2] / document.sha256
    if not is_whole or not upload.exists():
        half_done.append([document.filename, *counts, upload.exists()])
broken_by_kills = verify().broken
for number in range(kills):
    do(f"giet-{number}")  # whoever was killed does it again
at_last = Observation.objects.filter(document__filename__startswith="giet-").count()
print(
    json.dumps(
        {
            "killed": killed,
            "half_done": half_done,
            "reached": sorted(reached),
            "verified": broken_by_kills is None and verify().broken is None,
            "observations": at_last,
            "expected": kills * FIGURES,
        }
    )
)
