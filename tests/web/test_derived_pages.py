"""A derived figure opens to its movements, a finding names it, and what others say stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from factories import a_document, a_figure, a_person, said
from registers import NOMURA, certificate, declare, state, two_registers
from sokhu.areas.findings import actions as findings
from sokhu.areas.findings.models import Finding
from sokhu.areas.territory.queries import SYSTEM

MERGED, BEFORE = "board/hai-phong-2025", "board/hai-phong"
PAGE = f"/so-lieu/so-bo/?chi-tieu=capital_new&noi={NOMURA}&ky=2024&tien=USD"


@pytest.fixture(autouse=True)
def registers(book: None) -> Iterator[None]:
    with two_registers():
        declare([MERGED])
        state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 40), uuid4(): certificate(NOMURA, date(2024, 9, 1), 2)})
        yield


def read(name: str, address: str) -> str:
    client = Client()
    client.force_login(a_person(name))
    response = client.get(address)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_a_derived_figure_opens_to_the_movements_behind_it_each_with_its_thing() -> None:
    page = read("an", PAGE)
    assert "05/03/2024" in page
    assert "01/09/2024" in page
    assert page.count('href="/thing/') == 2
    assert "suy ra từ sổ bộ" in page


def test_a_total_that_a_register_answers_is_that_page_and_the_report_stands_beside_it_with_the_difference() -> None:
    said(SYSTEM, a_figure("45", place=NOMURA), a_document(BEFORE, ("report", BEFORE)))
    page = read("an", reverse("total") + f"?chi-tieu=capital_new&noi={NOMURA}&ky=2024&tien=USD")
    assert "Từ những biến động này" in page
    assert "lệch 3 triệu USD" in page


def test_a_derived_figure_is_not_there_for_those_who_may_not_read_it() -> None:
    assert read("chi", PAGE) == "404"


def test_a_day_without_movements_says_that_its_zero_is_real() -> None:
    assert "số 0 thật" in read("an", PAGE.replace("ky=2024", "ky=2023"))


def test_a_report_that_says_otherwise_is_a_finding_and_the_entry_that_moved_the_register_solves_it() -> None:
    said(SYSTEM, a_figure("45", place=NOMURA), a_document(BEFORE, ("report", BEFORE)))
    findings.refresh_for(MERGED)
    found = Finding.objects.get(authority=MERGED, code="streams_differ", place=NOMURA)
    assert "suy ra từ sổ bộ" in read("an", reverse("finding", args=[found.pk]))
    sequence = state({uuid4(): certificate(NOMURA, date(2024, 12, 1), 3)})
    findings.refresh_for(MERGED)
    found.refresh_from_db()
    assert (found.state, found.solved_by) == ("corrected", sequence)


def test_the_overview_counts_a_member_whose_registers_are_complete_and_names_them_among_the_sources() -> None:
    page = read("an", reverse("overview") + f"?noi={NOMURA}&nam=2024")
    assert "suy ra từ sổ bộ" in page
    wider = read("giang", reverse("overview") + "?noi=block/dong-bang-song-hong&nam=2024")
    missing = wider[wider.index("Ban Quản lý") :]
    assert f'href="{reverse("place", args=["board/hung-yen"])}"' in missing
    assert f'href="{reverse("place", args=[BEFORE])}"' not in missing


def test_what_registers_come_to_is_shown_by_country_and_by_section_adding_up_to_the_whole() -> None:
    day, capital = date(2024, 5, 5), 8
    state({uuid4(): [replace(one, country="JP", sector="26") for one in certificate(NOMURA, day, capital)]})
    asked = {"noi": "province/hai-phong", "ky": "2024"}
    page = read("an", f"{reverse('broken_down')}?{urlencode(asked)}")
    assert "Nhật Bản" in page
    assert "chưa ghi" in page  # the two certificates that tell no country
    assert "nuoc=JP" in page
    page = read("an", f"{reverse('broken_down')}?{urlencode(asked | {'theo': 'nganh'})}")
    assert "Công nghiệp chế biến, chế tạo" in page


def rows_of(page: str) -> dict[str, str]:
    """The lines of the overview's four columns as words, by their label and unit."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    told = [[" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in row] for row in rows]
    return {label.partition(" · ")[0]: cells for label, cells in told}


def test_the_overview_tells_money_in_the_currency_in_which_it_moved_and_no_zero_in_another() -> None:
    state({uuid4(): certificate(NOMURA, date(2024, 6, 6), 90_000, "DDI", "VND")})
    page = read("an", reverse("overview") + f"?noi={NOMURA}&nam=2024")
    rows = rows_of(page)
    assert "90 " in rows["Vốn đăng ký cấp mới, DDI tỷ đồng"]
    assert "42 " in rows["Vốn đăng ký cấp mới, FDI triệu USD"]
    both = {"Vốn đăng ký cấp mới triệu USD", "Vốn đăng ký cấp mới tỷ đồng"}
    assert not {"Vốn đăng ký cấp mới, DDI triệu USD", "Vốn đăng ký cấp mới, FDI tỷ đồng", *both} & rows.keys()
    state({uuid4(): certificate(NOMURA, date(2024, 7, 7), 8, "DDI", "USD")})
    page = read("an", reverse("overview") + f"?noi={NOMURA}&nam=2024")
    assert both & rows_of(page).keys() == {"Vốn đăng ký cấp mới triệu USD"}
    assert "50 " in rows_of(page)["Vốn đăng ký cấp mới triệu USD"]
    assert "phần ghi bằng USD" in page


def test_a_total_of_money_says_what_there_is_of_it_in_another_currency_and_leads_there() -> None:
    state({uuid4(): certificate(NOMURA, date(2024, 6, 6), 90_000, "DDI", "VND")})
    for place in (NOMURA, "province/hai-phong"):
        asked = f"?chi-tieu=capital_new&noi={place}&ky=2024&hinh-thuc=DDI&tien="
        page = read("an", reverse("total") + asked + "USD")
        assert "Phần ghi bằng đồng tiền khác" in page
        assert "90.000 triệu đồng" in page or "90 tỷ đồng" in page
        assert "tien=VND" in page
        assert "Phần ghi bằng đồng tiền khác" not in read("an", reverse("total") + asked + "VND")


def test_the_overview_says_what_registers_come_to_that_are_not_declared_complete() -> None:
    declare([MERGED], starts=None)
    page = read("an", reverse("overview") + f"?noi={NOMURA}&nam=2024")
    assert "Số dự án còn hiệu lực: ít nhất 2 dự án" in page
    assert "Vốn đăng ký cấp mới: ít nhất 42 triệu USD" in page
    assert "(sổ bộ chưa đủ)" in page
    assert f'href="{reverse("broken_down")}?noi=zone%2F' in page
    assert "Sổ chưa có số liệu nào" not in page
    other = read("giang", reverse("overview") + f"?noi={NOMURA}&nam=2024")
    assert "Theo sổ bộ" in other
    assert "Theo sổ bộ" not in read("chi", reverse("overview") + f"?noi={NOMURA}&nam=2024")


def test_the_overview_offers_every_year_that_was_said_or_that_a_register_tells() -> None:
    declare([MERGED], starts=date(2022, 5, 1))
    said(SYSTEM, a_figure("45", place=NOMURA, period="2009"), a_document(BEFORE, ("report", BEFORE)))
    page = read("an", reverse("overview") + f"?noi={NOMURA}")
    offered = set(re.findall(r"nam=(\d{4})", page))
    assert {"2009", "2022", "2023", "2024", "2025"} <= offered
    assert "2021" not in offered
