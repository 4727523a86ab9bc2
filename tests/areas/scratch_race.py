"""Two processes bring in, propose and accept the same document at the same moment; prints what each of them did."""

from __future__ import annotations

import json
import os
import sys
from multiprocessing import get_context

from scratch import brought_in, in_child

from factories import accept_all
from sokhu.areas.territory.queries import SYSTEM

tag, people = sys.argv[1], 2
together = get_context("fork").Barrier(people)
told, tell = os.pipe()


def accept_at_once() -> None:
    together.wait()
    result = accept_all(SYSTEM, brought_in(tag))
    counts = {"new": result.new, "cited": result.cited, "already": result.already, "refused": len(result.refused)}
    os.write(tell, (json.dumps(counts) + "\n").encode())


children = [in_child(accept_at_once) for _ in range(people)]
failed = [os.waitpid(pid, 0)[1] for pid in children]
os.close(tell)
results = [json.loads(line) for line in os.read(told, 65536).decode().splitlines()]

from sokhu.areas.ledger.models import Observation, Proposal  # noqa: E402
from sokhu.areas.sources.models import Document  # noqa: E402

mine = Document.objects.filter(filename=f"{tag}.txt")
print(
    json.dumps(
        {
            "failed": failed,
            "new": sum(result["new"] for result in results),
            "already": sum(result["already"] for result in results),
            "others": sum(result["cited"] + result["refused"] for result in results),
            "documents": mine.count(),
            "proposals": Proposal.objects.filter(document__in=mine).count(),
            "observations": Observation.objects.filter(document__in=mine).count(),
        }
    )
)
