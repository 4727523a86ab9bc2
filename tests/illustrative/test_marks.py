"""Whatever leaves the illustrative book says that it is invented; nothing of another book does."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from sokhu.areas.accounts.models import User
from sokhu.areas.projects.models import Enterprise, Project
from sokhu.areas.territory.queries import SYSTEM, reach_of
from sokhu.areas.zones.models import Zone
from sokhu.cli.illustrative.outsiders import outsiders
from sokhu.documents.extract import read_workbook
from sokhu.kit.book import mark
from sokhu.kit.registers.declaration import register_named, registers
from sokhu.kit.registers.importing import look
from sokhu.kit.registers.queries import visible

pytestmark = pytest.mark.usefixtures("book")
MARK = "Số liệu minh họa"
PAGES = (
    "/",
    "/?noi=country/viet-nam&nam=2024",
    "/kham-pha/",
    "/kham-pha/?chi-tieu=projects_valid,zone_area&noi=country/viet-nam&theo=vung&ky=2023,2024&cot=ky",
    "/kham-pha/?chi-tieu=projects_valid&noi=province/hai-phong&ky=khong-phai-ky",
    "/kham-pha/da-luu/",
    "/so-sanh/",
    "/so-lieu/",
    "/so-lieu/ghi/",
    "/tong/?chi-tieu=projects_valid&noi=block/dong-bang-song-hong&ky=2020",
    "/giai-thich/",
    "/tai-lieu/",
    "/tai-lieu/moi/",
    "/bieu-mau/",
    "/bieu-mau/chenh-lech/",
    "/bao-cao/",
    "/ra-soat/",
    "/ra-soat/van-ban/",
    "/quan-tri/quyen/",
    "/kiem-tra/?ma=0000",
    "/danh-muc/chi-tieu/",
    "/danh-muc/chi-tieu/occupancy_rate/",
    "/danh-muc/dia-ban/",
    "/danh-muc/dia-ban/province/hai-phong-2025/",
    "/tim/?q=minh+hoa",
    "/khong-co-trang-nay/",
)


def client_of(username: str) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def addresses() -> list[str]:
    zone, project = Zone.objects.exclude(established=None).order_by("name")[0], Project.objects.order_by("code")[0]
    things = [reverse("thing", args=["zones", zone.pk]), reverse("thing", args=["projects", project.pk])]
    lists = [reverse("register", args=[one.code]) for one in registers()]
    return [*PAGES, reverse("registers"), *lists, *things, f"/danh-muc/dia-ban/{zone.place}/"]


def test_every_page_is_marked() -> None:
    client = client_of("bo")
    unmarked = [one for one in addresses() if MARK not in client.get(one, follow=True).content.decode()]
    assert unmarked == []


def test_the_log_in_page_is_marked_and_english_readers_are_told_in_english() -> None:
    assert MARK in Client().get(reverse("login")).content.decode()
    client = Client()
    client.cookies["django_language"] = "en"
    assert "Illustrative data" in client.get(reverse("login")).content.decode()


def test_pages_of_another_book_are_not_marked() -> None:
    client = client_of("bo")
    with override_settings(BOOK="sourced"):
        assert mark() == ""
        assert [one for one in PAGES if MARK in client.get(one, follow=True).content.decode()] == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("code", ["zones", "projects", "certificate-events"])
def test_a_register_as_a_file_is_marked(code: str, kind: str) -> None:
    data = b"".join(client_of("bo").get(reverse(f"register_{kind}", args=[code])))  # type: ignore[arg-type]
    first = data.decode("utf-8-sig").splitlines()[0] if kind == "csv" else str(sheet_of(data).value(0, 0))
    assert first.strip() == MARK


def test_a_marked_workbook_is_taken_in_again_and_changes_nothing() -> None:
    data = b"".join(client_of("bo").get(reverse("register_xlsx", args=["enterprises"])))  # type: ignore[arg-type]
    looked = look(register_named("enterprises"), SYSTEM, sheet_of(data))
    assert looked.faults == []
    assert (looked.count("new"), looked.count("changed")) == (0, 0)
    assert looked.count("same") > 100


def sheet_of(data: bytes) -> Any:
    return read_workbook(BytesIO(data).getvalue(), "so-bo.xlsx").sheets[0]


def test_a_developer_and_an_enterprise_enter_at_a_click_and_begin_at_what_is_their_own() -> None:
    began = {}
    for one in outsiders():
        client = Client()
        response = client.post(reverse("login"), {"demo": one.username}, follow=True)
        began[one.role] = (response.redirect_chain[-1][0], response.content.decode())
        assert client.get(reverse("register", args=["leases"])).status_code == 200
    zone = Zone.objects.get(place=outsiders()[0].subject)
    enterprise = Enterprise.objects.get(tax_code=outsiders()[1].subject)
    assert began["developer"][0] == reverse("thing", args=["zones", zone.pk])
    assert began["enterprise"][0] == reverse("thing", args=["enterprises", enterprise.pk])
    assert zone.name in began["developer"][1]
    assert enterprise.name in began["enterprise"][1]


def test_an_enterprise_sees_its_own_projects_and_no_other() -> None:
    one = outsiders()[1]
    mine = reach_of(User.objects.get(username=one.username), date(2026, 1, 1))
    seen = set(visible(register_named("projects"), mine).values_list("enterprise_now__tax_code", flat=True))
    assert seen == {one.subject}
    client = client_of(one.username)
    assert client.get(reverse("document_new")).status_code == 403
    assert "Đưa văn bản vào" not in client.get("/").content.decode()
