"""Whether every registered thing is what its newest sealed version says it is."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.db.models import Exists, OuterRef

from sokhu.core.parts import in_parts
from sokhu.kit.registers.declaration import Register, registers
from sokhu.kit.registers.models import Version
from sokhu.kit.registers.values import kept
from sokhu.kit.sealing.models import Words

AT_ONCE = 1000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unlike:
    """A thing that is not as it was sealed. code: of the problem; fields: those that read otherwise."""

    code: str
    register: str
    thing: UUID
    fields: tuple[str, ...] = ()


def unlike_their_versions() -> Iterator[Unlike]:
    """Things that were changed, added or taken away beside the program, register by register."""
    for register in registers():
        names = [one.attname for one in register.fields]
        rows = register.model._default_manager.order_by("pk").values("pk", "owner", "version", "is_gone", *names)
        for some in in_parts(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
            yield from _unlike(register, some)
        yield from _without_thing(register)


def _unlike(register: Register, rows: Sequence[Row]) -> Iterator[Unlike]:
    newest = _newest(register, rows)
    words = _words(register, newest.values())
    names = [(one.name, one.attname) for one in register.fields]
    for row in rows:
        version = newest.get(row["pk"])
        if version is None:
            yield Unlike("register.never_sealed", register.code, row["pk"])
        elif fields := tuple(_differing(row, version, names, register.personal, words)):
            yield Unlike("register.not_as_sealed", register.code, row["pk"], fields)


def _newest(register: Register, rows: Sequence[Row]) -> dict[UUID, Row]:
    """By thing, what was sealed of it last: batch, owner, and its values, none once it was removed."""
    versions = Version.objects.filter(register=register.code, thing__in=[row["pk"] for row in rows])
    last = {one["thing"]: one for one in versions.order_by("batch_id").values("thing", "batch_id", "owner", "data")}
    return {
        thing: {"version": one["batch_id"], "owner": one["owner"], "data": json.loads(one["data"] or "null")}
        for thing, one in last.items()
    }


def _words(register: Register, versions: Any) -> dict[str, str | None]:
    """The words behind the digests of a person's data; None where they were erased."""
    if not register.personal:
        return {}
    digests = {one["data"].get(name) for one in versions if one["data"] for name in register.personal}
    return dict(Words.objects.filter(pk__in=digests - {"", None}).values_list("digest", "text"))


def _differing(
    row: Row, version: Row, names: Iterable[tuple[str, str]], personal: Container[str], words: Mapping[str, str | None]
) -> Iterator[str]:
    """The fields in which a thing is another than its version; a field that the version does not know is left out."""
    yield from (name for name in ("version", "owner") if row[name] != version[name])
    data = version["data"]
    if row["is_gone"] or data is None:
        yield from () if row["is_gone"] and data is None else ("is_gone",)
        return
    for name, column in names:
        value, sealed = row[column], data.get(name, row[column])
        if value != sealed and not (_is_said(value, sealed, words) if name in personal else _is_alike(value, sealed)):
            yield name


def _is_alike(value: Any, sealed: Any) -> bool:
    found = kept(value)
    return found == sealed or (isinstance(found, str) and normalize("NFC", found) == sealed)


def _is_said(value: str, digest: str, words: Mapping[str, str | None]) -> bool:
    """Whether a person's words are those behind a digest; nothing can be told of words that were erased."""
    said = words.get(digest, "")
    return said is None or _is_alike(value, said)


def _without_thing(register: Register) -> Iterator[Unlike]:
    """Versions of a thing that is in its table no more: removed things stay there."""
    there = Exists(register.model._default_manager.filter(pk=OuterRef("thing")))
    rows = Version.objects.filter(~there, register=register.code).order_by("thing")
    for thing in rows.values_list("thing", flat=True).distinct():
        yield Unlike("register.thing_is_missing", register.code, thing)
