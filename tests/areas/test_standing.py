"""The plain statement of what stands says what the query sets say, for every reader and moment."""

from __future__ import annotations

from datetime import date

import pytest

from factories import CAST, HAI_PHONG, QUANG_NGAI, a_document, a_figure, reach, said
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.answers import fact_of
from sokhu.areas.ledger.standing import said_facts
from sokhu.areas.territory.queries import SYSTEM, Reach
from sokhu.core.fact import Fact
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")

PLACES = {"province/hai-phong", "province/quang-ngai"}
DAYS = date(2023, 1, 1), date(2024, 12, 31)
CODES = {"capital_new", "projects_new"}


def a_book_with_everything() -> None:
    """Two boards, published and not, two streams, a revision, figures taken back, and what is of other days."""
    binh = reach("binh")
    first = said(binh, a_figure("100"))
    said(binh, a_figure("7", unit="dự án", indicator="projects_new"))
    said(binh, a_figure("80", period="2023"))
    said(binh, a_figure("60", period="2021"))
    said(binh, a_figure("200", place="province/quang-ngai"), a_document(is_public=True))
    said(binh, a_figure("300"), a_document(stream=("report", HAI_PHONG)))
    chi = reach("chi")
    said(chi, a_figure("250", place="province/quang-ngai"), a_document(QUANG_NGAI))
    correct(binh, first.pk, "110 triệu USD", "đọc sai")
    gone = said(binh, a_figure("90", ownership="FDI"))
    withdraw(binh, gone.pk, "nhầm")


def by_query_sets(mine: Reach, codes: set[str], at: int | None) -> set[Fact]:
    rows = queries.standing(mine, at).filter(cell__place__in=PLACES, cell__last__range=DAYS)
    chosen = rows.filter(cell__indicator__in=codes) if codes else rows
    return {fact_of(one) for one in chosen.select_related("cell", "stream")}


@pytest.mark.parametrize("codes", [set(), CODES, {"capital_new"}])
def test_the_statement_says_what_the_query_sets_say_to_every_reader_at_every_moment(codes: set[str]) -> None:
    a_book_with_everything()
    for mine in (SYSTEM, Reach(), *(reach(name) for name in (*CAST, "nga"))):
        for at in (None, *range(head()[0] + 1)):
            found = list(said_facts(mine, PLACES, DAYS, codes, at))
            assert len(found) == len(set(found))
            assert set(found) == by_query_sets(mine, codes, at), (mine, at)


def test_of_no_place_nothing_is_said() -> None:
    assert list(said_facts(SYSTEM, set(), DAYS, CODES, None)) == []
