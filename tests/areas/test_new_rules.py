"""A book that another version filled follows the rules of this one after an upgrade, once, and in the chain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from factories import reach
from register_samples import a_thing
from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.ledger.new_rules import FILE, follow_new_rules
from sokhu.areas.projects.models import Project
from sokhu.areas.projects.registry import EVENTS, PROJECTS
from sokhu.areas.zones.registry import PLOTS, ZONES
from sokhu.kit.registers.actions import create
from sokhu.kit.sealing.queries import head, verify

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]


@pytest.fixture
def project() -> Project:
    """A project and a plot of which milestones and vacant land do not follow yet."""
    zone = a_thing(ZONES, reach("an"), name="KCN Sổ Cũ", kind="KCN", province="province/hai-phong-2025")
    create(PLOTS, reach("an"), {"zone": zone, "code": "A1", "area": 10**7, "ready": date(2026, 2, 1)})
    made: Project = create(PROJECTS, reach("an"), {"zone": zone, "name": "Nhà máy", "code": "8700000001"})
    create(EVENTS, reach("an"), {"project": made, "kind": "issue", "day": date(2025, 3, 1), "usd_up": 5})
    Movement.objects.filter(register__in=["milestones", "plots"]).delete()
    return made


def test_an_older_book_is_counted_anew_once_and_its_things_stay_as_they_are(project: Project, tmp_path: Path) -> None:
    before = head()[0]
    values = PROJECTS.values(Project.objects.get(pk=project.pk))
    assert {one.register for one in movements_checked()} == {"milestones", "plots"}
    assert follow_new_rules(tmp_path, is_new=False) == 2
    assert list(movements_checked()) == []
    assert Movement.objects.filter(register="milestones", thing=project.pk, since__gt=before).exists()
    assert PROJECTS.values(Project.objects.get(pk=project.pk)) == values
    assert verify().broken is None
    sealed = head()[0]
    assert follow_new_rules(tmp_path, is_new=False) == 0
    assert head()[0] == sealed


def test_rules_that_a_book_follows_are_not_looked_at_again_and_a_new_book_follows_them(
    project: Project, tmp_path: Path
) -> None:
    assert follow_new_rules(tmp_path, is_new=True) == 0
    assert follow_new_rules(tmp_path, is_new=False) == 0
    (tmp_path / FILE).write_text("rules of another version")
    assert follow_new_rules(tmp_path, is_new=False) == 2
