"""Who sees and writes what, cell by cell over the five people (docs/access.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from factories import (
    CAST,
    HAI_PHONG,
    QUANG_NGAI,
    a_document,
    a_figure,
    a_proposal,
    accept_all,
    ids_of,
    reach,
    said,
)
from sokhu.areas.accounts.models import Grant
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.actions import accept, correct, edit_figure, reject_figure, submit, withdraw
from sokhu.areas.ledger.models import Observation
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.problems import Problem
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
EVERYBODY = ("an", "binh", "chi", "dung", "giang", "nga")
BLOCK, MINISTRY = "block/dong-bang-song-hong", "country/viet-nam"
OLD_HAI_PHONG = "board/hai-phong"  # one of the two that became board/hai-phong-2025
BLOCK_MATE = "board/quang-ninh"


def refusal(act: Callable[[], object]) -> str:
    before = head()
    with pytest.raises(Problem) as told:
        act()
    assert head() == before
    return told.value.code


@pytest.mark.parametrize(
    ("owner", "readers"),
    [
        (HAI_PHONG, {"an", "binh"}),
        (QUANG_NGAI, {"chi"}),
        (BLOCK, {"dung"}),
        (OLD_HAI_PHONG, {"an", "binh"}),
        ("", set()),
    ],
)
def test_a_proposed_figure_is_seen_by_the_authority_that_brought_it_in(owner: str, readers: set[str]) -> None:
    a_proposal(a_figure(), document=a_document(owner))
    assert {name for name in EVERYBODY if queries.proposed_figures(reach(name)).exists()} == readers
    assert {name for name in EVERYBODY if queries.visible_documents(reach(name)).exists()} == readers


@pytest.mark.parametrize(
    ("owner", "to", "readers"),
    [
        (HAI_PHONG, [BLOCK], {"an", "binh", "dung"}),
        (HAI_PHONG, [MINISTRY], {"an", "binh", "giang"}),
        (HAI_PHONG, [BLOCK, MINISTRY], {"an", "binh", "dung", "giang"}),
        (QUANG_NGAI, [MINISTRY], {"chi", "giang"}),
        (BLOCK, [MINISTRY], {"dung", "giang"}),
        (BLOCK_MATE, [BLOCK], {"dung"}),  # the block is its head's to read for, not its members'
    ],
)
def test_a_proposed_figure_is_seen_by_the_addressees_of_its_document(
    owner: str, to: list[str], readers: set[str]
) -> None:
    document = a_document(owner, to=to)
    proposal = a_proposal(a_figure(), document=document)
    assert {name for name in EVERYBODY if queries.proposed_figures(reach(name)).exists()} == readers
    assert {name for name in EVERYBODY if queries.proposals(reach(name)).filter(pk=proposal.pk).exists()} == readers
    assert {name for name in EVERYBODY if queries.visible_documents(reach(name)).exists()} == readers
    assert {name for name in EVERYBODY if queries.figures_in(reach(name), document).exists()} == readers
    assert {name for name in EVERYBODY if queries.reads_whole(reach(name), document)} == readers


def test_an_addressee_reads_and_never_decides() -> None:
    proposal = a_proposal(a_figure(), document=a_document(to=[BLOCK, MINISTRY]))
    (figure,) = ids_of(proposal)
    for name in ("dung", "giang"):
        mine = reach(name)
        for act in (
            lambda mine=mine: accept(mine, proposal, [figure]),
            lambda mine=mine: edit_figure(mine, figure, {"value": "1"}),
            lambda mine=mine: reject_figure(mine, figure),
            lambda mine=mine: submit(mine, proposal.document, []),
        ):
            assert refusal(act) == "access.not_your_authority"
        assert queries.waiting_count(mine) == 0
    assert queries.waiting_count(reach("an")) == 1
    assert list(proposal.figures.values_list("state", flat=True)) == ["open"]


def test_an_addressee_reads_no_observation_that_it_did_not_read_before() -> None:
    said(SYSTEM, a_figure(), a_document(QUANG_NGAI))
    a_proposal(a_figure("7"), document=a_document(QUANG_NGAI, to=[BLOCK]))
    assert not queries.visible_observations(reach("dung")).exists()


def test_addressees_change_until_all_is_decided() -> None:
    document = a_document(to=[BLOCK])
    proposal = a_proposal(a_figure(), a_figure("7", period="2023", is_repeat=True), document=document)
    submit(reach("an"), document, [MINISTRY])
    assert not queries.proposals(reach("dung")).exists()
    assert queries.proposals(reach("giang")).exists()
    submit(reach("binh"), document, [])
    assert not queries.proposals(reach("giang")).exists()
    accept(reach("an"), proposal, ids_of(proposal)[:1])
    assert refusal(lambda: submit(reach("an"), document, [BLOCK])) == "sources.all_decided"


@pytest.mark.parametrize("to", [QUANG_NGAI, HAI_PHONG, "block/mien-dong-nam-bo", "province/hai-phong", ""])
def test_nobody_but_the_own_block_and_the_ministry_is_an_addressee(to: str) -> None:
    document = a_document()
    a_proposal(a_figure(), document=document)
    assert refusal(lambda: submit(reach("an"), document, [to])) == "sources.not_an_addressee"
    described = Described(speaker="Báo", addressees=(to,))
    act = lambda: add_document(reach("an"), b"Bao.", "b.txt", described, by=None, owner=HAI_PHONG)  # noqa: E731
    assert refusal(act) == "sources.not_an_addressee"


def test_a_document_is_submitted_as_it_is_brought_in_and_only_then() -> None:
    def bring(*to: str) -> Document:
        described = Described(speaker="Báo", addressees=to)
        return add_document(reach("an"), b"Bao.", "b.txt", described, by=None, owner=HAI_PHONG)

    document = bring(BLOCK)
    assert bring(MINISTRY) == document  # the same again is the document there is, as it is
    assert list(document.addressees.values_list("authority", flat=True)) == [BLOCK]


@pytest.mark.parametrize(
    ("owner", "readers"),
    [
        (HAI_PHONG, {"an", "binh", "dung", "giang"}),
        (QUANG_NGAI, {"chi", "giang"}),
        (OLD_HAI_PHONG, {"an", "binh", "dung", "giang"}),
        (BLOCK, {"an", "binh", "dung", "giang"}),
        (BLOCK_MATE, {"an", "binh", "dung", "giang"}),
        ("", {"giang"}),
    ],
)
def test_an_accepted_figure_is_seen_by_its_board_its_block_and_the_ministry(owner: str, readers: set[str]) -> None:
    said(SYSTEM, a_figure(), a_document(owner))
    assert {name for name in EVERYBODY if queries.visible_observations(reach(name)).exists()} == readers
    assert {name for name in EVERYBODY if queries.visible_documents(reach(name)).exists()} == readers


def test_a_published_figure_is_seen_by_everybody_even_without_a_role() -> None:
    said(SYSTEM, a_figure(), a_document(HAI_PHONG, is_public=True))
    assert all(queries.visible_observations(reach(name)).exists() for name in EVERYBODY)
    assert all(queries.visible_documents(reach(name)).exists() for name in EVERYBODY)


def test_who_has_no_role_sees_nothing_but_what_is_published() -> None:
    said(reach("an"), a_figure())
    nobody = reach("nga")
    assert (nobody.own, nobody.block, nobody.home) == (frozenset(), frozenset(), "")
    assert not queries.visible_observations(nobody).exists()
    assert not queries.proposed_figures(nobody).exists()
    assert queries.waiting_count(nobody) == 0


def test_a_role_counts_from_its_first_to_its_last_day_only() -> None:
    said(reach("an"), a_figure())
    Grant.objects.filter(user__username="an").update(ends=date(2026, 11, 22))
    assert not queries.visible_observations(reach("an")).exists()
    Grant.objects.filter(user__username="an").update(ends=date(2026, 11, 23))
    assert queries.visible_observations(reach("an")).exists()


@pytest.mark.parametrize("name", ["chi", "dung", "giang"])
def test_nobody_decides_on_figures_of_another_authority(name: str) -> None:
    proposal = a_proposal(a_figure())
    (figure,) = ids_of(proposal)
    mine = reach(name)
    assert refusal(lambda: accept(mine, proposal, [figure])) == "access.not_your_authority"
    assert refusal(lambda: edit_figure(mine, figure, {"value": "1"})) == "ledger.no_such_figure"
    assert refusal(lambda: reject_figure(mine, figure)) == "ledger.no_such_figure"


@pytest.mark.parametrize(
    ("name", "code"),
    [("chi", "ledger.no_such_figure"), ("dung", "access.not_your_authority"), ("giang", "access.not_your_authority")],
)
def test_who_only_reads_a_figure_neither_corrects_nor_withdraws_it(name: str, code: str) -> None:
    observation = said(reach("an"), a_figure())
    mine = reach(name)
    assert refusal(lambda: correct(mine, observation.pk, "1 triệu USD", "thử")) == code
    assert refusal(lambda: withdraw(mine, observation.pk, "thử")) == code
    withdraw(reach("an"), observation.pk, "sai")
    assert refusal(lambda: withdraw(mine, observation.pk, "thử")) == code


def test_a_published_figure_of_another_authority_is_read_and_not_written() -> None:
    observation = said(SYSTEM, a_figure(), a_document(HAI_PHONG, is_public=True))
    assert refusal(lambda: correct(reach("chi"), observation.pk, "1 triệu USD", "thử")) == "access.not_your_authority"


def test_who_has_no_role_writes_nothing_and_is_told_why() -> None:
    proposal = a_proposal(a_figure())
    assert refusal(lambda: accept_all(reach("nga"), proposal)) == "access.no_authority"


@pytest.mark.parametrize("kind", ["register", "return", "report"])
def test_an_authority_speaks_for_itself_and_quotes_the_others(kind: str) -> None:
    def bring(speaker: str, kind: str) -> object:
        described = Described(stream_kind=kind, speaker=speaker)
        return add_document(reach("an"), b"Bao cao.", "b.txt", described, by=None, owner=HAI_PHONG)

    assert refusal(lambda: bring(QUANG_NGAI, kind)) == "access.not_your_voice"
    assert refusal(lambda: bring("", kind)) == "access.not_your_voice"
    assert bring(HAI_PHONG, kind)
    assert bring(OLD_HAI_PHONG, kind)  # by succession
    assert bring(QUANG_NGAI, "other_body")


def test_the_command_line_too_has_to_say_which_authority_speaks() -> None:
    described = Described(stream_kind="report")
    with pytest.raises(Problem, match=r"sources\.speaker_missing"):
        add_document(SYSTEM, b"Bao cao.", "b.txt", described, by=None, owner="")


def test_a_document_is_not_brought_in_for_another_authority() -> None:
    described = Described(speaker="Báo")
    act = lambda: add_document(reach("an"), b"Bao.", "b.txt", described, by=None, owner=QUANG_NGAI)  # noqa: E731
    assert refusal(act) == "access.not_your_authority"


def test_the_successor_writes_in_the_books_of_its_predecessors() -> None:
    observation = said(SYSTEM, a_figure(), a_document(OLD_HAI_PHONG))
    new = correct(reach("an"), observation.pk, "7 triệu USD", "theo hồ sơ bàn giao")
    assert new.owner == OLD_HAI_PHONG
    assert (
        accept_all(reach("binh"), a_proposal(a_figure("8", period="2023"), document=a_document(OLD_HAI_PHONG))).new == 1
    )


def test_the_ministry_reads_all_and_writes_for_nobody_else() -> None:
    giang = reach("giang")
    assert giang.sees_all
    assert giang.own == frozenset({"country/viet-nam"})
    assert accept_all(giang, a_proposal(a_figure(), document=a_document("country/viet-nam"))).new == 1
    assert not queries.proposed_figures(giang).exclude(proposal__document__owner="country/viet-nam").exists()


def test_the_cast_is_as_the_demo_accounts_are() -> None:
    from sokhu.cli.book import DEMO_ACCOUNTS

    assert sorted((role, place) for _, _, role, place in DEMO_ACCOUNTS) == sorted(CAST.values())


def test_what_one_sees_of_a_cell_is_what_one_may_see_of_it() -> None:
    mine = said(reach("an"), a_figure("1"))
    public = said(SYSTEM, a_figure("2"), a_document("", is_public=True))
    cell = mine.cell_id
    seen = {name: {one.pk for one in queries.standing_in(reach(name), [cell]).get(cell, [])} for name in EVERYBODY}
    assert seen["an"] == seen["binh"] == seen["dung"] == seen["giang"] == {mine.pk, public.pk}
    assert seen["chi"] == seen["nga"] == {public.pk}
    assert Observation.objects.count() == 2
