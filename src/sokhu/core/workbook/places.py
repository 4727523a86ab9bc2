"""Names in a workbook as places of the territory, and what the lines above a table say of place and period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from sokhu.core.folding import folded
from sokhu.core.period_words import parse
from sokhu.core.place import PlaceKind
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory
from sokhu.core.workbook.grid import Sheet, Workbook
from sokhu.core.workbook.mapping import Mapping, Says
from sokhu.core.workbook.sheets import sheets_of

KINDS: tuple[PlaceKind, ...] = ("zone", "province", "board", "region", "block", "country")
NOTE_ROWS = 10  # at the end of a sheet, in which notes stand
_MATURITY = {
    "estimate": re.compile(r"\b(?:so lieu|so) uoc\b|\buoc (?:tinh|thuc hien|dat)\b"),
    "preliminary": re.compile(r"\b(?:so lieu|so) so bo\b"),
}
_AREA = ("dia ban", "tinh, thanh pho")
_LINE = re.compile(r"(?P<name>ky bao cao|ky|ban quan ly|don vi bao cao|dia ban|tinh, thanh pho)\s*:\s*(?P<rest>[^;:]+)")


def place_finder(territory: Territory, day: date, within: str = "") -> Callable[[str], str | None]:
    """From a name to the id of the one place it means on a day; None for none, and for several.

    within: a place; its own zones go before others of their name, and a zone that lies elsewhere is none of them.
    """
    inside = frozenset(territory.zones_of(within, day)) if within in territory.places else frozenset()

    @lru_cache(maxsize=10_000)  # a list of years names each place many times
    def find(name: str) -> str | None:
        for spelling in (name, f"KCN {name}"):
            zones = [one.id for one in territory.find_all("zone", spelling, day)]
            zones = [one for one in zones if one in inside] if within else zones
            if zones:
                return zones[0] if len(zones) == 1 else None
        found = (territory.find(kind, name, day) for kind in KINDS[1:])
        return next((place.id for place in found if place), None)

    return find


def reported_place(territory: Territory, authority: str, day: date) -> str:
    """Whom an authority's form is about: a board's one province of the day; every other place is its own."""
    if not authority.startswith("board/"):
        return authority
    provinces = territory.groups_of(authority, day, kind="province")
    return provinces[0] if len(provinces) == 1 else ""


def told_above(workbook: Workbook, mapping: Mapping, territory: Territory) -> Says:
    """Place and period in lines such as "Kỳ báo cáo: năm 2024" and "Ban quản lý: …" above the tables.

    So are words such as "số liệu ước" above and under them. A board is named as itself. "Địa bàn" counts before it; of
    two lines of one kind that disagree neither counts.
    """
    lines = [line for number in sheets_of(workbook, mapping) for line in _lines(workbook.sheets[number])]
    periods = {period for name, rest in lines if name.startswith("ky") and (period := _period(rest))}
    day = parse(next(iter(periods))).last if len(periods) == 1 else None
    areas = {rest for name, rest in lines if name in _AREA}
    names = areas or {rest for name, rest in lines if not name.startswith("ky")}
    places = {place for rest in names if (place := _place(territory, rest, day))}
    return Says(
        place=next(iter(places)) if len(places) == 1 else "",
        period=next(iter(periods)) if len(periods) == 1 else "",
        maturity=_maturity(workbook, mapping),
    )


def _maturity(workbook: Workbook, mapping: Mapping) -> str:
    """How final the workbook calls its figures, above its tables or in notes under them; "" where it does not say."""
    found = set()
    for number, (_mapped, header) in sheets_of(workbook, mapping).items():
        sheet = workbook.sheets[number]
        last = range(max(header.body, len(sheet.rows) - NOTE_ROWS), len(sheet.rows))
        notes = [row for row in last if not any(isinstance(value, float) for value in sheet.rows[row])]
        for row in (*range(header.top), *notes):
            words = folded(" ".join(sheet.text(row, column) for column in range(sheet.width)))
            found |= {maturity for maturity, pattern in _MATURITY.items() if pattern.search(words)}
    return "estimate" if "estimate" in found else next(iter(found), "")


def _lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Names and what stands behind the colon, be it in one cell or in the next."""
    for row in range(min(len(sheet.rows), 30)):
        cells = [sheet.text(row, column) for column in range(min(sheet.width, 40))]
        words = " ".join(dict.fromkeys(text for text in cells if text))
        for found in _LINE.finditer(folded(words)):
            yield found["name"], found["rest"]


def _period(words: str) -> str:
    try:
        return parse(words).name
    except Problem:
        return ""


def _place(territory: Territory, words: str, day: date | None) -> str:
    for kind in ("board", "province"):
        for name in (words, f"ban quan ly {words}"):
            found = territory.find_all(kind, name, day)
            if len(found) == 1:
                return found[0].id
    return ""
