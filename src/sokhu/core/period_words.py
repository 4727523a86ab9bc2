"""Periods in words: "6 tháng đầu năm 2020", "first half of 2020" and 2020-H1 are one period.

Reading does not mind capitals, tone marks or a missing đ, so that what is typed into a search box is understood too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from re import Match

from sokhu.core.period_name import (
    End,
    Period,
    Span,
    checked,
    kind,
    months,
    months_of_half,
    months_of_quarter,
    span_of,
    span_of_name,
    spanning,
)
from sokhu.core.problems import Problem
from sokhu.core.regimes import CALENDAR

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")
_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "gieng": 1, "i": 1, "ii": 2, "iii": 3, "iv": 4,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip


def parse(text: str, *, regime: str = CALENDAR, today: date | None = None) -> Period:
    """The period that a canonical name or Vietnamese or English words tell, under a reporting regime.

    "tính đến 20/12/2020", "đến hết tháng 6/2024" and "as of …" give the day or month of the count (`tells_as_of`).
    today: supplies a year that is left out ("quý I", "6 tháng đầu năm") and what "đến nay", "năm nay" and "năm trước"
    mean; for a text this is its dateline.
    Raises Problem("period.unknown" | "period.quarter" | "period.half" | "period.month" | "period.day" | "period.year" |
    "period.backwards", found), Problem("period.needs_year", found) where only `today` could tell, and what the regime
    raises (`named`).

    >>> parse("quý I/2024").name, parse("6 tháng đầu năm 2022").name, parse("giai đoạn 2021-2025").name
    ('2024-Q1', '2022-H1', '2021..2025')
    """
    words = _folded(text)
    if len(words) > _LONGEST:
        raise Problem("period.unknown", found=text[:_LONGEST] + "…")
    return spanning(_Reader(text, today).span(words), regime=regime)


def tells_as_of(text: str) -> bool:
    """Whether the words tell a moment of counting: "tính đến 20/12/2020", "đến hết năm 2023", "as of 30 June 2024"."""
    return _AS_OF.match(_folded(text)) is not None


def printed(period: Period, lang: str = "vi") -> str:
    """The period in Vietnamese ("vi"), English ("en") or by its canonical name ("iso"). `parse` reads each back."""
    if lang == "iso":
        return period.name
    return _in_words(period, "en" if lang == "en" else "vi")


def printed_window(period: Period, lang: str = "vi") -> str:
    """The days the period covers: "15/12/2019–14/12/2020", in ISO "2019-12-15/2020-12-14"."""
    if lang == "iso":
        return f"{period.first}/{period.last}"
    return f"{period.first:%d/%m/%Y}–{period.last:%d/%m/%Y}"


# Writing

_PHRASES = {
    "vi": {
        "quarter": "quý {roman}/{year}", "half": "6 tháng {half} năm {year}", "year": "năm {year}",
        "through": "{month} tháng đầu năm {year}", "years": "giai đoạn {first}-{year}", "span": "từ {left} đến {right}",
        "day": "{right}", "month": "{right}",
    },
    "en": {
        "quarter": "Q{quarter} {year}", "half": "{half} half of {year}", "year": "{year}",
        "through": "first {month} months of {year}", "years": "{first}–{year}", "span": "from {left} to {right}",
        "day": "{right}", "month": "{right}",
    },
}  # fmt: skip
_HALVES = {"vi": ("đầu", "cuối"), "en": ("first", "second")}


def _in_words(period: Period, lang: str) -> str:
    left, right = span_of(period)
    quarter = right.month // 3
    return _PHRASES[lang][_shape(period)].format(
        year=right.year, first=left.year, month=right.month, quarter=quarter, roman=_ROMAN[quarter - 1],
        half=_HALVES[lang][right.month // 7], left=_end_in_words(left, lang), right=_end_in_words(right, lang),
    )  # fmt: skip


def _shape(period: Period) -> str:
    """Which of the phrases tells the period."""
    left, right = span_of(period)
    told = kind(period)
    if told in _PHRASES["vi"]:
        return told
    if left.year == right.year and left.month == 1 and left.day is None:
        return "through"
    return "years" if _whole_years(period) else "span"


def _end_in_words(end: End, lang: str) -> str:
    if lang == "en":
        return (f"{end.day} " if end.day else "") + f"{_MONTHS_EN[end.month - 1]} {end.year}"
    return f"ngày {end.day:02d}/{end.month:02d}/{end.year}" if end.day else f"tháng {end.month}/{end.year}"


def _whole_years(period: Period) -> bool:
    left, right = span_of(period)
    return (left.month, left.day, right.month, right.day) == (1, None, 12, None)


# Reading: all patterns meet folded text, that is in lower case and without tone marks.

_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "đ": "d"})
_NUMBER = "(?:[0-9]{1,2}|muoi mot|muoi hai|" + "|".join(word for word in _NUMBERS if " " not in word) + ")"
_NAMES_EN = "|".join(rf"{name[:3].lower()}(?:{name[3:].lower()})?" for name in _MONTHS_EN) + "|sept"
_YEAR = r"(?P<year>[0-9]{4}|nay|truoc|ngoai)"
_OF_YEAR = rf"(?:(?:\s*[/,.-]\s*|\s+)(?:(?:cua |trong )?nam |of |in )?{_YEAR})"
_AS_OF = re.compile(
    r"(?:(?:luy ke|cong don|tinh) )*(?:den|toi)(?: (?:het|cuoi|thoi diem))*\s+"
    r"|(?:as (?:of|at)|up to|until|through|by)(?: the)?(?: end of)?\s+"
)
_FILLERS = re.compile(r"(?:(?:trong|ca|cua|het|cuoi|vao|in|during|for|the|whole|full|end of)\s+)+")
_RANGE = re.compile(r"(?:(?:tinh )?tu|from)\s+(?P<left>.+?)\s+(?:den|toi|to|until|through)\s+(?P<right>.+)")
_BETWEEN = re.compile(r"(?P<left>.+?)\s+(?:den|toi|to|-)\s+(?P<right>.+)")
_YEARS = re.compile(
    r"(?:(?:ke hoach|giai doan|nhiem ky|thoi ky|5 nam|nam nam|five-year plan|plan|period)\s+)*(?:nam\s+)?"
    r"(?P<left>[0-9]{4})\s*-\s*(?:nam\s+)?(?P<right>[0-9]{4})"
)
_LONGEST = 120  # no period takes more words; a page pasted into the field is not searched for one


def _folded(text: str) -> str:
    """Lower case, without tone marks and repeated spaces, dashes made alike, no punctuation around."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(_DASHES)
    return " ".join(plain.split()).strip(" .,;:()[]")


@dataclass(frozen=True, slots=True)
class _Reader:
    """One reading of one text: what was found, for the problems, and the day it speaks from."""

    text: str
    today: date | None

    def span(self, words: str, *, year: int | None = None) -> Span:
        """The ends that folded words tell; `year` is the one a sentence gives at its other end."""
        fillers = _FILLERS.match(words)
        words = words[fillers.end() :] if fillers else words
        for pattern, read in _READINGS:
            match = pattern.fullmatch(words)
            if match:
                return read(self, match, year)
        ends = _YEARS.fullmatch(words) or _RANGE.fullmatch(words)
        counted = _AS_OF.match(words)
        if ends is None and counted:
            return self.span(words[counted.end() :], year=year)
        ends = ends or _BETWEEN.fullmatch(words)
        if ends is None:
            raise Problem("period.unknown", found=self.text)
        return self._between(ends["left"], ends["right"])

    def _between(self, left: str, right: str) -> Span:
        """From one end to the other: each may leave its year to the other one."""
        told = re.findall("[0-9]{4}", left)
        end = self.span(right, year=int(told[-1]) if told else None)
        start = self.span(left, year=end.right.year)
        return Span(start.left, end.right)

    def year(self, match: Match[str], year: int | None) -> int:
        """The year that the words, the other end of the range or today tell."""
        told = match["year"]
        if told and told.isdecimal():
            return int(told)
        if told:
            return self.day().year - (0 if told in ("nay", "this") else 1)
        return year if year is not None else self.day().year

    def day(self) -> date:
        if self.today is None:
            raise Problem("period.needs_year", found=self.text)
        return self.today

    def iso(self, match: Match[str], year: int | None) -> Span:
        return span_of_name(match[0].upper())

    def whole_year(self, match: Match[str], year: int | None) -> Span:
        return months(self.year(match, year), 1, 12, found=self.text)

    def quarter(self, match: Match[str], year: int | None) -> Span:
        return months_of_quarter(self.year(match, year), _number(match["number"]), found=self.text)

    def half(self, match: Match[str], year: int | None) -> Span:
        number = 2 if match["number"] in ("cuoi", "sau", "second", "last", "2", "2nd") else 1
        return months_of_half(self.year(match, year), number, found=self.text)

    def first_months(self, match: Match[str], year: int | None) -> Span:
        return months(self.year(match, year), 1, _number(match["number"]), found=self.text)

    def last_months(self, match: Match[str], year: int | None) -> Span:
        return months(self.year(match, year), 13 - _number(match["number"]), 12, found=self.text)

    def month(self, match: Match[str], year: int | None) -> Span:
        number = _number(match["number"])
        return months(self.year(match, year), number, number, found=self.text)

    def months(self, match: Match[str], year: int | None) -> Span:
        first, last = _number(match["first"]), _number(match["number"])
        return months(self.year(match, year), first, last, found=self.text)

    def date(self, match: Match[str], year: int | None) -> Span:
        end = End(self.year(match, year), _number(match["month"]), int(match["day"]))
        return checked(Span(end, end), found=self.text)

    def days(self, match: Match[str], year: int | None) -> Span:
        ends = [End(self.year(match, year), int(match["month"]), int(match[day])) for day in ("first", "day")]
        return checked(Span(ends[0], ends[1]), found=self.text)

    def now(self, match: Match[str], year: int | None) -> Span:
        day = End(self.day().year, self.day().month, self.day().day)
        return Span(day, day)

    def start_of_year(self, match: Match[str], year: int | None) -> Span:
        return months(self.year(match, year), 1, 1, found=self.text)


def _number(word: str) -> int:
    """A number from 1 to 12 in digits, in words, in Roman digits or as an English month."""
    if word.isdecimal():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS[word]
    return 1 + [name[:3].lower() for name in _MONTHS_EN].index(word[:3])


_Reading = Callable[[_Reader, Match[str], "int | None"], Span]
_N = f"(?P<number>{_NUMBER})"
_ISO = "[0-9]{4}(?:-(?:q[0-9]|h[0-9]|[0-9]{2}(?:-[0-9]{2})?))?"

# The first pattern that fits the whole of the words reads them.
_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_ISO}(?:\.\.{_ISO})?", _Reader.iso),
        (rf"(?:nam|year)\s+{_YEAR}", _Reader.whole_year),
        (r"(?P<year>this|last) year", _Reader.whole_year),
        (rf"(?:quy|quarter|q)\s*{_N}{_OF_YEAR}?", _Reader.quarter),
        (rf"{_N} quarter{_OF_YEAR}?", _Reader.quarter),
        (rf"(?:6|sau) thang (?P<number>dau|cuoi)(?: nam)?{_OF_YEAR}?", _Reader.half),
        (rf"nua (?:nam )?(?P<number>dau|cuoi|sau)(?: nam)?{_OF_YEAR}?", _Reader.half),
        (
            rf"(?P<number>first|second|last|1st|2nd) (?:half|six months|6 months)(?: of the year)?{_OF_YEAR}?",
            _Reader.half,
        ),
        (rf"h(?P<number>[12]){_OF_YEAR}?", _Reader.half),
        (rf"{_N} thang(?: dau)?(?: nam)?{_OF_YEAR}?", _Reader.first_months),
        (rf"(?:first )?{_N} months(?: of the year)?{_OF_YEAR}?", _Reader.first_months),
        (rf"{_N} thang cuoi(?: nam)?{_OF_YEAR}?", _Reader.last_months),
        (rf"last {_N} months(?: of the year)?{_OF_YEAR}?", _Reader.last_months),
        (rf"(?:thang|t)\s*{_N}{_OF_YEAR}?", _Reader.month),
        (rf"thang\s*(?P<first>{_NUMBER})\s*-\s*{_N}{_OF_YEAR}?", _Reader.months),
        (rf"(?P<number>[0-9]{{1,2}})[/-]{_YEAR}", _Reader.month),
        (rf"(?P<number>{_NAMES_EN})\.?{_OF_YEAR}?", _Reader.month),
        (rf"(?:ngay\s+)?(?P<day>[0-9]{{1,2}})\s*[/.-]\s*(?P<month>[0-9]{{1,2}})(?:\s*[/.-]\s*{_YEAR})?", _Reader.date),
        (rf"(?:ngay\s+)?(?P<day>[0-9]{{1,2}}) thang (?P<month>{_NUMBER}){_OF_YEAR}?", _Reader.date),
        (rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_NAMES_EN})\.?{_OF_YEAR}?", _Reader.date),
        (rf"(?P<month>{_NAMES_EN})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_OF_YEAR}?", _Reader.date),
        (
            rf"(?:ngay\s+)?(?P<first>[0-9]{{1,2}})\s*-\s*(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})/{_YEAR}",
            _Reader.days,
        ),
        (r"(?:den |toi )?(?:nay|hien nay|hom nay)|hien (?:nay|tai)|now|today|to date|present", _Reader.now),
        (rf"dau nam{_OF_YEAR}?|(?:the )?(?:start|beginning) of the year", _Reader.start_of_year),
    )
)
