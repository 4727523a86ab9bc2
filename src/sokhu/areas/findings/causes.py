"""What lies between a report and the registers: movements that were entered, moved or taken out after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger.derived_in_copies import moves_after
from sokhu.areas.ledger.models import Movement
from sokhu.core.checks import finding as term
from sokhu.core.checks.finding import Finding
from sokhu.core.checks.statement import Statement


@dataclass(frozen=True, slots=True)
class Causes:
    """What lies between a report and the register, as far as the register tells it.

    late: entered after the report, of the period; moved: whose day went from one period to another; gone: taken out or
    changed since. Each is how many movements, and what they come to. missing: zones whose register is not complete.
    """

    late: tuple[int, int] = (0, 0)
    moved: tuple[int, int] = (0, 0)
    gone: tuple[int, int] = (0, 0)
    missing: tuple[str, ...] = ()

    @property
    def amount(self) -> int:
        return self.late[1] + self.moved[1] + self.gone[1]


NO_CAUSES = Causes()


class Moving(NamedTuple):
    """What was reported: of what, and of which days."""

    indicator: str
    ownership: str
    currency: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved after a batch, by indicator."""

    rows: dict[str, list[Movement]] = field(default_factory=dict)

    def behind(self, said: Moving, since: int, places: Collection[str] = ()) -> Causes:
        """Which of these came after a report, of the same part as it. places: where only some of them count."""
        rows = [row for row in self.rows.get(said.indicator, ()) if _is_of(row, said, places)]
        begun = [row for row in rows if row.since > since and row.until is None]
        ended = [row for row in rows if row.since <= since < (row.until or 0)]
        came, left = ([row for row in some if _holds(row, said)] for some in (begun, ended))
        from_outside = {_event(row) for row in ended if row not in left}
        to_outside = {_event(row) for row in begun if row not in came}
        moved_in = [row for row in came if _event(row) in from_outside]
        moved_out = [row for row in left if _event(row) in to_outside]
        late = [row for row in came if row not in moved_in]
        gone = [row for row in left if row not in moved_out]
        moved = (len(moved_in) + len(moved_out), _sum(moved_in) - _sum(moved_out))
        return Causes((len(late), _sum(late)), moved, (len(gone), -_sum(gone)))


def changes_since(sequence: int, places: Collection[str]) -> Changes:
    """What registers moved in these places after a batch; nothing for 0, when nothing was reported."""
    found = Changes()
    for row in moves_after(sequence).filter(place__in=places) if sequence else ():
        found.rows.setdefault(row.indicator, []).append(row)
    return found


def with_causes(found: Iterable[Finding]) -> list[Finding]:
    """The findings; those of a report against registers name what moved most since the report, where anything did."""
    every = list(found)
    beside = {id(one): (said, derived) for one in every if (said := _reported(one)) and (derived := _derived_of(one))}
    places = {place for _said, derived in beside.values() for place in derived}
    changes = changes_since(min((said.fact.sequence for said, _derived in beside.values()), default=0), places)
    return [_caused(one, *beside[id(one)], changes) if id(one) in beside else one for one in every]


def _reported(one: Finding) -> Statement | None:
    """What was said, of a finding that lays a report beside registers."""
    return next((said for said in one.about if not said.fact.is_derived and said.fact.sequence), None)


def _derived_of(one: Finding) -> frozenset[str]:
    """The zones whose registers are in a finding that has a cause, with the parks in them."""
    zones = [said.cell.place for said in one.about if said.fact.is_derived] if "cause" in one.terms else []
    parks = [park.member for zone in zones for park in territory().memberships_in(zone, "zone")]
    return frozenset((*zones, *parks))


def _caused(one: Finding, said: Statement, places: Collection[str], changes: Changes) -> Finding:
    cell = said.cell
    part = Moving(cell.indicator, cell.ownership, cell.currency, cell.first, cell.last)
    causes = changes.behind(part, said.fact.sequence, places)
    told = {"entered_later": causes.late, "moved_since": causes.moved, "taken_out_since": causes.gone}
    cause, (count, amount) = max(told.items(), key=lambda pair: abs(pair[1][1]))
    if not amount:
        return one
    named = {"cause": term.words(cause), "count": term.number(count), "behind": term.amount(amount, said.unit)}
    return replace(one, terms={**one.terms, **named})


def _holds(row: Movement, said: Moving) -> bool:
    is_flow = indicators()[row.indicator].nature == "flow"
    return row.day <= said.last and (not is_flow or said.first <= row.day)


def _is_of(row: Movement, said: Moving, places: Collection[str]) -> bool:
    is_there = not places or row.place in places
    return is_there and row.currency == said.currency and said.ownership in ("", row.ownership)


def _event(row: Movement) -> tuple[UUID, UUID]:
    return row.thing, row.source


def _sum(rows: Iterable[Movement]) -> int:
    return sum(row.amount for row in rows)
