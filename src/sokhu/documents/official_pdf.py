"""An official document as PDF/A-2b, set in Tinos."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sokhu.documents.official import Bars, Grid, Heading, Official, Paragraph
from sokhu.documents.typesetting import typeset

KINDS = {Heading: "heading", Paragraph: "paragraph", Grid: "grid", Bars: "bars"}


def pdf_of(document: Official) -> bytes:
    """Raises Problem("report.no_fonts")."""
    return typeset("official.typ", _data(document), format="pdf", pdf_standards=["a-2b"])


def _data(document: Official) -> dict[str, Any]:
    values = asdict(document)
    values["day"] = [document.day.year, document.day.month, document.day.day]
    values["parts"] = [{"kind": KINDS[type(part)], **asdict(part)} for part in document.parts]
    if document.verification is not None:
        values["verification"]["qr"] = document.verification.qr_svg()
    return values
