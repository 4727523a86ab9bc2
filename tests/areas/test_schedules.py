"""What milestones say is a figure of the register: entered, set right, taken out, and moved with the project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import reach
from register_samples import a_thing
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.at_least import at_least
from sokhu.areas.ledger.behind_derived import path_to
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.ledger.registers import Gap, register_of
from sokhu.areas.projects.models import Project
from sokhu.areas.projects.registry import EVENTS, MILESTONES, PROJECTS
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import ZONES
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import Doubtful, change, create, remove

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]


@pytest.fixture
def zone() -> Zone:
    made: Zone = a_thing(ZONES, reach("an"), name="KCN Tiến Độ", kind="KCN", province="province/hai-phong-2025")
    return made


def a_project(zone: Zone, code: str) -> Project:
    values = {"zone": zone, "name": f"Nhà máy {code}", "code": code, "ownership": "FDI", "country": "JP"}
    project: Project = create(PROJECTS, reach("an"), values)
    create(EVENTS, reach("an"), {"project": project, "kind": "issue", "day": date(2025, 3, 1), "usd_up": 5})
    return project


def a_milestone(project: Project, kind: str, planned: date, actual: date | None = None) -> Any:
    return create(MILESTONES, reach("an"), {"project": project, "kind": kind, "planned": planned, "actual": actual})


def declare_both() -> None:
    for register in ("projects", MILESTONES.code):
        declare_complete(reach("binh"), "board/hai-phong-2025", register, date(2026, 1, 1), "đã nhập đủ")


def told(place: str, code: str, period: str = "2026-06", ownership: str = "") -> int | None:
    amount = answer(reach("an"), Question(f"projects_{code}", place, named(period), ownership=ownership)).amount
    return None if amount is None else amount // 10**6


def test_projects_by_where_they_stand_add_up_to_the_valid_ones_of_zone_and_province(zone: Zone) -> None:
    waiting, built, running = (a_project(zone, f"87000000{number}") for number in (51, 52, 53))
    a_milestone(waiting, "construction", date(2026, 5, 1))
    a_milestone(built, "construction", date(2026, 4, 1), date(2026, 4, 20))
    operation = a_milestone(running, "operation", date(2026, 3, 1), date(2026, 2, 3))
    assert told(zone.place, "operating") is None
    declare_both()
    for place in (zone.place, "board/hai-phong-2025"):
        stages = [told(place, code) for code in ("not_started", "under_construction", "operating", "valid")]
        assert stages == [1, 1, 1, 3]
    assert [told(zone.place, "delayed", period) for period in ("2026-03", "2026-04", "2026-06")] == [0, 0, 1]
    assert [told(zone.place, "started_operation", period) for period in ("2026-02", "2026-H1", "2026-07")] == [1, 1, 0]
    assert (told(zone.place, "operating", ownership="FDI"), told(zone.place, "operating", ownership="DDI")) == (1, 0)
    change(MILESTONES, reach("an"), operation.pk, {"actual": None}, reason="chưa chạy thử")
    assert [told(zone.place, code) for code in ("not_started", "operating", "delayed")] == [2, 0, 2]
    remove(MILESTONES, reach("an"), operation.pk, reason="nhập nhầm")
    assert [told(zone.place, code) for code in ("not_started", "operating", "delayed")] == [2, 0, 1]


def test_the_path_leads_to_the_project_and_what_was_made_again_is_what_stands(zone: Zone) -> None:
    project = a_project(zone, "8700000061")
    a_milestone(project, "operation", date(2026, 3, 1), date(2026, 2, 3))
    declare_both()
    question = Question("projects_operating", zone.place, named("2026-06"), ownership="FDI")
    (fact,) = answer(reach("an"), question).facts
    assert [(step.title, step.day, step.amount) for step in path_to(fact).steps] == [
        (project.name, date(2026, 2, 3), 10**6)
    ]
    assert list(movements_checked()) == []


def test_a_book_says_which_valid_projects_have_no_milestone_yet(zone: Zone) -> None:
    before = _gap()
    a_milestone(a_project(zone, "8700000071"), "operation", date(2026, 3, 1))
    a_project(zone, "8700000072")
    after = _gap()
    assert (after.count - before.count, after.of - before.of) == (1, 2)


def _gap() -> Gap:
    (gap,) = register_of(MILESTONES.code).gaps("board/hai-phong-2025")
    return gap


def test_a_milestone_is_reached_by_today_and_one_from_before_the_certificate_is_asked_about(zone: Zone) -> None:
    project = Project.objects.get(pk=a_project(zone, "8700000081").pk)
    with pytest.raises(Problem, match=r"projects\.milestone_ahead"):
        a_milestone(project, "operation", date(2026, 3, 1), date(2999, 1, 1))
    values = {"project": project, "kind": "operation", "planned": date(2026, 3, 1), "actual": date(2016, 2, 3)}
    with pytest.raises(Doubtful) as told:
        create(MILESTONES, reach("an"), values, is_sure=False)
    assert [one.code for one in told.value.problems] == ["projects.milestone_before_certificate"]
    create(MILESTONES, reach("an"), values)


def test_what_may_come_to_less_is_never_told_as_at_least(zone: Zone) -> None:
    a_milestone(a_project(zone, "8700000091"), "construction", date(2026, 3, 1), date(2026, 3, 3))
    codes = [f"projects_{code}" for code in ("not_started", "under_construction", "operating", "delayed", "valid")]
    told = at_least(reach("an"), [zone.place], named("2026-06"), codes)
    assert {code for code, _ownership, _currency in told} == {"projects_valid"}
