"""Pages offer entering to who may, and tell everybody else truthfully why not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register_samples import a_thing
from sokhu.areas.accounts.models import Grant, User
from sokhu.areas.calendar.registry import WORKING_DAYS
from sokhu.areas.projects.models import CertificateEvent, Project
from sokhu.areas.projects.registry import ENTERPRISES, EVENTS, MILESTONES, PROJECT_ENTERPRISES, PROJECTS
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import PLOTS, ZONES
from sokhu.kit.registers.actions import create
from sokhu.web.pages.registers.cells import url_of
from web.conftest import Login
from web.steps import MINISTRY, OFFICER, STRANGER, said

pytestmark = pytest.mark.usefixtures("book")
MILLION = 10**6
BOARD, CODE = "board/hai-phong-2025", "0201234567"


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


@pytest.fixture
def event(an: Reach) -> CertificateEvent:
    project: Project = a_thing(PROJECTS, an, name="Nhà máy bo mạch", code="0331325268", ownership="FDI", country="JP")
    enterprise = a_thing(ENTERPRISES, an, name="Công ty Bo Mạch", tax_code=CODE)
    a_thing(PROJECT_ENTERPRISES, an, project=project, enterprise=enterprise, starts=date(2024, 3, 4))
    made: CertificateEvent = create(
        EVENTS, an, {"project": project, "kind": "issue", "day": date(2024, 3, 4), "usd_up": 40 * MILLION}
    )
    return made


@pytest.fixture
def outsider(logged_in: Login) -> Client:
    user = User.objects.create(username="dn", is_demo=True)
    Grant.objects.create(user=user, role="enterprise", authority=BOARD, subject=CODE, starts=date(2020, 1, 1))
    return logged_in("dn")


def test_what_is_in_the_register_already_is_named_in_words_and_led_to(officer: Client, event: CertificateEvent) -> None:
    typed = {"project": str(event.project_id), "kind": "issue", "day": "04/03/2024", "usd_up": "40"}
    response = officer.post(reverse("thing_new", args=[EVENTS.code]), typed)
    page = said(response)
    assert response.status_code == 422
    assert "Hồ sơ này đã có trong sổ bộ: cấp mới · 04/03/2024 · Nhà máy bo mạch." in page
    assert f'href="{url_of(event)}"' in page
    assert "đổi tên" not in page


def test_a_refusal_names_the_authority_and_not_its_id(logged_in: Login, an: Reach) -> None:
    zone = a_thing(ZONES, an)
    typed = {"zone": str(zone.pk), "code": "A1", "area": "2", "status": "serviced"}
    page = said(logged_in(STRANGER).post(reverse("thing_new", args=[PLOTS.code]), typed))
    assert "Việc này thuộc thẩm quyền của Ban Quản lý Khu kinh tế Hải Phòng" in page
    assert f"thẩm quyền của {BOARD}" not in page


def test_only_who_may_write_them_is_offered_events_milestones_and_plots(
    officer: Client, outsider: Client, logged_in: Login, event: CertificateEvent
) -> None:
    new = [reverse("thing_new", args=[one.code]) for one in (EVENTS, MILESTONES, PLOTS)]
    pages = [url_of(event.project), url_of(event), url_of(event.project.zone), reverse("register", args=[PLOTS.code])]
    assert all(any(one in said(officer.get(page)) for one in new) for page in pages)
    ministry = logged_in(MINISTRY)
    for client in (outsider, ministry):
        for page in pages:
            assert not any(one in said(client.get(page)) for one in new), page
    assert not Zone.objects.filter(owner__startswith="country/").exists()


@pytest.mark.parametrize("name", ["thing_new", "register_import"])
def test_who_only_reads_is_told_so_and_not_that_no_role_was_given(outsider: Client, name: str) -> None:
    response = outsider.get(reverse(name, args=[EVENTS.code]))
    assert response.status_code == 403
    assert "Vai trò của bạn ở Ban Quản lý Khu kinh tế Hải Phòng chỉ xem, không ghi" in said(response)
    assert "không được giao" not in said(response)


def test_who_has_no_role_is_told_that(logged_in: Login) -> None:
    User.objects.create(username="nga", is_demo=True)
    assert "không được giao" in said(logged_in("nga").get(reverse("thing_new", args=[EVENTS.code])))


def test_what_the_ministry_keeps_for_everybody_is_said_to_be_the_ministrys(officer: Client) -> None:
    page = said(officer.get(reverse("thing_new", args=[WORKING_DAYS.code])))
    assert "Việc này thuộc thẩm quyền của Cơ quan trung ương" in page


def test_registers_beside_reports_are_on_the_rail_of_who_reads_them_only(officer: Client, outsider: Client) -> None:
    address = reverse("derived_beside")
    assert f'href="{address}"' in said(officer.get(reverse("overview")))
    assert f'href="{address}"' not in said(outsider.get(reverse("overview")))
    response = outsider.get(address)
    assert response.status_code == 403
    assert "Vai trò của bạn ở Ban Quản lý Khu kinh tế Hải Phòng không xem được mục này" in said(response)


def test_pages_say_nothing_that_only_the_program_reads(officer: Client, event: CertificateEvent) -> None:
    zone = event.project.zone
    assert "hứ tự ghi" not in said(officer.get(url_of(event)))
    assert "Mã địa bàn" not in said(officer.get(url_of(zone)))
    assert officer.get(reverse("thing_json", args=[ZONES.code, zone.pk])).json()["place"] == zone.place


def test_who_may_see_a_record_names_the_enterprise(officer: Client, event: CertificateEvent) -> None:
    told = said(officer.get(url_of(event))).split("Ai được xem?")[1].partition("</section>")[0]
    assert "Công ty Bo Mạch" in told
    assert CODE not in told
