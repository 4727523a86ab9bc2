"""Reading and writing numbers as Vietnamese reports write them: 61.206,6 is sixty-one thousand and a bit."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from typing import Literal

from sokhu.core.problems import Problem

DecimalMark = Literal["comma", "dot", "auto"]
Lang = Literal["vi", "en"]

# Wide enough that nothing is ever cut before the rounding that was asked for.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)

_SPACES = "\u0020\u00a0\u2007\u2009\u200a\u202f"  # plain, no-break, figure, thin, hair, narrow no-break
_MINUS = "\u2212\u2013-"  # typists put a minus sign, an en dash or a hyphen (last: it would make a range)
_WRITTEN = re.compile(rf"(?P<sign>[+{_MINUS}])?(?P<body>[0-9](?:[0-9.,{_SPACES}]*[0-9])?)")
_SPACE = re.compile(f"[{_SPACES}]")
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_MARKS = {"comma": ",", "dot": "."}
_GROUPED = {  # by decimal mark: the other mark groups thousands
    ".": re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?P<decimals>\.[0-9]+)?"),
    ",": re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?P<decimals>,[0-9]+)?"),
}


def read_number(text: str, *, decimal: DecimalMark = "auto") -> Decimal:
    """The number a Vietnamese text writes, digit for digit.

    decimal: which mark divides off the decimals. "comma" and "dot" hold the text to that; "auto" judges by Vietnamese
    habit: of two different marks the last is the decimal one; a comma alone is decimal; a dot alone before exactly
    three digits groups thousands, before any other count of digits it is decimal. Spaces (plain, no-break, thin)
    group thousands.
    Raises Problem("number.unreadable", found) for what is no number, and Problem("number.ambiguous", found, first,
    second) where two readings are equally good or the text goes against `decimal`.

    >>> read_number("61.206,6"), read_number("30.615"), read_number("4.86")
    (Decimal('61206.6'), Decimal('30615'), Decimal('4.86'))
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise Problem("number.unreadable", found=text)
    body = _without_spaces(written["body"], text)
    mark = _decimal_mark(body, text) if decimal == "auto" else _MARKS[decimal]
    digits = _digits(body, mark)
    if digits is None:
        raise _unread(text, body, mark)
    sign = "-" if (written["sign"] or "+") in _MINUS else ""
    return Decimal(sign + digits)


def other_reading(text: str) -> Decimal | None:
    """What a number would be if its dot divided off decimals, where `read_number` takes it to group thousands.

    >>> other_reading("1.500"), other_reading("12.500.000")
    (Decimal('1.500'), None)
    """
    return Decimal(text.strip()) if _EITHER_WAY.fullmatch(text.strip()) else None


def format_number(value: Decimal | int, *, places: int | None = None, lang: Lang = "vi") -> str:
    """The number as a reader of the language writes it: "61.206,6" in Vietnamese, "61,206.6" in English.

    places: how many decimals, rounded half up; None writes every decimal there is and no closing zeros.
    Raises Problem("number.not_finite") for NaN and infinities.

    >>> format_number(Decimal("61206.60")), format_number(Decimal("-0.125"), places=2), format_number(30615, lang="en")
    ('61.206,6', '-0,13', '30,615')
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise Problem("number.not_finite", found=str(value))
    if places is not None:
        exact = rounded(exact, places)
    whole, _, decimals = format(exact.copy_abs(), "f").partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    thousands, mark = (".", ",") if lang == "vi" else (",", ".")
    sign = "-" if exact < 0 else ""
    return sign + f"{int(whole):,}".replace(",", thousands) + (mark + decimals if decimals else "")


def rounded(value: Decimal, places: int) -> Decimal:
    """The value with `places` decimals (negative: tens, hundreds), half up as Vietnamese reports round.

    Half up means away from zero: 0,125 becomes 0,13 and -0,125 becomes -0,13.
    """
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT)


def _without_spaces(body: str, text: str) -> str:
    """The body with grouping spaces, which have to stand before every three digits, written as marks or taken out."""
    if not _SPACE.search(body):
        return body
    if not _SPACED.fullmatch(body):
        raise Problem("number.unreadable", found=text)
    # The spaces group the thousands, so a dot or comma that is left can only be decimal: give them the other mark.
    return _SPACE.sub("," if "." in body else "." if "," in body else "", body)


def _decimal_mark(body: str, text: str) -> str:
    """Which of comma and dot is the decimal mark, by Vietnamese habit."""
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        return "." if body.rfind(".") > body.rfind(",") else ","
    if commas:
        return "," if commas == 1 else "."
    if dots != 1:
        return ","
    whole, _, decimals = body.partition(".")
    if len(decimals) != 3 or whole.startswith("0"):
        return "."
    if len(whole) > 3:
        # 1234.567: too long before the dot for a group, just right after it.
        raise Problem("number.ambiguous", found=text, first=f"{whole}.{decimals}", second=whole + decimals)
    return ","


def _digits(body: str, mark: str) -> str | None:
    """The body as plain digits with a decimal point, or None where it does not follow the mark."""
    match = _GROUPED[mark].fullmatch(body)
    if match is None:
        return None
    return match["whole"].replace("," if mark == "." else ".", "") + (match["decimals"] or "").replace(mark, ".")


def _unread(text: str, body: str, mark: str) -> Problem:
    """Why the body cannot be read with the mark: it follows the other convention, or none."""
    other = "," if mark == "." else "."
    digits = _digits(body, other)
    if digits is None:
        return Problem("number.unreadable", found=text)
    return Problem("number.ambiguous", found=text, first=digits, second=re.sub(r"[.,]", "", body))
