from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificate_chains import START, an_event, an_issue, chains, down, up
from sokhu.core.certificates.chain import history, state_on
from sokhu.core.certificates.event import Event
from sokhu.core.certificates.movements import INDICATORS as MOVED
from sokhu.core.certificates.movements import ONE, movements, standing
from sokhu.core.indicator import load_indicators
from sokhu.core.movement import Moved

STOCKS = ("projects_valid", "capital_registered_total")
INDICATORS = load_indicators()
days = st.integers(-40, 4000).map(lambda days: START + timedelta(days=days))


def shelf(moved: Moved) -> tuple[str, ...]:
    return (moved.place, moved.owner, moved.ownership, moved.country, moved.sector, moved.currency)


def sums(moves: list[Moved], indicator: str, first: date, last: date) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for one in moves:
        if one.indicator == indicator and first <= one.day <= last:
            found[shelf(one)] += one.amount
    return {key: amount for key, amount in found.items() if amount}


def balance(moves: list[Moved], stock: str, first: date, last: date) -> dict[tuple[str, ...], int]:
    """Opening + what raised the stock - what lowered it, by the catalogue."""
    total: dict[tuple[str, ...], int] = defaultdict(int)
    signed = [(code, 1) for code in INDICATORS[stock].raised_by] + [(code, -1) for code in INDICATORS[stock].lowered_by]
    for code, sign in signed:
        for part in INDICATORS[code].plus or (code,):
            for key, amount in sums(moves, part, first, last).items():
                total[key] += sign * amount
    for key, amount in sums(moves, stock, date.min, first - timedelta(days=1)).items():
        total[key] += amount
    return {key: amount for key, amount in total.items() if amount}


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.unmeasured
@given(events=chains, first=days, length=st.integers(0, 800))
@settings(max_examples=150, deadline=None)
def test_opening_and_movements_are_the_closing_of_every_shelf_over_any_window(
    stock: str, events: list[Event], first: date, length: int
):
    moves, last = movements(events), first + timedelta(days=length)
    assert balance(moves, stock, first, last) == sums(moves, stock, date.min, last)


@pytest.mark.unmeasured
@given(events=chains, first=days, length=st.integers(0, 800))
@settings(max_examples=60, deadline=None)
def test_what_countries_and_sectors_have_adds_up_to_the_whole_whoever_shares_the_capital(
    events: list[Event], first: date, length: int
):
    alone = [replace(event, shares=None) for event in events]
    last = first + timedelta(days=length)
    for code in MOVED:
        shared, whole = (
            sum(sums(movements(chain), code, start, last).values())
            for chain, start in ((events, first), (alone, first))
        )
        assert shared == whole


def test_a_joint_venture_is_counted_once_and_its_capital_by_share():
    issue = replace(an_issue(usd=10), shares=(("JP", 2), ("KR", 1)))
    moves = movements([issue, an_event(2, "adjust", START + timedelta(days=9), capital=(down(1),))])
    by_country = {
        (one.indicator, one.country): one.amount for one in moves if one.indicator in ("projects_new", "capital_new")
    }
    assert by_country == {
        ("projects_new", "JP"): ONE, ("capital_new", "JP"): 6_666_667, ("capital_new", "KR"): 3_333_333,
    }  # fmt: skip
    assert sum(one.amount for one in moves if one.indicator == "capital_reduced") == 10**6


@pytest.mark.unmeasured
@given(events=chains, day=days)
@settings(max_examples=150, deadline=None)
def test_the_stocks_of_a_day_are_what_the_certificate_reads_on_it(events: list[Event], day: date):
    moves, state = movements(events), state_on(events, day)
    expected = standing(state) if state else {}
    for stock in (*STOCKS, "projects_suspended"):
        found = sums(moves, stock, date.min, day)
        wanted = {
            (one.place, one.owner, one.ownership, *_narrow(stock, one.country, one.sector), currency): amount
            for (code, one, currency), amount in expected.items()
            if code == stock
        }
        assert found == wanted


def _narrow(stock: str, country: str, sector: str) -> tuple[str, str]:
    return ("", "") if stock == "projects_suspended" else (country, sector)


@pytest.mark.unmeasured
@given(events=chains)
@settings(max_examples=100, deadline=None)
def test_only_what_was_moved_or_set_right_may_be_negative(events: list[Event]):
    signed = {"projects_moved", "capital_moved", "projects_corrected", "capital_corrected"}
    flows = [one for one in movements(events) if INDICATORS[one.indicator].nature == "flow"]
    assert all(one.amount > 0 for one in flows if one.indicator not in signed)


@pytest.mark.unmeasured
@given(events=chains)
@settings(max_examples=100, deadline=None)
def test_what_leaves_one_shelf_comes_to_another(events: list[Event]):
    assert sum(one.amount for one in movements(events) if one.indicator == "projects_moved") == 0


@pytest.mark.unmeasured
@given(events=chains)
@settings(max_examples=100, deadline=None)
def test_every_movement_names_an_indicator_that_has_its_breakdowns(events: list[Event]):
    for one in movements(events):
        assert one.indicator in MOVED
        dimensions = INDICATORS[one.indicator].dimensions
        for name in ("ownership", "country", "sector", "currency"):
            assert not getattr(one, name) or name in dimensions, (one.indicator, name)


@pytest.mark.unmeasured
@given(events=chains)
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_events_were_entered_changes_nothing(events: list[Event]):
    in_order = sorted(events, key=lambda event: (event.day, event.entered))
    assert movements(events) == movements(in_order)


def test_one_adjustment_with_capital_name_and_schedule_counts_once_and_as_an_increase():
    adjusted = an_event(2, "adjust", date(2016, 5, 1), capital=(up(5, total=25),), name="Dự án B", schedule="2017")
    moves = movements([an_issue(), adjusted])
    year = {one.indicator: one.amount for one in moves if one.day.year == 2016}
    assert year == {
        "projects_adjusted": ONE,
        "projects_increased": ONE,
        "capital_added": 5 * 10**6,
        "capital_registered_total": 5 * 10**6,
    }


def test_a_decrease_is_a_positive_figure_of_its_own():
    moves = movements([an_issue(), an_event(2, "adjust", date(2016, 5, 1), capital=(down(8),))])
    assert [one.amount for one in moves if one.indicator == "capital_reduced"] == [8 * 10**6]
    assert not [one for one in moves if one.indicator == "capital_added"]


def test_a_partial_termination_takes_capital_and_leaves_the_project():
    moves = movements([an_issue(), an_event(2, "terminate_part", date(2016, 5, 1), capital=(down(8),))])
    assert [one.amount for one in moves if one.indicator == "capital_revoked"] == [8 * 10**6]
    assert not [one for one in moves if one.indicator == "projects_revoked"]


def test_a_move_to_another_zone_leaves_one_place_and_comes_to_the_other_with_all_its_capital():
    moves = movements([an_issue(), an_event(2, "move", date(2016, 5, 1), place="zone/b")])
    moved = {(one.place, one.indicator): one.amount for one in moves if one.indicator.endswith("_moved")}
    assert moved == {
        ("zone/a", "projects_moved"): -ONE,
        ("zone/a", "capital_moved"): -20 * 10**6,
        ("zone/b", "projects_moved"): ONE,
        ("zone/b", "capital_moved"): 20 * 10**6,
    }


def test_a_change_of_currency_moves_capital_from_one_currency_to_the_other():
    conversion = (down(20), up(500_000, "VND"))
    moves = movements([an_issue(), an_event(2, "move", date(2016, 5, 1), capital=conversion)])
    moved = {one.currency: one.amount for one in moves if one.indicator == "capital_moved"}
    assert moved == {"USD": -20 * 10**6, "VND": 500_000 * 10**6}


def test_a_project_taken_into_the_books_is_no_new_project():
    taken = an_event(1, "review", START, capital=(up(20),), place="zone/a", ownership="FDI", certified=date(2009, 1, 5))
    flows = {one.indicator: one.amount for one in movements([taken])}
    assert flows == {
        "projects_corrected": ONE,
        "capital_corrected": 20 * 10**6,
        "projects_valid": ONE,
        "capital_registered_total": 20 * 10**6,
    }


def test_a_transfer_that_makes_a_project_foreign_is_told_and_moves_it_between_ownerships():
    transfer = an_event(2, "adjust", date(2016, 5, 1), said=frozenset({"transfer"}), ownership="FDI", country="KR")
    moves = movements([an_issue(ownership="DDI", country=""), transfer])
    told = {(one.indicator, one.ownership): one.amount for one in moves if one.day.year == 2016}
    assert told["projects_transferred", "FDI"] == ONE
    assert told["projects_moved", "DDI"] == -ONE
    assert told["projects_moved", "FDI"] == ONE


def test_the_end_of_a_term_counts_from_the_day_after_it():
    events = [an_issue(term_years=10)]
    (end,) = [one for one in movements(events) if one.indicator == "projects_revoked"]
    assert (end.day, end.source) == (date(2025, 3, 1), events[0].id)
    assert state_on(events, date(2025, 2, 28)).is_valid
    assert state_on(events, date(2025, 3, 1)).status == "expired"


def test_a_suspended_project_stays_valid_and_is_counted_as_suspended():
    events = [an_issue(), an_event(2, "suspend", date(2016, 1, 1)), an_event(3, "resume", date(2016, 6, 1))]
    suspended = [(one.day.month, one.amount) for one in movements(events) if one.indicator == "projects_suspended"]
    assert suspended == [(1, ONE), (6, -ONE)]
    assert state_on(events, date(2016, 3, 1)).is_valid


def test_a_late_event_changes_what_came_after_it():
    events = [an_issue(), an_event(2, "adjust", date(2017, 1, 1), capital=(down(5),))]
    late = an_event(3, "adjust", date(2016, 1, 1), capital=(up(10),), entered=9)
    assert history([*events, late])[-1].after.capital == {"USD": 25 * 10**6}
    assert state_on([*events, late], date(2016, 6, 1)).capital == {"USD": 30 * 10**6}


def test_a_project_of_infrastructure_stands_in_stocks_of_its_own_until_it_ends():
    issue = an_issue(usd=10, is_infrastructure=True, sector="L68")
    later = [an_event(2, "adjust", date(2016, 3, 1), capital=(up(5),)), an_event(3, "revoke", date(2017, 3, 1))]
    moves = movements([replace(issue, shares=(("JP", 1), ("KR", 1))), *later])
    own = [one for one in moves if one.indicator in ("projects_infrastructure", "capital_infrastructure")]
    assert [(one.indicator, one.day.year, one.amount, one.currency) for one in own] == [
        ("projects_infrastructure", 2015, ONE, ""), ("capital_infrastructure", 2015, 10_000_000, "USD"),
        ("capital_infrastructure", 2016, 5_000_000, "USD"),
        ("projects_infrastructure", 2017, -ONE, ""), ("capital_infrastructure", 2017, -15_000_000, "USD"),
    ]  # fmt: skip
    assert {(one.ownership, one.country, one.sector) for one in own} == {("FDI", "", "")}
    assert "projects_infrastructure" not in {one.indicator for one in movements([an_issue(), *later])}
