"""Bringing a document in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sokhu.areas.accounts.models import User
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.documents import extract
from sokhu.documents.extracted import as_json


@dataclass(frozen=True, slots=True)
class Described:
    """What the person says of a document. stream_kind, speaker: who speaks in it; about: place id where it names none."""

    title: str = ""
    stream_kind: str = "press"
    speaker: str = ""
    about: str = ""
    publisher: str = ""
    published: date | None = None
    original: str = ""
    is_public: bool = False


def add_document(reach: Reach, data: bytes, filename: str, described: Described, *, by: User | None, owner: str) -> Document:
    """Reads and keeps a document. The same bytes by the same speaker and owner again give the document there is.

    Raises the Problems of `documents.extract` for what cannot be read, and those of `Reach` for who may not.
    """
    reach.must_write_for(owner)
    reach.must_speak(described.stream_kind, described.speaker)
    sha256 = hashlib.sha256(data).hexdigest()
    speaker = described.speaker or described.publisher or filename
    same = Document.objects.filter(sha256=sha256, owner=owner, stream_kind=described.stream_kind, speaker=speaker).first()
    if same is not None:
        return same
    extracted = extract(data, filename)
    with transaction.atomic():
        document, _ = Document.objects.get_or_create(
            sha256=sha256,
            owner=owner,
            stream_kind=described.stream_kind,
            speaker=speaker,
            defaults={
                "title": (described.title or extracted.title or filename)[:300],
                "filename": filename[:300],
                "kind": extracted.kind,
                "text": extracted.text,
                "blocks": as_json(extracted)["blocks"],
                "about": described.about,
                "publisher": described.publisher,
                "published": described.published or extracted.published,
                "original": described.original,
                "is_public": described.is_public,
                "added_by": by,
                "added_at": datetime.now(UTC),
            },
        )
    _keep_upload(sha256, data)
    return document


def _keep_upload(sha256: str, data: bytes) -> None:
    """The bytes as they came, under their digest: written aside and renamed, so that no half file is ever found."""
    folder: Path = settings.UPLOADS / sha256[:2]
    target = folder / sha256
    if target.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{sha256}.part"
    aside.write_bytes(data)
    aside.replace(target)
