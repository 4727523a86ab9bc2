"""What a territory is made of: places with dated names and codes, events, memberships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

PlaceKind = Literal["country", "region", "group", "province", "board", "block", "zone"]
EventKind = Literal["merge", "rename", "split", "found", "end"]
Precision = Literal["day", "month", "year"]
Lang = Literal["vi", "en"]
Day = dt.date

DAY = dt.timedelta(days=1)
# What these mean is the sum of their members, so their members of the day are restated and not they themselves.
GROUPINGS: frozenset[PlaceKind] = frozenset({"region", "group", "block"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included; None is open: since before our records, or still so."""

    starts: Day | None = None
    ends: Day | None = None

    def holds(self, day: Day) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def within(self, other: Span) -> Span | None:
        """The days both have; None when there are none."""
        starts, ends = _known(max, self.starts, other.starts), _known(min, self.ends, other.ends)
        return None if starts and ends and ends < starts else Span(starts, ends)


def _known(which: Callable[[Day, Day], Day], one: Day | None, other: Day | None) -> Day | None:
    """Which of two days, or the one that is known."""
    return which(one, other) if one and other else one or other


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a place is called during a span. rank: "tỉnh", "thành phố"; empty where the name says it."""

    vi: str
    en: str
    span: Span = Span()
    rank: str = ""


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """The official code during a span. Codes are used again with another meaning: 24 was Bắc Giang, is Bắc Ninh."""

    code: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class ZoneKind:
    """A kind of zone (key of dimension zone_kind) that a zone is of during a span; it may be of several."""

    kind: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east as decimal texts, for a mark on the map and never for a boundary."""

    lat: str
    lon: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place with dated names and codes. details: area, developer, year … as the source writes them; never added.

    retired: the day from which it takes no new figures and is in no total; those that stand keep it. A place that came
    to its end in the world has `span.ends` and an event instead.
    """

    id: str
    kind: PlaceKind
    names: tuple[PlaceName, ...]
    span: Span
    source: str
    evidence: str
    codes: tuple[PlaceCode, ...] = ()
    aliases: tuple[str, ...] = ()
    kinds: tuple[ZoneKind, ...] = ()
    position: Position | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    retired: Day | None = None

    def is_used_on(self, day: Day) -> bool:
        """Whether totals of a day still count it: a retired place in those of the days before."""
        return self.retired is None or day < self.retired


@dataclass(frozen=True, slots=True)
class Event:
    """What became of places on a day, on which the new state holds for the first time.

    verified: the decision was found. precision: how much of the day is known; "month" sets it to the first.
    """

    kind: EventKind
    day: Day
    from_ids: tuple[str, ...]
    to_ids: tuple[str, ...]
    decision: str
    verified: bool
    source: str
    evidence: str
    precision: Precision = "day"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A place in a grouping: province in region or group, board in province or block, zone in these or KKT."""

    grouping: str
    member: str
    span: Span
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class BlockLead:
    """Who led an emulation block in a year, as board ids; deputy empty where it is not known."""

    block: str
    year: int
    head: str
    deputy: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Added:
    """A place of one map as the sum of places of another: add their figures."""

    parts: tuple[str, ...]
