from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.certificates.procedures import procedures, procedures_of
from sokhu.core.problems import Problem
from sokhu.core.working_days import (
    Stop,
    calendar_of,
    days_used,
    deadline,
    working_calendar,
    working_days_between,
)

CALENDAR = working_calendar()
FRIDAY = date(2026, 4, 24)
within_2024 = st.integers(0, 300).map(lambda days: date(2024, 1, 1) + timedelta(days=days))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 2, 17), False),  # the first day of Tết Bính Ngọ
        (date(2026, 4, 27), False),  # in lieu of Giỗ Tổ, a Sunday
        (date(2026, 8, 31), False),  # swapped for the next line
        (date(2026, 8, 22), True),
        (date(2030, 2, 4), False),  # Tết as the Vietnamese calendar has it, a day before the Chinese one
    ],
)
def test_a_day_is_worked_or_not(day: date, works: bool):
    assert CALENDAR.is_working(day) is works


def test_every_year_has_the_holidays_of_the_law():
    for year in CALENDAR.years:
        off = [day for day in CALENDAR.off if day.year == year and CALENDAR.off[day] == "tet"]
        assert len(off) == 5, year  # the five days of Tết, moved off weekends
        first_of_may, national = date(year, 5, 1), date(year, 9, 2)
        assert not CALENDAR.is_working(first_of_may)
        assert not CALENDAR.is_working(national)


def test_swapped_days_leave_the_number_of_working_days_as_it_was():
    swapped = [day for day, name in CALENDAR.off.items() if name == "swapped"]
    # 02/01/2015 was worked on 27/12/2014, a year that is not on file.
    assert len(CALENDAR.worked) == len(swapped) - 1


def test_the_day_of_receipt_is_not_counted():
    assert deadline(date(2026, 11, 2), 5, calendar=CALENDAR) == date(2026, 11, 9)


def test_days_off_are_passed_over():
    # Monday 27/4 is off in lieu of Giỗ Tổ, Thursday and Friday are 30/4 and 1/5.
    assert deadline(FRIDAY, 3, calendar=CALENDAR) == date(2026, 5, 4)


def test_the_clock_stands_still_while_the_investor_supplies_what_is_missing():
    asked, came = date(2026, 11, 4), date(2026, 11, 11)
    assert deadline(date(2026, 11, 2), 5, calendar=CALENDAR, stops=[Stop(asked, came)]) == date(2026, 11, 16)
    assert days_used(date(2026, 11, 2), date(2026, 11, 12), calendar=CALENDAR, stops=[Stop(asked, came)]) == 3


def test_there_is_no_deadline_while_something_is_awaited():
    stops = [Stop(date(2026, 11, 4))]
    assert deadline(date(2026, 11, 2), 5, calendar=CALENDAR, stops=stops) is None
    assert deadline(date(2026, 11, 2), 2, calendar=CALENDAR, stops=stops) == date(2026, 11, 4)


def test_a_term_in_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day():
    assert deadline(date(2024, 4, 12), 15, calendar=CALENDAR, counted="calendar") == date(2024, 5, 2)


@given(within_2024, st.integers(1, 40))
def test_a_deadline_is_the_working_day_on_which_so_many_are_used(received: date, days: int):
    last = deadline(received, days, calendar=CALENDAR)
    assert last is not None
    assert CALENDAR.is_working(last)
    assert days_used(received, last, calendar=CALENDAR) == days
    assert working_days_between(received + timedelta(days=1), last, CALENDAR) == days


@given(within_2024, st.integers(1, 30), st.integers(0, 20), st.integers(0, 15))
def test_a_stop_never_brings_a_deadline_forward(received: date, days: int, after: int, length: int):
    starts = received + timedelta(days=after)
    stop = Stop(starts, starts + timedelta(days=length))
    plain = deadline(received, days, calendar=CALENDAR)
    stopped = deadline(received, days, calendar=CALENDAR, stops=[stop])
    assert plain is not None
    assert stopped is not None
    assert stopped >= plain


def test_a_year_that_is_not_on_file_is_told():
    with pytest.raises(Problem) as caught:
        deadline(date(2030, 12, 20), 30, calendar=CALENDAR)
    assert (caught.value.code, caught.value.params["year"]) == ("working_days.unknown_year", 2031)


@pytest.mark.parametrize(
    "table",
    [
        {"source": "x", "evidence": "FOUND", "easter": []},
        {"source": "x"},
        {"source": "x", "evidence": "FOUND", "tet": [date(2025, 1, 1)]},
    ],
)
def test_a_year_that_cannot_be_read_is_told(table: dict):
    with pytest.raises(Problem, match=r"working_days\.table"):
        calendar_of({"holiday": {"tet": {}}, "year": {"2026": table}})


@pytest.mark.parametrize(
    ("code", "received", "days", "counted"),
    [
        ("issue", date(2025, 6, 1), 15, "calendar"),
        ("issue", date(2026, 3, 31), 10, "working"),
        ("adjust", date(2026, 5, 1), 7, "working"),
        ("issue_special", date(2026, 5, 1), 15, "working"),
    ],
)
def test_the_days_of_a_procedure_are_those_of_the_day_of_receipt(code: str, received: date, days: int, counted: str):
    allowed = procedures()[code].on(received)
    assert allowed is not None
    assert (allowed.days, allowed.counted) == (days, counted)


def test_a_procedure_without_a_rule_of_that_time_has_no_days():
    assert procedures()["issue_special"].on(date(2020, 1, 1)) is None


def test_every_rule_names_its_article_and_how_sure_it_is():
    for procedure in procedures().values():
        assert procedure.allowed, procedure.code
        for one in procedure.allowed:
            assert "điều" in one.article or "Nghị định" in one.article
            assert one.evidence in {"FOUND", "BK-high", "BK-medium", "BK-low"}


def test_a_table_that_is_no_procedure_is_told():
    with pytest.raises(Problem, match=r"certificates\.table"):
        procedures_of({"issue": {"vi": "x", "en": "x", "allowed": [{"days": 3}]}})


def test_a_day_that_was_decided_on_later_is_worked_or_off_as_decided():
    friday, saturday, holiday = date(2027, 4, 9), date(2027, 4, 10), date(2027, 4, 16)
    changed = CALENDAR.changed({friday: False, saturday: True, holiday: True})
    assert [changed.is_working(day) for day in (friday, saturday, holiday)] == [False, True, True]
    assert deadline(date(2027, 4, 8), 1, calendar=changed) == saturday
    assert CALENDAR.is_working(friday)
