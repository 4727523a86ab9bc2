"""Who moved a total: the change of each member between two periods, its share of the change, and how ranks changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.answer import Answer
from sokhu.core.indicator import Better
from sokhu.core.quantity import divide

SHARE_PLACES = 1  # of shares, in percent


@dataclass(frozen=True, slots=True)
class Moved:
    """A member before and now, 10^-6 of the indicator's unit; None where it has no figure.

    change: by how much it moved the total; a figure that is there once only moves it by all of it (`is_one_sided`).
    share: of the total's change, in percent. rank: 1 is the best; None without a figure.
    """

    place: str
    now: int | None
    before: int | None
    change: int
    share: Decimal | None
    rank: int | None
    rank_before: int | None

    @property
    def is_one_sided(self) -> bool:
        return (self.now is None) != (self.before is None)

    @property
    def climbed(self) -> int | None:
        """How many ranks it went up; below zero for down, None where it had no rank or has none."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class Contribution:
    """members: those that moved it most first. rest: the part of the change that is in no member's figures.

    The members' changes and the rest add up to `change`.
    """

    members: tuple[Moved, ...]
    now: int | None
    before: int | None
    rest: int = 0

    @property
    def change(self) -> int:
        return (self.now or 0) - (self.before or 0)


def contribution(
    now: Mapping[str, Answer],
    before: Mapping[str, Answer],
    *,
    whole: tuple[Answer, Answer] | None = None,
    better: Better = "higher",
) -> Contribution:
    """Who moved the total between two periods. now, before: members' answers in one unit, by place.

    whole: the total now and before, where it is more than its members' sum. better: which end is rank 1.
    """
    amounts, amounts_before = _amounts(now), _amounts(before)
    total, total_before = _total(amounts, whole and whole[0]), _total(amounts_before, whole and whole[1])
    change = (total or 0) - (total_before or 0)
    ranks, ranks_before = _ranks(amounts, better), _ranks(amounts_before, better)
    places = [place for place in dict.fromkeys((*now, *before)) if place in amounts or place in amounts_before]
    moved = [
        Moved(
            place,
            amounts.get(place),
            amounts_before.get(place),
            step := amounts.get(place, 0) - amounts_before.get(place, 0),
            divide(Decimal(step * 100), change, SHARE_PLACES) if change else None,
            ranks.get(place),
            ranks_before.get(place),
        )
        for place in places
    ]
    moved.sort(key=lambda one: -abs(one.change))
    return Contribution(tuple(moved), total, total_before, change - sum(one.change for one in moved))


def _amounts(answers: Mapping[str, Answer]) -> dict[str, int]:
    return {place: answer.amount for place, answer in answers.items() if answer.amount is not None}


def _total(amounts: Mapping[str, int], whole: Answer | None) -> int | None:
    if whole is not None and whole.amount is not None:
        return whole.amount
    return sum(amounts.values()) if amounts else None


def _ranks(amounts: Mapping[str, int], better: Better) -> dict[str, int]:
    """Equal amounts share the better rank, and the next one is left out: 1, 2, 2, 4."""
    ordered = sorted(amounts.values(), reverse=better != "lower")
    return {place: ordered.index(amount) + 1 for place, amount in amounts.items()}
