"""A period as figures have it: its name, its days, and how far it is guessed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sokhu.core.narrative.times import Time, month_end


class When(NamedTuple):
    """The period's name and days, whether it is a day of count, and how far it is guessed."""

    name: str | None = None
    first: date | None = None
    last: date | None = None
    doubt: float = 0.0

    @property
    def window(self) -> tuple[date, date] | None:
        return (self.first, self.last) if self.first and self.last else None


UNKNOWN = When(doubt=0.2)


def when_of(time: Time, doubt: float = 0.0) -> When:
    return When(time.name, time.first, time.last, doubt)


def day_of(time: Time, doubt: float = 0.0) -> When:
    """The day or month on which a stock is counted: of a window its last month; of "năm 2030" in a plan the year."""
    if time.kind == "goal" or time.last is None or time.name is None:
        return When(time.name, time.first, time.last, doubt + 0.05)
    months = (time.last.year - (time.first or time.last).year) * 12 + time.last.month - (time.first or time.last).month
    if time.kind == "stock" and months > 0:
        return When(f"{time.last.year}-{time.last.month:02}", time.last, time.last, doubt)
    return When(time.name, time.last if time.kind != "flow" else time.first, time.last, doubt)


def end_of(window: Time, doubt: float) -> When:
    """A stock of which only a window is told is counted at its end: of "11 tháng năm 2021" in November."""
    assert window.last is not None
    if window.name and len(window.name) == 10 and ".." in window.name:
        return When(str(window.last.year), window.last, window.last, doubt)
    if window.name and len(window.name) == 4:
        return When(window.name, window.last, window.last, doubt)
    return When(f"{window.last.year}-{window.last.month:02}", window.last, window.last, doubt)


def shifted(base: When, years: int) -> When:
    assert base.first is not None
    assert base.last is not None
    assert base.name is not None
    name = base.name
    for year in sorted({base.first.year, base.last.year}):
        name = name.replace(str(year), str(year - years))
    first = base.first.replace(year=base.first.year - years, day=min(base.first.day, 28))
    last = month_end(base.last.year - years, base.last.month)
    return When(name, first, last, base.doubt + 0.05)
