"""Answers from observations: what was said before what is made, by the rules, and never by a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from uuid import UUID

import pytest

from sokhu.core.answer import Answer, Facts, Question
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.indicator import load_indicators
from sokhu.core.makeup import Makeup
from sokhu.core.period import Period, named

PRECEDENCE = ("register", "return", "report", "other_body", "press")
PLACE = "province/hai-phong"
BLOCK = "block/thu"
YEAR = named("2024")
INDICATORS = load_indicators()
OF_FACT = ("emptiness", "maturity", "approx", "stream", "sequence")
_numbers = count(1)


def a_fact(amount: int | None, indicator: str = "capital_new", period: str = "2024", **fields: object) -> Fact:
    """An observation of Hải Phòng in 2024 in USD, by the press, unless the test says something else."""
    window = named(period)
    number = next(_numbers)
    of_fact = {
        name: fields.pop(name) for name in ("emptiness", "maturity", "approx", "stream", "sequence") if name in fields
    }
    days = {"first": window.first, "last": window.last}
    if INDICATORS[indicator].nature == "stock":
        days["first"] = days["last"]
    money = INDICATORS[indicator].unit.startswith("money")
    key = {"place": PLACE, "currency": "USD" if money else ""} | days | fields
    told = {"emptiness": "", "maturity": "final", "approx": False, "stream": ("press", "Báo"), "sequence": number}
    return Fact(UUID(int=number), CellKey(indicator, period=period, **key), amount, **(told | of_fact))  # type: ignore[arg-type]


def facts(*found: Fact, members: Mapping[str, Sequence[str]] | None = None) -> Facts:
    made_of = members or {}
    return Facts(
        INDICATORS, lambda _day: PRECEDENCE, lambda place, _period, _kind: Makeup(tuple(made_of.get(place, ())))
    ).add(found)


def ask(known: Facts, indicator: str = "capital_new", period: Period = YEAR, **fields: object) -> Answer:
    return known.answer(Question(indicator, **({"place": PLACE, "period": period} | fields)))  # type: ignore[arg-type]


def codes(answer: Answer) -> list[str]:
    return [caveat.code for caveat in answer.caveats]


# --- what was said


def test_nothing_known_is_missing_and_not_zero() -> None:
    answer = ask(facts())
    assert (answer.how, answer.amount, answer.is_complete) == ("missing", None, False)


def test_zero_is_an_answer() -> None:
    answer = ask(facts(a_fact(0)))
    assert (answer.how, answer.amount, answer.is_complete) == ("said", 0, True)


@pytest.mark.parametrize("emptiness", ["not_due", "not_reported", "not_available", "not_applicable", "withheld"])
def test_a_reason_for_having_no_figure_is_told_and_is_no_amount(emptiness: str) -> None:
    answer = ask(facts(a_fact(None, emptiness=emptiness)))
    assert (answer.how, answer.amount, answer.emptiness, answer.is_complete) == ("said", None, emptiness, False)


@pytest.mark.parametrize("first", range(len(PRECEDENCE)))
def test_the_stream_that_comes_first_in_precedence_answers_and_the_others_stand_beside_it(first: int) -> None:
    said = [a_fact(rank + 1, stream=(PRECEDENCE[rank], "ai đó")) for rank in range(first, len(PRECEDENCE))]
    answer = ask(facts(*reversed(said)))
    assert answer.amount == first + 1
    assert [fact.stream[0] for fact in answer.facts] == list(PRECEDENCE[first:])


@pytest.mark.parametrize("emptiness", ["not_due", "not_reported", "not_available"])
def test_a_figure_that_one_stream_awaits_and_another_says_is_said_and_is_no_difference(emptiness: str) -> None:
    awaited = a_fact(None, emptiness=emptiness, stream=(PRECEDENCE[0], "ban"))
    answer = ask(facts(awaited, a_fact(7)))
    assert (answer.amount, answer.emptiness, codes(answer)) == (7, "", [])
    assert awaited in answer.facts


@pytest.mark.parametrize("emptiness", ["not_applicable", "withheld"])
def test_a_reason_that_is_an_answer_answers_by_precedence_and_differs_from_a_figure(emptiness: str) -> None:
    reason = a_fact(None, emptiness=emptiness, stream=(PRECEDENCE[0], "ban"))
    answer = ask(facts(a_fact(7), reason))
    assert (answer.amount, answer.emptiness, codes(answer)) == (None, emptiness, ["answer.streams_differ"])


def test_the_last_count_answers_while_the_count_of_a_later_day_is_awaited() -> None:
    awaited = a_fact(None, "projects_valid", period="2024-12-31", emptiness="not_due")
    assert ask(facts(a_fact(5, "projects_valid", period="2024-12-20"), awaited), "projects_valid").amount == 5
    assert ask(facts(awaited), "projects_valid").emptiness == "not_due"


def test_a_whole_that_is_awaited_is_made_from_its_parts_meanwhile() -> None:
    members = {BLOCK: ("board/a", "board/b")}
    awaited = a_fact(None, place=BLOCK, emptiness="not_reported")
    assert ask(facts(awaited, members=members), place=BLOCK).emptiness == "not_reported"
    answer = ask(facts(awaited, a_fact(3, place="board/a"), members=members), place=BLOCK)
    assert (answer.how, answer.amount, answer.missing) == ("places", 3, ("board/b",))
    kept = ask(
        facts(a_fact(None, place=BLOCK, emptiness="withheld"), a_fact(3, place="board/a"), members=members), place=BLOCK
    )
    assert (kept.amount, kept.emptiness) == (None, "withheld")


def test_a_stream_kind_without_a_precedence_answers_last() -> None:
    answer = ask(facts(a_fact(1, stream=("rumour", "?")), a_fact(2)))
    assert answer.amount == 2


def test_of_two_speakers_of_one_kind_the_later_batch_answers() -> None:
    one, other = a_fact(1, stream=("press", "A")), a_fact(2, stream=("press", "B"))
    assert ask(facts(other, one)).amount == ask(facts(one, other)).amount == 2


def test_streams_that_differ_are_told_and_streams_that_agree_are_not() -> None:
    assert codes(ask(facts(a_fact(1), a_fact(1, stream=("press", "B"))))) == []
    differ = ask(facts(a_fact(1, stream=("report", "ban")), a_fact(2, stream=("press", "B"))))
    assert codes(differ) == ["answer.streams_differ"]
    assert differ.caveats[0].params["speaker"] == "B"


def test_what_was_said_answers_before_what_could_be_made() -> None:
    known = facts(
        a_fact(999, "capital_new_and_added"), a_fact(1), a_fact(2, "capital_added"), a_fact(5, ownership="FDI")
    )
    answer = ask(known, "capital_new_and_added")
    assert (answer.how, answer.amount) == ("said", 999)


def test_maturity_and_about_travel_with_what_was_said() -> None:
    answer = ask(facts(a_fact(1, maturity="estimate", approx=True)))
    assert (answer.maturity, answer.approx) == ("estimate", True)


@pytest.mark.parametrize(
    "part",
    [
        {"ownership": "FDI"},
        {"zone_kind": "KCN"},
        {"country": "JP"},
        {"other": "of=x"},
        {"kind": "plan"},
        {"sector": "C"},
        {"place": "province/quang-ninh"},
    ],
)
def test_a_part_does_not_answer_for_the_whole(part: dict[str, object]) -> None:
    known = facts(a_fact(1, **part))
    assert ask(known).how == "missing"
    assert ask(known, **part).amount == 1


def test_a_question_in_a_currency_is_answered_in_it() -> None:
    known = facts(a_fact(1), a_fact(25_000, currency="VND"))
    assert ask(known, currency="USD").amount == 1
    assert ask(known, currency="VND").amount == 25_000
    assert ask(known, currency="EUR").how == "missing"


def test_a_figure_of_an_indicator_that_is_no_longer_in_the_catalogue_is_still_said() -> None:
    gone = a_fact(7)
    known = facts(replace(gone, cell=replace(gone.cell, indicator="gone")))
    assert ask(known, "gone").amount == 7
    assert ask(known, "gone", named("2023")).how == "missing"


def halves_of_ownership(fdi: int, ddi: int, **fields: object) -> list[Fact]:
    return [a_fact(fdi, ownership="FDI", **fields), a_fact(ddi, ownership="DDI")]


def test_a_whole_answers_and_tells_when_its_parts_add_up_to_something_else() -> None:
    answer = ask(facts(a_fact(101), *halves_of_ownership(70, 30)))
    assert (answer.how, answer.amount, codes(answer)) == ("said", 101, ["answer.parts_differ"])
    assert (answer.caveats[0].params["sum"], answer.caveats[0].params["whole"]) == (100, 101)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ({"amount": 100}, {}),
        ({"amount": 101, "approx": True}, {}),
        ({"amount": 101}, {"approx": True}),
        ({"amount": 101, "currency": "VND"}, {}),
        ({"amount": None, "emptiness": "withheld"}, {}),
    ],
    ids=["equal", "about the whole", "about a part", "another currency", "no amount"],
)
def test_parts_that_cannot_contradict_their_whole_are_not_told(
    whole: dict[str, object], part: dict[str, object]
) -> None:
    known = facts(a_fact(**whole), *halves_of_ownership(70, 30, **part))  # type: ignore[arg-type]
    assert "answer.parts_differ" not in codes(ask(known))


# --- windows and counts


def test_a_year_counted_on_other_days_answers_with_that_said() -> None:
    answer = ask(facts(a_fact(1, first=date(2023, 12, 21), last=date(2024, 12, 20))))
    assert answer.amount == 1
    assert codes(answer) == ["answer.unlike_window"]
    assert answer.caveats[0].params == {"first": date(2023, 12, 21), "last": date(2024, 12, 20)}


def test_the_window_that_was_asked_for_answers_before_another_of_the_same_name() -> None:
    other = a_fact(1, first=date(2023, 12, 21), last=date(2024, 12, 20), stream=("register", "ban"))
    answer = ask(facts(other, a_fact(2)))
    assert (answer.amount, codes(answer)) == (2, [])


def test_a_stock_is_the_last_count_within_the_period() -> None:
    counts = [
        a_fact(amount, "projects_valid", day)
        for amount, day in ((1, "2024-03-31"), (3, "2024-12-20"), (2, "2024-06-30"))
    ]
    answer = ask(facts(*counts), "projects_valid")
    assert (answer.amount, codes(answer)) == (3, [])


def test_a_stock_counted_in_the_weeks_after_the_period_answers_with_the_day_told() -> None:
    late = [a_fact(amount, "projects_valid", day) for amount, day in ((5, "2025-01-20"), (4, "2025-01-16"))]
    answer = ask(facts(*late), "projects_valid")
    assert answer.amount == 4
    assert codes(answer) == ["answer.counted_after"]
    assert answer.caveats[0].params["day"] == date(2025, 1, 16)


def test_a_registers_count_answers_for_no_day_before_its_own() -> None:
    of_register = replace(a_fact(5, "projects_valid", "2025-01-05"), is_derived=True)
    assert ask(facts(of_register), "projects_valid").how == "missing"
    assert ask(facts(of_register, a_fact(4, "projects_valid", "2025-01-16")), "projects_valid").amount == 4


@pytest.mark.parametrize(("day", "how"), [("2025-01-31", "said"), ("2025-02-01", "missing"), ("2023-12-31", "missing")])
def test_a_count_more_than_a_month_late_or_before_the_period_does_not_answer(day: str, how: str) -> None:
    assert ask(facts(a_fact(5, "projects_valid", day)), "projects_valid").how == how


def test_a_count_within_the_period_answers_before_a_later_one_of_a_better_stream() -> None:
    within = a_fact(1, "projects_valid", "2024-12-20")
    after = a_fact(2, "projects_valid", "2025-01-05", stream=("register", "ban"))
    assert ask(facts(within, after), "projects_valid").amount == 1


def test_every_observation_of_a_place_and_period_is_listed_once() -> None:
    found = [
        a_fact(1),
        a_fact(2, ownership="FDI"),
        a_fact(3, "projects_valid", "2025-01-16"),
        a_fact(4, period="2024-Q1"),
        a_fact(5, period="2023"),
        a_fact(6, place="province/quang-ninh"),
    ]
    assert sorted(fact.amount or 0 for fact in facts(*found).standing_at(PLACE, YEAR)) == [1, 2, 3, 4]


# --- what is made


def test_attracted_capital_is_new_and_added() -> None:
    answer = ask(facts(a_fact(100), a_fact(50, "capital_added", maturity="estimate")), "capital_new_and_added")
    assert (answer.how, answer.amount, answer.currency, answer.maturity) == ("formula", 150, "USD", "estimate")
    assert [part.question.indicator for part in answer.parts] == ["capital_new", "capital_added"]


def test_a_formula_with_a_part_missing_has_no_answer() -> None:
    assert ask(facts(a_fact(100)), "capital_new_and_added").how == "missing"
    empty = a_fact(None, "capital_added", emptiness="withheld")
    assert ask(facts(a_fact(100), empty), "capital_new_and_added").amount is None


def test_foreign_and_domestic_together_are_the_whole() -> None:
    answer = ask(facts(a_fact(70, ownership="FDI"), a_fact(30, ownership="DDI")))
    assert (answer.how, answer.amount) == ("breakdown", 100)


def test_one_ownership_alone_is_not_the_whole() -> None:
    assert ask(facts(a_fact(70, ownership="FDI"))).how == "missing"
    withheld = a_fact(None, ownership="DDI", emptiness="withheld")
    assert ask(facts(a_fact(70, ownership="FDI"), withheld)).amount is None


def test_countries_are_never_taken_for_the_whole() -> None:
    assert ask(facts(a_fact(1, country="JP"), a_fact(2, country="KR"))).how == "missing"


def test_two_currencies_are_refused_with_the_reason_and_not_added() -> None:
    answer = ask(facts(a_fact(70, ownership="FDI"), a_fact(30, ownership="DDI", currency="VND")))
    assert (answer.how, answer.amount) == ("missing", None)
    assert codes(answer) == ["rollup.mixed_currency"]
    assert len(answer.parts) == 2


def test_the_members_of_a_place_are_added_and_those_without_a_figure_named() -> None:
    known = facts(
        a_fact(1, place="board/a"),
        a_fact(2, place="board/b", maturity="preliminary"),
        members={BLOCK: ("board/a", "board/b", "board/c")},
    )
    answer = ask(known, place=BLOCK)
    assert (answer.how, answer.amount, answer.missing, answer.maturity) == ("places", 3, ("board/c",), "preliminary")
    assert not answer.is_complete


def test_a_member_that_reported_zero_is_in_and_one_that_withheld_is_missing() -> None:
    known = facts(
        a_fact(0, place="board/a"),
        a_fact(None, place="board/b", emptiness="withheld"),
        members={BLOCK: ("board/a", "board/b")},
    )
    answer = ask(known, place=BLOCK)
    assert (answer.amount, answer.missing, answer.reasons) == (0, ("board/b",), (("board/b", "withheld"),))


def test_a_member_that_an_indicator_does_not_apply_to_is_not_missing() -> None:
    no_zone = a_fact(None, place="board/b", emptiness="not_applicable")
    members = {BLOCK: ("board/a", "board/b")}
    answer = ask(facts(a_fact(4, place="board/a"), no_zone, members=members), place=BLOCK)
    assert (answer.amount, answer.missing, answer.is_complete) == (4, (), True)
    assert ask(facts(no_zone, members=members), place=BLOCK).missing == ("board/a",)


def test_a_place_none_of_whose_members_has_a_figure_has_none() -> None:
    answer = ask(facts(members={BLOCK: ("board/a", "board/b")}), place=BLOCK)
    assert (answer.how, answer.amount) == ("missing", None)


def test_members_are_made_of_their_own_parts_and_gaps_further_down_are_named() -> None:
    members = {"country/x": (BLOCK, "board/d"), BLOCK: ("board/a", "board/b")}
    known = facts(
        a_fact(70, place="board/a", ownership="FDI"),
        a_fact(30, place="board/a", ownership="DDI"),
        a_fact(5, place="board/d"),
        members=members,
    )
    answer = ask(known, place="country/x")
    assert (answer.amount, answer.missing) == (105, ("board/b",))


def test_members_counted_over_unlike_windows_add_with_a_caveat() -> None:
    known = facts(
        a_fact(1, place="board/a"),
        a_fact(2, place="board/b", first=date(2023, 12, 21), last=date(2024, 12, 20)),
        members={BLOCK: ("board/a", "board/b")},
    )
    answer = ask(known, place=BLOCK)
    assert answer.amount == 3
    assert set(codes(answer)) == {"answer.unlike_window", "rollup.unlike_windows"}


def test_members_in_two_currencies_are_not_added() -> None:
    known = facts(
        a_fact(1, place="board/a"),
        a_fact(2, place="board/b", currency="VND"),
        members={BLOCK: ("board/a", "board/b")},
    )
    assert codes(ask(known, place=BLOCK)) == ["rollup.mixed_currency"]
    assert ask(known, place=BLOCK, currency="USD").missing == ("board/b",)


def test_what_cannot_be_added_over_places_is_refused() -> None:
    code = next(
        code
        for code, one in INDICATORS.items()
        if one.over_places == "none" and one.nature == "flow" and not one.needs and not one.comparison
    )
    known = facts(a_fact(1, code, place="board/a"), members={BLOCK: ("board/a",)})
    assert codes(ask(known, code, place=BLOCK)) == ["rollup.not_over_places"]


def test_a_year_is_made_from_its_quarters_when_all_of_them_are_there() -> None:
    quarters = [a_fact(number, period=f"2024-Q{number}") for number in (1, 2, 3, 4)]
    # Asked by the year's own key: the quarters stand under the same one.
    answer = ask(facts(*quarters))
    assert (answer.how, answer.amount) == ("time", 10)
    assert ask(facts(*quarters[:3])).how == "missing"


def test_halves_are_taken_before_quarters() -> None:
    halves = [a_fact(100, period="2024-H1"), a_fact(200, period="2024-H2")]
    quarters = [a_fact(number, period=f"2024-Q{number}") for number in (1, 2, 3, 4)]
    assert ask(facts(*quarters, *halves)).amount == 300


def test_five_years_are_made_from_their_years() -> None:
    years = [a_fact(1, period=str(year)) for year in range(2021, 2026)]
    assert ask(facts(*years), period=named("2021..2025")).amount == 5


def test_a_month_is_not_made_from_anything_smaller() -> None:
    assert ask(facts(a_fact(1)), period=named("2024-05")).how == "missing"


def test_quarters_over_days_that_overlap_are_refused() -> None:
    quarters = [a_fact(number, period=f"2024-Q{number}") for number in (1, 2, 3, 4)]
    long = replace(quarters[0], cell=replace(quarters[0].cell, last=date(2024, 4, 20)))
    answer = ask(facts(long, *quarters[1:]))
    assert answer.amount is None
    assert "rollup.overlap_in_time" in codes(answer)


def test_a_stock_is_not_summed_over_quarters() -> None:
    quarters = [a_fact(number, "projects_valid", f"2024-Q{number}") for number in (1, 2, 3, 4)]
    assert ask(facts(*quarters), "projects_valid").amount == 4


# --- ratios


def land(leased: int | None, total: int | None, place: str) -> list[Fact]:
    denominator = INDICATORS["occupancy_rate"].denominator
    pairs = (("land_leased", leased), (denominator, total))
    return [a_fact(amount, code, place=place) for code, amount in pairs if amount is not None]


def test_a_ratio_is_computed_from_its_parts() -> None:
    answer = ask(facts(*land(30_000_000, 40_000_000, PLACE)), "occupancy_rate")
    assert (answer.how, answer.amount) == ("ratio", 75_000_000)


def test_the_ratio_of_a_wider_place_is_computed_again_and_never_averaged() -> None:
    members = ("board/a", "board/b", "board/c")
    known = facts(
        *land(30_000_000, 40_000_000, "board/a"),
        *land(90_000_000, 900_000_000, "board/b"),
        *land(0, 0, "board/c"),
        members={BLOCK: members},
    )
    answer = ask(known, "occupancy_rate", place=BLOCK)
    assert (answer.how, answer.amount, answer.missing) == (
        "ratio",
        12_765_957,
        (),
    )  # 120/940, not the mean of 75 and 10


def test_a_member_that_has_let_nothing_yet_weighs_in_the_ratio() -> None:
    known = facts(
        *land(50_000_000, 100_000_000, "board/a"),
        *land(0, 100_000_000, "board/b"),
        members={BLOCK: ("board/a", "board/b")},
    )
    answer = ask(known, "occupancy_rate", place=BLOCK)
    assert (answer.amount, answer.missing) == (25_000_000, ())


def test_members_with_one_part_only_are_named_and_not_in_the_ratio() -> None:
    known = facts(
        *land(50_000_000, 100_000_000, "board/a"),
        *land(70_000_000, None, "board/b"),
        members={BLOCK: ("board/a", "board/b")},
    )
    answer = ask(known, "occupancy_rate", place=BLOCK)
    assert (answer.amount, answer.missing) == (50_000_000, ("board/b",))


def test_a_ratio_no_member_of_which_has_both_parts_is_missing() -> None:
    known = facts(*land(1, None, "board/a"), members={BLOCK: ("board/a",)})
    answer = ask(known, "occupancy_rate", place=BLOCK)
    assert (answer.how, answer.amount) == ("missing", None)


def test_a_ratio_over_nothing_has_no_answer_and_says_so() -> None:
    answer = ask(facts(*land(0, 0, PLACE)), "occupancy_rate")
    assert answer.amount is None
    assert codes(answer) == ["rollup.nothing_below"]


def test_adding_facts_later_changes_the_answers() -> None:
    known = facts()
    assert ask(known).how == "missing"
    known.add([a_fact(1)])
    assert ask(known).amount == 1
