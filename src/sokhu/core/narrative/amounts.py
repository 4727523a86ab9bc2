"""Numbers with their scale and unit: "2 tỷ 340 triệu USD", "18/26 TTHC", "5-7 triệu USD/ha", "ba KCN"."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.narrative.no_figures import TIMES_AFTER, is_no_figure
from sokhu.core.narrative.numerals import value_of
from sokhu.core.narrative.source import Source
from sokhu.core.narrative.vocabulary import Vocabulary

MAX_DIGITS = 24  # longer rows of digits are codes and account numbers
_MONEY = frozenset({"USD", "VND"})
_AFTER_BARE = frozenset({"và", "tăng", "giảm", "so", "trong", "lên"})
ODD = 0.1  # the doubt of a pair whose part is more than its whole: a plan passed by far, or a misprint
_BEFORE_SUM = frozenset({"vốn", "ký", "tư", "là", "đạt", "gần", "hơn", "khoảng", "trên", "với"})  # "vốn một triệu USD"
_BETWEEN = frozenset({"/", "-", "đến", "tới", "÷", "~", "lên", "và"})  # the two numbers of a pair
_WITHIN_NUMBER = frozenset({"trăm", "nghìn", "ngàn", "linh", "lẻ", "mươi"})
_BEFORE_ONE = frozenset({"hút", "cho", "và", "thêm", "mới", "được", ","})
_BEFORE_OWNED = frozenset({"có", "gồm", "hồi", "của"})  # as well, where it is said whose the one project is
_TO_OWNER = frozenset({"có", "vốn", "của", "nhà", "các", "doanh", "nghiệp", "đầu", "tư"})
_CURRENCY_REACH = 16  # tokens back to the amount whose currency a list goes on with


@dataclass(slots=True)
class Amount:
    """A number with its unit. first, last: tokens (last exclusive); role: its part in "18/26" or "5-7", else ""."""

    first: int
    last: int
    value: Decimal
    unit: str
    approx: bool = False
    role: str = ""
    doubt: float = 0.0
    bare: bool = False
    column: str | None = None  # the role of its column when it stands in a table without a unit of its own
    header: tuple[int, int] | None = None  # the tokens of that column's header

    @property
    def is_money(self) -> bool:
        return self.unit in _MONEY


def amounts_in(source: Source, vocabulary: Vocabulary, taken: Container[int]) -> list[Amount]:
    """All numbers with a unit, in reading order. taken: tokens that belong to dates, document numbers and the like."""
    finder = _Finder(source, vocabulary, taken)
    found: list[Amount] = []
    end = 0
    for index in finder.openings():
        if index < end or not (amounts := finder.at(index)):
            continue
        if found and _goes_with(source, found[-1], amounts[0]):
            found[-1].role, amounts[0].role = "part", "whole"
        found += amounts
        end = amounts[-1].last
        if amounts[-1].is_money:
            finder.money = amounts[-1]
    return found


def _goes_with(source: Source, before: Amount, amount: Amount) -> bool:
    """ "49,2 ha/61,6 ha": a part of the land and all of it, each with its unit."""
    beside = before.last == amount.first - 1 and source.words[before.last] == "/"
    return beside and before.unit == amount.unit == "ha" and not before.role and before.value <= amount.value


def _like_a_day(first: Decimal, second: Decimal) -> bool:
    """ "30/9 dự án": a day and its month, and no part of a whole."""
    return first > second and first <= 31 and second <= 12


class _Finder:
    def __init__(self, source: Source, vocabulary: Vocabulary, taken: Container[int]) -> None:
        self.source = source
        self.tokens = source.tokens
        self.folded = source.folded
        self.vocabulary = vocabulary
        self.words = source.words
        self.taken = taken
        self.scales: dict[str, int] = vocabulary.units["scales"]
        self.counted = frozenset(vocabulary.units["counted"]["units"])
        self.worded = frozenset(vocabulary.units["counted"]["worded"])
        self.no_zone = frozenset(vocabulary.units["not_a_zone"]["next"])
        self.number_words = vocabulary.number_words
        self.glued = frozenset(vocabulary.units["glued"]["words"])
        behind_units = (vocabulary.per_phrases, *vocabulary.not_units.values())
        self.qualifying = frozenset(word for phrases in behind_units for word in phrases.root.next)
        self.money: Amount | None = None  # the last amount of money found
        self.approximate = self._approximate()

    def openings(self) -> list[int]:
        """The tokens at which an amount may start: numbers and the first words of numbers in words."""
        opening = {"#", *self.vocabulary.units["words"]}
        return [index for index in self.source.places_of(opening) if index not in self.taken]

    def _approximate(self) -> set[int]:
        """The tokens right behind "khoảng", "hơn", "xấp xỉ"; of longer phrases only up to three words."""
        phrases = self.vocabulary.approx
        ends = ((start, phrases.longest(self.source, start)) for start in phrases.openings(self.source))
        return {found[0] for start, found in ends if found and found[0] - start <= 3}

    def at(self, index: int) -> list[Amount]:
        """The amounts that start at the token: one, the two of a pair, or none."""
        token = self.tokens[index]
        if not token.number:
            return self._worded(index)
        if self._glued(index) or len(token.text) > MAX_DIGITS:
            return []
        if pair := self._pair(index):
            return pair
        single = self._single(index)
        return [single] if single is not None else []

    def _single(self, index: int) -> Amount | None:
        scale, place = self._scale(index + 1)
        end, unit = self._unit(place)
        if unit is None and scale == 1000 and (rest := self._hundreds(index, place)):
            return rest
        if unit is None and scale == 10**6 and (sum_of_both := self._million_billions(index, place)):
            return sum_of_both
        if unit is None:
            unit = self._currency_before(index)
            end = place
            unit = unit or self._currency_of_list(index, scale, place)
            if unit is None and scale >= 10**9 and not self._other_thing(place):
                unit = "VND"  # "1350 tỷ": nothing else is counted so
        if unit is None and scale == 1 and self._multiple(index, place):
            unit = "times"
        if unit is None:
            return None
        value, doubt = value_of(self.words[index], scale, counted=unit in self.counted, unit=unit)
        if value is None or is_no_figure(self.source, self.no_zone, index, end, unit, value):
            return None
        if unit in ("adjustments", "deals") and scale >= 1000:
            return None  # "2 triệu lượt": people that passed
        if unit == "VND" and scale == 1 and value < 1000:
            return None
        if scale != 1:
            extra, end, unit = self._compound(place, scale, end, unit)
            value = value * scale + extra
        return Amount(index, end, value, unit, index in self.approximate, doubt=doubt)

    def _multiple(self, index: int, place: int) -> bool:
        """ "gấp 1,6 cùng kỳ", "gấp hơn 3 so với năm trước": "lần" is left out."""
        after = self.words[place : place + 2]
        return "gấp" in self.words[max(0, index - 2) : index] and after in (["cùng", "kỳ"], ["so", "với"])

    def _hundreds(self, index: int, place: int) -> Amount | None:
        """The rest of "1 nghìn 200 ha", where the unit stands behind the hundreds."""
        if place >= len(self.tokens) or not self.tokens[place].number or len(self.tokens[place].text) != 3:
            return None
        end, unit = self._unit(place + 1)
        thousands, rest = self.tokens[index].text, self.tokens[place].text
        if unit is None or unit in _MONEY or not thousands.isdigit() or not rest.isdigit():
            return None
        return Amount(index, end, Decimal(thousands) * 1000 + int(rest), unit, index in self.approximate, doubt=0.1)

    def _million_billions(self, index: int, place: int) -> Amount | None:
        """ "1 triệu 245 nghìn tỷ đồng": millions and thousands of the one scale behind both."""
        if place >= len(self.tokens) or not self.words[place].isdigit() or not self.words[index].isdigit():
            return None
        scale, end = self._scale(place + 1)
        if scale != 10**12 or len(self.words[place]) > 3:
            return None
        last, unit = self._unit(end)
        value = (int(self.words[index]) * 1000 + int(self.words[place])) * scale
        return Amount(index, last, Decimal(value), unit or "VND", index in self.approximate, doubt=0.1)

    def _compound(self, place: int, scale: int, end: int, unit: str) -> tuple[Decimal, int, str]:
        """The second part of "2 tỷ 340 triệu USD": a smaller scale straight after the first."""
        if scale < 10**6 or end != place or place >= len(self.tokens):
            return Decimal(0), end, unit
        second = self.tokens[place]
        if not second.number or place in self.taken:
            return Decimal(0), end, unit
        small, after = self._scale(place + 1)
        last, named = self._unit(after)
        if small >= scale or small == 1 or named not in _MONEY or named is None:
            return Decimal(0), end, unit
        value, _ = value_of(second.text, small, counted=named in self.counted, unit=named)
        return (value * small, last, named) if value is not None and value < 1000 else (Decimal(0), end, unit)

    def _scale(self, index: int) -> tuple[int, int]:
        scale, words = 1, 0
        while index < len(self.tokens) and words < 3 and (by := self.scales.get(self.words[index])):
            if self.words[index] == "trăm" and words == 0:
                break
            scale, index, words = scale * by, index + 1, words + 1
        return scale, index

    def _unit(self, index: int) -> tuple[int, str | None]:
        """The unit whose words start at the token, with what it is counted per; the end of those words."""
        if index >= len(self.tokens):
            return index, None
        found = self.vocabulary.unit_phrases.longest(self.source, index)
        if found is None or self._breaks(index - 1, index):
            return index, None
        end, (unit, *_) = found
        if end == len(self.words) or self.words[end] not in self.qualifying:
            return end, unit
        per = self.vocabulary.per_phrases.longest(self.source, end)
        if per:
            for rate in per[1]:
                if rate.startswith(unit):
                    return per[0], rate
        if (no := self.vocabulary.not_units.get(unit)) and no.longest(self.source, end):
            return (end, unit) if unit == "percent" and self._grows(index) else (index, None)
        return end, unit

    def _breaks(self, before: int, after: int) -> bool:
        """A mark or line break parts number and word: "(1) Khu"; the tokens are neighbours here, so ask the
        distance.
        """
        if self.tokens[after].start - self.tokens[before].end > 3:
            return True
        return "\n" in self.folded[self.tokens[before].end : self.tokens[after].start] and self._in_cell(before)

    def _in_cell(self, index: int) -> bool:
        """The number is the last cell of a row: what the next line begins with is no unit of it."""
        if index == 0:
            return False
        gap = self.folded[self.tokens[index - 1].end : self.tokens[index].start]
        return self.words[index - 1] == "|" or "\t" in gap

    def _pair(self, index: int) -> list[Amount]:
        """Two numbers with one unit: "18/26 TTHC", "5-7 triệu USD/ha", "từ 100 đến 120 dự án"."""
        if index + 2 >= len(self.tokens) or (mark := self.words[index + 1]) not in _BETWEEN:
            return []
        other = self.tokens[index + 2]
        if index + 2 in self.taken or not other.number:
            return []
        listed = mark == "và" and "lượt" in self.words[max(0, index - 3) : index]
        if mark == "và" and not listed:
            return []
        if mark == "lên" and (index == 0 or self.words[index - 1] != "từ"):
            return []
        scale, place = self._scale(index + 3)
        end, unit = self._unit(place)
        if unit is None and scale >= 10**9:
            unit, end = "VND", place
        if unit is None or (mark == "/" and unit not in self.counted and unit not in ("ha", *_MONEY)):
            return []
        first, doubt = value_of(self.words[index], scale, counted=unit in self.counted, unit=unit)
        second, more = value_of(other.text, scale, counted=unit in self.counted, unit=unit)
        if first is None or second is None or is_no_figure(self.source, self.no_zone, index, end, unit, second):
            return []
        if (mark == "/" and _like_a_day(first, second)) or (mark not in ("/", "và") and first >= second):
            return []
        roles = ("part", "whole") if mark == "/" else ("low", "high")
        approx = index in self.approximate
        odd = ODD if mark == "/" and first > second else 0.0
        return [
            Amount(index, end, value * scale, unit, approx, role, doubt + more + odd)
            for value, role in zip((first, second), roles, strict=True)
        ]

    def _worded(self, index: int) -> list[Amount]:
        """A number word straight before a counted noun. "một" and "năm" (five, and year) only where nothing else
        fits.
        """
        if index and self.words[index - 1] in _WITHIN_NUMBER:
            return []  # "một trăm hai mươi dự án" counts no twenty
        for length in (3, 2, 1):
            words = self.source.text(index, index + length)
            if (value := self.number_words.get(words)) is None or index + length >= len(self.tokens):
                continue
            scale, place = self._scale(index + length)
            end, unit = self._unit(place)
            told = words not in ("năm", "một") or (words == "một" and self.words[index - 1] in _BEFORE_SUM)
            if scale >= 10**6 and unit in _MONEY and unit is not None and told:
                return [Amount(index, end, Decimal(value) * scale, unit, index in self.approximate, doubt=0.1)]
            if (
                scale != 1
                or unit not in self.worded
                or unit is None
                or is_no_figure(self.source, self.no_zone, index, end, unit, Decimal(value))
            ):
                return []
            if unit == "times" and self.words[index - 1] not in TIMES_AFTER:
                return []
            if (
                (words == "một" and not self._one(index, end))
                or (words == "năm" and not self._five(index, end))
                or (unit == "zones" and self.words[index + length] == "khu" and end - index == length + 1)
            ):
                return []
            return [Amount(index, end, Decimal(value), unit, index in self.approximate, doubt=0.05)]
        return []

    def _one(self, index: int, end: int) -> bool:
        """ "một dự án" counts where the verb wants a count and whose or what it is follows."""
        before = self.words[index - 1] if index else ""
        if self._owned(end):
            return before in _BEFORE_ONE or before in _BEFORE_OWNED
        after = self.words[end : end + 2]
        told = after in (["tăng", "vốn"], ["điều", "chỉnh"], ["cấp", "mới"])
        told = told or (before == "và" and after[:1] == ["từ"])  # "hai dự án từ Nhật Bản và một dự án từ Hàn Quốc"
        return told and before in _BEFORE_ONE

    def _owned(self, at: int) -> bool:
        """Whose it is follows: "FDI", "vốn trong nước", "có vốn nước ngoài", "của nhà đầu tư trong nước"."""
        for start in range(at, min(at + 6, len(self.words))):
            found = self.vocabulary.ownership.longest(self.source, start)
            if found is not None:
                return found[1][0] in ("FDI", "DDI")
            if self.words[start] not in _TO_OWNER:
                return False
        return False

    def _five(self, index: int, end: int) -> bool:
        """ "năm" is five, not year, after a mark or a verb that wants a count: "Cũng trong năm, năm dự án ..."; and
        behind another count where it is said whose they are: "sáu dự án FDI và năm dự án trong nước".
        """
        before = self.words[index - 1] if index else ","
        if before == "và" and self._owned(end):
            return True
        return before in (",", ";", "(", ":", "có", "cho", "hút", "với", "gồm", "thêm", "được")

    def _glued(self, index: int) -> bool:
        """The digits are part of a name or code: "Covid-19", "h2.jpg", "GĐ2", "#5"."""
        if index == 0:
            return False
        token, before = self.tokens[index], self.tokens[index - 1]
        if before.end != token.start:
            return False
        if before.text[-1].isalpha():
            return before.text not in ("usd", "vnd") and before.text not in self.glued
        if before.text in "-_#" and index > 1:
            earlier = self.tokens[index - 2]
            return earlier.end == before.start and (earlier.text[-1].isalpha() or before.text == "#")
        if index < 2 or before.text not in "/:@.&=?" or self.tokens[index - 2].end != before.start:
            return False
        if before.text == ":":
            return not self.words[index - 2].isalpha()
        scaled = self._scale(index + 1)[0] != 1 and self.words[index - 2].isalpha()
        return before.text != "/" or not (scaled or self._ends_count(index - 1))

    def _ends_count(self, end: int) -> bool:
        """The words before the slash name what is counted, and a count stands before them: "46 dự án/1.480 tỷ"."""
        for start in range(end - 1, max(0, end - 6), -1):
            found = self.vocabulary.unit_phrases.longest(self.source, start)
            if found and found[0] == end and self.tokens[start - 1].number:
                return found[1][0] in self.counted or found[1][0] in ("certificates", "ha")
        return False

    def _grows(self, index: int) -> bool:
        """Straight before "12%/năm" the text speaks of growth, not of interest."""
        words = self.words[max(0, index - 16) : index]
        return bool({"tăng", "giảm", "trưởng"} & set(words)) and not {"lãi", "suất", "vay"} & set(words)

    def _currency_of_list(self, index: int, scale: int, place: int) -> str | None:
        """ "KCN A 15 triệu USD, KCN B 4,8 triệu": a list goes on in the currency said last, in the same scale."""
        last = self.money
        if (
            last is None
            or scale < 10**6
            or index - last.last > _CURRENCY_REACH
            or self._scale(last.first + 1)[0] != scale
        ):
            return None
        value, _ = value_of(self.words[index], scale, counted="VND" in self.counted, unit="VND")
        if value is None or not last.value / 50 <= value * scale <= last.value * 50:
            return None  # another order of size is another currency: "1 tỷ 120 triệu USD; ... 8.965 tỷ"
        if any(word in ".!?" for word in self.words[last.last : index]):
            return None
        after = self.words[place] if place < len(self.tokens) else "."
        ends = not after[0].isalnum() or after in _AFTER_BARE or self._breaks(place - 1, place)
        return last.unit if ends and after not in "/-" else None

    def _currency_before(self, index: int) -> str | None:
        """The currency in front of the number: "USD 22.5 triệu", "US$ 3 triệu"."""
        for back in (1, 2):
            if index >= back and self.words[index - back] in ("usd", "$", "us", "vnd"):
                near = self.tokens[index].start - self.tokens[index - back].end <= 2
                used = index - back > 0 and (
                    self.tokens[index - back - 1].number or self.words[index - back - 1] in self.scales
                )
                return ("VND" if self.words[index - back] == "vnd" else "USD") if near and not used else None
        return None

    def _other_thing(self, index: int) -> bool:
        """After a bare scale a noun names what is counted, and it is no money: "2 tỷ kWh", "1,2 tỷ sản phẩm"."""
        if index >= len(self.tokens):
            return False
        return self.words[index] in (
            "kwh",
            "sản",
            "lít",
            "lượt",
            "con",
            "chiếc",
            "m",
            "m³",
            "tấn",
            "viên",
            "cây",
            "người",
            "dân",
            "thiết",
            "linh",
            "cổ",
        )
