"""A boundary drawn to scale in the page itself, with its neighbours: SVG, scale bar, north, a net of degrees.

A drawing of some kilometres, never of the country: where the zone lies in Viet Nam is said by `territory.maps`. The
earth is taken as flat about the middle of the view, which is right to a thousandth over fifty kilometres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from sokhu.core.numbers import format_number
from sokhu.kit.wording import lang

Point = tuple[float, float]
Polygons = Sequence[Sequence[Sequence[Point]]]
Sort = Literal["now", "before", "new", "neighbour", "overlap", "plot"]

WIDTH, HEIGHT = 900.0, 620.0  # of the drawing, in its own units
MARGIN = 0.14  # of the view, left free about what is drawn
FARTHEST_KM = 120.0  # across; a wider view would be a map of the country, which `territory.maps` draws with its islands
_NEAREST_KM = 0.05
_KM_PER_DEGREE = 111.195
_LINES = 4  # of the net in each direction, about
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds of arc between lines of the net
_BAR = 0.22  # of the width, at most
_ORDER: tuple[Sort, ...] = ("neighbour", "before", "now", "plot", "new", "overlap")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something on the drawing. said: its name with what matters of it; name: written on it; url: where it leads."""

    sort: Sort
    polygons: Polygons
    said: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What part of the ground is seen: its middle and how many kilometres it is across."""

    lon: float
    lat: float
    km: float

    @property
    def scale(self) -> float:
        """Units of the drawing to a kilometre."""
        return WIDTH / self.km

    def at(self, point: Point) -> tuple[float, float]:
        """Longitude and latitude in units of the drawing."""
        east = (point[0] - self.lon) * _KM_PER_DEGREE * math.cos(math.radians(self.lat))
        return WIDTH / 2 + east * self.scale, HEIGHT / 2 - (point[1] - self.lat) * _KM_PER_DEGREE * self.scale

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        high = self.km * HEIGHT / WIDTH / _KM_PER_DEGREE
        wide = self.km / _KM_PER_DEGREE / math.cos(math.radians(self.lat))
        return self.lon - wide / 2, self.lat - high / 2, self.lon + wide / 2, self.lat + high / 2

    def closer(self, times: float) -> View:
        return View(self.lon, self.lat, min(max(self.km / times, _NEAREST_KM), FARTHEST_KM))

    def moved(self, east: float, north: float) -> View:
        """By parts of what is seen."""
        west, south, east_end, north_end = self.bounds
        return View(self.lon + (east_end - west) * east, self.lat + (north_end - south) * north, self.km)


def view_of(drawn: Iterable[Polygons]) -> View:
    """The view that shows these whole. Raises ValueError when there is nothing to see."""
    points = [point for polygons in drawn for polygon in polygons for point in polygon[0]]
    west, east = min(lon for lon, _lat in points), max(lon for lon, _lat in points)
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    lat = (south + north) / 2
    wide = (east - west) * _KM_PER_DEGREE * math.cos(math.radians(lat))
    high = (north - south) * _KM_PER_DEGREE
    km = max(wide, high * WIDTH / HEIGHT) / (1 - 2 * MARGIN)
    return View((west + east) / 2, lat, min(max(km, _NEAREST_KM), FARTHEST_KM))


def drawing(drawn: Iterable[Drawn], view: View, *, title: str, id: str = "ground") -> dict[str, Any]:
    """Context of `zones/_ground.html`: neighbours at the bottom, what is new and what overlaps on top."""
    ordered = sorted(drawn, key=lambda one: _ORDER.index(one.sort))
    return {
        "id": id,
        "title": title,
        "view": f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        "width": f"{WIDTH:.0f}",
        "height": f"{HEIGHT:.0f}",
        "shapes": [_shape(one, view) for one in ordered],
        "net": [*_meridians(view), *_parallels(view)],
        "bar": _bar(view),
        "north": {"x": f"{WIDTH - 34:.0f}", "y": "52"},
        "sorts": [{"sort": sort, "text": _sort_words(sort)} for sort in dict.fromkeys(one.sort for one in ordered)],
    }


def _shape(one: Drawn, view: View) -> dict[str, Any]:
    x, y = view.at(_middle(one.polygons))
    inside = 0 < x < WIDTH and 0 < y < HEIGHT
    return {
        "sort": one.sort,
        "d": "".join(_ring(ring, view) for polygon in one.polygons for ring in polygon),
        "said": one.said,
        "url": one.url,
        "name": one.name if inside else "",
        "x": _text(x),
        "y": _text(y),
    }


def _ring(ring: Sequence[Point], view: View) -> str:
    """A closed path, relative and to a tenth of a unit; points that fall on the one before are left out."""
    steps: list[tuple[int, int]] = []
    for point in ring:
        x, y = view.at(point)
        at = (round(x * 10), round(y * 10))
        if not steps or at != steps[-1]:
            steps.append(at)
    return "M" + "L".join(f"{_tenth(x)} {_tenth(y)}" for x, y in steps) + "Z"


def _middle(polygons: Polygons) -> Point:
    """The middle of the largest part's box."""
    rings = [polygon[0] for polygon in polygons]
    boxes = [
        (min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
        for ring in rings
    ]
    west, south, east, north = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return (west + east) / 2, (south + north) / 2


def _meridians(view: View) -> Iterator[dict[str, str]]:
    west, _south, east, _north = view.bounds
    for seconds in _marks(west, east):
        x, _y = view.at((seconds / 3600, view.lat))
        yield {
            "d": f"M{_text(x)} 0V{HEIGHT:.0f}",
            "text": _degrees(seconds, _("Đ")),
            "x": _text(x),
            "y": f"{HEIGHT - 8:.0f}",
            "side": "below",
        }


def _parallels(view: View) -> Iterator[dict[str, str]]:
    _west, south, _east, north = view.bounds
    for seconds in _marks(south, north):
        _x, y = view.at((view.lon, seconds / 3600))
        yield {
            "d": f"M0 {_text(y)}H{WIDTH:.0f}",
            "text": _degrees(seconds, _("B")),
            "x": "8",
            "y": _text(y - 6),
            "side": "left",
        }


def _marks(low: float, high: float) -> list[int]:
    """Whole seconds of arc at which lines are drawn; none near the edge, where a label would be cut."""
    wanted = (high - low) * 3600 / _LINES
    step = next((one for one in _STEPS if one >= wanted), _STEPS[-1])
    edge = (high - low) * 3600 * 0.06
    first = math.ceil((low * 3600 + edge) / step) * step
    return list(range(first, int(high * 3600 - edge) + 1, step))


def _degrees(seconds: int, side: str) -> str:
    whole, rest = divmod(seconds, 3600)
    return f"{whole}°{rest // 60:02d}′{rest % 60:02d}″{side}"


def _bar(view: View) -> dict[str, str]:
    """The scale: the longest round length that is not wider than its share of the drawing."""
    most = view.km * _BAR
    power = 10.0 ** math.floor(math.log10(most))
    km = next(power * one for one in (5, 2, 1) if power * one <= most)
    text = f"{_number(km)} km" if km >= 1 else f"{_number(km * 1000)} m"
    wide = km * view.scale
    left, top = 20.0, HEIGHT - 44
    return {
        "text": text,
        "x": _text(left),
        "y": _text(top),
        "wide": _text(wide),
        "half": _text(wide / 2),
        "middle": _text(left + wide / 2),
        "end": _text(left + wide),
        "text_y": _text(top - 7),
    }


def _sort_words(sort: Sort) -> str:
    return {
        "now": _("ranh giới đang dùng"),
        "before": _("ranh giới trước đó"),
        "new": _("hình trong tệp"),
        "neighbour": _("khu lân cận"),
        "overlap": _("phần chồng lấn"),
        "plot": _("lô đất"),
    }[sort]


def _number(value: float) -> str:
    return format_number(round(value), lang=lang())


def _tenth(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + (f"{whole}.{rest}" if rest else str(whole))


def _text(number: float) -> str:
    """For SVG, which takes no decimal comma."""
    return f"{number:.1f}"
