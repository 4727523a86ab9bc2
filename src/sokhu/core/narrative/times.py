"""Words of time: years, halves, quarters, months, days, "đến nay", and how each is meant."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sokhu.core.narrative.patterns import Patterns
from sokhu.core.narrative.source import Source

# flow: a window. stock: a day or month of count. now: the day of the text.
# event: the day of a signing or a meeting. since: from a start until another time. reference: what a figure is compared
# with. last_year: the window before the running one, and figures follow. goal: a year still to come.
Kind = Literal["event", "flow", "stock", "now", "since", "reference", "last_year", "goal"]

_WORD = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_MONTHS = _WORD | {"giêng": 1, "một": 1, "tư": 4}
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "01": 1,
    "02": 2,
    "03": 3,
    "04": 4,
    "đầu": 1,
    "cuối": 4,
}
_ASOF = frozenset({"đến", "tới", "hết", "cuối"})
_CONTRAST = ("trong khi", "trong khi đó", "còn", "nếu")
SENTENCE = 600  # code points after which a sentence is taken to have ended
_FOUNDED = re.compile(
    r"(?:được thành lập|ra đời|khởi công|được cấp phép lần đầu|quy hoạch tổng thể|phê duyệt)"
    r"(?: xây dựng)?(?: từ| vào)?$"
)


@dataclass(slots=True)
class Time:
    """One word of time. name: the period's name; first, last: its days. For "since" only `first` counts."""

    start: int
    end: int
    kind: Kind
    name: str | None
    first: date | None
    last: date | None
    cumulated: bool = False
    vague: bool = False
    aged: bool = False  # a span of years told by its length alone


@dataclass(slots=True)
class _Match:
    form: str
    groups: dict[str, str | None]
    begin: int
    end: int
    text: str


def matches_in(source: Source, forms: Patterns) -> list[_Match]:
    """All words of time, longest first where they overlap, in reading order."""
    found = [_Match(form, m.groupdict(), m.start(), m.end(), m[0]) for form, m in forms.found_in(source.folded)]
    found.sort(key=lambda match: (match.begin, -match.end))
    kept: list[_Match] = []
    for match in found:
        if kept and match.begin < kept[-1].end:
            if match.end - match.begin > kept[-1].end - kept[-1].begin and match.form != "rel":
                kept[-1] = match
            continue
        kept.append(match)
    return kept


def times_in(source: Source, matches: list[_Match], today: date | None, year: int | None) -> list[Time]:
    """The words of time with what they mean, given the day of the text and the year it speaks of (None: unknown)."""
    return list(_Reader(source, today, year).read(matches))


class _Reader:
    def __init__(self, source: Source, today: date | None, year: int | None) -> None:
        self.source, self.today = source, today
        self.year = year
        self.home = year
        self.month: date | None = None  # the last day of the month told last
        self.quarter: tuple[int, int] | None = None
        self.said = 0  # the token at which the running year was said

    def _come_home(self, match: _Match) -> None:
        """An earlier year than the text's own governs only its sentence: "Năm 2023 thu hút 10 dự án. 6 tháng, ..."."""
        if self.year is None or self.home is None or self.year >= self.home:
            return
        begin = self.source.tokens[self.said].end
        between = self.source.folded[begin : min(match.begin, begin + SENTENCE)]
        if match.begin > begin + SENTENCE or "\n" in between or ". " in between:
            self.year = self.home

    def read(self, matches: list[_Match]) -> Iterator[Time]:
        for match in matches:
            self._come_home(match)
            start, end = self.source.token_at(match.begin), self.source.token_at(match.end - 1) + 1
            if end <= start:
                continue
            time = self._meaning(match, start, end)
            if time is not None:
                inside = self.source.folded.rfind(
                    "(", max(0, match.begin - 80), match.begin
                ) > self.source.folded.rfind(")", max(0, match.begin - 80), match.begin)
                if (
                    time.kind in ("flow", "stock", "since")
                    and time.first
                    and match.groups.get("y")
                    and not inside
                    and self._of_its_time(match, time)
                ):
                    self.year = time.first.year if time.kind == "since" else (time.last or time.first).year
                    self.said = start
                yield time

    def _meaning(self, match: _Match, start: int, end: int) -> Time | None:
        if match.form == "now":
            day = self.today
            return Time(start, end, "now", day.isoformat() if day else None, day, day, "lũy kế" in match.text)
        if match.form == "total":
            return Time(start, end, "now", None, None, None, cumulated=True, vague=True)
        if match.form == "age":  # "sau 27 năm hình thành": all that has come since, up to the day of the text
            day = self.today
            return Time(start, end, "now", day.isoformat() if day else None, day, day, cumulated=True, aged=True)
        if match.form == "ago" or self._months_back(match):  # "trong 5 năm qua": no window that the text would name
            return Time(start, end, "flow", None, None, None, aged=True)
        if match.form == "vision":  # "thời kỳ 2021-2030, tầm nhìn đến năm 2050": part of a plan's name
            return Time(start, end, "reference", None, None, None)
        if match.form == "last":
            return self._last_year(match, start, end)
        if match.form == "end":
            return self._year_end(start, end)
        if match.groups.get("rel") == "trong kỳ":
            return Time(start, end, "flow", None, None, None, vague=True)
        window = self._window(match)
        if window is None:
            return self._of_no_year(match, start, end)
        name, first, last = self._a_year_back(match) if self._just_past(match, window) else window
        return Time(
            start,
            end,
            self._kind(match, start, end),
            name,
            first,
            last,
            self._cumulated(start),
            vague=not match.groups.get("y"),
        )

    def _of_no_year(self, match: _Match, start: int, end: int) -> Time | None:
        """A start or a window of a year that nothing tells; words that have a year cannot be read at all."""
        if match.form == "since":
            return Time(start, end, "since", None, None, None)
        if self.year is not None or match.form not in ("months", "half", "quarter") or "đầu" not in match.text:
            return None
        return Time(start, end, "flow", None, None, None, vague=True, aged=True)

    def _of_its_time(self, match: _Match, time: Time) -> bool:
        """A year that later words may lean on: no span of years, none that is still to come."""
        last = time.last or time.first
        if "dự kiến" in self._before(time.start, 24):
            return False
        return match.form != "years" and last is not None and (self.today is None or last.year <= self.today.year)

    def _last_year(self, match: _Match, start: int, end: int) -> Time:
        bracketed = self.source.folded[max(0, match.begin - 2) : match.begin].lstrip().startswith(("(", ";"))
        bare = bracketed and bool(re.match(r" ?[0-9]", self.source.folded[match.end : match.end + 3]))
        said = bare or bool(
            re.match(r" ?(?:,? ?chỉ )?(?:là|đạt|có|thu|:|\(|cấp)", self.source.folded[match.end : match.end + 12])
        )
        opening = self.source.folded[match.end : match.end + 2] == ", " and self._before(start, 4) in _CONTRAST
        said = said or opening  # "Trong khi cùng kỳ năm trước, tỉnh chỉ thu hút được 9 dự án"
        against = self._before(start, 8)
        compared = (
            any(word in against for word in ("so với", "so", "bằng", "tăng", "giảm", "gấp", "cao hơn", "%"))
            and not said
        )
        year = match.groups.get("y")
        kind: Kind = "reference" if compared or not said else "last_year"
        return Time(start, end, kind, year, None, None)

    def _year_end(self, start: int, end: int) -> Time | None:
        """ "đến cuối năm": December of the year spoken of; "từ nay đến cuối năm" is the whole year, still to come."""
        if self.year is None:
            return None
        if "nay" in self._before(start, 3):
            name, first, last = span_of_months(self.year, 1, 12)
            return Time(start, end, "flow", name, first, last, vague=True)
        day = month_end(self.year, 12)
        return Time(start, end, "stock", f"{self.year}-12", date(self.year, 12, 1), day, vague=True)

    def _kind(self, match: _Match, start: int, end: int) -> Kind:
        before = self._before(start, 5)
        own = match.text.split(" ")[0]
        words = before.split()
        near = words[-3:] + ([own] if own in _ASOF else [])
        if match.form == "since":
            return "since"
        compared = self._before(start, 9)
        if words[-2:] == ["kết", "thúc"]:
            return "stock"
        if [word for word in words if word != "ngày"][-2:] == ["thời", "điểm"] and "so với" not in compared:
            return "stock"
        if "(" in match.text and match.form in ("day", "month"):
            return "stock"
        if match.form == "year" and _FOUNDED.search(self._before(start, 5)):
            return "reference"  # the year in which a zone was founded is no window of its figures
        if (
            "so với" in compared
            or {"lần", "%", "mức", "hơn"} & set(words[-1:])
            or ("%" in compared and "kế hoạch" in compared)
        ):
            return "reference"
        if "so với" in before or words[-1:] == ["so"] or " so " in f" {before} " or "cùng kỳ" in before:
            return "reference"
        if any(word in _ASOF for word in near) or (match.form in ("day", "iso") and "tính" in words[-3:]):
            if match.form in ("year", "years") and not {"cuối", "hết", "tính"} & set(near):
                past = (
                    self.today is not None
                    and int(match.groups.get("y2" if match.form == "years" else "y") or 0) <= self.today.year
                )
                return "flow" if past and match.form == "year" else "goal"
            return "stock"
        if match.form in ("day", "iso") and {"ngày", "sáng", "chiều", "tối"} & {*words[-2:], own}:
            return "event"
        if match.form in ("day", "iso"):
            return "reference"  # the day of an event or a document: no window of figures
        return "flow"

    def _before(self, start: int, count: int) -> str:
        tokens = self.source.tokens[max(0, start - count) : start]
        text = ""
        for token in tokens:
            text = "" if token.text in ",;.(" else f"{text} {token.text}"
        return text.strip()

    def _cumulated(self, start: int) -> bool:
        return "lũy kế" in self._before(start, 5)

    def _window(self, match: _Match) -> tuple[str, date, date] | None:
        reading: Callable[[dict[str, str | None]], tuple[str, date, date] | None] = getattr(self, f"_{match.form}")
        try:
            return reading(match.groups)
        except ValueError:
            return None

    def _year_of(self, groups: dict[str, str | None]) -> int:
        if said := groups.get("y"):
            return int(said)
        if self.year is None:
            raise ValueError
        return self.year

    def _a_year_back(self, match: _Match) -> tuple[str, date, date]:
        said, self.year = self.year, (self.year or 1) - 1
        try:
            return self._window(match) or ("", date.min, date.min)
        finally:
            self.year = said

    def _just_past(self, match: _Match, window: tuple[str, date, date]) -> bool:
        """ "Tháng 12" or "quý IV" without a year, in a text of January or February, is last year's."""
        if self.today is None or match.groups.get("y") or match.form not in ("month", "quarter", "months"):
            return False
        late = (window[2].year, window[2].month) >= (self.today.year, 8) and window[2].year == self.today.year
        return self.today.month <= 2 and late

    def _months_back(self, match: _Match) -> bool:
        """ "Trong 3 tháng qua" in July: back from the day of the text, and not the first three of its year."""
        if match.form != "months" or self.today is None or match.groups.get("y"):
            return False
        past = self.source.folded[match.end : match.end + 9].lstrip().startswith(("qua", "vừa qua", "gần đây"))
        return past and _count(match.groups) not in (self.today.month, (self.today.month - 2) % 12 + 1)

    def _iso(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return self._day(groups) if groups.get("d") else self._month(groups)

    def _day(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        day = date(self._year_of(groups), int(groups["m"] or 0), int(groups["d"] or 0))
        return day.isoformat(), day, day

    def _month(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year, month = self._year_of(groups), _MONTHS.get(groups["m"] or "") or int(groups["m"] or 0)
        self.month = month_end(year, month)
        return f"{year}-{month:02}", date(year, month, 1), self.month

    def _months(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        count, year = _count(groups), self._year_of(groups)
        return span_of_months(year, 13 - count, 12) if groups.get("tail") else span_of_months(year, 1, count)

    def _run(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        name, first, last = span_of_months(self._year_of(groups), int(groups["m1"] or 0), int(groups["m"] or 0))
        middle = last.replace(day=15)
        return (f"{first:%Y-%m}..{middle}", first, middle) if groups["half"] else (name, first, last)

    def _quarter(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        quarter = _ROMAN[groups["q"] or ""]
        self.quarter = self._year_of(groups), quarter
        return span_of_months(self._year_of(groups), quarter * 3 - 2, quarter * 3)

    def _quarters(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return span_of_months(self._year_of(groups), 1, 3 * _count(groups))

    def _half(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year = self._year_of(groups)
        return span_of_months(year, 1, 6) if groups["h"] == "đầu" else span_of_months(year, 7, 12)

    def _years(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        first, last = int(groups["y"] or 0), int(groups["y2"] or 0)
        if last <= first:
            raise ValueError
        return f"{first}..{last}", date(first, 1, 1), date(last, 12, 31)

    def _since(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year = int(groups.get("y") or groups.get("y2") or self._year_of({}))
        first = date(year, int(groups.get("m") or 1), 1)
        return str(year), first, date(year, 12, 31)

    def _month_past(self, today: date) -> tuple[str, date, date]:
        """ "trong tháng qua": the month of the text's day near its end, else the one before."""
        last = today if today.day >= 20 else today.replace(day=1) - timedelta(days=1)
        return span_of_months(last.year, last.month, last.month)

    def _of_month(self) -> tuple[str, date, date]:
        """The month told last; else none can be told."""
        if self.month is None:
            raise ValueError
        return f"{self.month.year}-{self.month.month:02}", self.month.replace(day=1), self.month

    def _of_quarter(self) -> tuple[str, date, date]:
        """The quarter told last, else the one of the text's day."""
        if self.quarter is None and self.today is None:
            raise ValueError
        year, quarter = self.quarter or (self.today.year, (self.today.month + 2) // 3)  # type: ignore[union-attr]
        return span_of_months(year, quarter * 3 - 2, quarter * 3)

    def _part(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        """ "đầu năm 2022" as a day of count is its first month, "giữa năm" June."""
        return self._month({"y": groups.get("y"), "m": "1" if groups["part"] == "đầu" else "6"})

    def _year(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return span_of_months(self._year_of(groups), 1, 12)

    def _rel(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        words = groups["rel"] or ""
        year = self.home if self.home is not None else self._year_of({})
        if words == "trong tháng qua" and self.today is not None:
            return self._month_past(self.today)
        if words in ("trong tháng", "tháng này", "trong tháng qua"):
            return self._of_month()
        if words in ("trong quý", "quý này"):
            return self._of_quarter()
        if words == "trong năm" and self.year is not None:
            year = self.year
        if words in ("năm ngoái", "năm trước", "năm liền kề trước đó"):
            year -= 1
        if words in ("năm qua", "năm vừa qua") and self.today and self.today.year == year and self.today.month <= 6:
            year -= 1
        return span_of_months(year, 1, 12)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _count(groups: dict[str, str | None]) -> int:
    said = groups["n"] or ""
    return _WORD.get(said) or int(said or 0)


def span_of_months(year: int, first: int, last: int) -> tuple[str, date, date]:
    """A window of whole months with its name: "2021", "2020-H1", "2024-Q1", "2017-09" or "2022-01..2022-11"."""
    if not 1 <= first <= last <= 12:
        raise ValueError
    named = {(1, 12): f"{year}", (1, 6): f"{year}-H1", (7, 12): f"{year}-H2"}
    quarters = {(3 * quarter - 2, 3 * quarter): f"{year}-Q{quarter}" for quarter in range(1, 5)}
    name = (named | quarters).get((first, last)) or (
        f"{year}-{first:02}" if first == last else f"{year}-{first:02}..{year}-{last:02}"
    )
    return name, date(year, first, 1), month_end(year, last)
