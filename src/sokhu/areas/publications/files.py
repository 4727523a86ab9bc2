"""Files of issued reports, kept under their digest, and the address at which they are verified."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.urls import reverse

from sokhu.areas.sources.actions import keep_upload
from sokhu.core.numbers import Lang
from sokhu.core.problems import Problem
from sokhu.core.report.canonical import verification_code
from sokhu.core.report.words import words_of
from sokhu.documents.official import Verification


def keep_file(content: bytes) -> str:
    """Keeps the bytes; their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    keep_upload(sha256, content)
    return sha256


def kept_file(sha256: str) -> bytes:
    """Raises Problem("report.file_lost", sha256) for a file that somebody took away from the folder of uploads."""
    try:
        content: bytes = (settings.UPLOADS / sha256[:2] / sha256).read_bytes()
    except OSError as error:
        raise Problem("report.file_lost", sha256=sha256) from error
    return content


def verification(sha256: str, lang: Lang) -> Verification:
    """What is printed on a report with these figures: the code, the whole address of the public page, the digest."""
    code = verification_code(sha256)
    address = f"{settings.ENVIRONMENT.address}{reverse('verify', args=[code])}"
    return Verification(code, address, words_of(lang).head["verify"].format(digest=sha256))
