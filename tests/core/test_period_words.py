from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periods_random import periods
from sokhu.core.period import (
    Period,
    named,
    parse,
    printed,
    printed_window,
    tells_as_of,
)
from sokhu.core.problems import Problem

DATELINE = date(2024, 7, 3)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("quý I/2024", "2024-Q1"),
        ("Quý 1 năm 2024", "2024-Q1"),
        ("quý bốn năm 2021", "2021-Q4"),
        ("quý tư/2021", "2021-Q4"),
        ("Q1 2024", "2024-Q1"),
        ("q3/2023", "2023-Q3"),
        ("second quarter of 2023", "2023-Q2"),
        ("6 tháng đầu năm 2022", "2022-H1"),
        ("sáu tháng cuối năm 2022", "2022-H2"),
        ("nửa đầu năm 2022", "2022-H1"),
        ("first half of 2020", "2020-H1"),
        ("last six months of 2020", "2020-H2"),
        ("H2/2020", "2020-H2"),
        ("9 tháng năm 2023", "2023-01..2023-09"),
        ("chín tháng đầu năm 2023", "2023-01..2023-09"),
        ("nine months of 2022", "2022-01..2022-09"),
        ("11 tháng đầu năm 2022", "2022-01..2022-11"),
        ("mười một tháng năm 2022", "2022-01..2022-11"),
        ("12 tháng năm 2022", "2022"),
        ("3 tháng cuối năm 2021", "2021-Q4"),
        ("last 2 months of 2021", "2021-11..2021-12"),
        ("tháng 9/2017", "2017-09"),
        ("tháng 9 năm 2017", "2017-09"),
        ("tháng chín, năm 2017", "2017-09"),
        ("T9/2017", "2017-09"),
        ("9/2017", "2017-09"),
        ("September 2017", "2017-09"),
        ("Sept. 2017", "2017-09"),
        ("tháng 1-11/2022", "2022-01..2022-11"),
        ("năm 2020", "2020"),
        ("cả năm 2020", "2020"),
        ("trong năm 2020.", "2020"),
        ("year 2020", "2020"),
        ("giai đoạn 2021-2025", "2021..2025"),
        ("kế hoạch 5 năm 2021 – 2025", "2021..2025"),
        ("2021-2025", "2021..2025"),
        ("ngày 15/11/2022", "2022-11-15"),
        ("ngày 15 tháng 11 năm 2022", "2022-11-15"),
        ("15.11.2022", "2022-11-15"),
        ("15 Nov 2022", "2022-11-15"),
        ("November 15, 2022", "2022-11-15"),
        ("ngày 15-16/1/2021", "2021-01-15..2021-01-16"),
        ("từ năm 2021 đến tháng 6/2024", "2021..2024-06"),
        ("từ tháng 1 đến tháng 11/2022", "2022-01..2022-11"),
        ("từ đầu năm 2024 đến hết tháng 6", "2024-H1"),
        ("tháng 3 - tháng 5/2022", "2022-03..2022-05"),
        ("from March 2022 to May 2022", "2022-03..2022-05"),
        ("tính đến 20/12/2020", "2020-12-20"),
        ("tính đến hết ngày 30/6/2024", "2024-06-30"),
        ("đến hết tháng 6/2024", "2024-06"),
        ("lũy kế tính đến cuối năm 2023", "2023"),
        ("as of 30 June 2024", "2024-06-30"),
        ("by the end of 2025", "2025"),
        ("quy I/2024", "2024-Q1"),
        ("GIAI DOAN 2021-2025", "2021..2025"),
        ("2024-q1", "2024-Q1"),
    ],
)
def test_words_of_reports_are_read(words: str, name: str):
    assert parse(words).name == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("6 tháng cuối năm", "2024-H2"),
        ("quý I", "2024-Q1"),
        ("tháng 9", "2024-09"),
        ("20/12", "2024-12-20"),
        ("9 tháng đầu năm nay", "2024-01..2024-09"),
        ("năm trước", "2023"),
        ("quý IV năm ngoái", "2023-Q4"),
        ("this year", "2024"),
        ("last year", "2023"),
        ("đến nay", "2024-07-03"),
        ("to date", "2024-07-03"),
        ("từ năm 2021 đến nay", "2021-01-01..2024-07-03"),
        ("từ đầu năm đến nay", "2024-01-01..2024-07-03"),
    ],
)
def test_a_missing_year_is_that_of_the_dateline(words: str, name: str):
    assert parse(words, today=DATELINE).name == name
    with pytest.raises(Problem) as caught:
        parse(words)
    assert (caught.value.code, caught.value.params) == ("period.needs_year", {"found": words})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("quý 5 năm 2024", "period.quarter"),
        ("tháng 13/2022", "period.month"),
        ("13 tháng năm 2022", "period.month"),
        ("30/2/2022", "period.day"),
        ("30-31/2/2022", "period.day"),
        ("năm 3020", "period.year"),
        ("từ tháng 5 đến tháng 3/2022", "period.backwards"),
        ("mức độ 3", "period.unknown"),
        ("", "period.unknown"),
        ("đến", "period.unknown"),
        ("tính đến hôm kia", "period.unknown"),
    ],
)
def test_words_that_are_no_period_are_refused_with_what_was_found(words: str, code: str):
    with pytest.raises(Problem) as caught:
        parse(words, today=DATELINE)
    assert caught.value.code == code
    assert "found" in caught.value.params


def test_a_page_of_text_is_not_searched_for_a_period():
    with pytest.raises(Problem) as caught:
        parse("từ tháng 1 đến " * 5000)
    assert caught.value.code == "period.unknown"
    assert len(str(caught.value.params["found"])) < 200


@given(st.text(alphabet="quý Itháng năm/-0123456789từđến.", max_size=60))
def test_reading_odd_words_ends_in_a_period_or_a_problem(words: str):
    try:
        period = parse(words, today=DATELINE)
    except Problem as problem:
        code = problem.code
    else:
        code = "period." + named(period.name).name
    assert code.startswith("period.")


@pytest.mark.parametrize("words", ["tính đến 20/12/2020", "đến hết tháng 6/2024", "Đến nay", "as of 30 June 2024"])
def test_words_of_counting_are_told_from_others(words: str):
    assert tells_as_of(words)


@pytest.mark.parametrize("words", ["năm 2020", "từ năm 2021 đến nay", "quý I/2024"])
def test_words_of_a_flow_are_not_words_of_counting(words: str):
    assert not tells_as_of(words)


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        ("2022-11-05", "ngày 05/11/2022", "5 November 2022"),
        ("2017-09", "tháng 9/2017", "September 2017"),
        ("2024-Q4", "quý IV/2024", "Q4 2024"),
        ("2020-H1", "6 tháng đầu năm 2020", "first half of 2020"),
        ("2020-H2", "6 tháng cuối năm 2020", "second half of 2020"),
        ("2022-01..2022-09", "9 tháng đầu năm 2022", "first 9 months of 2022"),
        ("2021", "năm 2021", "2021"),
        ("2021..2025", "giai đoạn 2021-2025", "2021–2025"),
        ("2021..2024-06", "từ tháng 1/2021 đến tháng 6/2024", "from January 2021 to June 2024"),
        ("2022-03..2022-05", "từ tháng 3/2022 đến tháng 5/2022", "from March 2022 to May 2022"),
        ("2021-01-15..2021-01-16", "từ ngày 15/01/2021 đến ngày 16/01/2021", "from 15 January 2021 to 16 January 2021"),
    ],
)
def test_a_period_is_written_as_readers_write_it(name: str, vi: str, en: str):
    period = named(name)
    assert (printed(period), printed(period, "en"), printed(period, "iso")) == (vi, en, name)


@given(periods(), st.sampled_from(["vi", "en", "iso"]))
def test_reading_undoes_writing_in_every_language(period: Period, lang: str):
    assert parse(printed(period, lang), regime=period.regime) == period


def test_the_days_of_a_window_are_written_beside_the_name():
    year = named("2020", regime="administrative")
    assert printed_window(year) == printed_window(year, "en") == "15/12/2019–14/12/2020"
    assert printed_window(year, "iso") == "2019-12-15/2020-12-14"
