"""Two processes at once: two values of one stream for one cell, then two corrections of the figure that went in."""

from __future__ import annotations

import json
import os
import sys
from multiprocessing import get_context

from django.db import connections
from scratch import in_child

from factories import a_document, a_figure, a_proposal, accept_all
from sokhu.areas.ledger.actions import correct
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.queries import current
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.problems import Problem

tag = sys.argv[1]
stream = ("press", f"Báo {tag}")
fork = get_context("fork")


def at_once(*works):
    """What each of the works returned or the code of its problem."""
    connections.close_all()
    together, (told, tell) = fork.Barrier(len(works)), os.pipe()

    def one(number, work):
        together.wait()
        try:
            found = work()
        except Problem as problem:
            found = problem.code
        os.write(tell, (json.dumps([number, found]) + "\n").encode())

    children = [in_child(lambda pair=pair: one(*pair)) for pair in enumerate(works)]
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * len(works)
    os.close(tell)
    return [found for _, found in sorted(json.loads(line) for line in os.read(told, 65536).decode().splitlines())]


def accepting(proposal):
    def work():
        result = accept_all(SYSTEM, proposal)
        return "new" if result.new else result.refused[0][1].code

    return work


def correcting(pk, written):
    return lambda: str(correct(SYSTEM, pk, written, "cùng lúc").replaces_id)


figures = [a_figure(value, other=f"of={tag}") for value in ("100", "200")]
accepted = at_once(*(accepting(a_proposal(one, document=a_document("", stream))) for one in figures))
standing = current(Observation.objects.filter(cell__other=f"of={tag}")).get()
corrected = at_once(correcting(standing.pk, "300 triệu USD"), correcting(standing.pk, "400 triệu USD"))
lines = Observation.objects.filter(cell__other=f"of={tag}").count()
print(json.dumps({"accepted": accepted, "corrected": corrected, "pk": str(standing.pk), "rows": lines}))
