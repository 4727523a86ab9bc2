"""Maps of Viet Nam: the provinces of a day coloured by a figure, places as marks. Always with both archipelagos."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import name_of
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.round_numbers import Classes, Range, classes
from sokhu.kit.wording import lang

ARCHIPELAGOS = frozenset({"hoang-sa", "truong-sa"})
LINE = 10.5  # height of a line of a province's name, in units of the drawing


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A province's figure. text: the figure as it is read ("14 khu"); step: its colour 0..4, None without a figure."""

    place: str
    text: str
    url: str
    step: int | None


@dataclass(frozen=True, slots=True)
class MapMark:
    """A place as a dot: at `at` (degrees north and east), else at its position in the catalogue.

    text: what is said of it, if anything; name: of what is no place of the catalogue, and then has `at`.
    """

    place: str = ""
    text: str = ""
    at: tuple[float, float] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LegendLine:
    step: int
    text: str


def figure_map(
    day: date,
    figures: Mapping[str, Decimal | int],
    *,
    title: str,
    unit: str,
    url_of: Callable[[str], str] | None = None,
    marks: Iterable[MapMark] = (),
    id: str = "map",
) -> dict[str, Any]:
    """The map of a day with its provinces in classes of about equal count; context of `_map.html`.

    figures: province id -> its figure in one unit; a province without one is hatched. url_of: where a province leads,
    its own page unless told. Raises what `map_of` raises.
    """
    found = classes(figures.values())
    to_page = url_of or _page_of
    places = [
        MapPlace(place, f"{format_number(value, lang=lang())} {unit}", to_page(place), found.step_of(value))
        for place, value in figures.items()
        if found
    ]
    return map_of(day, places, title=title, legend=legend_of(found), unit=unit, marks=marks, id=id)


def map_of(
    day: date,
    places: Iterable[MapPlace] = (),
    *,
    title: str,
    legend: Iterable[LegendLine] = (),
    unit: str = "",
    marks: Iterable[MapMark] = (),
    selected: str = "",
    id: str = "map",
) -> dict[str, Any]:
    """Every province of a day, the archipelagos and the marks; context of `_map.html`.

    Without any figure the provinces are plain instead of hatched: a map that says where something lies.
    selected: a province to set off. id: another one for each map of a page.
    Raises Problem("map.not_then") for a figure of a province that is not there on the day, Problem("map.no_outline")
    for a province that the drawing does not have, Problem("map.without_archipelagos") for a drawing without them.
    """
    drawing, told = _drawing(), {one.place: one for one in places}
    there = [one.id for one in territory().places_on("province", day)]
    for stranger in told.keys() - set(there):
        raise Problem("map.not_then", found=name_of(stranger), day=day)
    shapes = [_shape(drawing, id, told.get(id), day, is_plain=not told) for id in there]
    return {
        "id": id,
        "title": title,
        "unit": unit,
        "view": " ".join(map(str, drawing["view"])),
        "shapes": [one | {"selected": one["place"] == selected} for one in shapes],
        "archipelagos": [_archipelago(one, day) for one in drawing["archipelagos"]],
        "marks": [mark for one in marks if (mark := _mark(drawing, one))],
        "legend": list(legend),
        "has_gaps": any(one["kind"] == "none" for one in shapes),
    }


def legend_of(found: Classes | None) -> list[LegendLine]:
    """The limits of the classes in words, from high to low."""
    return (
        [LegendLine(one.step, _range_words(one, found.is_whole)) for one in reversed(found.ranges())] if found else []
    )


def _range_words(one: Range, is_whole: bool) -> str:
    low, high = (None if end is None else format_number(end, lang=lang()) for end in (one.low, one.high))
    if low is None:
        return _("dưới %(high)s") % {"high": high} if high else _("mọi số")
    if high is None:
        return _("từ %(low)s") % {"low": low}
    if is_whole:
        return low if low == high else f"{low}–{high}"
    return _("%(low)s – dưới %(high)s") % {"low": low, "high": high}


@cache
def _drawing() -> dict[str, Any]:
    """What `tools/map.py` drew at set-up."""
    text = resources.files("sokhu.areas.territory").joinpath("map.json").read_text("utf-8")
    drawing: dict[str, Any] = json.loads(text)
    if ARCHIPELAGOS - {one["id"] for one in drawing["archipelagos"]}:
        raise Problem("map.without_archipelagos")
    return drawing


def _shape(drawing: dict[str, Any], place: str, told: MapPlace | None, day: date, *, is_plain: bool) -> dict[str, Any]:
    if place not in drawing["shapes"]:
        raise Problem("map.no_outline", found=name_of(place, day))
    name, outline = name_of(place, day), drawing["shapes"][place]
    has_figure = told is not None and told.step is not None
    text = told.text if told else "" if is_plain else _("chưa có số")
    return {
        "place": place,
        "said": f"{name}: {text}" if text else name,
        "url": told.url if told else _page_of(place),
        "kind": f"s{told.step}" if told and has_figure else "plain" if is_plain else "none",
        "d": outline["d"],
        "islands": outline["islands"],
        "words": _words(name, outline["label"]),
    }


def _words(name: str, label: list[float] | None) -> list[dict[str, str]]:
    """The name written on the shape, on one line or two, where it has room."""
    if label is None:
        return []
    x, y, count = label
    words = name.split()
    half = len(words) // 2 if count == 2 else len(words)
    lines = [" ".join(part) for part in (words[:half], words[half:]) if part]
    top = y - LINE * (len(lines) - 1) / 2
    return [{"text": line, "x": _text(x), "y": _text(top + LINE * index)} for index, line in enumerate(lines)]


def _archipelago(group: dict[str, Any], day: date) -> dict[str, str]:
    """Its name, and under it the province that it belongs to on the day."""
    x, y = group["at"]
    province = next(one for one in group["provinces"] if territory().place(one).span.holds(day))
    return {
        "name": group[lang()],
        "province": name_of(province, day),
        "x": _text(x),
        "y": _text(y),
        "y2": _text(y + 14),
    }


def _mark(drawing: dict[str, Any], mark: MapMark) -> dict[str, str] | None:
    place = territory().place(mark.place) if mark.place else None
    at = mark.at or (place and place.position and (float(place.position.lat), float(place.position.lon)))
    if not at:
        return None
    x, y = charted(*at, drawing["georeference"])
    name = name_of(mark.place, place.span.ends) if place else mark.name
    return {"said": f"{name}: {mark.text}" if mark.text else name, "x": _text(x), "y": _text(y)}


def charted(lat: float, lon: float, georeference: list[float]) -> tuple[float, float]:
    """Degrees north and east in units of the drawing, which is a Mercator chart."""
    per_lon, west, per_mercator, north = georeference
    mercator = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return lon * per_lon + west, mercator * per_mercator + north


def _text(number: float) -> str:
    """For SVG, which takes no decimal comma."""
    return f"{number:.1f}"


def _page_of(place: str) -> str:
    return reverse("place", args=[place])
