"""What the events of a certificate do to indicators: projects and capital, new, added, reduced, revoked, standing.

Flows are told by the kind of each event; stocks by the difference between what stood before and after it. That the two
agree (opening + movements = closing, of every zone, ownership and currency) is what the tests hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sokhu.core.certificates.chain import Step, history
from sokhu.core.certificates.event import ADJUSTING, CapitalChange, Event
from sokhu.core.certificates.state import State
from sokhu.core.movement import Moved
from sokhu.core.quantity import PLACES

ONE = 10**PLACES
INDICATORS = (
    "projects_new",
    "projects_adjusted",
    "projects_increased",
    "projects_reduced",
    "projects_transferred",
    "projects_revoked",
    "projects_moved",
    "projects_corrected",
    "projects_valid",
    "projects_suspended",
    "projects_infrastructure",
    "capital_new",
    "capital_added",
    "capital_reduced",
    "capital_revoked",
    "capital_moved",
    "capital_corrected",
    "capital_registered_total",
    "capital_infrastructure",
)
# Indicators whose figures are not broken down by country and sector.
_BY_OWNERSHIP_ONLY = frozenset(
    {"projects_transferred", "projects_suspended", "projects_infrastructure", "capital_infrastructure"}
)
# Where the changes of capital go that an event of a kind tells: those up, those down; None keeps their sign.
_CAPITAL_FLOWS: Mapping[str, tuple[str, str]] = {
    "issue": ("capital_new", "capital_reduced"),
    "adjust": ("capital_added", "capital_reduced"),
    "extend": ("capital_added", "capital_reduced"),
    "terminate_part": ("capital_added", "capital_revoked"),
}
_SIGNED_FLOWS: Mapping[str, str] = {"review": "capital_corrected", "move": "capital_moved"}
_TIMES: Mapping[str, str] = {"up": "projects_increased", "down": "projects_reduced"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a project is counted. owner: the authority in whose book it is."""

    place: str
    owner: str
    ownership: str
    country: str
    sector: str


def movements(events: Iterable[Event]) -> list[Moved]:
    """All movements of one certificate, the end of its term included. Raises Problems as `history`."""
    return [moved for step in history(events) for moved in moved_by(step)]


def moved_by(step: Step) -> Iterator[Moved]:
    """The movements of one step: flows first, then the stocks."""
    if step.event:
        yield from _flows(step, step.event)
    if step.after.ended:
        yield from _ended(step)
    yield from _stocks(step)


def _flows(step: Step, event: Event) -> Iterator[Moved]:
    after = shelf_of(step.after)
    if step.before is None:
        yield _moved(step, after, "projects_new" if event.kind == "issue" else "projects_corrected", ONE)
    elif (shelf_of(step.before), step.before.shares) != (after, step.after.shares):
        yield from _relocated(step, step.before)
    if event.kind in ADJUSTING:
        yield _moved(step, after, "projects_adjusted", ONE)
        directions = {change.direction for change in event.capital}
        for direction in sorted(directions):
            yield _moved(step, after, _TIMES[direction], ONE)
    if "transfer" in event.contents:
        yield _moved(step, after, "projects_transferred", ONE)
    held = dict(step.before.capital) if step.before else {}
    for change in event.capital:
        before = held.get(change.currency, 0)
        held[change.currency] = before + change.signed
        yield from _capital(step, event, change, before)


def _relocated(step: Step, before: State) -> Iterator[Moved]:
    """All that stood before goes from the old shelf to the new one; what the event changes besides is told there."""
    for state, sign in ((before, -1), (step.after, 1)):
        if shelf_of(before) != shelf_of(step.after):
            yield _moved(step, shelf_of(state), "projects_moved", sign * ONE)
        for currency, amount in before.capital.items():
            for shelf, part in _held_by(state, amount):
                yield _moved(step, shelf, "capital_moved", sign * part, currency)


def _capital(step: Step, event: Event, change: CapitalChange, before: int) -> Iterator[Moved]:
    """A change by country is what its share of the whole comes to after it and did not before: sums stay exact."""
    is_signed = event.kind in _SIGNED_FLOWS
    up, down = (_SIGNED_FLOWS[event.kind],) * 2 if is_signed else _CAPITAL_FLOWS[event.kind]
    sign = -1 if change.direction == "down" and not is_signed else 1
    stood = split(step.after, before)
    for shelf, amount in split(step.after, before + change.signed).items():
        if part := sign * (amount - stood[shelf]):
            yield _moved(step, shelf, up if change.direction == "up" else down, part, change.currency)


def _ended(step: Step) -> Iterator[Moved]:
    yield _moved(step, shelf_of(step.after), "projects_revoked", ONE)
    for currency, amount in step.after.capital.items():
        for shelf, part in _held_by(step.after, amount):
            yield _moved(step, shelf, "capital_revoked", part, currency)


def _stocks(step: Step) -> Iterator[Moved]:
    before = standing(step.before) if step.before else {}
    after = standing(step.after)
    for key in {**before, **after}:
        change = after.get(key, 0) - before.get(key, 0)
        if change:
            indicator, shelf, currency = key
            yield _moved(step, shelf, indicator, change, currency)


def standing(state: State) -> dict[tuple[str, Shelf, str], int]:
    """What a state adds to each stock: (indicator, shelf, currency) to amount; nothing once it has ended."""
    if not state.is_valid:
        return {}
    shelf = shelf_of(state)
    stocks = {("projects_valid", shelf, ""): ONE}
    if state.suspended_since:
        stocks["projects_suspended", shelf, ""] = ONE
    for currency, held in state.capital.items():
        stocks |= {("capital_registered_total", one, currency): part for one, part in _held_by(state, held)}
    return stocks | _of_infrastructure(state, shelf) if state.terms.is_infrastructure else stocks


def _of_infrastructure(state: State, shelf: Shelf) -> dict[tuple[str, Shelf, str], int]:
    capital = {("capital_infrastructure", shelf, currency): held for currency, held in state.capital.items() if held}
    return {("projects_infrastructure", shelf, ""): ONE, **capital}


def shelf_of(state: State) -> Shelf:
    terms = state.terms
    return Shelf(terms.place or "", terms.owner or "", terms.ownership or "", terms.country or "", terms.sector or "")


def split(state: State, amount: int) -> dict[Shelf, int]:
    """An amount of capital by the shelves of the countries whose it is: their shares of it, to the unit.

    One country against the rest, then the next: no part falls while the whole grows.
    """
    shelf = shelf_of(state)
    weights = sum(weight for _country, weight in state.shares)
    found: dict[Shelf, int] = {} if weights else {shelf: amount}
    for country, weight in state.shares:
        rest = amount * (weights - weight) // weights
        found[replace(shelf, country=country)] = amount - rest
        amount, weights = rest, weights - weight
    return found


def _held_by(state: State, amount: int) -> list[tuple[Shelf, int]]:
    return [(shelf, part) for shelf, part in split(state, amount).items() if part]


def _moved(step: Step, shelf: Shelf, indicator: str, amount: int, currency: str = "") -> Moved:
    is_narrow = indicator in _BY_OWNERSHIP_ONLY
    return Moved(
        indicator,
        shelf.place,
        shelf.owner,
        step.day,
        amount,
        step.source,
        ownership=shelf.ownership,
        country="" if is_narrow else shelf.country,
        sector="" if is_narrow else shelf.sector,
        currency=currency,
    )
