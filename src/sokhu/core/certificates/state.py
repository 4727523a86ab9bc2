"""What a certificate is on a day, and how one event changes that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sokhu.core.certificates.event import ADJUSTING, ENDING, FIRST, MUST_SAY, WITH_CAPITAL, Event, Shares, Terms
from sokhu.core.certificates.term import last_day_of_term, term_start
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled

Status = Literal["valid", "suspended", "terminated", "revoked", "expired"]


@dataclass(frozen=True, slots=True)
class State:
    """What stands on a day. capital: whole đồng, dollars … by currency; days_suspended: of past suspensions.

    shares: as in `Event`.
    """

    status: Status
    terms: Terms
    capital: Mapping[str, int]
    began: dt.date
    last: UUID
    land_decided: dt.date | None = None
    handed_over: dt.date | None = None
    suspended_since: dt.date | None = None
    days_suspended: int = 0
    times_adjusted: int = 0
    ended: dt.date | None = None
    shares: Shares = ()

    @property
    def is_valid(self) -> bool:
        """Whether it counts in stocks: a suspended project still does."""
        return self.status in ("valid", "suspended")

    @property
    def term_starts(self) -> dt.date:
        return term_start(self.terms.certified or self.began, self.land_decided, self.handed_over)

    @property
    def term_ends(self) -> dt.date | None:
        """The last day of the term: as the certificate names it, else counted from its start; None when unlimited."""
        if self.terms.term_ends or self.terms.term_years is None:
            return self.terms.term_ends
        return last_day_of_term(self.term_starts, self.terms.term_years)

    def days_suspended_by(self, day: dt.date) -> int:
        """Days of suspension up to a day, a suspension that goes on included."""
        going_on = (day - self.suspended_since).days if self.suspended_since else 0
        return self.days_suspended + max(going_on, 0)


def begun(event: Event) -> State:
    """The state after a first event. Raises Problem("certificates.not_issued", day) for any other."""
    if event.kind not in FIRST:
        raise Problem("certificates.not_issued", day=event.day)
    return State("valid", event.after, _capital_after({}, event), event.day, event.id, shares=event.shares or ())


def changed(state: State, event: Event) -> State:
    """The state after an event that is not the first.

    Raises Problem: certificates.issued_twice, after_end, below_zero, not_positive, capital_not_of_kind,
    part_only_down, nothing_changed, suspended_already, not_suspended.
    """
    _check(state, event)
    terms, capital = state.terms.changed_to(event.after), _capital_after(state.capital, event)
    shares = state.shares if event.shares is None else event.shares
    after = replace(state, terms=terms, capital=capital, last=event.id, shares=shares)
    if event.kind in ADJUSTING:
        return replace(after, times_adjusted=state.times_adjusted + 1)
    if event.kind in ENDING:
        return ended(after, event.day, "terminated" if event.kind == "terminate" else "revoked")
    if event.kind == "suspend":
        return replace(after, status="suspended", suspended_since=event.day)
    if event.kind == "resume":
        return _resumed(after, event.day)
    if event.kind == "land_decided":
        return replace(after, land_decided=event.day)
    return replace(after, handed_over=event.day) if event.kind == "handed_over" else after


def ended(state: State, day: dt.date, status: Status) -> State:
    """The state from the day on which nothing of it counts any longer; its capital is what it ended with."""
    over = _resumed(state, day) if state.suspended_since else state
    return replace(over, status=status, ended=day)


def _resumed(state: State, day: dt.date) -> State:
    return replace(state, status="valid", suspended_since=None, days_suspended=state.days_suspended_by(day))


def _check(state: State, event: Event) -> None:
    if event.kind == "issue":
        raise Problem("certificates.issued_twice", day=event.day, first=state.began)
    if state.ended:
        raise Problem("certificates.after_end", day=event.day, ended=state.ended)
    if state.term_ends and event.day > state.term_ends:
        raise Problem("certificates.after_term", day=event.day, ended=state.term_ends)
    if event.kind in MUST_SAY | {"review"} and event.changes_nothing:
        raise Problem("certificates.nothing_changed", day=event.day)
    if event.kind == "suspend" and state.suspended_since:
        raise Problem("certificates.suspended_already", day=event.day, since=state.suspended_since)
    if event.kind == "resume" and not state.suspended_since:
        raise Problem("certificates.not_suspended", day=event.day)


def _capital_after(capital: Mapping[str, int], event: Event) -> dict[str, int]:
    if event.capital and event.kind not in WITH_CAPITAL:
        raise Problem("certificates.capital_not_of_kind", day=event.day)
    after = dict(capital)
    for change in event.capital:
        if change.amount <= 0:
            raise Problem("certificates.not_positive", day=event.day, found=_millions(change.amount))
        if event.kind == "terminate_part" and change.direction == "up":
            raise Problem("certificates.part_only_down", day=event.day)
        after[change.currency] = after.get(change.currency, 0) + change.signed
    _refuse_below_zero(capital, after, event)
    return {currency: amount for currency, amount in after.items() if amount}


def _refuse_below_zero(before: Mapping[str, int], after: Mapping[str, int], event: Event) -> None:
    for currency, amount in after.items():
        if amount < 0:
            held = before.get(currency, 0)
            raise Problem(
                "certificates.below_zero",
                day=event.day,
                held=_millions(held),
                taken=_millions(held - amount),
                currency=currency,
            )


def _millions(amount: int) -> Decimal:
    return unscaled(amount).normalize()
