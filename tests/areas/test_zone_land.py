"""What registers of zones move: areas from decisions and plans, counts from a zone's life, land let from leases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factories import reach
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.movements import moved_by, standing
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.territory.queries import SYSTEM
from sokhu.areas.zones.land import findings_of, land_of, occupancy_of
from sokhu.areas.zones.models import Lease, Zone
from sokhu.areas.zones.registry import DECISIONS, LAND_USES, LEASES, PHASES, PLOTS, STAGES, ZONES
from sokhu.core.answer import Question
from sokhu.core.movement import series_of
from sokhu.core.period import named
from sokhu.core.problems import Problems
from sokhu.kit.registers.actions import change, create, new_thing, remove, write
from sokhu.kit.sealing.actions import sealed_batch

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
HA = 1_000_000
AN = "an"


def made(register: Any, **values: Any) -> Any:
    return create(register, reach(AN), values, reason="thử")


def a_zone(**values: Any) -> Zone:
    given: dict[str, Any] = {"name": "KCN Thử Đất", "kind": "KCN", "province": "province/hai-phong"}
    zone: Zone = made(ZONES, **given | values)
    return zone


def a_decision(zone: Zone, number: str, day: date, **values: Any) -> Any:
    return made(DECISIONS, zone=zone, kind="establish", number=number, day=day, **values)


def a_plot(zone: Zone, code: str, ha: int) -> Any:
    return made(PLOTS, zone=zone, code=code, area=ha * HA)


def a_lease(plot: Any, contract: str, ha: int, **values: Any) -> Any:
    given = {"starts": date(2024, 3, 1), "lessee": "Bên thuê"} | values
    return made(LEASES, zone=plot.zone, plot=plot, contract=contract, area=ha * HA, **given)


def stock(zone: Zone, indicator: str, day: date, ownership: str = "") -> Decimal:
    rows = standing().filter(place=zone.place, indicator=indicator, ownership=ownership)
    return Decimal(series_of(rows.values_list("day", "amount")).up_to(day)) / HA


YEAR_END = date(2024, 12, 31)


def test_a_zones_area_goes_from_decision_to_decision() -> None:
    zone = a_zone(area=90 * HA, established_year=2020)
    assert (stock(zone, "zone_area", date(2020, 12, 30)), stock(zone, "zone_area", YEAR_END)) == (0, 90)
    a_decision(zone, "1/QĐ", date(2021, 5, 4), area=100 * HA, industrial_land=60 * HA)
    a_decision(zone, "2/QĐ", date(2024, 5, 4), area=130 * HA)
    assert [stock(zone, "zone_area", date(year, 12, 31)) for year in (2020, 2021, 2024)] == [0, 100, 130]
    assert stock(zone, "industrial_land_area", YEAR_END) == 60
    assert {one.owner for one in moved_by("zones", zone.pk)} == {zone.owner}


def test_a_plan_by_uses_is_the_denominator_and_must_close() -> None:
    zone = a_zone()
    plan = a_decision(zone, "3/QĐ", date(2023, 1, 5), area=100 * HA, industrial_land=99 * HA)
    for use, ha in {"industrial": 60, "service": 5, "green": 20, "roads": 10}.items():
        made(LAND_USES, zone=zone, plan=plan, use=use, area=ha * HA)
    assert stock(zone, "industrial_land_area", YEAR_END) == 65
    assert stock(zone, "land_public", YEAR_END) == 30
    land = land_of([zone])[zone.pk]
    assert [one.code for one in findings_of(land, YEAR_END)] == ["land.not_closed"]


def test_a_zone_counts_by_its_life() -> None:
    zone = a_zone(established=date(2019, 1, 1))
    assert stock(zone, "zones_established", YEAR_END) == 1
    made(STAGES, zone=zone, stage="planned", starts=date(2018, 1, 1))
    made(STAGES, zone=zone, stage="under_construction", starts=date(2020, 1, 1))
    made(STAGES, zone=zone, stage="operating", starts=date(2023, 1, 1), ends=date(2024, 6, 30))
    counts = ["zones_planned", "zones_established", "zones_under_construction", "zones_operating"]
    days = [date(2019, 12, 31), date(2022, 12, 31), date(2023, 12, 31), YEAR_END]
    assert [[int(stock(zone, one, day)) for one in counts] for day in days] == [
        [1, 0, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1], [0, 0, 0, 0],
    ]  # fmt: skip


def test_land_is_let_from_leases_by_who_leases_and_through_the_last_day() -> None:
    zone = a_zone()
    plot, other = a_plot(zone, "A1", 10), a_plot(zone, "A2", 5)
    a_lease(plot, "HĐ1", 6, ownership="FDI", ends=date(2030, 1, 1), ended=date(2024, 9, 30))
    a_lease(other, "HĐ2", 5, ownership="DDI")
    assert stock(zone, "land_leased", date(2024, 9, 30), "FDI") == 6
    assert stock(zone, "land_leased", YEAR_END, "FDI") == 0
    assert stock(zone, "land_leased_change", YEAR_END, "DDI") == 5
    found = occupancy_of(land_of([zone])[zone.pk], date(2024, 9, 30))
    assert (found.leased, found.rate) == (11 * HA, None)


def test_a_lease_on_land_of_another_is_refused() -> None:
    plot = a_plot(a_zone(), "A1", 10)
    a_lease(plot, "HĐ1", 10, ends=date(2024, 6, 30))
    with pytest.raises(Problems) as caught:
        a_lease(plot, "HĐ2", 4, starts=date(2024, 6, 30))
    assert [one.code for one in caught.value.problems] == ["land.plot_let_twice"]
    assert Lease.objects.filter(contract="HĐ2").count() == 0
    a_lease(plot, "HĐ2", 4, starts=date(2024, 7, 1))


def from_a_file(*leases: dict[str, Any]) -> list[Lease]:
    """Leases that come many at once are believed, and what does not fit is a finding."""
    given = {"starts": date(2024, 3, 1), "lessee": "Bên thuê"}
    things = [new_thing(LEASES, reach(AN), given | {"zone": one["plot"].zone} | one) for one in leases]
    with sealed_batch("register", author=reach(AN).author, reason="thử") as batch:
        write(batch, LEASES, things)
    return things


def test_a_lease_that_changes_or_goes_gives_its_land_to_who_waited() -> None:
    zone = a_zone()
    plot, other = a_plot(zone, "A1", 10), a_plot(zone, "A2", 10)
    first, _second = from_a_file(
        {"plot": plot, "contract": "HĐ1", "area": 10 * HA, "ownership": "FDI"},
        {"plot": plot, "contract": "HĐ2", "area": 4 * HA, "ownership": "DDI", "starts": date(2024, 4, 1)},
    )
    assert "land.plot_let_twice" in [one.code for one in findings_of(land_of([zone])[zone.pk], YEAR_END)]
    assert stock(zone, "land_leased", YEAR_END, "DDI") == 0
    change(LEASES, reach(AN), first.pk, {"plot": other}, reason="chuyển lô")
    assert (stock(zone, "land_leased", YEAR_END, "FDI"), stock(zone, "land_leased", YEAR_END, "DDI")) == (10, 4)
    remove(LEASES, reach(AN), first.pk, reason="hủy")
    assert stock(zone, "land_leased", YEAR_END, "FDI") == 0


def test_a_plot_that_shrinks_lets_no_more_than_it_has() -> None:
    zone = a_zone()
    plot = a_plot(zone, "A1", 10)
    a_lease(plot, "HĐ1", 8)
    change(PLOTS, reach(AN), plot.pk, {"area": 7 * HA}, reason="đo lại")
    assert stock(zone, "land_leased", YEAR_END) == 7
    assert "land.lease_beyond_plot" in [one.code for one in findings_of(land_of([zone])[zone.pk], YEAR_END)]


def test_occupancy_has_the_zones_own_industrial_land_where_no_decision_says_it() -> None:
    zone = a_zone(area=100 * HA, industrial_land=40 * HA)
    made(PHASES, zone=zone, name="GĐ1", area=100 * HA, handed_over=20 * HA, handed_over_on=date(2022, 1, 1))
    a_lease(a_plot(zone, "A1", 10), "HĐ1", 10)
    found = occupancy_of(land_of([zone])[zone.pk], YEAR_END)
    assert (found.rate, found.rate_cleared) == (Decimal("25.00"), Decimal("50.00"))
    assert stock(zone, "land_handed_over", YEAR_END) == 20


def test_a_zone_that_is_removed_moves_nothing_any_more() -> None:
    zone = a_zone(area=100 * HA, established=date(2019, 1, 1))
    a_lease(a_plot(zone, "A1", 10), "HĐ1", 10)
    remove(ZONES, reach(AN), zone.pk, reason="ghi nhầm")
    assert not standing().filter(place=zone.place).exists()


def test_land_of_many_zones_takes_as_many_queries_as_of_one(django_assert_num_queries: Any) -> None:
    zones = [a_zone(name=f"KCN Thử {number}") for number in range(3)]
    for zone in zones:
        a_lease(a_plot(zone, "A1", 10), "HĐ1", 10)
    with django_assert_num_queries(6):
        land_of(zones)


def test_what_registers_moved_is_what_verifying_makes_again_from_them() -> None:
    zone = a_zone(area=90 * HA, established_year=2020)
    a_decision(zone, "1/QĐ", date(2021, 5, 4), area=100 * HA, industrial_land=60 * HA)
    lease = a_lease(a_plot(zone, "A1", 10), "01/HĐ", 4)
    change(LEASES, reach(AN), lease.pk, {"area": 5 * HA}, reason="đo lại")
    assert list(movements_checked()) == []
    Movement.objects.filter(thing=lease.pk, until=None).update(day=date(2019, 1, 1))
    assert [(one.code, one.thing) for one in movements_checked()] == [("completeness.movements_differ", lease.pk)]


def test_a_province_counts_the_land_of_a_park_in_an_economic_zone_once_and_each_has_its_own_total() -> None:
    given = {"kind": "KKT", "province": "province/hai-phong-2025", "established": date(2025, 8, 1)}
    whole = a_zone(name="KKT Thử Đất", area=1000 * HA, **given)
    park = {"kind": "KCN", "inside": whole, "area": 100 * HA, "industrial_land": 60 * HA}
    inside = a_zone(name="KCN Trong Khu", **given | park)
    declare_complete(SYSTEM, whole.owner, "zones", date(2025, 8, 1), "đã đối chiếu")

    def of(place: str, indicator: str) -> Any:
        asked = Question(indicator, place, named("2025-12-31"))
        found = answer(SYSTEM, asked).amount
        return None if found is None else found // HA

    assert (of(whole.place, "zone_area"), of(inside.place, "zone_area")) == (1000, 100)
    assert (of(whole.place, "industrial_land_area"), of(inside.place, "industrial_land_area")) == (60, 60)
    before = of("province/hai-phong-2025", "zone_area")
    a_decision(whole, "9/QĐ", date(2025, 9, 1), area=1200 * HA, industrial_land=400 * HA)
    assert of("province/hai-phong-2025", "zone_area") == before + 200
    assert (of(whole.place, "industrial_land_area"), of(inside.place, "industrial_land_area")) == (400, 60)
