"""What is possible in the life of a certificate but worth a look: told as warnings, refused by nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sokhu.core.certificates.chain import Step, state_after
from sokhu.core.certificates.event import CapitalChange
from sokhu.core.certificates.state import State
from sokhu.core.certificates.term import last_day_of_term, term_limit_on
from sokhu.core.problems import Problem
from sokhu.core.quantity import unscaled

LONGEST_YEAR = 366
OF_ONE_EVENT = frozenset({"certificates.total_differs", "certificates.term_long"})  # the others tell of the whole life


def oddities(steps: Sequence[Step], today: dt.date, *, favoured: bool = False) -> list[Problem]:
    """Warnings of a history as of today, `where` the event's id.

    favoured: the place has the longer term (an economic zone, a difficult area).
    Codes: certificates.total_differs, suspended_long, term_long.
    """
    told = [problem for step in steps for problem in (*_totals(step), *_term(step, favoured=favoured))]
    state = state_after(steps, today)
    return told + (list(_suspension(state, today)) if state else [])


def _totals(step: Step) -> Iterator[Problem]:
    """A total that the certificate reads otherwise: an event before it is missing, or one of the two was mistyped."""
    for change in step.event.capital if step.event else ():
        held = step.after.capital.get(change.currency, 0)
        if change.total is not None and change.total != held:
            yield Problem(
                "certificates.total_differs",
                str(step.source),
                day=step.day,
                said=unscaled(change.total).normalize(),
                held=unscaled(held).normalize(),
                currency=change.currency,
            )


def _term(step: Step, *, favoured: bool) -> Iterator[Problem]:
    starts, ends = step.after.term_starts, step.after.term_ends
    has_changed = step.before is None or step.before.term_ends != ends
    if not (has_changed and ends and step.event):
        return
    limit = term_limit_on(step.day)
    years = limit.favoured_years if favoured else limit.years
    if ends > last_day_of_term(max(starts, _renewed(step)), years):
        yield Problem("certificates.term_long", str(step.source), day=step.day, ends=ends, years=years)


def _renewed(step: Step) -> dt.date:
    """An extension gives a term of its own, which counts from the end of the former one."""
    former = step.before.term_ends if step.before else None
    return former if step.event and step.event.kind == "extend" and former else dt.date.min


def _suspension(state: State, today: dt.date) -> Iterator[Problem]:
    until = min(today, state.ended) if state.ended else today
    days = state.days_suspended_by(until)
    months = term_limit_on(today).suspension_months
    if days * 12 > months * LONGEST_YEAR:
        yield Problem("certificates.suspended_long", str(state.last), days=days, months=months)


def change_to(total: int, currency: str, held: int) -> CapitalChange | None:
    """The change that a certificate's new total tells; None where it is what stood.

    total, held: whole đồng, dollars …
    """
    if total == held:
        return None
    return CapitalChange(currency, "up" if total > held else "down", abs(total - held), total)
