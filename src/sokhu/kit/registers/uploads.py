"""Workbooks that wait to be taken into a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sokhu.core.problems import Problem
from sokhu.kit.registers.models import Upload


def new_upload(register: str, user: Any, owner: str, name: str, data: bytes) -> Upload:
    """Not stored yet: what is no workbook is refused before."""
    return Upload(register=register, user=user, owner=owner, name=name, data=data, at=datetime.now(UTC))


def keep(upload: Upload) -> Upload:
    upload.save()
    return upload


def say_why(upload: Upload, reason: str) -> None:
    upload.reason = reason
    upload.save(update_fields=["reason"])


def say_taken(upload: Upload, counts: Mapping[str, int]) -> None:
    upload.taken = dict(counts)
    upload.save(update_fields=["taken"])


def upload_of(user: object, register: str, upload_id: UUID) -> Upload:
    """One of the reader's own. Raises Problem("register.no_such_upload")."""
    found = Upload.objects.filter(pk=upload_id, register=register, user=user).first()  # type: ignore[misc]
    if found is None:
        raise Problem("register.no_such_upload")
    return found
