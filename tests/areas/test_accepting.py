"""Proposed figures become observations: any subset, once, against what their stream says already."""

from __future__ import annotations

from unicodedata import normalize
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import (
    a_document,
    a_figure,
    a_proposal,
    accept_all,
    ids_of,
    reach,
    said,
    standing,
)
from sokhu.areas.ledger.actions import accept, edit_figure, keep_proposal, reject_figure, reopen_figure
from sokhu.areas.ledger.models import Cell, Citation, Observation, ProposedFigure, Stream
from sokhu.areas.sources.models import Document
from sokhu.core.problems import Problem
from sokhu.kit.sealing.models import Words
from sokhu.kit.sealing.queries import head, verify

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
COMPOSED = normalize("NFC", "Báo Hải Phòng")
DECOMPOSED = normalize("NFD", COMPOSED)


def three_figures() -> list[dict[str, object]]:
    return [a_figure(value, period=period) for value, period in (("1", "2022"), ("2", "2023"), ("3", "2024"))]


def test_any_subset_of_a_proposal_is_accepted_and_the_rest_stays_open() -> None:
    proposal = a_proposal(*three_figures())
    first, _second, third = ids_of(proposal)
    result = accept(reach("an"), proposal, [third, first])
    assert (result.new, result.refused) == (2, [])
    assert list(proposal.figures.values_list("state", flat=True)) == ["accepted", "open", "accepted"]
    assert standing() == [1 * MILLION, 3 * MILLION]


def test_the_rest_goes_in_later_in_a_batch_of_its_own() -> None:
    proposal = a_proposal(*three_figures())
    first = accept(reach("an"), proposal, ids_of(proposal)[:1])
    rest = accept_all(reach("an"), proposal)
    assert (rest.new, rest.already) == (2, 1)
    assert rest.sequence == (first.sequence or 0) + 1


def test_accepting_twice_changes_nothing_not_even_the_head() -> None:
    proposal = a_proposal(*three_figures())
    accept_all(reach("an"), proposal)
    before = head()
    again = accept_all(reach("an"), proposal)
    assert head() == before
    assert (again.sequence, again.new, again.cited, again.already) == (None, 0, 0, 3)


def test_an_observation_keeps_the_id_of_the_figure_that_was_read() -> None:
    proposal = a_proposal(a_figure())
    accept_all(reach("an"), proposal)
    figure = proposal.figures.get()
    assert figure.observation_id == figure.pk == Observation.objects.get().pk


def test_accepting_nothing_or_figures_of_another_proposal_changes_nothing() -> None:
    proposal, other = a_proposal(a_figure()), a_proposal(a_figure())
    before = head()
    assert accept(reach("an"), proposal, []).sequence is None
    assert accept(reach("an"), proposal, [uuid4(), *ids_of(other)]).new == 0
    assert head() == before


def test_the_same_figure_of_the_same_stream_in_another_document_is_a_citation_not_a_row() -> None:
    observation = said(reach("an"), a_figure())
    again = a_proposal(a_figure())
    result = accept_all(reach("an"), again)
    assert (result.new, result.cited) == (0, 1)
    assert Observation.objects.count() == 1
    citation = Citation.objects.get()
    assert (citation.observation_id, citation.document_id) == (observation.pk, again.document_id)
    assert again.figures.get().observation_id == observation.pk


def test_a_figure_said_twice_in_one_document_is_one_row_with_a_citation() -> None:
    result = accept_all(reach("an"), a_proposal(a_figure(), a_figure()))
    assert (result.new, result.cited) == (1, 1)
    assert Observation.objects.count() == 1


def test_two_values_of_one_cell_in_one_document_are_for_a_person_to_choose() -> None:
    proposal = a_proposal(a_figure("100"), a_figure("200"))
    result = accept_all(reach("an"), proposal, revise=True, reason="thử")
    assert result.new == 1
    assert [problem.code for _, problem in result.refused] == ["ledger.contradicts"]
    assert standing() == [100 * MILLION]


def test_a_document_that_cites_what_stands_and_contradicts_it_replaces_nothing() -> None:
    said(reach("an"), a_figure("100"))
    result = accept_all(reach("an"), a_proposal(a_figure("100"), a_figure("200")), revise=True, reason="thử")
    assert (result.cited, result.revised, len(result.refused)) == (1, 0, 1)


def test_another_value_of_the_same_stream_is_refused_and_stays_open() -> None:
    said(reach("an"), a_figure("100"))
    other = a_proposal(a_figure("101"))
    before = head()
    result = accept_all(reach("an"), other)
    assert [problem.code for _, problem in result.refused] == ["ledger.contradicts"]
    assert other.figures.get().state == "open"
    assert head() == before


def test_a_revision_names_what_it_replaces() -> None:
    old = said(reach("an"), a_figure("100"))
    new = said(reach("an"), a_figure("101"), revise=True, reason="Báo đính chính ngày 05/01")
    assert new.replaces_id == old.pk
    assert standing() == [101 * MILLION]


def test_replacing_a_figure_needs_a_reason() -> None:
    said(reach("an"), a_figure("100"))
    with pytest.raises(Problem, match=r"ledger\.reason_missing"):
        accept_all(reach("an"), a_proposal(a_figure("101")), revise=True, reason="  ")


def test_about_and_exactly_the_same_amount_are_one_figure() -> None:
    said(reach("an"), a_figure("500", approx=True))
    assert accept_all(reach("an"), a_proposal(a_figure("500"))).cited == 1
    assert Observation.objects.get().approx


def test_a_count_of_a_month_and_one_of_its_last_day_are_one_cell() -> None:
    stock = {"indicator": "projects_valid", "unit": "project", "asof": True}
    said(reach("an"), a_figure("12", period="2024-06", **stock))
    assert accept_all(reach("an"), a_proposal(a_figure("12", period="2024-06-30", **stock))).cited == 1
    assert Cell.objects.count() == 1


def test_an_estimate_and_the_final_figure_of_the_same_amount_are_two() -> None:
    said(reach("an"), a_figure("500", maturity="estimate"))
    refused = accept_all(reach("an"), a_proposal(a_figure("500"))).refused
    assert [problem.code for _, problem in refused] == ["ledger.contradicts"]


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"indicator": ""}, "ledger.indicator_missing"),
        ({"indicator": "no_such"}, "ledger.indicator_unknown"),
        ({"place": ""}, "ledger.place_missing"),
        ({"place": "province/atlantis"}, "ledger.place_missing"),
        ({"period": ""}, "ledger.period_missing"),
        ({"unit": "ha"}, "measure.unlike_unit"),
    ],
)
def test_a_figure_that_lacks_something_stays_open_and_the_others_go_in(lacking: dict[str, str], code: str) -> None:
    proposal = a_proposal(a_figure("1", **lacking), a_figure("2", period="2023"))
    result = accept_all(reach("an"), proposal)
    assert result.new == 1
    assert [problem.code for _, problem in result.refused] == [code]


def test_a_rejected_figure_is_not_accepted_until_it_is_opened_again() -> None:
    proposal = a_proposal(a_figure())
    (figure,) = ids_of(proposal)
    reject_figure(reach("an"), figure)
    assert accept_all(reach("an"), proposal).new == 0
    reopen_figure(reach("an"), figure)
    assert accept_all(reach("an"), proposal).new == 1


def test_an_accepted_figure_can_no_longer_be_rejected_or_edited() -> None:
    proposal = a_proposal(a_figure())
    accept_all(reach("an"), proposal)
    (figure,) = ids_of(proposal)
    for act in (lambda: reject_figure(reach("an"), figure), lambda: edit_figure(reach("an"), figure, {"value": "1"})):
        with pytest.raises(Problem, match=r"ledger\.figure_closed"):
            act()


def test_a_figure_corrected_before_acceptance_goes_in_as_corrected() -> None:
    proposal = a_proposal(a_figure("100"))
    edited = edit_figure(reach("an"), ids_of(proposal)[0], {"value": "101000000", "ownership": "FDI"})
    assert edited.is_edited
    accept_all(reach("an"), proposal)
    assert standing(cell__ownership="FDI") == [101 * MILLION]


def test_a_correction_that_leaves_the_figure_without_a_cell_is_refused_and_not_kept() -> None:
    proposal = a_proposal(a_figure())
    with pytest.raises(Problem, match=r"ledger\.place_missing"):
        edit_figure(reach("an"), ids_of(proposal)[0], {"place": "province/atlantis"})
    assert proposal.figures.get().place == "province/hai-phong"


def test_proposing_the_same_document_again_keeps_the_proposal_and_its_decisions() -> None:
    document = a_document()
    first = keep_proposal(document, [a_figure()], by=None)
    accept_all(reach("an"), first)
    assert keep_proposal(document, [a_figure("7"), a_figure("8")], by=None) == first
    assert ProposedFigure.objects.filter(proposal=first).count() == 1


def test_eight_and_a_half_quadrillion_dong_and_one_dong_survive_to_the_dong() -> None:
    dong = 8_500_000_000_000_001
    figure = a_figure("1", "VND") | {"value": str(dong), "as_written": "8.500.000.000.000.001 đồng"}
    observation = said(reach("an"), figure)
    assert Observation.objects.get(pk=observation.pk).amount == dong


def test_passages_and_reasons_are_kept_beside_the_chain_by_their_digest() -> None:
    observation = said(reach("an"), a_figure(quote="ông A cho biết 100 triệu USD"), reason="đã xem")
    words = Words.objects.get(pk=observation.passage)
    assert words.text == "ông A cho biết 100 triệu USD"
    assert Words.objects.get(pk=observation.batch.reason).text == "đã xem"


def test_decomposed_letters_are_the_same_speaker_and_cell() -> None:
    said(reach("an"), a_figure(), a_document(stream=("press", COMPOSED)))
    result = accept_all(reach("an"), a_proposal(a_figure(), document=a_document(stream=("press", DECOMPOSED))))
    assert result.cited == 1
    assert Stream.objects.get().speaker == COMPOSED


def test_what_is_stored_is_composed_however_it_was_typed() -> None:
    document = a_document(stream=("press", DECOMPOSED))
    observation = said(reach("an"), a_figure(as_written=f"100 {DECOMPOSED}", quote=DECOMPOSED), document)
    stored = Observation.objects.get(pk=observation.pk)
    assert (stored.as_written, stored.stream.speaker) == (f"100 {COMPOSED}", COMPOSED)
    assert Words.objects.get(pk=stored.passage).text == COMPOSED
    assert verify().broken is None


def test_two_thousand_figures_go_in_with_a_constant_number_of_questions_per_five_hundred() -> None:
    def questions(count: int, year: int) -> int:
        places = ("province/hai-phong", "province/quang-ninh")
        figures = [
            a_figure(str(number + 1), place=places[number % 2], period=str(year), other=f"sector={number}")
            for number in range(count)
        ]
        proposal = a_proposal(*figures)
        mine, ids = reach("an"), ids_of(proposal)
        with CaptureQueriesContext(connection) as asked:
            assert accept(mine, proposal, ids).new == count
        return len(asked)

    few, many = questions(500, 2021), questions(2000, 2022)
    assert few < 40
    assert many <= 4 * few


def test_documents_that_differ_only_in_their_bytes_are_two_and_the_same_bytes_are_one() -> None:
    assert a_document() != a_document()
    assert Document.objects.count() == 2
    assert not Cell.objects.exists()
