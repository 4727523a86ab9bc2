"""Rows of tables as plain text gives them: cells parted by " | " or tabs, a header, a unit column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from sokhu.core.narrative.source import Source
from sokhu.core.narrative.vocabulary import Phrases
from sokhu.core.numbers import read_number
from sokhu.core.problems import Problem

_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]{0,24}\s?%?")
_YEAR = re.compile(r"(?:năm )?(?:19|20)[0-9]{2}")
_OWN = re.compile(r"([+-]?[0-9][0-9.,]{0,24}) ?([^0-9|]{1,30})")
_HEADS = ("chỉ tiêu", "nội dung", "stt", "tt", "danh mục", "hạng mục", "chỉ số", "tên chỉ tiêu", "")
# What a row of bare counts counts when its label says so and no unit stands anywhere.
_COUNTS = (
    ("projects", ("số dự án", "dự án", "số lượng dự án", "tổng số dự án", "số da")),
    ("workers", ("số lao động", "lao động", "tổng số lao động", "số người lao động", "số lượng lao động")),
    ("enterprises", ("số doanh nghiệp", "tổng số doanh nghiệp", "số lượng doanh nghiệp")),
    ("zones", ("số kcn", "số khu công nghiệp", "số lượng kcn", "tổng số kcn", "số lượng khu công nghiệp")),
    ("certificates", ("số giấy chứng nhận", "số gcn", "số lượng giấy chứng nhận")),
    ("adjustments", ("số lượt", "lượt điều chỉnh")),
)
_PLAN = ("kế hoạch", "kh ", "kh", "mục tiêu", "chỉ tiêu giao", "dự toán")
_DONE = ("thực hiện", "ước", "kết quả", "đạt được", "th ")
_AGAINST_PLAN = (
    "so kế hoạch",
    "so kh",
    "so với kế hoạch",
    "so với kh",
    "% kh",
    "% kế hoạch",
    "th/kh",
    "tỷ lệ thực hiện",
    "tỷ lệ hoàn thành",
    "đạt %",
    "thực hiện/kế hoạch",
    "hoàn thành",
)
_AGAINST_LAST = ("cùng kỳ", "ck", "năm trước", "so với năm", "so năm")


@dataclass(slots=True)
class Cell:
    """A number in a table: its place in the folded text, its value in its unit, its column's role, its row's label."""

    start: int
    end: int
    value: Decimal
    unit: str
    role: str  # "", "plan", "result", "plan_completion", "yoy_ratio", "growth_rate", "last_year"
    row_start: int
    header: tuple[int, int] | None = None
    written: str = ""
    complete: bool = False  # number and unit stand in the cell; `value` and `unit` are those of the running text


@dataclass(slots=True)
class _Line:
    start: int
    cells: list[tuple[int, int, str]]


@dataclass(slots=True)
class _Header:
    roles: dict[int, str] = field(default_factory=dict)
    units: dict[int, tuple[Decimal, str]] = field(default_factory=dict)
    counts: dict[int, tuple[Decimal, str]] = field(default_factory=dict)  # by the header's label: "Số dự án"
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    unit_column: int | None = None


def cells_in(source: Source, units: Phrases, scales: dict[str, int]) -> list[Cell]:
    """The numbers of all tables in the text that have no unit beside them, in reading order."""
    reader = _Tables(units, scales)
    found: list[Cell] = []
    block: list[_Line] = []
    for line in _lines(source.folded):
        if len(line.cells) >= 2:
            block.append(line)
            continue
        found += reader.read(block)
        block = []
    return found + reader.read(block)


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.split("\n"):
        cells: list[tuple[int, int, str]] = []
        mark = "|" if "|" in raw else "\t" if "\t" in raw else ""
        if mark:
            at = start
            for part in raw.split(mark):
                stripped = part.strip()
                offset = at + len(part) - len(part.lstrip())
                cells.append((offset, offset + len(stripped), stripped))
                at += len(part) + 1
        lines.append(_Line(start, cells))
        start += len(raw) + 1
    return lines


class _Tables:
    def __init__(self, units: Phrases, scales: dict[str, int]) -> None:
        self.units, self.scales = units, scales
        self.named: dict[str, tuple[Decimal, str] | None] = {}  # cells say the same again and again

    def read(self, block: list[_Line]) -> list[Cell]:
        if len(block) < 2:
            return []
        header, found = _Header(), []
        for line in block:
            numbers = [n for n, (_, _, text) in enumerate(line.cells) if n and _NUMBER.fullmatch(text)]
            whole = [n for n, (_, _, text) in enumerate(line.cells) if n and self._complete(text)]
            if not (numbers or whole) or _names_years(line):
                self._header(header, line)
                continue
            found += [_whole_cell(header, line, n) for n in whole]
            found += self._row(header, line, numbers)
        return found

    def _header(self, header: _Header, line: _Line) -> None:
        for column, (start, end, text) in enumerate(line.cells):
            if not text.strip("-–:= "):
                continue
            header.places[column] = (start, end)
            if text in ("đvt", "đơn vị", "đơn vị tính", "đv tính", "đơn vị tính:"):
                header.unit_column = column
            header.roles[column] = _role(text)
            bracket = re.search(r"\(([^()]{1,30})\)", text)
            unit = self._unit(bracket[1]) if bracket else None
            if unit:
                header.units[column] = unit
            elif column and (counted := _counted(text)):
                header.counts[column] = counted

    def _complete(self, text: str) -> bool:
        """The cell holds a number with its unit: "7.318,9 triệu USD"."""
        match = _OWN.fullmatch(text)
        return match is not None and match[2].strip() != "%" and self._unit(match[2]) is not None

    def _row(self, header: _Header, line: _Line, numbers: list[int]) -> list[Cell]:
        named = [
            (n, self._unit(text)) for n, (_, _, text) in enumerate(line.cells) if n and not _NUMBER.fullmatch(text)
        ]
        units = [(n, unit) for n, unit in named if unit is not None]
        label = " ".join(text for n, (_, _, text) in enumerate(line.cells[:3]) if not _NUMBER.fullmatch(text))
        in_label = re.search(r"\(([^()]{1,30})\)", label)
        row_unit = units[0][1] if units else (self._unit(in_label[1]) if in_label else None)
        behind = bool(units) and units[0][0] > max(numbers, default=0)
        if row_unit is None and all(_counts(line.cells[n][2]) for n in numbers):
            row_unit = _counted(label)
        found = []
        for column in numbers:
            if units and column < units[0][0] and not behind:
                continue
            cell = self._cell(header, line, column, row_unit)
            if cell is not None:
                found.append(cell)
        return found

    def _cell(self, header: _Header, line: _Line, column: int, row_unit: tuple[Decimal, str] | None) -> Cell | None:
        start, end, text = line.cells[column]
        role = header.roles.get(column, "")
        counted = header.counts.get(column) if _counts(text) else None
        scale, unit = header.units.get(column) or row_unit or counted or (Decimal(1), "")
        if role in ("plan_completion", "yoy_ratio", "growth_rate") or text.endswith("%"):
            scale, unit = Decimal(1), "percent"
        if not unit:
            return None
        try:
            value = read_number(text.rstrip("% "))
        except Problem:
            return None
        return Cell(start, end, value * scale, unit, role, line.start, header.places.get(column), text)

    def _unit(self, text: str) -> tuple[Decimal, str] | None:
        if len(text) > 40:
            return None
        if text not in self.named:
            self.named[text] = self._unit_named(text)
        return self.named[text]

    def _unit_named(self, text: str) -> tuple[Decimal, str] | None:
        """The unit a cell or bracket names, with its scale: "triệu USD", "người", "%"; None if it names anything
        else.
        """
        from sokhu.core.narrative.source import source_of

        named = source_of(text)
        words = named.words
        scale, at = Decimal(1), 0
        while at < len(words) and words[at] in self.scales:
            scale, at = scale * self.scales[words[at]], at + 1
        found = self.units.longest(named, at)
        if found is None or found[0] != len(words):
            return None
        return scale, found[1][0]


def _whole_cell(header: _Header, line: _Line, column: int) -> Cell:
    start, end, text = line.cells[column]
    role = header.roles.get(column, "")
    return Cell(start, end, Decimal(0), "", role, line.start, header.places.get(column), text, complete=True)


def _names_years(line: _Line) -> bool:
    """ "Chỉ tiêu | 2017 | 2018": the numbers are the years of the columns."""
    named = [text for _, _, text in line.cells[1:] if _NUMBER.fullmatch(text)]
    return line.cells[0][2] in _HEADS and bool(named) and all(_YEAR.fullmatch(text) for text in named)


def _counts(text: str) -> bool:
    """A whole number: "907", "1.036"."""
    groups = text.split(".")
    return "".join(groups).isdigit() and all(len(group) == 3 for group in groups[1:])


def _counted(label: str) -> tuple[Decimal, str] | None:
    """The unit that the label of a row names by itself: "Số dự án còn hiệu lực" counts projects."""
    words = label.lstrip("-+*•0123456789. ")
    for unit, openings in _COUNTS:
        if any(words == opening or words.startswith(f"{opening} ") for opening in openings):
            return Decimal(1), unit
    return None


def _role(text: str) -> str:
    percent = "%" in text
    if any(phrase in text for phrase in _AGAINST_LAST):
        if percent or "so " in text:
            return "growth_rate" if "tăng" in text or "giảm" in text or "+/-" in text else "yoy_ratio"
        return "last_year"
    if any(phrase in text for phrase in _AGAINST_PLAN) and (percent or "so" in text or "/" in text):
        return "plan_completion"
    if any(phrase in text for phrase in _DONE):
        return "result"
    if any(text.startswith(phrase) or f" {phrase}" in text for phrase in _PLAN):
        return "plan"
    return ""
