"""The day of a text, and the year and window it reports on."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from sokhu.core.narrative.source import Source
from sokhu.core.narrative.times import month_end

_FULL = re.compile(
    r"(?<![0-9/])(?:(?P<range>[0-9]{1,2})(?:/[0-9]{1,2})? ?- ?)?"
    r"(?P<d>[0-3]?[0-9]) ?[/.\-] ?(?P<m>0?[1-9]|1[0-2]) ?[/.\-] ?(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
    r"|ngày (?P<d2>[0-3]?[0-9]) tháng (?P<m2>0?[1-9]|1[0-2]),? ?(?:năm |/|-)?(?P<y2>(?:19|20)[0-9]{2})"
    r"|(?<![0-9])(?P<y3>20[0-9]{2})-(?P<m3>[01][0-9])-(?P<d3>[0-3][0-9])(?![0-9])"
    r"|(?<![0-9])(?P<d4>[0-3]?[0-9]) tháng "
    r"(?P<m4>giêng|một|hai|ba|tư|năm(?=,| năm)|sáu|bảy|tám|chín|mười một|mười hai|mười|0?[1-9](?![0-9])|1[0-2]),?"
    r" (?:năm )?(?P<y4>20[0-9]{2})(?![0-9])"
    r"|(?<![a-z])(?P<m5>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    r" (?P<d5>[0-3]?[0-9]),? ?(?P<y5>20[0-9]{2})"
    r"|(?<![0-9])(?P<d6>[0-3]?[0-9]) (?P<m6>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},?"
    r" (?P<y6>20[0-9]{2})"
)
_SAID = ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS = {name: 1 + n for names in (_SAID, _ENGLISH) for n, name in enumerate(names)} | {"một": 1}
_STAMP = re.compile(
    r"xuất bản|cập nhật|đăng (?:lúc|ngày|bởi)|ngày đăng|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])"
    r"|chủ nhật|[0-9]{1,2}[:h][0-9]{2}|gmt|date|ngày đăng tải|số ra"
)
_MONTH_OF_PAGE = re.compile(r"\s{0,9}date (20[0-9]{2})-([01][0-9])(?![0-9-])")  # as the head of a page gives it
_SOURCE = re.compile(r"[(\[]?(?:theo |nguồn:? ?)?(?:báo|tạp chí) [^\d\n]{2,40}")  # "Báo Hải Phòng ngày 26/06/2018"
_DOCUMENT = re.compile(
    r"(?:số|quyết định|nghị định|nghị quyết|công văn|thông báo|kế hoạch|tính đến|đến|hết|luật|chỉ thị|từ)[^\n]{0,60}$"
)
_EVENT = re.compile(r"(?:^|[\n.(])[^\n.]{0,40}?(?:ngày|sáng|chiều|tối|trưa)(?: ngày)? ?$")
_ELSEWHERE = re.compile(  # before a year that is not the one reported on
    r"so với|cùng kỳ|đến ?$|(?:từ|thành lập|ra đời|khởi công) (?:vào )?$|kế hoạch|nhiệm vụ|phương hướng|giai đoạn"
)
_AHEAD = re.compile(r"(?:dự kiến|sẽ)(?! giảm| tăng)[^\n.]{0,90}$")  # before the month in which a works opens
_MONTHS_OF = re.compile(r"(?:tháng|quý|đầu|[0-9] ?)[^\n,.;]{0,12}$")  # before the year of a window shorter than it
_OPENING = re.compile(
    r"(?:^|[\n.)\-–] ?|vừa qua, |mới đây, )(?:vào )?(?:(?:sáng|chiều|tối|trưa)(?: ngày)?|ngày) "
    r"(?P<d>[0-3]?[0-9]) ?[/.-] ?(?P<m>0?[1-9]|1[0-2])(?! ?[/\-.,]?[0-9])"
)
_FOUNDING = re.compile(r"(?:thành lập|ra đời|khởi công|khánh thành|ban hành|phê duyệt|hoạt động|cấp phép)[^\n.]{0,30}$")
_WINDOW_OF = re.compile(r"(?:tháng|quý)[^\n.;,]{0,16} năm (20[0-9]{2})(?![0-9])")
_AIM_OF = re.compile(r"năm (20[0-9]{2}),?[^\n.]{0,90}?(?:phấn đấu|đặt mục tiêu|đặt kế hoạch|đề ra| sẽ )")
_COUNTED = re.compile(r"(?:tính đến|đến hết|cùng kỳ|đến ngày|đến tháng)[^\n.;]{0,24}?((?:19|20)[0-9]{2})(?![0-9])")
HEAD = 2500  # code points at the start of a text in which its date may stand
TAIL = 600
MID_YEAR = 6  # a review of last year is no longer written after this month


def dateline_of(source: Source) -> date | None:
    """The day of publication, else of the event the text opens with (of "15-16/1/2021" the last); None if unsaid."""
    head = source.folded[:HEAD]
    best: tuple[int, int, date] | None = None
    places = [(0, head)]
    if len(source.folded) > HEAD:
        tail = max(HEAD, len(source.folded) - TAIL)
        places.append((tail, source.folded[tail:]))
    for offset, stretch in places:
        for match in _FULL.finditer(stretch):
            day = _day(match)
            if day is None:
                continue
            rank = _rank(stretch, match) - (2 if offset else 0)
            if rank > 0 and (best is None or rank > best[0]):
                best = (rank, offset + match.start(), day)
    return best[2] if best and not _far_behind(source, best[2]) else None


def _far_behind(source: Source, day: date) -> bool:
    """The text reports on months of a year long past and names no later one: the date is the page's, not the text's."""
    windows = [int(told[1]) for told in _WINDOW_OF.finditer(source.folded[:4000])]
    named = [int(told) for told in re.findall(r"(?:năm |[/-])((?:19|20)[0-9]{2})(?![0-9])", source.folded[:4000])]
    windows += [int(told[1]) for told in _AIM_OF.finditer(source.folded[:4000])]
    if not windows or (any(day.year - 1 <= told < day.year for told in named) and max(windows) < day.year - 1):
        return False
    later = any(told > day.year for told in named) or named.count(day.year) > 1
    return not later and (max(windows) <= day.year - 2 or (max(windows) < day.year and day.month > MID_YEAR))


def _outlived(text: str, match: re.Match[str]) -> bool:
    """Later years are counted or compared with: the date is of an earlier event, as the founding of a zone."""
    day = _day(match)
    return day is not None and any(int(told[1]) > day.year for told in _COUNTED.finditer(text))


def opening_day(source: Source, year: int | None) -> date | None:
    """The day a text without a dateline opens with ("Chiều 3/7, ..."), in the year it speaks of."""
    match = _OPENING.search(source.folded[:900])
    if match is None or year is None:
        return None
    month = int(match["m"])
    if month <= 2 and re.search(rf"(?<!tháng )(?<!đầu )(?<!kỳ )năm {year}", source.folded[match.end() : 900]):
        year += 1  # "Ngày 14-2, tỉnh cho biết năm 2022 ...": a year's review, told early in the next
    try:
        return date(year, month, int(match["d"]))
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    for suffix in ("", "2", "3", "4", "5", "6"):
        if year := match[f"y{suffix}"]:
            month = match[f"m{suffix}"]
            try:
                return date(int(year), _MONTHS.get(month) or int(month), int(match[f"d{suffix}"]))
            except ValueError:
                return None
    return None


def _rank(text: str, match: re.Match[str]) -> int:
    """How much a date looks like the text's own: a stamp with clock or weekday, an opening "Ngày ...", a bare line."""
    begin = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[begin : end if end >= 0 else len(text)]
    before = text[begin : match.start()]
    if before.strip() == "date" and begin == 0:
        return 6  # "date 2025-08-12 ...", as the head of a page gives it
    if before.endswith("ngày ") and len(line.strip()) <= 60 and _SOURCE.fullmatch(before.strip()):
        return 7  # a portal tells in which paper, and when, the text stood
    if len(line) <= 140 and _STAMP.search(line) and not re.search(r"tính đến|tin khác|^- ", line):
        return 6 if match.start() < 1200 else 4
    if (
        match.start() < 1500
        and re.fullmatch(r"(?:.{0,80}[ \t|]{2,})?[^\d\n]{2,30}, (?:ngày )?", before)
        and match["d2"]
    ):
        return 5  # "Thanh Hóa, ngày 28 tháng 9 năm 2016", as official papers open
    if _DOCUMENT.search(before) or _FOUNDING.search(before) or _outlived(text, match):
        return 0
    if len(line.strip()) <= 40 and len(before.strip()) < 30 and not before.strip().startswith("-"):
        return 4 if match.start() < 1200 else 3
    if re.search(
        r"(?:^|[.)] ?|, ?)(?:vừa qua, |mới đây, )?(?:vào )?(?:sáng|chiều|tối|trưa)?,? ?(?:ngày)? ?$", before
    ) or _EVENT.search(before):
        return 3 if match.start() < 1500 else 0
    return 1 if match.start() < 600 and "ngày" in before[-12:] else 0


def month_of_page(source: Source) -> date | None:
    """The last day of the month that the head of a page gives ("date 2024-05 ..."); None where it gives none."""
    told = _MONTH_OF_PAGE.match(source.folded)
    return month_end(int(told[1]), int(told[2])) if told and 1 <= int(told[2]) <= 12 else None


def year_of(source: Source, today: date | None) -> int | None:
    """The year a text without further words speaks of: that of its date, else the one it names most (first wins)."""
    head = source.folded[:1500]
    if (
        today is not None
        and today.month <= 2
        and head.count(f"năm {today.year - 1}") > head.count(f"năm {today.year}") > -1
    ):
        return today.year - 1  # a year's review, published early in the next
    if today is not None:
        return today.year
    this_year = "năm nay" in source.folded[:6000]
    years: Counter[str] = Counter()
    weaker: Counter[str] = Counter()
    for match in re.finditer(r"(?:năm |cùng kỳ |[/-])((?:19|20)[0-9]{2})(?![0-9]|/[a-zđ])", source.folded[:6000]):
        before = source.folded[max(0, match.start() - 24) : match.start()]
        if match[0][0] in "/-" and _AHEAD.search(source.folded, max(0, match.start() - 100), match.start()):
            continue
        if match[0].startswith("cùng kỳ") or re.search(r"cùng kỳ (?:của )?$", before):
            years[str(int(match[1]) + 1)] += 1  # "so với cùng kỳ năm 2019" is written in a report on 2020
        elif this_year and not _MONTHS_OF.search(before):
            continue  # "năm 2023" beside "năm nay" is another year
        elif not _ELSEWHERE.search(before):
            years[match[1]] += 1
        elif "kế hoạch" in before:
            weaker[match[1]] += 1
        elif re.search(r"so với $", before):
            weaker[str(int(match[1]) + 1)] += 1
    years = years or weaker
    if not years and (month := month_of_page(source)) is not None:
        return month.year
    return int(max(years, key=lambda year: (years[year], year))) if years else None
