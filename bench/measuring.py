"""What the measuring commands share: a book of its own to measure in, and the median time of a piece of work."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def new_book(prefix: str) -> Iterator[None]:
    """A prepared sourced book in a folder that goes afterwards; Django is set up on it."""
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        os.environ |= {"SOKHU_DATA": folder, "DJANGO_SETTINGS_MODULE": "sokhu.site.settings"}
        from sokhu.cli.book import prepare, with_django

        with_django()
        prepare(lambda line: None)
        yield


def medians(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """In ms after a first run: of the clock, and of the processor, which is the steadier beside other work."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    clock, processor = zip(*taken, strict=True)
    return statistics.median(clock) * 1000, statistics.median(processor) * 1000
