from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from periods_random import by_months, days, ends, periods, some_regime
from sokhu.core.data import load_toml
from sokhu.core.period import (
    Kind,
    Period,
    as_of,
    contains,
    cut,
    day_count,
    instant,
    kind,
    like_windows,
    named,
    overlaps,
    parts,
    previous,
    same_period_last_year,
    under,
    window,
    year_to_date,
)
from sokhu.core.period_name import End, Span, spanning
from sokhu.core.problems import Problem

# Names and windows


@pytest.mark.parametrize(
    ("name", "which", "first", "last"),
    [
        ("2022-11-15", "day", "2022-11-15", "2022-11-15"),
        ("2017-09", "month", "2017-09-01", "2017-09-30"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2024-Q1", "quarter", "2024-01-01", "2024-03-31"),
        ("2020-H1", "half", "2020-01-01", "2020-06-30"),
        ("2020-H2", "half", "2020-07-01", "2020-12-31"),
        ("2022-01..2022-09", "nine_months", "2022-01-01", "2022-09-30"),
        ("2022-01..2022-11", "range", "2022-01-01", "2022-11-30"),
        ("2021", "year", "2021-01-01", "2021-12-31"),
        ("2021..2025", "plan", "2021-01-01", "2025-12-31"),
        ("2020..2024", "range", "2020-01-01", "2024-12-31"),
        ("2021..2026", "range", "2021-01-01", "2026-12-31"),
        ("2021..2024-06", "range", "2021-01-01", "2024-06-30"),
        ("2020-05..2021", "range", "2020-05-01", "2021-12-31"),
        ("2020-01-01..2020-12-20", "range", "2020-01-01", "2020-12-20"),
    ],
)
def test_a_canonical_name_tells_kind_and_days(name: str, which: Kind, first: str, last: str):
    period = named(name)
    assert (period.name, kind(period)) == (name, which)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert str(period) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("2022-01..2022-03", "2022-Q1"),
        ("2022-Q1..2022-Q2", "2022-H1"),
        ("2022-01..2022-12", "2022"),
        ("2022-H1..2022-Q3", "2022-01..2022-09"),
        ("2021-01..2025-12", "2021..2025"),
        ("2022-01-01..2022-03-31", "2022-Q1"),
        ("2022-03-01..2022-03-20", "2022-03-01..2022-03-20"),
        ("2022-03-05..2022-03-31", "2022-03-05..2022-03-31"),
        ("2021..2024-07-03", "2021-01-01..2024-07-03"),
        ("2022-11-15..2022-11-15", "2022-11-15"),
    ],
)
def test_names_of_the_same_days_become_one_name(written: str, name: str):
    assert named(written).name == name


def test_days_that_fill_a_year_of_a_regime_are_that_year():
    assert named("2019-12-15..2020-12-14", regime="administrative").name == "2020"
    assert named("2019-12-15..2020-12-14").name == "2019-12-15..2020-12-14"


@given(periods())
def test_a_name_and_a_regime_are_enough_to_have_the_period_again(period: Period):
    assert named(period.name, regime=period.regime) == period
    assert window(period.name, regime=period.regime) == (period.first, period.last)


@pytest.mark.parametrize(
    ("name", "code", "params"),
    [
        ("2025-Q5", "period.quarter", {"found": "2025-Q5"}),
        ("2025-Q0", "period.quarter", {"found": "2025-Q0"}),
        ("2025-H3", "period.half", {"found": "2025-H3"}),
        ("2025-13", "period.month", {"found": "2025-13"}),
        ("2025-02-29", "period.day", {"found": "2025-02-29", "last": 28}),
        ("2025-02-00", "period.day", {"found": "2025-02-00", "last": 28}),
        ("1899", "period.year", {"found": "1899", "first": 1900, "last": 2199}),
        (
            "2022..2021",
            "period.backwards",
            {"found": "2022..2021", "first": date(2022, 1, 1), "last": date(2021, 12, 31)},
        ),
        ("soon", "period.unknown", {"found": "soon"}),
        ("2022..", "period.unknown", {"found": "2022.."}),
    ],
)
def test_what_is_no_period_is_told_by_what_is_wrong_with_it(name: str, code: str, params: dict[str, object]):
    with pytest.raises(Problem) as caught:
        named(name)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(Problem, match=r"period\.backwards"):
        Period("2020", date(2020, 12, 31), date(2020, 1, 1))


def test_no_step_leaves_the_years_that_are_taken():
    with pytest.raises(Problem, match=r"period\.year"):
        previous(named("1900"))


# Steps


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("2022-03-01", "2022-02-28"),
        ("2022-01", "2021-12"),
        ("2024-Q1", "2023-Q4"),
        ("2020-H1", "2019-H2"),
        ("2021", "2020"),
        ("2021..2025", "2016..2020"),
        ("2022-01..2022-09", "2021-01..2021-09"),
        ("2022-01..2022-11", "2021-01..2021-11"),
        ("2022-05..2022-08", "2022-01..2022-04"),
        ("2021..2022", "2019..2020"),
        ("2022-03-11..2022-03-20", "2022-03-01..2022-03-10"),
    ],
)
def test_the_previous_period_lies_just_before_and_year_to_date_goes_back_a_year(name: str, before: str):
    assert previous(named(name)).name == before


@given(st.one_of(by_months, days.map(lambda day: as_of(date(*day)))))
def test_the_previous_period_ends_where_this_one_starts_and_is_of_its_kind(period: Period):
    assume(kind(period) in ("day", "month", "quarter", "half", "year", "plan"))
    before = previous(period)
    assert kind(before) == kind(period)
    assert before < period
    if period.regime != "to_20_december":  # its years leave the last days of December out
        assert before.last + timedelta(days=1) == period.first


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("2024-02-29", "2023-02-28"),
        ("2020-12-20", "2019-12-20"),
        ("2017-09", "2016-09"),
        ("2024-Q1", "2023-Q1"),
        ("2022-01..2022-11", "2021-01..2021-11"),
        ("2021-07..2022-06", "2020-07..2021-06"),
        ("2020-01-01..2020-12-20", "2019-01-01..2019-12-20"),
        ("2021", "2020"),
    ],
)
def test_the_same_period_last_year_has_the_same_days_of_the_year(name: str, before: str):
    assert same_period_last_year(named(name)).name == before


@pytest.mark.parametrize("name", ["2021..2025", "2021-07..2022-07", "2021-01-15..2022-02-20"])
def test_what_is_longer_than_a_year_has_no_same_period_last_year(name: str):
    with pytest.raises(Problem) as caught:
        same_period_last_year(named(name))
    assert (caught.value.code, caught.value.params) == ("period.no_year_before", {"found": name})


@pytest.mark.parametrize(
    ("name", "regime", "to_date"),
    [
        ("2022-03", "calendar", "2022-Q1"),
        ("2022-Q3", "calendar", "2022-01..2022-09"),
        ("2022-11", "calendar", "2022-01..2022-11"),
        ("2022", "calendar", "2022"),
        ("2021..2024-06", "calendar", "2024-H1"),
        ("2022-11-15", "calendar", "2022-01-01..2022-11-15"),
        ("2022-12-10", "administrative", "2021-12-15..2022-12-10"),
        ("2022-12-20", "administrative", "2022-12-15..2022-12-20"),
        ("2022-12-25", "to_20_december", "2022-01-01..2022-12-25"),
    ],
)
def test_year_to_date_runs_from_the_start_of_the_year_of_the_regime(name: str, regime: str, to_date: str):
    assert year_to_date(named(name, regime=regime)).name == to_date


@given(by_months)
def test_year_to_date_ends_with_the_period_and_stays_what_it_is(period: Period):
    to_date = year_to_date(period)
    assert to_date.last == period.last
    assert year_to_date(to_date) == to_date


@pytest.mark.parametrize(
    ("name", "which", "names"),
    [
        ("2022", "half", ["2022-H1", "2022-H2"]),
        ("2022", "quarter", ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]),
        ("2022-01..2022-09", "quarter", ["2022-Q1", "2022-Q2", "2022-Q3"]),
        ("2024-Q1", "month", ["2024-01", "2024-02", "2024-03"]),
        ("2021..2023", "year", ["2021", "2022", "2023"]),
        ("2021..2030", "plan", ["2021..2025", "2026..2030"]),
        ("2021-01-15..2021-01-16", "day", ["2021-01-15", "2021-01-16"]),
        ("2022", "year", ["2022"]),
    ],
)
def test_a_period_is_cut_into_whole_parts(name: str, which: Kind, names: list[str]):
    assert [part.name for part in parts(named(name), which)] == names


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("2022-01..2022-11", "quarter"),
        ("2022-02..2022-07", "quarter"),
        ("2024-Q1", "year"),
        ("2020..2024", "plan"),
        ("2022-11-15", "month"),
        ("2022", "nine_months"),
        ("2022", "range"),
    ],
)
def test_what_does_not_consist_of_whole_parts_is_not_cut(name: str, which: Kind):
    with pytest.raises(Problem) as caught:
        parts(named(name), which)
    assert (caught.value.code, caught.value.params) == ("period.no_parts", {"found": name, "kind": which})


@st.composite
def wholes(draw: st.DrawFn) -> tuple[Period, Kind, int]:
    """A period of so many parts of a kind; within one year for the regime whose years do not touch."""
    which, step = draw(st.sampled_from([("month", 1), ("quarter", 3), ("half", 6), ("year", 12), ("plan", 60)]))
    regime = draw(some_regime)
    within = 12 // step if regime == "to_20_december" else 12
    count = draw(st.integers(1, max(within, 1)))
    start = 12 * (2031 if which == "plan" else draw(st.integers(2031, 2040)))
    if regime != "to_20_december":
        start += step * draw(st.integers(0, 5))
    last = start + step * count - 1
    span = Span(End(start // 12, start % 12 + 1), End(last // 12, last % 12 + 1))
    return spanning(span, regime=regime), which, count


@given(wholes())
def test_parts_touch_each_other_and_cover_the_whole(whole: tuple[Period, Kind, int]):
    period, which, count = whole
    pieces = parts(period, which)
    assert len(pieces) == count
    assert (pieces[0].first, pieces[-1].last) == (period.first, period.last)
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(pieces))
    assert all(kind(piece) == which and contains(period, piece) for piece in pieces)
    assert sum(day_count(piece) for piece in pieces) == day_count(period)


@given(st.builds(lambda end, regime: spanning(Span(end, end), regime=regime), ends, some_regime))
def test_a_month_has_a_part_for_each_of_its_days(month: Period):
    pieces = parts(month, "day")
    assert [piece.first for piece in pieces] == [month.first + timedelta(days=n) for n in range(day_count(month))]
    assert all(kind(piece) == "day" for piece in pieces)


# Relations


@given(periods(), periods())
def test_containing_is_overlapping_in_every_day(one: Period, other: Period):
    assert overlaps(one, other) == overlaps(other, one)
    assert not contains(one, other) or (overlaps(one, other) and day_count(one) >= day_count(other))
    assert contains(one, one)


def test_neighbours_do_not_overlap():
    assert not overlaps(named("2024-Q1"), named("2024-Q2"))
    assert overlaps(named("2024-Q1"), named("2024-03-31"))
    assert not contains(named("2024-Q1"), named("2024-H1"))


def test_periods_are_ordered_by_their_days():
    names = ["2021..2025", "2020-H1", "2020", "2020-12-20", "2020-01"]
    in_order = sorted(named(name) for name in names)
    assert [period.name for period in in_order] == ["2020-01", "2020-H1", "2020", "2020-12-20", "2021..2025"]
    assert named("2020") >= named("2020")


def test_a_stock_counts_on_the_last_day_under_the_regime():
    assert instant(named("2020")) == date(2020, 12, 31)
    assert instant(named("2020", regime="to_20_december")) == date(2020, 12, 20)
    assert instant(as_of(date(2020, 12, 20))) == date(2020, 12, 20)


def test_equal_names_under_unlike_regimes_have_unlike_windows():
    by_calendar, to_the_20th = named("2020"), named("2020", regime="to_20_december")
    assert by_calendar.name == to_the_20th.name
    assert not like_windows(by_calendar, to_the_20th)
    assert like_windows(under(by_calendar, "to_20_december"), to_the_20th)


def test_quarters_cut_alike_are_alike_though_their_days_differ():
    assert like_windows(named("2022-Q1"), named("2022-Q2"))
    assert like_windows(named("2022-Q1", regime="administrative"), named("2022", regime="labour"))
    assert not like_windows(named("2022-Q1", regime="administrative"), named("2022"))


@given(periods(), periods())
def test_likeness_of_windows_is_mutual(one: Period, other: Period):
    assert like_windows(one, other) == like_windows(other, one)
    assert like_windows(one, one)
    assert one.regime != other.regime or like_windows(one, other)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_with_a_period_has_its_sentence(lang: str):
    params = dict.fromkeys(["found", "first", "last", "kind", "known", "regime", "since", "until", "where"], "x")
    for sentences in load_toml("problems/period.toml").values():
        assert sentences[lang].format(**params)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("2024", ["2024-H1", "2024-H2"]),
        ("2024-H2", ["2024-Q3", "2024-Q4"]),
        ("2024-Q1", ["2024-01", "2024-02", "2024-03"]),
        ("2024-01..2024-09", ["2024-H1", "2024-Q3"]),
        ("2024-01..2024-11", ["2024-H1", "2024-Q3", "2024-10", "2024-11"]),
        ("2021..2025", ["2021", "2022", "2023", "2024", "2025"]),
        ("2021..2024-06", ["2021", "2022", "2023", "2024-H1"]),
        ("2024-05", []),
        ("2024-05-31", []),
    ],
)
def test_a_period_is_cut_into_the_fewest_whole_ones(name: str, made: list[str]) -> None:
    assert [period.name for period in cut(named(name))] == made
