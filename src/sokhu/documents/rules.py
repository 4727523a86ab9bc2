"""The ruled lines of a PDF page, and the table cells between them.

The lines come from pdfium and only the geometry from pdfplumber: its own parser reads a page thirty times slower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import c_float
from math import pi
from typing import Any

from pypdfium2 import raw

Box = tuple[float, float, float, float]
Place = Callable[[float, float], tuple[float, float]]

# Lines apart by less than this, in points, are one line: Word draws a border as a thin box.
_TOLERANCE = 3.0
_MOST_LINES = 6_000


def placement(page: Any) -> tuple[Place, float, float]:
    """From the file's coordinates to points from the upper left corner, and the page's width and height.

    The page is turned so that most of its letters stand upright: wide annexes are often drawn sideways, with or
    without telling the viewer to turn them.
    """
    x0, y0, x1, y1 = page.get_cropbox()
    wide, high = x1 - x0, y1 - y0
    turned: dict[int, tuple[Place, float, float]] = {
        0: (lambda x, y: (x - x0, y1 - y), wide, high),
        1: (lambda x, y: (y - y0, x - x0), high, wide),
        2: (lambda x, y: (x1 - x, y - y0), wide, high),
        3: (lambda x, y: (y1 - y, x1 - x), high, wide),
    }
    return turned[_quarter_turns(page)]


def _quarter_turns(page: Any) -> int:
    """How the letters run: 0 to the right, 1 upwards, 2 to the left, 3 downwards; by the first few hundred."""
    text = page.get_textpage()
    turns: Counter[int] = Counter()
    for i in range(min(text.count_chars(), 300)):
        if raw.FPDFText_GetUnicode(text, i) > 32:
            # pdfium counts angles clockwise, in radians.
            turns[-round(raw.FPDFText_GetCharAngle(text, i) / (pi / 2)) % 4] += 1
    text.close()
    return turns.most_common(1)[0][0] if turns else 0


def tables_between(paths: list[Any], place: Place) -> list[list[Box]]:
    """The cells of each ruled table, as boxes (left, top, right, bottom). Tables of one cell are frames: left out.

    Raises ValueError when the page has so many lines that it is a drawing.
    """
    from pdfplumber import table as geometry

    edges = [edge for path in paths for edge in _edges(path, place)]
    if len(edges) > _MOST_LINES:
        raise ValueError("a drawing")
    merged = geometry.merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    long_enough = [edge for edge in merged if edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"] >= _TOLERANCE]
    crossings = geometry.edges_to_intersections(long_enough, _TOLERANCE, _TOLERANCE)
    found = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    return [list(cells) for cells in found if len(cells) > 1]


def _edges(path: Any, place: Place) -> Iterator[dict[str, Any]]:
    """The straight upright and level lines of one drawn path."""
    for (ax, ay), (bx, by) in _segments(path, place):
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if bottom - top <= 1 and right - left > 0.1:
            yield _edge("h", left, right, top, top)
        elif right - left <= 1 and bottom - top > 0.1:
            yield _edge("v", left, left, top, bottom)


def _edge(orientation: str, left: float, right: float, top: float, bottom: float) -> dict[str, Any]:
    """An edge as pdfplumber's geometry wants it."""
    size = {"width": right - left, "height": bottom - top}
    return {"orientation": orientation, "x0": left, "x1": right, "top": top, "bottom": bottom, **size}


def _segments(path: Any, place: Place) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(path), _MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, start
        last = point
