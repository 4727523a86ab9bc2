"""What a thing was, since when, by whom and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sokhu.kit.registers.declaration import Register
from sokhu.kit.registers.models import Registered, Version
from sokhu.kit.registers.values import restored
from sokhu.kit.sealing.actions import OpenBatch
from sokhu.kit.sealing.models import Words


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after; None where the thing was not there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a thing. reason: "" for none or erased words; is_gone: it was removed by this change."""

    sequence: int
    at: datetime
    author: UUID | None
    reason: str
    is_first: bool
    is_gone: bool
    differences: tuple[Difference, ...]


def history(register: Register, thing_id: UUID) -> list[Change]:
    """Every change of a thing, newest first."""
    versions = list(Version.objects.filter(thing=thing_id).select_related("batch").order_by("batch_id"))
    reasons = _words(version.batch.reason for version in versions)
    changes, before = [], None
    for version, after in zip(versions, _datas(register, versions), strict=True):
        changes.append(_change(register, version, before, after, reasons))
        before = after
    return changes[::-1]


def _change(
    register: Register,
    version: Version,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reasons: dict[str, str],
) -> Change:
    was, now = before or {}, after or {}
    names = [one.name for one in register.fields]
    found = [Difference(name, was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name)]
    return Change(
        sequence=version.batch_id,
        at=version.batch.at,
        author=version.batch.author,
        reason=reasons.get(version.batch.reason, ""),
        is_first=before is None,
        is_gone=after is None,
        differences=tuple(found),
    )


def sealed_before(batch: OpenBatch, things: Sequence[Registered]) -> list[dict[str, Any]]:
    """What was sealed of things before an open batch, as JSON has it, the oldest first."""
    before = Version.objects.filter(thing__in=[one.pk for one in things], batch__lt=batch.sequence).exclude(data="")
    return [json.loads(data) for data in before.order_by("batch_id").values_list("data", flat=True)]


def values_at(register: Register, thing_id: UUID, sequence: int) -> dict[str, Any] | None:
    """The values a thing had right after a batch; None when it was not there, or removed."""
    version = Version.objects.filter(thing=thing_id, batch__lte=sequence).order_by("-batch_id").first()
    return None if version is None else _datas(register, [version])[0]


def _datas(register: Register, versions: Sequence[Version]) -> list[dict[str, Any] | None]:
    """The values of versions; None where it was removed. A field that a version does not know is left out.

    A person's data stand in a version as digests, a new one each time: they are read as the words behind them, "" where
    these were erased.
    """
    stored = [json.loads(version.data) if version.data else None for version in versions]
    words = _words(one[name] for one in stored if one for name in register.personal if name in one)
    return [None if one is None else _values(register, one, words) for one in stored]


def _values(register: Register, stored: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    found = {one.name: restored(one, stored[one.name]) for one in register.fields if one.name in stored}
    return found | {name: words.get(found[name], "") for name in register.personal if name in found}


def _words(digests: Iterable[str]) -> dict[str, str]:
    rows = Words.objects.filter(pk__in={digest for digest in digests if digest})
    return {row.digest: row.text or "" for row in rows}
