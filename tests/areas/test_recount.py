"""The recount works by the document, and finds a planted difference; in random books it says what the product says."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings

from books_random import Book, Figure, a_small_country, books, fill
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.catalogue.stored import as_json
from sokhu.areas.ledger import tables
from sokhu.areas.ledger.answers import answers
from sokhu.areas.ledger.copies import make_copy, newest_copy
from sokhu.areas.ledger.recount.book import read_book
from sokhu.areas.ledger.recount.compare import recount
from sokhu.areas.ledger.recount.totals import Asked, Found, Totals, shorter
from sokhu.areas.territory.queries import SYSTEM, Reach
from sokhu.cli.verify import sentences_of, verify_book
from sokhu.core.answer import Answer, Question
from sokhu.core.period import named
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head

HAI_PHONG, HAI_DUONG, MERGED = "province/hai-phong", "province/hai-duong", "province/hai-phong-2025"
CAPITAL = Figure("capital_new", HAI_PHONG, "2024", 100, "USD")
JOBS = Figure("jobs_total", HAI_PHONG, "2024-12-31", 100)


@pytest.fixture(scope="module")
def small_country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()
        a_small_country()
        yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture(autouse=True)
def small_book(small_country: None, db: None) -> None:
    """An empty book of a small country; what a test writes is rolled back when it ends."""


def found(figure: Figure, at: int | None = None, **changes: Any) -> Found:
    """The recount's answer to what the figure is about, but for the changes."""
    one = replace(figure, **changes)
    period = named(one.period)
    asked = Asked(
        indicator=one.indicator,
        place=one.place,
        period=one.period,
        first=period.first,
        last=period.last,
        kind=one.kind,
        ownership=one.ownership,
        zone_kind=one.zone_kind,
        currency=one.currency,
    )
    return Totals(read_book(at or head()[0], {})).answer(asked)


def amount(figure: Figure, **changes: Any) -> tuple[int | None, bool]:
    one = found(figure, **changes)
    return one.amount, one.complete


def each(figure: Figure, **values: tuple[Any, ...]) -> list[Figure]:
    """The figure with each of the values of one field in turn, a thousand more every time."""
    ((field, several),) = values.items()
    return [replace(figure, amount=1000 * number, **{field: value}) for number, value in enumerate(several, 1)]


def test_the_first_stream_answers_and_the_later_batch_of_it_as_known_at_any_batch() -> None:
    fill([[replace(CAPITAL, stream="press", amount=1)], [replace(CAPITAL, stream="return", amount=2)]])
    before = head()[0]
    fill([[replace(CAPITAL, owner="board/hai-phong", amount=3, stream="return")]])
    assert [found(CAPITAL, at).amount for at in (before - 1, before, before + 1)] == [1, 2, 3]


def test_a_withdrawn_figure_answers_no_more_and_what_it_replaced_stands_again() -> None:
    fill([[replace(CAPITAL, amount=1)], [replace(CAPITAL, amount=2)]], withdrawn=1)
    assert found(CAPITAL).amount == 1


def test_a_year_is_made_of_its_quarters_when_all_of_them_are_there() -> None:
    quarters = each(CAPITAL, period=("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"))
    fill([quarters[:3]])
    assert found(CAPITAL).amount is None
    fill([quarters[3:]])
    assert amount(CAPITAL) == (10_000, True)


def test_the_very_days_go_before_the_same_name_counted_on_other_days() -> None:
    fill([[replace(CAPITAL, regime="to_20_december", stream="register", amount=90)]])
    assert found(CAPITAL).amount == 90
    fill([[replace(CAPITAL, stream="press")]])
    assert found(CAPITAL).amount == 100


def test_fdi_and_ddi_are_the_whole_and_one_of_them_is_not() -> None:
    owners = each(CAPITAL, ownership=("FDI", "DDI"))
    fill([owners[:1]])
    assert found(CAPITAL).amount is None
    fill([owners[1:]])
    assert amount(CAPITAL) == (3000, True)


def test_a_count_of_the_weeks_after_answers_until_there_is_one_within_the_year() -> None:
    fill([[replace(JOBS, period="2025-01-20", amount=90)]])
    assert found(JOBS, period="2024").amount == 90
    fill([[replace(JOBS, period="2024-06-30", amount=80)]])
    assert found(JOBS, period="2024").amount == 80


def test_dollars_and_dong_are_not_added() -> None:
    fill([[replace(CAPITAL, currency="USD"), replace(CAPITAL, place=HAI_DUONG, currency="VND")]])
    assert amount(CAPITAL, place=MERGED) == (100, False)
    assert found(CAPITAL, place=MERGED, currency="").amount is None


def test_any_currency_of_the_book_is_recounted_and_a_share_of_money_by_money_is_in_it() -> None:
    spent = replace(CAPITAL, indicator="capital_disbursed", period="2024-12-31", currency="KRW", amount=200)
    fill([[spent, replace(spent, indicator="capital_registered_total", amount=800)]])
    assert found(spent, indicator="disbursement_rate", currency="").amount == 25 * 10**6
    assert recount().differences == []


def test_a_province_that_was_not_there_yet_is_those_it_was_made_from_as_weak_as_the_weakest() -> None:
    fill([[CAPITAL, replace(CAPITAL, place=HAI_DUONG, maturity="estimate")]])
    one = found(CAPITAL, place=MERGED)
    assert (one.amount, one.maturity, one.complete) == (200, "estimate", True)


def test_the_year_of_a_merger_is_its_halves_each_on_its_map() -> None:
    halves = [replace(CAPITAL, period="2025-H1"), replace(CAPITAL, place=HAI_DUONG, period="2025-H1")]
    fill([[*halves, replace(CAPITAL, place=MERGED, period="2025-H2")]])
    assert amount(CAPITAL, place=MERGED, period="2025") == (300, True)
    assert amount(CAPITAL, place="country/viet-nam", period="2025") == (300, False)


def test_a_board_that_a_split_made_is_its_zones_before() -> None:
    fill([[replace(CAPITAL, place="zone/kkt-mo-chu-lai")]])
    assert amount(CAPITAL, place="board/chu-lai") == (100, True)


def test_a_park_inside_an_economic_zone_is_counted_in_it_unless_parks_are_asked_for() -> None:
    zones = ("zone/kkt-dinh-vu-cat-hai", "zone/kcn-trang-due-gd-1-2", "zone/kcn-do-son")
    fill([each(CAPITAL, place=zones)])
    assert amount(CAPITAL) == (4000, True)
    assert amount(CAPITAL, zone_kind="KCN") == (5000, True)
    assert amount(CAPITAL, zone_kind="KKT") == (1000, True)


def test_the_parks_of_an_economic_zone_are_never_all_of_it() -> None:
    fill([[replace(CAPITAL, place="zone/kcn-trang-due-gd-1-2")]])
    assert amount(CAPITAL, place="zone/kkt-dinh-vu-cat-hai") == (100, False)


def test_an_awaited_figure_gives_way_and_a_withheld_one_does_not() -> None:
    members = [replace(CAPITAL, place=place) for place in (HAI_PHONG, HAI_DUONG)]
    said = replace(CAPITAL, place=MERGED, amount=None)
    fill([members, [replace(said, emptiness="not_reported")]])
    assert found(said).amount == 200
    fill([[replace(said, emptiness="withheld", stream="register")]])
    assert (found(said).amount, found(said).emptiness) == (None, "withheld")


def test_a_member_to_which_it_does_not_apply_is_not_missing() -> None:
    fill([[CAPITAL, replace(CAPITAL, place=HAI_DUONG, amount=None, emptiness="not_applicable")]])
    assert amount(CAPITAL, place=MERGED) == (100, True)


LEASED = Figure("land_leased", HAI_PHONG, "2024-12-31", 30 * 10**6)
LAND = replace(LEASED, indicator="industrial_land_area", amount=40 * 10**6)


def test_a_rate_is_that_of_the_sums_of_members_with_both_parts_rounded_once() -> None:
    other = [replace(LEASED, place=HAI_DUONG, amount=90 * 10**6), replace(LAND, place=HAI_DUONG, amount=900 * 10**6)]
    fill([[LEASED, LAND, *other]])
    assert amount(LEASED, indicator="occupancy_rate", place=MERGED, period="2024") == (12_765_957, True)


def test_a_part_that_lacks_somebody_is_in_no_rate() -> None:
    fill([[replace(LEASED, place="zone/kcn-do-son"), LAND, replace(LEASED, place=HAI_DUONG)]])
    fill([[replace(LAND, place=HAI_DUONG)]])
    assert amount(LEASED, indicator="occupancy_rate", place=MERGED, period="2024") == (75 * 10**6, False)


def test_what_is_taken_off_may_leave_less_than_nothing() -> None:
    trade = replace(CAPITAL, indicator="trade_balance")
    fill([[replace(trade, indicator="export_value", amount=3), replace(trade, indicator="import_value", amount=5)]])
    assert amount(trade) == (-2, True)


def test_a_period_is_cut_into_the_fewest_whole_parts() -> None:
    nine_months, plan = named("2025-01..2025-09"), named("2021..2025")
    assert [name for name, *_ in shorter(nine_months.first, nine_months.last)] == ["2025-H1", "2025-Q3"]
    assert [name for name, *_ in shorter(plan.first, plan.last)] == ["2021", "2022", "2023", "2024", "2025"]
    assert shorter(named("2025-03").first, named("2025-03").last) == []


# --- beside what the product says


@pytest.mark.parametrize("from_copy", [False, True])
def test_the_order_in_force_at_the_end_of_each_figures_window_answers(from_copy: bool, tmp_path: Path) -> None:
    press_first = {
        "starts": date(2025, 7, 1),
        "order": ["press", "register", "return", "report", "national", "other_body"],
    }
    with sealed_batch("catalogue", author=None) as batch:
        data = as_json({**press_first, "source": "một quyết định"})
        batch.add(Entry(id=uuid4(), kind="dimensions/words.toml", key="precedence[sau]", order=9999, data=data))
    halves = each(CAPITAL, period=("2025-H1", "2025-H2"))
    fill([halves, [replace(one, stream="press", amount=one.amount + 1) for one in halves if one.amount]])
    assert found(CAPITAL, period="2025").amount == 1000 + 2001
    with override_settings(ENGINE_FOLDER=tmp_path):
        if from_copy:
            make_copy()
        assert recount().differences == []


SMALL_BOOK: Book = [[replace(CAPITAL, amount=10**6), replace(CAPITAL, place=HAI_DUONG)], [JOBS]]


def verified(**options: Any) -> int:
    return verify_book(Namespace(**{"lang": "en", "no_totals": False, "sample": 0, "seed": 1} | options))


def test_a_total_that_is_one_dong_off_is_found_in_one_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(SMALL_BOOK)
    assert verified() == 0
    real = tables.answer_all

    def one_off(*given: Any, **options: Any) -> Any:
        answers = real(*given, **options)
        off = next(one for one in answers if one.place == MERGED and one.indicator == "capital_new")
        return {**answers, off: replace(answers[off], amount=answers[off].amount + 1)}

    monkeypatch.setattr(tables, "answer_all", one_off)
    capsys.readouterr()
    assert verified() == 1
    told = capsys.readouterr().err
    assert "capital_new · province/hai-phong-2025 · 2024" in told
    assert "1.000101 USD" in told
    assert "1.0001 USD" in told
    assert verified(no_totals=True) == 0


def test_a_total_that_hides_who_is_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(SMALL_BOOK)
    real = tables.answer_all
    whole = lambda *given, **options: {  # noqa: E731
        one: replace(answer, missing=()) for one, answer in real(*given, **options).items()
    }
    monkeypatch.setattr(tables, "answer_all", whole)
    assert {one.question.place for one in recount().differences} >= {"country/viet-nam"}


def test_twenty_differences_are_named_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(SMALL_BOOK)
    real = tables.answer_all
    doubted = lambda *given, **options: {  # noqa: E731
        one: replace(answer, amount=-1) for one, answer in real(*given, **options).items()
    }
    monkeypatch.setattr(tables, "answer_all", doubted)
    result = recount()
    told = sentences_of(result, "vi")
    assert len(told) == 21
    assert f"{len(result.differences) - 20} tổng" in told[-1]


def test_a_sample_is_drawn_by_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    fill(SMALL_BOOK)
    assert recount(sample=3, seed=1).asked == 3
    assert verified(sample=3, seed=7) == 0
    assert "--seed 7" in capsys.readouterr().out


def test_a_copy_names_who_is_missing_in_a_rate_though_they_never_said_anything(tmp_path: Path) -> None:
    fill([[replace(LEASED, place="board/ha-noi"), replace(LAND, place="board/ha-noi")]])
    with override_settings(ENGINE_FOLDER=tmp_path):
        make_copy()
        question = Question("occupancy_rate", "block/dong-bang-song-hong", named("2024"))
        answer = tables.answer_all(SYSTEM, [question])[question]
    assert (answer.amount, answer.missing) == (75 * 10**6, ("board/hai-phong", "board/hai-duong"))


def differences(book: Book, folder: Path | None = None) -> list[object]:
    """Where the product's answers are not the recounted ones in a random book.

    folder: a columnar copy is made there before the last batch and the withdrawals; without one the ledger answers.
    """
    with transaction.atomic(), override_settings(ENGINE_FOLDER=folder or Path("no-copy")):
        fill(book[:-1])
        if folder:
            make_copy()
            assert newest_copy() is not None
        fill(book[-1:], withdrawn=7)
        result = recount(sample=0 if folder else 150, seed=len(book))
        transaction.set_rollback(True)
    return [(one.question, one.answered.amount, one.recounted) for one in result.differences]


RANDOM = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@RANDOM
@given(books())
def test_a_random_book_is_recounted_to_what_the_ledger_says(book: Book) -> None:
    assert differences(book) == []


@RANDOM
@given(books())
def test_a_random_book_is_recounted_to_what_its_columnar_copy_and_what_came_after_it_say(book: Book) -> None:
    with TemporaryDirectory() as folder:
        assert differences(book, Path(folder)) == []


@RANDOM
@given(books())
def test_a_total_taken_apart_has_the_parts_that_the_ledger_gives_it_and_each_said_one_names_its_figures(
    book: Book,
) -> None:
    with TemporaryDirectory() as folder, transaction.atomic(), override_settings(ENGINE_FOLDER=Path(folder)):
        fill(book[:-1])
        make_copy()
        fill(book[-1:], withdrawn=7)
        for question in above(book):
            taken, known = (ask(SYSTEM, [question])[question] for ask in (tables.answers_in_parts, by_the_ledger))
            assert laid_open(taken) == laid_open(known)
        transaction.set_rollback(True)


def by_the_ledger(reach: Reach, questions: list[Question]) -> dict[Question, Answer]:
    return answers(reach, questions[0], questions)


def above(book: Book) -> list[Question]:
    """Questions about what was said, and about the places and windows that it goes into."""
    said = [one for figures in book for one in figures][::5]
    asked = {
        Question(
            one.indicator, place, named(period), one.ownership, zone_kind=one.zone_kind, kind=one.kind,
            currency=one.currency,
        )
        for one in said
        for place in (one.place, MERGED, "region/dong-bang-song-hong-2025", "country/viet-nam")
        for period in (one.period, str(named(one.period).last.year))
    }  # fmt: skip
    return sorted(asked, key=str)[:80]


def laid_open(answer: Answer) -> tuple[object, ...]:
    parts = [(part.question, part.how, part.amount, part.maturity, told_by(part)) for part in answer.parts]
    caveats = {str(one) for part in (answer, *answer.parts) for one in part.caveats if part.how != "missing"}
    missing = set(answer.missing) if answer.how != "missing" else set()  # of nothing at all, everybody is missing
    return answer.how, answer.amount, answer.maturity, missing, told_by(answer), caveats, parts


def told_by(answer: Answer) -> tuple[object, ...]:
    return tuple(fact.id for fact in answer.facts) if answer.how == "said" else ()


def test_an_economic_zone_answers_for_its_kind_with_the_parks_in_it_and_all_readings_say_so(tmp_path: Path) -> None:
    figure = Figure("capital_registered_total", "zone/kcn-trang-due-gd-1-2", "2025-12-31", 17180, "USD")
    with override_settings(ENGINE_FOLDER=tmp_path):
        fill([[figure]])
        for place in ("zone/kkt-dinh-vu-cat-hai", "province/hai-phong-2025", "country/viet-nam"):
            question = Question(figure.indicator, place, named("2025-12-31"), currency="USD", zone_kind="KKT")
            by_rules = tables._from_the_ledger(SYSTEM, [question], None, None)[question]
            make_copy()
            copied = tables.answer_all(SYSTEM, [question])[question]
            assert by_rules.amount == copied.amount == found(figure, place=place, zone_kind="KKT").amount == 17180
            assert by_rules.missing
            assert copied.missing
