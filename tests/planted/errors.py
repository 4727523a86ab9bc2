"""Errors of named kinds, put one at a time into a world that is right: each of them contradicts what is written."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

from planted.equations import Equation, Told, equations
from planted.figures import LARGEST, SCALES, Figure, rounded
from planted.world import BLOCK, World

TRIES = 40
FACTORS = (10, 100, 1000, 10_000, 1_000_000)
CUMULATED = {"projects_new": "projects_valid", "capital_new_and_added": "capital_registered_total"}


@dataclass(frozen=True, slots=True)
class Planted:
    """old, new: the figure before and after, new None where it was left out. about: what a finding may be about."""

    old: Figure
    new: Figure | None
    about: tuple[Figure, ...]


@dataclass
class Soil:
    """A world with what must hold in it, ready to be planted in."""

    world: World
    chance: random.Random
    by_kind: dict[str, list[Equation]] = field(init=False)
    by_figure: dict[int, list[Equation]] = field(init=False)
    by_series: dict[tuple[object, ...], list[Figure]] = field(init=False)
    told: Told = field(init=False)

    def __post_init__(self) -> None:
        self.by_kind = equations(self.world)
        self.told = Told(self.world.figures)
        self.by_figure, self.by_series = defaultdict(list), defaultdict(list)
        for equation in (one for some in self.by_kind.values() for one in some):
            for figure in equation.figures:
                self.by_figure[id(figure)].append(equation)
        for figure in self.world.figures:
            self.by_series[series(figure)].append(figure)

    def some(self, figures: Sequence[Figure]) -> Iterator[Figure]:
        for _ in range(min(TRIES, len(figures))):
            yield self.chance.choice(figures)


def series(one: Figure) -> tuple[object, ...]:
    """What a figure is of, whenever and by whomever it was said."""
    return (one.indicator, one.place, one.ownership, one.currency, one.kind, one.other)


# --- wrong digits --------------------------------------------------------------------------------------------------


def wrong_digit(chance: random.Random, one: Figure) -> Figure | None:
    digits = list(_digits(one))
    place = chance.randrange(len(digits))
    digits[place] = chance.choice([digit for digit in "0123456789"[place == 0 :] if digit != digits[place]])
    return _with_digits(one, digits)


def transposed(chance: random.Random, one: Figure) -> Figure | None:
    digits = list(_digits(one))
    unlike = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
    if not unlike:
        return None
    place = chance.choice(unlike)
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return _with_digits(one, digits)


def _digits(one: Figure) -> str:
    return str(abs(int(one.value.scaleb(one.places))))


def _with_digits(one: Figure, digits: list[str]) -> Figure:
    value = Decimal("".join(digits)).scaleb(-one.places)
    return replace(one, value=-value if one.value < 0 else value)


def _less(one: Figure, amount: int) -> Figure:
    value, places = rounded(Fraction(one.amount - amount), one.words, one.places)
    return replace(one, value=value, places=places)


def wrong_figure(soil: Soil, kind: str, *, only_whole: bool = False) -> Planted | None:
    """A digit mistyped or two transposed, in the whole or in a part of an equation; or a part left out of a sum."""
    chance = soil.chance
    for _ in range(TRIES if soil.by_kind[kind] else 0):
        equation = chance.choice(soil.by_kind[kind])
        whole = only_whole or chance.random() < 0.7
        old = equation.whole if whole else chance.choice(equation.figures[1:])
        if whole and equation.plus and kind not in ("rate", "growth", "plan", "part") and chance.random() < 0.3:
            new: Figure | None = _less(old, chance.choice(equation.plus).amount)
        else:
            new = chance.choice((wrong_digit, transposed))(chance, old)
        if new and _contradicts(equation, old, new):
            return Planted(old, new, equation.figures)
    return None


def _contradicts(equation: Equation, old: Figure, new: Figure) -> bool:
    return abs(new.amount) <= LARGEST and not equation.with_figure(old, new).can_hold()


def part_above_whole(soil: Soil) -> Planted | None:
    for _ in range(TRIES if soil.by_kind["part"] else 0):
        equation = soil.chance.choice(soil.by_kind["part"])
        old, whole = equation.whole, equation.plus[0]
        exact = Fraction(whole.amount) * Fraction(soil.chance.uniform(1.001, 1.5))
        value, places = rounded(exact, old.words, old.places)
        new = replace(old, value=value, places=places)
        if _contradicts(equation, old, new):
            return Planted(old, new, equation.figures)
    return None


# --- openings and closings -----------------------------------------------------------------------------------------


def decrease_left_out(soil: Soil, *, of_closing: bool) -> Planted | None:
    """A closing stock from which a decrease was not taken off; or a decrease that took place and is not told."""
    for equation in soil.chance.sample(soil.by_kind["balance"], min(TRIES, len(soil.by_kind["balance"]))):
        lowered = [one for one in equation.minus if one.amount]
        if not lowered:
            continue
        decrease = soil.chance.choice(lowered)
        whole = equation.whole
        new = _less(whole, -decrease.amount)
        if not _contradicts(equation, whole, new):
            continue
        if of_closing:
            return Planted(whole, new, equation.figures)
        return Planted(decrease, None, equation.figures)
    return None


# --- scale and unit ------------------------------------------------------------------------------------------------


def slip(soil: Soil, factor: int) -> Planted | None:
    """A flow or stock that many times too large or small, where an equation, another speaker or its past tells."""
    for old in soil.some(soil.world.figures):
        if not old.value or old.other or old.words == "%" or old.kind != "result" or not old.is_solid:
            continue
        new = scaled(old, factor, up=soil.chance.random() < 0.5)
        if abs(new.amount) <= LARGEST and new.amount and _is_told(soil, old, new):
            return Planted(old, new, (old,))
    return None


def scaled(one: Figure, factor: int, *, up: bool) -> Figure:
    """The same digits with the mark elsewhere, or in another unit."""
    digits = len(str(factor)) - 1
    if up:
        return replace(one, value=one.value * factor, places=max(one.places - digits, 0))
    places = min(one.places + digits, len(str(SCALES[one.words])) - 1)
    return replace(one, value=(one.value / factor).quantize(Decimal(1).scaleb(-places)), places=places)


def _is_told(soil: Soil, old: Figure, new: Figure) -> bool:
    if any(_contradicts(equation, old, new) for equation in soil.by_figure[id(old)]):
        return True
    beside = [one for one in soil.by_series[series(old)] if one is not old]
    if any(one.window == old.window and one.stream != old.stream for one in beside):
        return True
    length = _months(old)
    return len({one.window for one in beside if one.value and _months(one) == length}) >= 4


def _months(one: Figure) -> int:
    return round((one.window.last - one.window.first).days / 30)


# --- other kinds ---------------------------------------------------------------------------------------------------


def stock_as_flow(soil: Soil) -> Planted | None:
    """The sum since the start, written as what came in one year; of a stock that was told the year before as well."""
    flows = [one for one in soil.world.figures if one.indicator in CUMULATED and len(one.window.name) == 4]
    for old in soil.some([one for one in flows if one.is_solid and one.kind == "result" and one.value]):
        stocks = soil.by_series[(CUMULATED[old.indicator], *series(old)[1:])]
        told = {one.window.last: one for one in stocks if one.stream == old.stream and one.is_solid}
        now = told.get(old.window.last)
        if now and now.amount > 3 * old.amount and old.window.last.year - 1 in {day.year for day in told}:
            return Planted(old, replace(old, value=now.value, places=now.places, words=now.words), (old,))
    return None


def two_values(soil: Soil) -> Planted | None:
    """What the block copied from a board, with a digit wrong."""
    copied = [one for one in soil.world.figures if one.stream[0] == "block_report" and one.place != BLOCK]
    for old in soil.some(copied):
        others = [one for one in soil.by_series[series(old)] if one.stream != old.stream and one.window == old.window]
        new = soil.chance.choice((wrong_digit, transposed))(soil.chance, old)
        if new and others and abs(new.amount - others[0].amount) > new.open + others[0].open and others[0].is_solid:
            return Planted(old, new, (old, others[0]))
    return None


def other_denominator(soil: Soil) -> Planted | None:
    """Occupancy over the land handed over instead of all industrial land."""
    for equation in soil.by_kind["rate"]:
        old = equation.whole
        other = soil.told.at(old, indicator="land_handed_over") if old.indicator == "occupancy_rate" else None
        if other and soil.chance.random() < 0.3:
            exact = Fraction(100 * SCALES["%"] * equation.plus[0].amount, other.amount)
            value, places = rounded(exact, "%", old.places)
            new = replace(old, value=value, places=places)
            if _contradicts(equation, old, new):
                return Planted(old, new, equation.figures)
    return None


def due_and_missing(soil: Soil) -> Planted | None:
    """A flow told in the years before and left out of the newest report."""
    yearly = [one for one in soil.world.figures if len(one.window.name) == 4 and one.kind == "result" and not one.other]
    newest = max(one.window.name for one in yearly)
    for old in soil.some([one for one in yearly if one.window.name == newest and one.words != "%"]):
        beside = [one for one in soil.by_series[series(old)] if one.stream == old.stream]
        told = {one.window.name for one in beside if one.window.regime == old.window.regime}
        if {str(int(newest) - 1), str(int(newest) - 2)} <= told:
            return Planted(old, None, tuple(beside))
    return None


def unlike_sets(soil: Soil) -> Planted | None:
    """Plants of industrial parks and economic zones beside a count of parks alone."""
    written = [one for one in soil.world.figures if one.indicator == "zones_wastewater_compliant" and one.passage]
    if not written:
        return None
    old = soil.chance.choice(written)
    return Planted(old, replace(old, passage=f"{old.passage}, KKT"), (old,))


Plant = Callable[[Soil], Planted | None]
CONTINUITY = ("continuity",)
PARTS = ("ownership_parts", "formula_parts", "time_parts", "place_parts")
RATES = ("ratio_recomputed", "other_denominator", "comparison_recomputed")
ARITHMETIC_CODES = (*PARTS, *RATES, "exceeds_whole", "continuity", "streams_differ", "stock_as_flow")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: its group of goals, how it is planted, and the codes of findings that fit."""

    group: str
    name: str
    plant: Plant
    codes: tuple[str, ...]


def _wrong(group: str, name: str, equation: str, codes: tuple[str, ...], *, only_whole: bool = False) -> Kind:
    return Kind(group, name, partial(wrong_figure, kind=equation, only_whole=only_whole), codes)


KINDS = (
    _wrong("arithmetic", "FDI and DDI against the whole", "ownership", ("ownership_parts",)),
    _wrong("arithmetic", "new and added against both together", "formula", ("formula_parts",)),
    _wrong("arithmetic", "months, quarters, halves against the year", "time", ("time_parts",)),
    _wrong("arithmetic", "members against the block", "members", ("place_parts",)),
    _wrong("arithmetic", "rate", "rate", ("ratio_recomputed", "other_denominator"), only_whole=True),
    _wrong("arithmetic", "growth", "growth", ("comparison_recomputed",), only_whole=True),
    _wrong("arithmetic", "plan completion", "plan", ("comparison_recomputed",), only_whole=True),
    Kind("arithmetic", "part above its whole", part_above_whole, ("exceeds_whole",)),
    _wrong("continuity", "opening, movement or closing off", "balance", CONTINUITY),
    Kind("continuity", "decrease not taken off the closing", partial(decrease_left_out, of_closing=True), CONTINUITY),
    Kind("continuity", "decrease left untold", partial(decrease_left_out, of_closing=False), CONTINUITY),
    *(Kind("slip", f"{factor:,} times too large or small", partial(slip, factor=factor), ()) for factor in FACTORS),
    Kind("other", "stock written as a flow", stock_as_flow, ("stock_as_flow",)),
    Kind("other", "two values of one cell", two_values, ("streams_differ",)),
    Kind("other", "occupancy over another denominator", other_denominator, ("other_denominator",)),
    Kind("other", "due and missing", due_and_missing, ("due_and_missing",)),
    Kind("other", "unlike sets", unlike_sets, ("unlike_sets",)),
)


def planted_world(world: World, planted: Planted) -> list[Figure]:
    """The figures that can have to do with an error: of its places and the block, and of its indicator anywhere."""
    places, code = {one.place for one in planted.about} | {BLOCK}, planted.old.indicator
    near = [one for one in world.figures if one is not planted.old and (one.place in places or one.indicator == code)]
    return near if planted.new is None else [*near, planted.new]
