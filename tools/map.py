"""Draws the map of Viet Nam for the pages: provinces before and after 2025-07-01 and the islands, in one small file.

The outlines come from the pinned package @svg-maps/vietnam (CC BY 4.0). Each province is drawn there by itself, so the
borders of neighbours differ by a hair: shapely makes one coverage of them, simplifies each shared border once and puts
merged provinces together. The archipelagos are drawn by their coordinates (`islands.toml`).
"""

from __future__ import annotations

import json
import math
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules/@svg-maps/vietnam/index.js"
PROVINCES = ROOT / "src/sokhu/catalogue/territory/provinces.toml"
ISLANDS = ROOT / "tools/islands.toml"
TARGET = ROOT / "src/sokhu/areas/territory/map.json"

# The package is a Mercator chart: x = 52.12 lon - 5324, y = 1244.3 - 2961.8 mercator(lat), in its own units (2 km).
# Fitted to the middles of the provinces of 2025 (median 0.3 units); the four ends of the country agree to one unit.
GEOREFERENCE = (52.11991, -5323.996, -2961.7881, 1244.34195)
VIEW = (-6, -6, 742, 852)  # from the western end to Vĩnh Viễn, from Lũng Cú to An Bang, and a margin
ARCHIPELAGOS = ("hoangsa", "truongsa")  # the package has them a degree away from where they are
RENAMED = {"baria": "bariavungtau", "hcm": "hochiminh", "tthue": "hue"}

APART = {"snapping_distance": 0.1, "gap_width": 1.0}  # how far the borders of neighbours lie apart
TOLERANCE = 0.55  # units that simplifying may cut off
SMALLEST = 0.35  # square units; smaller islets are left out
ISLAND = 1.7  # radius of an island's mark
LETTER, LINE = 5.8, 10.5  # width of a letter and height of a line of a province's name

COMMAND = re.compile(r"([MmLlCcZz])([^MmLlCcZz]*)")
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
NUMBERS_OF = {"m": 2, "l": 2, "c": 6}

Point = tuple[float, float]
Outlines = dict[str, Any]  # id of a province -> Polygon or MultiPolygon


def main() -> int:
    provinces = tomllib.loads(PROVINCES.read_text())
    islands = tomllib.loads(ISLANDS.read_text())
    parts = {id: (id,) for id in provinces if id != "event"} | merged_parts(provinces["event"])
    outlines, marks = covered(package_outlines(parts)), marks_of(islands)
    shapes = {}
    for id, ids in parts.items():
        outline = shapely.union_all([outlines[one] for one in ids])
        longest = max((name["vi"] for name in provinces[id]["names"]), key=len)
        shapes[id] = {
            "d": path_of(outline),
            "islands": "".join(circle(at) for one in ids for at in marks[one]),
            "label": label_of(outline, longest),
        }
    archipelagos = [named(one, parts) for one in islands["archipelago"]]
    drawing = {"view": VIEW, "georeference": GEOREFERENCE, "archipelagos": archipelagos, "shapes": shapes}
    TARGET.write_text(json.dumps(drawing, ensure_ascii=False, separators=(",", ":")))
    print(f"map: {len(shapes)} provinces, {TARGET.stat().st_size // 1024} KB in {TARGET.relative_to(ROOT)}")
    return 0


def merged_parts(events: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """A province that a merger made -> those it was made from."""
    return {event["to"][0]: tuple(event["from"]) for event in events if event["kind"] == "merge"}


def package_outlines(ids: Iterable[str]) -> Outlines:
    """The outlines of the package by our ids. Its keys are our names without marks and spaces."""
    text = PACKAGE.read_text()
    locations = json.loads(text[text.index("{") : text.rindex("}") + 1])["locations"]
    ours = {id.removeprefix("province/").replace("-", ""): id for id in ids}
    return {
        ours[RENAMED.get(one["id"], one["id"])]: area(rings(one["path"]))
        for one in locations
        if one["id"] not in ARCHIPELAGOS
    }


def rings(path: str) -> Iterator[list[Point]]:
    """The corners of each closed line of an SVG path; of a curve its end."""
    ring: list[Point] = []
    x = y = 0.0
    for command, text in COMMAND.findall(path):
        if command in "Zz":
            x, y = ring[0]
            yield ring
            continue
        if command in "Mm":
            ring = []
        numbers, size = [float(one) for one in NUMBER.findall(text)], NUMBERS_OF[command.lower()]
        for end in range(size, len(numbers) + 1, size):
            here = (x, y) if command.islower() else (0.0, 0.0)
            x, y = here[0] + numbers[end - 2], here[1] + numbers[end - 1]
            ring.append((x, y))


def area(lines: Iterator[list[Point]]) -> Any:
    valid = shapely.make_valid([shapely.Polygon(line) for line in lines if len(line) > 3])
    return shapely.union_all(valid).buffer(0)


def covered(outlines: Outlines) -> Outlines:
    """The same provinces with equal shared borders, simplified, without the smallest islets."""
    drawn = list(outlines.values())
    cleaned = shapely.coverage_clean(drawn, **APART)
    for id, before, after in zip(outlines, drawn, cleaned, strict=True):
        if abs(after.area / before.area - 1) > 0.02:
            raise SystemExit(f"map: cleaning the borders changed the area of {id} by more than 2 %")
    simple = shapely.coverage_simplify(cleaned, TOLERANCE)
    kept = [shapely.MultiPolygon([one for one in shapely.get_parts(all) if one.area > SMALLEST]) for all in simple]
    return dict(zip(outlines, kept, strict=True))


def marks_of(islands: dict[str, Any]) -> dict[str, list[Point]]:
    """Province -> where its islands lie on the chart."""
    found: dict[str, list[Point]] = defaultdict(list)
    for group in islands["archipelago"]:
        found[group["province"]] += [chart(at) for at in group["islands"]]
    for island in islands["island"]:
        found[island["province"]].append(chart(island["at"]))
    return found


def chart(at: list[float]) -> Point:
    """Degrees north and east in units of the chart."""
    lat, lon = at
    per_lon, west, per_mercator, north = GEOREFERENCE
    return lon * per_lon + west, math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * per_mercator + north


def named(group: dict[str, Any], parts: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """An archipelago's names, where they are written, and the provinces, of before and after, that it belongs to."""
    provinces = [id for id, ids in parts.items() if group["province"] in ids]
    at = rounded(chart(group["label"]))
    return {"id": group["id"], "vi": group["vi"], "en": group["en"], "at": at, "provinces": provinces}


def path_of(outline: Any) -> str:
    lines = [line for one in shapely.get_parts(outline) for line in (one.exterior, *one.interiors)]
    return "".join(closed(shapely.get_coordinates(line).round(1).tolist()) for line in lines)


def closed(corners: list[list[float]]) -> str:
    """Relative steps between rounded corners, so that neighbours' borders stay equal."""
    steps = [f"M{corners[0][0]:g} {corners[0][1]:g}l"]
    for (x0, y0), (x, y) in pairwise(corners[:-1]):
        steps.append(f"{short(x - x0)} {short(y - y0)}")
    return " ".join(steps).replace("l ", "l").replace(" -", "-") + "z"


def short(number: float) -> str:
    return (
        f"{number:.1f}".removesuffix(".0").replace("0.", ".", 1)
        if abs(number) < 1
        else f"{number:.1f}".removesuffix(".0")
    )


def circle(at: Point) -> str:
    (x, y), r = rounded(at), ISLAND
    return f"M{x - r:.1f} {y:g}a{r} {r} 0 1 0 {2 * r:g} 0a{r} {r} 0 1 0-{2 * r:g} 0z"


def rounded(at: Point) -> Point:
    return round(at[0], 1), round(at[1], 1)


def label_of(outline: Any, name: str) -> tuple[float, float, int] | None:
    """Where the name fits inside, nearest to the middle: x, y, and on how many lines; None where it fits nowhere."""
    words = name.split()
    middle = outline.centroid
    left, top, right, bottom = outline.bounds
    room = outline.buffer(0.5)
    places = [(x, y) for x in range(int(left), int(right), 2) for y in range(int(top), int(bottom), 2)]
    places.sort(key=lambda at: math.dist(at, (middle.x, middle.y)))
    for lines in (1, 2) if len(words) > 1 else (1,):
        wide = max(map(len, [name] if lines == 1 else two_lines(name))) * LETTER / 2
        for x, y in places:
            if room.contains(shapely.box(x - wide, y - LINE * lines / 2, x + wide, y + LINE * lines / 2)):
                return x, y, lines
    return None


def two_lines(name: str) -> tuple[str, str]:
    words = name.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


if __name__ == "__main__":
    sys.exit(main())
