"""The page that tells why two totals differ, and what a total tells of who moved it and how much of it is there."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import PRESS, a_document, a_figure, a_proposal, accept_all
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.pages import explore
from sokhu.areas.territory.queries import SYSTEM
from sokhu.kit.sealing.queries import head
from web.steps import said

pytestmark = pytest.mark.usefixtures("book")
HP, HD, NEW, DELTA = "province/hai-phong", "province/hai-duong", "province/hai-phong-2025", "region/dong-bang-song-hong"
MOST_QUESTIONS = 17  # of the page: two totals, what stands behind their lines, and what every page asks


def figures(*told: tuple[str, str, int]) -> None:
    made = [a_figure(str(value), place=place, period=period) for place, period, value in told]
    accept_all(SYSTEM, a_proposal(*made, document=a_document("", is_public=True)))


def total(place: str = NEW, year: str = "2015", **more: object) -> str:
    return urlencode({"chi-tieu": "capital_new", "noi": place, "ky": year, "tien": "USD", **more})


def page(client: Client, left: str, right: str) -> str:
    response = client.get(f"{reverse('explain')}?trai={quote(left)}&phai={quote(right)}")
    assert response.status_code == 200, said(response)
    return said(response)


def test_each_figure_behind_the_difference_opens_its_source(officer: Client) -> None:
    figures((HP, "2014", 80), (HP, "2015", 100), (HD, "2015", 7))
    told = page(officer, total(year="2014"), total())
    for words in ("80 triệu USD", "107 triệu USD", "+27 triệu USD", "+20 triệu USD", "+7 triệu USD", "thêm vào"):
        assert words in told
    assert told.count('class="fig" href="/so-lieu/') == 3


def test_two_moments_and_two_maps_may_be_held_against_each_other(officer: Client) -> None:
    figures((HP, "2015", 100))
    moment = head()[0]
    figures((HD, "2015", 7))
    told = page(officer, total(luc=moment), total(**{"ban-do": "2026-12-31"}))
    assert "+7 triệu USD" in told
    assert "1 số như nhau ở hai bên" in told
    assert f"sổ đến mục {moment}" in told


def test_equal_totals_say_that_nothing_differs(officer: Client) -> None:
    figures((HP, "2015", 100))
    assert "Không số nào khác nhau" in page(officer, total(), total())


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (("2013", "2015"), "Bên trái chưa có số"),
        (("2015", "2013"), "Bên phải chưa có số"),
        (("2013", "2013"), "Hai bên đều chưa có số"),
    ],
)
def test_a_side_without_a_figure_is_no_zero(officer: Client, sides: tuple[str, str], words: str) -> None:
    figures((HP, "2015", 100))
    told = page(officer, *(total(HP, year) for year in sides))
    assert words in told
    for zero in ("không còn", "thêm vào", "100 triệu USD</td><td", "+100", "-100", "Không số nào khác nhau"):
        assert zero not in told


def test_a_total_that_cannot_be_restated_says_why(officer: Client) -> None:
    figures((HP, "2015", 100))
    assert "Không quy đổi được" in page(officer, total(HP), total(HP, "2026"))


def test_the_form_changes_one_side_and_keeps_the_rest(officer: Client) -> None:
    asked = {"trai": total(), "phai": total(), "trai-ky": "2014", "phai-luc": "", "trai-dong": "press"}
    response = officer.get(reverse("explain"), asked)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('explain')}?" + urlencode(
        {"trai": total(year="2014", dong="press"), "phai": total()}
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (total(year="thang-13"), "không phải là một kỳ"),
        (total(luc="hôm qua"), "không phải một thời điểm"),
        (total(dong="tin-don"), "Không có loại nguồn"),
        (total(**{"tai-lieu": "x"}), "không phải mã của một tài liệu"),
        (total("province/atlantis"), "province/atlantis"),
    ],
)
def test_a_side_that_is_not_understood_is_told_beside_the_form(officer: Client, left: str, words: str) -> None:
    response = officer.get(f"{reverse('explain')}?trai={quote(left)}&phai={quote(total())}")
    assert response.status_code == 422
    assert words in said(response)
    assert 'name="trai-ky"' in said(response)


def test_without_two_totals_the_page_says_how_to_come_to_it(officer: Client) -> None:
    assert "Mở một tổng" in said(officer.get(reverse("explain")))


def test_the_page_asks_as_often_for_many_figures_as_for_one(officer: Client) -> None:
    figures((HP, "2013", 70), (HP, "2014", 80))
    few = f"{reverse('explain')}?trai={quote(total(year='2013'))}&phai={quote(total(year='2014'))}"
    figures(*((place, "2015", 5) for place in (HP, HD, "province/quang-ninh", "province/ha-noi")))
    many = f"{reverse('explain')}?trai={quote(total(DELTA, '2014'))}&phai={quote(total(DELTA))}"
    counts = []
    for address in (few, many):
        officer.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= MOST_QUESTIONS


def test_a_total_tells_who_moved_it_how_ranks_changed_and_what_the_missing_last_said(officer: Client) -> None:
    figures((HP, "2014", 80), (HD, "2014", 90), (HP, "2015", 100), ("province/quang-ninh", "2014", 30))
    figures((HD, "2015", 95))
    told = said(officer.get(f"{reverse('total')}?{total(DELTA)}"))
    assert "Ai làm thay đổi so với cùng kỳ" in told
    for words in ("+20 triệu USD", "▲1", "▼1", "-30 triệu USD", "-5 triệu USD", "85 % theo số gần nhất"):
        assert words in told
    assert "gần nhất: 30 triệu USD, năm 2014" in told
    assert "không tính vào tổng" in told
    assert reverse("explain") in told


def test_the_explorer_says_of_a_total_how_much_is_in_it_by_count_and_by_what_the_missing_last_said(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures((HP, "2014", 80), (HD, "2014", 90), (HP, "2015", 100), ("province/quang-ninh", "2014", 30))
    figures((HD, "2015", 95))
    query = f"chi-tieu=capital_new&noi={DELTA}&ky=2015&cot=ky"
    told = said(officer.get(f"{reverse('explore')}?{query}"))
    assert re.search(r">2/\d+ · 85 %<", told)
    separated = officer.get(f"{reverse('explore_csv')}?{query}")
    made = b"".join(separated.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (line,) = (line for line in csv.DictReader(StringIO(made, newline=""), delimiter=";") if line["Đã có"])
    assert Decimal(line["Đã có theo số gần nhất %"].replace(",", ".")) == 85
    monkeypatch.setattr(explore, "MOST_WEIGHED", 0)
    told = said(officer.get(f"{reverse('explore')}?{query}"))
    assert "mở từng tổng, hoặc tải Excel, CSV" in told
    assert "85 %" not in told


def test_parts_that_are_not_their_whole_say_both_amounts_and_a_table_that_some_are(officer: Client) -> None:
    quarters = [(HP, f"2015-Q{quarter}", 20) for quarter in (1, 2, 3, 4)]
    figures((HP, "2015", 100), *quarters)
    page = said(officer.get(f"{reverse('total')}?{total(HP)}"))
    assert "cộng lại là 80 triệu USD, số của cả kỳ đã ghi là 100 triệu USD" in page
    table = said(officer.get(f"{reverse('explore')}?chi-tieu=capital_new&noi={HP}&ky=2015&cot=ky"))
    assert "Số của các kỳ nhỏ hơn cộng lại không bằng số của cả kỳ đã ghi." in table
    assert "cộng lại là" not in table


def test_a_table_says_in_a_few_words_that_a_figure_cannot_be_restated_and_why_below_it(officer: Client) -> None:
    figures((HP, "2015", 100))
    table = said(officer.get(f"{reverse('explore')}?chi-tieu=capital_new&noi={HP}&ky=2015,2026&cot=ky"))
    assert re.search(r'class="empty refused">không quy đổi được<', table)
    assert table.count("Cần số của từng thành viên") + table.count("Cần số liệu cấp dưới") >= 1


def test_a_figure_that_another_source_goes_before_is_in_no_total(officer: Client) -> None:
    for stream, value in ((PRESS, "100"), (("report", "Ban Quản lý"), "90")):
        document = a_document("", stream, is_public=True)
        accept_all(SYSTEM, a_proposal(a_figure(value, place=HP, period="2015"), document=document))
    first, second = Observation.objects.filter(cell__place=HP, cell__period="2015").order_by("amount")
    told, untold = (said(officer.get(reverse("figure", args=[one.pk]))) for one in (first, second))
    assert "Không được tính vào tổng nào" not in told
    assert "Không được tính vào tổng nào" in untold
