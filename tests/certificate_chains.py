"""Random lives of certificates for tests: any events in any order, kept where the rules allow them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from sokhu.core.certificates.event import KINDS, CapitalChange, Event, Terms
from sokhu.core.certificates.state import State, begun, changed
from sokhu.core.problems import Problem

START = date(2015, 3, 1)
ZONES = ("zone/a", "zone/b")


def an_event(
    number: int,
    kind: str,
    day: date,
    *,
    capital: tuple[CapitalChange, ...] = (),
    said: frozenset[str] = frozenset(),
    entered: int = 0,
    **after: object,
) -> Event:
    return Event(UUID(int=number), kind, day, entered, capital, Terms(**after), said)  # type: ignore[arg-type]


def an_issue(day: date = START, number: int = 1, usd: int = 20, **after: object) -> Event:
    terms: dict[str, object] = {"place": "zone/a", "owner": "board/x", "ownership": "FDI", "country": "JP", **after}
    return an_event(number, "issue", day, capital=(up(usd),), **terms)


def up(millions: int, currency: str = "USD", total: int | None = None) -> CapitalChange:
    return CapitalChange(currency, "up", millions * 10**6, None if total is None else total * 10**6)


def down(millions: int, currency: str = "USD") -> CapitalChange:
    return CapitalChange(currency, "down", millions * 10**6)


_changes = st.lists(
    st.builds(
        CapitalChange, st.sampled_from(["USD", "VND"]), st.sampled_from(["up", "down"]), st.integers(1, 30_000_000)
    ),
    max_size=2,
).map(tuple)
_terms = st.builds(
    Terms,
    name=st.none() | st.just("Dự án B"),
    place=st.none() | st.sampled_from(ZONES),
    owner=st.none() | st.sampled_from(["board/x", "board/y"]),
    ownership=st.none() | st.sampled_from(["FDI", "DDI"]),
    country=st.none() | st.sampled_from(["JP", "KR"]),
    sector=st.none() | st.sampled_from(["C26", "C10"]),
    term_years=st.none() | st.integers(2, 50),
)
_shares = st.sampled_from([None, None, (), (("JP", 2), ("KR", 1)), (("KR", 51), ("VN", 30), ("SG", 19)), (("VN", 1),)])
_said = st.sampled_from([frozenset(), frozenset({"transfer"}), frozenset({"schedule"})])
_events = st.builds(
    Event,
    id=st.uuids(),
    kind=st.sampled_from(KINDS),
    day=st.integers(0, 3650).map(lambda days: START + timedelta(days=days)),
    entered=st.integers(0, 3),
    capital=_changes,
    after=_terms,
    said=_said,
    shares=_shares,
)


def _allowed(events: list[Event]) -> list[Event]:
    """Those that fit one after the other, the first made an issue where nothing else could be."""
    kept: list[Event] = []
    state: State | None = None
    for event in sorted(events, key=lambda one: (one.day, one.entered)):
        try:
            state = changed(state, event) if state else begun(event)
        except Problem:
            continue
        kept.append(event)
    return kept


# Lives in the order in which they were entered, which is not that of their days.
chains = (
    st.lists(
        _events, min_size=1, max_size=14, unique_by=(lambda event: event.id, lambda event: (event.day, event.entered))
    )
    .map(_allowed)
    .filter(bool)
    .flatmap(st.permutations)
)
