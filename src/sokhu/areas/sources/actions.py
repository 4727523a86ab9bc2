"""Bringing a document in."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sokhu.areas.accounts.models import User
from sokhu.areas.sources.models import TYPED, Addressee, Document
from sokhu.areas.territory.queries import OWN_VOICE, Reach, addressees_for
from sokhu.core.problems import Problem
from sokhu.documents import extract
from sokhu.documents.extracted import Extracted, as_json
from sokhu.kit.book import is_illustrative

Read = Callable[[bytes, str], Extracted]
LEFTOVER_AGE = 24 * 3600  # seconds after which no upload is still under way


@dataclass(frozen=True, slots=True)
class Described:
    """What the person says of a document. stream_kind, speaker: who speaks; about: place id where it names none.

    addressees: authorities it is submitted to, who then read what is proposed from it.
    """

    title: str = ""
    stream_kind: str = "press"
    speaker: str = ""
    about: str = ""
    publisher: str = ""
    published: date | None = None
    original: str = ""
    is_public: bool = False
    addressees: tuple[str, ...] = ()


def add_document(
    reach: Reach,
    data: bytes,
    filename: str,
    described: Described,
    *,
    by: User | None,
    owner: str,
    read: Read = extract,
) -> Document:
    """Reads and keeps a document. The same bytes by the same speaker and owner again give the document there is.

    read: how its text is had. Raises its Problems for what cannot be read, and those of `unsaved_document`.
    """
    _check(reach, described, owner)
    key = _key_of(data, filename, described, owner)
    same = Document.objects.filter(**key).first()
    made = same or unsaved_document(reach, data, filename, described, by=by, owner=owner, read=read)
    # The bytes first: a document whose file is missing would be half a document, a file nobody names is none.
    keep_upload(key["sha256"], data)
    return same or _stored(made, key, described.addressees)


def typed_document(reach: Reach, text: str, described: Described, *, by: User | None, owner: str) -> Document:
    """Keeps what a person typed as a document without a file. The same text by the same speaker and owner is one."""
    made = unsaved_document(reach, text.encode(), "", described, by=by, owner=owner)
    made.kind = TYPED
    return _stored(made, _key_of(text.encode(), "", described, owner))


def _stored(made: Document, key: dict[str, str], addressees: Iterable[str] = ()) -> Document:
    values = {field.name: getattr(made, field.name) for field in Document._meta.concrete_fields}
    with transaction.atomic():
        document, is_new = Document.objects.get_or_create(**key, defaults=values)
        if is_new:
            address(document, addressees)
    return document


def address(document: Document, addressees: Iterable[str]) -> None:
    """Submits a document to these authorities and no others."""
    wanted = set(addressees)
    with transaction.atomic():
        document.addressees.exclude(authority__in=wanted).delete()
        rows = [Addressee(document=document, authority=one) for one in sorted(wanted)]
        Addressee.objects.bulk_create(rows, ignore_conflicts=True)


def unsaved_document(
    reach: Reach,
    data: bytes,
    filename: str,
    described: Described,
    *,
    by: User | None,
    owner: str,
    read: Read = extract,
) -> Document:
    """The document as it would be kept, for looking before anything is written.

    Raises Problem("sources.speaker_missing") and those of `Reach` for who may not bring it in.
    """
    _check(reach, described, owner)
    extracted = read(data, filename)
    return Document(
        **_key_of(data, filename, described, owner),
        title=_line(described.title or extracted.title or filename, 300),
        filename=_line(filename, 300),
        kind=extracted.kind,
        text=extracted.text,
        blocks=as_json(extracted)["blocks"],
        about=described.about,
        publisher=_line(described.publisher, 200),
        published=described.published or extracted.published,
        original=described.original,
        is_public=described.is_public,
        is_illustrative=is_illustrative(),
        added_by=by,
        added_at=datetime.now(UTC),
    )


def _check(reach: Reach, described: Described, owner: str) -> None:
    reach.must_write_for(owner)
    reach.must_speak(described.stream_kind, described.speaker)
    if described.stream_kind in OWN_VOICE and not described.speaker:
        raise Problem("sources.speaker_missing", kind=described.stream_kind)
    must_submit(owner, described.addressees)


def must_submit(owner: str, addressees: Iterable[str]) -> None:
    """Raises Problem("sources.not_an_addressee", found) for whom the authority does not report to today."""
    known = addressees_for(owner, timezone.localdate())
    for one in addressees:
        if one not in known:
            raise Problem("sources.not_an_addressee", found=one)


def _key_of(data: bytes, filename: str, described: Described, owner: str) -> dict[str, str]:
    """What makes two documents the same one."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "owner": owner,
        "stream_kind": described.stream_kind,
        "speaker": _line(described.speaker or described.publisher or filename, 120),
    }


def _line(text: str, longest: int) -> str:
    """A name as it is compared: composed letters, single spaces, no longer than its column."""
    return " ".join(normalize("NFC", text).replace("\x00", "").split())[:longest]


def sweep_uploads() -> None:
    """Remove what uploads that were killed left half written, once it is older than a day."""
    for aside in settings.UPLOADS.glob("*/*.part"):
        with contextlib.suppress(FileNotFoundError):  # its upload came to an end, or another sweep was first
            if time.time() - aside.stat().st_mtime > LEFTOVER_AGE:
                aside.unlink()


def keep_upload(sha256: str, data: bytes) -> None:
    """The bytes as they came, under their digest: written aside and renamed, so that no half file is ever found."""
    folder: Path = settings.UPLOADS / sha256[:2]
    target = folder / sha256
    if target.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=sha256, suffix=".part", delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).replace(target)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise
