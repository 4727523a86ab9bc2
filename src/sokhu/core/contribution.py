"""Who moved a total: the change of each member between two periods, its share of the change, and how ranks changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.answer import Answer
from sokhu.core.indicator import Better
from sokhu.core.quantity import divide

SHARE_PLACES = 1  # of shares, in percent


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many members are in a figure, of how many: 0 of 0 for one that is no total. missing: whose is not in it."""

    have: int = 0
    want: int = 0
    missing: tuple[str, ...] = ()


NOTHING = Lacking()


@dataclass(frozen=True, slots=True)
class Moved:
    """A member before and now, 10^-6 of the indicator's unit; None where it has no figure.

    lacking: what its own figures lack, now and before.
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
    lacking: Lacking = NOTHING
    lacking_before: Lacking = NOTHING

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

    lacking: what the totals lack, now and before. The members' changes and the rest add up to `change`.
    """

    members: tuple[Moved, ...]
    now: int | None
    before: int | None
    rest: int = 0
    lacking: Lacking = NOTHING
    lacking_before: Lacking = NOTHING

    @property
    def change(self) -> int:
        return (self.now or 0) - (self.before or 0)


def contribution(
    now: Mapping[str, Answer],
    before: Mapping[str, Answer],
    *,
    whole: tuple[Answer, Answer] | None = None,
    better: Better = "higher",
    members: Iterable[str] = (),
) -> Contribution:
    """Who moved the total between two periods. now, before: members' answers in one unit, by place.

    whole: the total now and before, where it is more than its members' sum. better: which end is rank 1.
    members: all whose figures it takes, also those of which nothing is known in this unit.
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
            lacking_in(now.get(place)),
            lacking_in(before.get(place)),
        )
        for place in places
    ]
    moved.sort(key=lambda one: -abs(one.change))
    expected = dict.fromkeys((*members, *now, *before))
    return Contribution(
        tuple(moved),
        total,
        total_before,
        change - sum(one.change for one in moved),
        lacking_in(whole[0]) if whole else _lacking_over(now, expected),
        lacking_in(whole[1]) if whole else _lacking_over(before, expected),
    )


def lacking_in(answer: Answer | None) -> Lacking:
    """What an answer lacks of its own members."""
    return NOTHING if answer is None else Lacking(answer.have, answer.want, answer.missing)


def _lacking_over(answers: Mapping[str, Answer], members: Iterable[str]) -> Lacking:
    """What the sum over members lacks: those without a figure, and what the others lack. Some have none to give."""
    given = {place: answers.get(place) for place in members}
    expected = {place: one for place, one in given.items() if one is None or one.emptiness != "not_applicable"}
    missing = [place for place, one in expected.items() if one is None or one.amount is None]
    inner = [place for one in expected.values() if one is not None and one.amount is not None for place in one.missing]
    return Lacking(len(expected) - len(missing), len(expected), tuple(dict.fromkeys((*missing, *inner))))


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
