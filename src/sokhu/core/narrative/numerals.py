"""What a number is worth: dots that group thousands or divide decimals, slips of the pen, numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from sokhu.core.numbers import read_number
from sokhu.core.problems import Problem


def in_words(digits: Mapping[str, int], behind_ten: Mapping[str, int]) -> dict[str, int]:
    """The numbers from one to ninety-nine as they are said: "ba", "mười sáu", "hai mươi lăm".

    digits: "một" to "mười". behind_ten: what is said for some of them as the second digit ("mốt", "lăm").
    """
    units = {word: value for word, value in digits.items() if value < 10}
    second = {word: value for word, value in units.items() if word != "năm"} | dict(behind_ten)
    tens = {f"{word} mươi": 10 * value for word, value in units.items() if value > 1}
    teens = {f"mười {word}": 10 + value for word, value in second.items()}
    further = {f"{ten} {word}": value + unit for ten, value in tens.items() for word, unit in second.items()}
    return {**digits, **teens, **tens, **further}


@lru_cache(maxsize=4096)  # the same few numbers stand all over a report
def value_of(text: str, scale: int, *, unit: str, counted: bool) -> tuple[Decimal | None, float]:
    """The number, and how far its marks leave it in doubt; counts are whole, whatever their marks."""
    if counted and scale == 1:
        digits = text.replace(".", "").replace(",", "")
        groups = text.replace(",", ".").split(".")
        whole = all(len(group) == 3 for group in groups[1:])
        return (Decimal(digits), 0.0 if "," not in text else 0.2) if whole else (None, 1.0)
    try:
        value = read_number(text)
    except Problem:
        return _mended(text)
    if (
        unit in ("percent", "times", "VND/person/month")
        and "." in text
        and "," not in text
        and value >= 1000
        and scale == 1
    ):
        return (Decimal(text), 0.2) if text.count(".") == 1 and unit != "VND/person/month" else (value, 0.0)
    if unit == "USD" and scale >= 10**9 and value >= 1000 and text.count(".") == 1 and "," not in text:
        return Decimal(text), 0.3  # "12.219 tỷ USD" can only be a decimal point
    if "," in text and len(text.split(",")[1]) == 3 and "." not in text and unit in ("ha", "USD", "VND") and scale == 1:
        return value, 0.2
    return value, 0.0


def _mended(text: str) -> tuple[Decimal | None, float]:
    """Slips of the pen such as "3.131.93" and "1.2345,6": the last mark divides off the decimals."""
    marks = text.replace(",", ".").split(".")
    if len(marks) == 1:
        return Decimal(text), 0.3
    whole, decimals = "".join(marks[:-1]), marks[-1]
    if len(decimals) == 3:
        return Decimal(whole + decimals), 0.5
    return Decimal(f"{whole}.{decimals}"), 0.5
