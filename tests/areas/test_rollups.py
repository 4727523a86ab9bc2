"""Tables over a grouping: which places each period has, how much of a total is there, who moved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factories import a_document, a_figure, a_proposal, accept_all, said
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.comparing import contribution_since_last_year
from sokhu.areas.ledger.rollups import Rollup, RollupAsked, contributions, rollup
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.core.table import TableQuestion

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
AFTER = date(2026, 12, 31)
DELTA = "region/dong-bang-song-hong"
HP, HD, QN = "province/hai-phong", "province/hai-duong", "province/quang-ninh"


def asked(by: str, *periods: str, within: str = "", indicator: str = "projects_new", **fields: object) -> Rollup:
    table = TableQuestion((indicator,), (), tuple(named(period) for period in periods), **fields)  # type: ignore[arg-type]
    return rollup(SYSTEM, RollupAsked(table, by, within))


def figures(*told: tuple[str, str, int], indicator: str = "projects_new") -> None:
    """(place, period, value) of each."""
    made = [
        a_figure(str(value), "projects", place=place, period=period, indicator=indicator)
        for place, period, value in told
    ]
    accept_all(SYSTEM, a_proposal(*made, document=a_document("")))


def amounts(found: Rollup) -> dict[tuple[str, str], int | None]:
    return {
        (cell.question.place, cell.question.period.name): cell.answer.amount and cell.answer.amount // MILLION
        for cell in found.cells
    }


def test_as_it_was_each_period_has_the_places_of_its_own_map() -> None:
    figures((HP, "2024", 10), (HD, "2024", 4), ("province/hai-phong-2025", "2026", 20))
    found = amounts(asked("province", "2024", "2026"))
    assert len(found) == 63 + 34
    assert (found[HP, "2024"], found["province/hai-phong-2025", "2026"]) == (10, 20)
    assert (HP, "2026") not in found
    assert ("province/hai-phong-2025", "2024") not in found


def test_on_the_map_of_a_day_every_period_has_the_places_of_that_day() -> None:
    figures((HP, "2024", 10), (HD, "2024", 4), ("province/hai-phong-2025", "2026", 20))
    found = amounts(asked("province", "2024", "2026", map_day=AFTER))
    assert len(found) == 2 * 34
    assert [found["province/hai-phong-2025", year] for year in ("2024", "2026")] == [14, 20]


def test_cells_stand_by_indicator_ownership_place_and_period() -> None:
    figures((HP, "2024", 10), (QN, "2023", 4))
    found = asked(f"{QN},{HP}", "2023", "2024", ownerships=("FDI", ""))
    assert [(one.ownership, one.place, one.period.name) for one in (cell.question for cell in found.cells)] == [
        (ownership, place, period) for ownership in ("FDI", "") for place in (QN, HP) for period in ("2023", "2024")
    ]


def test_kinds_of_zones_are_rows_of_one_place_and_do_not_add_up() -> None:
    figures(("zone/kcn-thang-long", "2024", 5))
    found = asked("zone_kind", "2024", within="province/ha-noi", with_last_year=True)
    told = {cell.question.zone_kind: cell.answer.amount for cell in found.cells}
    assert {"KCN", "KKT", "KKT-VB"} <= told.keys()
    assert told["KCN"] == 5 * MILLION
    assert told["KKT"] is None
    with pytest.raises(Problem) as refused:
        contributions(found)
    assert refused.value.code == "asking.kinds_overlap"


def test_a_total_without_some_members_tells_their_weight_by_the_last_known_figures() -> None:
    figures((HP, "2024", 50), (HP, "2023", 60), (HD, "2022", 30), (QN, "2020", 99))
    found = asked(DELTA, "2024")
    weight = found.weights[found.cells[0].question]
    assert (found.cells[0].answer.amount, found.cells[0].answer.have) == (50 * MILLION, 1)
    assert weight.percent == Decimal("66.7")  # 60 of 90; what is older than three years is not known
    assert weight.estimate == 30 * MILLION
    assert [one.question.place for one in weight.last_known] == [HD]
    assert QN in weight.unknown


def test_a_total_that_has_all_its_members_is_not_weighed() -> None:
    figures((HP, "2024", 50), (HD, "2024", 60), (HP, "2023", 1))
    assert asked("province/hai-phong-2025", "2024", map_day=AFTER).weights == {}


def test_who_moved_the_total_adds_up_to_its_change() -> None:
    figures((HP, "2023", 10), (HP, "2024", 25), (HD, "2023", 12), (HD, "2024", 8), (QN, "2024", 3))
    found = asked("province", "2024", within=DELTA, with_last_year=True)
    (total,) = contributions(found).values()
    assert (total.before, total.now, total.rest) == (22 * MILLION, 36 * MILLION, 0)
    assert [(one.place, one.change // MILLION, one.rank_before, one.rank) for one in total.members] == [
        (HP, 15, 2, 1),
        (HD, -4, 1, 2),
        (QN, 3, None, 3),
    ]


def test_a_merged_province_is_held_against_what_it_was_made_of() -> None:
    figures((HP, "2024", 10), (HD, "2024", 4), ("province/hai-phong-2025", "2025", 20))
    (total,) = contributions(asked("province", "2025", with_last_year=True)).values()
    assert [(one.place, one.change // MILLION) for one in total.members] == [("province/hai-phong-2025", 6)]


def test_the_total_of_a_place_tells_who_moved_it_since_last_year() -> None:
    figures((HP, "2023", 10), (HP, "2024", 25), (QN, "2023", 8), (DELTA, "2023", 100))
    total = answer(SYSTEM, Question("projects_new", DELTA, named("2024")))
    found = contribution_since_last_year(SYSTEM, total)
    assert found is not None
    assert (found.before, found.now) == (100 * MILLION, 25 * MILLION)
    assert [(one.place, one.change // MILLION) for one in found.members] == [(HP, 15), (QN, -8)]
    assert found.rest == -82 * MILLION  # last year's total was said for the region, and not by its members


def test_nothing_is_told_of_a_total_that_was_said_or_has_no_year_before() -> None:
    figures((HP, "2024", 25))
    for place in (HP, DELTA):
        total = answer(SYSTEM, Question("projects_new", place, named("2024")))
        assert contribution_since_last_year(SYSTEM, total) is None
    plan = replace(Question("projects_new", DELTA, named("2021..2025")))
    assert contribution_since_last_year(SYSTEM, answer(SYSTEM, plan)) is None


def test_a_question_of_the_past_is_answered_with_the_places_and_figures_of_then() -> None:
    one = said(SYSTEM, a_figure("10", "projects", indicator="projects_new"), a_document(""))
    moment = one.batch_id
    figures((HD, "2024", 4))
    then = amounts(asked(f"{HP},{HD}", "2024", at=moment))
    assert then == {(HP, "2024"): 10, (HD, "2024"): None}
