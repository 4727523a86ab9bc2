"""A record is in the book of the board that its zone is with: it goes there whole, in one batch, in few queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import HAI_PHONG, QUANG_NGAI, reach
from register_samples import a_thing
from sokhu.areas.ledger.movements import moved_by
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.projects.models import CertificateEvent, Milestone, Project
from sokhu.areas.projects.registry import EVENTS, MILESTONES, PROJECTS
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import LEASES, PLOTS, RESPONSIBILITIES, ZONES
from sokhu.kit.registers.actions import create, remove
from sokhu.kit.registers.as_sealed import unlike_their_versions
from sokhu.kit.registers.history import history
from sokhu.kit.registers.queries import visible
from sokhu.kit.sealing.queries import verify

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
MILLION = 10**6


def a_zone(who: str, name: str, province: str) -> Zone:
    zone: Zone = create(ZONES, reach(who), {"name": name, "kind": "KCN", "province": province}, reason="thử")
    return zone


def a_project(zone: Zone, code: str = "0331325268") -> Project:
    values = {"zone": zone, "name": f"Nhà máy {code}", "code": code, "ownership": "FDI", "country": "JP"}
    project: Project = create(PROJECTS, reach("an"), values)
    create(EVENTS, reach("an"), {"project": project, "kind": "issue", "day": date(2024, 3, 1), "usd_up": 20 * MILLION})
    a_thing(MILESTONES, reach("an"), project=project)
    return project


def books(project: Project) -> set[str]:
    owners = {Project.objects.get(pk=project.pk).owner}
    for model in (CertificateEvent, Milestone):
        owners |= set(model._default_manager.filter(project=project).values_list("owner", flat=True))
    return owners


def nothing_is_amiss() -> bool:
    assert list(movements_checked()) == []
    assert list(unlike_their_versions()) == []
    return verify().broken is None


def test_a_project_that_moves_to_another_boards_zone_goes_into_its_book_and_comes_back_with_the_event_removed() -> None:
    there = a_zone("chi", "KCN Nơi Đến", "province/quang-ngai-2025")
    project = a_project(a_zone("an", "KCN Nơi Đi", "province/hai-phong-2025"))
    values: dict[str, Any] = {"project": project, "kind": "move", "day": date(2025, 6, 1), "zone": there}
    moving = create(EVENTS, reach("an"), values, reason="chuyển ban")
    assert books(project) == {QUANG_NGAI}
    assert visible(PROJECTS, reach("chi")).filter(pk=project.pk).exists()
    assert not visible(PROJECTS, reach("an")).filter(pk=project.pk).exists()
    assert {one.owner for one in moved_by("projects", project.pk) if one.day.year == 2025} == {HAI_PHONG, QUANG_NGAI}
    assert len(history(EVENTS, moving.pk)) == 1  # one version of a thing in one batch
    assert nothing_is_amiss()
    remove(EVENTS, reach("chi"), moving.pk, reason="ghi nhầm")
    assert books(project) == {HAI_PHONG}
    assert nothing_is_amiss()


def handed_over(number: int) -> int:
    """A zone with so many plots, leases and projects goes to another board: how many questions are asked."""
    zone = a_zone("an", f"KCN Đổi Ban {number}", "province/hai-phong-2025")
    for at in range(number):
        plot = create(PLOTS, reach("an"), {"zone": zone, "code": f"A{at}", "area": 10 * MILLION})
        values = {"zone": zone, "plot": plot, "contract": f"HĐ{at}", "lessee": "Bên thuê", "area": 5 * MILLION}
        create(LEASES, reach("an"), values | {"starts": date(2024, 3, 1)})
        a_project(zone, f"87000000{number}{at}")
    with CaptureQueriesContext(connection) as caught:
        a_thing(RESPONSIBILITIES, reach("an"), zone=zone, board=QUANG_NGAI, starts=date(2026, 1, 1))
    assert books(Project.objects.filter(zone=zone).latest("pk")) == {QUANG_NGAI}
    return len(caught)


def test_a_zone_goes_over_in_as_many_queries_whatever_is_in_it_and_its_movements_say_whose_they_are() -> None:
    assert handed_over(2) == handed_over(4)
    assert nothing_is_amiss()
