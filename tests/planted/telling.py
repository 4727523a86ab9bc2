"""Putting true amounts into figures, each speaker in its own hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from planted.figures import SCALES, Figure, Window, rounded
from planted.habits import Habits

PERCENT = SCALES["%"]


@dataclass
class Teller:
    """Writes the figures of one speaker about one place as they were known in one batch."""

    place: str
    stream: tuple[str, str]
    habits: Habits
    sequence: int
    told: list[Figure] = field(default_factory=list)

    def say(
        self,
        indicator: str,
        window: Window,
        exact: Fraction | int,
        *,
        style: str = "",
        ownership: str = "",
        currency: str = "",
        kind: str = "result",
        other: str = "",
        maturity: str = "final",
        place: str = "",
    ) -> Figure:
        words, places = self.habits.styles[style or style_of(indicator, currency)]
        value, places = rounded(Fraction(exact), words, places)
        figure = Figure(
            indicator,
            place or self.place,
            window,
            value,
            places,
            words,
            self.stream,
            ownership=ownership,
            currency=currency,
            kind=kind,
            other=other,
            maturity=maturity,
            sequence=self.sequence,
        )
        self.told.append(figure)
        return figure

    def percent(self, indicator: str, window: Window, top: Fraction, bottom: Fraction, **more: str) -> None:
        """A rate of two true amounts, where there is one."""
        if bottom > 0:
            self.say(indicator, window, Fraction(100 * PERCENT) * top / bottom, style="%", **more)

    def growth(self, code: str, window: Window, now: Fraction, base: Fraction, **more: str) -> None:
        if base > 0:
            exact = Fraction(100 * PERCENT) * (now - base) / base
            self.say("growth_rate", window, exact, style="%", other=f"of={code}", **more)


def style_of(indicator: str, currency: str) -> str:
    if indicator in ("revenue", "export_value"):
        return indicator
    if currency:
        return currency
    head = indicator.partition("_")[0]
    return head if head in ("projects", "jobs", "zones") else "ha"


def currency_of(indicator: str, ownership: str) -> str:
    """Foreign capital is told in dollars, domestic in đồng; all revenue in đồng, all exports in dollars."""
    if indicator == "revenue":
        return "VND"
    if indicator == "export_value":
        return "USD"
    if not indicator.startswith("capital"):
        return ""
    return "USD" if ownership == "FDI" else "VND"


def adds_over_ownership(indicator: str) -> bool:
    return not indicator.startswith("capital")


def standing_of(figures: Iterable[Figure]) -> list[Figure]:
    """The last said of each cell and stream, as a book keeps it."""
    kept: dict[tuple[object, ...], Figure] = {}
    for one in sorted(figures, key=lambda figure: figure.sequence):
        kept[cell(one)] = one
    return list(kept.values())


def cell(one: Figure) -> tuple[object, ...]:
    return (one.indicator, one.place, one.window, one.ownership, one.currency, one.kind, one.other, one.stream)
