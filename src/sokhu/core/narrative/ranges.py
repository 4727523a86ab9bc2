"""Windows with a start of their own: "từ năm 2021 đến nay", "từ đầu năm đến ngày 17/9"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sokhu.core.narrative.passage import Passage
from sokhu.core.narrative.times import Time, month_end, span_of_months
from sokhu.core.narrative.when import UNKNOWN, When

_SAME_COUNT = 45  # days between a day of count and the day of the text that "nay" may both mean


class Told(NamedTuple):
    """What the text has told so far: its running window, its day of count, the window it reports on."""

    flow: When | None
    stock: When | None
    home: When | None


def range_in(times: Sequence[Time]) -> tuple[Time, Time | None] | None:
    """The last "từ ..." among the words of time and what ends it; None where another window follows."""
    for position in range(len(times) - 1, -1, -1):
        if times[position].kind == "since":
            later = times[position + 1 :]
            if any(time.kind == "flow" for time in later):
                return None
            return times[position], later[0] if later else None
    return None


def ranged(passage: Passage, since: Time, until: Time | None, told: Told) -> When | None:
    """The window from `since` to `until`, else to the day of the text, else to the month told last."""
    if since.first is None:
        return None
    until = until or _beside(passage, since)
    ends = _end(passage, since.first, until, told)
    if ends is None and passage.month is not None and passage.month >= since.first:
        return When(_name(since.first, passage.month), since.first, passage.month, 0.2)
    if ends is None and until is not None and until.kind == "now" and not _just_begun(passage, since.first):
        return UNKNOWN  # "từ năm 1997 đến nay" of a text without a day
    if ends is None or ends < since.first:
        return When(since.name, since.first, since.last, 0.2)
    return When(_name(since.first, ends), since.first, ends, 0.03 if until is not None else 0.1)


def part_of_year(times: Sequence[Time], year: Time) -> When | None:
    """ "Đến ngày 15/3, số doanh nghiệp mới năm 2024 là ...": the year as far as the day of count before it."""
    days = [t.last for t in times if t.kind == "stock" and t.last and t.start < year.start]
    if year.kind != "flow" or year.name is None or len(year.name) != 4 or not days or days[-1].month == 12:
        return None
    first = date(int(year.name), 1, 1)
    return When(_name(first, days[-1]), first, days[-1], 0.08) if days[-1].year == first.year else None


def _beside(passage: Passage, since: Time) -> Time | None:
    nearby = passage.times_between(since.end, since.end + 4)
    return nearby[0] if nearby and (nearby[0].kind == "now" or (nearby[0].kind == "stock" and nearby[0].last)) else None


def _end(passage: Passage, first: date, until: Time | None, told: Told) -> date | None:
    if until is not None and until.kind in ("stock", "now") and until.last:
        ends: date | None = until.last
    else:
        ends = passage.today or _reported(first, told)
    counted = told.stock.last if told.stock else None
    if counted and ends and until is not None and until.kind == "now" and 0 <= (ends - counted).days <= _SAME_COUNT:
        return counted  # "tính đến tháng 6/2024 ... Từ năm 2021 đến nay": the count just told is what "nay" means
    return ends


def _reported(start: date, told: Told) -> date | None:
    """Without a day of the text, the last month told: "Tháng 11/2022, ... Từ đầu năm đến nay" ends in November."""
    for when in told:
        if when is not None and when.last is not None and when.first is not None and when.last >= start:
            return when.last if when.name and len(when.name) > 4 else None
    return None


def _just_begun(passage: Passage, first: date) -> bool:
    return passage.year is not None and first.year >= passage.year


def _name(first: date, ends: date) -> str:
    if (first.year, first.month) == (ends.year, ends.month):
        return f"{ends.year}-{ends.month:02}"
    if first.month == 1 and first.year == ends.year:
        whole = ends.month in (3, 6, 12) and ends == month_end(ends.year, ends.month)
        through = f"{ends.year}-01..{ends.year}-{ends.month:02}"
        return span_of_months(ends.year, 1, ends.month)[0] if whole else through
    start = str(first.year) if first.month == 1 else f"{first.year}-{first.month:02}"
    return f"{start}..{ends.year}-{ends.month:02}"
