"""Correcting and withdrawing: what stands now, and what stood at any moment before."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from factories import PRESS, a_document, a_figure, a_proposal, accept_all, reach, said, standing
from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.actions import accept, correct, withdraw
from sokhu.areas.ledger.models import Observation, Withdrawal
from sokhu.areas.ledger.occurring import occurring
from sokhu.areas.territory.queries import Reach
from sokhu.core.problems import Problem
from sokhu.kit.paging import ByKey, paged
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head, verify

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000


def amounts_at(moment: int) -> list[int]:
    rows = queries.current(Observation.objects.all(), at=moment)
    return [amount // MILLION for amount in rows.order_by("batch_id").values_list("amount", flat=True)]


def line_of_three() -> tuple[Observation, Observation, Observation]:
    """100, corrected to 200, corrected to 300."""
    mine = reach("an")
    first = said(mine, a_figure("100"))
    second = correct(mine, first.pk, "200 triệu USD", "nhầm cột")
    third = correct(mine, second.pk, "300 triệu USD", "nhầm dòng")
    return first, second, third


def test_a_correction_replaces_in_the_same_cell_and_stream_and_names_it() -> None:
    old = said(reach("an"), a_figure("100"))
    new = correct(reach("an"), old.pk, "101,5 triệu USD", "đọc nhầm")
    new.refresh_from_db()
    assert (new.replaces_id, new.cell_id, new.stream_id, new.owner) == (old.pk, old.cell_id, old.stream_id, old.owner)
    assert (new.amount, new.as_written, new.document_id) == (101_500_000, "101,5 triệu USD", None)
    assert standing() == [101_500_000]


def occurring_among_all(mine: Reach) -> tuple[set[str], set[str]]:
    return occurring(mine, "indicator", indicators()), occurring(mine, "place", territory().places)


def test_what_occurs_is_what_stands() -> None:
    mine = reach("an")
    _first, second, third = line_of_three()
    gone = said(mine, a_figure("5", place="province/hai-duong"))
    assert occurring_among_all(mine)[1] == {second.cell.place, "province/hai-duong"}
    withdraw(mine, gone.pk, "nhầm nơi")
    withdraw(mine, third.pk, "nhầm")
    assert occurring_among_all(mine) == ({second.cell.indicator}, {second.cell.place})
    of_stranger = occurring_among_all(reach("chi"))
    assert of_stranger == (set(), set())


def test_a_correction_of_money_names_its_unit() -> None:
    old = said(reach("an"), a_figure("100"))
    with pytest.raises(Problem, match=r"quantity\.no_unit"):
        correct(reach("an"), old.pk, "101", "quên đơn vị")
    assert correct(reach("an"), old.pk, "101.000.000 USD", "bằng đô la").amount == 101 * MILLION


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_correcting_and_withdrawing_need_a_reason(reason: str) -> None:
    old = said(reach("an"), a_figure())
    for act in (
        lambda: correct(reach("an"), old.pk, "1 triệu USD", reason),
        lambda: withdraw(reach("an"), old.pk, reason),
    ):
        with pytest.raises(Problem, match=r"ledger\.reason_missing"):
            act()


def test_correcting_to_what_already_stands_changes_nothing() -> None:
    old = said(reach("an"), a_figure("100"))
    before = head()
    assert correct(reach("an"), old.pk, "0,1 tỷ USD", "vẫn thế") == old
    assert head() == before


def test_correcting_about_to_exactly_the_same_amount_is_a_correction() -> None:
    old = said(reach("an"), a_figure("100", approx=True))
    new = correct(reach("an"), old.pk, "100 triệu USD", "đã có số chính xác")
    assert (new.replaces_id, new.approx) == (old.pk, False)


@pytest.mark.parametrize(
    ("written", "code"),
    [("100 ha", "measure.unlike_unit"), ("100 tỷ đồng", "measure.unlike_unit"), ("nhiều", "number.unreadable")],
)
def test_a_correction_that_is_no_figure_of_the_cell_is_refused_and_leaves_no_trace(written: str, code: str) -> None:
    old = said(reach("an"), a_figure())
    before = head()
    with pytest.raises(Problem) as told:
        correct(reach("an"), old.pk, written, "thử")
    assert told.value.code == code
    assert head() == before


def test_a_figure_that_was_replaced_cannot_be_corrected_again() -> None:
    first, _second, _third = line_of_three()
    with pytest.raises(Problem, match=r"ledger\.not_current"):
        correct(reach("an"), first.pk, "1 triệu USD", "muộn")


def test_withdrawing_restores_what_was_replaced() -> None:
    _first, second, third = line_of_three()
    withdraw(reach("an"), third.pk, "sai")
    assert standing() == [200 * MILLION]
    withdraw(reach("an"), second.pk, "cũng sai")
    assert standing() == [100 * MILLION]


def test_withdrawing_the_middle_of_a_line_changes_nothing_now_and_skips_it_later() -> None:
    _first, second, third = line_of_three()
    withdraw(reach("an"), second.pk, "số ở giữa sai")
    assert standing() == [300 * MILLION]
    withdraw(reach("an"), third.pk, "số cuối cũng sai")
    assert standing() == [100 * MILLION]


def test_withdrawing_all_leaves_nothing_and_not_zero() -> None:
    for one in line_of_three():
        withdraw(reach("an"), one.pk, "bỏ")
    assert standing() == []


def test_withdrawing_twice_changes_nothing() -> None:
    old = said(reach("an"), a_figure())
    withdraw(reach("an"), old.pk, "sai")
    before = head()
    withdraw(reach("an"), old.pk, "sai")
    assert head() == before
    assert Withdrawal.objects.count() == 1


def test_a_withdrawn_figure_is_not_accepted_again_from_the_same_proposal() -> None:
    proposal = a_proposal(a_figure())
    accept_all(reach("an"), proposal)
    withdraw(reach("an"), proposal.figures.get().pk, "sai")
    assert accept_all(reach("an"), proposal).already == 1
    assert standing() == []


def test_after_a_withdrawal_the_same_stream_may_say_another_value() -> None:
    old = said(reach("an"), a_figure("100"))
    withdraw(reach("an"), old.pk, "sai")
    new = said(reach("an"), a_figure("101"))
    assert new.replaces_id is None
    assert standing() == [101 * MILLION]


def test_after_a_withdrawal_what_stands_again_can_be_corrected() -> None:
    _first, second, third = line_of_three()
    withdraw(reach("an"), third.pk, "sai")
    assert correct(reach("an"), second.pk, "250 triệu USD", "đúng").replaces_id == second.pk


def test_the_ledger_answers_as_it_was_known_at_every_past_moment() -> None:
    start = head()[0]
    _first, second, third = line_of_three()
    withdraw(reach("an"), second.pk, "sai")
    withdraw(reach("an"), third.pk, "sai")
    known = [amounts_at(start + step) for step in range(6)]
    assert known == [[], [100], [200], [300], [300], [100]]


def test_streams_stand_beside_each_other_and_withdrawing_one_leaves_the_other() -> None:
    press = said(reach("an"), a_figure("100"))
    report = said(reach("an"), a_figure("200"), a_document(stream=("report", "board/hai-phong-2025")))
    assert report.replaces_id is None
    assert standing() == [100 * MILLION, 200 * MILLION]
    withdraw(reach("an"), press.pk, "báo đăng sai")
    assert standing() == [200 * MILLION]


def test_two_boards_that_bring_in_one_article_neither_cite_nor_replace_each_other() -> None:
    mine = said(reach("an"), a_figure("100"))
    theirs = said(reach("chi"), a_figure("900"), a_document(owner="board/quang-ngai-2025"))
    assert (theirs.stream_id, theirs.cell_id, theirs.replaces_id) == (mine.stream_id, mine.cell_id, None)
    assert standing(reach("an")) == [100 * MILLION]
    assert standing(reach("chi")) == [900 * MILLION]
    assert [one.pk for one in queries.history(mine)] == [mine.pk]
    assert queries.beside(reach("an"), mine) == []
    assert [one.pk for one in queries.beside(reach("giang"), mine)] == [theirs.pk]


def test_a_working_paper_does_not_hide_what_is_published() -> None:
    published = said(reach("an"), a_figure("100"), a_document(is_public=True))
    said(reach("an"), a_figure("200"))
    assert standing(reach("chi")) == [100 * MILLION]
    assert standing(reach("an")) == [100 * MILLION, 200 * MILLION]
    corrected = correct(reach("an"), published.pk, "150 triệu USD", "đính chính")
    assert corrected.is_public
    assert standing(reach("chi")) == [150 * MILLION]


def test_history_tells_everything_that_was_said_newest_first() -> None:
    line = line_of_three()
    withdraw(reach("an"), line[1].pk, "sai")
    assert [one.pk for one in queries.history(line[0])] == [one.pk for one in reversed(line)]


def test_a_correction_carries_the_reason_and_the_author_of_its_batch() -> None:
    mine = reach("binh")
    old = said(reach("an"), a_figure())
    new = correct(mine, old.pk, "1 triệu USD", "lãnh đạo ban sửa")
    new.refresh_from_db()
    assert (new.batch.kind, new.batch.author) == ("correct", mine.author)


@pytest.mark.parametrize("emptiness", ["not_due", "not_reported", "not_available", "not_applicable", "withheld"])
def test_a_reason_for_having_no_figure_is_not_zero(emptiness: str) -> None:
    zero = said(reach("an"), a_figure("0"))
    empty = an_empty_figure(zero, emptiness)
    assert standing() == [None]
    withdraw(reach("an"), empty, "đã có số")
    assert standing() == [0]


def an_empty_figure(of: Observation, emptiness: str, amount: int | None = None) -> UUID:
    pk = uuid4()
    with sealed_batch("accept", author=None) as batch:
        values = {"cell_id": of.cell_id, "stream_id": of.stream_id, "owner": of.owner, "maturity": "final"}
        batch.add(Observation(id=pk, amount=amount, emptiness=emptiness, as_written="…", replaces_id=of.pk, **values))
    return pk


@pytest.mark.parametrize(("amount", "emptiness"), [(None, ""), (0, "withheld")])
def test_the_database_refuses_a_figure_with_neither_or_both_of_amount_and_reason(
    amount: int | None, emptiness: str
) -> None:
    zero = said(reach("an"), a_figure("0"))
    with pytest.raises(IntegrityError), transaction.atomic():
        an_empty_figure(zero, emptiness, amount)


def test_the_database_refuses_two_figures_of_a_cell_and_stream_in_one_batch() -> None:
    one = said(reach("an"), a_figure("0"))
    values = {"cell_id": one.cell_id, "stream_id": one.stream_id, "owner": one.owner, "maturity": "final"}
    with pytest.raises(IntegrityError), transaction.atomic(), sealed_batch("accept", author=None) as batch:
        batch.rows += [Observation(id=uuid4(), batch_id=batch.sequence, amount=1, **values) for _ in range(2)]


def test_a_figure_can_be_the_citation_of_a_revision() -> None:
    said(reach("an"), a_figure("100"))
    said(reach("an"), a_figure("200"), revise=True, reason="mới")
    again = a_proposal(a_figure("200"), document=a_document(stream=PRESS))
    assert accept(reach("an"), again, [again.figures.get().pk]).cited == 1
    assert verify().broken is None


def test_a_long_list_is_paged_as_far_as_is_said_and_tells_that_there_is_more() -> None:
    line_of_three()
    rows = Observation.objects.order_by("batch_id")
    assert rows.count() == 3
    for most, total, is_more in ((2, "2", True), (3, "3", False), (4, "3", False)):
        shown, pager = paged(RequestFactory().get("/?trang=2"), ByKey(rows, most=most), 1)
        assert (len(shown), pager.total, pager.is_more, len(pager.pages)) == (1, total, is_more, int(total))
