"""What a form over a register does besides taking values: kinds, marks, what is missing, what is doubtful."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register_samples import a_thing
from sokhu.areas.accounts.models import User
from sokhu.areas.ledger.completeness import declared, gaps_of
from sokhu.areas.projects.models import CertificateEvent, Project
from sokhu.areas.projects.registry import ENTERPRISES, EVENTS, PROJECT_ENTERPRISES, PROJECTS
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import PLOTS, ZONES
from sokhu.core.problems import Problem
from sokhu.documents.spreadsheet import Sheet, workbook
from sokhu.kit.registers.actions import create
from sokhu.kit.registers.values import read
from sokhu.web.pages.registers.cells import url_of
from web.conftest import Login
from web.steps import HEAD, OFFICER, PART, said

pytestmark = pytest.mark.usefixtures("book")
MILLION = 10**6
NEW_EVENT = "/so-bo/certificate-events/moi/"


@pytest.fixture
def an(book: None) -> Reach:
    return reach_of(User.objects.get(username=OFFICER), timezone.localdate())


@pytest.fixture
def project(an: Reach) -> Project:
    made: Project = a_thing(PROJECTS, an, name="Nhà máy bo mạch", code="0331325268", ownership="FDI", country="JP")
    create(EVENTS, an, {"project": made, "kind": "issue", "day": date(2024, 3, 4), "usd_up": 40 * MILLION})
    return made


def sent(officer: Client, project: Project, kind: str, **typed: str) -> HttpResponse:
    return officer.post(NEW_EVENT, {"project": str(project.pk), "kind": kind, "day": "01/06/2025", **typed})


def marked(response: HttpResponse, name: str) -> bool:
    """Whether a field is told to be wrong, beside it and in the list above."""
    page = said(response)
    return f'aria-describedby="f_{name}_error"' in page and f'href="#f_{name}"' in page


def test_the_form_asks_the_kind_first_and_then_for_its_fields_only(officer: Client, project: Project) -> None:
    first = said(officer.get(NEW_EVENT, {"project": str(project.pk)}))
    assert "kind=suspend" in first
    assert 'name="day"' not in first
    form = said(officer.get(NEW_EVENT, {"project": str(project.pk), "kind": "suspend"}))
    assert 'name="day"' in form
    assert 'name="usd_up"' not in form
    assert 'value="Nhà máy bo mạch"' in form


def test_another_kind_shows_its_fields_and_keeps_what_was_typed(officer: Client, project: Project) -> None:
    typed = {"project": str(project.pk), "kind": "extend", "number": "lần 3", "again": "1"}
    part = said(officer.post(NEW_EVENT, typed, headers=PART))
    assert not part.lstrip().startswith("<!doctype")
    assert 'name="term_years"' in part
    assert 'value="lần 3"' in part
    assert not CertificateEvent.objects.filter(kind="extend").exists()


def test_a_filled_field_of_another_kind_is_refused_at_the_field(officer: Client, project: Project) -> None:
    response = sent(officer, project, "suspend", usd_up="5")
    assert response.status_code == 422
    assert marked(response, "usd_up")
    assert "Không thuộc loại “ngừng hoạt động”" in said(response)


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("adjust", {"usd_down": "50"}, "usd_down"),
        ("suspend", {"day": "01/01/2024"}, "kind"),
        ("issue", {}, "kind"),
        ("suspend", {"day": "01/06/2125"}, "day"),
        ("adjust", {"number": "lần 1"}, "kind"),
    ],
)
def test_what_an_event_can_not_be_is_told_at_its_field(
    officer: Client, project: Project, kind: str, typed: dict[str, str], field: str
) -> None:
    response = sent(officer, project, kind, **typed)
    assert response.status_code == 422
    assert marked(response, field)


def test_a_total_that_the_events_do_not_reach_is_saved_once_it_is_confirmed(officer: Client, project: Project) -> None:
    typed = {"usd_up": "5", "usd_total": "50"}
    response = sent(officer, project, "adjust", **typed)
    assert response.status_code == 422
    assert marked(response, "usd_total")
    assert 'name="sure"' in said(response)
    assert sent(officer, project, "adjust", **typed, sure="1").status_code == 302


def test_what_is_missing_is_entered_on_the_way_and_chosen(officer: Client, project: Project) -> None:
    form = reverse("thing_new", args=[PROJECT_ENTERPRISES.code])
    typed = {"project": str(project.pk), "enterprise": "Công ty TNHH Hoa Sen", "starts": "03/03/2024"}
    aside = officer.post(form, {**typed, "add": "enterprise"})["Location"]
    assert aside.startswith(reverse("thing_new", args=[ENTERPRISES.code]))
    assert 'value="Công ty TNHH Hoa Sen"' in said(officer.get(aside))
    back = officer.post(aside, {"name": "Công ty TNHH Hoa Sen", "form": "limited"})["Location"]
    assert back.startswith(form)
    page = said(officer.get(back))
    assert 'name="enterprise" value="Công ty TNHH Hoa Sen"' in page
    assert 'value="03/03/2024"' in page


@pytest.mark.parametrize(
    "typed", ["industrial", "dat cong nghiep (nha may, kho tang)", "đất công nghiệp", "công nghiệp"]
)
def test_a_choice_is_read_by_its_code_its_words_and_a_part_that_only_one_has(typed: str) -> None:
    assert read(PLOTS.field("use"), typed) == "industrial"


def test_a_choice_that_may_be_several_is_refused_with_their_names() -> None:
    with pytest.raises(Problem) as told:
        read(PLOTS.field("use"), "đất hạ tầng")
    assert told.value.params["choices"] == ["đất hạ tầng xã hội", "đất hạ tầng kỹ thuật"]


def test_one_more_of_a_list_keeps_what_it_belongs_to_and_what_was_chosen(officer: Client, an: Reach) -> None:
    zone = a_thing(ZONES, an)
    typed = {"zone": str(zone.pk), "code": "A1", "area": "2,5", "use": "industrial", "status": "serviced"}
    form = reverse("thing_new", args=[PLOTS.code])
    saved = officer.post(form, {**typed, "more": "1"}, follow=True)
    page = said(saved)
    assert saved.status_code == 200, page
    assert "Đã ghi A1." in page
    assert f'name="zone" value="{zone.name}"' in page
    assert 'value="A1"' not in page
    done = officer.post(form, {**typed, "code": "A2"})
    assert done["Location"] == f"{url_of(zone)}#{PLOTS.code}"


@pytest.mark.parametrize(
    ("typed", "read"), [("1.500", "Đọc là 1.500 triệu USD = 1,5 tỷ USD"), ("40", "Đọc là 40 triệu USD")]
)
def test_an_amount_is_told_as_it_was_read(officer: Client, typed: str, read: str) -> None:
    part = said(officer.get(reverse("register_check", args=[EVENTS.code]), {"usd_up": typed}))
    assert read in part
    assert ("Nếu là 1,5 triệu USD, ghi 1,5." in part) is (typed == "1.500")


def test_before_a_register_is_declared_complete_the_page_counts_what_would_read_as_zero(
    logged_in: Login, an: Reach
) -> None:
    zone = a_thing(ZONES, an)
    head, board, before = logged_in(HEAD), "board/hai-phong-2025", "board/hai-phong"
    sent = {"ban": board, "ky": "2024", "so": "leases", "tu": "01/01/2024", "ly-do": "đã rà"}
    asked = head.post(reverse("declare_complete"), sent)
    (gap,) = gaps_of(board, "leases")
    assert gap.count == Zone.objects.filter(owner=board).count() > 0
    assert zone.owner == board
    assert f"Tôi biết: {gap.count} khu chưa có hợp đồng thuê nào sẽ đọc là số 0 thật." in said(asked)
    assert zone.name in said(head.get(gap.url))
    assert head.post(reverse("declare_complete"), sent | {"da-xem": "1"}).status_code == 422
    assert declared("leases") == {}
    head.post(reverse("declare_complete"), sent | {"biet": str(gap.count)})
    assert declared("leases") == {board: date(2024, 1, 1)}
    assert "(theo công bố của" in said(head.get(f"{reverse('derived_beside')}?ban={before}"))


def test_the_look_at_a_workbook_shows_what_was_read_of_a_new_row(officer: Client, an: Reach) -> None:
    zone = a_thing(ZONES, an)
    data = workbook([Sheet("Lô", [["zone", "code", "area", "ready"]], [[zone.name, "N7", "2,5", "03/04/2025"]])])
    sent = SimpleUploadedFile("lo.xlsx", data)
    response = officer.post(reverse("register_import", args=[PLOTS.code]), {"file": sent})
    assert response.status_code == 302, said(response)
    page = said(officer.get(response["Location"]))
    for read_as in (f"Khu: {zone.name}", "Diện tích (ha): 2,5", "Sẵn sàng cho thuê từ: 03/04/2025"):
        assert read_as in page
    assert "<del>" not in page


def test_a_report_is_laid_out_as_the_paper_form_with_a_row_for_each_item(officer: Client) -> None:
    page = officer.get(reverse("thing_new", args=["implementation-reports"])).content.decode()
    sheet = page[page.index('class="sheet-form"') :]
    sheet = sheet[: sheet.index("</table>")]
    assert re.findall(r'<th scope="col">([^<]+)</th>', sheet) == ["trong kỳ", "từ đầu năm", "từ khi cấp phép"]
    assert re.findall(r'<th scope="row">([^<]+)</th>', sheet)[0] == "Vốn góp trong nước, tiền (triệu)"
    assert re.findall(r'name="equity_vn_cash_(.)"', sheet) == ["a", "b", "c"]
    assert 'name="workers_vn_a"' in page
