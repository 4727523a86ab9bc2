"""A project's page: its life, where it stands, its figures; and the page on which entries of one firm are merged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from register_samples import a_thing
from sokhu.areas.accounts.models import User
from sokhu.areas.calendar.registry import WORKING_DAYS
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.projects.models import CertificateEvent, Enterprise, Project
from sokhu.areas.projects.registry import (
    ENTERPRISES,
    EVENTS,
    INVESTORS,
    MILESTONES,
    PROJECT_INVESTORS,
    PROJECTS,
    REPORTS,
)
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.kit.registers.actions import create
from sokhu.web.pages.registers.cells import url_of
from web.conftest import Login
from web.steps import MINISTRY, OFFICER, STRANGER, pasted, said

pytestmark = pytest.mark.usefixtures("book")
MILLION = 10**6


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


@pytest.fixture
def project(an: Reach) -> Project:
    made: Project = a_thing(
        PROJECTS, an, name="Nhà máy bo mạch", code="0331325268", ownership="FDI", country="JP", sector="26"
    )
    an_event(an, made, "issue", date(2019, 3, 4), usd_up=40 * MILLION, number="0331325268")
    _catalogue.cache_clear()  # moments of another test's book, without this zone
    return made


def an_event(an: Reach, project: Project, kind: str, day: date, **given: Any) -> CertificateEvent:
    event: CertificateEvent = create(EVENTS, an, {"project": project, "kind": kind, "day": day, **given})
    return event


def test_a_project_of_three_events_is_entered_by_forms(officer: Client, an: Reach) -> None:
    zone = a_thing(PROJECTS, an).zone
    form = {"zone": str(zone.pk), "name": "Nhà máy Hoa Sen", "code": "0399999999", "ownership": "FDI", "country": "JP"}
    made = officer.post(reverse("thing_new", args=[PROJECTS.code]), form)
    assert made.status_code == 302, said(made)
    project = Project.objects.get(code="0399999999")
    for typed in (
        {"kind": "issue", "day": "04/03/2024", "usd_up": "40"},
        {"kind": "adjust", "day": "22/11/2024", "usd_total": "65"},
        {"kind": "suspend", "day": "01/06/2025"},
    ):
        sent = officer.post(reverse("thing_new", args=[EVENTS.code]), {"project": str(project.pk), **typed})
        assert sent.status_code == 302, said(sent)
    project.refresh_from_db()
    assert (project.status, project.capital_usd) == ("suspended", 65 * MILLION)
    page = said(officer.get(url_of(project)))
    assert "65 triệu USD" in page
    assert "+25 triệu USD" in page
    assert sent["Location"] == f"{url_of(project)}#{EVENTS.code}"
    last = CertificateEvent.objects.get(project=project, kind="suspend")
    page = said(officer.get(url_of(last)))
    assert "Vốn đăng ký sau sự kiện này: <b>65 triệu USD</b>" in page
    assert f"{url_of(project)}#vong-doi" in page


def test_the_page_tells_before_and_after_of_every_event(officer: Client, an: Reach, project: Project) -> None:
    an_event(an, project, "adjust", date(2020, 8, 3), name="Nhà máy linh kiện", usd_down=10 * MILLION)
    page = said(officer.get(url_of(project)))
    assert "<del>Nhà máy bo mạch</del> → <ins>Nhà máy linh kiện</ins>" in page
    assert "−10 triệu USD" in page
    assert "30 triệu USD" in page


def test_the_page_warns_of_a_total_that_the_events_do_not_reach(officer: Client, an: Reach, project: Project) -> None:
    an_event(an, project, "adjust", date(2020, 8, 3), usd_up=5 * MILLION, usd_total=50 * MILLION)
    assert "ghi tổng 50 triệu USD, cộng các sự kiện được 45 triệu USD" in said(officer.get(url_of(project)))


def test_the_page_counts_statutory_days_and_says_what_was_late(officer: Client, an: Reach, project: Project) -> None:
    late = {"received": date(2026, 6, 1), "procedure": "adjust"}
    an_event(an, project, "adjust", date(2026, 6, 15), usd_up=MILLION, **late)
    page = said(officer.get(url_of(project)))
    assert "Nhận 01/06/2026, hạn 7 ngày: 10/06/2026" in page
    assert "quá hạn" in page
    ministry = reach_of(User.objects.get(username=MINISTRY), timezone.localdate())
    a_thing(WORKING_DAYS, ministry, day=date(2026, 6, 5), kind="off")
    assert "Nhận 01/06/2026, hạn 7 ngày: 11/06/2026" in said(officer.get(url_of(project)))


def test_the_page_holds_implemented_against_registered_capital(officer: Client, an: Reach, project: Project) -> None:
    common = {"project": project, "year": 2026, "currency": "USD"}
    create(REPORTS, an, {**common, "quarter": "1", "reinvested_a": MILLION, "reinvested_c": 9 * MILLION})
    create(REPORTS, an, {**common, "quarter": "2", "reinvested_a": MILLION, "reinvested_c": 12 * MILLION})
    page = said(officer.get(url_of(project)))
    assert "đã thực hiện 12 triệu USD, 30%" in page
    assert "quý II/2026: Vốn thực hiện: từ khi cấp phép ghi 12, trong khi kỳ trước cộng kỳ này là 10" in page


def test_the_page_lists_a_milestone_that_is_past_as_due(officer: Client, an: Reach, project: Project) -> None:
    create(MILESTONES, an, {"project": project, "kind": "operation", "planned": date(2021, 6, 1)})
    page = said(officer.get(url_of(project)))
    assert "Mốc tiến độ: đi vào hoạt động" in page
    assert "chậm tiến độ" in page


def test_the_page_says_where_investors_and_ownership_disagree(officer: Client, an: Reach) -> None:
    project = a_thing(PROJECTS, an, ownership="DDI")
    an_event(an, project, "issue", date(2024, 3, 4), vnd_up=MILLION)
    foreign = a_thing(INVESTORS, an, country="KR")
    create(PROJECT_INVESTORS, an, {"project": project, "investor": foreign, "share": 10 * MILLION})
    assert "theo nhà đầu tư đã ghi thì là FDI: có nhà đầu tư nước ngoài" in said(officer.get(url_of(project)))


def test_a_scan_that_an_event_names_is_opened_from_it(officer: Client, an: Reach, project: Project) -> None:
    document = pasted(officer, "Giấy chứng nhận điều chỉnh lần 1.")
    an_event(an, project, "adjust", date(2020, 8, 3), name="Nhà máy A", document=str(document.pk))
    an_event(an, project, "adjust", date(2020, 9, 3), name="Nhà máy B", document="không có")
    page = said(officer.get(url_of(project)))
    assert page.count(">bản quét</a>") == 1
    assert reverse("document", args=[document.pk]) in page


def test_the_page_asks_as_often_for_one_event_as_for_many(officer: Client, an: Reach, project: Project) -> None:
    def questions() -> int:
        officer.get(url_of(project))
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(url_of(project)).status_code == 200
        return len(caught)

    an_event(an, project, "adjust", date(2020, 1, 1), usd_up=MILLION)
    few = questions()
    for month in range(2, 12):
        an_event(an, project, "adjust", date(2020, month, 1), usd_up=MILLION, name=f"Tên {month}")
    assert questions() == few


def two_firms(an: Reach) -> tuple[Enterprise, Enterprise]:
    names = "Công ty TNHH Điện tử Hoa Sen", "CTY DIEN TU HOA SEN"
    one, other = (a_thing(ENTERPRISES, an, name=name) for name in names)
    return one, other


def test_entries_of_one_firm_are_merged_and_taken_apart_by_forms(officer: Client, an: Reach) -> None:
    one, other = two_firms(an)
    address = reverse("register_duplicates", args=[ENTERPRISES.code])
    assert "cùng tên khi bỏ loại hình và dấu" in said(officer.get(address))
    sent = {"keep": str(one.pk), "pair": [str(one.pk), str(other.pk)], "reason": "cùng một doanh nghiệp"}
    officer.post(reverse("register_merge", args=[ENTERPRISES.code]), sent)
    other.refresh_from_db()
    assert other.merged_into == one
    assert "<del>CTY DIEN TU HOA SEN</del>" in said(officer.get(address))
    officer.post(reverse("register_take_apart", args=[ENTERPRISES.code, other.pk]), {"reason": "hai doanh nghiệp"})
    other.refresh_from_db()
    assert (other.merged_into, other.is_gone) == (None, False)


def test_two_firms_that_look_alike_are_kept_as_two_by_a_click_and_asked_about_again(officer: Client, an: Reach) -> None:
    one, other = two_firms(an)
    address, keep = (reverse(name, args=[ENTERPRISES.code]) for name in ("register_duplicates", "register_two"))
    pair = {"pair": [str(one.pk), str(other.pk)]}
    officer.post(keep, pair)
    page = said(officer.get(address))
    assert f"{one.name} ≠ {other.name}" in page or f"{other.name} ≠ {one.name}" in page
    assert "Gộp làm một" not in page
    officer.post(keep, pair | {"again": "1"})
    assert "Gộp làm một" in said(officer.get(address))
    for nonsense in ({}, {"pair": "x"}, {"pair": [str(one.pk)] * 3}):
        assert 'role="' in said(officer.post(keep, nonsense, follow=True))


def test_a_merger_without_a_reason_or_with_a_wrong_id_is_refused_with_a_sentence(officer: Client, an: Reach) -> None:
    one, other = two_firms(an)
    for sent in ({"keep": str(one.pk), "pair": [str(one.pk), str(other.pk)]}, {"keep": "x", "pair": "y"}):
        answer = officer.post(reverse("register_merge", args=[ENTERPRISES.code]), sent, follow=True)
        assert 'role="' in said(answer)
        other.refresh_from_db()
        assert other.merged_into is None


def test_another_board_sees_no_pairs_and_merges_none(logged_in: Login, an: Reach) -> None:
    one, other = two_firms(an)
    chi = logged_in(STRANGER)
    assert "Hoa Sen" not in said(chi.get(reverse("register_duplicates", args=[ENTERPRISES.code])))
    sent = {"keep": str(one.pk), "pair": [str(one.pk), str(other.pk)], "reason": "x"}
    chi.post(reverse("register_merge", args=[ENTERPRISES.code]), sent)
    other.refresh_from_db()
    assert other.merged_into is None


def test_only_registers_of_firms_have_a_page_of_duplicates(officer: Client) -> None:
    assert officer.get(reverse("register_duplicates", args=[PROJECTS.code])).status_code == 404


def test_what_projects_reported_is_summed_up_with_how_many_are_missing_and_the_reports_behind(
    officer: Client, an: Reach, project: Project
) -> None:
    report = create(REPORTS, an, {"project": project, "year": 2024, "quarter": "1", "currency": "USD", "revenue_a": 5})
    asked = {"noi": project.zone.place, "ky": "2024-Q1"}
    page = said(officer.get(reverse("implemented"), asked))
    assert url_of(report) in page
    assert "Doanh thu" in page
    half = said(officer.get(reverse("implemented"), asked | {"ky": "2024-H1"}))
    assert "ít nhất" in half
    assert "còn 1 dự án chưa báo cáo" in half
    assert officer.get(reverse("implemented"), asked | {"ky": "2024-02"}).status_code == 422
