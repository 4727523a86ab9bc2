"""What the reader hands out: a figure with its place in the text, and everything the text says about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Ownership = Literal["FDI", "DDI"]
Status = Literal["fact", "target", "repeat"]
Maturity = Literal["estimate", "preliminary", "final"]

CERTAIN = 0.96  # from here on a figure is called certain ("chắc chắn"); docs/reading.md tells how far it is borne out


class Comparison(NamedTuple):
    """A growth rate, ratio or share said of a figure."""

    indicator: str
    value: Decimal
    unit: str

    def as_json(self) -> dict[str, str]:
        return {"indicator": self.indicator, "value": plain(self.value), "unit": self.unit}


class Figure(NamedTuple):
    """One figure of a report.

    start, end: code points in the text as given (end exclusive); quote: exactly that stretch.
    value: scale resolved, in `unit` (USD and VND in whole dollars and đồng; growth in percent, a fall is negative).
    period: name of the window ("2021", "2020-H1", "2024-Q1", "2017-09", "2022-11-15", "2022-01..2022-11") or None;
    asof: the figure is a stock, counted at the end of `period`. window: first and last day of the period.
    scope: province, zone, region or block as the text names it. confidence: 0 to 1, see CERTAIN.
    """

    article: str
    start: int
    end: int
    quote: str
    value: Decimal
    unit: str
    indicator: str | None = None
    ownership: Ownership | None = None
    scope: str | None = None
    period: str | None = None
    asof: bool = False
    approx: bool = False
    comparison: Comparison | None = None
    status: Status = "fact"
    confidence: float = 0.0
    maturity: Maturity | None = None
    as_written: str = ""
    window: tuple[date, date] | None = None
    country: str | None = None
    zone_kind: str | None = None
    doubts: tuple[str, ...] = ()  # the signs that its confidence was made from

    def as_json(self) -> dict[str, object]:
        """The object of one line of `sokhu read --jsonl`; keys that the text leaves open beyond the fixed ones are
        left out.
        """
        said: dict[str, object] = {
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "value": plain(self.value),
            "unit": self.unit,
            "indicator": self.indicator,
            "ownership": self.ownership,
            "scope": self.scope,
            "period": self.period,
            "asof": self.asof,
            "approx": self.approx,
            "comparison": self.comparison.as_json() if self.comparison else None,
            "status": self.status,
            "confidence": round(self.confidence, 3),
        }
        further = {
            "maturity": self.maturity,
            "as_written": self.as_written or None,
            "window": [day.isoformat() for day in self.window] if self.window else None,
            "country": self.country,
            "zone_kind": self.zone_kind,
        }
        return said | {key: value for key, value in further.items() if value is not None}


def plain(value: Decimal) -> str:
    """A decimal without exponent and without closing zeros: "327450000", "8.11"."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
