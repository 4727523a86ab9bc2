"""What utilities, works, clearances and workers' homes of a zone come to, and what they move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factories import HAI_PHONG, QUANG_NGAI, reach
from register_samples import a_thing
from sokhu.areas.infrastructure.registry import (
    CLEARANCE_PROGRESS,
    CLEARANCES,
    COUNTS,
    HOUSING,
    PROGRESS,
    READINGS,
    UTILITIES,
    WORKS,
)
from sokhu.areas.ledger.movements import standing
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import DECISIONS, LAND_USES, PHASES, RESPONSIBILITIES, ZONES
from sokhu.core.movement import series_of
from sokhu.core.problems import Problem, Problems
from sokhu.core.reach import Held, reach_over
from sokhu.kit.registers.actions import change, create, remove
from sokhu.kit.registers.queries import visible

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
ONE = 1_000_000
YEAR_END = date(2024, 12, 31)


def made(register: Any, **values: Any) -> Any:
    return create(register, reach("an"), values, reason="thử")


@pytest.fixture
def zone(book: None) -> Zone:
    found: Zone = a_thing(ZONES, reach("an"), name="KCN Thử Hạ Tầng")
    return found


def a_plant(zone: Zone, name: str = "Mô-đun 1", capacity: int = 4000, **values: Any) -> Any:
    given = {"starts": date(2020, 1, 1)} | values
    return made(UTILITIES, zone=zone, kind="wastewater", name=name, capacity=capacity * ONE, **given)


def a_reading(plant: Any, month: int, volume: int, **values: Any) -> Any:
    days = {"starts": date(2024, month, 1), "ends": date(2024, month, 30)}
    return made(READINGS, utility=plant, volume=volume * ONE, **days, **values)


def told(zone: Zone, code: str, day: date, since: date = date.min, currency: str = "") -> Decimal:
    """A stock on a day; with `since` a flow."""
    rows = standing().filter(place=zone.place, indicator=code, currency=currency)
    return Decimal(series_of(rows.values_list("day", "amount")).within(since, day)) / ONE


def test_a_zone_with_two_plants_is_one_zone_with_a_plant_and_has_the_capacity_of_both(zone: Zone) -> None:
    a_plant(zone)
    second = a_plant(zone, "Mô-đun 2", 6000, starts=date(2022, 5, 1), ends=date(2024, 6, 30))
    assert [told(zone, "wastewater_plants", date(year, 12, 31)) for year in (2019, 2021, 2023, 2024)] == [0, 1, 1, 1]
    capacities = [told(zone, "wastewater_capacity", date(year, 12, 31)) for year in (2021, 2023, 2024)]
    assert capacities == [4000, 10000, 4000]
    change(UTILITIES, reach("an"), second.pk, {"ends": None}, reason="chạy lại")
    assert told(zone, "wastewater_capacity", YEAR_END) == 10000
    assert list(movements_checked()) == []


def test_readings_of_months_add_up_and_their_day_is_the_flow(zone: Zone) -> None:
    plant = a_plant(zone)
    a_reading(plant, 4, 60_000, reused=6_000 * ONE)
    a_reading(plant, 6, 90_000)
    first, last = date(2024, 1, 1), YEAR_END
    assert told(zone, "wastewater_treated", last, first) == 150_000
    assert told(zone, "wastewater_reused", last, first) == 6_000
    assert told(zone, "wastewater_flow", date(2024, 5, 31)) == 2_000
    assert told(zone, "wastewater_flow", last) == 3_000


def test_a_zone_keeps_the_standard_while_the_last_reading_of_every_plant_that_runs_does(zone: Zone) -> None:
    plant, other = a_plant(zone), a_plant(zone, "Mô-đun 2", ends=date(2024, 8, 31))
    a_reading(plant, 4, 1)
    assert told(zone, "zones_wastewater_compliant", date(2024, 5, 1)) == 0  # nothing is known of the other
    bad = a_reading(other, 5, 1, is_compliant=False)
    assert told(zone, "zones_wastewater_compliant", date(2024, 6, 1)) == 0
    assert told(zone, "zones_wastewater_compliant", YEAR_END) == 1  # only the good one still runs
    change(READINGS, reach("an"), bad.pk, {"is_compliant": True}, reason="đo lại")
    assert told(zone, "zones_wastewater_compliant", date(2024, 6, 1)) == 1
    assert list(movements_checked()) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends": date(2024, 5, 2)}, "infrastructure.not_one_month"),
        ({"reused": 9 * ONE}, "infrastructure.more_than_all"),
        ({}, "infrastructure.read_twice"),
    ],
)
def test_a_reading_that_would_not_add_up_is_refused(zone: Zone, values: dict[str, Any], code: str) -> None:
    plant = a_plant(zone)
    a_reading(plant, 4, 5)
    given = {"starts": date(2024, 4, 1), "ends": date(2024, 4, 29)} | values
    with pytest.raises(Problem) as problem:
        made(READINGS, utility=plant, volume=5 * ONE, **given)
    assert problem.value.code == code


def test_a_station_has_no_capacity_of_water(zone: Zone) -> None:
    with pytest.raises(Problems) as told:
        made(UTILITIES, zone=zone, kind="power", name="TBA 110 kV", capacity=ONE)
    assert [one.code for one in told.value.problems] == ["register.not_of_kind"]


def test_works_are_done_by_their_value_and_show_their_newest_percent(zone: Zone) -> None:
    road, trees = (
        made(WORKS, zone=zone, name=name, item=item, approved=date(2023, 1, 5), value=value * ONE)
        for name, item, value in (("Đường D1", "roads", 900), ("Cây xanh", "green", 100))
    )
    made(PROGRESS, work=road, day=date(2023, 12, 31), percent=20 * ONE)
    made(PROGRESS, work=road, day=date(2024, 6, 30), percent=50 * ONE)
    made(PROGRESS, work=trees, day=date(2024, 6, 30), percent=100 * ONE)
    road.refresh_from_db()
    assert road.percent == 50 * ONE
    assert told(zone, "infrastructure_works_planned", YEAR_END, currency="VND") == 1000
    assert told(zone, "infrastructure_works_done", YEAR_END, currency="VND") == 550
    remove(WORKS, reach("an"), road.pk, reason="không làm")
    assert told(zone, "infrastructure_works_done", YEAR_END, currency="VND") == 100
    assert list(movements_checked()) == []


def test_cleared_land_has_one_register_and_a_phase_shows_what_it_says(zone: Zone) -> None:
    phase = made(PHASES, zone=zone, name="Giai đoạn 1", area=100 * ONE)
    parts = [
        made(CLEARANCES, zone=zone, phase=phase, name=name, decided=date(2022, 3, 1), area=60 * ONE, households=80)
        for name in ("Xã An Lư", "Xã Thủy Triều")
    ]
    for part, cleared in zip(parts, (25, 40), strict=True):
        made(CLEARANCE_PROGRESS, clearance=part, day=date(2024, 2, 1), cleared=cleared * ONE, households_paid=70)
    phase.refresh_from_db()
    assert phase.cleared == 65 * ONE
    assert told(zone, "clearance_handed_over", YEAR_END) == 65
    assert told(zone, "households_paid", YEAR_END) == 140
    assert told(zone, "land_handed_over", YEAR_END) == 0  # what the developer has is said by the phase
    change(CLEARANCES, reach("an"), parts[0].pk, {"phase": None}, reason="ngoài giai đoạn")
    phase.refresh_from_db()
    assert phase.cleared == 40 * ONE
    assert told(zone, "clearance_area", YEAR_END) == 120
    assert list(movements_checked()) == []


def test_more_cannot_be_cleared_than_there_is(zone: Zone) -> None:
    part = made(CLEARANCES, zone=zone, name="Xã An Lư", decided=date(2022, 3, 1), area=60 * ONE)
    with pytest.raises(Problem) as problem:
        made(CLEARANCE_PROGRESS, clearance=part, day=date(2024, 2, 1), cleared=61 * ONE)
    assert problem.value.code == "infrastructure.more_than_all"


def test_homes_are_counted_as_they_are_finished_until_the_project_ends(zone: Zone) -> None:
    homes = made(HOUSING, zone=zone, name="Khu lưu trú", kind="lodging", approved=date(2021, 1, 1), homes_planned=500)
    made(COUNTS, housing=homes, day=date(2023, 6, 30), homes=200, places=800, homes_let=150)
    made(COUNTS, housing=homes, day=date(2024, 6, 30), homes=450)
    homes.refresh_from_db()
    assert (homes.homes, homes.places, homes.homes_let) == (450, 800, 150)
    assert [told(zone, "worker_homes", date(year, 12, 31)) for year in (2022, 2023, 2024)] == [0, 200, 450]
    assert told(zone, "worker_housing_places", YEAR_END) == 800
    change(HOUSING, reach("an"), homes.pk, {"ends": date(2024, 9, 30)}, reason="chuyển đổi")
    assert told(zone, "worker_housing_projects", YEAR_END) == told(zone, "worker_homes", YEAR_END) == 0
    assert list(movements_checked()) == []


def test_a_developer_reads_what_is_of_its_own_zone_and_writes_none_of_it(zone: Zone) -> None:
    other = a_thing(ZONES, reach("an"), name="KCN Khác")
    plants = [a_plant(one) for one in (zone, other)]
    readings = [a_reading(plant, 4, 1) for plant in plants]
    developer = reach_over([Held("developer", HAI_PHONG, subject=zone.place)])
    assert list(visible(UTILITIES, developer)) == plants[:1]
    assert list(visible(READINGS, developer)) == readings[:1]
    with pytest.raises(Problem) as problem:
        change(UTILITIES, developer, plants[0].pk, {"note": "sửa"}, reason="thử")
    assert problem.value.code.startswith("access.")


def test_a_plan_says_how_much_land_is_for_workers_homes(zone: Zone) -> None:
    plan = made(DECISIONS, zone=zone, kind="detailed_plan", number="1/QĐ", day=date(2022, 1, 1), area=100 * ONE)
    made(LAND_USES, zone=zone, plan=plan, use="worker_housing", area=2 * ONE)
    assert told(zone, "worker_housing_land", YEAR_END) == 2


def test_what_goes_to_another_board_moves_in_its_book(zone: Zone) -> None:
    made(WORKS, zone=zone, name="Đường D1", item="roads", approved=date(2023, 1, 5), value=ONE)
    made(RESPONSIBILITIES, zone=zone, board=QUANG_NGAI, starts=date(2025, 7, 1))
    assert list(movements_checked()) == []
    assert set(standing().filter(place=zone.place).values_list("owner", flat=True)) == {QUANG_NGAI}
