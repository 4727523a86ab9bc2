"""Adding figures by the rules of their indicator: over time, over places, by formula. What cannot be added is refused.

Flows are summed, stocks take the last count, ratios are computed again from their parts and never averaged (design,
promise 3). The weakest maturity travels with a total, and so does who is in it and who is missing (promise 4).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from sokhu.core.indicator import Indicator
from sokhu.core.problems import Problem
from sokhu.core.quantity import PLACES, divide

Maturity = Literal["estimate", "preliminary", "final"]

WEAKEST_FIRST: tuple[Maturity, ...] = ("estimate", "preliminary", "final")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One figure that goes into a total: of one place, over the days first..last, both included.

    value: 10^-6 of the indicator's canonical unit; None where there is no figure, for whatever reason.
    currency: of money, "" otherwise.
    """

    place: str
    first: dt.date
    last: dt.date
    value: int | None
    maturity: Maturity = "final"
    currency: str = ""
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is in a total and who is missing: place ids for a total over places, "first..last" for one over time."""

    present: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Total:
    """What parts add up to. value: None when no part has a figure. caveats: coded, for the reader of the total."""

    value: int | None
    first: dt.date
    last: dt.date
    maturity: Maturity
    currency: str
    approx: bool
    coverage: Coverage
    caveats: tuple[Problem, ...] = ()


def weakest(maturities: Iterable[Maturity]) -> Maturity:
    """The least final of several: a total with one estimate in it is an estimate. "final" for none."""
    return min(maturities, key=WEAKEST_FIRST.index, default="final")


def over_time(indicator: Indicator, parts: Sequence[Part]) -> Total:
    """The figure of a longer period from those of its parts, by the indicator's own rule.

    parts: of one place. Raises what `summed_over_time` and `last_over_time` raise, Problem("rollup.ratio_averaged")
    for a ratio (see `recomputed`) and Problem("rollup.not_over_time") for what has no figure of a longer period.
    """
    if indicator.over_time == "last":
        return last_over_time(indicator, parts)
    return summed_over_time(indicator, parts)


def summed_over_time(indicator: Indicator, parts: Sequence[Part]) -> Total:
    """The sum of a flow over periods that follow each other day on day.

    Raises Problem("rollup.stock_over_time"), "rollup.ratio_averaged", "rollup.not_over_time", "rollup.other_place",
    "rollup.mixed_currency", "rollup.overlap_in_time" (a day would count twice), "rollup.gap_in_time", "rollup.nothing".
    """
    if indicator.nature == "stock":
        raise _refused("rollup.stock_over_time", indicator)
    if indicator.over_time == "recompute":
        raise _refused("rollup.ratio_averaged", indicator)
    if indicator.over_time == "none":
        raise _refused("rollup.not_over_time", indicator)
    ordered = _of_one_place(indicator, parts)
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            raise _refused("rollup.overlap_in_time", indicator, first=_window(before), second=_window(after))
        if after.first != before.last + _DAY:
            raise _refused("rollup.gap_in_time", indicator, first=_window(before), second=_window(after))
    return _total(_sum(ordered), ordered, _coverage(ordered, [_window(part) for part in ordered]))


def last_over_time(indicator: Indicator, parts: Sequence[Part]) -> Total:
    """The last count of a stock; an earlier count does not stand in for one that is missing.

    Raises Problem("rollup.not_a_stock"), "rollup.other_place", "rollup.overlap_in_time" for two counts of one last
    day, "rollup.nothing".
    """
    if indicator.over_time != "last":
        raise _refused("rollup.not_a_stock", indicator)
    ordered = _of_one_place(indicator, parts, one_currency=False)
    for before, after in pairwise(ordered):
        if after.last == before.last:
            raise _refused("rollup.overlap_in_time", indicator, first=_window(before), second=_window(after))
    final = ordered[-1]
    return Total(
        value=final.value,
        first=ordered[0].first,
        last=final.last,
        maturity=final.maturity,
        currency=final.currency,
        approx=final.approx,
        coverage=_coverage([final], [_window(final)]),
    )


def over_places(indicator: Indicator, parts: Sequence[Part], expected: Iterable[str] = ()) -> Total:
    """The figure of a wider place from those of its parts.

    expected: every place that ought to be in it; those without a figure are named as missing. Unlike windows add up
    with the caveat rollup.unlike_windows. Raises Problem("rollup.ratio_averaged") for a ratio (see `recomputed`),
    "rollup.not_over_places", "rollup.place_twice", "rollup.mixed_currency", "rollup.nothing".
    """
    if indicator.over_places == "recompute":
        raise _refused("rollup.ratio_averaged", indicator)
    if indicator.over_places == "none":
        raise _refused("rollup.not_over_places", indicator)
    _one_currency(indicator, parts)
    by_place = _by_place(indicator, parts)
    if not parts:
        raise _refused("rollup.nothing", indicator)
    covered = _coverage(parts, list(by_place))
    silent = tuple(place for place in dict.fromkeys(expected) if place not in by_place)
    coverage = Coverage(covered.present, (*covered.missing, *silent))
    return _total(_sum(parts), parts, coverage, _unlike_windows(indicator, parts))


def recomputed(
    indicator: Indicator,
    numerators: Sequence[Part],
    denominators: Sequence[Part],
    expected: Iterable[str] = (),
) -> Total:
    """A ratio of several places from the sums of its parts: factor x numerator / denominator.

    Only places that have both parts are in it, the others are missing: 90 of 100 ha and 30 of nothing known is 90 %.
    Raises Problem("rollup.not_a_ratio"), "rollup.mixed_currency", "rollup.place_twice", "rollup.nothing",
    "rollup.nothing_below" for a denominator of zero.
    """
    if not (indicator.numerator and indicator.denominator):
        raise _refused("rollup.not_a_ratio", indicator)
    above, below = _by_place(indicator, numerators), _by_place(indicator, denominators)
    both = [place for place in above if above[place].value is not None and _has_value(below.get(place))]
    tops, bottoms = [above[place] for place in both], [below[place] for place in both]
    parts = [*tops, *bottoms] or [*numerators, *denominators]
    if not parts:
        raise _refused("rollup.nothing", indicator)
    _one_currency(indicator, tops)
    _one_currency(indicator, bottoms)
    known = dict.fromkeys([*above, *below, *expected])
    coverage = Coverage(tuple(both), tuple(place for place in known if place not in both))
    value = _ratio(indicator, tops, bottoms) if both else None
    total = _total(value, parts, coverage, _unlike_windows(indicator, tops))
    return replace(total, currency=_currency_of_ratio(indicator, tops, bottoms))


def by_formula(indicator: Indicator, plus: Sequence[Part], minus: Sequence[Part] = ()) -> Total:
    """An indicator made of others added and taken off, in one place and window: attracted = new + added.

    A figure that is missing makes the result missing, for what is left would look like the whole.
    Raises Problem("rollup.other_place"), "rollup.other_window", "rollup.mixed_currency", "rollup.nothing".
    """
    parts = [*plus, *minus]
    if not parts:
        raise _refused("rollup.nothing", indicator)
    if len({part.place for part in parts}) > 1:
        raise _refused("rollup.other_place", indicator)
    if len({(part.first, part.last) for part in parts}) > 1:
        raise _refused("rollup.other_window", indicator)
    _one_currency(indicator, parts)
    place = (parts[0].place,)
    if any(part.value is None for part in parts):
        return _total(None, parts, Coverage((), place))
    return _total((_sum(plus) or 0) - (_sum(minus) or 0), parts, Coverage(place))


def _total(value: int | None, parts: Sequence[Part], coverage: Coverage, caveats: tuple[Problem, ...] = ()) -> Total:
    found = [part for part in parts if part.value is not None]
    return Total(
        value=value,
        first=min(part.first for part in parts),
        last=max(part.last for part in parts),
        maturity=weakest(part.maturity for part in found),
        currency=next((part.currency for part in found), ""),
        approx=any(part.approx for part in found),
        coverage=coverage,
        caveats=caveats,
    )


def _sum(parts: Sequence[Part]) -> int | None:
    """None, and not zero, when nobody has a figure."""
    values = [part.value for part in parts if part.value is not None]
    return sum(values) if values else None


def _unlike_windows(indicator: Indicator, parts: Sequence[Part]) -> tuple[Problem, ...]:
    windows = {(part.first, part.last) for part in parts if part.value is not None}
    return (_refused("rollup.unlike_windows", indicator),) if len(windows) > 1 else ()


def _coverage(parts: Sequence[Part], names: Sequence[str]) -> Coverage:
    pairs = list(zip(parts, names, strict=True))
    present = tuple(name for part, name in pairs if part.value is not None)
    return Coverage(present, tuple(name for part, name in pairs if part.value is None))


def _of_one_place(indicator: Indicator, parts: Sequence[Part], *, one_currency: bool = True) -> list[Part]:
    if not parts:
        raise _refused("rollup.nothing", indicator)
    if len({part.place for part in parts}) > 1:
        raise _refused("rollup.other_place", indicator)
    if one_currency:
        _one_currency(indicator, parts)
    return sorted(parts, key=lambda part: (part.last, part.first))


def _one_currency(indicator: Indicator, parts: Sequence[Part]) -> None:
    currencies = sorted({part.currency for part in parts if part.value is not None})
    if len(currencies) > 1:
        raise _refused("rollup.mixed_currency", indicator, currencies=", ".join(currencies))


def _by_place(indicator: Indicator, parts: Sequence[Part]) -> dict[str, Part]:
    twice = [place for place, count in Counter(part.place for part in parts).items() if count > 1]
    if twice:
        raise _refused("rollup.place_twice", indicator, place=twice[0])
    return {part.place: part for part in parts}


def _has_value(part: Part | None) -> bool:
    return part is not None and part.value is not None


def _ratio(indicator: Indicator, above: Sequence[Part], below: Sequence[Part]) -> int:
    return ratio_of(indicator, _sum(above) or 0, _sum(below) or 0)


def ratio_of(indicator: Indicator, above: int, below: int) -> int:
    """factor x above / below, all of them scaled, rounded once. Raises Problem("rollup.nothing_below") over zero."""
    if below == 0:
        raise _refused("rollup.nothing_below", indicator)
    return int(divide(Decimal(above * indicator.factor), below, PLACES).scaleb(PLACES))


def _currency_of_ratio(indicator: Indicator, above: Sequence[Part], below: Sequence[Part]) -> str:
    """Money over hectares is money; money over money of the same currency is a plain number."""
    tops, bottoms = ({part.currency for part in parts} - {""} for parts in (above, below))
    if tops and bottoms and tops != bottoms:
        raise _refused("rollup.mixed_currency", indicator, currencies=", ".join(sorted(tops | bottoms)))
    return next(iter(tops), "") if not bottoms else ""


def _window(part: Part) -> str:
    return f"{part.first.isoformat()}..{part.last.isoformat()}"


def _refused(code: str, indicator: Indicator, **params: object) -> Problem:
    return Problem(code, "", found=indicator.code, name_vi=indicator.name_vi, name_en=indicator.name_en, **params)
