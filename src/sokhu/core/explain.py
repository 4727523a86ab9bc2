"""What lies behind the difference between two totals: each observation on either side, with what it moves.

Both totals are taken apart into the observations they rest on, each with its sign and its rate; then observation is
held against observation and cell against cell. What the lines move adds up to the difference: where rounding leaves
something over (a conversion, a ratio) it is a line of its own. Design, promise 1; docs/answers.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sokhu.core.answer import Answer, Question
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator
from sokhu.core.period import Period
from sokhu.core.problems import Problem
from sokhu.core.quantity import PLACES, whole_steps

# same: the same figure on both sides; restated: the same, but counted under another place.
LineKind = Literal["added", "gone", "changed", "converted", "restated", "same"]
Leg = Literal["", "numerator", "denominator"]
Indicators = Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class Rate:
    """What a figure was converted at: đồng for one unit of the foreign currency, of a day."""

    per_unit_vnd: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Leaf:
    """An observation as it stands in a total; fact None for a part that is not taken further apart (a ratio in a sum).

    amount: what it adds to the total, in the total's own currency, below zero where it is taken off.
    via: the places it was added through, the total's own first. stretch: the months of the total's period that it is
    of, counted from 0; None for all of it.
    """

    question: Question
    fact: Fact | None
    amount: Fraction
    via: tuple[str, ...] = ()
    stretch: tuple[int, int] | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One reason of the difference. left, right: the figure on each side; contribution: what it moves, 10^-6 of the
    total's unit. leg: of a ratio, whether the figure stands above or below the line."""

    kind: LineKind
    left: Leaf | None
    right: Leaf | None
    contribution: int
    leg: Leg = ""

    @property
    def leaf(self) -> Leaf:
        leaf = self.right or self.left
        assert leaf is not None
        return leaf


@dataclass(frozen=True, slots=True)
class LegMoved:
    """The numerator or denominator of a ratio on both sides, and by how much its change moves the ratio."""

    leg: Leg
    left: int
    right: int
    contribution: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two totals: the answer to a question, or several whose amounts are added."""

    answers: tuple[Answer, ...]

    @property
    def amount(self) -> int | None:
        amounts = [answer.amount for answer in self.answers if answer.amount is not None]
        return sum(amounts) if amounts else None

    @property
    def currency(self) -> str:
        return next((answer.currency for answer in self.answers if answer.currency), "")

    @property
    def says_something(self) -> bool:
        """An amount, or a reason for having none."""
        return any(answer.how != "missing" or answer.caveats for answer in self.answers)

    @property
    def refusals(self) -> tuple[Problem, ...]:
        """Why it has no amount, where there is a reason for it."""
        return tuple(caveat for answer in self.answers if answer.how == "missing" for caveat in answer.caveats)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place for answer in self.answers for place in answer.missing))


@dataclass(frozen=True, slots=True)
class Explanation:
    """lines: what moves the total, the largest first; same: what stands on both sides alike.

    remainder: what rounding leaves, so that lines and remainder add up to `moved`. legs: of a ratio, else ().
    A side that is refused or of which nothing is known leaves no lines: there is nothing to hold against.
    """

    left: Side
    right: Side
    lines: tuple[Line, ...] = ()
    same: tuple[Line, ...] = ()
    remainder: int = 0
    legs: tuple[LegMoved, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(side.amount is None and side.refusals for side in (self.left, self.right))

    @property
    def difference(self) -> int | None:
        """Right less left; None where one of them has no amount."""
        if self.left.amount is None or self.right.amount is None:
            return None
        return self.right.amount - self.left.amount

    @property
    def moved(self) -> int:
        """What lines and remainder add up to: the difference, 0 where there is none."""
        return self.difference or 0


def explained(left: Sequence[Answer], right: Sequence[Answer], indicators: Indicators) -> Explanation:
    """Why the right total is not the left one. Raises Problem("explain.unlike", left, right) for unlike units.

    left, right: answers with all their parts, each side's amounts to be added, of one indicator and currency.
    """
    sides = Side(tuple(left)), Side(tuple(right))
    _alike(*sides)
    found = Explanation(*sides)
    if found.difference is None:
        return found
    ratio = _ratio_of(sides, indicators)
    lines, legs = _of_ratio(sides, ratio, indicators) if ratio else (_of_sum(sides, indicators), ())
    moving = sorted((line for line in lines if line.kind != "same"), key=lambda line: -abs(line.contribution))
    return replace(
        found,
        lines=tuple(moving),
        same=tuple(line for line in lines if line.kind == "same"),
        remainder=found.moved - sum(line.contribution for line in lines),
        legs=legs,
    )


def leaves(answer: Answer, indicators: Indicators) -> list[Leaf]:
    """The observations an answer rests on, with what each adds to it; their amounts add up to the answer's.

    (But for conversion, where the answer is rounded and its observations are not.)
    """
    asked = answer.question.period
    found = _leaves(answer, indicators, ())
    return [replace(leaf, stretch=_stretch(leaf.question.period, asked)) for leaf in found]


def _leaves(answer: Answer, indicators: Indicators, via: tuple[str, ...]) -> list[Leaf]:
    if answer.amount is None:
        return []
    here = answer.question.place
    via = via if via[-1:] == (here,) else (*via, here)
    if answer.how == "said":
        return [Leaf(answer.question, answer.facts[0], Fraction(answer.amount), via)]
    if answer.how == "ratio" or not answer.parts:
        return [Leaf(answer.question, None, Fraction(answer.amount), via)]
    return [leaf for part in answer.parts for leaf in _in_whole(part, answer, indicators, via)]


def _in_whole(part: Answer, whole: Answer, indicators: Indicators, via: tuple[str, ...]) -> list[Leaf]:
    """The leaves of a part as they stand in the whole: taken off, or converted."""
    inner = _leaves(part, indicators, via)
    if whole.how == "formula" and part.question.indicator in indicators[whole.question.indicator].minus:
        return [replace(leaf, amount=-leaf.amount) for leaf in inner]
    if whole.how == "currencies" and part.currency != whole.currency:
        rate = _rate_told(part, whole)
        per_unit = Fraction(rate.per_unit_vnd)
        factor = per_unit if whole.currency == "VND" else 1 / per_unit
        return [replace(leaf, amount=leaf.amount * factor, rate=rate) for leaf in inner]
    return inner


def _rate_told(part: Answer, whole: Answer) -> Rate:
    """The rate that a conversion named."""
    told = next(
        one.params
        for one in whole.caveats
        if one.code == "answer.converted" and one.params["currency"] == part.currency
    )
    per_unit, day = told["rate"], told["day"]
    assert isinstance(per_unit, Decimal)
    assert isinstance(day, date)
    return Rate(per_unit, day)


def _alike(left: Side, right: Side) -> None:
    """Totals of one indicator and one currency only: dollars and đồng have no difference."""
    answers = (*left.answers, *right.answers)
    for units in (
        dict.fromkeys(answer.question.indicator for answer in answers),
        dict.fromkeys(answer.currency for answer in answers if answer.amount is not None),
    ):
        if len(units) > 1:
            first, second, *_more = units
            raise Problem("explain.unlike", left=first, right=second)


def _ratio_of(sides: tuple[Side, Side], indicators: Indicators) -> Indicator | None:
    """The indicator, where both totals are one ratio each, made from its parts."""
    answers = [answer for side in sides for answer in side.answers]
    if len(answers) != 2 or any(answer.how != "ratio" for answer in answers):
        return None
    return indicators[answers[0].question.indicator]


def _of_sum(sides: tuple[Side, Side], indicators: Indicators) -> list[Line]:
    left, right = ([leaf for answer in side.answers for leaf in leaves(answer, indicators)] for side in sides)
    return _lines(left, right)


def _of_ratio(
    sides: tuple[Side, Side], ratio: Indicator, indicators: Indicators
) -> tuple[list[Line], tuple[LegMoved, ...]]:
    """Lines above and below, each with what its change moves the ratio.

    The step from the left ratio to the right one is shared out evenly between taking the numerator first and taking
    the denominator first, so that the two legs add up to it, and change sides with their sign when left and right do.
    """
    left, right = (_legs(side.answers[0], ratio, indicators) for side in sides)
    (top, bottom), (new_top, new_bottom) = ([_sum(leg) for leg in one] for one in (left, right))
    scale = Fraction(ratio.factor * 10**PLACES, 2)
    weights = (
        scale * (1 / bottom + 1 / new_bottom),
        -scale * (top + new_top) / (bottom * new_bottom),
    )
    lines = [
        *_lines(left[0], right[0], weights[0], "numerator"),
        *_lines(left[1], right[1], weights[1], "denominator"),
    ]
    moved = (
        LegMoved("numerator", int(top), int(new_top), whole_steps((new_top - top) * weights[0])),
        LegMoved("denominator", int(bottom), int(new_bottom), whole_steps((new_bottom - bottom) * weights[1])),
    )
    return lines, moved


def _legs(answer: Answer, ratio: Indicator, indicators: Indicators) -> tuple[list[Leaf], list[Leaf]]:
    def of(code: str) -> list[Leaf]:
        parts = [part for part in answer.parts if part.question.indicator == code]
        return [leaf for part in parts for leaf in leaves(part, indicators)]

    return of(ratio.numerator), of(ratio.denominator)


def _lines(left: list[Leaf], right: list[Leaf], weight: Fraction = Fraction(1), leg: Leg = "") -> list[Line]:
    """The same observation first, then another one of the same cell; what is left over was added or is gone."""
    same, left, right = _matched(left, right, lambda leaf: leaf.fact.id if leaf.fact else None)
    changed, left, right = _matched(left, right, _cell)
    pairs: list[tuple[LineKind, Leaf | None, Leaf | None]] = [
        *((_kind_of_same(one, other), one, other) for one, other in same),
        *(("changed", one, other) for one, other in changed),
        *(("gone", one, None) for one in left),
        *(("added", None, other) for other in right),
    ]
    return [Line(kind, one, other, whole_steps(_moved(one, other) * weight), leg) for kind, one, other in pairs]


def _kind_of_same(left: Leaf, right: Leaf) -> LineKind:
    if left.amount != right.amount:
        return "converted" if left.rate != right.rate else "changed"
    return "same" if left.via == right.via else "restated"


def _moved(left: Leaf | None, right: Leaf | None) -> Fraction:
    return (right.amount if right else Fraction(0)) - (left.amount if left else Fraction(0))


def _matched(
    left: Iterable[Leaf], right: Iterable[Leaf], key: Callable[[Leaf], Hashable]
) -> tuple[list[tuple[Leaf, Leaf]], list[Leaf], list[Leaf]]:
    """Pairs of leaves of one key, each leaf at most once, and what is left over on each side; None is no key."""
    waiting: dict[Hashable, list[Leaf]] = defaultdict(list)
    for leaf in right:
        waiting[key(leaf)].append(leaf)
    pairs, alone = [], []
    for leaf in left:
        if key(leaf) is not None and waiting[key(leaf)]:
            pairs.append((leaf, waiting[key(leaf)].pop(0)))
        else:
            alone.append(leaf)
    return pairs, alone, [leaf for rest in waiting.values() for leaf in rest]


def _cell(leaf: Leaf) -> Hashable:
    """What makes two figures one cell: place, breakdown, currency and the stretch of the period asked for.

    Of two periods, the first quarter of one is held against the first quarter of the other; plan against result.
    """
    one = leaf.question
    what = (one.indicator, one.place, one.ownership, one.zone_kind, one.country, one.sector, one.other)
    return (*what, leaf.fact.cell.currency if leaf.fact else one.currency, leaf.stretch)


def _stretch(part: Period, whole: Period) -> tuple[int, int] | None:
    """Months from the beginning of the whole period to the first and last month of the part; None for all of it."""
    if part == whole:
        return None
    first, last = (
        (day.year - whole.first.year) * 12 + day.month - whole.first.month for day in (part.first, part.last)
    )
    return first, last


def _sum(found: Iterable[Leaf]) -> Fraction:
    return sum((leaf.amount for leaf in found), Fraction(0))
