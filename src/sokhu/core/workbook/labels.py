"""Labels of rows and columns: the key under which their spellings are one, and the unit that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sokhu.core.folding import folded
from sokhu.core.problems import Problem
from sokhu.core.units import ScaledUnit, read_unit

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NUMBERING = re.compile(r"^(?:[-+*•–]|(?:[ivx]{1,4}|[a-z]|\d{1,2}(?:\.\d{1,2})*)[.)\-:]|\d{1,2}(?:\.\d{1,2})+)\s+")
_LEADING = re.compile(r"^(?:trong do|of which)\b[\s:,]*")
_NOT_WORDS = re.compile(r"[^0-9a-z%]+")
_UNIT_BEFORE = re.compile(r"^(?:đơn vị(?: tính)?|đvt|unit)\s*:?\s*", re.IGNORECASE)
_UNIT_LINE = re.compile(r"(?:đơn vị(?: tính)?|đvt|unit)\s*:\s*([^().;\n]{1,40})", re.IGNORECASE)
ORDINAL = re.compile(r"\(?(?:[A-ZĐ]|\d{1,2})\)?(?:\s*=\s*[\d\s+\-/:x*()]+)?")


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """ "1.1. Số dự án cấp mới (dự án)" and "So du an cap moi" are one label.

    >>> key("1.1. Số dự án cấp mới (dự án)"), key("- Vốn đăng ký, triệu USD"), key("Trong đó: KCN trong KKT ven biển")
    ('so du an cap moi', 'von dang ky', 'kcn trong kkt ven bien')
    """
    words = _BRACKETS.sub(" ", _without_unit_behind(text))
    words = _LEADING.sub("", _NUMBERING.sub("", folded(words)))
    return _NOT_WORDS.sub(" ", words).strip()


def _without_unit_behind(text: str) -> str:
    """ "Vốn đăng ký, triệu USD": what stands behind the last comma, where it is a unit, is no part of the name."""
    head, comma, tail = text.rpartition(",")
    return head if comma and _unit(tail) else text


@lru_cache(maxsize=5_000)
def unit_in(text: str) -> ScaledUnit | None:
    """The unit that a label names: "(triệu USD)", ", tỷ đồng", "Đơn vị tính: ha", or a unit alone."""
    return next(filter(None, map(_unit, _candidates(text))), None)


def _candidates(text: str) -> Iterator[str]:
    yield text
    yield from _BRACKETS.findall(text)
    if found := _UNIT_LINE.search(text):
        yield found[1]
    yield text.rpartition(",")[2]


@lru_cache(maxsize=5_000)
def _unit(words: str) -> ScaledUnit | None:
    words = _UNIT_BEFORE.sub("", words.strip())
    if not words or len(words) > 40:
        return None
    try:
        return read_unit(words)
    except Problem:
        return None


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: "A, B, 1, 2, 3=1+2" or "(1), (2), (3)"."""
    told = [text for text in texts if text]
    if len(told) < 2 or not all(ORDINAL.fullmatch(text) for text in told):
        return False
    numbers = [int(found[0]) for text in told if (found := re.match(r"\d+", text.strip("()")))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
