"""Typst with our type: no system library, no system font, and nothing that people typed is read as Typst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from sokhu.core.problems import Problem
from sokhu.documents.official import Bars

HOME = Path(str(resources.files("sokhu").joinpath("documents")))
LAYOUTS, FONTS = HOME / "typeset", HOME / "fonts"
PICTURE_PPI = 220.0


def typeset(layout: str, data: Mapping[str, Any], **options: Any) -> bytes:
    """A layout of `typeset/` filled with data. Raises Problem("report.no_fonts") where set-up brought no type."""
    if not (FONTS / "Tinos-Regular.ttf").is_file():
        raise Problem("report.no_fonts")
    made = typst.compile(
        str(LAYOUTS / layout),
        root=str(LAYOUTS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **options,
    )
    assert isinstance(made, bytes)
    return made


def picture_of(chart: Bars, lang: str) -> bytes:
    """The chart as PNG."""
    return typeset("chart.typ", asdict(chart) | {"lang": lang}, format="png", ppi=PICTURE_PPI)
