"""The canonical form of a report: the same bytes for the same report, always and on every database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from sokhu.core.seal import plain

FORMAT = "sokhu-report-1"


def canonical(report: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8 with sorted keys and no blanks, texts composed (NFC), days and times as in the seal.

    Raises TypeError for a float or anything else that has no exact form.
    """
    return json.dumps(_plain(report), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def verification_code(sha256: str) -> str:
    """Twenty characters of a digest in groups of four, to be read out: "3F0A-91C2-…". No official number."""
    return "-".join(sha256[start : start + 4].upper() for start in range(0, 20, 4))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {normalize("NFC", name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)
