"""The figures of an extracted document. Tables stand in its text as lines of cells, so one reading serves both."""

from __future__ import annotations

from datetime import date

from sokhu.core.narrative import Figure, read
from sokhu.documents.extracted import Extracted


def read_extracted(extracted: Extracted, *, article: str = "") -> list[Figure]:
    """Figures in reading order; positions are those of `extracted.text`."""
    return read_text(extracted.text, article=article, dateline=extracted.published)


def read_text(text: str, *, article: str = "", dateline: date | None = None) -> list[Figure]:
    return read(text, article=article, dateline=dateline)
