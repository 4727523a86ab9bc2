"""Explaining a difference on a book: moments, maps, streams and documents; the 63 -> 34 merger is the standing case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from factories import HAI_PHONG, a_document, a_figure, a_proposal, accept_all, reach, said
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.explaining import SideAsked, explanations, observations_of
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.queries import Voice
from sokhu.areas.ledger.shown_compared import remainder_words
from sokhu.areas.territory.queries import SYSTEM, Reach, makeup_of
from sokhu.core.answer import Question
from sokhu.core.explain import Explanation
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
YEAR, AFTER = named("2024"), date(2026, 12, 31)
COUNTRY = "country/viet-nam"


def side(*places: str, **fields: object) -> SideAsked:
    asked = places or ("province/hai-phong",)
    question = Question(str(fields.pop("indicator", "capital_new")), asked[0], YEAR, currency="USD")
    return SideAsked(question, asked, **fields)  # type: ignore[arg-type]


def between(left: SideAsked, right: SideAsked, mine: Reach = SYSTEM) -> Explanation:
    (found,) = explanations(mine, left, right)
    assert sum(line.contribution for line in found.lines) + found.remainder == found.moved
    return found


def kinds(found: Explanation) -> list[tuple[str, int]]:
    return [(line.kind, line.contribution // MILLION) for line in found.lines]


def test_between_two_moments_what_was_corrected_added_and_withdrawn_is_named() -> None:
    first = said(SYSTEM, a_figure("100"), a_document(""))
    gone = said(SYSTEM, a_figure("40", place="province/hai-duong"), a_document(""))
    moment = head()[0]
    second = correct(SYSTEM, first.pk, "150 triệu USD", "sửa")
    withdraw(SYSTEM, gone.pk, "rút")
    said(SYSTEM, a_figure("7", place="province/hai-duong", period="2024-H1"), a_document(""))
    new = side("province/hai-phong-2025")
    found = between(replace(new, at=moment), new)
    assert (found.left.amount, found.right.amount) == (140 * MILLION, 150 * MILLION)
    assert kinds(found) == [("changed", 50), ("gone", -40)]
    assert set(observations_of(SYSTEM, [found])) == {first.pk, second.pk, gone.pk}


def test_one_stream_against_another_and_one_document_against_another() -> None:
    papers = [a_document("", ("press", "Báo A")), a_document("", ("report", HAI_PHONG))]
    for paper, value in zip(papers, ("100", "130"), strict=True):
        said(SYSTEM, a_figure(value), paper)
    by_stream = between(side(voice=Voice("press")), side(voice=Voice("report")))
    by_document = between(*(side(voice=Voice(document=paper.pk)) for paper in papers))
    assert kinds(by_stream) == kinds(by_document) == [("changed", 30)]


def test_a_document_says_what_it_says_also_where_it_was_revised_and_when_it_repeats_another() -> None:
    first, again = a_document("", ("press", "Báo A")), a_document("", ("press", "Báo A"))
    one = said(SYSTEM, a_figure("100"), first)
    accept_all(SYSTEM, a_proposal(a_figure("100"), document=again))
    correct(SYSTEM, one.pk, "110 triệu USD", "sửa")
    for document in (first, again):
        assert kinds(between(side(voice=Voice(document=document.pk)), side())) == [("changed", 10)]


def test_a_document_that_the_reader_may_not_open_is_not_there() -> None:
    paper = a_document(HAI_PHONG)
    said(reach("an"), a_figure("100"), paper)
    for mine, document in ((reach("chi"), paper.pk), (SYSTEM, uuid4())):
        with pytest.raises(Problem) as told:
            explanations(mine, side(voice=Voice(document=document)), side())
        assert told.value.code == "sources.no_such_document"


def test_lines_are_of_figures_that_the_reader_may_see() -> None:
    said(reach("an"), a_figure("100"))
    found = between(side(at=head()[0] - 1), side(), reach("chi"))
    assert (found.right.amount, found.lines) == (None, ())


def test_money_is_explained_in_each_currency_that_says_something() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    asked = side()
    asked = replace(asked, question=replace(asked.question, currency=""))
    assert [one.right.currency for one in explanations(SYSTEM, replace(asked, at=head()[0] - 1), asked)] == ["USD"]
    said(SYSTEM, a_figure("5", "VND", period="2024"), a_document(""))
    assert [one.right.currency for one in explanations(SYSTEM, asked, asked)] == ["USD", "VND"]


def test_the_same_figure_at_the_rates_of_two_days_is_converted_otherwise() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    rates = [date(2020, 12, 31), date(2024, 12, 31)]
    found = between(*(side(into="VND", rate_day=day) for day in rates))
    assert [line.kind for line in found.lines] == ["converted"]
    assert found.remainder == 0
    assert found.difference is not None
    assert found.difference > 0


def test_a_ratio_of_several_places_is_refused() -> None:
    asked = side("province/hai-phong", "province/hai-duong", indicator="occupancy_rate")
    with pytest.raises(Problem) as told:
        explanations(SYSTEM, asked, asked)
    assert told.value.code == "explain.several_ratios"


# --- the merger of 2025-07-01: one figure of every province of 2024


@pytest.fixture
def of_63(book: None) -> int:
    """The total of 63 figures of 2024, no two alike."""
    provinces = [place.id for place in territory().places_on("province", YEAR.last)]
    values = {place: number * number + 1 for number, place in enumerate(provinces, 7)}
    figures = [a_figure(str(value), place=place) for place, value in values.items()]
    accept_all(SYSTEM, a_proposal(*figures, document=a_document("")))
    assert Observation.objects.count() == len(values) == 63
    return sum(values.values()) * MILLION


def test_the_country_has_one_total_on_every_map_and_nothing_to_explain(of_63: int) -> None:
    for day in (date(2024, 6, 30), date(2025, 6, 30), date(2025, 7, 1), AFTER):
        found = between(side(COUNTRY), side(COUNTRY, map_day=day))
        assert (found.left.amount, found.right.amount, found.lines) == (of_63, of_63, ())
        assert len(found.same) == 63


def test_every_province_of_today_is_explained_to_zero_by_named_figures(of_63: int) -> None:
    counted, amounts, restated = [], 0, 0
    for place in territory().places_on("province", AFTER):
        before = makeup_of(place.id, YEAR).members if not place.span.holds(YEAR.last) else (place.id,)
        found = between(side(*before), side(place.id, map_day=AFTER))
        assert (found.difference, found.remainder) == (0, 0)
        lines = [*found.lines, *found.same]
        assert all(line.contribution == 0 and line.kind in ("same", "restated") for line in lines)
        restated += len(found.lines)
        counted += [line.leaf.fact.id for line in lines if line.leaf.fact]
        amounts += found.right.amount or 0
    assert amounts == of_63
    assert len(counted) == len(set(counted)) == 63
    assert restated == 52  # eleven provinces did not merge


def test_a_province_that_is_no_more_is_refused_after_its_end(of_63: int) -> None:
    later = side("province/hai-phong")
    later = replace(later, question=replace(later.question, period=named("2026")))
    found = between(side("province/hai-phong"), later)
    assert (found.is_refused, found.difference, found.lines) == (True, None, ())
    assert [problem.code for problem in found.right.refusals] == ["territory.not_restatable"]


def test_a_block_total_without_its_members_is_refused_on_the_map_of_another_day() -> None:
    said(SYSTEM, a_figure("500", place="block/dong-bang-song-hong"), a_document(""))
    found = between(side("block/dong-bang-song-hong"), side("block/dong-bang-song-hong", map_day=AFTER))
    assert (found.left.amount, found.right.amount, found.is_refused) == (500 * MILLION, None, True)


def test_what_no_line_tells_is_called_rounding_only_where_it_can_be() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    found = between(side(), side("province/hai-duong"))
    assert remainder_words(replace(found, remainder=2)) == "làm tròn"
    assert remainder_words(replace(found, remainder=16 * MILLION)) == "số người xem không được đọc"
