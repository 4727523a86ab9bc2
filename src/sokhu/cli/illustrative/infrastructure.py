"""Invented infrastructure of zones: what serves them, was built and cleared for them, and where their workers live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sokhu.areas.infrastructure.models import (
    Clearance,
    ClearanceProgress,
    Housing,
    HousingCount,
    HousingKind,
    Progress,
    Reading,
    Utility,
    UtilityKind,
    Work,
    WorkItem,
)
from sokhu.areas.zones.models import Phase, Stage
from sokhu.cli.illustrative.chance import LAST, Chance, later
from sokhu.cli.illustrative.zones import HA, Made

ONE = 1_000_000
READ = 2026  # the year whose months are read
DECLARED = {
    "utilities": date(READ, 1, 1),
    "works": date(2024, 1, 1),
    "clearances": date(2024, 1, 1),
    "housing": date(2024, 1, 1),
}
_LATELY = date(2022, 1, 1)  # what was begun before has been finished
WATER_A_DAY = 22  # m³ of a hectare of industrial land
_WORKS = {
    WorkItem.ROADS: ("Đường trục chính", 4_000),
    WorkItem.DRAINAGE: ("Thoát nước mưa", 1_500),
    WorkItem.FIRE: ("Phòng cháy, cây xanh", 600),
}  # by hectare of land, in million đồng
_OFFICE = "cơ quan minh họa"


def make_infrastructure(chance: Chance, zones: Sequence[Made]) -> list[Any]:
    """Of every park that is being built or runs; things before the entries that belong to them."""
    rng, found = chance.stream("infrastructure"), []
    for made in zones:
        if made.zone.industrial_land and made.opens and made.opens <= LAST:
            for one in _of_park(chance, rng, made):
                one.owner = made.zone.owner
                found.append(one)
    return found


def _of_park(chance: Chance, rng: Random, made: Made) -> Iterator[Any]:
    yield from _utilities(chance, rng, made)
    yield from _works(chance, rng, made)
    for phase in made.of(Phase):
        yield from _clearance(chance, rng, made, phase)
    if rng.random() < 0.35:
        yield from _housing(chance, rng, made)


def _utilities(chance: Chance, rng: Random, made: Made) -> Iterator[Any]:
    opened = next((one.starts for one in made.of(Stage) if one.stage == "operating"), None)
    water = _hundreds(_hectares(made) * WATER_A_DAY)
    plant = _utility(chance, made, UtilityKind.WASTEWATER, "Trạm xử lý nước thải", opened, capacity=water * ONE)
    plant.technology, plant.standard = "sinh học, hóa lý", "QCVN 40:2011/BTNMT cột A"
    plant.monitored_since = max(opened, date(2021, 8, 16)) if opened else None
    plant.licence, plant.licence_day = f"MH-{plant.pk.hex[:6]}/GPMT", max(made.opens or LAST, date(2022, 3, 1))
    plant.licence_ends = plant.licence_day + timedelta(days=7 * 365)
    yield plant
    yield _utility(chance, made, UtilityKind.WATER, "Nhà máy nước", opened, capacity=water * ONE * 5 // 4)
    yield _utility(chance, made, UtilityKind.POWER, "Trạm 110/22 kV", opened, power=rng.choice((40, 63, 126)) * ONE)
    if opened and opened < date(READ, 1, 1):
        yield from _readings(chance, rng, plant, water)


def _utility(chance: Chance, made: Made, kind: UtilityKind, name: str, opened: date | None, **capacity: int) -> Utility:
    one = Utility(id=chance.id(made.zone.place, kind), zone=made.zone, kind=kind, name=name, starts=opened, **capacity)
    one.builds_from = made.opens
    return one


def _readings(chance: Chance, rng: Random, plant: Utility, a_day: int) -> Iterator[Reading]:
    part = rng.uniform(0.35, 0.9)
    for month in range(1, LAST.month + 1):
        starts = date(READ, month, 1)
        ends = (starts + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        volume = int(a_day * ends.day * part * rng.uniform(0.92, 1.05))
        yield Reading(
            id=chance.id(plant.pk, month),
            utility=plant,
            starts=starts,
            ends=ends,
            volume=volume * ONE,
            reused=volume // 12 * ONE,
            is_compliant=rng.random() < 0.985,
            source="quan trắc tự động",
        )


def _works(chance: Chance, rng: Random, made: Made) -> Iterator[Any]:
    assert made.opens is not None
    for item, (name, price) in _WORKS.items():
        share = 100 if made.opens < _LATELY else rng.randrange(20, 100, 5)
        approved, finished = later(made.opens, 15), later(made.opens, 800)
        work = Work(
            id=chance.id(made.zone.place, item),
            zone=made.zone,
            name=name,
            item=item,
            approved=approved,
            value=_hectares(made) * price * ONE,
            planned_start=made.opens,
            planned_end=finished,
            starts=later(approved, 30),
            percent=share * ONE,
        )
        last = min(later(finished, 60), LAST)
        work.ends = last if share == 100 else None
        yield work
        yield Progress(id=chance.id(work.pk, 1), work=work, day=later(approved, 10), percent=0)
        yield Progress(id=chance.id(work.pk, 2), work=work, day=last, percent=share * ONE)


def _clearance(chance: Chance, rng: Random, made: Made, phase: Phase) -> Iterator[Any]:
    """What a phase says is cleared is what its clearance came to; here and there a part is not cleared yet."""
    if phase.cleared is None or phase.handed_over_on is None or phase.starts is None:
        return
    decided, households = phase.starts - timedelta(days=300), phase.area // HA * 2
    paid = households * 9 // 10
    compensation = phase.area // HA * 1_600 * ONE
    area = phase.area if rng.random() < 0.1 else phase.cleared
    one = Clearance(
        id=chance.id(phase.pk, "clearance"),
        zone=made.zone,
        phase=phase,
        name=f"Thu hồi đất {phase.name.lower()}",
        decision=f"MH-{decided:%Y%m%d}/QĐ",
        decided=decided,
        area=area,
        households=households,
        compensation=compensation,
        planned_end=later(phase.starts, 400),
        cleared=phase.cleared,
        households_paid=paid,
        households_resettled=paid // 8,
        compensation_paid=compensation * 9 // 10,
    )
    yield one
    half = decided + (phase.handed_over_on - decided) // 2
    told = ((half, phase.cleared // 2, 2), (phase.handed_over_on, phase.cleared, 1))
    for day, cleared, parts in told:
        yield ClearanceProgress(
            id=chance.id(one.pk, day),
            clearance=one,
            day=day,
            cleared=cleared,
            households_paid=paid // parts,
            households_resettled=paid // 8 // parts,
            compensation_paid=compensation * 9 // 10 // parts,
        )


def _housing(chance: Chance, rng: Random, made: Made) -> Iterator[Any]:
    assert made.opens is not None
    approved, planned = later(made.opens, 700), rng.randrange(200, 1_600, 50)
    counted = later(approved, 900)
    if counted > LAST:
        return
    homes = planned if counted < _LATELY else planned // 2
    so_far = {"homes": homes, "places": homes * 4, "homes_let": homes * 4 // 5, "residents": homes * 3}
    one = Housing(
        id=chance.id(made.zone.place, "housing"),
        zone=made.zone,
        name=f"Khu lưu trú công nhân {made.zone.name}",
        kind=rng.choice((HousingKind.LODGING, HousingKind.SOCIAL)),
        investor=made.zone.developer,
        approved=approved,
        planned_end=counted,
        homes_planned=planned,
        places_planned=planned * 4,
        kindergarten=planned // 5,
        has_clinic=planned > 800,
        **so_far,
    )
    yield one
    yield HousingCount(id=chance.id(one.pk, 1), housing=one, day=counted, source=_OFFICE, **so_far)


def _hectares(made: Made) -> int:
    return (made.zone.industrial_land or 0) // HA


def _hundreds(number: float) -> int:
    return max(1, round(number / 100)) * 100
