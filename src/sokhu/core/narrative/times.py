"""Words of time: years, halves, quarters, months, days, "đến nay", and how each is meant."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sokhu.core.narrative.source import Source

# flow: a window. stock: a day or month of count. now: the day of the text. since: from a start until another time.
# reference: what a figure is compared with. last_year: the window before the running one, and figures follow.
Kind = Literal["flow", "stock", "now", "since", "reference", "last_year", "goal"]

_Y = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9.,]?[0-9])"
_M = r"(?P<m>0?[1-9]|1[0-2])(?![0-9])"
_D = r"(?P<d>0?[1-9]|[12][0-9]|3[01])"
_SEP = r" ?[/.\-] ?"
_WORD = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_COUNT = r"(?P<n>0?[1-9]|1[0-2]|" + "|".join(sorted(_WORD, key=len, reverse=True)) + r")"
_OF_YEAR = r"(?:(?: đầu| của| cuối| trong)? năm| đầu|/)? ?(?:,? ?" + _Y + r")?"
_B = r"(?<![^\W_])"  # not inside a word or number

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", _B + r"(?P<y>20[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12][0-9]|3[01]))?(?![0-9])"),
    ("day", _B + r"(?:(?P<d0>[0-9]{1,2})(?:/[0-9]{1,2})? ?- ?)?" + _D + _SEP + _M + _SEP + _Y),
    ("day", _B + r"(?:ngày )?" + _D + r" tháng " + _M + r"(?:,? năm|/|-|,)? ?" + _Y),
    ("day", _B + r"ngày " + _D + r" tháng " + _M),
    ("day", _B + r"(?:ngày|sáng|chiều|trưa|tối|đến|hết|từ) (?:[0-9]{1,2} ?- ?)?" + _D + r" ?[/\-] ?" + _M + r"(?! ?[/\-.,]?[0-9])"),
    ("month", _B + r"(?:tháng )" + _M + r"(?: năm |" + _SEP + r"| )" + _Y),
    ("month", r"(?<![0-9/.,\w])" + _M + r"[/]" + _Y),
    ("months", _B + _COUNT + r" tháng(?! [0-9]{1,2}(?![0-9]))(?! (?:tới|liên|sau|trở))(?P<tail> cuối năm)?" + _OF_YEAR),
    ("month", _B + r"tháng " + _M + r"(?! ?[/\-.,]?[0-9])"),
    ("quarter", _B + r"(?:quý|q) ?(?P<q>iv|iii|ii|i|0?[1-4]|một|hai|ba|tư)(?![^\W_])(?:" + r"(?:,? năm|/| /|-| -|\.)? ?" + _Y + r")?"),
    ("quarters", _B + r"(?P<n>hai|ba|2|3|02|03) quý(?: đầu)?(?: năm)?(?: ?" + _Y + r")?"),
    ("half", _B + r"nửa (?P<h>đầu|cuối)(?: của)? năm(?: ?" + _Y + r")?"),
    ("years", _B + r"(?:giai đoạn|thời kỳ|nhiệm kỳ|năm|từ năm|từ|trong)? ?(?P<y>(?:19|20)[0-9]{2}) ?(?:-|đến năm|đến|tới) ?(?P<y2>(?:19|20)[0-9]{2})(?![0-9.,]?[0-9])"),
    ("years", _B + r"(?P<n>[2-5]) năm (?:qua )?\((?P<y>20[0-9]{2}) ?- ?(?P<y2>20[0-9]{2})\)"),
    ("since", _B + r"từ đầu (?:năm|nhiệm kỳ)(?: ?" + _Y + r")?(?! tháng)"),
    ("since", _B + r"từ (?:đầu )?(?:năm |tháng (?P<m>0?[1-9]|1[0-2])[/ ]?(?:năm )?)" + _Y),
    ("year", _B + r"(?:năm|nắm) " + _Y),
    ("year", r"(?<=đến )" + _Y),
    ("year", r"(?<=hết )" + _Y),
    ("rel", _B + r"(?P<rel>năm nay|năm ngoái|năm trước|năm vừa qua|năm qua|trong năm|cả năm|năm liền kề trước đó)(?! [0-9])"),
    ("last", _B + r"(?:cùng kỳ|cùng thời gian này|cùng thời điểm|cùng thời gian)(?: (?:của )?(?:năm (?:trước|ngoái|liền trước|" + _Y + r")))?"),
    ("day", _B + r"(?:hiện nay|đến nay|hiện) \((?:ngày )?" + _D + _SEP + _M + _SEP + _Y + r"\)"),
    ("end", _B + r"(?:đến )?(?:cuối|hết) (?:năm|kỳ)(?! [0-9])"),
    ("rel", _B + r"(?P<rel>trong kỳ)"),
    ("now", _B + r"(?:(?:tính|lũy kế|cho) )?(?:đến|tới) (?:nay|giờ|hiện nay|hiện tại|thời điểm (?:này|hiện tại|hiện nay|báo cáo)|bây giờ)"),
    ("now", _B + r"(?<!thực )(?<!thể )(?<!phát )(?<!biểu )(?<!xuất )hiện(?: nay| tại|)(?! (?:đại|trạng|thực|hữu|hành|tượng|diện|vật|trường|rõ|vẫn đại))(?![^\W_])"),
    ("now", _B + r"(?:bây giờ|từ trước đến nay|thời điểm này|thời điểm hiện tại)"),
    ("total", _B + r"(?:lũy kế|cộng dồn|tính chung từ trước)(?![^\W_])(?! (?:[0-9]{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) tháng)"),
)  # fmt: skip
_COMPILED = [(form, re.compile(pattern)) for form, pattern in _FORMS]
_ASOF = frozenset({"đến", "tới", "hết", "cuối"})
_AGAINST = ("so với", "so cùng", "so với cùng", "cùng kỳ", "so")


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


@dataclass(slots=True)
class _Match:
    form: str
    groups: dict[str, str | None]
    begin: int
    end: int
    text: str


def matches_in(source: Source) -> list[_Match]:
    """All words of time, longest first where they overlap, in reading order."""
    found: list[_Match] = []
    for form, pattern in _COMPILED:
        found += [_Match(form, m.groupdict(), m.start(), m.end(), m[0]) for m in pattern.finditer(source.folded)]
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

    def read(self, matches: list[_Match]) -> Iterator[Time]:
        for match in matches:
            start, end = self.source.token_at(match.begin), self.source.token_at(match.end - 1) + 1
            if end <= start:
                continue
            time = self._meaning(match, start, end)
            if time is not None:
                inside = self.source.folded.rfind("(", max(0, match.begin - 80), match.begin) > self.source.folded.rfind(")", max(0, match.begin - 80), match.begin)
                if time.kind in ("flow", "stock", "since") and time.first and match.groups.get("y") and not inside and self._of_its_time(match, time):
                    self.year = time.first.year if time.kind == "since" else (time.last or time.first).year
                yield time

    def _meaning(self, match: _Match, start: int, end: int) -> Time | None:
        if match.form == "now":
            day = self.today
            return Time(start, end, "now", day.isoformat() if day else None, day, day, "lũy kế" in match.text)
        if match.form == "total":
            return Time(start, end, "now", None, None, None, cumulated=True, vague=True)
        if match.form == "last":
            return self._last_year(match, start, end)
        if match.form == "end":
            return self._year_end(start, end)
        if match.groups.get("rel") == "trong kỳ":
            return Time(start, end, "flow", None, None, None, vague=True)
        window = self._window(match)
        if window is None:
            return None
        name, first, last = window
        return Time(start, end, self._kind(match, start, end), name, first, last, self._cumulated(start), vague=not match.groups.get("y"))

    def _of_its_time(self, match: _Match, time: Time) -> bool:
        """A year that later words may lean on: no span of years, none that is still to come."""
        last = time.last or time.first
        return match.form != "years" and last is not None and (self.today is None or last.year <= self.today.year)

    def _last_year(self, match: _Match, start: int, end: int) -> Time:
        said = bool(re.match(r" ?(?:,? ?chỉ )?(?:là|đạt|có|thu|:|\(|cấp)", self.source.folded[match.end : match.end + 12]))
        against = self._before(start, 8)
        compared = any(word in against for word in ("so với", "so", "bằng", "tăng", "giảm", "gấp", "cao hơn", "%")) and not said
        named = int(match.groups["y"]) if match.groups.get("y") else None
        kind: Kind = "reference" if compared or not said else "last_year"
        return Time(start, end, kind, str(named) if named else None, None, None)

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
        if "(" in match.text and match.form == "day":
            return "stock"
        compared = self._before(start, 9)
        if "so với" in compared or {"lần", "%", "mức"} & set(words[-1:]) or ("%" in compared and "kế hoạch" in compared):
            return "reference"
        if "so với" in before or words[-1:] == ["so"] or " so " in f" {before} " or "cùng kỳ" in before:
            return "reference"
        if any(word in _ASOF for word in near) or (match.form in ("day", "iso") and {"tính", "ngày"} & set(words[-2:])):
            if match.form in ("year", "years") and not {"cuối", "hết", "tính"} & set(near):
                past = self.today is not None and int(match.groups["y2" if match.form == "years" else "y"] or 0) <= self.today.year
                return "flow" if past and match.form == "year" else "goal"
            return "stock"
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

    def _iso(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return self._day(groups) if groups.get("d") else self._month(groups)

    def _day(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        day = date(self._year_of(groups), int(groups["m"] or 0), int(groups["d"] or 0))
        return day.isoformat(), day, day

    def _month(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year, month = self._year_of(groups), int(groups["m"] or 0)
        return f"{year}-{month:02}", date(year, month, 1), month_end(year, month)

    def _months(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        count = _WORD.get(groups["n"] or "") or int(groups["n"] or 0)
        year = self._year_of(groups)
        return span_of_months(year, 13 - count, 12) if groups.get("tail") else span_of_months(year, 1, count)

    def _quarter(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        quarter = _ROMAN[groups["q"] or ""]
        return span_of_months(self._year_of(groups), quarter * 3 - 2, quarter * 3)

    def _quarters(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return span_of_months(self._year_of(groups), 1, 3 * (_WORD.get(groups["n"] or "") or int(groups["n"] or 0)))

    def _half(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year = self._year_of(groups)
        return span_of_months(year, 1, 6) if groups["h"] == "đầu" else span_of_months(year, 7, 12)

    def _years(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        first, last = int(groups["y"] or 0), int(groups["y2"] or 0)
        if last <= first:
            raise ValueError
        return f"{first}..{last}", date(first, 1, 1), date(last, 12, 31)

    def _since(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        year = self._year_of(groups)
        first = date(year, int(groups.get("m") or 1), 1)
        return str(year), first, date(year, 12, 31)

    def _year(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        return span_of_months(self._year_of(groups), 1, 12)

    def _rel(self, groups: dict[str, str | None]) -> tuple[str, date, date]:
        words = groups["rel"] or ""
        year = self.home if self.home is not None else self._year_of({})
        if words == "trong năm" and self.year is not None:
            year = self.year
        if words in ("năm ngoái", "năm trước", "năm liền kề trước đó"):
            year -= 1
        if words in ("năm qua", "năm vừa qua") and self.today and self.today.year == year and self.today.month <= 6:
            year -= 1
        return span_of_months(year, 1, 12)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


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
