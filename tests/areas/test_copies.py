"""The columnar copy: it says what the rules say, at once, to whoever asks, and whatever becomes of the file."""

from __future__ import annotations

import errno
from datetime import date
from uuid import uuid4

import pytest

from book_fixtures import ScratchBook
from factories import HAI_PHONG, a_document, a_figure, reach, said
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.queries import newest_entries
from sokhu.areas.catalogue.stored import RETIRED
from sokhu.areas.ledger import copies, tables
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Answer, Question
from sokhu.core.period import named
from sokhu.core.table import TableQuestion
from sokhu.engine import store
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book", "own_folder")
MILLION = 1_000_000
COUNTRY, PROVINCE, TODAY = "country/viet-nam", "province/hai-phong", "province/hai-phong-2025"
REGION, BLOCK = "region/dong-bang-song-hong", "block/dong-bang-song-hong"


def asked(place: str = COUNTRY, period: str = "2024", **fields: str) -> Question:
    return Question("capital_new", place, named(period), **({"currency": "USD"} | fields))


def told(answer: Answer) -> tuple[object, ...]:
    """What an answer says, without how it was found."""
    return (
        answer.amount, answer.maturity if answer.amount is not None else "", answer.approx, answer.emptiness,
        bool(answer.missing), answer.have, answer.want if answer.have else 0, answer.first, answer.last,
    )  # fmt: skip


def amount(place: str = COUNTRY, **fields: str) -> int | None:
    question = asked(place, **fields)
    return answer_all(SYSTEM, [question])[question].amount


def a_book_of_two_provinces() -> None:
    for place, value in ((PROVINCE, "100"), ("province/hai-duong", "40")):
        for quarter in (1, 2, 3, 4):
            figure = a_figure(value, place=place, period=f"2024-Q{quarter}")
            said(SYSTEM, figure, a_document("", is_public=True))


def without_a_copy(questions: list[Question]) -> dict[Question, Answer]:
    return tables._from_the_ledger(SYSTEM, questions, None, None)


def test_a_copy_answers_what_the_rules_answer_for_every_place_above_a_figure() -> None:
    a_book_of_two_provinces()
    questions = [
        asked(place, period)
        for place in (PROVINCE, TODAY, REGION, BLOCK, COUNTRY, "board/hai-phong", "province/ha-noi")
        for period in ("2024", "2024-H1", "2024-Q3", "2024-01..2024-09", "2024-05", "2023")
    ]
    expected = without_a_copy(questions)
    copies.make_copy()
    found = answer_all(SYSTEM, questions)
    assert {one: told(found[one]) for one in questions} == {one: told(expected[one]) for one in questions}
    assert found[asked(TODAY)].amount == 4 * 140 * MILLION
    assert set(found[asked(BLOCK)].missing) == set(expected[asked(BLOCK)].missing)


def test_a_read_after_an_accepted_change_includes_it_whatever_the_age_of_the_copy() -> None:
    a_book_of_two_provinces()
    copies.make_copy()
    assert amount() == 560 * MILLION
    more = said(SYSTEM, a_figure("7", place="province/quang-ninh"), a_document("", is_public=True))
    assert (amount(), amount(REGION), amount(TODAY)) == (567 * MILLION, 567 * MILLION, 560 * MILLION)
    again = correct(SYSTEM, more.pk, "9 triệu USD", "đọc lại")
    assert amount() == 569 * MILLION
    withdraw(SYSTEM, again.pk, "rút")
    assert amount() == 567 * MILLION
    assert copies.newest_copy() is not None  # all of this by the first copy


def test_a_table_shows_every_currency_that_was_said_whatever_the_age_of_the_copy() -> None:
    question = TableQuestion(("capital_new",), (PROVINCE, COUNTRY), (named("2024"),))

    def shown() -> list[tuple[str, str, int | None]]:
        cells = tables.ask(SYSTEM, question).cells
        return [(cell.question.place, cell.answer.currency, cell.answer.amount) for cell in cells]

    said(SYSTEM, a_figure("5", "EUR"), a_document("", is_public=True))
    euros = [(PROVINCE, "EUR", 5), (COUNTRY, "EUR", 5)]
    assert shown() == euros
    copies.make_copy()
    assert shown() == euros
    said(SYSTEM, a_figure("7", "JPY", place="province/hai-duong"), a_document("", is_public=True))
    assert shown() == [*euros, (COUNTRY, "JPY", 7)]
    copies.make_copy()
    assert shown() == [*euros, (COUNTRY, "JPY", 7)]


def test_money_is_asked_for_in_no_currency_that_nobody_used() -> None:
    a_book_of_two_provinces()
    copies.make_copy()
    assert tables.currencies_asked() == ("USD",)
    said(SYSTEM, a_figure("5", "EUR"), a_document("", is_public=True))
    assert tables.currencies_asked() == ("USD", "EUR")
    assert tables.currencies_asked(head()[0] - 1) == ("USD",)


def test_without_a_copy_money_is_asked_for_in_the_currencies_that_occur_as_soon_as_they_do() -> None:
    a_book_of_two_provinces()
    assert tables.currencies_asked() == ("USD",)
    said(SYSTEM, a_figure("5", "EUR"), a_document("", is_public=True))
    assert tables.currencies_asked() == ("USD", "EUR")
    assert tables.currencies_asked(head()[0] - 1) == ("USD",)


def test_a_change_touches_no_other_indicator_place_or_period() -> None:
    a_book_of_two_provinces()
    copies.make_copy()
    said(SYSTEM, a_figure("7", place="province/quang-ninh", period="2024-Q1"), a_document("", is_public=True))
    copy = copies.newest_copy()
    assert copy is not None
    tail = copies.tail_since(copy, head()[0])
    assert tail.touches(asked(period="2024-Q1"))
    assert tail.touches(asked(REGION))
    assert tail.touches(Question("capital_new_and_added", COUNTRY, named("2024"), currency="USD"))
    assert not tail.touches(asked(PROVINCE))
    assert not tail.touches(asked(period="2024-Q4"))
    assert not tail.touches(Question("jobs_total", COUNTRY, named("2024")))


def test_a_total_that_rests_on_figures_its_reader_may_not_see_is_made_from_those_they_may() -> None:
    said(SYSTEM, a_figure("100"), a_document("", is_public=True))
    said(SYSTEM, a_figure("5", place="province/quang-ngai"), a_document("board/quang-ngai", ("report", "ban")))
    copies.make_copy()
    question = asked()
    assert answer_all(SYSTEM, [question])[question].amount == 105 * MILLION
    assert answer_all(reach("an"), [question])[question].amount == 100 * MILLION
    assert answer_all(reach("chi"), [question])[question].amount == 105 * MILLION


def test_a_figure_that_is_neither_published_nor_in_an_authoritys_book_is_nobodys_to_read_but_the_ministrys() -> None:
    said(SYSTEM, a_figure("100"), a_document(""))
    copies.make_copy()
    question = asked()
    assert answer_all(SYSTEM, [question])[question].amount == 100 * MILLION
    assert answer_all(reach("an"), [question])[question].amount is None


def test_a_past_moment_is_answered_from_a_copy_of_before_it_and_never_from_a_later_one() -> None:
    first = said(SYSTEM, a_figure("100"), a_document("", is_public=True))
    before = head()[0]
    copies.make_copy()
    correct(SYSTEM, first.pk, "150 triệu USD", "sửa")
    copies.make_copy()
    question = asked()
    assert answer_all(SYSTEM, [question])[question].amount == 150 * MILLION
    assert answer_all(SYSTEM, [question], at=before)[question].amount == 100 * MILLION
    assert answer_all(SYSTEM, [question], at=before - 1)[question].amount is None


def test_a_copy_of_before_a_change_of_the_catalogue_is_not_used() -> None:
    a_book_of_two_provinces()
    copies.make_copy()
    old = newest_entries().get(key="capital_mou")
    with sealed_batch("catalogue", author=None) as batch:
        batch.add(Entry(id=uuid4(), kind=old.kind, key=old.key, order=old.order, data=RETIRED))
    assert copies.newest_copy() is None
    assert amount() == 560 * MILLION
    copies.refresh()
    assert copies.newest_copy() is not None


@pytest.mark.parametrize("damage", ["cut", "garbage", "middle"])
def test_a_damaged_copy_is_put_away_and_the_answer_is_right(damage: str) -> None:
    a_book_of_two_provinces()
    path = copies.make_copy()
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content = {
        "cut": content[:half],
        "garbage": bytearray(b"x" * 5000),
        "middle": content[:8192] + bytes(len(content) - 8192),
    }[damage]
    path.write_bytes(bytes(content))
    assert amount() == 560 * MILLION
    assert not path.exists()
    assert copies.refresh() == path
    assert amount() == 560 * MILLION


def test_a_deleted_copy_leaves_right_answers_and_is_made_again() -> None:
    a_book_of_two_provinces()
    copies.make_copy().unlink()
    assert amount() == 560 * MILLION
    assert copies.refresh() is not None


def test_a_copy_of_another_ledger_is_never_taken_for_this_ones() -> None:
    a_book_of_two_provinces()
    path = copies.make_copy()
    other = path.with_name(path.name.replace(path.name.split("-")[1], "0" * 16))
    path.rename(other)
    assert copies.newest_copy() is None


def test_a_server_keeps_no_copy_open_that_was_taken_away() -> None:
    for number in range(copies.KEPT + 2):
        said(SYSTEM, a_figure(str(number), place="province/quang-ninh", period=f"20{10 + number}"), a_document(""))
        copies.make_copy()
        assert amount() is None
    assert len(copies._open) <= copies.KEPT
    assert all(path.exists() for path in copies._open)


def test_a_full_disk_leaves_no_copy_and_no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    a_book_of_two_provinces()

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(store.os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        copies.refresh()
    assert [path.name for path in copies.folder().iterdir()] == ["making.lock"]
    assert amount() == 560 * MILLION


def test_a_new_copy_is_made_when_much_came_after_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    a_book_of_two_provinces()
    assert copies.refresh() is not None
    assert copies.refresh() is None
    monkeypatch.setattr(copies, "TAIL_LIMIT", 1)
    for number in (1, 2):
        said(SYSTEM, a_figure(str(number), place="province/quang-ninh", period=f"202{number}"), a_document(""))
    assert copies.refresh() is not None


def test_where_parts_differ_from_what_was_said_the_answer_from_a_copy_says_so_too() -> None:
    a_book_of_two_provinces()
    said(SYSTEM, a_figure("401", place=PROVINCE, period="2024"), a_document("", ("report", HAI_PHONG), is_public=True))
    copies.make_copy()
    question = asked(PROVINCE)
    found = answer_all(SYSTEM, [question])[question]
    assert (found.amount, [one.code for one in found.caveats]) == (401 * MILLION, ["answer.periods_differ"])
    assert found.facts


def test_a_block_on_todays_map_is_not_answered_with_its_total_of_then() -> None:
    said(SYSTEM, a_figure("500", place=BLOCK, period="2020"), a_document("", is_public=True))
    copies.make_copy()
    question = asked(BLOCK, "2020")
    assert answer_all(SYSTEM, [question])[question].amount == 500 * MILLION
    restated = answer_all(SYSTEM, [question], map_day=date(2026, 1, 1))[question]
    assert (restated.amount, [one.code for one in restated.caveats]) == (None, ["territory.unverified"])


def test_a_ratio_over_places_misses_the_members_of_whom_nothing_is_known() -> None:
    for code, value, unit in (("land_leased", "30", "ha"), ("industrial_land_area", "40", "ha")):
        figure = a_figure(value, unit, indicator=code, period="2024-12-31", asof=True)
        said(SYSTEM, figure, a_document("", is_public=True))
    question = Question("occupancy_rate", TODAY, named("2024"))
    expected = without_a_copy([question])[question]
    copies.make_copy()
    found = answer_all(SYSTEM, [question])[question]
    assert told(found) == told(expected)
    assert (found.amount, found.have, found.want) == (75 * MILLION, 1, 2)
    assert found.missing == ("province/hai-duong",)


def test_the_parks_of_an_economic_zone_are_not_all_of_its_rate_in_a_copy_either() -> None:
    for zone, leased in (("zone/kkt-dinh-vu-cat-hai", "45"), ("zone/kcn-trang-due-gd-1-2", "42")):
        for code, value in (("land_leased", leased), ("industrial_land_area", "80")):
            figure = a_figure(value, "ha", indicator=code, place=zone, period="2024-12-31", asof=True)
            said(SYSTEM, figure, a_document("", is_public=True))
    question = Question("occupancy_rate", "zone/kkt-dinh-vu-cat-hai", named("2024"))
    copies.make_copy()
    assert answer_all(SYSTEM, [question])[question].amount == 56_250_000


def test_readers_a_builder_and_a_writer_at_once_never_read_an_old_total(scratch_book: ScratchBook) -> None:
    outcome = scratch_book.run("scratch_fresh.py", "60")
    assert "stale: 0" in outcome
    assert "failed: 0" in outcome
