"""What a zone's page tells of its infrastructure, and to whom; registers on the rail by subject."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register_samples import a_thing
from sokhu.areas.accounts.models import User
from sokhu.areas.infrastructure.registry import CLEARANCE_PROGRESS, CLEARANCES, READINGS, UTILITIES, WORKS
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import PHASES, ZONES
from sokhu.web.pages.registers.cells import url_of
from web.conftest import Login
from web.steps import OFFICER, STRANGER, said

pytestmark = pytest.mark.usefixtures("book")
ONE = 1_000_000


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


@pytest.fixture
def zone(an: Reach) -> Zone:
    made: Zone = a_thing(ZONES, an, name="KCN Cửa Sông", province="province/hai-phong-2025")
    return made


def test_the_panel_tells_what_is_planned_and_there_and_what_is_due(zone: Zone, an: Reach, officer: Client) -> None:
    today = timezone.localdate()
    plant = a_thing(
        UTILITIES,
        an,
        zone=zone,
        kind="wastewater",
        name="Trạm số 1",
        starts=date(2020, 1, 1),
        capacity=4000 * ONE,
        licence_ends=today + timedelta(days=30),
    )
    a_thing(READINGS, an, utility=plant, starts=date(2024, 4, 1), ends=date(2024, 4, 30), volume=60_000 * ONE)
    a_thing(WORKS, an, zone=zone, name="Đường D1", planned_end=date(2024, 1, 1))
    phase = a_thing(PHASES, an, zone=zone, area=99 * ONE, handed_over=30 * ONE, handed_over_on=date(2024, 5, 1))
    part = a_thing(CLEARANCES, an, zone=zone, phase=phase, area=80 * ONE)
    a_thing(CLEARANCE_PROGRESS, an, clearance=part, cleared=60 * ONE)
    page = said(officer.get(url_of(zone)))
    panel = page[page.index('id="ha-tang"') :]
    for text in ("4.000 m³/ngày đêm", "2.000 m³/ngày đêm", "50,0%", "75,0%", "30 ha"):
        assert text in panel, text
    for due in ("giấy phép môi trường hết hạn", "chưa có quan trắc tự động", "chưa có số đo sau 30/04/2024"):
        assert due in panel, due
    assert "phải xong 01/01/2024" in panel


def test_a_stranger_reads_nothing_of_it(zone: Zone, an: Reach, logged_in: Login) -> None:
    work = a_thing(WORKS, an, zone=zone, name="Đường D1", planned_end=date(2024, 1, 1))
    chi = logged_in(STRANGER)
    assert 'id="ha-tang"' not in said(chi.get(url_of(zone)))
    assert chi.get(url_of(work)).status_code == 404


def test_a_long_subject_folds_on_the_rail_until_one_is_in_it(book: None, officer: Client) -> None:
    folded = "<details><summary>Hạ tầng</summary>"
    assert folded in said(officer.get(reverse("registers")))
    assert folded not in (page := said(officer.get(reverse("register", args=["works"]))))
    assert "<details open><summary>Hạ tầng</summary>" in page
