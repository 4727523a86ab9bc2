"""What a cell says: a number however it is typed, a reason why there is none, or nothing.

Numbers as text follow one habit in one sheet: "1,234.5" anywhere settles what "1,234" is beside it. Where nothing in
the sheet settles it, a comma before three digits is not understood: it may divide off decimals or group thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from sokhu.core.folding import folded
from sokhu.core.numbers import DecimalMark, read_number
from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Value, exact

# "-" is how the trade leaves a cell without figure; the others say why there is none.
DASHES = frozenset({"-", "–", "—", "_"})
NOTHING = DASHES | {"", "chua co so", "chua co", "khong co"}
EMPTINESS = MappingProxyType(
    {
        "…": "not_available", "...": "not_available", "…..": "not_available", "n/a": "not_available",
        "khong co so": "not_available", "x": "not_applicable", "khong ap dung": "not_applicable",
        "chua bao cao": "not_reported", "chua den han": "not_due", "giu kin": "withheld",
    }
)  # fmt: skip
_BRACKETED = re.compile(r"\(\s*([^()]*\d[^()]*?)\s*\)")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|N/A|NULL!)", re.IGNORECASE)
_UNSETTLED = re.compile(r"[-+−–]?\d{1,3},\d{3}")
_DOT_DECIMAL = re.compile(r"[-+−–]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.(?:\d{1,2}|\d{4,}))")
_COMMA_DECIMAL = re.compile(r"[-+−–]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,(?:\d{1,2}|\d{4,}))")
_SUFFIXED = re.compile(r"(?P<number>[^%]*\d)\s*%")


@dataclass(frozen=True, slots=True)
class Said:
    """A number, or an emptiness; neither for a cell without figure."""

    number: Decimal | None = None
    emptiness: str = ""

    @property
    def is_nothing(self) -> bool:
        return self.number is None and not self.emptiness


def said(value: Value, mark: DecimalMark = "auto") -> Said:
    """What a cell in a figure's place says. mark: the habit of the sheet, from `decimal_mark`.

    Raises Problem("workbook.formula_error", found), Problem("workbook.not_a_number", found) and
    Problem("workbook.ambiguous", found) for a text number that the sheet does not settle.
    """
    if not isinstance(value, str):
        return Said(exact(value))
    text = " ".join(value.replace("'", "", value.startswith("'")).split())
    words = folded(text)
    if words in NOTHING:
        return Said()
    if words in EMPTINESS:
        return Said(emptiness=EMPTINESS[words])
    if _ERROR.fullmatch(text):
        raise Problem("workbook.formula_error", found=text)
    return Said(_number(text, mark))


def _number(text: str, mark: DecimalMark) -> Decimal:
    bracketed, percent = _BRACKETED.fullmatch(text), _SUFFIXED.fullmatch(text)
    body = bracketed[1] if bracketed else percent["number"].strip() if percent else text
    if mark == "auto" and _UNSETTLED.fullmatch(body):
        raise Problem("workbook.ambiguous", found=text)
    try:
        number = read_number(body, decimal=mark if re.search(r"[.,]", body) else "auto")
    except Problem as problem:
        code = "workbook.ambiguous" if problem.code == "number.ambiguous" else "workbook.not_a_number"
        raise Problem(code, found=text[:60]) from problem
    return -number if bracketed else number


def decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """The habit that the sheet's text numbers show: "comma", "dot", or "auto" where they show none or both."""
    dots = commas = False
    for text in texts:
        body = text.strip().strip("()%").strip()
        dots = dots or _DOT_DECIMAL.fullmatch(body) is not None
        commas = commas or _COMMA_DECIMAL.fullmatch(body) is not None
    return "auto" if dots == commas else "dot" if dots else "comma"
