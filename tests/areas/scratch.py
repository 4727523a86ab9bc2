"""What the scripts of the scratch book share: Django ready before any connection, figures by the dozen, children."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from sokhu.cli.book import with_django

with_django()

from factories import a_figure  # noqa: E402 - after Django is ready
from sokhu.areas.ledger.actions import keep_proposal  # noqa: E402
from sokhu.areas.ledger.models import Proposal  # noqa: E402
from sokhu.areas.sources.actions import Described, add_document  # noqa: E402
from sokhu.areas.territory.queries import SYSTEM  # noqa: E402

FIGURES = 60


def brought_in(tag: str) -> Proposal:
    """A document of this tag with its figures proposed: the same calls give the same document and proposal."""
    described = Described(stream_kind="press", speaker=f"Báo {tag}")
    document = add_document(
        SYSTEM, f"Văn bản {tag}, đủ dài để đọc.".encode(), f"{tag}.txt", described, by=None, owner=""
    )
    figures = [a_figure(str(number + 1), other=f"sector={tag}-{number}") for number in range(FIGURES)]
    return keep_proposal(document, figures, by=None)


def in_child(work: Callable[[], Any]) -> int:
    """Runs the work in a process of its own, with connections of its own; returns its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)
