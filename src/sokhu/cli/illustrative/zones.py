"""Invented zones on the real map: where they lie, how they came to be, what their land is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from sokhu.areas.zones.models import Decision, DecisionKind, Kind, LandUse, Phase, Plot, Responsibility, Stage, Zone
from sokhu.cli.illustrative.chance import LAST, Chance, Size, around, later, shares
from sokhu.cli.illustrative.names import pairs, zone_names
from sokhu.core.folding import folded
from sokhu.core.place import Place
from sokhu.core.territory import Territory

SOURCE = "số liệu minh họa"
EVIDENCE = "BK-low"
HA = 1_000_000
HUNDREDTH = HA // 100
DAY = timedelta(days=1)
# Boards with many zones; the others have as many as `FEW` says.
_WEIGHTS = {
    "dong-nai": 32, "binh-duong": 29, "long-an": 32, "ba-ria-vung-tau": 15, "ho-chi-minh": 20, "bac-ninh": 17,
    "bac-giang": 11, "hai-phong": 15, "hai-duong": 17, "hung-yen": 14, "ha-noi": 12, "vinh-phuc": 14,
    "quang-ninh": 12, "thai-nguyen": 8, "ha-nam": 9, "nam-dinh": 7, "thai-binh": 9, "thanh-hoa": 10, "nghe-an": 10,
    "quang-nam": 12, "quang-ngai": 8, "binh-dinh": 8, "binh-phuoc": 13, "tay-ninh": 8, "da-nang": 6, "hoa-lac": 1,
    "vsip": 3, "ho-chi-minh-cong-nghe-cao": 1, "phu-yen-nong-nghiep": 1, "dong-nai-cong-nghe-sinh-hoc": 1,
}  # fmt: skip
FEW = 4
_COAST = frozenset(
    [
        "quang-ninh",
        "hai-phong",
        "thai-binh",
        "nam-dinh",
        "thanh-hoa",
        "nghe-an",
        "ha-tinh",
        "quang-binh",
        "hue",
        "quang-nam",
        "quang-ngai",
        "binh-dinh",
        "phu-yen",
        "khanh-hoa",
        "tra-vinh",
        "kien-giang",
        "ca-mau",
        "soc-trang",
    ]
)
_BORDER = frozenset(
    [
        "cao-bang",
        "lang-son",
        "lao-cai",
        "ha-giang",
        "lai-chau",
        "quang-tri",
        "kon-tum",
        "gia-lai",
        "tay-ninh",
        "an-giang",
        "dong-thap",
        "binh-phuoc",
    ]
)
# A small book has boards that merged, that split, and that stayed.
_SMALL_FIRST = (
    "hai-phong", "hai-duong", "quang-ngai", "kon-tum", "quang-ninh", "quang-nam", "da-nang", "dong-nai", "binh-phuoc",
    "lang-son",
)  # fmt: skip
# Zones of a board that was split went to several: the first share of them to the first.
_SPLIT = {"board/quang-nam": ("board/chu-lai", "board/da-nang-2025"), "board/da-nang": ("board/da-nang-2025",)}
SPLIT_DAY = date(2025, 8, 18)
_KINDS = {"KCN": 80, "KCX": 2, "KCNHT": 5, "KCNST": 5, "KCNCNC": 4}
# Parts of an industrial park's land and of an economic zone's; the last one takes what is left.
_PARK = {"industrial": 0.66, "service": 0.04, "administrative": 0.01, "green": 0.12, "roads": 0.1, "technical": 0.02}
_ECONOMIC = {"administrative": 0.02, "social": 0.12, "green": 0.25, "roads": 0.07, "water": 0.09}
_LETTABLE = ("industrial", "service")


@dataclass(slots=True)
class Made:
    """A zone with what belongs to it. board: of before the mergers; free: land that no plot has yet.

    opens: the day from which its land is let; grows: by how much its industrial land is more from a day on.
    """

    zone: Zone
    board: str
    table: dict[str, Any]
    opens: date | None = None
    free: int = 0
    grows: tuple[date, int] | None = None
    plots: list[Plot] = field(default_factory=list)
    returned: list[tuple[date, Plot]] = field(default_factory=list)
    rest: list[Any] = field(default_factory=list)  # decisions, kinds, stages, phases, land uses, responsibilities

    def of(self, model: type[Any]) -> list[Any]:
        return [one for one in self.rest if isinstance(one, model)]


def make_zones(chance: Chance, size: Size, territory: Territory) -> list[Made]:
    """Every board gets zones; economic zones come before the parks in them."""
    rng = chance.stream("zones")
    boards = _boards(territory, size)
    words = pairs(rng)
    counts = shares(size.zones, [_WEIGHTS.get(slug, FEW) for slug in map(_slug, boards)])
    found = [
        made
        for board, count in zip(boards, counts, strict=True)
        for made in _of_board(chance, rng, territory, board, count, words)
    ]
    for made in found:
        for one in made.rest:
            one.zone, one.owner = made.zone, made.zone.owner
    return found


def _boards(territory: Territory, size: Size) -> list[str]:
    found = [place.id for place in territory.in_use("board") if place.span.starts is None]
    chosen = [f"board/{slug}" for slug in _SMALL_FIRST[: size.boards]]
    return chosen or found


def _slug(place: str) -> str:
    return place.partition("/")[2]


def _of_board(
    chance: Chance, rng: Random, territory: Territory, board: str, count: int, words: Iterator[str]
) -> Iterator[Made]:
    """The parks of a board; where it has a coast or a border, an economic zone with some of them inside."""
    slug = _slug(board)
    kind = "KKT-VB" if slug in _COAST else "KKT-CK" if slug in _BORDER else ""
    around_it: Zone | None = None
    for number in range(count):
        if number == 0 and kind and count > 1:
            made = _economic(chance, rng, territory, board, kind, next(words))
            around_it = made.zone
        else:
            park = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
            made = _park(chance, rng, territory, board, park, next(words), around_it if number < 3 else None)
        _answer_for(chance, made, territory, number / count)
        yield made


def _economic(chance: Chance, rng: Random, territory: Territory, board: str, kind: str, words: str) -> Made:
    established = date(rng.randint(2003, 2012), rng.randint(1, 12), rng.randint(1, 28))
    area = round(around(rng, 14_000, 0.5, 4_000, 40_000)) * HA
    made = _begin(chance, rng, territory, board, kind, words, area, established)
    plan = _decision(chance, made, DecisionKind.ESTABLISH, established, area)
    general = _decision(chance, made, DecisionKind.GENERAL_PLAN, later(established, 400), area, follows=plan)
    made.rest += [plan, general, *_lines(chance, general, _split(rng, area, _ECONOMIC, "other"))]
    made.rest += _stages(chance, made, [("established", established), ("operating", later(established, 700))])
    made.zone.stage = "operating"
    return made


def _park(
    chance: Chance, rng: Random, territory: Territory, board: str, kind: str, words: str, inside: Zone | None
) -> Made:
    area = round(around(rng, 230, 0.55, 35, 1_200) * 100) * HUNDREDTH
    is_planned = rng.random() < 0.06
    established = None if is_planned else _founded(rng, inside)
    made = _begin(chance, rng, territory, board, kind, words, area, established)
    made.zone.inside = inside
    if inside is not None:
        made.table["economic_zone"] = inside.place
    if established is None:
        made.rest += _stages(chance, made, [("planned", date(rng.randint(2019, 2025), rng.randint(1, 12), 10))])
        return made
    _found(chance, rng, made, established, area)
    if kind == "KCNST":
        made.rest.append(_kind(chance, made, "KCNST", date(2022, 7, 15)))
    return made


def _founded(rng: Random, inside: Zone | None) -> date:
    year = min(int(rng.triangular(1995, 2025, 2008)), 2024)
    found = date(year, rng.randint(1, 12), rng.randint(1, 28))
    return found if inside is None or inside.established is None else max(found, later(inside.established, 200))


def _begin(
    chance: Chance,
    rng: Random,
    territory: Territory,
    board: str,
    kind: str,
    words: str,
    area: int,
    established: date | None,
) -> Made:
    name, name_en = zone_names(kind, words)
    place = f"zone/{slugify(folded(name))}"
    province = territory.memberships_of(board, "province")[0].grouping
    first_kind = "KCN" if kind == "KCNST" else kind
    zone = Zone(
        id=chance.id(place),
        owner=_owner(territory, board),
        name=name,
        name_en=name_en,
        place=place,
        kind=kind,
        stage="planned",
        province=province,
        area=area,
        established=established,
        established_year=established.year if established else None,
        term_years=None if kind.startswith("KKT") else 50,
        developer="" if kind.startswith("KKT") else f"Công ty cổ phần Hạ tầng Minh Họa {words}",
        source=SOURCE,
        evidence=EVIDENCE,
    )
    table = {
        "names": [{"vi": name, "en": name_en}],
        "kinds": [{"kind": kind}],
        "province": province,
        "board": board,
        "position": _position(rng, territory.place(province)),
        "source": SOURCE,
        "evidence": EVIDENCE,
    }
    made = Made(zone, board, table)
    made.rest.append(_kind(chance, made, first_kind, established))
    return made


def _owner(territory: Territory, board: str) -> str:
    return _SPLIT[board][-1] if board in _SPLIT else territory.successors(board, LAST)[0]


def _position(rng: Random, province: Place) -> dict[str, str]:
    """Some kilometres from where the province is marked: a dot on the map, and as invented as the zone."""
    assert province.position is not None
    lat, lon = (float(text) + rng.uniform(-0.14, 0.14) for text in (province.position.lat, province.position.lon))
    return {"lat": f"{lat:.3f}", "lon": f"{lon:.3f}", "evidence": EVIDENCE}


def _answer_for(chance: Chance, made: Made, territory: Territory, part: float) -> None:
    """The boards that answered for a zone of a board that was split; elsewhere that follows from the mergers."""
    after = _SPLIT.get(made.board)
    if after is None:
        return
    is_first = part < 0.5 or made.zone.inside is not None  # parks go with the economic zone that they lie in
    made.zone.owner = after[0] if is_first else after[-1]
    spans = [(made.board, None, SPLIT_DAY - DAY), (made.zone.owner, SPLIT_DAY, None)]
    made.rest += [
        Responsibility(id=chance.id(made.zone.place, "board", at), board=board, starts=starts, ends=ends, ground=SOURCE)
        for at, (board, starts, ends) in enumerate(spans)
    ]


def _found(chance: Chance, rng: Random, made: Made, established: date, area: int) -> None:
    """From its decision to its plots; some are extended later."""
    uses = _split(rng, area, _PARK, "water")
    land = sum(uses[use] for use in _LETTABLE)
    decision = _decision(chance, made, DecisionKind.ESTABLISH, established, area, land)
    plan = _decision(chance, made, DecisionKind.DETAILED_PLAN, later(established, 150), area, land, follows=decision)
    made.rest += [decision, plan, *_lines(chance, plan, uses | {"small_firms": land // 25})]
    built, works = later(established, 900), later(established, 420)
    steps = [("established", established), ("land_clearance", later(established, 160)), ("under_construction", works)]
    made.rest += _stages(chance, made, [one for one in (*steps, ("operating", built)) if one[1] <= LAST])
    made.zone.industrial_land, made.zone.stage = land, made.of(Stage)[-1].stage
    made.free, made.opens = land * 97 // 100, works
    made.rest += _phases(chance, made, area, established)
    if rng.random() < 0.14 and (day := later(established, rng.randint(2200, 5000))) <= LAST:
        _extend(chance, rng, made, day, plan)


def _extend(chance: Chance, rng: Random, made: Made, day: date, plan: Decision) -> None:
    assert plan.area is not None
    assert plan.industrial_land is not None
    area = plan.area + round(around(rng, 90, 0.4, 20, 300) * 100) * HUNDREDTH
    uses = _split(rng, area, _PARK, "water")
    land = sum(uses[use] for use in _LETTABLE)
    if land <= plan.industrial_land:
        return
    decision = _decision(chance, made, DecisionKind.EXTEND, day, area, land, follows=plan)
    made.rest += [decision, *_lines(chance, decision, uses | {"small_firms": land // 25})]
    made.zone.area, made.zone.industrial_land = area, land
    made.grows = (later(day, 300), (land - plan.industrial_land) * 97 // 100)


def _split(rng: Random, area: int, parts: dict[str, float], last: str) -> dict[str, int]:
    """The uses of a plan: hundredths of a hectare that add up to all of it."""
    uses = {use: int(area * part * rng.uniform(0.93, 1.03)) // HUNDREDTH * HUNDREDTH for use, part in parts.items()}
    return uses | {last: area - sum(uses.values())}


def _decision(
    chance: Chance,
    made: Made,
    kind: str,
    day: date,
    area: int,
    land: int | None = None,
    follows: Decision | None = None,
) -> Decision:
    number = f"MH-{day:%Y%m%d}/QĐ"
    return Decision(
        id=chance.id(made.zone.place, kind, number),
        kind=kind,
        number=number,
        day=day,
        issuer="cơ quan minh họa",
        area=area,
        industrial_land=land,
        follows=follows,
        zone=made.zone,
    )


def _lines(chance: Chance, plan: Decision, uses: dict[str, int]) -> list[LandUse]:
    return [LandUse(id=chance.id(plan.pk, use), plan=plan, use=use, area=area) for use, area in uses.items()]


def _kind(chance: Chance, made: Made, kind: str, starts: date | None) -> Kind:
    return Kind(id=chance.id(made.zone.place, "kind", kind), kind=kind, starts=starts, ground=SOURCE)


def _stages(chance: Chance, made: Made, steps: Sequence[tuple[str, date]]) -> list[Stage]:
    ends = [*(day - DAY for _stage, day in steps[1:]), None]
    return [
        Stage(id=chance.id(made.zone.place, "stage", stage), stage=stage, starts=day, ends=end, ground=SOURCE)
        for (stage, day), end in zip(steps, ends, strict=True)
    ]


def _phases(chance: Chance, made: Made, area: int, established: date) -> Iterable[Phase]:
    """One phase, or two of a zone above 500 ha."""
    parts = [area] if area <= 500 * HA else [area * 3 // 5, area - area * 3 // 5]
    for number, part in enumerate(parts, start=1):
        starts = later(established, 420 + 900 * (number - 1))
        given = later(starts, 100)
        handed = {"handed_over": part * 9 // 10, "handed_over_on": given} if given <= LAST else {}
        yield Phase(
            id=chance.id(made.zone.place, "phase", number),
            name=f"Giai đoạn {number}",
            area=part,
            starts=starts,
            planned_end=later(starts, 1_100),
            cleared=part * 9 // 10 if handed else None,
            **handed,
        )
