"""No text, however odd, crashes the reader or keeps it long; offsets always point at what was quoted."""

from __future__ import annotations

import itertools
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sokhu.core.narrative import MAX_LENGTH, read
from sokhu.core.narrative.patterns import Patterns
from sokhu.core.narrative.vocabulary import Vocabulary
from sokhu.core.problems import Problem

REPORT = (
    "Thứ Tư, 03/07/2024 10:10\nTheo Ban Quản lý KKT Hải Phòng, 6 tháng đầu năm 2024 thành phố cấp mới 29 dự án FDI với "
    "số vốn 327,45 triệu USD (cùng kỳ năm trước là 21 dự án), tăng 12,5%; điều chỉnh tăng vốn cho 14 lượt dự án, vốn "
    "tăng thêm 1.905,382 tỷ đồng. Luỹ kế đến nay có 784 dự án còn hiệu lực, tạo việc làm cho 185.000 lao động.\n"
)
SOUP = (
    "dự án~tỷ~triệu~USD~đồng~1.234,5~5-7~18/26~(~)~[~]~;~,~.~\n~FDI~DDI~KCN~năm 2021~31/02/2021~từ năm 9999 đến nay"
    "~giai đoạn 2020-2019~lần lượt~và~tăng~%~so với cùng kỳ~(cùng kỳ là~đến nay~lũy kế~Hải Phòng~gấp~hai~kế hoạch"
    "~\u0301~\t~tháng 13~|~lãnh đạo KCN Long Đức~UBND tỉnh Hà Nam"
)
WORDS = st.sampled_from(SOUP.split("~"))
DENSE = [  # a figure every few characters, and what stands between them in other figures' way
    "Cấp mới 3 dự án, 5 triệu USD; ",
    "12 dự án 5 ha 7 % ",
    "18/26 dự án 5-7 triệu USD; ",
    "(5 dự án (3 FDI (7% ",
    "KCN Long Đức 5 ha, ",
    "tháng 3 năm 2020 7%, so với cùng kỳ 8 tỷ đồng, ",
    "cấp mới tăng vốn 5 ha ",
    "Số dự án | 12 | 15 | 3 |\n",
    "| 12 dự án | 5 ",
    "5\n\n",
    "7 % \n\n",
]


def check(text: str) -> None:
    last = 0
    for figure in read(text):
        assert text[figure.start : figure.end] == figure.quote != ""
        assert figure.start >= last
        assert 0 <= figure.confidence <= 1
        figure.as_json()
        last = figure.start


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    check(text)


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_soup_of_the_vocabulary_is_read_without_a_crash(words: list[str]) -> None:
    check(" ".join(words))


@given(st.text(alphabet="0123456789.,/-% ()[]\n", max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_soup_of_digits_is_read_without_a_crash(text: str) -> None:
    check(text)


@given(st.integers(0, len(REPORT) - 1), st.integers(0, 60), st.text(max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_damaged_report_is_read_without_a_crash(at: int, length: int, put: str) -> None:
    check(REPORT[:at] + put + REPORT[at + length :])


def test_both_normal_forms_give_the_same_figures_and_each_its_own_offsets() -> None:
    composed, decomposed = unicodedata.normalize("NFC", REPORT), unicodedata.normalize("NFD", REPORT)
    assert len(decomposed) > len(composed)
    check(decomposed)
    one, other = read(composed), read(decomposed)
    assert [(f.value, f.unit, f.indicator, f.ownership, f.period) for f in one] == [
        (f.value, f.unit, f.indicator, f.ownership, f.period) for f in other
    ]
    assert [f.quote for f in one] == [unicodedata.normalize("NFC", f.quote) for f in other]


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "unit", [REPORT, *DENSE[:2], "5 dự án, ", "(", "1/", "tin khác\n", "gồm 5 dự án FDI và ", "| 1 | 2 |\n"]
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.perf_counter()
        read(unit * count)
        return time.perf_counter() - started

    count = 8_000 // len(unit)
    seconds(count // 4)
    ratio = min(seconds(4 * count) / seconds(count) for _ in range(2))
    assert ratio < 9, f"four times the text took {ratio:.1f} times as long"


@pytest.mark.unmeasured
@pytest.mark.parametrize("unit", [REPORT, *DENSE])
def test_a_figure_takes_no_more_steps_in_a_long_text_than_in_a_short_one(unit: str) -> None:
    def steps(count: int) -> int:
        calls = itertools.count()
        sys.setprofile(lambda *_: next(calls))
        try:
            read(unit * count)
        finally:
            sys.setprofile(None)
        return next(calls)

    count = 2_000 // len(unit)  # longer than the longest sentence
    short, long = steps(count), steps(4 * count)
    assert long < 5 * short, f"four times the text took {long / short:.1f} times as many calls"


def test_a_text_that_is_no_report_any_more_is_refused() -> None:
    with pytest.raises(Problem) as raised:
        read("a" * (MAX_LENGTH + 1), article="whole-library")
    assert raised.value.code == "narrative.too_long"
    assert raised.value.where == "whole-library"


@pytest.mark.parametrize("kind", ["time_forms", "masks"])
def test_every_group_in_a_pattern_has_a_name(kind: str) -> None:
    patterns: Patterns = getattr(Vocabulary.packaged(), kind)
    assert all(compiled.groups == len(compiled.groupindex) for _, _, compiled in patterns.rows)


def test_patterns_looked_for_together_find_what_each_finds_alone() -> None:
    patterns = Vocabulary.packaged().time_forms
    together = [(name, match.span()) for name, match in patterns.found_in(REPORT.lower() * 3)]
    alone = [(name, m.span()) for name, _, compiled in patterns.rows for m in compiled.finditer(REPORT.lower() * 3)]
    assert together == alone
