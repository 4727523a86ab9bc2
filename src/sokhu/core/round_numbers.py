"""Round numbers for pictures: ticks of an axis, limits of the classes of a map's colours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = 5  # how many colours a map has

_TICK_STEPS = (1, 2, 5, 10)
_ROUND = tuple(map(Decimal, ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")))


def ticks(values: Iterable[Decimal], *, about: int = 5) -> tuple[Decimal, ...]:
    """Round numbers at equal distances from below the lowest value to above the highest, zero among them.

    >>> [str(tick) for tick in ticks([Decimal("61206.6"), Decimal("38535.9")])]
    ['0', '20000', '40000', '60000', '80000']
    """
    found = [Decimal(0), *values]
    low, high = min(found), max(found)
    if low == high:
        return (Decimal(0), Decimal(1))
    step = _tick_step((high - low) / about)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * number for number in range(int(first), int(last) + 1))


def _tick_step(least: Decimal) -> Decimal:
    unit = Decimal(10) ** least.adjusted()
    return next(unit * step for step in _TICK_STEPS if unit * step >= least)


@dataclass(frozen=True, slots=True)
class Range:
    """A class of values: its colour 0..4, and where it begins and ends; None: open to that side.

    Of whole numbers both ends are in it; else it ends below `high`, where the next begins.
    """

    step: int
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Classes:
    """Values in at most five classes; a value on a limit is in the class above it."""

    lowest: Decimal
    highest: Decimal
    limits: tuple[Decimal, ...]
    is_whole: bool

    def step_of(self, value: Decimal | int) -> int:
        return self._step(bisect_right(self.limits, Decimal(value)))

    def ranges(self) -> tuple[Range, ...]:
        """The classes from low to high."""
        lows: list[Decimal | None] = [self.lowest if self.is_whole else None, *self.limits]
        if self.is_whole:
            highs: list[Decimal | None] = [*(limit - 1 for limit in self.limits), self.highest]
        else:
            highs = [*self.limits, None]
        return tuple(
            Range(self._step(index), low, high) for index, (low, high) in enumerate(zip(lows, highs, strict=True))
        )

    def _step(self, index: int) -> int:
        """Fewer classes than colours spread over all of them; a single class has the middle one."""
        return (index * (STEPS - 1) + len(self.limits) // 2) // len(self.limits) if self.limits else STEPS // 2


def classes(values: Iterable[Decimal | int]) -> Classes | None:
    """Classes with about equally many values each, divided at round numbers; None without values.

    >>> classes(range(1, 101)).limits
    (Decimal('20'), Decimal('40'), Decimal('60'), Decimal('80'))
    """
    found = sorted(map(Decimal, values))
    if not found:
        return None
    is_whole = all(value == value.to_integral_value() for value in found)
    quantiles = [found[len(found) * part // STEPS] for part in range(1, STEPS)]
    limits = sorted({_round(value, whole=is_whole) for value in quantiles})
    return Classes(found[0], found[-1], tuple(one for one in limits if found[0] < one <= found[-1]), is_whole)


def _round(value: Decimal, *, whole: bool) -> Decimal:
    """The nearest round number."""
    if value == 0:
        return value
    unit = Decimal(10) ** value.adjusted()
    candidates = [unit * one for one in _ROUND]
    if whole:
        candidates = [one for one in candidates if one == one.to_integral_value()]
    nearest = min(candidates, key=lambda one: abs(one - abs(value)))
    return nearest.copy_sign(value)
