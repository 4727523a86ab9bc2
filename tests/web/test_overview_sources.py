"""The overview's list of sources: whoever holds the paper knows who said its figures, where and when."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.behind import facts_behind
from sokhu.areas.ledger.models import Observation
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Question
from sokhu.core.period import named
from web.steps import accepted, pasted, said

pytestmark = pytest.mark.usefixtures("book")
HERE = "/?noi=province/hai-phong&nam=2019"
TEXT = "Năm 2019, thành phố Hải Phòng thu hút {n} dự án FDI cấp mới."
BLOCK = Question("projects_new", "block/dong-bang-song-hong", named("2020"), ownership="FDI")


def sources(page: str) -> list[str]:
    found = re.search(r'<section class="block sources">(.*?)</section>', page, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", found[1]) if found else []
    return [re.sub(r"<[^>]+>", "", item) for item in items]


def test_a_shown_figure_has_its_document_speaker_and_day_in_the_list(officer: Client) -> None:
    before = sources(said(officer.get(HERE)))
    document = pasted(officer, TEXT.format(n=77), title="Báo cáo năm 2019", published="05/01/2020")
    accepted(officer, document)
    new = [line for line in sources(said(officer.get(HERE))) if line not in before]
    assert len(new) == 1
    assert new[0].startswith(f"{document.title} ")
    assert "05/01/2020 (1 số liệu)" in new[0]


def test_a_page_without_figures_has_no_list(officer: Client) -> None:
    assert sources(said(officer.get("/?noi=province/lai-chau&nam=2016"))) == []


def test_a_total_stands_on_the_figures_of_its_parts() -> None:
    whole = answer(SYSTEM, BLOCK)
    behind = Observation.objects.filter(pk__in=list(facts_behind([whole]))).select_related("cell")
    parts = {part.facts[0].id for part in whole.parts if part.how == "said"} if whole.how != "said" else set()
    assert {one.pk for one in behind} >= parts
    assert behind


@pytest.mark.parametrize(("page", "year"), [("/", "2025"), ("/kham-pha/", "2024"), ("/so-sanh/", "2024")])
def test_a_page_opens_on_the_newest_year_with_its_figures_of_ones_own_in_the_territory_of_today(
    officer: Client, page: str, year: str
) -> None:
    at = said(officer.get(page, follow=True))
    (title,) = re.findall(r"<h1>(.*?)</h1>", at)
    assert f"năm {year}" in title
    assert "hai-phong-2025" in at
