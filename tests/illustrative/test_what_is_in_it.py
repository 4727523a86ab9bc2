"""The invented country holds together: from one seed always the same, to the đồng, and nobody's real name in it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from django.db.models import Sum
from django.test import override_settings

from illustrative.conftest import SEED, SIZE
from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.infrastructure.models import Clearance
from sokhu.areas.ledger.models import Movement
from sokhu.areas.projects.life import reported
from sokhu.areas.projects.models import Enterprise, ImplementationReport, Investor, Project
from sokhu.areas.zones.land import findings_of, land_of, occupancy_of
from sokhu.areas.zones.models import Phase, Zone
from sokhu.cli.book import REAL_ZONES
from sokhu.cli.illustrative.chance import FIRST, LAST
from sokhu.cli.illustrative.fill import Invented, Written, illustrate, invent
from sokhu.core.folding import folded
from sokhu.core.implementation import disagreements
from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Register, register_of, registers
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
DAY = timedelta(days=1)
STAGES = ("projects_not_started", "projects_under_construction", "projects_operating")
YEARS = range(FIRST.year, LAST.year + 1)


def things_of(made: Invented) -> Iterator[Any]:
    for one in made.zones:
        yield from (one.zone, *one.rest, *one.plots)
    for project in made.projects:
        yield from (project.project, *project.enterprises, *project.investors, *project.life.events)
        yield from (*project.milestones, *project.reports, *([project.lease] if project.lease else []))
    yield from (*made.firms.enterprises, *made.firms.investors, *made.infrastructure)


def values_of(made: Invented) -> dict[tuple[str, Any], dict[str, Any]]:
    pairs = [(register_of(type(one)), one) for one in things_of(made)]
    return {(register.code, one.pk): {"owner": one.owner, **register.values(one)} for register, one in pairs}


def stored() -> dict[tuple[str, Any], dict[str, Any]]:
    def rows(register: Register) -> Any:
        return register.model._default_manager.all()

    return {
        (register.code, one.pk): {"owner": one.owner, **register.values(one)}
        for register in registers()
        for one in rows(register)
    }


def test_a_seed_gives_the_same_registers_every_time_and_another_gives_others(made_book: Written) -> None:
    again, found = values_of(invent(SEED, SIZE)), stored()
    for event in made_book.planted.late:  # entered after the reports: the project is no longer as it was
        assert ("certificate-events", event.pk) in found
        del found["certificate-events", event.pk], found["projects", event.project_id]
        del again["projects", event.project_id]
    assert again == found
    assert not again.keys() & values_of(invent(SEED + 1, SIZE)).keys()


def test_no_zone_has_the_name_of_a_real_one_and_no_real_one_is_in_the_book() -> None:
    real = tomllib.loads(resources.files("sokhu").joinpath("catalogue", REAL_ZONES).read_text(encoding="utf-8"))
    names = {folded(name["vi"]) for table in real.values() if isinstance(table, dict) for name in table["names"]}
    names |= {folded(alias) for table in real.values() if isinstance(table, dict) for alias in table.get("aliases", [])}
    assert not names & {folded(name) for name in Zone.objects.values_list("name", flat=True)}
    assert not real.keys() & territory().places.keys()


def test_every_firm_says_that_it_is_invented() -> None:
    for model in (Enterprise, Investor, Project):
        assert not model._default_manager.exclude(name__contains="Minh Họa").exists()
    assert not Enterprise.objects.exclude(tax_code__startswith="99").exists()


def test_every_zone_is_in_one_province_and_of_one_board_on_every_map() -> None:
    places = territory()
    for zone in Zone.objects.exclude(established=None):
        for year in YEARS:
            for day in (date(year, 6, 30), date(year, 12, 31)):
                found = [len(places.groups_of(zone.place, day, kind=kind)) for kind in ("province", "board")]
                assert found == [1, 1], (zone.name, day)


@pytest.mark.parametrize(
    ("stock", "up", "down", "either"),
    [
        (
            "capital_registered_total",
            ("capital_new", "capital_added"),
            ("capital_reduced", "capital_revoked"),
            ("capital_moved", "capital_corrected"),
        ),
        ("projects_valid", ("projects_new",), ("projects_revoked",), ("projects_moved", "projects_corrected")),
    ],
)
def test_what_there_was_with_what_came_and_went_is_what_there_is(
    stock: str, up: tuple[str, ...], down: tuple[str, ...], either: tuple[str, ...]
) -> None:
    signs = {stock: -1, **dict.fromkeys(up, 1), **dict.fromkeys(down, -1), **dict.fromkeys(either, 1)}
    rest: dict[tuple[Any, ...], int] = defaultdict(int)
    rows = Movement.objects.filter(until=None, indicator__in=signs)
    for indicator, amount, *shelf in rows.values_list("indicator", "amount", "place", "ownership", "currency", "day"):
        rest[tuple(shelf)] += signs[indicator] * amount
    assert rest
    assert not {shelf: amount for shelf, amount in rest.items() if amount}


def test_every_plan_of_land_closes_and_nothing_is_let_twice() -> None:
    for land in land_of(Zone.objects.all()).values():
        assert findings_of(land, LAST) == []


def test_between_nothing_and_all_of_a_zone_is_let_on_every_day() -> None:
    told = 0
    for land in land_of(Zone.objects.all()).values():
        for year in YEARS:
            found = occupancy_of(land, min(date(year, 12, 31), LAST))
            if found.industrial:
                told += bool(found.leased)
                assert 0 <= found.leased <= found.industrial, (land.zone.name, year)
    assert told > 100


def test_reports_of_enterprises_add_up() -> None:
    by_project: dict[Any, list[ImplementationReport]] = defaultdict(list)
    for one in ImplementationReport.objects.all():
        by_project[one.project_id].append(one)
    assert by_project
    for reports in by_project.values():
        assert disagreements(map(reported, reports)) == []


def test_the_provinces_come_to_the_country() -> None:
    places = territory()
    by_province: dict[str, int] = defaultdict(int)
    rows = Movement.objects.filter(until=None, indicator="projects_valid", day__lte=LAST)
    for place, amount in rows.values_list("place", "amount"):
        (province,) = places.groups_of(place, LAST, kind="province")
        by_province[province] += amount
    valid = Project.objects.filter(status__in=("valid", "suspended")).count()
    assert sum(by_province.values()) == valid * 10**6
    assert all(amount > 0 for amount in by_province.values())


def test_the_map_is_the_shipped_one_and_loading_it_again_changes_nothing() -> None:
    before = head()
    loaded = load_shipped(left_out=(REAL_ZONES,))
    assert (loaded.added, loaded.kept, head()) == ([], [], before)


def test_a_book_that_has_zones_is_not_filled_again() -> None:
    with pytest.raises(Problem) as told:
        illustrate(SEED, SIZE, lambda _line: None)
    assert told.value.code == "book.not_empty"


def test_no_other_book_takes_invented_figures() -> None:
    with override_settings(BOOK="sourced"), pytest.raises(Problem) as told:
        illustrate(SEED, SIZE, lambda _line: None)
    assert told.value.code == "book.not_illustrative"


def test_infrastructure_keeps_its_rules_and_a_phase_has_the_cleared_land_of_its_clearance(made_book: Written) -> None:
    made = invent(SEED, SIZE)
    for one in made.infrastructure:
        register_of(type(one)).check(one)
    cleared = dict(Clearance.objects.values_list("phase").annotate(Sum("cleared")))
    assert cleared == dict(Phase.objects.exclude(cleared=None).values_list("pk", "cleared"))
    assert made_book.counts["utility-readings"] > 0


def test_every_established_park_has_its_infrastructure_project_by_its_developer() -> None:
    parks = Zone.objects.exclude(developer="").exclude(established=None)
    projects = Project.objects.filter(is_infrastructure=True)
    assert set(projects.values_list("zone_now", "enterprise_now__tax_code")) == set(
        parks.values_list("pk", "developer_code")
    )
    rows = Movement.objects.filter(until=None, indicator="capital_infrastructure", day__lte=LAST)
    moved = rows.values_list("currency", "amount")
    for currency, held in (("USD", "capital_usd"), ("VND", "capital_vnd")):
        amounts = [amount for one, amount in moved if one == currency]
        assert sum(amounts) == sum(filter(None, projects.values_list(held, flat=True))) > 0


def test_projects_by_where_they_stand_are_the_valid_ones_that_are_not_suspended() -> None:
    signs = {"projects_valid": 1, "projects_suspended": -1} | dict.fromkeys(STAGES, -1)
    sums: dict[str, int] = defaultdict(int)
    rest: dict[tuple[Any, ...], int] = defaultdict(int)
    rows = Movement.objects.filter(until=None, indicator__in=signs, day__lte=LAST)
    for indicator, amount, *shelf in rows.values_list("indicator", "amount", "place", "ownership"):
        sums[indicator] += amount
        rest[tuple(shelf)] += signs[indicator] * amount
    assert all(sums[stage] > 0 for stage in STAGES)
    assert not {shelf: amount for shelf, amount in rest.items() if amount}
