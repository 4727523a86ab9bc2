"""Every page of figures whose indicator or place an upgrade dropped: it opens, and says since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.ledger.answers import answer, key_of, wholes_of
from sokhu.areas.ledger.models import Cell, Observation
from sokhu.areas.territory.queries import SYSTEM, groups_containing
from upgrades import ship, without
from web.steps import any_figure, pasted, said, total_url

pytestmark = pytest.mark.usefixtures("book")
INDICATOR = "projects_valid"
# What merged, what came out of it, and the officer's own board.
PLACES = [f"{kind}/{name}" for kind in ("province", "board") for name in ("hai-phong", "hai-duong", "hai-phong-2025")]
REPORT = "Lũy kế đến hết năm 2019, thành phố Hải Phòng có 77 dự án FDI còn hiệu lực."
HERE = PLACES[0]

Page = Callable[[], str]
OF_THE_INDICATOR: dict[str, Page] = {
    "figure": lambda: reverse("figure", args=[any_figure(cell__indicator=INDICATOR)]),
    "figures": lambda: reverse("observations") + f"?chi-tieu={INDICATOR}",
    "total": lambda: total_url(INDICATOR, "block/dong-bang-song-hong", 2020),
    "indicator": lambda: reverse("indicator", args=[INDICATOR]),
    "indicators": lambda: reverse("indicators"),
    "search": lambda: reverse("search") + f"?q={INDICATOR}",
    "overview": lambda: reverse("overview") + "?noi=block/dong-bang-song-hong&nam=2020",
}
OF_THE_PLACE: dict[str, Page] = {
    "figure": lambda: reverse("figure", args=[any_figure(cell__place=HERE)]),
    "figures": lambda: reverse("observations") + f"?noi={HERE}",
    "total": lambda: total_url("projects_new", HERE, 2021),
    "place": lambda: reverse("place", args=[HERE]),
    "search": lambda: reverse("search") + "?q=hai+phong",
    "overview": lambda: reverse("overview") + f"?noi={HERE}&nam=2021",
    "places before": lambda: reverse("places") + "?ban-do=truoc",
}


@pytest.fixture(autouse=True)
def fresh_moments() -> Iterator[None]:
    _catalogue.cache_clear()
    yield
    _catalogue.cache_clear()


def opened(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return said(response)


def mark() -> str:
    return f"ngừng dùng từ {timezone.localdate():%d/%m/%Y}"


@pytest.mark.parametrize("name", OF_THE_INDICATOR)
def test_a_page_of_a_retired_indicator_opens_with_the_mark(officer: Client, name: str) -> None:
    ship(without(INDICATOR))
    assert mark() in opened(officer, OF_THE_INDICATOR[name]())


@pytest.mark.parametrize("name", OF_THE_PLACE)
def test_a_page_of_a_retired_place_opens_with_the_mark(officer: Client, name: str) -> None:
    ship(without(*PLACES))
    assert mark() in opened(officer, OF_THE_PLACE[name]())


def test_every_total_of_the_book_is_the_same_after_what_it_stands_on_was_retired(book: None) -> None:
    cells = [key_of(cell) for cell in Cell.objects.filter(place__in=PLACES)]
    questions = [one for cell in cells for one in wholes_of(cell, groups_containing(cell.place, cell.last))]
    totals = [one for one in dict.fromkeys(questions) if answer(SYSTEM, one).amount is not None][::5]
    before = [answer(SYSTEM, one).amount for one in totals]
    ship(without(*{one.indicator for one in totals}, *PLACES))
    assert [answer(SYSTEM, one).amount for one in totals] == before
    assert len(totals) > 10


def test_an_open_figure_of_a_retired_indicator_says_why_it_waits_and_offers_the_others(officer: Client) -> None:
    document = pasted(officer, REPORT)
    figure = document.proposal.figures.get()
    assert figure.indicator == INDICATOR
    ship(without(INDICATOR))
    page = opened(officer, reverse("document", args=[document.pk]))
    assert "không nhận số mới" in page
    form = opened(officer, reverse("document_edit", args=[document.pk, figure.pk]))
    assert 'value="projects_new"' in form
    assert f'value="{INDICATOR}"' not in form


def test_the_form_for_a_document_offers_no_retired_place(officer: Client) -> None:
    assert f'value="{HERE}"' in opened(officer, reverse("document_new"))
    ship(without(*PLACES))
    assert f'value="{HERE}"' not in opened(officer, reverse("document_new"))


def test_no_figure_of_the_book_is_lost_by_an_upgrade_that_retires_all_it_can(officer: Client) -> None:
    used = set(Observation.objects.values_list("cell__indicator", flat=True))
    ship(without(*used, *PLACES))
    for pk in Observation.objects.values_list("pk", flat=True)[:40]:
        opened(officer, reverse("figure", args=[pk]))


def test_the_maps_are_drawn_where_the_province_of_an_archipelago_was_retired(officer: Client) -> None:
    ship(
        without(
            *(f"{kind}/{name}" for kind in ("province", "board") for name in ("da-nang", "da-nang-2025", "quang-nam"))
        )
    )
    for address in (reverse("places"), reverse("places") + "?ban-do=truoc"):
        assert "Hoàng Sa" in opened(officer, address)
