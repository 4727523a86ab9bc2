"""A figure as a report writes it: digits, decimals, the words behind them; and what those digits leave open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

# How a figure is written -> how many 10^-6 of the canonical unit one of it is (money is kept in millions).
SCALES = {
    "USD": 1,
    "triệu USD": 10**6,
    "tỷ USD": 10**9,
    "triệu đồng": 10**6,
    "tỷ đồng": 10**9,
    "nghìn tỷ đồng": 10**12,
    "ha": 10**6,
    "%": 10**6,
    "dự án": 10**6,
    "lao động": 10**6,
    "khu": 10**6,
}
COUNTED = ("dự án", "lao động", "khu")
LARGEST = 10**18 - 1  # no longer figure goes into a book


@dataclass(frozen=True, slots=True)
class Window:
    """A period by name with its days, both included."""

    name: str
    first: date
    last: date
    regime: str = "calendar"


@dataclass(frozen=True, slots=True)
class Figure:
    """value: in the words behind it; places: decimals written; sequence: number of the batch that brought it."""

    indicator: str
    place: str
    window: Window
    value: Decimal
    places: int
    words: str
    stream: tuple[str, str]
    ownership: str = ""
    currency: str = ""
    kind: str = "result"
    other: str = ""
    maturity: str = "final"
    approx: bool = False
    sequence: int = 1
    passage: str = ""

    @property
    def amount(self) -> int:
        """In 10^-6 of the canonical unit."""
        return int(self.value * SCALES[self.words])

    @property
    def written(self) -> str:
        digits = f"{self.value:,.{self.places}f}".translate(str.maketrans(",.", ".,"))
        return f"{digits} {self.words}"

    @property
    def open(self) -> Fraction:
        """How far on either side the true value may lie."""
        if self.words in COUNTED and not self.places:
            return Fraction(0)
        return Fraction(SCALES[self.words], 2 * 10**self.places)

    @property
    def is_solid(self) -> bool:
        return self.maturity == "final" and not self.approx


def rounded(exact: Fraction, words: str, places: int) -> tuple[Decimal, int]:
    """A true amount in those words, and its decimals: more of them where it would read as zero."""
    while True:
        shown = exact / SCALES[words]
        value = (Decimal(shown.numerator) / Decimal(shown.denominator)).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
        if value or not exact:
            return value, places
        places += 1
