"""Periods of any length under any of the shipped regimes."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from sokhu.core.period import Period
from sokhu.core.period_name import End, Span, spanning
from sokhu.core.problems import Problem

REGIMES = ["calendar", "administrative", "labour", "to_20_december"]

# All shipped regimes are in force from 2022 on, so the periods before stay in force after going a year back.
ends = st.builds(lambda year, month: End(year, month), st.integers(2030, 2080), st.integers(1, 12))
days = st.dates(date(2030, 1, 1), date(2080, 12, 31)).map(lambda day: End(day.year, day.month, day.day))
some_regime = st.sampled_from(REGIMES)


@st.composite
def periods(draw: st.DrawFn, *, by_days: bool = True) -> Period:
    either = st.one_of(ends, days) if by_days else ends
    one, other = draw(either), draw(either)
    regime = draw(some_regime)
    try:
        return spanning(Span(one, other), regime=regime)
    except Problem:  # it would end before it starts
        return spanning(Span(other, one), regime=regime)


by_months = periods(by_days=False)
