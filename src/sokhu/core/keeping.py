"""Who keeps the registers of a zone, and on which days they are declared complete, whatever became of the boards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sokhu.core.closure import closure
from sokhu.core.movement import Series
from sokhu.core.place import DAY, Membership, Span
from sokhu.core.quarter import first_day, last_day, quarter_of
from sokhu.core.territory import Territory


def keeper_of(places: Territory, zone: str, day: date) -> str:
    """The board that answers for a zone on a day; outside what is recorded the nearest one; "" for none."""
    boards = places.memberships_of(zone, "board")
    on_day = next((one for one in boards if one.span.holds(day)), None)
    before = [one for one in boards if one.span.ends is not None and one.span.ends < day]
    found = on_day or max(before, key=lambda one: one.span.ends or day, default=None) or next(iter(boards), None)
    return found.grouping if found else ""


def complete_days(places: Territory, zone: str, declared: Mapping[str, date]) -> tuple[Span, ...]:
    """The stretches of days on which a register of a zone is complete, in order.

    declared: by board, the day from which it says that its register is. What a board declared holds in the zones that
    its successor took over, and a successor may declare for days on which the zone was its predecessor's.
    """
    boards = places.memberships_of(zone, "board")
    found = []
    for one in boards:
        starts = [declared[board] for board in _family(places, one, boards) if board in declared]
        days = one.span.within(Span(min(starts))) if starts else None
        if days is not None:
            found.append(days)
    return _joined(found)


def _family(places: Territory, one: Membership, boards: Sequence[Membership]) -> set[str]:
    """The board itself and those that kept the zone before or after it in one line of succession."""
    before = closure([one.grouping], places.predecessors)
    after = {other.grouping for other in boards if one.grouping in closure([other.grouping], places.predecessors)}
    return after | before.intersection(other.grouping for other in boards)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches that follow each other without a day between are one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts or date.min):
        last = found[-1] if found else None
        if last and (last.ends is None or (span.starts or date.min) <= last.ends + DAY):
            ends = None if last.ends is None or span.ends is None else max(last.ends, span.ends)
            found[-1] = Span(last.starts, ends)
        else:
            found.append(span)
    return tuple(found)


def told_quarters(spans: Iterable[Span], told: Series, due: Series, until: date) -> tuple[Span, ...]:
    """Of stretches of days the whole quarters that everybody told who was due, in order.

    told: how many did, each on the last day of a quarter; due: how many have to on a day. until: the last known day.
    """
    found = []
    for span in spans:
        first, last = span.starts or until, min(span.ends or until, until)
        for quarter in range(quarter_of(first), quarter_of(last) + 1):
            starts, ends = first_day(quarter), last_day(quarter)
            if first <= starts and ends <= last and told.within(ends, ends) == due.up_to(ends):
                found.append(Span(starts, ends))
    return _joined(found)


def holds_all(spans: Iterable[Span], first: date, last: date) -> bool:
    """Whether one stretch holds every day of a window."""
    return any(span.holds(first) and span.holds(last) for span in spans)
