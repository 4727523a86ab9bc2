"""Figures that a person types where no document says them: one way in, one book, all or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories import HAI_PHONG, a_person, reach, said, standing
from sokhu.areas.ledger import entering
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.entering import Entry, enter, stands_against
from sokhu.areas.ledger.models import Citation, Emptiness, Observation, ProposedFigure
from sokhu.areas.sources.models import Document
from sokhu.core.problems import Problem, Problems
from sokhu.kit.sealing.models import Words
from sokhu.kit.sealing.queries import head, verify

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
NEW_CAPITAL = {"indicator": "capital_new", "place": "province/hai-phong", "period": "2024"}
NOON = datetime(2025, 1, 12, 12, tzinfo=UTC)
NOTE = "Phòng Đầu tư báo qua điện thoại ngày 12/01/2025"


def entered(
    who: str = "an", note: str = NOTE, *, revise: bool = False, at: datetime = NOON, **typed: str
) -> Observation:
    entry = Entry(**{**NEW_CAPITAL, **({} if "emptiness" in typed else {"as_written": "100 triệu USD"}), **typed})
    return enter(reach(who), entry, note, by=a_person(who), revise=revise, at=at)


def told(**typed: str) -> dict[str, str]:
    """Codes of what is wrong by field; nothing of it may be in the book."""
    before = head(), Document.objects.count(), ProposedFigure.objects.count()
    with pytest.raises((Problem, Problems)) as error:
        entered(**typed)
    assert (head(), Document.objects.count(), ProposedFigure.objects.count()) == before
    problems = getattr(error.value, "problems", [error.value])
    return {problem.where: problem.code for problem in problems}


def test_a_typed_figure_is_an_observation_like_any_other() -> None:
    one = entered(ownership="FDI", maturity="preliminary")
    assert standing(reach("an")) == [100 * MILLION]
    assert (one.stream.kind, one.stream.speaker, one.owner, one.is_public) == ("return", HAI_PHONG, HAI_PHONG, False)
    assert (one.as_written, one.maturity, one.cell.ownership) == ("100 triệu USD", "preliminary", "FDI")
    assert one.document is not None
    assert one.document.text[one.start : one.end] == "100 triệu USD"
    assert one.document.added_by == a_person("an")
    assert ProposedFigure.objects.get(pk=one.pk).state == "accepted"
    assert verify().broken is None


def test_the_note_is_kept_as_a_persons_words_and_nowhere_else() -> None:
    one = entered(note=NOTE)
    assert Words.objects.get(digest=one.batch.reason).text == NOTE
    assert NOTE not in one.document.text  # type: ignore[union-attr]
    assert not ProposedFigure.objects.filter(quote__contains=NOTE).exists()


def test_about_another_place_an_authority_is_quoted_and_speaks_not_for_it() -> None:
    assert entered(place="province/quang-ngai").stream.kind == "other_body"
    assert entered("giang", place="country/viet-nam").stream.kind == "return"
    assert entered("dung", place="block/dong-bang-song-hong").stream.kind == "return"
    assert entered("dung").stream.kind == "other_body"
    assert entered(place="province/hai-duong").stream.kind == "return"  # its predecessor's province


@pytest.mark.parametrize("emptiness", Emptiness.values)
def test_why_there_is_no_figure_is_entered_and_is_not_zero(emptiness: str) -> None:
    one = entered(emptiness=emptiness, currency="USD", maturity="estimate")
    assert standing() == [None]
    assert (one.emptiness, one.cell.currency, one.maturity, one.as_written) == (emptiness, "USD", "final", "")


@pytest.mark.parametrize("emptiness", ["not_due", "not_reported", "not_available"])
def test_a_figure_that_was_awaited_is_entered_in_its_cell_without_asking(emptiness: str) -> None:
    empty = entered(emptiness=emptiness, currency="USD")
    assert entered().replaces_id == empty.pk
    assert standing() == [100 * MILLION]


def test_another_figure_or_none_replaces_what_stands_only_when_that_is_meant() -> None:
    first = entered()
    assert told(as_written="101 triệu USD") == {"": "ledger.contradicts"}
    assert told(emptiness="withheld", currency="USD") == {"": "ledger.contradicts"}
    assert stands_against(reach("an"), Entry(**NEW_CAPITAL, as_written="101 triệu USD")) == first
    second = entered(as_written="101 triệu USD", revise=True)
    assert second.replaces_id == first.pk
    assert entered(emptiness="withheld", currency="USD", revise=True).replaces_id == second.pk
    assert standing() == [None]


def test_the_same_figure_typed_twice_stands_once() -> None:
    one = entered()
    assert entered() == one
    assert not Citation.objects.exists()  # the same form sent twice
    assert entered(at=NOON + timedelta(minutes=1)) == one
    assert Citation.objects.filter(observation=one).count() == 1
    assert standing() == [100 * MILLION]


def test_a_withdrawn_figure_may_be_typed_again() -> None:
    one = entered()
    withdraw(reach("an"), one.pk, "nhầm")
    assert entered(at=NOON + timedelta(minutes=1)) != one
    assert standing() == [100 * MILLION]


def test_everything_that_is_wrong_is_told_at_once_by_field() -> None:
    wrong = {
        "place": "province/atlantis",
        "period": "tháng 13/2024",
        "ownership": "XYZ",
        "zone_kind": "cung điện",
        "kind": "wish",
        "maturity": "ripe",
        "currency": "XAU",
        "as_written": "mười con gà",
        "note": " ",
    }
    assert told(**wrong).keys() == wrong.keys()


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"indicator": "no_such_thing"}, "indicator", "ledger.indicator_unknown"),
        ({"indicator": "growth_rate"}, "indicator", "entry.comparison"),
        ({"place": ""}, "place", "entry.place_missing"),
        ({"period": " "}, "period", "entry.period_missing"),
        ({"as_written": ""}, "as_written", "entry.nothing_said"),
        ({"as_written": "1 triệu USD", "emptiness": "withheld", "currency": "USD"}, "as_written", "entry.both_said"),
        ({"emptiness": "gone", "currency": "USD"}, "as_written", "ledger.not_a_choice"),
        ({"emptiness": "withheld"}, "currency", "ledger.currency_missing"),
        ({"as_written": "100"}, "as_written", "quantity.no_unit"),
        ({"as_written": "100 ha"}, "as_written", "measure.unlike_unit"),
        ({"as_written": "100 triệu USD", "currency": "VND"}, "as_written", "entry.other_currency"),
        ({"indicator": "projects_valid", "as_written": "5", "currency": "USD"}, "currency", "ledger.not_a_choice"),
        ({"indicator": "anything", "as_written": "5", "ownership": "FDI"}, "ownership", "ledger.not_a_choice"),
        ({"note": ""}, "note", "entry.note_missing"),
    ],
)
def test_what_is_typed_wrong_is_refused_where_it_stands(typed: dict[str, str], field: str, code: str) -> None:
    if typed.get("indicator") == "anything":
        typed = typed | {"indicator": an_indicator_without_dimensions()}
    assert told(**typed) == {field: code}


def an_indicator_without_dimensions() -> str:
    known = entering.indicators().values()
    return next(one.code for one in known if not one.dimensions and not one.comparison)


def test_a_number_alone_is_in_the_unit_of_its_indicator() -> None:
    one = entered(indicator="projects_valid", as_written="58", period="31/12/2024")
    assert (one.amount, one.cell.first, one.cell.last.isoformat()) == (58 * MILLION, one.cell.last, "2024-12-31")


def test_who_has_no_role_enters_nothing() -> None:
    assert told(who="nga") == {"": "access.no_authority"}


def test_what_one_board_enters_is_not_its_neighbours_to_see() -> None:
    entered()
    assert standing(reach("giang")) == standing(reach("dung")) == [100 * MILLION]
    assert standing(reach("chi")) == []


def test_a_figure_of_a_document_becomes_none_and_a_figure_again() -> None:
    old = said(reach("an"), {**NEW_CAPITAL, **a_read_figure()})
    empty = correct(reach("an"), old.pk, "", "trùng với dự án khác", emptiness="not_available")
    assert (empty.amount, empty.emptiness, empty.as_written, empty.replaces_id) == (None, "not_available", "", old.pk)
    assert (empty.cell_id, empty.stream_id) == (old.cell_id, old.stream_id)
    new = correct(reach("an"), empty.pk, "90 triệu USD", "đã tách", maturity="estimate")
    assert (new.amount, new.emptiness, new.maturity, new.replaces_id) == (90 * MILLION, "", "estimate", empty.pk)
    assert standing() == [90 * MILLION]
    assert verify().broken is None


def a_read_figure() -> dict[str, object]:
    value = {"value": "100000000", "unit": "USD", "as_written": "100 triệu USD", "quote": "100 triệu USD"}
    return {"start": 0, "end": 3, "confidence": 1.0} | value


@pytest.mark.parametrize(
    ("as_written", "options", "code"),
    [
        ("", {"emptiness": "gone"}, "ledger.not_a_choice"),
        ("1 triệu USD", {"maturity": "ripe"}, "ledger.not_a_choice"),
        ("", {}, "number.unreadable"),
    ],
)
def test_a_correction_to_nothing_that_is_known_is_refused(as_written: str, options: dict[str, str], code: str) -> None:
    old, before = entered(), head()
    with pytest.raises(Problem) as error:
        correct(reach("an"), old.pk, as_written, "thử", **options)
    assert error.value.code == code
    assert head() == before


def test_the_same_reason_again_changes_nothing_and_another_one_does() -> None:
    empty = entered(emptiness="not_due", currency="USD")
    assert correct(reach("an"), empty.pk, "", "vẫn thế", emptiness="not_due") == empty
    assert correct(reach("an"), empty.pk, "", "quá hạn", emptiness="not_reported").replaces_id == empty.pk


def test_a_figure_that_becomes_final_is_a_correction() -> None:
    old = entered(maturity="estimate")
    new = correct(reach("an"), old.pk, "100 triệu USD", "đã quyết toán", maturity="final")
    assert (new.replaces_id, new.maturity) == (old.pk, "final")
