"""Files that people send: how large they may be, told where they are asked for and where one is too large."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sokhu.core.problems import Problem


def upload_limit() -> str:
    """The largest file that is taken, in words: "30 MB"."""
    return _megabytes(settings.UPLOAD_LIMIT_BYTES)


def must_fit(upload: UploadedFile[Any], where: str = "") -> None:
    """Raises Problem("document.too_large", where, found, limit); where: its name, unless another one is given."""
    size = upload.size or 0
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise Problem("document.too_large", where or upload.name or "", found=_megabytes(size), limit=upload_limit())


def _megabytes(count: int) -> str:
    return f"{count // 1024 // 1024} MB"
