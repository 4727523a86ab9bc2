"""A page asks the database a fixed number of questions, however many rows it shows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sokhu.areas.ledger.copies import make_copy
from sokhu.areas.ledger.models import Observation
from web.steps import PART, accepted, any_figure, decided, figures_of, pasted, total_url

pytestmark = pytest.mark.usefixtures("book")

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))
MOST = {page: budget["queries"] for page, budget in BUDGETS.items() if "queries" in budget}
REPORT = "Năm {year}, thành phố Hải Phòng thu hút {n} dự án FDI cấp mới với tổng vốn đăng ký {n},5 triệu USD."
FEW = REPORT.format(year=2019, n=11)
MANY = "\n\n".join(REPORT.format(year=year, n=year - 1980) for year in range(1995, 2020))


def questions(client: Client, address: str, headers: dict[str, str] | None = None) -> int:
    client.get(address, headers=headers)  # what is read once per process is read
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address, headers=headers).status_code == 200
    return len(caught)


def test_the_review_asks_as_often_for_one_figure_as_for_fifty(officer: Client) -> None:
    few, many = pasted(officer, FEW), pasted(officer, MANY)
    assert len(figures_of(many)) == 50
    counts = [questions(officer, reverse("document", args=[one.pk])) for one in (few, many)]
    assert counts[0] == counts[1] <= MOST["review"]


def test_a_decision_asks_as_often_in_a_short_document_as_in_a_long_one(officer: Client) -> None:
    counts = []
    for text in (FEW, MANY):
        document = pasted(officer, text)
        with CaptureQueriesContext(connection) as caught:
            decided(officer, document, reject=figures_of(document)[1].pk)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_accepting_asks_nothing_per_figure_but_to_write_its_cell_and_itself(officer: Client) -> None:
    counts = []
    for text in (FEW.replace("2019", "2016"), MANY):
        document = pasted(officer, text)
        seen = " ".join(str(figure.pk) for figure in figures_of(document))
        with CaptureQueriesContext(connection) as caught:
            decided(officer, document, accept_certain="1", seen=seen)
        counts.append(len([query for query in caught if "INSERT INTO" not in query["sql"]]))
    assert counts[0] == counts[1]


def test_the_review_asks_no_more_when_the_ledger_holds_all_of_its_figures(officer: Client) -> None:
    document = pasted(officer, MANY)
    before = questions(officer, reverse("document", args=[document.pk]))
    decided(officer, document, accept_certain="1", seen=" ".join(str(figure.pk) for figure in figures_of(document)))
    assert questions(officer, reverse("document", args=[document.pk])) <= before


def test_the_table_of_observations_asks_as_often_for_one_row_as_for_fifty(officer: Client) -> None:
    one = Observation.objects.select_related("cell").get(pk=any_figure())
    few = f"?chi-tieu={one.cell.indicator}&noi={one.cell.place}&ky={one.cell.period}&hinh-thuc={one.cell.ownership}"
    counts = [questions(officer, reverse("observations") + query) for query in (few, "")]
    assert counts[0] == counts[1] <= MOST["observations"]


def test_the_documents_ask_as_often_for_one_as_for_many(officer: Client) -> None:
    before = questions(officer, reverse("documents"))
    for year in range(2001, 2021):
        pasted(officer, REPORT.format(year=year, n=year - 1990))
    assert questions(officer, reverse("documents")) <= before + 1 <= MOST["documents"]


def test_the_overview_asks_as_often_after_fifty_more_figures(officer: Client) -> None:
    address = reverse("overview") + "?noi=province/hai-phong&nam=2019"
    accepted(officer, pasted(officer, FEW))
    before = questions(officer, address)
    document = pasted(officer, MANY)
    decided(officer, document, accept_certain="1", seen=" ".join(str(figure.pk) for figure in figures_of(document)))
    assert questions(officer, address) == before <= MOST["overview"]


def test_the_overview_asks_a_copy_as_often_for_few_figures_as_for_many(
    officer: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.ENGINE_FOLDER = tmp_path
    make_copy()
    few, many = ("?noi=province/hai-duong&nam=2021", "?noi=country/viet-nam&nam=2024")
    counts = [questions(officer, reverse("overview") + query) for query in (few, many)]
    assert max(counts) <= MOST["overview from a copy"]


@pytest.mark.parametrize(
    ("name", "few", "many"),
    [
        (
            "overview",
            lambda: reverse("overview") + "?noi=province/hai-duong&nam=2021",
            lambda: reverse("overview") + "?noi=country/viet-nam&nam=2024",
        ),
        (
            "indicator",
            lambda: reverse("indicator", args=["emulation_self_score"]),
            lambda: reverse("indicator", args=["occupancy_rate"]),
        ),
        (
            "place",
            lambda: reverse("place", args=["province/lai-chau"]),
            lambda: reverse("place", args=["province/hai-phong"]),
        ),
        (
            "enter",
            lambda: reverse("figure_enter"),
            lambda: reverse("figure_enter") + "?chi-tieu=capital_new&noi=province/hai-phong&ky=2023",
        ),
        ("search", lambda: reverse("search") + "?q=dong+thap", lambda: reverse("search") + "?q=hai+phong"),
    ],
)
def test_a_fuller_page_asks_no_more(
    officer: Client, name: str, few: Callable[[], str], many: Callable[[], str]
) -> None:
    counts = [questions(officer, few()), questions(officer, many())]
    assert max(counts) <= MOST[name]
    assert counts[1] - counts[0] <= 3  # where nobody spoke, no withdrawal and no complete register is asked for


@pytest.mark.parametrize("name", ["explore", "explore_xlsx", "explore_csv"])
def test_the_explorer_asks_as_often_for_many_places_and_indicators_as_for_one(officer: Client, name: str) -> None:
    few = "?chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021"  # a total that lacks a member, as many do
    many = "?chi-tieu=projects_new,projects_valid,zone_area&noi=country/viet-nam&theo=vung&ky=2021&cot=chi-tieu"
    counts = [questions(officer, reverse(name) + query) for query in (few, many)]
    assert max(counts) <= MOST["explore"]
    assert abs(counts[0] - counts[1]) <= 2


def test_a_comparison_asks_as_often_for_many_indicators_as_for_one(officer: Client) -> None:
    few = "?chi-tieu=projects_new&noi=province/hai-phong&ky=2021&voi-ky=2020"
    many = "?chi-tieu=projects_new,projects_valid,zone_area&noi=country/viet-nam&ky=2021&voi-ky=2020"
    counts = [questions(officer, reverse("compare") + query) for query in (few, many)]
    assert max(counts) <= MOST["compare"]
    assert abs(counts[0] - counts[1]) <= 2


def test_a_figure_and_a_total_ask_little_and_their_parts_less(officer: Client) -> None:
    figure = reverse("figure", args=[any_figure(document__title__startswith="Khối thi đua")])
    total = total_url("projects_valid", "block/dong-bang-song-hong", 2020)
    for name, address in (("figure", figure), ("total", total)):
        page, part = questions(officer, address), questions(officer, address, PART)
        assert part < page <= MOST[name]
