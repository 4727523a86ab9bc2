from datetime import date

import pytest

from certificate_chains import START, an_event, an_issue, down, up
from sokhu.core.certificates.chain import history, state_on
from sokhu.core.certificates.event import CapitalChange, Event
from sokhu.core.certificates.oddities import change_to, oddities
from sokhu.core.certificates.term import last_day_of_term, term_limit_on, term_limits, term_start
from sokhu.core.problems import Problem, Problems

LATER = date(2016, 5, 1)
TODAY = date(2020, 1, 1)

IMPOSSIBLE = {
    "certificates.not_issued": [an_event(2, "suspend", LATER)],
    "certificates.issued_twice": [an_issue(), an_issue(LATER, 2)],
    "certificates.after_end": [an_issue(), an_event(2, "revoke", LATER), an_event(3, "suspend", date(2017, 1, 1))],
    "certificates.after_term": [an_issue(term_years=1), an_event(2, "suspend", LATER)],
    "certificates.below_zero": [an_issue(usd=4), an_event(2, "adjust", LATER, capital=(down(5),))],
    "certificates.not_positive": [an_issue(), an_event(2, "adjust", LATER, capital=(up(-5),))],
    "certificates.capital_not_of_kind": [an_issue(), an_event(2, "suspend", LATER, capital=(up(5),))],
    "certificates.part_only_down": [an_issue(), an_event(2, "terminate_part", LATER, capital=(up(5),))],
    "certificates.nothing_changed": [an_issue(), an_event(2, "adjust", LATER)],
    "certificates.suspended_already": [an_issue(), an_event(2, "suspend", LATER), an_event(3, "suspend", TODAY)],
    "certificates.not_suspended": [an_issue(), an_event(2, "resume", LATER)],
}


@pytest.mark.parametrize("code", IMPOSSIBLE)
def test_a_chain_that_cannot_be_is_refused_at_the_event(code: str):
    events = IMPOSSIBLE[code]
    with pytest.raises(Problems) as caught:
        history(events)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, str(events[-1].id))


def test_every_impossible_event_is_told_at_once():
    events = [an_issue(), an_event(2, "resume", LATER), an_event(3, "adjust", TODAY, capital=(down(900),))]
    with pytest.raises(Problems) as caught:
        history(events)
    assert [problem.code for problem in caught.value.problems] == [
        "certificates.not_suspended",
        "certificates.below_zero",
    ]


def test_an_event_of_the_last_day_of_the_term_is_in_time():
    assert history([an_issue(term_years=1), an_event(2, "suspend", date(2016, 2, 29))])


def test_the_end_of_a_term_is_told_by_its_last_day_and_counts_from_the_next():
    end = history([an_issue(term_years=1)])[-1]
    assert (end.told_on, end.day) == (date(2016, 2, 29), date(2016, 3, 1))
    assert end.told_on == end.after.term_ends


def test_a_term_that_an_event_makes_end_before_it_ends_once_the_event_has_been():
    events = [an_issue(), an_event(2, "suspend", TODAY, term_years=2)]  # over in 2017 by what was said in 2020
    assert state_on(events, date(2019, 12, 31)).status == "valid"
    assert state_on(events, TODAY).status == "suspended"
    assert state_on(events, date(2020, 1, 2)).status == "expired"
    assert history(events)[-1].told_on == TODAY


def test_an_adjustment_of_the_schedule_alone_changes_something_but_names_nothing():
    schedule = an_event(2, "adjust", LATER, said=frozenset({"schedule"}))
    assert schedule.names_nothing
    assert not schedule.changes_nothing
    for named in (
        an_event(2, "adjust", LATER, said=frozenset({"transfer"})),
        an_event(2, "adjust", LATER, capital=(up(1),)),
        an_event(2, "adjust", LATER, term_years=50),
    ):
        assert not named.names_nothing


def test_nothing_stands_before_the_first_event():
    assert state_on([an_issue()], date(2015, 2, 28)) is None


def test_events_of_one_day_count_in_the_order_they_were_entered():
    first = an_event(2, "adjust", LATER, capital=(up(10),), entered=1)
    second = an_event(3, "adjust", LATER, capital=(down(30),), entered=2)
    assert state_on([second, first, an_issue()], LATER).capital == {}


def test_what_an_event_does_not_name_stays_as_it_was():
    state = state_on([an_issue(name="A", land=7), an_event(2, "adjust", LATER, name="B")], LATER)
    assert (state.terms.name, state.terms.land, state.times_adjusted) == ("B", 7, 1)


def test_a_suspended_project_is_closed_without_being_resumed_first():
    events = [an_issue(), an_event(2, "suspend", LATER), an_event(3, "terminate", date(2016, 5, 31))]
    state = state_on(events, TODAY)
    assert (state.status, state.days_suspended, state.suspended_since) == ("terminated", 30, None)


@pytest.mark.parametrize(
    ("land", "handover", "starts"),
    [
        (None, None, START),
        (date(2015, 9, 1), None, date(2015, 9, 1)),
        (date(2015, 9, 1), date(2016, 2, 1), date(2016, 2, 1)),
        (None, date(2014, 1, 1), START),
    ],
)
def test_a_term_counts_from_the_handover_else_the_land_decision_else_the_certificate(
    land: date | None, handover: date | None, starts: date
):
    assert term_start(START, land, handover) == starts


def test_a_late_handover_moves_the_end_of_the_term_without_an_adjustment():
    events = [an_issue(term_years=10), an_event(2, "handed_over", date(2016, 3, 1))]
    state = state_on(events, TODAY)
    assert (state.term_ends, state.times_adjusted) == (date(2026, 2, 28), 0)


def test_an_extension_gives_a_new_end():
    events = [an_issue(term_years=10), an_event(2, "extend", date(2024, 9, 1), term_ends=date(2035, 2, 28))]
    assert state_on(events, date(2025, 3, 1)).is_valid
    assert state_on(events, date(2035, 3, 1)).status == "expired"


def test_the_last_day_of_a_term_that_began_on_29_february():
    assert last_day_of_term(date(2024, 2, 29), 50) == date(2074, 2, 27)


def codes(events: list[Event], **more: bool) -> list[str]:
    return [problem.code for problem in oddities(history(events), TODAY, **more)]


@pytest.mark.parametrize(
    ("resumed", "told"), [(date(2017, 5, 1), []), (date(2017, 5, 3), ["certificates.suspended_long"])]
)
def test_more_than_twelve_months_of_suspension_is_a_warning(resumed: date, told: list[str]):
    assert codes([an_issue(), an_event(2, "suspend", LATER), an_event(3, "resume", resumed)]) == told


def test_a_suspension_that_goes_on_is_counted_up_to_today():
    assert codes([an_issue(), an_event(2, "suspend", LATER)]) == ["certificates.suspended_long"]


def test_a_total_that_events_do_not_reach_says_that_one_may_be_missing():
    assert codes([an_issue(), an_event(2, "adjust", LATER, capital=(up(5, total=30),))]) == [
        "certificates.total_differs"
    ]
    assert codes([an_issue(), an_event(2, "adjust", LATER, capital=(up(5, total=25),))]) == []


def test_fifty_years_are_the_longest_term_and_seventy_where_the_place_is_favoured():
    assert codes([an_issue(term_years=50)]) == []
    assert codes([an_issue(term_years=70)]) == ["certificates.term_long"]
    assert codes([an_issue(term_years=70)], favoured=True) == []


def test_an_extension_has_a_term_of_its_own():
    extended = an_event(2, "extend", LATER, term_ends=date(2100, 1, 1))
    assert codes([an_issue(term_years=50), extended]) == []


def test_a_new_total_says_which_way_capital_went():
    assert change_to(25, "USD", 20) == CapitalChange("USD", "up", 5, 25)
    assert change_to(20, "USD", 20) is None
    assert change_to(5, "USD", 20).signed == -15


def test_limits_of_terms_say_their_source_and_how_sure_they_are():
    for limit in term_limits():
        assert limit.source
        assert limit.evidence in {"FOUND", "BK-high", "BK-medium", "BK-low"}
    assert term_limit_on(TODAY).years == 50
    with pytest.raises(Problem, match=r"certificates\.no_rule"):
        term_limit_on(date(1980, 1, 1))
