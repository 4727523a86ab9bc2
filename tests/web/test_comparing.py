"""Two sides of a comparison: what sets them apart stands in the address, and what cannot be compared says why."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sokhu.kit.sealing.queries import head
from web.conftest import Login
from web.steps import EVERYBODY, accepted, pasted, said
from web.test_explorer import rows_of

pytestmark = pytest.mark.usefixtures("book")

REPORT = "Năm 2021, thành phố Hải Phòng thu hút 41 dự án FDI cấp mới với tổng vốn đăng ký 512,3 triệu USD."
OWN = "noi=province/hai-phong&ky=2021"


def compared(client: Client, query: str) -> list[list[str]]:
    response = client.get(f"{reverse('compare')}?{query}")
    assert response.status_code == 200, said(response)
    return rows_of(said(response))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_starts_with_their_own_year_beside_the_one_before(logged_in: Login, who: str) -> None:
    response = logged_in(who).get(reverse("compare"), follow=True)
    assert response.status_code == 200
    assert " so với " in said(response)


def test_two_places_are_set_beside_each_other_with_difference_and_percent(officer: Client) -> None:
    heads, row = compared(officer, f"chi-tieu=projects_valid&{OWN}&voi-noi=province/quang-ngai&voi-ky=2024")
    assert heads[2:] == ["Hải Phòng, năm 2021", "Quảng Ngãi, năm 2024", "Chênh", "Phần trăm chênh"]
    assert row[1:] == ["dự án", "570", "349", "+221", "+63,32 %"]


def test_two_moments_differ_by_what_was_accepted_between_them(officer: Client) -> None:
    before = head()[0]
    accepted(officer, pasted(officer, REPORT))
    query = f"chi-tieu=projects_new&hinh-thuc=FDI&{OWN}&voi-luc={before}"
    heads, row = compared(officer, query)
    assert heads[2:4] == ["biết đến nay", f"biết đến mục {before}"]
    assert row[2:] == ["41", "29", "+12", "+41,38 %"]


PAIR = f"chi-tieu=projects_valid&{OWN}&voi-noi=province/quang-ngai&voi-ky=2024"


def test_the_file_of_a_comparison_has_a_line_for_each_figure_with_its_side_and_what_it_rests_on(
    officer: Client,
) -> None:
    assert f'href="{reverse("compare_csv")}?' in said(officer.get(f"{reverse('compare')}?{PAIR}"))
    response = officer.get(f"{reverse('compare_csv')}?{PAIR}")
    made = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.DictReader(StringIO(made, newline=""), delimiter=";"))
    assert [(one["Bên"], one["Giá trị"], one["Đơn vị"]) for one in lines] == [
        ("Hải Phòng, năm 2021", "570", "dự án"),
        ("Quảng Ngãi, năm 2024", "349", "dự án"),
    ]
    assert {one["Mục sổ"] for one in lines} == {str(head()[0])}
    assert all(": " in one["Nguồn"] for one in lines)


def test_a_side_of_a_comparison_in_a_file_opens_as_it_was_known_then(officer: Client) -> None:
    before = head()[0]
    accepted(officer, pasted(officer, REPORT))
    query = f"chi-tieu=projects_new&hinh-thuc=FDI&{OWN}&voi-luc={before}"
    made = b"".join(officer.get(f"{reverse('compare_csv')}?{query}").streaming_content)  # type: ignore[attr-defined]
    lines = csv.DictReader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";")
    now, then = (one["Đường về nguồn"] for one in lines)
    assert now.startswith("http://testserver/")
    assert "luc=" not in now
    assert f"luc={before}" in then


def test_a_part_is_marked_as_at_least_in_the_workbook_of_a_comparison(officer: Client) -> None:
    query = "chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021&voi-noi=province/hai-phong"
    response = officer.get(f"{reverse('compare_xlsx')}?{query}")
    made = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(BytesIO(made)) as package:
        assert "&quot;ít nhất &quot;#,##0" in package.read("xl/styles.xml").decode()
    table = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name("Bảng").to_python()
    assert table[2][2:4] == [570, 570]


def test_the_workbook_of_a_comparison_has_the_numbers_of_the_page(officer: Client) -> None:
    response = officer.get(f"{reverse('compare_xlsx')}?{PAIR}")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["Bảng", "Từng số", "Về bảng này"]
    shown = book.get_sheet_by_name("Bảng").to_python()
    assert shown[1][2:6] == ["Hải Phòng, năm 2021", "Quảng Ngãi, năm 2024", "Chênh", "Phần trăm chênh"]
    assert shown[2][2:6] == [570, 349, 221, 63.32]
    address = next(row[1] for row in book.get_sheet_by_name("Về bảng này").to_python() if row[0] == "Địa chỉ")
    assert reverse("compare") in address


def test_each_difference_leads_to_what_lies_behind_it(officer: Client) -> None:
    before = head()[0]
    accepted(officer, pasted(officer, REPORT))
    query = f"chi-tieu=projects_new&hinh-thuc=FDI&{OWN}&voi-luc={before}"
    html = said(officer.get(f"{reverse('compare')}?{query}"))
    address = re.search(r'href="(/giai-thich/[^"]*)"', html)
    assert address
    explained = officer.get(address[1].replace("&amp;", "&"))
    assert explained.status_code == 200
    assert "41" in said(explained)
    assert "29" in said(explained)


def test_two_maps_and_a_part_give_no_percentage_and_say_why(officer: Client) -> None:
    query = "chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021&voi-ban-do=2026-01-01"
    _heads, row = compared(officer, query)
    assert row[4] == "0"
    assert row[5] == ""
    assert "Không tính phần trăm" in row[0]


def test_money_of_two_currencies_is_never_held_against_each_other(officer: Client) -> None:
    query = f"chi-tieu=capital_new_and_added&hinh-thuc=tach&{OWN}&voi-noi=province/quang-ngai&voi-ky=2024"
    rows = compared(officer, query)[1:]
    assert all(row[1] in ("triệu USD", "tỷ đồng") for row in rows)
    assert not [row for row in rows if row[4] and "" in (row[2], row[3])]


def test_what_cannot_be_restated_says_so_in_its_place(officer: Client) -> None:
    query = f"chi-tieu=projects_valid&{OWN}&voi-noi=province/hai-phong&voi-ky=2026"
    _heads, row = compared(officer, query)
    assert row[4] == row[5] == ""
    assert row[3] != ""


def test_the_form_leads_to_an_address_of_what_sets_the_sides_apart(officer: Client) -> None:
    form = {
        "xem": "1",
        "chi-tieu": "projects_new",
        "noi": "province/hai-phong",
        "ky": "năm 2021",
        "ban-do": "lúc đó",
        "luc": "nay",
        "voi-noi": "province/hai-phong",
        "voi-ky": "2020",
        "voi-ban-do": "lúc đó",
        "voi-luc": "nay",
    }
    address = officer.get(reverse("compare"), form)["Location"]
    assert urlsplit(address).query == "chi-tieu=projects_new&noi=province/hai-phong&ky=2021&voi-ky=2020"


@pytest.mark.parametrize(
    "query",
    [
        f"chi-tieu=projects_new&{OWN}&voi-ky=bla",
        f"chi-tieu=projects_new&{OWN}&voi-noi=province/atlantis",
        f"chi-tieu=projects_new&{OWN}&voi-ban-do=2025",
        f"chi-tieu=projects_new&{OWN}&voi-luc=1000000",
        f"chi-tieu=no_such&{OWN}",
        "xem=1",
    ],
)
def test_what_is_not_understood_is_told_and_the_form_stays(officer: Client, query: str) -> None:
    response = officer.get(f"{reverse('compare')}?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in said(response)
    assert 'name="voi-ky"' in said(response)


def test_an_address_without_indicators_is_the_first_comparison_with_its_words_put_in(officer: Client) -> None:
    def asked(query: str) -> dict[str, list[str]]:
        return parse_qs(urlsplit(officer.get(f"{reverse('compare')}?{query}")["Location"]).query)

    first = asked("")
    assert asked("ky=2019") == first | {"ky": ["2019"], "voi-ky": ["2018"]}
    beside = {name: said for name, said in first.items() if name != "voi-ky"}
    assert asked("voi-noi=province/quang-ngai") == beside | {"voi-noi": ["province/quang-ngai"]}


@pytest.mark.parametrize("word", ["ky=foo", "noi=province/atlantis", "luc=99999999", "voi-ky=foo", "voi-ban-do=foo"])
def test_an_address_without_indicators_that_is_not_understood_is_told(officer: Client, word: str) -> None:
    response = officer.get(f"{reverse('compare')}?{word}")
    assert response.status_code == 422
    assert 'role="alert"' in said(response)
