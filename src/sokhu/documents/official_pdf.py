"""An official document as a PDF, set by Typst in Tinos: no system library and no system font is asked for."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from typing import Any

import typst

from sokhu.core.problems import Problem
from sokhu.documents.official import Bars, Grid, Heading, Official, Paragraph

KINDS = {Heading: "heading", Paragraph: "paragraph", Grid: "grid", Bars: "bars"}
LAYOUT = resources.files("sokhu").joinpath("documents", "official.typ")
FONTS = resources.files("sokhu").joinpath("documents", "fonts")


def pdf_of(document: Official) -> bytes:
    """The document as PDF/A-2b. Raises Problem("report.no_fonts") where set-up never brought the type."""
    return _set(document, pdf_standards=["a-2b"])


def _set(document: Official, **options: Any) -> bytes:
    if not FONTS.joinpath("Tinos-Regular.ttf").is_file():
        raise Problem("report.no_fonts")
    data = json.dumps(_data(document), ensure_ascii=False)
    made = typst.compile(
        LAYOUT.read_bytes(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        **options,
    )
    assert isinstance(made, bytes)
    return made


def _data(document: Official) -> dict[str, Any]:
    values = asdict(document)
    values["day"] = [document.day.year, document.day.month, document.day.day]
    values["parts"] = [{"kind": KINDS[type(part)], **asdict(part)} for part in document.parts]
    if document.verification is not None:
        values["verification"]["qr"] = document.verification.qr_svg()
    return values
