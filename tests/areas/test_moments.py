"""A moment of the ledger as people name it: a number, a day, a day and time."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from sokhu.areas.catalogue.models import Entry
from sokhu.core.problems import Problem
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import moment_named

pytestmark = pytest.mark.django_db
# 00:30 in Hà Nội is still the day before in Greenwich.
TIMES = (datetime(2026, 11, 22, 2, 40, tzinfo=UTC), datetime(2026, 11, 22, 17, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def two_batches() -> None:
    for number, at in enumerate(TIMES):
        with sealed_batch("catalogue", author=None, at=at) as batch:
            batch.add(Entry(id=uuid4(), kind="x.toml", key="x", order=number, data="{}"))


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("0", 0),
        ("1", 1),
        ("2", 2),
        ("2026-11-22", 1),
        ("22/11/2026", 1),
        ("23/11/2026", 2),
        ("2026-11-22 09:40", 1),
        ("2026-11-22T02:40:00Z", 1),
        ("2026-11-23 00:29", 1),
        ("2026-11-23 00:30", 2),
    ],
)
def test_a_number_is_itself_and_a_time_is_the_last_entry_until_then(text: str, sequence: int) -> None:
    assert moment_named(text) == sequence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3", "moment.not_yet"),
        ("2026-11-21", "moment.too_early"),
        ("2026-11-22 09:39", "moment.too_early"),
        ("hôm qua", "moment.unknown"),
        ("2026-11-31", "moment.unknown"),
        ("2026-11-22 25:00", "moment.unknown"),
    ],
)
def test_what_is_no_moment_says_why(text: str, code: str) -> None:
    with pytest.raises(Problem) as told:
        moment_named(text)
    assert told.value.code == code
