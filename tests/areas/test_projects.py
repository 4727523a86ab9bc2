from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from factories import HAI_PHONG, reach
from register_samples import a_thing, values_for
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.movements import moved_by, standing
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.projects.models import CertificateEvent, Project
from sokhu.areas.projects.moving import PROJECTS as MOVING
from sokhu.areas.projects.registry import (
    ENTERPRISES,
    EVENTS,
    INVESTORS,
    PROJECT_ENTERPRISES,
    PROJECT_INVESTORS,
    PROJECTS,
    REPORTS,
)
from sokhu.areas.territory.queries import SYSTEM
from sokhu.areas.zones.registry import ZONES
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.core.problems import Problem, Problems
from sokhu.kit.registers.actions import Doubtful, change, create, remove
from sokhu.kit.registers.history import history
from sokhu.kit.registers.pointing import Pointed
from sokhu.kit.registers.values import read
from sokhu.kit.sealing.queries import head, verify

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
MILLION = 10**6
ISSUED = date(2024, 3, 1)


def a_project(**given: Any) -> Project:
    values = {"name": "Nhà máy bo mạch", "code": "0331325268", "ownership": "FDI", "country": "JP", "sector": "26"}
    project: Project = a_thing(PROJECTS, reach("an"), **values | {"is_infrastructure": False} | given)
    return project


def an_event(project: Project, kind: str, day: date, **given: Any) -> CertificateEvent:
    event: CertificateEvent = create(EVENTS, reach("an"), {"project": project, "kind": kind, "day": day, **given})
    return event


def issued(**given: Any) -> Project:
    project = a_project(**given)
    an_event(project, "issue", ISSUED, usd_up=20 * MILLION)
    return again(project)


def again(project: Project) -> Project:
    return Project.objects.select_related("zone", "zone_now").get(pk=project.pk)


def flows(project: Project) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for one in moved_by("projects", project.pk):
        if one.indicator not in ("projects_valid", "capital_registered_total"):
            key = one.indicator, one.day.year
            found[key] = found.get(key, 0) + one.amount
    return found


def test_a_first_certificate_reads_what_the_project_says_and_counts_in_its_zone():
    project = issued(term_years=50)
    assert (project.status, project.capital_usd, project.capital_vnd) == ("valid", 20 * MILLION, None)
    assert (project.began, project.term_ends) == (ISSUED, date(2074, 2, 28))
    (new,) = [one for one in moved_by("projects", project.pk) if one.indicator == "capital_new"]
    assert (new.place, new.owner, new.ownership, new.country, new.sector, new.currency, new.amount) == (
        project.zone.place,
        HAI_PHONG,
        "FDI",
        "JP",
        "26",
        "USD",
        20 * MILLION,
    )


def test_an_event_changes_project_and_movements_in_the_same_sealed_batch():
    project = issued()
    event = an_event(project, "adjust", date(2025, 6, 1), usd_up=5 * MILLION, name="Nhà máy bo mạch Hải Phòng")
    project = again(project)
    assert project.version == event.version == head()[0]
    assert (project.name_now, project.capital_usd) == ("Nhà máy bo mạch Hải Phòng", 25 * MILLION)
    assert set(Movement.objects.filter(source=event.pk).values_list("since", flat=True)) == {event.version}
    assert [one.field for one in history(PROJECTS, project.pk)[0].differences] == [
        "name_now",
        "capital_usd",
        "last_event",
    ]
    assert verify().broken is None


def test_a_late_event_counts_at_once_and_the_past_stays_known():
    project = issued()
    an_event(project, "adjust", date(2025, 6, 1), usd_down=5 * MILLION)
    known = head()[0]
    an_event(project, "adjust", date(2024, 9, 1), usd_up=10 * MILLION)
    assert again(project).capital_usd == 25 * MILLION
    assert flows(project)["capital_added", 2024] == 10 * MILLION
    then = standing(known).filter(thing=project.pk, indicator="capital_added")
    assert not then.exists()


def test_a_corrected_event_replaces_its_movements():
    project = issued()
    event = an_event(project, "adjust", date(2025, 6, 1), usd_up=5 * MILLION)
    change(EVENTS, reach("an"), event.pk, {"usd_up": 7 * MILLION}, reason="ghi nhầm")
    assert flows(project)["capital_added", 2025] == 7 * MILLION
    assert again(project).capital_usd == 27 * MILLION


def test_a_removed_event_and_a_removed_project_move_nothing():
    project = issued()
    event = an_event(project, "adjust", date(2025, 6, 1), usd_up=5 * MILLION)
    remove(EVENTS, reach("an"), event.pk, reason="ghi nhầm dự án")
    assert again(project).capital_usd == 20 * MILLION
    assert ("capital_added", 2025) not in flows(project)
    remove(PROJECTS, reach("an"), project.pk, reason="ghi trùng")
    assert moved_by("projects", project.pk) == []


def test_an_event_that_cannot_be_is_refused_with_project_and_day_and_leaves_no_trace():
    project = issued()
    before = head()
    with pytest.raises(Problems) as told:
        an_event(project, "adjust", date(2025, 6, 1), usd_down=30 * MILLION)
    (problem,) = told.value.problems
    assert (problem.code, problem.where) == ("certificates.below_zero", "0331325268 · 01/06/2025")
    assert head() == before
    assert CertificateEvent.objects.filter(project=project).count() == 1


def test_a_correction_that_makes_a_later_event_impossible_is_refused():
    project = issued()
    event = an_event(project, "adjust", date(2025, 1, 1), usd_up=10 * MILLION)
    an_event(project, "adjust", date(2025, 6, 1), usd_down=25 * MILLION)
    with pytest.raises(Problems, match=r"certificates\.below_zero"):
        remove(EVENTS, reach("an"), event.pk, reason="thử")
    assert again(project).capital_usd == 5 * MILLION


@pytest.mark.parametrize(("total", "direction"), [(26, "usd_up"), (12, "usd_down")])
def test_where_only_the_new_total_is_given_the_change_follows_from_it(total: int, direction: str):
    project = issued()
    event = an_event(project, "adjust", date(2025, 6, 1), usd_total=total * MILLION)
    assert getattr(event, direction) == abs(total - 20) * MILLION
    assert again(project).capital_usd == total * MILLION


def test_a_suspension_changes_no_capital():
    project = issued()
    with pytest.raises(Problems, match=r"register\.not_of_kind at Vốn tăng"):
        an_event(project, "suspend", date(2025, 6, 1), usd_up=MILLION)


def test_a_move_takes_the_project_to_another_zone_with_all_its_capital():
    project = issued()
    other = a_thing(ZONES, reach("an"))
    an_event(project, "move", date(2025, 6, 1), zone=other)
    moved = again(project)
    assert (moved.zone_now, moved.zone) == (other, project.zone)
    stock = standing().filter(thing=project.pk, indicator="capital_registered_total")
    by_place: dict[str, int] = {}
    for one in stock:
        by_place[one.place] = by_place.get(one.place, 0) + one.amount
    assert by_place == {project.zone.place: 0, other.place: 20 * MILLION}


def test_a_project_without_a_certificate_says_so_and_is_in_no_figure():
    project = a_project()
    assert (again(project).status, moved_by("projects", project.pk)) == ("none", [])


def test_a_termination_and_a_partial_one():
    project = issued()
    an_event(project, "terminate_part", date(2025, 1, 1), usd_down=5 * MILLION)
    an_event(project, "terminate", date(2025, 6, 1), summary="Nhà đầu tư tự chấm dứt")
    assert again(project).status == "terminated"
    assert flows(project)["capital_revoked", 2025] == 20 * MILLION


def test_a_project_that_was_there_before_the_book_is_no_new_project():
    project = a_project(code="", legacy_code="21221.000207")
    an_event(project, "review", date(2024, 1, 1), usd_total=9 * MILLION, certified=date(2009, 5, 4))
    assert again(project).began == date(2009, 5, 4)
    assert set(flows(project)) == {("projects_corrected", 2024), ("capital_corrected", 2024)}


def test_what_the_project_reads_first_can_be_set_right_and_its_figures_follow():
    project = issued(ownership="DDI", country="")
    change(PROJECTS, reach("an"), project.pk, {"ownership": "FDI", "country": "KR"}, reason="xếp lại")
    assert {one.ownership for one in moved_by("projects", project.pk)} == {"FDI"}
    assert again(project).ownership_now == "FDI"


def test_an_event_received_after_its_day_is_refused():
    project = a_project()
    with pytest.raises(Problem, match=r"projects\.received_after"):
        an_event(project, "issue", ISSUED, usd_up=MILLION, received=date(2024, 3, 2))


def test_a_project_is_pointed_at_by_its_code_as_well_as_by_its_name():
    project, other = issued(), a_project(name="Nhà máy bo mạch", code="0331325269")
    pointed = Pointed(EVENTS.field("project"), reach("an"))
    assert pointed.found("0331325268", {}) == project
    assert pointed.found("0331325269", {}) == other
    with pytest.raises(Problem, match=r"register\.several_called"):
        pointed.found("Nhà máy bo mạch", {})


def test_a_project_reads_the_enterprise_that_carries_it_out_now():
    project = a_project()
    former, now = (a_thing(ENTERPRISES, reach("an"), name=name) for name in ("Công ty Một", "Công ty Hai"))
    first = a_thing(PROJECT_ENTERPRISES, reach("an"), project=project, enterprise=former, starts=ISSUED)
    assert again(project).enterprise_now == former
    change(PROJECT_ENTERPRISES, reach("an"), first.pk, {"ends": date(2025, 1, 1)}, reason="sáp nhập")
    second = a_thing(PROJECT_ENTERPRISES, reach("an"), project=project, enterprise=now, starts=date(2025, 1, 2))
    assert again(project).enterprise_now == now
    remove(PROJECT_ENTERPRISES, reach("an"), second.pk, reason="nhầm")
    assert again(project).enterprise_now == former


def test_movements_made_again_from_the_events_are_those_that_stand():
    project = issued()
    an_event(project, "adjust", date(2025, 6, 1), usd_up=5 * MILLION)
    a_project(name="Dự án khác", code="")
    again_made = [one for thing, one in MOVING.moved() if thing == project.pk]
    assert sorted(again_made, key=repr) == sorted(moved_by("projects", project.pk), key=repr)
    assert MOVING.titles([project.pk]) == {project.pk: "Nhà máy bo mạch"}


def test_a_figure_of_a_complete_register_follows_from_the_events_right_at_once():
    project = a_project()
    an_event(project, "issue", date(2026, 3, 1), usd_up=20 * MILLION)
    _catalogue.cache_clear()  # moments of another test's book, without this zone
    declare_complete(reach("binh"), HAI_PHONG, "projects", date(2026, 1, 1), "đã đối chiếu xong")
    assert asked(project, "capital_new") == 20 * MILLION
    event = an_event(project, "adjust", date(2026, 5, 6), usd_up=5 * MILLION)
    assert (asked(project, "capital_added"), asked(project, "capital_registered_total")) == (5 * MILLION, 25 * MILLION)
    remove(EVENTS, reach("an"), event.pk, reason="ghi nhầm")
    assert (asked(project, "capital_added"), asked(project, "projects_valid")) == (0, MILLION)


def asked(project: Project, indicator: str) -> int | None:
    """What the zone of a project comes to in the first half of 2026, of foreign investment."""
    currency = "USD" if indicator.startswith("capital") else ""
    question = Question(indicator, project.zone.place, named("2026-H1"), ownership="FDI", currency=currency)
    return answer(SYSTEM, question).amount


def test_an_event_that_is_yet_to_come_is_refused(book: None) -> None:
    with pytest.raises(Problem) as told:
        a_thing(EVENTS, reach("an"), day=timezone.localdate() + timedelta(days=1))
    assert told.value.code == "projects.event_ahead"


def test_investors_of_two_countries_share_the_capital_and_the_larger_one_has_the_project() -> None:
    project = issued(country="")
    for country, share in (("KR", 30), ("JP", 70)):
        investor = a_thing(INVESTORS, reach("an"), country=country)
        values = {"project": project, "investor": investor, "share": share * MILLION}
        create(PROJECT_INVESTORS, reach("an"), values)
    by_country = {
        (one.indicator, one.country): one.amount
        for one in moved_by("projects", project.pk)
        if one.indicator in ("projects_new", "capital_new")
    }
    assert by_country == {
        ("projects_new", "JP"): MILLION, ("capital_new", "JP"): 14 * MILLION, ("capital_new", "KR"): 6 * MILLION,
    }  # fmt: skip
    assert again(project).country_now == "JP"
    change(INVESTORS, reach("an"), investor.pk, {"country": "SG"}, reason="sai nước")
    capital = {one.country for one in moved_by("projects", project.pk) if one.indicator == "capital_new"}
    assert capital == {"SG", "KR"}
    assert list(movements_checked()) == []


def a_report(project: Project, year: int, quarter: str, **given: Any) -> Any:
    return create(
        REPORTS, reach("an"), {"project": project, "year": year, "quarter": quarter, "currency": "USD", **given}
    )


def test_a_report_of_a_period_that_is_yet_to_come_or_before_the_certificate_is_refused() -> None:
    project, ahead = issued(), timezone.localdate() + timedelta(days=100)
    for year, quarter, code in [
        (ahead.year, str((ahead.month + 2) // 3), "projects.report_ahead"),
        (ahead.year + 1, "0", "projects.report_ahead"),
        (99_999_999, "0", "projects.report_ahead"),
        (0, "1", "projects.report_ahead"),
        (2023, "4", "projects.report_before_certificate"),
        (2023, "0", "projects.report_before_certificate"),
    ]:
        with pytest.raises(Problem) as told:
            a_report(project, year, quarter)
        assert (told.value.code, told.value.where) == (code, "Năm")
    a_report(project, 2024, "1")
    a_report(project, 2024, "0")


def test_a_report_that_says_what_can_hardly_be_is_doubted_at_the_amount() -> None:
    project = issued()
    values = {"project": project, "year": 2025, "quarter": "2", "currency": "USD"}
    unlikely = values | {"revenue_a": 30_000 * MILLION, "revenue_b": 20 * MILLION, "reinvested_c": 31 * MILLION}
    with pytest.raises(Doubtful) as told:
        create(REPORTS, reach("an"), unlikely, is_sure=False)
    assert {(one.code, one.where) for one in told.value.problems} == {
        ("projects.over_year_to_date", "Doanh thu thuần, trong kỳ (triệu)"),
        ("projects.revenue_over_registered", "Doanh thu thuần, trong kỳ (triệu)"),
        ("projects.over_registered", "Lợi nhuận tái đầu tư, từ khi cấp phép (triệu)"),
    }
    create(REPORTS, reach("an"), unlikely)


def test_a_new_total_alone_in_a_correction_makes_the_change_follow_from_it_anew() -> None:
    project = issued()
    event = an_event(project, "adjust", date(2025, 6, 1), usd_total=23 * MILLION)
    change(EVENTS, reach("an"), event.pk, {"usd_total": 15 * MILLION}, reason="ghi nhầm", is_sure=False)
    event.refresh_from_db()
    assert (event.usd_up, event.usd_down, again(project).capital_usd) == (None, 5 * MILLION, 15 * MILLION)
    values = {"usd_total": 40 * MILLION, "usd_up": 3 * MILLION, "usd_down": None}
    with pytest.raises(Doubtful):
        change(EVENTS, reach("an"), event.pk, values, reason="thử", is_sure=False)


def doubted(register: Any, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Doubtful) as told:
        create(register, reach("an"), values_for(register, reach("an"), **given), is_sure=False)
    return [(one.code, one.where) for one in told.value.problems]


@pytest.mark.parametrize("code", ["123", "12345678901", "33-24", "O331325268"])
def test_a_code_unlike_those_of_the_national_system_is_doubted(code: str) -> None:
    assert doubted(PROJECTS, code=code) == [("projects.not_a_project_code", "Mã dự án (hệ thống quốc gia)")]


def test_more_land_than_the_zone_has_is_doubted_of_a_project_and_of_its_events() -> None:
    zone = a_thing(ZONES, reach("an"), area=100 * MILLION)
    assert doubted(PROJECTS, zone=zone, land=101 * MILLION) == [("projects.land_over_zone", "Diện tích đất (ha)")]
    project = issued(zone=zone, land=100 * MILLION)
    event = {"project": project, "kind": "adjust", "day": date(2025, 6, 1), "land": 101 * MILLION}
    assert doubted(EVENTS, **event) == [("projects.land_over_zone", "Diện tích đất mới (ha)")]


def test_a_tax_code_of_another_enterprise_of_the_book_is_doubted_by_its_name() -> None:
    first = a_thing(ENTERPRISES, reach("an"), name="Công ty Một", tax_code="0201234567")
    assert doubted(ENTERPRISES, name="Công ty Hai", tax_code="0201234567") == [
        ("projects.tax_code_of_another", "Mã số thuế")
    ]
    change(ENTERPRISES, reach("an"), first.pk, {"note": "xem"}, reason="thử", is_sure=False)
    a_thing(ENTERPRISES, reach("chi"), name="Công ty Ba", tax_code="0201234567")
    remove(ENTERPRISES, reach("an"), first.pk, reason="ghi nhầm")
    create(
        ENTERPRISES, reach("an"), {"name": "Công ty Hai", "tax_code": "0201234567", "form": "limited"}, is_sure=False
    )


def test_a_share_over_all_of_it_is_refused() -> None:
    with pytest.raises(Problem) as told:
        read(PROJECT_INVESTORS.field("share"), "100,5")
    assert (told.value.code, told.value.where) == ("register.too_high", "Tỷ lệ góp (%)")
    assert read(PROJECT_INVESTORS.field("share"), "100") == 100 * MILLION
    with pytest.raises(Problem, match=r"register\.too_high"):
        a_thing(PROJECT_INVESTORS, reach("an"), share=101 * MILLION)
