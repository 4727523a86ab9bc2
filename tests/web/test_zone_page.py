"""The page of a zone: what a head opens in a meeting."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register_samples import a_thing
from sokhu.areas.accounts.models import User
from sokhu.areas.findings.actions import refresh_for
from sokhu.areas.findings.models import Finding
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.areas.zones.models import LandUse, Zone
from sokhu.areas.zones.registry import DECISIONS, LAND_USES, LEASES, PHASES, PLOTS, STAGES, ZONES
from sokhu.kit.registers.actions import change
from sokhu.web.pages.registers.cells import url_of
from web.conftest import Login
from web.steps import OFFICER, STRANGER, pasted, said

pytestmark = pytest.mark.usefixtures("book")
HA = 1_000_000


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


@pytest.fixture
def zone(an: Reach) -> Zone:
    made: Zone = a_thing(ZONES, an, name="KCN Cửa Sông", province="province/hai-phong-2025")
    return made


def planned(zone: Zone, an: Reach, *, industrial: int, roads: int, total: int) -> None:
    plan = a_thing(DECISIONS, an, zone=zone, kind="detailed_plan", day=date(2020, 1, 2), area=total * HA)
    for use, area in (("industrial", industrial), ("roads", roads)):
        a_thing(LAND_USES, an, zone=zone, plan=plan, use=use, area=area * HA)


def let(zone: Zone, an: Reach, area: int) -> None:
    plot = a_thing(PLOTS, an, zone=zone, area=area * HA)
    a_thing(LEASES, an, zone=zone, plot=plot, area=area * HA, starts=date(2021, 1, 1), lessee="Bên thuê kín tiếng")


def test_occupancy_is_land_let_of_industrial_land(zone: Zone, an: Reach, officer: Client) -> None:
    planned(zone, an, industrial=80, roads=20, total=100)
    let(zone, an, 20)
    page = said(officer.get(url_of(zone)))
    assert "<b>25,00%</b>" in page
    assert "Các dòng không cộng đúng tổng" not in page


def test_a_balance_that_does_not_close_says_by_how_much(zone: Zone, an: Reach, officer: Client) -> None:
    planned(zone, an, industrial=80, roads=15, total=100)
    assert "Các dòng không cộng đúng tổng: chênh 5 ha." in said(officer.get(url_of(zone)))


def test_a_balance_that_was_put_right_is_reported_no_more_and_a_finding_says_what_its_day_is(
    zone: Zone, an: Reach, officer: Client
) -> None:
    planned(zone, an, industrial=80, roads=15, total=100)
    refresh_for(zone.owner)
    finding = Finding.objects.get(code="land_not_closed", place=zone.place)
    page = said(officer.get(url_of(zone)))
    assert reverse("finding", args=[finding.pk]) in page
    assert f"trả lời trước {finding.due:%d/%m/%Y}" in page
    roads = LandUse.objects.get(zone=zone, use="roads")
    change(LAND_USES, an, roads.pk, {"area": 18 * HA}, reason="ghi lại")
    page = said(officer.get(url_of(zone)))
    assert reverse("finding", args=[finding.pk]) not in page
    assert "chênh 2 ha" in page


def test_its_life_stands_on_one_line_with_the_scans_of_its_decisions(zone: Zone, an: Reach, officer: Client) -> None:
    paper = pasted(officer, "Quyết định thành lập khu công nghiệp Cửa Sông.")
    a_thing(DECISIONS, an, zone=zone, kind="establish", number="1/QĐ-TTg", day=date(2019, 5, 6), document=str(paper.pk))
    a_thing(STAGES, an, zone=zone, stage="operating", starts=date(2021, 7, 8))
    page = said(officer.get(url_of(zone)))
    assert page.index("08/07/2021") < page.index("06/05/2019")
    assert f'href="/tai-lieu/{paper.pk}/"' in page


def test_a_phase_that_is_late_is_to_be_looked_at(zone: Zone, an: Reach, officer: Client) -> None:
    a_thing(
        PHASES, an, zone=zone, name="Giai đoạn 1", planned_end=date(2024, 12, 31), starts=date(2023, 1, 1), ends=None
    )
    page = said(officer.get(url_of(zone)))
    assert "Việc cần xem" in page
    assert "chậm" in page


def test_a_stranger_sees_the_zone_and_none_of_its_leases(zone: Zone, an: Reach, logged_in: Login) -> None:
    planned(zone, an, industrial=80, roads=20, total=100)
    let(zone, an, 20)
    page = said(logged_in(STRANGER).get(url_of(zone)))
    assert "KCN Cửa Sông" in page
    assert "Bên thuê kín tiếng" not in page


def test_an_area_that_differs_from_its_decision_is_told(zone: Zone, an: Reach, officer: Client) -> None:
    a_thing(DECISIONS, an, zone=zone, number="12/QĐ-TTg", day=date(2023, 3, 15), area=320 * HA)
    change(ZONES, an, zone.pk, {"area": 325_500_000}, reason="đo lại")
    page = said(officer.get(url_of(zone)))
    assert "Hồ sơ khu ghi 325,5 ha, văn bản 12/QĐ-TTg ghi 320 ha" in page
    assert "Diện tích theo 12/QĐ-TTg" in page


def test_land_let_to_one_tenant_is_not_told_outside_the_board(zone: Zone, an: Reach, logged_in: Login) -> None:
    planned(zone, an, industrial=80, roads=20, total=100)
    let(zone, an, 20)
    page = said(logged_in(STRANGER).get(url_of(zone)))
    assert "Đã cho thuê" not in page
    assert "Hợp đồng thuê đất" not in page


def test_a_status_without_the_day_it_began_is_told_with_the_way_to_enter_it(
    an: Reach, officer: Client, logged_in: Login
) -> None:
    zone = a_thing(ZONES, an, name="KCN Mới Chạy", province="province/hai-phong-2025", stage="operating")
    way = f"/so-bo/zone-stages/moi/?zone={zone.pk}&amp;stage=operating"
    told = "“đang hoạt động” chưa có ngày bắt đầu nên khu chưa được tính"
    page = said(officer.get(url_of(zone)))
    assert told in page
    assert way in page
    form = said(officer.get(way.replace("&amp;", "&")))
    assert 'value="KCN Mới Chạy"' in form
    assert '<option value="operating" selected>' in form
    assert told not in said(logged_in(STRANGER).get(url_of(zone)))
    a_thing(STAGES, an, zone=zone, stage="operating", starts=date(2024, 1, 1))
    assert told not in said(officer.get(url_of(zone)))
