"""Which quarters everybody told, of the days on which a register is complete."""

from datetime import date

from sokhu.core.keeping import holds_all, told_quarters
from sokhu.core.movement import series_of
from sokhu.core.place import Span

YEAR = (Span(date(2024, 1, 1), date(2024, 12, 31)),)
UNTIL = date(2026, 5, 20)
DUE = series_of([(date(2023, 5, 1), 2), (date(2024, 8, 1), 1)])  # two, three from August on
FIRST, SECOND, THIRD, FOURTH = date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)


def told(spans: tuple[Span, ...], *days: tuple[date, int], until: date = UNTIL) -> tuple[Span, ...]:
    return told_quarters(spans, series_of(days), DUE, until)


def test_quarters_that_everybody_told_are_one_stretch_until_one_is_missing() -> None:
    everybody = told(YEAR, (FIRST, 2), (SECOND, 2), (THIRD, 3), (FOURTH, 3))
    assert everybody == YEAR
    one_left_out = told(YEAR, (FIRST, 2), (SECOND, 2), (THIRD, 2), (FOURTH, 3))
    assert one_left_out == (Span(date(2024, 1, 1), SECOND), Span(date(2024, 10, 1), FOURTH))


def test_a_quarter_counts_only_where_all_its_days_are_complete_and_known() -> None:
    from_february = (Span(date(2024, 2, 1), None),)
    assert told(from_february, (FIRST, 2), (SECOND, 2)) == (Span(date(2024, 4, 1), SECOND),)
    assert told(from_february, (FIRST, 2), (SECOND, 2), until=date(2024, 6, 29)) == ()


def test_of_a_stretch_without_a_beginning_no_quarter_is_told() -> None:
    assert told((Span(None, None),), (FIRST, 2)) == ()


def test_a_window_is_held_by_one_stretch_and_not_by_two() -> None:
    halves = (Span(date(2024, 1, 1), SECOND), Span(date(2024, 7, 2), FOURTH))
    assert holds_all(halves, date(2024, 2, 1), SECOND)
    assert not holds_all(halves, SECOND, date(2024, 7, 2))
