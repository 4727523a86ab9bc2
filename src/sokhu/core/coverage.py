"""How much of a total is there: by count, and by what its members last said; what the others last said, shown apart.

Nothing is estimated into a total. Design, promise 4; docs/answers.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.answer import Answer
from sokhu.core.period import Period, previous, same_period_last_year
from sokhu.core.period_name import span_of
from sokhu.core.quantity import divide

YEARS_BACK = 3
WEIGHT_PLACES = 1  # of the share, in percent


@dataclass(frozen=True, slots=True)
class Weighed:
    """A total held against the last known figures of all its members.

    percent: what the members that are in it make up of them, one that never said anything before with what it says now;
    None where nothing is known of the missing, or figures are below zero.
    last_known: of the missing members, their latest earlier figures; unknown: the missing ones without any.
    """

    percent: Decimal | None
    last_known: tuple[Answer, ...]
    unknown: tuple[str, ...]

    @property
    def estimate(self) -> int | None:
        """The missing members' last known figures together: to be shown apart, and never mixed into the total."""
        amounts = [answer.amount for answer in self.last_known if answer.amount is not None]
        return sum(amounts) if amounts else None


def earlier_periods(period: Period) -> list[Period]:
    """The periods of the same kind before, the latest first, up to three years back; of days, those of each year."""
    by_days = span_of(period).left.day is not None
    step = same_period_last_year if by_days else previous
    first = period.first
    oldest = (first.year - YEARS_BACK, first.month, first.day)
    found: list[Period] = []
    before = step(period)
    while (before.first.year, before.first.month, before.first.day) >= oldest:
        found.append(before)
        before = step(before)
    return found


def expected_members(total: Answer, members: Sequence[str]) -> tuple[str, ...]:
    """The members that ought to be in a total: those of whom it is not said that the figure does not apply."""
    reasons = dict(total.reasons)
    return tuple(member for member in members if reasons.get(member) != "not_applicable")


def weighed(members: Sequence[str], told: Sequence[Mapping[str, Answer]]) -> Weighed:
    """The weight of a total over places. members: all that are expected in it.

    told: the members' answers of its own period, then those of each earlier one, the latest first.
    """
    own, earlier = told[0], told[1:]
    latest = {member: answer for member in members if (answer := _latest(member, earlier)) is not None}
    missing = [member for member in members if own[member].amount is None]
    present = [latest.get(member, own[member]) for member in members if member not in missing]
    known = [latest[member] for member in missing if member in latest]
    amounts = [answer.amount or 0 for answer in (*present, *known)]
    can_be_weighed = bool(known) and min(amounts) >= 0 and sum(amounts) > 0
    there = sum(amounts[: len(present)])
    return Weighed(
        percent=divide(Decimal(there * 100), sum(amounts), WEIGHT_PLACES) if can_be_weighed else None,
        last_known=tuple(known),
        unknown=tuple(member for member in missing if member not in latest),
    )


def _latest(member: str, earlier: Sequence[Mapping[str, Answer]]) -> Answer | None:
    found = (answers[member] for answers in earlier if member in answers)
    return next((answer for answer in found if answer.amount is not None), None)
